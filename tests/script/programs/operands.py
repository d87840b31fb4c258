# The same instructions with operands of ever new types: what is done quickly for some must be right for all.
import sys


def show(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


def add(a, b):
    return a + b


def subtract(a, b):
    return a - b


def multiply(a, b):
    return a * b


def add_one(a):
    return a + 1


def half(a):
    return a * 0.5


def chain(a, b):
    return a * b + a - b * 2 + 1.5


def less(a, b):
    if a < b:
        return 'less'
    return 'not less'


def while_less(a, b):
    n = 0
    while a <= b and n < 5:
        a += 1
        n += 1
    return a, n


def same(a, b):
    return (a == b, a != b, a > b, a >= b, a < b, a <= b)


def item(a, b):
    return a[b]


def first(a):
    return a[0]


def set_item(a, b):
    a[b] = 'set'
    return a


def divide(a, b):
    return (a // b, a % b, a / b)


def bits(a, b):
    return (a & b, a | b, a ^ b, a >> b)


class Number:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return ('add', self.n, other)

    def __radd__(self, other):
        return ('radd', self.n, other)

    def __mul__(self, other):
        return ('mul', self.n)

    def __rmul__(self, other):
        return ('rmul', self.n)

    def __lt__(self, other):
        return self.n == 1

    def __getitem__(self, key):
        return ('item', key)

    def __repr__(self):
        return f'Number({self.n})'


class SubInt(int):
    def __add__(self, other):
        return 'sub'


class SubList(list):
    def __getitem__(self, key):
        return ('sub', key)


values = [0, 1, -7, 255, 256, 257, 2**31, 2**62, 2**63 - 1, -2**63, 2**64, True, False, 0.5, -0.0, 1e308, float('inf'),
          float('nan'), 1j, 'text', '', b'x', (1, 2), [3], None, Number(1), SubInt(5)]
for a in values:
    show(add_one, a)
    show(half, a)
    for b in values:
        for function in (add, subtract, less, while_less, same):
            show(function, a, b)
        sequences = (str, bytes, tuple, list)
        if not isinstance(a, sequences) and not isinstance(b, sequences):  # which may be repeated very often
            show(multiply, a, b)
            show(chain, a, b)
for a in (0, 1, -7, 7, 2**62, -2**63, 2**64, True, 2.5, -3.5, 'x'):
    for b in (0, 1, 3, -3, 63, 64, 2**63 - 1, False, 0.0, -1.5):
        show(divide, a, b)
        show(bits, a, b)
for a in ([1, 2, 3], (4, 5), 'abc', {0: 'zero', 'k': 'v', True: 1}, {}, range(5), Number(3), SubList([1]), b'ab', 5):
    for b in (0, 1, -1, 3, -4, True, 'k', 2**64, None, [], slice(1, 2), 0.0):
        show(item, a, b)
    show(first, a)
for a in (lambda: [1, 2, 3], lambda: {0: 1}, lambda: (1,), lambda: SubList([1, 2])):
    for b in (0, -1, 2, 3, 'k', [], True):
        show(set_item, a(), b)


def unbound_left():
    if len('x') == 2:
        x = 1
    y = 2
    return x + y


def unbound_right():
    y = 2
    if len('x') == 2:
        x = 1
    return y + x


def unbound_test():
    if len('x') == 2:
        x = 1
    if x < 2:
        return 1


def unbound_attribute():
    if len('x') == 2:
        x = 1
    return x.real


for function in (unbound_left, unbound_right, unbound_test, unbound_attribute):
    show(function)
    try:
        function()
    except UnboundLocalError as error:
        print(error.__traceback__.tb_next.tb_lineno - function.__code__.co_firstlineno)


# Numbers change in place only where nobody else can see it.
def kept(start):
    seen = []
    i = start
    for _ in range(4):
        seen.append(i)
        i += 1
        j = i
        i = i * 2
        seen.append(j)
    return seen, i


def kept_floats(x):
    seen = []
    for _ in range(4):
        y = x
        x = x * 1.5
        x += 0.25
        seen.append((x, y))
    return seen


def kept_of_range(n):
    seen = []
    for i in range(1000, 1000 + n):
        seen.append(i)
        k = i
        k += 1
        seen.append(k)
    return seen


def kept_default(n, default=100000):
    default += n
    return default


def kept_constant():
    n = 100000
    n += 1
    return n


print(kept(1000), kept(-1000), kept(5))
print(kept_floats(1.0))
print(kept_of_range(4))
print(kept_default(1), kept_default(1), kept_default.__defaults__)
print(kept_constant(), kept_constant())


def text(n):
    s = 'ab'
    kept = []
    for i in range(n):
        kept.append(s)
        s += 'c'
        s += 'd'
    t = s
    t += 'e'
    return s, t, kept


print(text(4))


def text_of_error():
    s = 'ab'
    try:
        s += 1
    except TypeError as error:
        print(error)
    return s


print(text_of_error())


# Attributes found where they were the last time.
class Point:
    kind = 'point'

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def total(self):
        return self.x + self.y


class Reversed:
    def __init__(self, x, y):
        self.y = y
        self.x = x

    def total(self):
        return ('reversed', self.x, self.y)


class Slotted:
    __slots__ = ('y', 'x')

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def total(self):
        return 'slotted'


class WithProperty(Point):
    @property
    def x(self):
        return 'property'

    @x.setter
    def x(self, value):
        print('set', value)


class WithGetattr:
    def __getattr__(self, name):
        if name == 'total':
            return lambda: 'from getattr'
        return 'missing ' + name


class WithGetattribute(Point):
    def __getattribute__(self, name):
        return 'all ' + name if name in 'xy' else object.__getattribute__(self, name)


def read(p):
    return p.x, p.y


def call(p):
    return p.total()


def write(p, value):
    p.x = value
    p.z = value
    return sorted(vars(p)) if hasattr(p, '__dict__') else None


points = [Point(1, 2), Reversed(3, 4), Slotted(5, 6), WithProperty(7, 8), WithGetattr(), WithGetattribute(9, 10), Point(11, 12)]
for p in points * 2:
    show(read, p)
    show(call, p)
del points[0].x
show(read, points[0])
show(call, points[0])
points[0].total = lambda: 'own'
show(call, points[0])
Point.x = 'of the class'
show(read, points[0])
Point.total = lambda self: 'another'
show(call, points[6])
show(call, points[3])
points[6].__dict__['x'] = 'in the dict'
show(read, points[6])
Point.y = property(lambda self: 'data descriptor')
show(read, points[6])
del Point.y
show(read, points[6])
for p in points:
    show(write, p, 1)
points[1].__class__ = Point
show(call, points[1])
show(read, points[1])


def read_late(name):
    return late_name


show(read_late, 1)
late_name = 'global'
show(read_late, 1)
del late_name
show(read_late, 1)


def length(x):
    return len(x)


show(length, 'abc')
len = lambda x: 'hidden'
show(length, 'abc')
del len
show(length, 'abc')


# Calls with defaults, and from generators.
def with_defaults(a, b=2, c=3):
    return a, b, c


def gen():
    for i in range(3):
        yield with_defaults(i), with_defaults(i, i), with_defaults(i, c=i), add_one(i)
    try:
        with_defaults()
    except TypeError as error:
        yield str(error)


print(list(gen()))
with_defaults.__defaults__ = (5,)
show(with_defaults, 1)
show(with_defaults, 1, 2)
with_defaults.__defaults__ = None
show(with_defaults, 1, 2)


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


print(deep(500))
try:
    deep(10**6)
except RecursionError as error:
    print(error)


def count(x):
    before = sys.getrefcount(x)
    y = x
    z = [x, y]
    return before, sys.getrefcount(x), len_of(x)


def len_of(x):
    return sys.getrefcount(x)


print(count(object()))


# append through a method, as a function of the class and on what is no list
class Listing(list):
    def append(self, value):
        print('appended', value)
        list.append(self, value)


def append_to(x, value):
    return x.append(value)


for x in ([], Listing(), Listing([1]), bytearray(b'a'), 5):
    show(append_to, x, 7)
    print(x)
