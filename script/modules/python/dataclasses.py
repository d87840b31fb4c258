"""Data classes (PEP 557)."""

import copy as _copy
import sys as _sys
from reprlib import recursive_repr as _recursive_repr
from types import GenericAlias as _GenericAlias, MappingProxyType as _MappingProxyType

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
           "astuple", "make_dataclass", "replace", "is_dataclass"]


class FrozenInstanceError(AttributeError):
    pass


def _mark(kind, shown=None):
    """The only object of a class; what it shows if that is not the object."""
    return type(kind, (), {"__module__": __name__, **({} if shown is None else {"__repr__": lambda self: shown})})()


MISSING, KW_ONLY = _mark("_MISSING_TYPE"), _mark("_KW_ONLY_TYPE")
_FIELD, _FIELD_CLASSVAR, _FIELD_INITVAR = (_mark("_FIELD_BASE", name) for name in
                                           ("_FIELD", "_FIELD_CLASSVAR", "_FIELD_INITVAR"))
_HAS_DEFAULT_FACTORY = _mark("_HAS_DEFAULT_FACTORY_CLASS", "<factory>")
_FIELDS, _PARAMS, _POST_INIT_NAME = "__dataclass_fields__", "__dataclass_params__", "__post_init__"


def _shown_parts(self):
    """The repr of what has only slots."""
    parts = ",".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
    return f"{type(self).__name__}({parts})"


class InitVar:
    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f"dataclasses.InitVar[{name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    __slots__ = ("name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "metadata", "kw_only",
                 "_field_type")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = self._field_type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare, self.kw_only = init, repr, hash, compare, kw_only
        self.metadata = _MappingProxyType({} if metadata is None else metadata)

    __repr__ = _recursive_repr()(_shown_parts)

    def __set_name__(self, owner, name):
        told = getattr(type(self.default), "__set_name__", None)
        return told and told(self.default, owner, name)

    __class_getitem__ = classmethod(_GenericAlias)


class _DataclassParams:
    __slots__ = ("init", "repr", "eq", "order", "unsafe_hash", "frozen")
    __repr__ = _shown_parts

    def __init__(self, *values):
        for name, value in zip(self.__slots__, values):
            setattr(self, name, value)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    """What is said of a field besides its type."""
    if default is MISSING or default_factory is MISSING:
        return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)
    raise ValueError("cannot specify both default and default_factory")


# ---- Making methods ----

def _made(name, parameters, body, names):
    """A function out of its text."""
    lines = "\n".join(f"  {line}" for line in body)
    space = {}
    exec(f"def {name}({parameters}):\n{lines}", names, space)
    return space[name]


def _set_new(cls, name, value):
    if name in cls.__dict__:
        return True
    if hasattr(value, "__qualname__"):
        value.__qualname__ = f"{cls.__qualname__}.{value.__name__}"
    setattr(cls, name, value)
    return False


def _make_init(cls, all_fields, is_frozen, self_name):
    seen_default = False
    for f in all_fields:
        if f.init and not f.kw_only:
            if f.default is not MISSING or f.default_factory is not MISSING:
                seen_default = True
            elif seen_default:
                raise TypeError(f"non-default argument {f.name!r} follows default argument")
    names = {"__builtins__": __builtins__, "_MISSING": MISSING, "_FACTORY": _HAS_DEFAULT_FACTORY, "_object": object}
    positional, keywords, body = [], [], []
    for f in all_fields:
        names[f"_default_{f.name}"] = f.default_factory if f.default_factory is not MISSING else f.default
        value = f.name
        if f.default_factory is not MISSING:
            value = f"_default_{f.name}() if {f.name} is _FACTORY else {f.name}" if f.init else f"_default_{f.name}()"
        elif not f.init:
            value = None
        if f.init:
            text = f.name
            if f.default_factory is not MISSING:
                text += "=_FACTORY"
            elif f.default is not MISSING:
                text += f"=_default_{f.name}"
            (keywords if f.kw_only else positional).append(text)
        if f._field_type is _FIELD_INITVAR or value is None:
            continue
        if is_frozen:
            body.append(f"_object.__setattr__({self_name}, {f.name!r}, {value})")
        else:
            body.append(f"{self_name}.{f.name} = {value}")
    if hasattr(cls, _POST_INIT_NAME):
        given = ", ".join(f.name for f in all_fields if f._field_type is _FIELD_INITVAR)
        body.append(f"{self_name}.{_POST_INIT_NAME}({given})")
    parameters = [self_name] + positional + (["*"] + keywords if keywords else [])
    made = _made("__init__", ", ".join(parameters), body or ["pass"], names)
    made.__annotations__ = {f.name: f.type for f in all_fields if f.init}
    made.__annotations__["return"] = None
    return made


def _make_repr(shown):
    @_recursive_repr()
    def __repr__(self):
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{self.__class__.__qualname__}({inside})"
    return __repr__


def _make_order(name, symbol, compared):
    mine = "".join(f"self.{each}," for each in compared)
    theirs = "".join(f"other.{each}," for each in compared)
    return _made(name, "self, other", ["if other.__class__ is self.__class__:", f"  return ({mine}){symbol}({theirs})",
                                       "return NotImplemented"], {"__builtins__": __builtins__})


def _make_hash(hashed):
    parts = "".join(f"self.{each}," for each in hashed)
    return _made("__hash__", "self", [f"return hash(({parts}))"], {"__builtins__": __builtins__})


def _make_frozen(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)
    return __setattr__, __delattr__


# ---- Reading a class ----

def _is_class_var(annotation):
    typing = _sys.modules.get("typing")
    if isinstance(annotation, str):
        return annotation.split("[")[0].strip() in ("ClassVar", "typing.ClassVar")
    if typing is None:
        return False
    return annotation is typing.ClassVar or getattr(annotation, "__origin__", None) is typing.ClassVar


def _is_init_var(annotation):
    if isinstance(annotation, str):
        return annotation.split("[")[0].strip() in ("InitVar", "dataclasses.InitVar")
    return annotation is InitVar or type(annotation) is InitVar


def _is_kw_only(annotation):
    return annotation is KW_ONLY or annotation in ("KW_ONLY", "dataclasses.KW_ONLY") if isinstance(annotation, str) else \
        annotation is KW_ONLY


def _field_of(cls, name, annotation, kw_only):
    """The field of a name with an annotation; what the class has by this name is its default, or says more."""
    given = getattr(cls, name, MISSING)
    if not isinstance(given, Field):
        import types
        given = field(default=MISSING if isinstance(given, types.MemberDescriptorType) else given)
    given.name, given.type = name, annotation
    is_class_var = _is_class_var(annotation)
    is_real = not is_class_var and not _is_init_var(annotation)
    given._field_type = _FIELD_CLASSVAR if is_class_var else _FIELD if is_real else _FIELD_INITVAR
    if not is_real and given.default_factory is not MISSING:
        raise TypeError(f"field {name} cannot have a default factory")
    if is_class_var and given.kw_only is not MISSING:
        raise TypeError(f"field {name} is a ClassVar but specifies kw_only")
    if is_real and given.default.__class__.__hash__ is None:
        raise ValueError(f"mutable default {type(given.default)} for field {name} is not allowed: use default_factory")
    if not is_class_var and given.kw_only is MISSING:
        given.kw_only = kw_only
    return given


_hash_texts = "Cannot overwrite attribute __hash__ in class {}"


def _set_hash(cls, unsafe_hash, eq, frozen, has_explicit, compared):
    if unsafe_hash:
        if has_explicit:
            raise TypeError(_hash_texts.format(cls.__name__))
        cls.__hash__ = _make_hash(compared)
    elif eq and not has_explicit:
        cls.__hash__ = _make_hash(compared) if frozen else None
    if "__hash__" in cls.__dict__ and cls.__dict__["__hash__"] is not None and not has_explicit and (unsafe_hash or frozen):
        cls.__hash__.__qualname__ = f"{cls.__qualname__}.__hash__"


def _own_fields(cls, kw_only):
    """Those that the class itself annotates. Behind KW_ONLY all are keywords."""
    own, mark = [], None
    for name, annotation in vars(cls).get("__annotations__", {}).items():
        if not _is_kw_only(annotation):
            own.append(_field_of(cls, name, annotation, kw_only or mark is not None))
        elif mark is None:
            mark = name
        else:
            raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
    return own


def _leave_defaults(cls, own):
    """Puts defaults where the class has fields."""
    for f in own:
        if isinstance(getattr(cls, f.name, None), Field):
            delattr(cls, f.name) if f.default is MISSING else setattr(cls, f.name, f.default)
    names = {f.name for f in own}
    for name, value in vars(cls).items():
        if isinstance(value, Field) and name not in names:
            raise TypeError(f"{name!r} is a field but has no type annotation")


def _check_frozen(bases, frozen):
    is_any_frozen = any(getattr(base, _PARAMS).frozen for base in bases)
    if bases and is_any_frozen != bool(frozen):
        raise TypeError("cannot inherit non-frozen dataclass from a frozen one" if is_any_frozen else
                        "cannot inherit frozen dataclass from a non-frozen one")


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    bases = [base for base in cls.__mro__[:0:-1] if hasattr(base, _FIELDS)]
    own = _own_fields(cls, kw_only)
    found = {}
    for base in bases:
        found |= getattr(base, _FIELDS)
    found |= {f.name: f for f in own}
    _leave_defaults(cls, own)
    _check_frozen(bases, frozen)
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen))
    setattr(cls, _FIELDS, found)
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    # A class that has only __eq__ gets a __hash__ of None, which nobody wrote.
    has_explicit_hash = "__hash__" in vars(cls) and (cls.__hash__ is not None or "__eq__" not in vars(cls))
    real = [f for f in found.values() if f._field_type is _FIELD]
    taken = [f for f in found.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
    if init:
        _set_new(cls, "__init__", _make_init(cls, taken, frozen, "__dataclass_self__" if "self" in found else "self"))
    if repr:
        _set_new(cls, "__repr__", _make_repr([f.name for f in real if f.repr]))
    compared = [f.name for f in real if f.compare]
    if eq:
        _set_new(cls, "__eq__", _make_order("__eq__", "==", compared))
    if order:
        for name, symbol in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            if _set_new(cls, name, _make_order(name, symbol, compared)):
                raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}. Consider using "
                                "functools.total_ordering")
    if frozen:
        for method in _make_frozen(cls, {f.name for f in own if f._field_type is _FIELD}):
            if _set_new(cls, method.__name__, method):
                raise TypeError(f"Cannot overwrite attribute {method.__name__} in class {cls.__name__}")
    hashed = [f.name for f in real if (f.compare if f.hash is None else f.hash)]
    _set_hash(cls, unsafe_hash, eq, frozen, has_explicit_hash, hashed)
    if not getattr(cls, "__doc__"):
        cls.__doc__ = cls.__name__ + _signature_text(cls, taken)
    if match_args:
        _set_new(cls, "__match_args__", tuple(f.name for f in taken if f.init and not f.kw_only))
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    if slots:
        cls = _with_slots(cls, frozen, weakref_slot)
    import abc
    abc.update_abstractmethods(cls)
    return cls


def _signature_text(cls, taken):
    def shown(f):
        kind = f.type.__name__ if isinstance(f.type, type) else repr(f.type)
        text = f"{f.name}: {kind}"
        if f.default_factory is not MISSING:
            return text + " = <factory>"
        return text if f.default is MISSING else f"{text} = {f.default!r}"
    plain = [shown(f) for f in taken if f.init and not f.kw_only]
    named = [shown(f) for f in taken if f.init and f.kw_only]
    return f"({', '.join(plain + (['*'] + named if named else []))})"


def _with_slots(cls, is_frozen, weakref_slot):
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    names = tuple(f.name for f in fields(cls))
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get("__slots__", ())
        inherited |= {slots} if isinstance(slots, str) else set(slots)
    wanted = names + ("__weakref__",) * weakref_slot
    body = {name: value for name, value in vars(cls).items() if name not in (*names, "__dict__", "__weakref__")}
    body["__slots__"] = tuple(name for name in wanted if name not in inherited)
    if is_frozen:
        body = {"__getstate__": _state_of_frozen, "__setstate__": _set_state_of_frozen} | body
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = getattr(cls, "__qualname__", made.__qualname__)
    return made


def _state_of_frozen(self):
    return [getattr(self, f.name) for f in fields(self)]


def _set_state_of_frozen(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
              kw_only=False, slots=False, weakref_slot=False):
    """Class decorator: annotated names are fields, and the methods that follow from them are added."""
    options = (init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)
    return _process_class(cls, *options) if cls is not None else lambda cls: _process_class(cls, *options)


def fields(class_or_instance):
    """The fields of a data class, or of an object of one."""
    found = getattr(class_or_instance, _FIELDS, None)
    if found is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def _is_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Whether it is a data class, or an object of one."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """Names and values of the fields, also of data classes in them."""
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _plain(obj, lambda value, go: dict_factory([(f.name, go(getattr(value, f.name))) for f in fields(value)]))


def astuple(obj, *, tuple_factory=tuple):
    """The values of the fields, also of data classes in them."""
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _plain(obj, lambda value, go: tuple_factory([go(getattr(value, f.name)) for f in fields(value)]))


def _plain(value, of_dataclass):
    def go(value):
        if _is_instance(value):
            return of_dataclass(value, go)
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return type(value)(*[go(each) for each in value])
        if isinstance(value, (list, tuple)):
            return type(value)(go(each) for each in value)
        if isinstance(value, dict):
            pairs = ((go(key), go(each)) for key, each in value.items())
            return type(value)(value.default_factory, pairs) if hasattr(type(value), "default_factory") else \
                type(value)(pairs)
        return _copy.deepcopy(value)
    return go(value)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """A data class of names, pairs of name and type, and triples with a default."""
    import types
    annotations, body = {}, dict(namespace or {})
    for item in fields:
        parts = (item, "typing.Any") if isinstance(item, str) else item
        if len(parts) not in (2, 3):
            raise TypeError(f"Invalid field: {item!r}")
        name, kind, *default = parts
        _check_name(name, annotations)
        annotations[name] = kind
        if default:
            body[name] = default[0]
    body["__annotations__"] = annotations
    cls = types.new_class(cls_name, bases, {}, lambda made: made.update(body))
    return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)


def _check_name(name, earlier):
    from keyword import iskeyword
    if not (isinstance(name, str) and name.isidentifier()):
        raise TypeError(f"Field names must be valid identifiers: {name!r}")
    if iskeyword(name):
        raise TypeError(f"Field names must not be keywords: {name!r}")
    if name in earlier:
        raise TypeError(f"Field name duplicated: {name!r}")


def replace(obj, /, **changes):
    """The same object with other values of some fields."""
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for name, f in getattr(obj, _FIELDS).items():
        if f._field_type is _FIELD_CLASSVAR or f.init and name in changes:
            continue
        if name in changes:
            raise ValueError(f"field {name} is declared with init=False, it cannot be specified with replace()")
        if f.init:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(f"InitVar {name!r} must be specified with replace()")
            changes[name] = getattr(obj, name)
    return obj.__class__(**changes)
