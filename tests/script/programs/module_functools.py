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


# ---- Wrappers, keys of caches, properties, dispatch among abstract classes ----

import collections
import collections.abc
import functools


class Plain:
    """Has neither a name nor a module of its own."""


wrapped = functools.update_wrapper(lambda: 1, Plain())
print(wrapped.__doc__, wrapped.__name__, isinstance(wrapped.__wrapped__, Plain))
print(functools.update_wrapper(lambda: 1, len, ("__name__", "no_such"), ()).__name__)
told(functools.update_wrapper, 5, len)
told(functools.wraps(len, assigned=(), updated=("no_such",)), print)
for arguments in [(max, []), (max, [], 1), (max, [3]), (max, 5), (max, [1, 2], 5), (5, [1, 2]),
                  (lambda a, b: a + b, "abc", "")]:
    told(functools.reduce, *arguments)
for arguments in [(), (5,), (print, 1)]:
    told(lambda: functools.partial(*arguments).func is print)
nested = functools.partial(functools.partial(dict, a=1), b=2, a=3)
print(nested, nested(), nested.func is dict, nested.args, nested.keywords)


class Cell:
    """Has methods made of others."""

    def __init__(self):
        self.alive = False

    def set_state(self, state, *rest, **more):
        self.alive = state
        return self, rest, more

    on = functools.partialmethod(set_state, True)
    off = functools.partialmethod(on, x=1)
    static = functools.partialmethod(staticmethod(lambda *args: args), 1)
    of_class = functools.partialmethod(classmethod(lambda cls, *args: (cls.__name__, args)), 2)
    number = functools.partialmethod(functools.partial(lambda *args: len(args)), 3)


cell = Cell()
print(cell.on("rest", y=2)[1:], cell.alive, cell.off()[2], cell.static(5), cell.of_class(6), Cell.of_class(), cell.number(1),
      Cell.on(cell)[0] is cell)
told(functools.partialmethod, 5)
told(lambda: repr(functools.partialmethod(print, 1, sep=2)))
calls = []


@functools.lru_cache(maxsize=2, typed=True)
def noted(*args, **kwds):
    calls.append((args, kwds))
    return len(calls)


print([noted(1), noted(1.0), noted(1), noted(a=1, b=2), noted(b=2, a=1), noted(a=1, b=2), noted((1,)), noted(1, 2), noted()],
      noted.cache_info(), noted.cache_parameters(), len(calls))
told(noted, [])
told(functools.lru_cache, "text")
for maxsize in (0, -5, None, 1):
    cached = functools.lru_cache(maxsize)(lambda x, **kwds: (x, kwds))
    print([cached(1), cached(1), cached(1, k=2), cached(2), cached(1)], cached.cache_info(), cached.cache_parameters())


class Lazy:
    """Computes once."""

    @functools.cached_property
    def value(self):
        """The value."""
        calls.append("computed")
        return len(calls)


class Slotted:
    """Has no dict."""
    __slots__ = ()
    value = functools.cached_property(len)


lazy = Lazy()
print(lazy.value == lazy.value, vars(lazy) == {"value": lazy.value}, Lazy.value.__doc__, Lazy.value.attrname)
told(lambda: Slotted().value)
unnamed = functools.cached_property(len)
Lazy.late = unnamed
told(lambda: lazy.late)
unnamed.__set_name__(Lazy, "late")
unnamed.__set_name__(Lazy, "late")
told(unnamed.__set_name__, Lazy, "other")


@functools.singledispatch
def kind_of(value):
    return "object"


for kind in (collections.abc.Sized, collections.abc.Mapping, collections.abc.MutableMapping, collections.abc.Sequence,
             collections.abc.Set, int, dict):
    kind_of.register(kind, lambda value, name=kind.__name__: name)


class Both:
    """Is registered for two unrelated classes."""


class Derived(collections.OrderedDict):
    """A dict below another."""


class Counted(collections.abc.Sized):
    """Has a length."""

    def __len__(self):
        return 0


print([kind_of(value) for value in (1, True, 1.5, "s", [], {}, (), set(), frozenset(), collections.ChainMap(), Derived(),
                                    Counted(),
                                   Plain(), collections.UserList(), range(3), {}.keys(), collections.deque())])
collections.abc.Sequence.register(Both)
print(kind_of(Both()))
collections.abc.Set.register(Both)
told(lambda: kind_of(Both()).startswith("S"))
print(kind_of.dispatch(bool) is kind_of.registry[int], sorted(kind.__name__ for kind in kind_of.registry))


@kind_of.register
def _(value: float | complex):
    return "number"


def unannotated(value):
    """Has no annotation."""


def badly(value: 5):
    """Has an annotation that is no class."""


print(kind_of(1.5), kind_of(1j))
told(kind_of)
told(kind_of.register, 5)
told(kind_of.register, 5, len)
told(lambda: kind_of.register(badly))
told(functools.singledispatchmethod, 5)


class Negator:
    """Dispatches methods."""

    @functools.singledispatchmethod
    def negate(self, value):
        """Negates."""
        return "no", value

    @negate.register
    def _(self, value: int):
        return -value

    @negate.register(str)
    @classmethod
    def _(cls, value):
        return cls.__name__ + value[::-1]


print(Negator().negate(5), Negator().negate("abc"), Negator().negate([]), Negator.negate.__doc__, Negator().negate.__name__)


class Ordered:
    """Has one comparison."""

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == other.value


for own in ("__lt__", "__le__", "__gt__", "__ge__"):
    kind = type("Made", (Ordered,), {own: lambda self, other, own=own: getattr(self.value, own)(other.value)})
    functools.total_ordering(kind)
    one, two = kind(1), kind(2)
    print(own, one < two, one <= two, one > two, one >= two, one <= one, one >= one, one < one, one > one)
told(functools.total_ordering, Ordered)
