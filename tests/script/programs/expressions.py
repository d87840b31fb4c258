# Expressions, operators, displays.
print(1 + 2 * 3 - 4 / 5, 7 // 2, -7 // 2, 7 % 3, -7 % 3, 2 ** 10, 2 ** -1)
print(1 << 70, (1 << 70) >> 69, 0xFF & 0x0F, 1 | 2, 5 ^ 1, ~5, not 1, -(-3))
print(2 ** 100, 10 ** 30 % 7, 123456789 * 987654321 * 123456789)
print(1.5 + 2, 1e300 * 1e10, 0.1 + 0.2, 3.0, -0.0, 1j * 1j, 2.5 // 1)
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0, [] is not None, 3 in [1, 2, 3], 3 not in (1, 2))
print('a' + 'b', 'ab' * 3, 'x' 'y', "q'q", 'é', b'by\x00', r'\n', '''three
lines''')
print([1, *range(3), 4], (*'ab',), {*[1, 1]}, {'a': 1, **{'b': 2}})
print([x * y for x in range(3) for y in range(3) if x != y])
print({x: x * x for x in range(4)}, sorted({x % 3 for x in range(9)}), list(x for x in 'abc'))
print((lambda a, b=2, *c, d=4, **e: (a, b, c, d, e))(1, 3, 5, d=6, f=7))
print(1 if [] else 2, [] or 'or', 1 and 'and', None or 0 or '' or 'last')
name, value = 'n', 3.14159
print(f'{name!r} {value:.2f} {value:>10.1f} {{}} {name:>{4}} {1 + 1 = }')
print('%s %d %5.1f %r' % ('s', 3, 2.25, 'r'), '{} {x}'.format(1, x=2))
a = [1, 2, 3, 4, 5, 6]
print(a[1], a[-1], a[1:3], a[::2], a[::-1], a[:], a[slice(1, None)])
a[1:3] = 'xyz'
del a[0], a[-1]
print(a)
first, *rest, last = range(5)
print(first, rest, last)
(x, y), [z] = (1, 2), [3]
print(x, y, z)
i = j = 5
i += 1; j -= 1; i *= 2; j //= 2; i **= 2; i %= 100; i <<= 1; i |= 1; i &= 0xFE; i ^= 3; i >>= 1
print(i, j)
s = 'a'
for _ in range(3):
    s += 'b'
print(s)
d = {}
d['k'] = d.get('k', 0) + 1
d['k'] += 1
print(d, len(d), 'k' in d)
if (n := len(a)) > 2:
    print('walrus', n)
print([y := 5, y ** 2])
print(0 or {} or () or frozenset(), ..., NotImplemented, None, True)
print(sum(range(10)), max(3, 1, 2), min([3, 1]), abs(-3), divmod(7, 2), pow(2, 10, 1000), round(2.5), round(3.14159, 2))
print(sorted([3, 1, 2], reverse=True), sorted('bca', key=lambda c: -ord(c)), list(reversed([1, 2])))
print(list(zip('ab', range(3))), list(map(str, [1, 2])), list(filter(None, [0, 1])), list(enumerate('ab', 1)))
print(any([0, 1]), all([1, 0]), hex(255), oct(8), bin(5), chr(97), ord('a'), repr('x'), ascii('é'))
print(isinstance(1, int), issubclass(bool, int), callable(len), type(1).__name__, id(a) == id(a))
while True:
    break
else:
    print('never')
for i in range(3):
    if i == 1:
        continue
    print(i, end=' ')
else:
    print('else')
assert 1, 'fine'
pass
x: int = 3
y: 'text'
print(__annotations__)
print(10 .__add__(5), [1, 2] + [3], (1,) + (2,), [0] * 3, 'b' > 'a', [1, 2] < [1, 3])
print(1_000_000, 0b101, 0o17, 1e-7, 12345678901234567890)
