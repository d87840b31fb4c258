"""Functional tools for creating and using iterators."""

import _itertools
from _itertools import step as _step

_missing = object()


def _index_or_none(value, message):
    if value is None:
        return None
    try:
        value = value.__index__()
    except AttributeError:
        raise ValueError(message) from None
    if value < 0 or value > 9223372036854775807:
        raise ValueError(message)
    return value


class count(_step):
    __slots__ = ()

    def __new__(cls, start=0, step=1):
        if not _is_number(start) or not _is_number(step):
            raise TypeError("a number is required")
        return _itertools.count(cls, start, step)

    def _parts(self):
        now = _itertools.part(self, 0)
        if now is None:
            return _itertools.number(self, 0), 1
        return now, _itertools.part(self, 1)

    def __repr__(self):
        now, by = self._parts()
        if isinstance(by, int) and by == 1:
            return f"{type(self).__name__}({now!r})"
        return f"{type(self).__name__}({now!r}, {by!r})"

    def __reduce__(self):
        now, by = self._parts()
        return (type(self), (now,)) if isinstance(by, int) and by == 1 else (type(self), (now, by))


def _is_number(value):
    kind = type(value)
    return hasattr(kind, "__index__") or hasattr(kind, "__float__") or hasattr(kind, "__int__") or kind is complex


class cycle(_step):
    __slots__ = ()

    def __new__(cls, iterable, /):
        return _itertools.cycle(cls, iter(iterable))


class repeat(_step):
    __slots__ = ()

    def __new__(cls, object, times=_missing):
        if times is _missing:
            return _itertools.repeat(cls, object, -1)
        return _itertools.repeat(cls, object, max(_times(times), 0))

    def __repr__(self):
        left = _itertools.number(self, 0)
        shown = repr(_itertools.part(self, 0))
        return f"{type(self).__name__}({shown})" if left < 0 else f"{type(self).__name__}({shown}, {left})"

    def __length_hint__(self):
        left = _itertools.number(self, 0)
        if left < 0:
            raise TypeError("len() of unsized object")
        return left

    def __reduce__(self):
        left = _itertools.number(self, 0)
        thing = _itertools.part(self, 0)
        return (type(self), (thing,)) if left < 0 else (type(self), (thing, left))


def _times(value):
    if not hasattr(type(value), "__index__"):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    return value.__index__()


class chain(_step):
    __slots__ = ()

    def __new__(cls, *iterables):
        return _itertools.chain(cls, iter(iterables))

    @classmethod
    def from_iterable(cls, iterable, /):
        return _itertools.chain(cls, iter(iterable))

    __class_getitem__ = classmethod(lambda cls, item: _alias(cls, item))


def _alias(cls, item):
    import types
    return types.GenericAlias(cls, item)


class compress(_step):
    __slots__ = ()

    def __new__(cls, data, selectors):
        return _itertools.compress(cls, iter(data), iter(selectors))


class dropwhile(_step):
    __slots__ = ()

    def __new__(cls, predicate, iterable, /):
        return _itertools.dropwhile(cls, predicate, iter(iterable))


class takewhile(_step):
    __slots__ = ()

    def __new__(cls, predicate, iterable, /):
        return _itertools.takewhile(cls, predicate, iter(iterable))


class filterfalse(_step):
    __slots__ = ()

    def __new__(cls, function, iterable, /):
        return _itertools.filterfalse(cls, function, iter(iterable))


class starmap(_step):
    __slots__ = ()

    def __new__(cls, function, iterable, /):
        return _itertools.starmap(cls, function, iter(iterable))


class islice(_step):
    __slots__ = ()

    def __new__(cls, *args):
        if not 2 <= len(args) <= 4:
            raise TypeError(f"islice expected at {'least 2' if len(args) < 2 else 'most 4'} arguments, got {len(args)}")
        iterable, start, stop, step = args + (_missing,) * (4 - len(args))
        if stop is _missing:
            start, stop = None, start
            stop = _index_or_none(stop, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
        else:
            indices = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."
            if stop is not None and not hasattr(type(stop), "__index__"):
                raise ValueError("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
            start = _index_or_none(start, indices)
            stop = _index_or_none(stop, indices)
        by = 1
        if step is not _missing and step is not None:
            message = "Step for islice() must be a positive integer or None."
            by = _index_or_none(step, message)
            if by < 1:
                raise ValueError(message)
        return _itertools.islice(cls, iter(iterable), start or 0, -1 if stop is None else stop, by)


class accumulate(_step):
    __slots__ = ()

    def __new__(cls, iterable, func=None, *, initial=None):
        return _itertools.accumulate(cls, iter(iterable), func, initial, initial is not None)


class pairwise(_step):
    __slots__ = ()

    def __new__(cls, iterable, /):
        return _itertools.pairwise(cls, iter(iterable))


class zip_longest(_step):
    __slots__ = ()

    def __new__(cls, *iterables, fillvalue=None, **others):
        if others:
            raise TypeError("zip_longest() got an unexpected keyword argument")
        return _itertools.zip_longest(cls, [iter(each) for each in iterables], fillvalue)


class product(_step):
    __slots__ = ()

    def __new__(cls, *iterables, repeat=1):
        repeat = _times(repeat)
        if repeat < 0:
            raise ValueError("repeat argument cannot be negative")
        pools = [tuple(each) for each in iterables] if repeat else []
        return _itertools.product(cls, pools * repeat)


class permutations(_step):
    __slots__ = ()

    def __new__(cls, iterable, r=None):
        pool = tuple(iterable)
        if r is None:
            r = len(pool)
        elif not isinstance(r, int):
            raise TypeError("Expected int as r")
        if r < 0:
            raise ValueError("r must be non-negative")
        return _itertools.permutations(cls, pool, r)


class combinations(_step):
    __slots__ = ()

    def __new__(cls, iterable, r):
        pool = tuple(iterable)
        r = _times(r)
        if r < 0:
            raise ValueError("r must be non-negative")
        return _itertools.combinations(cls, pool, r)


class combinations_with_replacement(_step):
    __slots__ = ()

    def __new__(cls, iterable, r):
        pool = tuple(iterable)
        r = _times(r)
        if r < 0:
            raise ValueError("r must be non-negative")
        return _itertools.combinations_with_replacement(cls, pool, r)


class _grouper(_step):
    __slots__ = ()


class _keys(_step):
    __slots__ = ()


class groupby:
    __slots__ = ("_keys",)

    def __init__(self, iterable, key=None):
        self._keys = _itertools.groupby(_keys, iter(iterable), key)

    def __iter__(self):
        return self

    def __next__(self):
        key = next(self._keys)
        return key, _itertools.group(_grouper, self._keys, key)


class _tee(_step):
    __slots__ = ()

    def __new__(cls, iterable, /):
        if isinstance(iterable, _tee):
            return iterable.__copy__()
        return _itertools.tee(cls, [], iter(iterable))

    def __copy__(self):
        return _itertools.tee(type(self), _itertools.part(self, 0), _itertools.part(self, 1))


def tee(iterable, n=2, /):
    n = _times(n)
    if n < 0:
        raise ValueError("n must be >= 0")
    if n == 0:
        return ()
    first = _tee(iterable)
    return (first,) + tuple(first.__copy__() for _ in range(n - 1))
