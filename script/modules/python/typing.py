"""Names for type hints. Hints are kept and not checked; what is subscripted is an alias that shows itself as CPython's."""

import collections
import collections.abc
import contextlib
import sys
from types import GenericAlias as _PlainAlias

__all__ = ["AbstractSet", "Annotated", "Any", "AnyStr", "AsyncContextManager", "AsyncGenerator", "AsyncIterable",
           "AsyncIterator", "Awaitable", "ByteString", "Callable", "ChainMap", "ClassVar", "Collection", "Concatenate",
           "Container", "ContextManager", "Coroutine", "Counter", "DefaultDict", "Deque", "Dict", "Final", "ForwardRef",
           "FrozenSet", "Generator", "Generic", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView", "List",
           "Literal",
           "LiteralString", "Mapping", "MappingView", "MutableMapping", "MutableSequence", "MutableSet", "NamedTuple",
           "Never", "NewType", "NoReturn", "NotRequired", "Optional", "OrderedDict", "ParamSpec", "Protocol", "Required",
           "Reversible", "Self", "Sequence", "Set", "Sized", "SupportsAbs", "SupportsBytes", "SupportsComplex",
           "SupportsFloat", "SupportsIndex", "SupportsInt", "SupportsRound", "Text", "Tuple", "Type", "TypeAlias",
           "TypeGuard",
           "TypeVar", "TypeVarTuple", "TypedDict", "Union", "Unpack", "ValuesView", "TYPE_CHECKING", "assert_never",
           "assert_type", "cast", "final", "get_args", "get_origin", "get_type_hints", "is_typeddict", "no_type_check",
           "overload", "reveal_type", "runtime_checkable"]

TYPE_CHECKING = False
Text = str


def _shown(kind):
    if kind is None or kind is type(None):
        return "None"
    if kind is ...:
        return "..."
    if isinstance(kind, list):
        return "[" + ", ".join(map(_shown, kind)) + "]"
    if isinstance(kind, type) and not isinstance(kind, _PlainAlias):
        return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return repr(kind)


class _InUnions:
    """What may stand at | with types."""

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _Form(_InUnions):
    """A name that may be subscripted."""

    def __init__(self, name, make=None, doc=None):
        self._name = name
        self._make = make
        self.__doc__ = doc

    def __repr__(self):
        return f"typing.{self._name}"

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __getitem__(self, parameters):
        if self._make is None:
            raise TypeError(f"{self} is not subscriptable")
        return self._make(self, parameters if isinstance(parameters, tuple) else (parameters,))


class _Alias(_InUnions):
    """A form or class with its parameters."""

    def __init__(self, origin, args, name=None, form=None):
        self.__origin__ = origin
        self.__args__ = args
        self._name = name
        self._form = form
        found = []
        for each in args:
            for parameter in (each,) if isinstance(each, (TypeVar, ParamSpec)) else getattr(each, "__parameters__", ()):
                if parameter not in found:
                    found.append(parameter)
        self.__parameters__ = tuple(found)
        if isinstance(origin, type):
            self.__module__ = "typing"

    def __repr__(self):
        args = self.__args__
        name = f"typing.{self._name}" if self._name else _shown(self.__origin__)
        if self._name == "Optional":
            return f"{name}[{_shown(next(each for each in args if each is not type(None)))}]"
        if self._name == "Callable" and args and args[0] is not ...:
            return f"{name}[[{', '.join(map(_shown, args[:-1]))}], {_shown(args[-1])}]"
        if self._name == "Literal":
            return f"{name}[{', '.join(map(repr, args))}]"
        if self._name == "Tuple" and not args:
            return f"{name}[()]"
        return f"{name}[{', '.join(map(_shown, args))}]"

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        if self.__origin__ is Union:
            return other.__origin__ is Union and set(self.__args__) == set(other.__args__)
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, frozenset(self.__args__) if self.__origin__ is Union else self.__args__))

    def __call__(self, *args, **kwargs):
        if not isinstance(self.__origin__, type):
            raise TypeError(f"Cannot instantiate {self.__origin__!r}")
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except (AttributeError, TypeError):
            pass
        return made

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __getitem__(self, parameters):
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        parameters = parameters if isinstance(parameters, tuple) else (parameters,)
        known = dict(zip(self.__parameters__, parameters))

        def put(each):
            if each in known if isinstance(each, (TypeVar, ParamSpec)) else False:
                return known[each]
            inner = getattr(each, "__parameters__", ())
            return each[tuple(known[parameter] for parameter in inner)] if inner else each
        return _Alias(self.__origin__, tuple(put(each) for each in self.__args__), self._name, self._form)

    def __mro_entries__(self, bases):
        if not isinstance(self.__origin__, type):
            raise TypeError(f"Cannot subclass {self!r}")
        if self._name and Generic not in bases and self.__parameters__ and not issubclass(self.__origin__, Generic):
            return (self.__origin__, Generic)
        return (self.__origin__,)

    def __instancecheck__(self, instance):
        return self.__subclasscheck__(type(instance))

    def __subclasscheck__(self, cls):
        if self.__origin__ is Union:
            return issubclass(cls, self.__args__)
        raise TypeError("Subscripted generics cannot be used with class and instance checks")


class _ClassAlias(_Alias):
    """`List` and its like: a class under another name."""

    def __init__(self, origin, name):
        super().__init__(origin, (), name)

    def __repr__(self):
        return f"typing.{self._name}"

    def __getitem__(self, parameters):
        parameters = parameters if isinstance(parameters, tuple) else (parameters,)
        if self._name == "Callable":
            given, result = parameters
            parameters = tuple(given) + (result,) if isinstance(given, list) else (given, result)
        return _Alias(self.__origin__, tuple(_kind(each) for each in parameters if each != ()), self._name)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__origin__)


def _kind(given):
    if given is None:
        return type(None)
    return ForwardRef(given) if isinstance(given, str) else given


class ForwardRef(_InUnions):
    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        self.__forward_arg__ = arg
        self.__forward_module__ = module

    def __repr__(self):
        return f"ForwardRef({self.__forward_arg__!r})"

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)


def _union(form, parameters):
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    flat = []
    for each in map(_kind, parameters):
        for part in each.__args__ if getattr(each, "__origin__", None) is Union else (each,):
            if part not in flat:
                flat.append(part)
    if len(flat) == 1:
        return flat[0]
    name = "Optional" if len(flat) == 2 and type(None) in flat else "Union"
    return _Alias(Union, tuple(flat), name)


def _plain(form, parameters):
    return _Alias(form, tuple(map(_kind, parameters)), form._name)


def _literal(form, parameters):
    return _Alias(form, tuple(dict.fromkeys(parameters)), "Literal")


def _annotated(form, parameters):
    if len(parameters) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    made = _Alias(parameters[0], parameters, "Annotated")
    made.__metadata__ = parameters[1:]
    return made


class _AnyType(type):
    def __repr__(cls):
        return "typing.Any" if cls.__name__ == "Any" else super().__repr__()


class Any(metaclass=_AnyType):
    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


Union = _Form("Union", _union)
Optional = _Form("Optional", lambda form, parameters: Union[parameters[0], None])
Literal = _Form("Literal", _literal)
Annotated = _Form("Annotated", _annotated)
ClassVar, Final, Required, NotRequired = (_Form(name, _plain) for name in ("ClassVar", "Final", "Required", "NotRequired"))
TypeGuard, Unpack, Concatenate = (_Form(name, _plain) for name in ("TypeGuard", "Unpack", "Concatenate"))
NoReturn, Never, Self, TypeAlias, LiteralString = (_Form(name) for name in
                                                   ("NoReturn", "Never", "Self", "TypeAlias", "LiteralString"))


class _Variable(_InUnions):
    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")


class TypeVar(_Variable):
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound
        self.__covariant__, self.__contravariant__ = covariant, contravariant
        self.__module__ = sys._getframe(1).f_globals.get("__name__")

    def __repr__(self):
        return ("+" if self.__covariant__ else "-" if self.__contravariant__ else "~") + self.__name__


class ParamSpec(_Variable):
    """Parameter specification."""

    def __init__(self, name, *, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.args, self.kwargs = object(), object()

    def __repr__(self):
        return f"~{self.__name__}"


class TypeVarTuple(_Variable):
    def __init__(self, name):
        self.__name__ = name

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        return self.__name__


AnyStr = TypeVar("AnyStr", bytes, str)


class Generic:
    __slots__ = ()

    def __class_getitem__(cls, parameters):
        parameters = parameters if isinstance(parameters, tuple) else (parameters,)
        return _Alias(cls, tuple(map(_kind, parameters)), "Generic" if cls is Generic else None)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        found = []
        for base in cls.__dict__.get("__orig_bases__", ()):
            for each in getattr(base, "__parameters__", ()):
                if each not in found:
                    found.append(each)
        cls.__parameters__ = tuple(found)


def _members_of(cls):
    names = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ("Protocol", "Generic"):
            continue
        for name in list(base.__dict__) + list(base.__dict__.get("__annotations__", ())):
            if not name.startswith("_abc_") and name not in (
                    "__abstractmethods__", "__annotations__", "__dict__", "__doc__", "__init__", "__module__", "__new__",
                    "__orig_bases__", "__parameters__", "__slots__", "__subclasshook__", "__weakref__", "__class_getitem__",
                    "_is_protocol", "_is_runtime_protocol", "__init_subclass__", "__qualname__"):
                names.add(name)
    return names


import abc


class _ProtocolMeta(abc.ABCMeta):
    def __instancecheck__(cls, instance):
        if getattr(cls, "_is_protocol", False) and not getattr(cls, "_is_runtime_protocol", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        if super().__instancecheck__(instance):
            return True
        return getattr(cls, "_is_protocol", False) and all(hasattr(instance, name) for name in _members_of(cls))


class Protocol(Generic, metaclass=_ProtocolMeta):
    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if not cls._is_protocol:
            return

        def hook(other):
            if not cls.__dict__.get("_is_protocol", False):
                return NotImplemented
            for name in _members_of(cls):
                if not any(name in base.__dict__ for base in other.__mro__):
                    return NotImplemented
            return True
        if "__subclasshook__" not in cls.__dict__:
            cls.__subclasshook__ = hook


def runtime_checkable(cls):
    if not (isinstance(cls, type) and getattr(cls, "_is_protocol", False)):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    return cls


@runtime_checkable
class SupportsInt(Protocol):
    __slots__ = ()

    @abc.abstractmethod
    def __int__(self):
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    __slots__ = ()

    @abc.abstractmethod
    def __float__(self):
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    __slots__ = ()

    @abc.abstractmethod
    def __complex__(self):
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    __slots__ = ()

    @abc.abstractmethod
    def __bytes__(self):
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    __slots__ = ()

    @abc.abstractmethod
    def __index__(self):
        pass


@runtime_checkable
class SupportsAbs(Protocol):
    __slots__ = ()

    @abc.abstractmethod
    def __abs__(self):
        pass


@runtime_checkable
class SupportsRound(Protocol):
    __slots__ = ()

    @abc.abstractmethod
    def __round__(self, ndigits=0):
        pass


for _name, _origin in (
        ("List", list), ("Dict", dict), ("Set", set), ("FrozenSet", frozenset), ("Tuple", tuple), ("Type", type),
        ("Deque", collections.deque), ("DefaultDict", collections.defaultdict), ("OrderedDict", collections.OrderedDict),
        ("Counter", collections.Counter), ("ChainMap", collections.ChainMap), ("AbstractSet", collections.abc.Set),
        ("ContextManager", contextlib.AbstractContextManager),
        ("AsyncContextManager", contextlib.AbstractAsyncContextManager)):
    globals()[_name] = _ClassAlias(_origin, _name)
for _name in ("Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Hashable", "Iterable",
              "Iterator", "Generator", "Reversible", "Sized", "Container", "Collection", "Callable", "Mapping",
              "MutableMapping",
              "MutableSet", "MappingView", "KeysView", "ItemsView", "ValuesView", "Sequence", "MutableSequence",
              "ByteString"):
    globals()[_name] = _ClassAlias(getattr(collections.abc, _name), _name)
del _name, _origin


class NewType(_InUnions):
    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition(".")[-1]
        self.__supertype__ = tp
        self.__module__ = sys._getframe(1).f_globals.get("__name__")

    def __call__(self, x, /):
        return x

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"


class _NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        if "_root" in ns:
            return super().__new__(cls, typename, bases, ns)
        hints = ns.get("__annotations__", {})
        defaults = []
        for name in hints:
            if name in ns:
                defaults.append(ns[name])
            elif defaults:
                raise TypeError(f"Non-default namedtuple field {name} cannot follow default field")
        made = collections.namedtuple(typename, list(hints), defaults=defaults, module=ns.get("__module__"))
        made.__annotations__ = made.__new__.__annotations__ = hints
        for key, value in ns.items():
            if key in ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_make",
                       "_replace", "_asdict"):
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in hints and key not in ("__module__", "__qualname__", "__annotations__", "__orig_bases__"):
                setattr(made, key, value)
        made.__qualname__ = ns.get("__qualname__", typename)
        return made


class _NamedTupleBase(metaclass=_NamedTupleMeta):
    _root = True


def NamedTuple(typename, fields=None, /, **kwargs):
    fields = list(kwargs.items() if fields is None else fields)
    made = collections.namedtuple(typename, [name for name, _ in fields])
    made.__annotations__ = dict(fields)
    made.__module__ = sys._getframe(1).f_globals.get("__name__", "__main__")
    return made


NamedTuple.__mro_entries__ = lambda bases: (_NamedTupleBase,)


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        made = type.__new__(_TypedDictMeta, name, (dict,), ns)
        hints = {}
        for base in bases:
            hints.update(base.__dict__.get("__annotations__", {}))
        own = ns.get("__annotations__", {})
        hints.update(own)
        required = set()
        for base in bases:
            required |= base.__dict__.get("__required_keys__", frozenset())
        if total:
            required |= set(own)
        made.__annotations__ = hints
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(set(hints) - required)
        made.__total__ = total
        return made

    def __instancecheck__(cls, instance):
        raise TypeError("TypedDict does not support instance and class checks")

    __subclasscheck__ = __instancecheck__


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})


def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    return _TypedDictMeta(typename, (), {"__annotations__": dict(kwargs if fields is None else fields)}, total=total)


TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


def cast(typ, val):
    return val


def assert_type(val, typ, /):
    return val


def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def reveal_type(obj, /):
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def final(f):
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def _overload_dummy(*args, **kwds):
    raise NotImplementedError("You should not call an overloaded function. A series of @overload-decorated functions "
                              "outside a stub module should always be followed by an implementation that is not "
                              "@overload-ed.")


def overload(func):
    return _overload_dummy


def no_type_check(arg):
    arg.__no_type_check__ = True
    return arg


def get_origin(tp):
    if isinstance(tp, _Alias):
        return Annotated if tp._name == "Annotated" else tp.__origin__
    import types
    if isinstance(tp, types.UnionType):
        return types.UnionType
    return tp.__origin__ if isinstance(tp, _PlainAlias) else Generic if tp is Generic else None


def get_args(tp):
    args = getattr(tp, "__args__", ())
    if isinstance(tp, _Alias) and tp._name == "Callable" and args and args[0] is not ...:
        return list(args[:-1]), args[-1]
    return args


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    kinds = reversed(obj.__mro__) if isinstance(obj, type) else (obj,)
    for each in kinds:
        names = globalns
        if names is None:
            module = sys.modules.get(getattr(each, "__module__", None))
            names = getattr(each, "__globals__", None) or getattr(module, "__dict__", {})
        own = each.__dict__.get("__annotations__", {}) if isinstance(each, type) else getattr(each, "__annotations__", {})
        for name, value in own.items():
            if value is None:
                value = type(None)
            elif isinstance(value, (str, ForwardRef)):
                value = eval(value if isinstance(value, str) else value.__forward_arg__, names, localns)
            if not include_extras and isinstance(value, _Alias) and value._name == "Annotated":
                value = value.__origin__
            hints[name] = value
    return hints
