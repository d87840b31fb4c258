"""The module collections.abc: which classes count as one of its, and what follows from a few methods."""
import collections
from collections import abc
from module_support import attempt

KINDS = [getattr(abc, name) for name in abc.__all__]
for kind in KINDS:
    print(kind, kind.__module__, kind.__qualname__, [base.__name__ for base in kind.__mro__],
          sorted(kind.__abstractmethods__),
          kind.__slots__, kind.__hash__ is None, hasattr(kind, "__class_getitem__"),
          getattr(kind, "__reversed__", 0) is None)
    attempt(kind.__name__, kind)


async def coroutine():
    """Never runs."""


async def asynchronous():
    yield


def generator():
    yield


never = coroutine()
SAMPLES = [None, 5, "s", b"b", bytearray(), memoryview(b""), [], (), {}, set(), frozenset(), range(3), {}.keys(),
           {}.values(),
           {}.items(), iter([]), iter(()), iter(""), iter({}), iter({}.items()), iter(set()), iter(range(2)), reversed([]),
           zip(),
           map(str, ()), generator(), never, asynchronous(), len, print, int, generator, object(), collections.deque(),
           collections.OrderedDict(), collections.Counter(), collections.ChainMap(), collections.UserDict(),
           collections.UserList(), collections.UserString(""), collections.defaultdict(), type.__dict__]
for sample in SAMPLES:
    print(type(sample).__name__, [kind.__name__ for kind in KINDS if isinstance(sample, kind)])
never.close()


def with_methods(*names, base=object, value=lambda self: None):
    return type("Made", (base,), dict.fromkeys(names, value))


for names in [("__hash__",), ("__await__",), ("__await__", "send", "throw", "close"), ("__await__", "send", "throw"),
              ("__aiter__",), ("__aiter__", "__anext__"), ("__anext__",),
              ("__aiter__", "__anext__", "asend", "athrow", "aclose"),
              ("__iter__",), ("__next__",), ("__iter__", "__next__"), ("__reversed__",), ("__reversed__", "__iter__"),
              ("__iter__", "__next__", "send", "throw", "close"), ("__len__",), ("__contains__",), ("__call__",),
              ("__len__", "__iter__", "__contains__"),
              ("__getitem__", "__len__", "__iter__", "__contains__", "keys", "get")]:
    both = with_methods(*names)
    print(names, [kind.__name__ for kind in KINDS if issubclass(both, kind)])
    refused = with_methods(names[0], base=both, value=None)
    print(" without", names[0], [kind.__name__ for kind in KINDS if issubclass(refused, kind)])
for kind in KINDS:
    class Derived(kind):
        """Has nothing of its own."""

    print(kind.__name__, issubclass(with_methods(*abc.Collection.__abstractmethods__), Derived), issubclass(Derived, kind))
    attempt(kind.__name__, Derived)
    kind.register(with_methods())


# ---- What super() finds in abstract methods ----

class Bottom(abc.Hashable, abc.Sized, abc.Container, abc.Callable, abc.Reversible, abc.Awaitable):
    def __hash__(self):
        return super().__hash__()

    def __len__(self):
        return super().__len__()

    def __contains__(self, x):
        return super().__contains__(x)

    def __call__(self, *args, **kwds):
        return super().__call__(*args, **kwds)

    def __iter__(self):
        return super().__iter__()

    def __reversed__(self):
        return super().__reversed__()

    def __await__(self):
        return super().__await__()


bottom = Bottom()
print(hash(bottom), len(bottom), 1 in bottom, bottom(1, a=2), [*bottom], [*reversed(bottom)], [*bottom.__await__()])


class Walking(abc.Iterator):
    def __next__(self):
        return super().__next__()


print([*Walking()], iter(bottom) is not bottom, abc.Iterator.__iter__(5))


class Generated(abc.Generator):
    def __init__(self, ends=True):
        self.ends, self.log = ends, []

    def send(self, value):
        self.log.append(value)
        return value if len(self.log) < 3 else super().send(value)

    def throw(self, typ, val=None, tb=None):
        return super().throw(typ, val, tb) if self.ends else "goes on"


generated = Generated()
print(next(generated), generated.send(5), [*generated], generated.log, generated.close())
for arguments in [(ValueError,), (ValueError("made"),), (ValueError, ValueError("value")), (ValueError, "text"),
                  (ValueError, None, None)]:
    attempt("throw", lambda: generated.throw(*arguments))
attempt("close", lambda: Generated(False).close())


class Awaited(abc.Coroutine):
    def __init__(self, error=None):
        self.error = error

    def __await__(self):
        yield "awaited"

    def send(self, value):
        return super().send(value)

    def throw(self, typ, val=None, tb=None):
        if self.error:
            raise self.error
        return super().throw(typ, val, tb)


print([*Awaited().__await__()], Awaited().close(), Awaited(StopIteration).close())
attempt("send", lambda: Awaited().send(1))
attempt("close", lambda: Awaited(KeyError("k")).close())


class Asynchronous(abc.AsyncGenerator):
    def __init__(self, *items, ends=True):
        self.items, self.ends = [*items], ends

    async def asend(self, value):
        if not self.items:
            raise StopAsyncIteration
        return self.items.pop(0)

    async def athrow(self, typ, val=None, tb=None):
        return await super().athrow(typ, val, tb) if self.ends else None


def run(action):
    try:
        action.send(None)
    except StopIteration as end:
        return end.value


async def collected(source):
    return [item async for item in source]


print(run(collected(Asynchronous(1, 2))), run(Asynchronous().aclose()))
attempt("aclose", lambda: run(Asynchronous(ends=False).aclose()))
attempt("athrow", lambda: run(Asynchronous().athrow(KeyError, "k")))


# ---- Sets ----

class Bag(abc.MutableSet):
    def __init__(self, items=()):
        self.items = [*dict.fromkeys(items)]

    def __contains__(self, value):
        return value in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def __repr__(self):
        return f"Bag({self.items})"

    def add(self, value):
        if value not in self.items:
            self.items.append(value)

    def discard(self, value):
        if value in self.items:
            self.items.remove(value)


for one in (Bag("abc"), Bag("abcd"), Bag()):
    for other in (Bag("bca"), set("bcx"), frozenset("ab"), "ab", [1], 5, {"a": 1}.keys(), range(2)):
        for sign in "and or sub xor rand ror rsub rxor eq ne lt le gt ge".split():
            result = getattr(one, f"__{sign}__")(other)
            print(sign, sorted(result, key=str) if isinstance(result, Bag) else result, end="; ")
        attempt("disjoint", lambda: one.isdisjoint(other))
        for sign in ("__ior__", "__iand__", "__ixor__", "__isub__"):
            changed = Bag(one)
            attempt(sign, lambda: sorted(getattr(changed, sign)(other), key=str))
attempt("and", lambda: Bag("ab") & 5)
attempt("sub", lambda: 5 - Bag("ab"))
attempt("less", lambda: Bag("ab") < [1])
print({"a"} | Bag("b"), {"a", "b"} - Bag("b"), {"a"} == Bag("a"), Bag("a") == {"a"}, {"a": 1}.keys() & Bag("ab"))
bag = Bag("abc")
for action in (lambda: bag.remove("z"), lambda: bag.remove("a"), lambda: bag.pop(), lambda: bag.discard("z"),
               lambda: bag.clear(),
               lambda: bag.pop(), lambda: hash(bag), lambda: bag._hash() == hash(frozenset()),
               lambda: Bag._from_iterable("xy"),
               lambda: abc.MutableSet.add(bag, 1), lambda: abc.MutableSet.discard(bag, 1), lambda: hash(bag)):
    attempt("bag", action)
    print(bag)
bag = Bag("ab")
bag ^= bag
other = Bag("ab")
other -= other
print(bag, other, Bag([1])._hash() == hash(frozenset([1])))


# ---- Mappings ----

class Kept(abc.MutableMapping):
    def __init__(self, *pairs):
        self.kept = dict(pairs)

    def __getitem__(self, key):
        print("get", key)
        return self.kept[key]

    def __setitem__(self, key, value):
        print("set", key, value)
        self.kept[key] = value

    def __delitem__(self, key):
        print("delete", key)
        del self.kept[key]

    def __iter__(self):
        return iter(self.kept)

    def __len__(self):
        return len(self.kept)


class Keyed:
    """Has keys, but is no mapping."""

    def keys(self):
        return ["k"]

    def __getitem__(self, key):
        return key * 2


kept = Kept(("a", 1), ("b", 2), ("nan", float("nan")))
for action in (lambda: "a" in kept, lambda: "z" in kept, lambda: kept.get("a"), lambda: kept.get("z"),
               lambda: kept.get("z", 3),
               lambda: [*kept.keys()], lambda: [*kept.values()][:2], lambda: [*kept.items()][:2], lambda: 2 in kept.values(),
               lambda: 9 in kept.values(), lambda: kept.kept["nan"] in kept.values(), lambda: ("a", 1) in kept.items(),
               lambda: ("a", 2) in kept.items(), lambda: ("z", 2) in kept.items(), lambda: 5 in kept.items(),
               lambda: ("nan", kept.kept["nan"]) in kept.items(), lambda: len(kept.values()), lambda: kept == {"a": 1},
               lambda: kept.__eq__(5), lambda: kept.update({"c": 3}), lambda: kept.update(Keyed(), d=4),
               lambda: kept.update([("e", 5)]), lambda: kept.update(Kept(("f", 6))), lambda: kept.update(self=1, other=2),
               lambda: kept.update([(1,)]), lambda: kept.update([5]), lambda: kept.update(5), lambda: kept.update(1, 2),
               lambda: kept.setdefault("a", 9), lambda: kept.setdefault("g", 7), lambda: kept.pop("g"),
               lambda: kept.pop("g"),
               lambda: kept.pop("g", None), lambda: kept.popitem(), lambda: kept.clear(), lambda: kept.popitem(),
               lambda: reversed(kept), lambda: hash(kept), lambda: abc.Mapping.__getitem__(kept, 1)):
    attempt("mapping", action)
    print([*kept.kept])
plain = abc.KeysView({"a": 1})
print(plain, abc.ValuesView({}), abc.ItemsView({"b": 2}), len(plain), plain & "a", type(plain & "a"), sorted(plain | {"z"}),
      plain == {"a"},
      abc.ItemsView({"b": 2}) - [("b", 2)], abc.KeysView[int], plain <= {"a": 2}.keys(), plain.isdisjoint("b"))


# ---- Sequences ----

class Row(abc.MutableSequence):
    def __init__(self, items):
        self.items = [*items]

    def __getitem__(self, index):
        return self.items[index]

    def __setitem__(self, index, value):
        self.items[index] = value

    def __delitem__(self, index):
        del self.items[index]

    def __len__(self):
        return len(self.items)

    def insert(self, index, value):
        self.items.insert(index, value)

    def __repr__(self):
        return f"Row({self.items})"


nan = float("nan")
row = Row([3, 1, nan, 1])
for action in (lambda: [*row][:2], lambda: [*reversed(row)][2:], lambda: 1 in row, lambda: nan in row, lambda: 9 in row,
               lambda: row.count(1), lambda: row.count(nan), lambda: row.index(1), lambda: row.index(1, 2),
               lambda: row.index(1, -1),
               lambda: row.index(1, -99, -1), lambda: row.index(1, 2, 3), lambda: row.index(nan), lambda: row.index(9),
               lambda: row.index(1, None), lambda: row.index(1, 0, 99), lambda: row.index(3, 1, None),
               lambda: row.index(3, "a"),
               lambda: row.append(5), lambda: row.extend([6]), lambda: row.extend(row), lambda: row.extend(5),
               lambda: row.pop(),
               lambda: row.pop(0), lambda: row.pop(99), lambda: row.remove(5), lambda: row.remove(99), lambda: row.reverse(),
               lambda: row.__iadd__("xy"), lambda: row.__iadd__(5), lambda: row.reverse(), lambda: row.clear(),
               lambda: row.pop(),
               lambda: hash(row) == 0, lambda: abc.MutableSequence.insert(row, 0, 1),
               lambda: abc.Sequence.__getitem__(row, 0)):
    attempt("sequence", action)
    print(row.items)
walk = iter(Row("ab"))
print(next(walk), type(walk).__name__, type(reversed(row)).__name__)
attempt("thrown", lambda: walk.throw(IndexError))
print([*map(bool, (abc.Iterable[int], abc.Callable, abc.Sequence[str]))], abc.Iterable[int], abc.Awaitable[str],
      abc.Set[int])
