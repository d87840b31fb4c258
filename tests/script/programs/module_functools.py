"""The module functools."""
import functools
from functools import *
from module_support import told

print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, [], 7), reduce(max, "abc"))
told(reduce, max, [])
told(reduce, max, 5)


def greet(greeting, name, *, mark="!"):
    """Greets."""
    return f"{greeting}, {name}{mark}"


hello = partial(greet, "Hello", mark="?")
print(hello("Ann"), hello("Bob", mark="."), hello.args, hello.keywords, hello.func is greet)
print(partial(partial(greet, "A"), "B")(), partial(partial(greet, "A"), "B").args)
print(repr(partial(int, base=2)), partial(int, base=2)("101"))
told(partial, 5)
told(partial)
hello.note = 1
print(hello.note, callable(hello))


class Cell:
    def set(self, value):
        self.value = value
        return self

    on = partialmethod(set, True)
    off = partialmethod(set, False)


print(Cell().on().value, Cell().off().value)


def decorated(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        """Wraps."""
        return function(*args, **kwargs)
    return wrapper


wrapped = decorated(greet)
print(wrapped.__name__, wrapped.__doc__, wrapped.__wrapped__ is greet, wrapped.__qualname__, wrapped("a", "b"))
calls = []


@lru_cache(maxsize=2)
def square(n):
    calls.append(n)
    return n * n


print([square(n) for n in (1, 2, 1, 3, 2, 1)], calls, square.cache_info(), square.cache_parameters())
square.cache_clear()
print(square.cache_info(), square.__wrapped__(5), square.__name__)


@lru_cache
def plain(*args, **kwargs):
    return args, kwargs


print(plain(1, a=2), plain(1, a=2), plain(1.0), plain(1), plain.cache_info())
told(plain, [])


@lru_cache(maxsize=None, typed=True)
def typed(x):
    return type(x)


print(typed(1), typed(1.0), typed.cache_info())


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info())
told(lru_cache, "x")


@lru_cache(maxsize=0)
def never(x):
    return x


print(never(1), never(1), never.cache_info())


class Box:
    def __init__(self, value):
        self.value = value

    @lru_cache
    def doubled(self):
        return self.value * 2

    @cached_property
    def expensive(self):
        """Costs much."""
        print("computed")
        return self.value + 1


box = Box(4)
print(box.doubled(), box.expensive, box.expensive, box.__dict__["expensive"], Box.expensive.__doc__)
del box.expensive
print(box.expensive)


class Slotted:
    __slots__ = ()
    value = cached_property(lambda self: 1)


try:
    Slotted().value
except TypeError as error:
    print(error)


@total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n if isinstance(other, Version) else NotImplemented


a, b = Version(1), Version(2)
print(a < b, a <= b, a > b, a >= b, a <= a, a >= a, Version.__le__.__name__)
try:
    a <= 5
except (TypeError, AttributeError) as error:
    print(type(error).__name__, error)
try:
    total_ordering(type("Empty", (), {}))
except ValueError as error:
    print(error)
for root in ("__le__", "__gt__", "__ge__"):
    operation = {"__le__": lambda s, o: s.n <= o.n, "__gt__": lambda s, o: s.n > o.n, "__ge__": lambda s,
                 o: s.n >= o.n}[root]
    kind = total_ordering(type("Kind", (), {"__init__": Version.__init__, "__eq__": Version.__eq__, root: operation}))
    x, y = kind(1), kind(2)
    print(root, x < y, x <= y, x > y, x >= y, x <= x)
key = cmp_to_key(lambda a, b: (a > b) - (a < b))
print(sorted([3, 1, 2], key=key), sorted("bca", key=cmp_to_key(lambda a, b: (b > a) - (b < a))), key(1) < key(2), key(1).obj)


@singledispatch
def describe(x):
    return "object"


@describe.register
def _(x: int):
    return "int"


@describe.register(list)
def _(x):
    return f"list of {len(x)}"


@describe.register
def _(x: float | str):
    return "float or str"


from collections.abc import Mapping, Sized


@describe.register(Mapping)
def _(x):
    return "mapping"


print([describe(x) for x in (1, True, [1, 2], 1.5, "a", {}, None, {1})])
print(describe.dispatch(bool) is describe.registry[int], sorted(kind.__name__ for kind in describe.registry))
told(describe)
told(describe.register, 5)


class Shower:
    @singledispatchmethod
    def show(self, x):
        return "?"

    @show.register
    def _(self, x: int):
        return "int"

    @show.register(str)
    @classmethod
    def _(cls, x):
        return cls.__name__


print(Shower().show(1), Shower().show("a"), Shower().show(None))
print(sorted(functools.__all__))
