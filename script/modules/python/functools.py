"""functools.py - Tools for working with functions and callable objects"""

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
    """Update a wrapper function to look like the wrapped function"""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Decorator factory to apply update_wrapper() to a wrapper function"""
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
    method.__doc__ = f"Return {_order_words[name]}.  Computed by @total_ordering from {_order_texts[name, root]}."
    return method


_order_words = {"__lt__": "a < b", "__le__": "a <= b", "__gt__": "a > b", "__ge__": "a >= b"}
_orders = {
    "__lt__": (("__gt__", True, False), ("__le__", False, True), ("__ge__", True, None)),
    "__le__": (("__ge__", True, True), ("__lt__", False, False), ("__gt__", True, None)),
    "__gt__": (("__lt__", True, False), ("__ge__", False, True), ("__le__", True, None)),
    "__ge__": (("__le__", True, True), ("__gt__", False, False), ("__lt__", True, None)),
}
_order_texts = {
    ("__gt__", "__lt__"): "(not a < b) and (a != b)", ("__le__", "__lt__"): "(a < b) or (a == b)",
    ("__ge__", "__lt__"): "(not a < b)", ("__ge__", "__le__"): "(not a <= b) or (a == b)",
    ("__lt__", "__le__"): "(a <= b) and (a != b)", ("__gt__", "__le__"): "(not a <= b)",
    ("__lt__", "__gt__"): "(not a > b) and (a != b)", ("__ge__", "__gt__"): "(a > b) or (a == b)",
    ("__le__", "__gt__"): "(not a > b)", ("__le__", "__ge__"): "(not a >= b) or (a == b)",
    ("__gt__", "__ge__"): "(a >= b) and (a != b)", ("__lt__", "__ge__"): "(not a >= b)",
}


def total_ordering(cls):
    """Class decorator that fills in missing ordering methods"""
    own = {name for name in _orders if getattr(cls, name, None) is not getattr(object, name, None)}
    if not own:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = max(own)
    for name, negate, orders_equal in _orders[root]:
        if name not in own:
            setattr(cls, name, _derived_order(name, root, negate, orders_equal))
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
    """Convert a cmp= function into a key= function"""
    def K(obj):
        return _Key(obj, mycmp)
    return K


# ---- Calls ----

def reduce(function, iterable, initial=_missing, /):
    """Apply a function of two arguments cumulatively to the items of a sequence or iterable, from left to right, so as to
    reduce the iterable to a single value."""
    try:
        iterator = iter(iterable)
    except TypeError:
        raise TypeError("reduce() arg 2 must support iteration") from None
    if initial is _missing:
        try:
            value = next(iterator)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    else:
        value = initial
    for item in iterator:
        value = function(value, item)
    return value


class partial:
    """partial(func, *args, **keywords) - new function with partial application of the given arguments and keywords."""
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
        self = super().__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

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
        self.func = func
        self.args = tuple(args)
        self.keywords = dict(keywords or {})
        self.__dict__.clear()
        self.__dict__.update(attributes or {})

    __class_getitem__ = classmethod(_GenericAlias)


class partialmethod:
    """Method descriptor with partial application of the given arguments and keywords."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        if isinstance(func, partialmethod):
            self.func = func.func
            self.args = func.args + args
            self.keywords = {**func.keywords, **keywords}
        else:
            self.func = func
            self.args = args
            self.keywords = keywords

    def __repr__(self):
        args = ", ".join(map(repr, self.args))
        keywords = ", ".join(f"{name}={value!r}" for name, value in self.keywords.items())
        kind = type(self)
        return f"{kind.__module__}.{kind.__qualname__}({self.func}, {args}, {keywords})"

    def _as_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method._partialmethod = self
        return _method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, "__get__", None)
        if get is not None:
            bound = get(obj, cls)
            if bound is not self.func:
                result = partial(bound, *self.args, **self.keywords)
                try:
                    result.__self__ = bound.__self__
                except AttributeError:
                    pass
                return result
        return self._as_method().__get__(obj, cls)

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


_mark = (object(),)


def _make_key(args, kwds, typed, kwd_mark=_mark, fasttypes=frozenset((int, str))):
    key = args
    if kwds:
        key += kwd_mark
        for pair in kwds.items():
            key += pair
    if typed:
        key += tuple(type(each) for each in args)
        if kwds:
            key += tuple(type(each) for each in kwds.values())
    elif len(key) == 1 and type(key[0]) in fasttypes:
        return key[0]
    return _Arguments(key)


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
        """Report cache statistics"""
        return self._info(self._hits, self._misses, self._maxsize, len(self._results))

    def cache_clear(self):
        """Clear the cache and cache statistics"""
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
    """Least-recently-used cache decorator."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        function, maxsize = maxsize, 128
        made = _lru_cache_wrapper(function, maxsize, typed, _CacheInfo)
        made.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
        return update_wrapper(made, function)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def decorate(function):
        made = _lru_cache_wrapper(function, maxsize, typed, _CacheInfo)
        made.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
        return update_wrapper(made, function)
    return decorate


def cache(user_function, /):
    'Simple lightweight unbounded cache.  Sometimes called "memoize".'
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property that is computed once, and then is an attribute of its object."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.lock = _threading.RLock()

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError("Cannot assign the same cached_property to two different names "
                            f"({self.attrname!r} and {name!r}).")

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            values = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache "
                            f"{self.attrname!r} property.") from None
        value = values.get(self.attrname, _missing)
        if value is not _missing:
            return value
        with self.lock:
            value = values.get(self.attrname, _missing)
            if value is _missing:
                value = self.func(instance)
                try:
                    values[self.attrname] = value
                except TypeError:
                    raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support "
                                    f"item assignment for caching {self.attrname!r} property.") from None
        return value

    __class_getitem__ = classmethod(_GenericAlias)


# ---- Dispatch by type ----

def _merged(orders):
    """The merge of C3: what stands first in some order and behind in none comes next."""
    merged = []
    while True:
        orders = [order for order in orders if order]
        if not orders:
            return merged
        for order in orders:
            candidate = order[0]
            if not any(candidate in other[1:] for other in orders):
                break
        else:
            raise RuntimeError("Inconsistent hierarchy")
        merged.append(candidate)
        for order in orders:
            if order[0] is candidate:
                del order[0]


def _order_with_abstract(cls, abstract):
    """The MRO of `cls` with the abstract classes that it is registered for put where their methods first appear."""
    for boundary, base in enumerate(reversed(cls.__bases__)):
        if hasattr(base, "__abstractmethods__"):
            boundary = len(cls.__bases__) - boundary
            break
    else:
        boundary = 0
    explicit = list(cls.__bases__[:boundary])
    inserted = [base for base in abstract
                if issubclass(cls, base) and not any(issubclass(other, base) for other in cls.__bases__)]
    others = list(cls.__bases__[boundary:])
    rest = [base for base in abstract if base not in inserted]
    orders = [_order_with_abstract(base, rest) for base in explicit]
    orders += [_order_with_abstract(base, rest) for base in inserted]
    orders += [_order_with_abstract(base, rest) for base in others]
    return _merged([[cls]] + orders + [explicit, inserted, others])


def _composed_order(cls, types):
    bases = set(cls.__mro__)

    def is_related(kind):
        return kind not in bases and hasattr(kind, "__mro__") and issubclass(cls, kind)
    types = [each for each in types if is_related(each)]
    types = [each for each in types if not any(other is not each and each in other.__mro__ for other in types)]
    wanted = set(types)
    order = []
    for kind in types:
        found = [[base for base in sub.__mro__ if base in wanted] for sub in kind.__subclasses__()
                 if sub not in bases and issubclass(cls, sub)]
        if not found:
            order.append(kind)
            continue
        found.sort(key=len, reverse=True)
        for several in found:
            order.extend(each for each in several if each not in order)
    return _order_with_abstract(cls, order)


def _find_implementation(cls, registry):
    match = None
    for kind in _composed_order(cls, registry.keys()):
        if match is not None:
            if kind in registry and kind not in cls.__mro__ and match not in cls.__mro__ and not issubclass(match, kind):
                raise RuntimeError(f"Ambiguous dispatch: {match} or {kind}")
            break
        if kind in registry:
            match = kind
    return registry.get(match)


def _members_of_union(kind):
    from types import UnionType
    return kind.__args__ if isinstance(kind, UnionType) else None


def singledispatch(func):
    """Single-dispatch generic function decorator."""
    from abc import get_cache_token
    from types import MappingProxyType
    registry = {}
    known = _weakref.WeakKeyDictionary()
    token = None

    def dispatch(cls):
        """Runs the dispatch algorithm to return the best available implementation for the given *cls*."""
        nonlocal token
        if token is not None and token != get_cache_token():
            known.clear()
            token = get_cache_token()
        try:
            return known[cls]
        except KeyError:
            found = registry.get(cls)
            if found is None:
                found = _find_implementation(cls, registry)
            known[cls] = found
            return found

    def is_type(kind):
        if isinstance(kind, type):
            return True
        members = _members_of_union(kind)
        return members is not None and all(isinstance(each, type) for each in members)

    def register(cls, func=None):
        """Registers a new implementation for the given *cls* on a *generic_function*."""
        nonlocal token
        if is_type(cls):
            if func is None:
                return lambda function: register(cls, function)
        else:
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            annotations = getattr(cls, "__annotations__", {})
            if not annotations:
                raise TypeError(f"Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` or "
                                "plain `@register` on an annotated function.")
            func = cls
            name, cls = next(iter(annotations.items()))
            if not is_type(cls):
                if _members_of_union(cls) is not None:
                    raise TypeError(f"Invalid annotation for {name!r}. {cls!r} not all arguments are classes.")
                raise TypeError(f"Invalid annotation for {name!r}. {cls!r} is not a class.")
        for kind in _members_of_union(cls) or (cls,):
            registry[kind] = func
            if token is None and hasattr(kind, "__abstractmethods__"):
                token = get_cache_token()
        known.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{funcname} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    funcname = getattr(func, "__name__", "singledispatch function")
    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = known.clear
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    """Single-dispatch generic method descriptor."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        """generic_method.register(cls, func) -> func"""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        return update_wrapper(_method, self.func)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)
