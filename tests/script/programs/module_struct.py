# struct and array: numbers in bytes.
import array
import struct


def show(make):
    try:
        print(make())
    except Exception as error:
        print(type(error).__module__, type(error).__name__, error, error.__context__)


for form, values in [("<hIq3sf?", (1, 2, -3, b"ab", 1.5, True)), (">bH", (-1, 258)), ("@bi", (1, 2)), ("=bi", (1, 2)),
                     ("!d", (0.1,)), ("<4p", (b"abcdef",)), ("<e", (0.333,)), ("<2x3B", (1, 2, 3)), ("c", (b"x",)),
                     ("<n", (1,)), ("nNP", (1, 2, 3))]:
    show(lambda: struct.pack(form, *values))
    show(lambda: struct.unpack(form, struct.pack(form, *values)))
    show(lambda: struct.calcsize(form))
for form, value in [("b", 128), ("B", -1), ("h", 1 << 15), ("H", 70000), ("<i", 1 << 31), ("<I", -1), ("<q", 1 << 63),
                    ("<Q", -1), ("i", "x"), ("d", "x"), ("f", 1e300), ("c", b"xy"), ("s", "x"), ("e", 1e6), ("z", 1),
                    ("3", 1)]:
    show(lambda: struct.pack(form, value))
for half in (0.0, -0.0, 1.0, 65504.0, 65519.0, 6e-8, 2.0 ** -25, 2.0 ** -25 * 1.5, 6.1e-5, 0.1, float("inf"), float("-inf")):
    print(struct.pack(">e", half).hex(), struct.unpack(">e", struct.pack(">e", half)))
show(lambda: struct.pack("hh", 1))
show(lambda: struct.unpack("h", b"abc"))
show(lambda: struct.unpack_from("<h", b"abcdef", -2))
show(lambda: struct.unpack_from("<h", b"abcdef", 5))
room = bytearray(6)
struct.pack_into("<hh", room, 1, 1, 2)
print(room)
show(lambda: struct.pack_into("<hh", room, 4, 1, 2))
whole = struct.Struct("<hb")
print(whole.size, whole.format, whole.pack(1, 2), list(whole.iter_unpack(b"\1\0\2\3\0\4")))
show(lambda: list(struct.iter_unpack("<h", b"abc")))

numbers = array.array("i", [1, 2, 3])
numbers.append(4)
numbers.extend([5, 6])
print(numbers, numbers[1:5:2], numbers[-1], numbers.tobytes()[:4], len(numbers), memoryview(numbers)[2], bytes(numbers)[:2])
numbers[1:2] = array.array("i", [9, 9])
print(numbers)
del numbers[::2]
print(numbers, numbers.index(9), numbers.count(9), 9 in numbers, numbers == array.array("i", [9, 3, 5]))
print(numbers + numbers, numbers * 2)
numbers.byteswap()
numbers.reverse()
print(numbers, numbers.pop(), numbers.typecode, numbers.itemsize)
print(array.array("u", "hé€\U0001F600"), array.array("d", [1.5, -0.0]))
view = memoryview(numbers)
show(lambda: numbers.append(1))
view.release()
show(lambda: numbers.append("x"))
show(lambda: numbers.append(1 << 40))
show(lambda: array.array("B", [256]))
show(lambda: array.array("b", [-129]))
show(lambda: array.array("Q", [-1]))
show(lambda: array.array("x"))
show(lambda: array.array("i", b"abc"))
show(lambda: numbers[10])
show(lambda: sorted([array.array("b", [2]), array.array("b", [1, 5])]))
