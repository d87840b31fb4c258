"""Functions of functions: wrappers, partial calls, caches, orders, dispatch by type."""

from reprlib import recursive_repr as _recursive_repr
from types import GenericAlias as _GenericAlias, MethodType as _MethodType
import threading as _threading
import weakref as _weakref

__all__ = ["update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "total_ordering", "cache", "cmp_to_key",
           "lru_cache", "reduce", "partial", "partialmethod", "singledispatch", "singledispatchmethod", "cached_property"]

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)
_missing = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Makes a wrapper look like what it wraps."""
    for name in assigned:
        value = getattr(wrapped, name, _missing)
        if value is not _missing:
            setattr(wrapper, name, value)
    for name in updated:
        more = getattr(wrapped, name, {})
        getattr(wrapper, name).update(more)
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """The decorator that does so with a function."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# ---- Ordering ----

def _derived_order(name, root, negate, orders_equal):
    def method(self, other):
        answer = getattr(type(self), root)(self, other)
        if answer is NotImplemented:
            return answer
        if orders_equal is None:
            return not answer
        if orders_equal:
            return (not answer if negate else answer) or self == other
        return (not answer if negate else answer) and self != other
    method.__name__ = name
    return method


_orders = {
    "__lt__": (("__gt__", True, False), ("__le__", False, True), ("__ge__", True, None)),
    "__le__": (("__ge__", True, True), ("__lt__", False, False), ("__gt__", True, None)),
    "__gt__": (("__lt__", True, False), ("__ge__", False, True), ("__le__", True, None)),
    "__ge__": (("__le__", True, True), ("__gt__", False, False), ("__lt__", True, None)),
}


def total_ordering(cls):
    """Class decorator: adds the comparisons that are missing to the first that is there."""
    own = [name for name in _orders if getattr(cls, name, None) is not getattr(object, name, None)]
    if not own:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    for name, negate, orders_equal in _orders[own[0]]:
        if name not in own:
            setattr(cls, name, _derived_order(name, own[0], negate, orders_equal))
    return cls


class _Key:
    __slots__ = ("obj", "_compare")
    __hash__ = None

    def __init__(self, obj, compare):
        self.obj = obj
        self._compare = compare

    def _ask(self, other):
        if not isinstance(other, _Key):
            raise TypeError("other argument must be K instance")
        return self._compare(self.obj, other.obj)

    def __lt__(self, other):
        return self._ask(other) < 0

    def __gt__(self, other):
        return self._ask(other) > 0

    def __eq__(self, other):
        return self._ask(other) == 0

    def __le__(self, other):
        return self._ask(other) <= 0

    def __ge__(self, other):
        return self._ask(other) >= 0


def cmp_to_key(mycmp):
    """A key function of one that compares two and says less, equal or greater by a number."""
    def K(obj):
        return _Key(obj, mycmp)
    return K


# ---- Calls ----

def reduce(function, iterable, initial=_missing, /):
    """function(function(function(initial, a), b), c) ..."""
    try:
        iterator = iter(iterable)
    except TypeError:
        raise TypeError("reduce() arg 2 must support iteration") from None
    value = next(iterator, _missing) if initial is _missing else initial
    if value is _missing:
        raise TypeError("reduce() of empty iterable with no initial value")
    for item in iterator:
        value = function(value, item)
    return value


class partial:
    """A call whose first arguments and some keywords are given already."""
    __slots__ = "func", "args", "keywords", "__dict__", "__weakref__"

    def __new__(cls, /, *args, **keywords):
        if not args:
            raise TypeError("type 'partial' takes at least one argument")
        func, *args = args
        args = tuple(args)
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if type(func) is partial and not func.__dict__:
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        made = super().__new__(cls)
        made.func, made.args, made.keywords = func, args, keywords
        return made

    def __call__(self, /, *args, **keywords):
        if not keywords:
            return self.func(*self.args, *args, **self.keywords)
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    @_recursive_repr()
    def __repr__(self):
        kind = type(self)
        parts = [repr(self.func)]
        parts.extend(repr(each) for each in self.args)
        parts.extend(f"{name}={value!r}" for name, value in self.keywords.items())
        name = "functools.partial" if kind is partial else kind.__qualname__
        return f"{name}({', '.join(parts)})"

    def __reduce__(self):
        return type(self), (self.func,), (self.func, self.args, self.keywords or None, self.__dict__ or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple) or len(state) != 4:
            raise TypeError("invalid partial state")
        func, args, keywords, attributes = state
        if not callable(func) or not isinstance(args, tuple) or not isinstance(keywords, (dict, type(None))):
            raise TypeError("invalid partial state")
        self.func, self.args, self.keywords = func, tuple(args), dict(keywords or {})
        self.__dict__.clear()
        self.__dict__.update(attributes or {})

    __class_getitem__ = classmethod(_GenericAlias)


def _check_for_method(func):
    if not (callable(func) or hasattr(func, "__get__")):
        raise TypeError(f"{func!r} is not callable or a descriptor")


class partialmethod:
    """The same as a method, also of what is a descriptor."""

    def __init__(self, func, /, *args, **keywords):
        _check_for_method(func)
        if isinstance(func, partialmethod):
            func, args, keywords = func.func, func.args + args, func.keywords | keywords
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        kind = type(self)
        given = ", ".join(f"{name}={value!r}" for name, value in self.keywords.items())
        return f"{kind.__module__}.{kind.__qualname__}({self.func}, {', '.join(map(repr, self.args))}, {given})"

    def _as_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **(self.keywords | keywords))
        _method._partialmethod = self
        _method.__isabstractmethod__ = self.__isabstractmethod__
        return _method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, "__get__", None)
        bound = self.func if get is None else get(obj, cls)
        if bound is self.func:
            return self._as_method().__get__(obj, cls)
        call = partial(bound, *self.args, **self.keywords)
        if hasattr(bound, "__self__"):
            call.__self__ = bound.__self__
        return call

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    __class_getitem__ = classmethod(_GenericAlias)


# ---- Caches ----

class _CacheInfo(tuple):
    __slots__ = ()
    _fields = ("hits", "misses", "maxsize", "currsize")

    def __new__(cls, hits, misses, maxsize, currsize):
        return super().__new__(cls, (hits, misses, maxsize, currsize))

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return "CacheInfo(hits=%r, misses=%r, maxsize=%r, currsize=%r)" % self


class _Arguments(list):
    """The arguments of a call as a key, whose hash is computed once."""
    __slots__ = ("hash",)

    def __init__(self, parts):
        self[:] = parts
        self.hash = hash(parts)

    def __hash__(self):
        return self.hash


def _make_key(args, kwds, typed):
    """What calls with equal arguments have in common: the argument itself if it is the only one and simple."""
    if not typed and not kwds:
        return args[0] if len(args) == 1 and type(args[0]) in (int, str) else _Arguments(args)
    named = (_missing, *kwds.items()) if kwds else ()
    types = (*map(type, args), *map(type, kwds.values())) if typed else ()
    return _Arguments(args + named + types)


class _lru_cache_wrapper:
    """A function that remembers what it gave: as an attribute of a class it is bound like a function."""

    def __init__(self, user_function, maxsize, typed, cache_info_type):
        self._function = user_function
        self._maxsize = maxsize
        self._typed = typed
        self._info = cache_info_type
        self._results = {}
        self._hits = self._misses = 0
        self._lock = _threading.RLock()

    def __call__(self, /, *args, **kwds):
        if self._maxsize == 0:
            self._misses += 1
            return self._function(*args, **kwds)
        key = _make_key(args, kwds, self._typed)
        results = self._results
        if self._maxsize is None:
            value = results.get(key, _missing)
            if value is not _missing:
                self._hits += 1
                return value
            self._misses += 1
            value = results[key] = self._function(*args, **kwds)
            return value
        with self._lock:
            value = results.pop(key, _missing)
            if value is not _missing:
                results[key] = value  # now the newest
                self._hits += 1
                return value
            self._misses += 1
        value = self._function(*args, **kwds)
        with self._lock:
            if key not in results and len(results) >= self._maxsize:
                del results[next(iter(results))]
            results[key] = value
        return value

    def __get__(self, instance, owner=None):
        return self if instance is None else _MethodType(self, instance)

    def cache_info(self):
        return self._info(self._hits, self._misses, self._maxsize, len(self._results))

    def cache_clear(self):
        with self._lock:
            dropped = self._results
            self._results = {}
            self._hits = self._misses = 0
        del dropped

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return f"<functools._lru_cache_wrapper object at {id(self):#x}>"

    def __reduce__(self):
        return self.__qualname__


_lru_cache_wrapper.__module__ = "functools"


def lru_cache(maxsize=128, typed=False):
    """Decorator: keeps what the last `maxsize` different calls gave, or all calls if this is None."""
    if not isinstance(maxsize, int) and callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, typed)
    if maxsize is not None:
        if not isinstance(maxsize, int):
            raise TypeError("Expected first argument to be an integer, a callable, or None")
        maxsize = max(maxsize, 0)
    return lambda function: _cached(function, maxsize, typed)


def _cached(function, maxsize, typed):
    made = _lru_cache_wrapper(function, maxsize, typed, _CacheInfo)
    made.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(made, function)


def cache(user_function, /):
    """Decorator: keeps what all calls gave."""
    return _cached(user_function, None, False)


class cached_property:
    """A property that is computed once, and then is an attribute of its object."""

    def __init__(self, func):
        self.func, self.attrname, self.__doc__ = func, None, func.__doc__
        self.lock = _threading.RLock()

    def __set_name__(self, owner, name):
        if self.attrname not in (None, name):
            raise TypeError("Cannot assign the same cached_property to two different names "
                            f"({self.attrname!r} and {name!r}).")
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        values = getattr(instance, "__dict__", None)
        if values is None:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache {name!r} property.")
        value = values.get(name, _missing)
        return self._compute(instance, values) if value is _missing else value

    def _compute(self, instance, values):
        """Computes the value, unless another thread has just done so."""
        with self.lock:
            value = values.get(self.attrname, _missing)
            if value is not _missing:
                return value
            value = self.func(instance)
            try:
                values[self.attrname] = value
            except TypeError:
                raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support item "
                                f"assignment for caching {self.attrname!r} property.") from None
            return value

    __class_getitem__ = classmethod(_GenericAlias)


# ---- Dispatch by type ----

def _merged(orders):
    """The merge of C3: next comes the first class that begins an order and stands further back in none."""
    merged = []
    while orders := [order for order in orders if order]:
        behind = {kind for order in orders for kind in order[1:]}
        head = next((order[0] for order in orders if order[0] not in behind), None)
        if head is None:
            raise RuntimeError("Inconsistent hierarchy")
        merged.append(head)
        orders = [order[1:] if order[0] is head else order for order in orders]
    return merged


def _order_with_abstract(cls, abstract):
    """The MRO of `cls` with abstract classes that it is registered for: each where its methods first appear, behind the
    bases that are abstract themselves."""
    bases = cls.__bases__
    cut = max((place for place, base in enumerate(bases, 1) if hasattr(base, "__abstractmethods__")), default=0)
    new = [kind for kind in abstract if issubclass(cls, kind) and not any(issubclass(base, kind) for base in bases)]
    rest = [kind for kind in abstract if kind not in new]
    parts = [[*bases[:cut]], new, [*bases[cut:]]]
    return _merged([[cls], *(_order_with_abstract(base, rest) for part in parts for base in part), *parts])


def _composed_order(cls, types):
    """The MRO of `cls` with those of `types` that it is registered for, and what lies between."""
    own = set(cls.__mro__)
    related = [kind for kind in types if kind not in own and hasattr(kind, "__mro__") and issubclass(cls, kind)]
    nearest = [kind for kind in related if not any(kind in other.__mro__[1:] for other in related)]
    order = {}
    for kind in nearest:
        below = [sub for sub in kind.__subclasses__() if sub not in own and issubclass(cls, sub)]
        lines = [[base for base in sub.__mro__ if base in nearest] for sub in below] or [[kind]]
        for line in sorted(lines, key=len, reverse=True):
            order.update(dict.fromkeys(line))
    return _order_with_abstract(cls, [*order])


def _find_implementation(cls, registry):
    order = iter(_composed_order(cls, registry.keys()))
    match = next((kind for kind in order if kind in registry), None)
    rival = next(order, None)
    if rival in registry and not {match, rival} & set(cls.__mro__) and not issubclass(match, rival):
        raise RuntimeError(f"Ambiguous dispatch: {match} or {rival}")
    return registry.get(match)


def _members_of_union(kind):
    from types import UnionType
    return kind.__args__ if isinstance(kind, UnionType) else None


def _is_dispatched(kind):
    """Whether functions can be registered for it: a class or a union of classes."""
    return all(isinstance(each, type) for each in _members_of_union(kind) or (kind,))


def _of_annotation(function):
    """The class that the first annotation of a function names."""
    annotations = getattr(function, "__annotations__", {})
    if not annotations:
        raise TypeError(f"Invalid first argument to `register()`: {function!r}. Use either `@register(some_class)` or plain "
                        "`@register` on an annotated function.")
    name, kind = next(iter(annotations.items()))
    if _is_dispatched(kind):
        return kind
    what = "is not a class" if _members_of_union(kind) is None else "not all arguments are classes"
    raise TypeError(f"Invalid annotation for {name!r}. {kind!r} {what}.")


def singledispatch(func):
    """Decorator: the function stands for others, which are chosen by the class of the first argument."""
    from abc import get_cache_token
    from types import MappingProxyType
    registry = {object: func}
    known = _weakref.WeakKeyDictionary()
    token = None

    def dispatch(cls):
        """The function that is meant for a class."""
        nonlocal token
        if token is not None and token != get_cache_token():
            known.clear()
            token = get_cache_token()
        found = known.get(cls)
        if found is None:
            known[cls] = found = registry[cls] if cls in registry else _find_implementation(cls, registry)
        return found

    def register(cls, func=None):
        """Says which function is meant for a class, or for that of the function's first annotation."""
        nonlocal token
        if not _is_dispatched(cls):
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            cls, func = _of_annotation(cls), cls
        elif func is None:
            return lambda function: register(cls, function)
        for kind in _members_of_union(cls) or (cls,):
            registry[kind] = func
            if token is None and hasattr(kind, "__abstractmethods__"):
                token = get_cache_token()
        known.clear()
        return func

    name = getattr(func, "__name__", "singledispatch function")

    def wrapper(*args, **kw):
        if args:
            return dispatch(args[0].__class__)(*args, **kw)
        raise TypeError(f"{name} requires at least 1 positional argument")

    wrapper.dispatch, wrapper.register = dispatch, register
    wrapper.registry, wrapper._clear_cache = MappingProxyType(registry), known.clear
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    """The same as a method: the class is that of the first argument behind self."""

    def __init__(self, func):
        _check_for_method(func)
        self.func, self.dispatcher = func, singledispatch(func)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            chosen = self.dispatcher.dispatch(args[0].__class__)
            return chosen.__get__(obj, cls)(*args, **kwargs)
        _method.register, _method.__isabstractmethod__ = self.register, self.__isabstractmethod__
        return update_wrapper(_method, self.func)

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)
