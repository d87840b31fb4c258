# Classes: inheritance, super, descriptors, metaclasses, special methods.
class A:
    """Doc of A."""
    kind = 'a'

    def __init__(self, x):
        self.x = x

    def who(self):
        return 'A', self.x

    def __repr__(self):
        return f'A({self.x!r})'

    @staticmethod
    def static(v):
        return v + 1

    @classmethod
    def make(cls, v):
        return cls(v)

    @property
    def double(self):
        return self.x * 2

    @double.setter
    def double(self, v):
        self.x = v // 2


class B(A):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y

    def who(self):
        return ('B',) + super().who()


a, b = A(1), B(2, 3)
print(a, b, b.who(), A.static(1), B.make, A.make(5), a.double)
a.double = 10
print(a.x, A.__doc__, B.__mro__, isinstance(b, A), type(b) is B, b.__dict__)
print(A.__name__, A.__module__, A.__qualname__, B.__bases__)


class Left(A):
    def who(self):
        return ('L',) + super().who()


class Right(A):
    def who(self):
        return ('R',) + super().who()


class Both(Left, Right):
    def who(self):
        return ('Both',) + super().who()


print(Both(0).who(), [c.__name__ for c in Both.__mro__])


class Number:
    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        return Number(self.v + getattr(other, 'v', other))

    __radd__ = __add__

    def __eq__(self, other):
        return isinstance(other, Number) and self.v == other.v

    def __hash__(self):
        return hash(self.v)

    def __lt__(self, other):
        return self.v < other.v

    def __iadd__(self, other):
        self.v += 100
        return self

    def __bool__(self):
        return self.v != 0

    def __len__(self):
        return self.v

    def __getitem__(self, i):
        if i >= self.v:
            raise IndexError(i)
        return i * 10

    def __contains__(self, v):
        return v == 42

    def __call__(self, *a, **k):
        return a, k

    def __str__(self):
        return f'<{self.v}>'


n = Number(3)
print(n + 1, 1 + n, n == Number(3), n != Number(3), n < Number(4), sorted([Number(2), Number(1)])[0])
n += 1
print(n, bool(Number(0)), list(Number(2)), 42 in n, n(1, k=2), len(Number(7)))
try:
    Number(1) < 5
except AttributeError as e:
    print(e)
try:
    object() < object()
except TypeError as e:
    print(e)


class Field:
    def __set_name__(self, owner, name):
        self.name = name
        print('set_name', owner.__name__, name)

    def __get__(self, obj, owner=None):
        return self if obj is None else obj.__dict__.get(self.name, 'unset')

    def __set__(self, obj, value):
        obj.__dict__[self.name] = value * 2


class WithField:
    field = Field()


w = WithField()
print(w.field)
w.field = 21
print(w.field, w.__dict__)


class Meta(type):
    def __new__(mcls, name, bases, ns, **kw):
        cls = super().__new__(mcls, name, bases, ns)
        cls.keywords = kw
        return cls

    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)

    def __call__(cls, *args):
        print('creating', cls.__name__)
        return super().__call__(*args)


class Made(metaclass=Meta, flag=1):
    pass


print(Made(), type(Made) is Meta, Made.keywords) if False else print(type(Made()).__name__, type(Made).__name__, Made.keywords)


class Base:
    subclasses = []

    def __init_subclass__(cls, **kw):
        super().__init_subclass__()
        Base.subclasses.append((cls.__name__, kw))


class Sub(Base, option=2):
    pass


print(Base.subclasses)


class Dynamic:
    def __getattr__(self, name):
        if name.startswith('x'):
            return name.upper()
        raise AttributeError(name)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value + 1)

    def __delattr__(self, name):
        print('delete', name)


d = Dynamic()
print(d.xyz)
d.v = 1
print(d.v, hasattr(d, 'nope'))
del d.v


class Slotted:
    __slots__ = ('a', 'b')


s = Slotted()
s.a = 1
try:
    s.c = 2
except AttributeError as e:
    print(e)


class Stack(list):
    def push(self, v):
        self.append(v)
        return self


print(Stack([1]).push(2), len(Stack('ab')), Stack.__mro__)


class Upper(str):
    def __new__(cls, v):
        return super().__new__(cls, v.upper())


print(Upper('abc'), type(Upper('x')).__name__)
print(type('Dyn', (A,), {'kind': 'dyn'})(1).kind)


class Iter:
    def __init__(self):
        self.i = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.i += 1
        if self.i > 3:
            raise StopIteration
        return self.i


print(list(Iter()), [x for x in Iter()])
bound = b.who
print(bound.__self__ is b, bound.__func__ is B.who, bound())
try:
    b.missing
except AttributeError as e:
    print(e)
try:
    A()
except TypeError as e:
    print(e)
try:
    class Bad(int, str):
        pass
except TypeError as e:
    print(e)


class Annotated:
    a: int = 1
    b: str


print(Annotated.__annotations__, vars(Annotated)['a'])


def build():
    class Local:
        def me(self):
            return __class__
    return Local


L = build()
print(L().me() is L, L.__qualname__)
