"""The containers besides the built-in ones: named tuples, double-ended queues, counters, chains of mappings, wrappers."""

__all__ = ["ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple"]

from _collections import deque as _deque
from keyword import iskeyword as _iskeyword
from reprlib import recursive_repr as _recursive_repr
from types import GenericAlias as _GenericAlias
import collections.abc as _abc
import itertools as _itertools
import operator as _operator
import sys as _sys

_missing = object()


# ---- deque ----

class deque(_deque):
    """A sequence that grows and shrinks at both ends"""
    __hash__ = None

    def __init__(self, iterable=_missing, maxlen=None):
        self._initialise(() if iterable is _missing else iterable, maxlen)

    def rotate(self, n=1, /):
        self._rotate(n)

    def index(self, value, start=None, stop=None, /):
        return self._index(value, start, stop)

    def copy(self):
        return type(self)(self) if self.maxlen is None else type(self)(self, self.maxlen)

    __copy__ = copy

    def __reduce__(self):
        state = self.__dict__ or None
        if self.maxlen is None:
            return type(self), (), state, iter(self)
        return type(self), ((), self.maxlen), state, iter(self)

    @_recursive_repr("[...]")
    def __repr__(self):
        name = type(self).__name__
        return f"{name}({self._list()!r})" if self.maxlen is None else f"{name}({self._list()!r}, maxlen={self.maxlen})"

    def __bool__(self):
        return len(self) > 0

    def __eq__(self, other):
        if not isinstance(other, deque):
            return NotImplemented
        return self is other or (len(self) == len(other) and self._list() == other._list())

    def __ne__(self, other):
        return self._list() != other._list() if isinstance(other, deque) else NotImplemented

    def __lt__(self, other):
        return self._list() < other._list() if isinstance(other, deque) else NotImplemented

    def __le__(self, other):
        return self._list() <= other._list() if isinstance(other, deque) else NotImplemented

    def __gt__(self, other):
        return self._list() > other._list() if isinstance(other, deque) else NotImplemented

    def __ge__(self, other):
        return self._list() >= other._list() if isinstance(other, deque) else NotImplemented

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError(f'can only concatenate deque (not "{type(other).__name__}") to deque')
        made = self.copy()
        made.extend(other)
        return made

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, times):
        made = self.copy()
        made *= times
        return made

    __rmul__ = __mul__

    def __imul__(self, times):
        if not hasattr(type(times), "__index__"):
            raise TypeError(f"can't multiply sequence by non-int of type '{type(times).__name__}'")
        items = self._list() * times
        self.clear()
        self.extend(items)
        return self

    __class_getitem__ = classmethod(_GenericAlias)


# ---- defaultdict ----

class defaultdict(dict):
    """A dict that makes a value for a missing key by `default_factory`"""

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        self.default_factory = default_factory
        super().__init__(*args, **kwargs)

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        self[key] = value = self.default_factory()
        return value

    @_recursive_repr()
    def _shown_factory(self):
        return repr(self.default_factory)

    def __repr__(self):
        return f"{type(self).__name__}({self._shown_factory()}, {dict.__repr__(self)})"

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __reduce__(self):
        args = () if self.default_factory is None else (self.default_factory,)
        return type(self), args, None, None, iter(self.items())

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(self.default_factory, other)
        made.update(self)
        return made

    __class_getitem__ = classmethod(_GenericAlias)


# ---- OrderedDict ----

class odict_keys(_abc.KeysView):
    def __reversed__(self):
        return reversed(self._mapping)

    @_recursive_repr()
    def __repr__(self):
        return f"{type(self).__name__}({list(self)!r})"


class odict_values(_abc.ValuesView):
    def __reversed__(self):
        return map(self._mapping.__getitem__, reversed(self._mapping))

    __repr__ = odict_keys.__repr__


class odict_items(_abc.ItemsView):
    def __reversed__(self):
        return ((key, self._mapping[key]) for key in reversed(self._mapping))

    __repr__ = odict_keys.__repr__


class OrderedDict(dict):
    """A dict whose order of insertion counts: it can be changed, and matters to comparisons of two of them"""

    def __init__(self, other=(), /, **kwds):
        self.update(other, **kwds)

    def update(self, other=(), /, **kwds):
        _abc.MutableMapping.update(self, other, **kwds)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def keys(self):
        return odict_keys(self)

    def values(self):
        return odict_values(self)

    def items(self):
        return odict_items(self)

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
            return default
        return self[key]

    def pop(self, key, default=_missing):
        if key in self:
            default = self[key]
            del self[key]
        elif default is _missing:
            raise KeyError(key)
        return default

    def popitem(self, last=True):
        """Takes out the last pair, or the first"""
        for key in reversed(self) if last else self:
            return key, dict.pop(self, key)
        raise KeyError("dictionary is empty")

    def move_to_end(self, key, last=True):
        """Puts a key behind all others, or before them"""
        value = dict.pop(self, key)
        behind = [] if last else list(dict.items(self))
        if behind:
            dict.clear(self)
        dict.__setitem__(self, key, value)
        dict.update(self, behind)

    def copy(self):
        return self.__class__(self)

    def __copy__(self):
        made = self.__class__(self)
        vars(made).update(vars(self))
        return made

    def __reduce__(self):
        return self.__class__, (), vars(self) or None, None, iter(self.items())

    @_recursive_repr()
    def __repr__(self):
        shown = list(self.items())
        return f"{self.__class__.__name__}({shown if shown else ''})"

    __hash__ = None

    def __eq__(self, other):
        same = dict.__eq__(self, other)
        return list(self) == list(other) if same is True and isinstance(other, OrderedDict) else same

    def __ne__(self, other):
        same = self.__eq__(other)
        return same if same is NotImplemented else not same

    def __or__(self, other):
        return self._joined(self, other) if isinstance(other, dict) else NotImplemented

    def __ror__(self, other):
        return self._joined(other, self) if isinstance(other, dict) else NotImplemented

    def __ior__(self, other):
        self.update(other)
        return self

    def _joined(self, first, second):
        made = self.__class__(first)
        made.update(second)
        return made


# ---- namedtuple ----

class _tuplegetter(property):
    def __set__(self, instance, value):
        raise AttributeError("can't set attribute")

    def __delete__(self, instance):
        raise AttributeError("can't delete attribute")


def _renamed(names):
    """Names of fields with "_" and the place instead of those that may not be one."""
    earlier = set()
    for place, name in enumerate(names):
        is_good = name.isidentifier() and not _iskeyword(name) and name[0] != "_" and name not in earlier
        yield name if is_good else f"_{place}"
        earlier.add(name)


def _check_names(typename, fields, underscores):
    for name in (typename, *fields):
        if type(name) is not str:
            raise TypeError("Type names and field names must be strings")
        if not name.isidentifier():
            raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
        if _iskeyword(name):
            raise ValueError(f"Type names and field names cannot be a keyword: {name!r}")
    earlier = set()
    for name in fields:
        if name[0] == "_" and not underscores:
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if name in earlier:
            raise ValueError(f"Encountered duplicate field name: {name!r}")
        earlier.add(name)


def _tuple_maker(typename, listed, items):
    """The __new__ of a named tuple: a function with a parameter for each field."""
    names = {"__builtins__": {}, "__name__": f"namedtuple_{typename}", "_of": tuple.__new__}
    exec(f"def __new__(_cls, {listed}): return _of(_cls, {items})", names)
    return names["__new__"]


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """Makes a class of tuples whose items are also attributes, by the names of `field_names`."""
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    fields = list(map(str, field_names))
    if rename:
        fields = list(_renamed(fields))
    typename = _sys.intern(str(typename))
    _check_names(typename, fields, rename)
    fields = tuple(map(_sys.intern, fields))
    defaults = defaults if defaults is None else tuple(defaults)
    required = len(fields) - len(defaults or ())
    if required < 0:
        raise TypeError("Got more default values than field names")
    listed, shown = ", ".join(fields), "=%r, ".join(fields)
    form = f"({shown}=%r)" if fields else "()"
    __new__ = _tuple_maker(typename, listed, f"({listed},)" if fields else "()")
    __new__.__defaults__ = defaults
    expected, new_tuple = len(fields), tuple.__new__

    def _make(cls, iterable):
        made = new_tuple(cls, iterable)
        if len(made) == expected:
            return made
        raise TypeError(f"Expected {expected} arguments, got {len(made)}")

    def _replace(self, /, **kwds):
        made = self._make(map(kwds.pop, fields, self))
        if not kwds:
            return made
        raise ValueError(f"Got unexpected field names: {list(kwds)!r}")

    def __repr__(self):
        return f"{self.__class__.__name__}{form % tuple(self)}"

    def _asdict(self):
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        return tuple(self)

    parts = {"__doc__": f"{typename}({listed})", "__slots__": (), "__match_args__": fields, "_fields": fields,
             "_field_defaults": dict(zip(fields[required:], defaults or ()))}
    for function in (__new__, _make, _replace, __repr__, _asdict, __getnewargs__):
        name = function.__name__
        function.__qualname__ = f"{typename}.{name}"
        parts[name] = function
    parts["_make"] = classmethod(_make)
    for place, name in enumerate(fields):
        parts[name] = getter = _tuplegetter(_operator.itemgetter(place))
        getter.__doc__ = f"Alias for field number {place}"
    made = type(typename, (tuple,), parts)
    if module is None:
        try:
            module = _sys._getframe(1).f_globals.get("__name__", "__main__")
        except ValueError:
            return made
    made.__module__ = module
    return made


# ---- Counter ----

def _count_elements(mapping, iterable, step=1):
    count_of = mapping.get
    for element in iterable:
        mapping[element] = count_of(element, 0) + step


class Counter(dict):
    """A dict of how often something occurs: elements and their counts"""

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **kwds):
        """Adds the counts of a mapping, or the elements of an iterable"""
        if iterable is None:
            pass
        elif not isinstance(iterable, _abc.Mapping):
            _count_elements(self, iterable)
        elif self:
            count_of = self.get
            for element, count in iterable.items():
                self[element] = count + count_of(element, 0)
        else:
            super().update(iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Takes away the counts of a mapping, or the elements of an iterable"""
        if iterable is not None:
            if not isinstance(iterable, _abc.Mapping):
                _count_elements(self, iterable, -1)
            else:
                count_of = self.get
                for element, count in iterable.items():
                    self[element] = count_of(element, 0) - count
        if kwds:
            self.subtract(kwds)

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def copy(self):
        return self.__class__(self)

    def total(self):
        return sum(self.values())

    def elements(self):
        """Each element as often as it counts"""
        return _itertools.chain.from_iterable(map(_itertools.repeat, self.keys(), self.values()))

    def most_common(self, n=None):
        """Pairs of element and count, the largest counts first: `n` of them, or all"""
        by_count = _operator.itemgetter(1)
        if n is not None:
            from heapq import nlargest
            return nlargest(n, self.items(), key=by_count)
        return sorted(self.items(), key=by_count, reverse=True)

    def __delitem__(self, elem):
        if elem in self:
            super().__delitem__(elem)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __repr__(self):
        name = self.__class__.__name__
        if not self:
            return name + "()"
        try:
            shown = dict(self.most_common())
        except TypeError:
            shown = dict(self)
        return f"{name}({shown!r})"

    __hash__ = None

    def _agrees(self, other, compare):
        """Whether all counts compare so; those of missing elements are 0."""
        if not isinstance(other, Counter):
            return NotImplemented
        return all(compare(self[element], other[element]) for both in (self, other) for element in both)

    def __eq__(self, other):
        return self._agrees(other, _operator.eq)

    def __ne__(self, other):
        return not self == other if isinstance(other, Counter) else NotImplemented

    def __le__(self, other):
        return self._agrees(other, _operator.le)

    def __ge__(self, other):
        return self._agrees(other, _operator.ge)

    def __lt__(self, other):
        return self <= other and self != other if isinstance(other, Counter) else NotImplemented

    def __gt__(self, other):
        return self >= other and self != other if isinstance(other, Counter) else NotImplemented

    def _combined(self, other, combine):
        """A new counter of the counts above 0 that `combine` makes."""
        if not isinstance(other, Counter):
            return NotImplemented
        made = Counter()
        triples = [(element, count, other[element]) for element, count in self.items()]
        triples += [(element, 0, count) for element, count in other.items() if element not in self]
        for element, mine, theirs in triples:
            count = combine(mine, theirs)
            if count > 0:
                made[element] = count
        return made

    def __add__(self, other):
        return self._combined(other, _operator.add)

    def __sub__(self, other):
        return self._combined(other, _operator.sub)

    def __or__(self, other):
        return self._combined(other, lambda mine, theirs: theirs if mine < theirs else mine)

    def __and__(self, other):
        return self._combined(other, lambda mine, theirs: mine if mine < theirs else theirs)

    def __pos__(self):
        return Counter({element: count for element, count in self.items() if count > 0})

    def __neg__(self):
        return Counter({element: 0 - count for element, count in self.items() if count < 0})

    def _keep_positive(self):
        for element in [element for element, count in self.items() if not count > 0]:
            del self[element]
        return self

    def __iadd__(self, other):
        for element, count in other.items():
            self[element] += count
        return self._keep_positive()

    def __isub__(self, other):
        for element, count in other.items():
            self[element] -= count
        return self._keep_positive()

    def __ior__(self, other):
        for element, count in other.items():
            if self[element] < count:
                self[element] = count
        return self._keep_positive()

    def __iand__(self, other):
        for element in self:
            if other[element] < self[element]:
                self[element] = other[element]
        return self._keep_positive()


# ---- ChainMap ----

class ChainMap(_abc.MutableMapping):
    """Several mappings as one: what is read is taken from the first that has it, what is written goes to the first"""

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    @classmethod
    def fromkeys(cls, iterable, *args):
        return cls(dict.fromkeys(iterable, *args))

    # ---- What asks all ----

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]
            except KeyError:
                continue
        return self.__missing__(key)

    def __missing__(self, key):
        raise KeyError(key)

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __iter__(self):
        return iter(dict.fromkeys(key for mapping in reversed(self.maps) for key in mapping))

    def __bool__(self):
        return any(self.maps)

    def __len__(self):
        return len(set().union(*self.maps))

    @_recursive_repr()
    def __repr__(self):
        return f"{self.__class__.__name__}({', '.join(map(repr, self.maps))})"

    # ---- What changes the first ----

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        self._of_first("__delitem__", key)

    def pop(self, key, *args):
        return self._of_first("pop", key, *args)

    def popitem(self):
        return self._of_first("popitem")

    def clear(self):
        self.maps[0].clear()

    def _of_first(self, method, *args):
        try:
            return getattr(self.maps[0], method)(*args)
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {args[0]!r}" if args
                           else "No keys found in the first mapping.")

    # ---- What makes another chain ----

    @property
    def parents(self):
        "All mappings but the first"
        return self.__class__(*self.maps[1:])

    def new_child(self, m=None, **kwargs):
        """The same with another mapping in front"""
        first = kwargs if m is None else m
        if kwargs and first is not kwargs:
            first.update(kwargs)
        return self.__class__(first, *self.maps)

    def copy(self):
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    def __or__(self, other):
        if isinstance(other, _abc.Mapping):
            made = self.copy()
            made.maps[0].update(other)
            return made
        return NotImplemented

    def __ror__(self, other):
        if isinstance(other, _abc.Mapping):
            made = dict(other)
            for mapping in reversed(self.maps):
                made.update(mapping)
            return self.__class__(made)
        return NotImplemented

    def __ior__(self, other):
        self.maps[0].update(other)
        return self


# ---- UserDict, UserList, UserString: a dict, list or str in an attribute ----

def _data(kind, other):
    return other.data if isinstance(other, kind) else other


def _copied(wrapper):
    """Another wrapper with the same attributes, and a copy of the data."""
    made = wrapper.__class__.__new__(wrapper.__class__)
    vars(made).update(vars(wrapper), data=wrapper.data.copy())
    return made


def _add_methods(kind, forms):
    """Gives `kind` methods. Each form says what those with the signatures behind it return; CALL in it stands for the
    same method of the data."""
    text = []
    for form, signatures in forms.items():
        for signature in signatures.split("; "):
            name, _, parameters = signature[:-1].partition("(")
            arguments = [parameter.partition("=")[0] for parameter in parameters.split(", ") if parameter != "/"]
            result = form.replace("CALL", f"self.data.{name}({', '.join(arguments)})")
            text.append(f"def {name}(self, {parameters}): return {result}")
    methods = {}
    exec("\n".join(text), globals(), methods)
    for name, method in methods.items():
        method.__qualname__ = f"{kind.__name__}.{name}"
        setattr(kind, name, method)


def _comparing(kind):
    signs = {"lt": "<", "le": "<=", "eq": "==", "ge": ">=", "gt": ">"}
    return {f"self.data {sign} _data({kind}, other)": f"__{name}__(other)" for name, sign in signs.items()}


class UserDict(_abc.MutableMapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        for source in (dict, kwargs or None):
            if source is not None:
                self.update(source)

    def __getitem__(self, key):
        if key not in self.data:
            missing = getattr(self.__class__, "__missing__", None)
            if missing is None:
                raise KeyError(key)
            return missing(self, key)
        return self.data[key]

    def __setitem__(self, key, item):
        self.data[key] = item

    def __contains__(self, key):
        return key in self.data

    def __delitem__(self, key):
        del self.data[key]

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(self.data)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    __copy__ = _copied

    def copy(self):
        """Another one. That of a class derived from this gets its items one by one."""
        if self.__class__ is UserDict:
            return UserDict(self.data.copy())
        from copy import copy
        kept, self.data = self.data, {}
        try:
            made = copy(self)
        finally:
            self.data = kept
        made.update(self)
        return made

    def __ior__(self, other):
        self.data |= _data(UserDict, other)
        return self


_add_methods(UserDict, {
    "repr(self.data)": "__repr__()",
    "self.__class__(self.data | _data(UserDict, other)) if isinstance(other, (UserDict, dict)) else NotImplemented":
        "__or__(other)",
    "self.__class__(_data(UserDict, other) | self.data) if isinstance(other, (UserDict, dict)) else NotImplemented":
        "__ror__(other)",
})


class UserList(_abc.MutableSequence):
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(_data(UserList, initlist))

    def __getitem__(self, i):
        found = self.data[i]
        return self.__class__(found) if isinstance(i, slice) else found

    def __setitem__(self, i, item):
        self.data[i] = item

    def insert(self, i, item):
        self.data.insert(i, item)

    def __delitem__(self, i):
        del self.data[i]

    def __len__(self):
        return len(self.data)

    def _list_of(self, other):
        other = _data(UserList, other)
        return other if isinstance(other, type(self.data)) else list(other)

    def __iadd__(self, other):
        self.data += self._list_of(other)
        return self

    def __imul__(self, n):
        self.data *= n
        return self

    __copy__ = _copied
    __hash__ = None


_add_methods(UserList, {
    "CALL": "append(item); remove(item); pop(i=-1); clear(); reverse(); sort(/, *args, **kwds); count(item); "
            "index(item, *args)",
    "self.data.extend(_data(UserList, other))": "extend(other)",
    "item in self.data": "__contains__(item)",
    "repr(self.data)": "__repr__()",
    "self.__class__(self)": "copy()",
    "self.__class__(self.data + self._list_of(other))": "__add__(other)",
    "self.__class__(self._list_of(other) + self.data)": "__radd__(other)",
    "self.__class__(self.data * n)": "__mul__(n); __rmul__(n)",
} | _comparing("UserList"))


class UserString(_abc.Sequence):
    def __init__(self, seq):
        self.data = seq if isinstance(seq, str) else seq.data[:] if isinstance(seq, UserString) else str(seq)

    def __getitem__(self, index):
        return self.__class__(self.data[index])

    def __len__(self):
        return len(self.data)

    maketrans = str.maketrans


_BOUNDS = "start=0, end=_sys.maxsize"
_add_methods(UserString, {
    f"{function}(self.data)": f"__{function}__()" for function in ("str", "repr", "hash", "int", "float", "complex")
} | _comparing("UserString") | {
    "CALL": f"startswith(prefix, {_BOUNDS}); endswith(suffix, {_BOUNDS}); index(sub, {_BOUNDS}); rindex(sub, {_BOUNDS}); "
            "partition(sep); rpartition(sep); split(sep=None, maxsplit=-1); rsplit(sep=None, maxsplit=-1); join(seq); "
            "splitlines(keepends=False); format(/, *args, **kwds); format_map(mapping); isalnum(); isalpha(); isascii(); "
            "isdecimal(); isdigit(); isidentifier(); islower(); isnumeric(); isprintable(); isspace(); istitle(); isupper()",
    "self.__class__(CALL)": "lower(); upper(); title(); capitalize(); swapcase(); casefold(); strip(chars=None); "
                            "lstrip(chars=None); rstrip(chars=None); center(width, *args); ljust(width, *args); "
                            "rjust(width, *args); zfill(width); expandtabs(tabsize=8); translate(*args)",
    "self.data.encode('utf-8' if encoding is None else encoding, 'strict' if errors is None else errors)":
        "encode(encoding='utf-8', errors='strict')",
    "self.data.find(_data(UserString, sub), start, end)": f"find(sub, {_BOUNDS})",
    "self.data.rfind(_data(UserString, sub), start, end)": f"rfind(sub, {_BOUNDS})",
    "self.data.count(_data(UserString, sub), start, end)": f"count(sub, {_BOUNDS})",
    "self.__class__(self.data.removeprefix(_data(UserString, prefix)))": "removeprefix(prefix, /)",
    "self.__class__(self.data.removesuffix(_data(UserString, suffix)))": "removesuffix(suffix, /)",
    "self.__class__(self.data.replace(_data(UserString, old), _data(UserString, new), maxsplit))":
        "replace(old, new, maxsplit=-1)",
    "_data(UserString, char) in self.data": "__contains__(char)",
    "self.__class__(self.data + (other if isinstance(other, str) else str(other)))": "__add__(other)",
    "self.__class__((other if isinstance(other, str) else str(other)) + self.data)": "__radd__(other)",
    "self.__class__(self.data * n)": "__mul__(n); __rmul__(n)",
    "self.__class__(self.data % args)": "__mod__(args)",
    "self.__class__(str(template) % self)": "__rmod__(template)",
    "(self.data[:],)": "__getnewargs__()",
})
_abc.MutableSequence.register(deque)
