"""The abstract classes of containers, iterators, awaitables and callables, with the methods that follow from a few."""

from abc import ABCMeta, abstractmethod
from _types import GenericAlias as _GenericAlias
import _types

__all__ = ["Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Hashable", "Iterable", "Iterator",
           "Generator", "Reversible", "Sized", "Container", "Callable", "Collection", "Set", "MutableSet", "Mapping",
           "MutableMapping", "MappingView", "KeysView", "ItemsView", "ValuesView", "Sequence", "MutableSequence",
           "ByteString"]

_absent = object()


# ---- Protocols: a class counts as a subclass if it has the methods ----

def _has_methods(kind, *names):
    """True if `kind` has all these methods; NotImplemented if one is missing, or said to be None."""
    parts = [vars(base) for base in kind.__mro__]
    for name in names:
        if next((part[name] for part in parts if name in part), None) is None:
            return NotImplemented
    return True


def _structural(kind):
    """Decorator: a class with all methods that `kind` and its bases define counts as a subclass of `kind`."""
    names = {name for base in kind.__mro__ for name, part in vars(base).items() if type(part) is _types.FunctionType}

    def hook(cls, other):
        return _has_methods(other, *names) if cls is kind else NotImplemented
    hook.__name__, hook.__qualname__ = "__subclasshook__", f"{kind.__name__}.__subclasshook__"
    kind.__subclasshook__ = classmethod(hook)
    return kind


def _protocol(name, *bases, **methods):
    """A structural class of functions only."""
    for method, function in methods.items():
        function.__name__, function.__qualname__ = method, f"{name}.{method}"
    return _structural(ABCMeta(name, bases, {"__module__": __name__, "__slots__": (), **methods}))


def _asked_for(name, answer, *bases):
    """A protocol of one more abstract method than `bases`: what super() finds is `answer`, the last part of `name`."""
    kind, method = name.split(".")
    return _protocol(kind, *bases, **{method: abstractmethod(answer)})


Hashable = _asked_for("Hashable.__hash__", lambda self: 0)
Sized = _asked_for("Sized.__len__", lambda self: 0)
Container = _asked_for("Container.__contains__", lambda self, x: False)
Callable = _asked_for("Callable.__call__", lambda self, *args, **kwds: False)
Iterable = _asked_for("Iterable.__iter__", lambda self: (_ for _ in ()))
Reversible = _asked_for("Reversible.__reversed__", lambda self: (_ for _ in ()), Iterable)
Collection = _protocol("Collection", Sized, Iterable, Container)
Awaitable = _asked_for("Awaitable.__await__", lambda self: (yield))
AsyncIterable = _asked_for("AsyncIterable.__aiter__", lambda self: AsyncIterator())


@_structural
class Iterator(Iterable):
    __slots__ = ()

    def __iter__(self):
        return self

    @abstractmethod
    def __next__(self):
        raise StopIteration


@_structural
class AsyncIterator(AsyncIterable):
    __slots__ = ()

    def __aiter__(self):
        return self

    @abstractmethod
    async def __anext__(self):
        raise StopAsyncIteration


# ---- What is gone on with by send() ----

def _thrown(typ, val, tb):
    """What to raise for the arguments of throw()."""
    error = val if val is not None else typ if tb is None else typ()
    return error if tb is None else error.with_traceback(tb)


class _ending:
    """With statement around the throw() of a close(): the exception that ends `kind` is expected, nothing else is."""

    def __init__(self, kind, end):
        self.kind, self.expected = kind, (GeneratorExit, end)

    def __enter__(self):
        return self

    def __exit__(self, typ, val, tb):
        if typ is None:
            raise RuntimeError(self.kind + " ignored GeneratorExit")
        return issubclass(typ, self.expected)


def _sending(kind):
    """The methods that generators and coroutines share; close() calls them `kind`."""
    @abstractmethod
    def send(self, value):
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        raise _thrown(typ, val, tb)

    def close(self):
        with _ending(kind, StopIteration):
            self.throw(GeneratorExit)
    return {"send": send, "throw": throw, "close": close}


Generator = _protocol("Generator", Iterator, __next__=lambda self: self.send(None), **_sending("generator"))
Coroutine = _protocol("Coroutine", Awaitable, **_sending("coroutine"))


@_structural
class AsyncGenerator(AsyncIterator):
    __slots__ = ()

    async def __anext__(self):
        return await self.asend(None)

    async def aclose(self):
        with _ending("asynchronous generator", StopAsyncIteration):
            await self.athrow(GeneratorExit)

    @abstractmethod
    async def asend(self, value):
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        raise _thrown(typ, val, tb)


# ---- Sets ----

def _is_part(some, others):
    return len(some) <= len(others) and all(item in others for item in some)


def _with_iterable(operator):
    """Decorator of a binary operator: the other operand must be iterable."""
    def checked(self, other):
        return operator(self, other) if isinstance(other, Iterable) else NotImplemented
    checked.__name__, checked.__qualname__ = operator.__name__, operator.__qualname__
    return checked


class Set(Collection):
    """Comparisons and operators of sets, from `in`, iteration and the length. `_from_iterable` makes the results."""
    __slots__ = ()

    @classmethod
    def _from_iterable(cls, it):
        return cls(it)

    def _as_set(self, other):
        return other if isinstance(other, Set) else self._from_iterable(other)

    def _hash(self):
        """The hash of a frozenset of the same elements."""
        return hash(frozenset(self))

    def __eq__(self, other):
        return len(self) == len(other) and self.__le__(other) if isinstance(other, Set) else NotImplemented

    def __le__(self, other):
        return _is_part(self, other) if isinstance(other, Set) else NotImplemented

    def __ge__(self, other):
        return _is_part(other, self) if isinstance(other, Set) else NotImplemented

    def __lt__(self, other):
        return len(self) < len(other) and self.__le__(other) if isinstance(other, Set) else NotImplemented

    def __gt__(self, other):
        return len(self) > len(other) and self.__ge__(other) if isinstance(other, Set) else NotImplemented

    def isdisjoint(self, other):
        return not any(item in self for item in other)

    @_with_iterable
    def __and__(self, other):
        return self._from_iterable(item for item in other if item in self)

    @_with_iterable
    def __or__(self, other):
        return self._from_iterable(item for operand in (self, other) for item in operand)

    @_with_iterable
    def __sub__(self, other):
        removed = self._as_set(other)
        return self._from_iterable(item for item in self if item not in removed)

    @_with_iterable
    def __rsub__(self, other):
        return self._from_iterable(item for item in self._as_set(other) if item not in self)

    @_with_iterable
    def __xor__(self, other):
        other = self._as_set(other)
        return (self - other) | (other - self)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__


def _repeat_until(error, action):
    try:
        while True:
            action()
    except error:
        pass


class MutableSet(Set):
    __slots__ = ()

    @abstractmethod
    def add(self, value):
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        raise NotImplementedError

    def remove(self, value):
        if value in self:
            self.discard(value)
        else:
            raise KeyError(value)

    def pop(self):
        for some in self:
            break
        else:
            raise KeyError from None
        self.discard(some)
        return some

    def clear(self):
        _repeat_until(KeyError, self.pop)

    def __ior__(self, it):
        for item in it:
            self.add(item)
        return self

    def __iand__(self, it):
        for item in self - it:
            self.discard(item)
        return self

    def __isub__(self, it):
        if it is not self:
            for item in it:
                self.discard(item)
        else:
            self.clear()
        return self

    def __ixor__(self, it):
        if it is not self:
            for item in self._as_set(it):
                change = self.discard if item in self else self.add
                change(item)
        else:
            self.clear()
        return self


# ---- Mappings ----

class Mapping(Collection):
    __slots__ = ()
    __abc_tpflags__ = 1 << 6

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    __reversed__ = None

    def __contains__(self, key):
        try:
            self[key]
            return True
        except KeyError:
            return False

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items()) if isinstance(other, Mapping) else NotImplemented

    def get(self, key, default=None):
        try:
            default = self[key]
        except KeyError:
            pass
        return default

    def keys(self):
        return KeysView(self)

    def values(self):
        return ValuesView(self)

    def items(self):
        return ItemsView(self)


class MappingView(Sized):
    __slots__ = ("_mapping",)

    def __init__(self, mapping):
        self._mapping = mapping

    def __repr__(self):
        return f"{type(self).__name__}({self._mapping!r})"

    def __len__(self):
        return len(self._mapping)


_as_plain_set = classmethod(lambda cls, it: set(it))


class KeysView(MappingView, Set):
    __slots__ = ()
    _from_iterable = _as_plain_set

    def __iter__(self):
        yield from self._mapping

    def __contains__(self, key):
        return key in self._mapping


class ValuesView(MappingView, Collection):
    __slots__ = ()

    def __iter__(self):
        return (self._mapping[key] for key in self._mapping)

    def __contains__(self, value):
        return any(each is value or each == value for each in ValuesView.__iter__(self))


class ItemsView(MappingView, Set):
    __slots__ = ()
    _from_iterable = _as_plain_set

    def __iter__(self):
        return ((key, self._mapping[key]) for key in self._mapping)

    def __contains__(self, item):
        key, value = item
        try:
            each = self._mapping[key]
        except KeyError:
            return False
        return each is value or each == value


class MutableMapping(Mapping):
    __slots__ = ()

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    def setdefault(self, key, default=None):
        try:
            value = self[key]
        except KeyError:
            self[key] = value = default
        return value

    def update(self, other=(), /, **kwds):
        """Takes over a mapping (what is one, or has keys()) or an iterable of pairs, then the keywords."""
        if isinstance(other, Mapping) or hasattr(other, "keys"):
            for key in other if isinstance(other, Mapping) else other.keys():
                self[key] = other[key]
            other = ()
        for pairs in (other, kwds.items()):
            for key, value in pairs:
                self[key] = value

    def popitem(self):
        for key in self:
            break
        else:
            raise KeyError from None
        item = key, self[key]
        del self[key]
        return item

    def pop(self, key, default=_absent):
        try:
            value = self[key]
        except KeyError:
            if default is _absent:
                raise
            value = default
        else:
            del self[key]
        return value

    def clear(self):
        _repeat_until(KeyError, self.popitem)


# ---- Sequences ----

def _numbered(sequence, place, stop):
    """Pairs of place and item from `place` on, before `stop` or until the end if this is None."""
    while stop is None or place < stop:
        try:
            item = sequence[place]
        except IndexError:
            return
        yield place, item
        place += 1


class Sequence(Reversible, Collection):
    __slots__ = ()
    __abc_tpflags__ = 1 << 5

    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        place = 0
        while True:
            try:
                yield self[place]
            except IndexError:
                return
            place += 1

    def __reversed__(self):
        yield from map(self.__getitem__, range(len(self) - 1, -1, -1))

    def __contains__(self, value):
        return any(each is value or each == value for each in self)

    def count(self, value):
        return sum(1 for each in self if each is value or each == value)

    def index(self, value, start=0, stop=None):
        """The place of `value` among those from `start` on and before `stop`; ValueError if it is not there."""
        if start is not None and start < 0:
            start = max(start + len(self), 0)
        if stop is not None and stop < 0:
            stop += len(self)
        for place, item in _numbered(self, start, stop):
            if item is value or item == value:
                return place
        raise ValueError


class ByteString(Sequence):
    __slots__ = ()


class MutableSequence(Sequence):
    __slots__ = ()

    @abstractmethod
    def insert(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in list(values) if values is self else values:
            self.append(value)

    def __iadd__(self, values):
        self.extend(values)
        return self

    def pop(self, index=-1):
        item = self[index]
        del self[index]
        return item

    def remove(self, value):
        del self[self.index(value)]

    def clear(self):
        _repeat_until(IndexError, self.pop)

    def reverse(self):
        last = len(self) - 1
        for low in range(len(self) // 2):
            high = last - low
            self[low], self[high] = self[high], self[low]


for _kind in (Awaitable, AsyncIterable, Iterable, Container, Callable, MappingView):
    _kind.__class_getitem__ = classmethod(_GenericAlias)

for _kind, _members in {
    KeysView: [type({}.keys())], ValuesView: [type({}.values())], ItemsView: [type({}.items())],
    Set: [frozenset], MutableSet: [set], Mapping: [_types.MappingProxyType], MutableMapping: [dict],
    Sequence: [tuple, str, range, memoryview], ByteString: [bytes, bytearray], MutableSequence: [list, bytearray],
}.items():
    for _member in _members:
        _kind.register(_member)
del _kind, _members, _member
