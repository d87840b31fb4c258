"""Enumerations: classes whose members have names and values, and flags that can be joined."""

import sys as _sys
from types import DynamicClassAttribute, MappingProxyType

__all__ = ["EnumType", "EnumMeta", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto", "unique", "property",
           "verify", "member", "nonmember", "FlagBoundary", "STRICT", "CONFORM", "EJECT", "KEEP", "CONTINUOUS",
           "NAMED_FLAGS", "UNIQUE", "EnumCheck", "global_enum", "global_str", "global_enum_repr", "global_flag_repr",
           "pickle_by_global_name", "pickle_by_enum_name", "show_flag_values"]

Enum = Flag = ReprEnum = EJECT = None
_builtin_property = property


def _is_descriptor(value):
    return hasattr(value, "__get__") or hasattr(value, "__set__") or hasattr(value, "__delete__")


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(cls_name, name):
    pattern = f"_{cls_name}__"
    return len(name) > len(pattern) and name.startswith(pattern) and not name.endswith("__")


def _is_single_bit(value):
    return value > 0 and value & (value - 1) == 0


class nonmember:
    """A value of a class body that is no member."""

    def __init__(self, value):
        self.value = value


class member:
    """A value of a class body that is a member, whatever it is."""

    def __init__(self, value):
        self.value = value


_auto_null = object()


class auto:
    """Stands for the next value in a class body."""

    def __init__(self, value=_auto_null):
        self.value = value

    def __repr__(self):
        return f"auto({self.value!r})"


class property(DynamicClassAttribute):
    """An attribute of members whose name may also be that of a member, which the class then gives."""
    name = None
    clsname = None

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            found = ownerclass._member_map_.get(self.name) if hasattr(ownerclass, "_member_map_") else None
            if found is None:
                raise AttributeError(f"{ownerclass!r} has no attribute {self.name!r}")
            return found
        if self.fget is None:
            found = type(instance)._member_map_.get(self.name)
            if found is not None:
                return found
            raise AttributeError(f"{type(instance)!r} member has no attribute {self.name!r}")
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(f"<enum {self.clsname!r}> cannot set attribute {self.name!r}")
        return self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError(f"<enum {self.clsname!r}> cannot delete attribute {self.name!r}")
        return self.fdel(instance)

    def __set_name__(self, ownerclass, name):
        self.name, self.clsname = name, ownerclass.__name__


class _EnumDict(dict):
    """Keeps track of the members of a class body, in order."""

    def __init__(self, cls_name=None):
        super().__init__()
        self._cls_name, self._generate_next_value, self._auto_called = cls_name, None, False
        self._member_names, self._last_values, self._ignore = {}, [], []

    def __setitem__(self, key, value):
        if self._cls_name is not None and _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            if key not in ("_order_", "_generate_next_value_", "_numeric_repr_", "_missing_", "_ignore_", "_iter_member_",
                           "_iter_member_by_value_", "_iter_member_by_def_", "_boundary_"):
                raise ValueError(f"_sunder_ names, such as {key!r}, are reserved for future Enum use")
            if key == "_generate_next_value_":
                if self._auto_called:
                    raise TypeError("_generate_next_value_ must be defined before members")
                self._generate_next_value = value.__func__ if isinstance(value, staticmethod) else value
            elif key == "_ignore_":
                value = value.replace(",", " ").split() if isinstance(value, str) else list(value)
                self._ignore = value
                already = set(value) & set(self._member_names)
                if already:
                    raise ValueError(f"_ignore_ cannot specify already set names: {already!r}")
        elif _is_dunder(key):
            if key == "__order__":
                key = "_order_"
        elif key in self._member_names:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        elif key not in self._ignore:
            value = self._taken_in(key, value)
        super().__setitem__(key, value)

    def _taken_in(self, key, value):
        """What a name stands for, which is made a member unless the value says otherwise."""
        if isinstance(value, nonmember):
            return value.value
        if not isinstance(value, member):
            if _is_descriptor(value):
                return value
            if key in self:
                raise TypeError(f"{key!r} already defined as {self[key]!r}")
        value = self._with_auto(key, value.value if isinstance(value, member) else value)
        self._member_names[key] = None
        self._last_values.append(value)
        return value

    def _with_auto(self, key, value):
        """The value with what `auto()` stands for."""
        several = isinstance(value, tuple)
        if not isinstance(value, auto) and not (several and any(isinstance(each, auto) for each in value)):
            return value
        made = []
        for each in (value if several else (value,)):
            if isinstance(each, auto):
                if each.value is _auto_null:
                    each.value = self._generate_next_value(key, 1, len(self._member_names), self._last_values[:])
                self._auto_called = True
                each = each.value
            made.append(each)
        return tuple(made) if several else made[0]

    def update(self, members, *more_members, **names):
        given = members.items() if hasattr(members, "keys") else members
        for key, value in (*given, *names.items()):
            self[key] = value


def _successor(value):
    try:
        return value + 1
    except TypeError:
        return None


def _ancestors(bases):
    """The classes in the orders of all bases, but for object."""
    return (each for base in bases for each in base.__mro__ if each is not object)


class EnumType(type):
    """The class of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        body, first_enum = _EnumDict(cls), metacls._get_mixins_(cls, bases)[1]
        if first_enum is not None:
            body["_generate_next_value_"] = getattr(first_enum, "_generate_next_value_", None)
        return body

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if not isinstance(classdict, _EnumDict):
            given, classdict = classdict, metacls.__prepare__(cls, bases)
            for key, value in given.items():
                classdict[key] = value
        classdict.setdefault("_ignore_", []).append("_ignore_") if "_ignore_" in classdict else None
        for name in classdict.get("_ignore_", ()):
            classdict.pop(name, None)
        names = list(classdict._member_names)
        invalid = set(names) & {"mro", ""}
        if invalid:
            raise ValueError("invalid enum member name(s) %s" % ",".join(repr(name) for name in sorted(invalid)))
        order = classdict.pop("_order_", None)
        values = {name: classdict.pop(name) for name in names}
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new, saves_new, uses_args = metacls._find_new_(classdict, member_type, first_enum)
        body = dict(classdict)
        generate = body.get("_generate_next_value_")
        if generate is not None and not isinstance(generate, staticmethod):
            body["_generate_next_value_"] = staticmethod(generate)
        body |= {
            "_member_names_": [], "_member_map_": {}, "_value2member_map_": {}, "_unhashable_values_": [],
            "_member_type_": member_type, "_value_repr_": metacls._find_data_repr_(cls, bases),
            "_new_member_": new, "_use_args_": uses_args,
            "_flag_mask_": 0, "_singles_mask_": 0, "_all_bits_": 0,
            "_boundary_": boundary or getattr(first_enum, "_boundary_", None),
        }
        try:
            made = super().__new__(metacls, cls, bases, body, **kwds)
        except RuntimeError as error:
            raise error.__cause__ or error
        for name, value in values.items():
            made._add_member(name, value)
        made._finish(classdict, member_type, first_enum, saves_new)
        if order is not None:
            made._check_order(order)
        return made

    def _add_member(cls, name, value):
        member_type, uses_args = cls._member_type_, cls._use_args_
        args = value if isinstance(value, tuple) else (value,)
        if member_type is tuple:
            args = (args,)
        if not uses_args:
            new_member = cls._new_member_(cls)
            if not hasattr(new_member, "_value_"):
                new_member._value_ = value
        else:
            new_member = cls._new_member_(cls, *args)
            if not hasattr(new_member, "_value_"):
                if member_type is object:
                    new_member._value_ = value
                else:
                    try:
                        new_member._value_ = member_type(*args)
                    except Exception as error:
                        failure = TypeError("_value_ not set in __new__, unable to create it")
                        failure.__cause__ = error
                        raise failure
        value = new_member._value_
        new_member._name_ = name
        new_member.__objclass__ = cls
        new_member.__init__(*args)
        new_member._sort_order_ = len(cls._member_names_)
        # Another name for a member that is there.
        known = None
        try:
            known = cls._value2member_map_.get(value)
        except TypeError:
            for other in cls._member_map_.values():
                if other._value_ == value:
                    known = other
                    break
        if known is not None:
            new_member = known
        elif Flag is None or not issubclass(cls, Flag):
            cls._member_names_.append(name)
        elif _is_single_bit(value) if isinstance(value, int) else False:
            cls._member_names_.append(name)
        if Flag is not None and issubclass(cls, Flag):
            cls._flag_mask_ |= value
            if _is_single_bit(value):
                cls._singles_mask_ |= value
            cls._all_bits_ = 2 ** cls._flag_mask_.bit_length() - 1
        cls._member_map_[name] = new_member
        inherited = None
        for base in cls.__mro__[1:]:
            found = base.__dict__.get(name)
            if found is not None:
                inherited = found
                break
        if isinstance(inherited, property):
            pass  # which gives the member where the class is asked
        else:
            type.__setattr__(cls, name, new_member)
        try:
            cls._value2member_map_.setdefault(value, new_member)
        except TypeError:
            cls._unhashable_values_.append(value)

    def _finish(cls, classdict, member_type, first_enum, saves_new):
        for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
            if name in classdict or first_enum is None:
                continue
            class_method = getattr(cls, name)
            object_method = getattr(member_type, name, None)
            enum_method = getattr(first_enum, name, None)
            if object_method is not None and object_method == class_method:
                type.__setattr__(cls, name, enum_method)
        if ReprEnum is not None and issubclass(cls, ReprEnum) and ReprEnum in cls.__bases__:
            for name in ("__str__", "__format__"):
                if name not in classdict:
                    method = getattr(member_type, name)
                    type.__setattr__(cls, name, member_type.__repr__ if method is object.__str__ else method)
        if Flag is not None and issubclass(cls, Flag):
            operators = {"__invert__", "__or__", "__ror__", "__and__", "__rand__", "__xor__", "__rxor__"}
            for name in operators.difference(classdict):
                type.__setattr__(cls, name, getattr(Flag, name))
            values = [each._value_ for each in cls._member_map_.values()]
            if values and sorted(cls._member_names_, key=lambda name: cls._member_map_[name]._value_) != cls._member_names_:
                type.__setattr__(cls, "_iter_member_", cls._iter_member_by_def_)
        if Enum is not None and saves_new:
            type.__setattr__(cls, "__new_member__", cls.__new__)
        if Enum is not None:
            type.__setattr__(cls, "__new__", Enum.__new__)

    def _check_order(cls, order):
        if isinstance(order, str):
            order = order.replace(",", " ").split()
        order = [name for name in order if name in cls._member_names_]
        if order != cls._member_names_:
            raise TypeError(f"member order does not match _order_:\n  {cls._member_names_!r}\n  {order!r}")

    def __bool__(cls):
        return True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """The member of a value; with names: a new class, whose name the value is."""
        if names is not None:
            return cls._create_(value, names, module=module, qualname=qualname, type=type, start=start, boundary=boundary)
        return cls.__new__(cls, value)

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            raise TypeError(f"unsupported operand type(s) for 'in': '{type(member).__qualname__}' and "
                            f"'{cls.__class__.__qualname__}'")
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __getattr__(cls, name):
        raise AttributeError(name)

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError(f"{cls.__name__!r} cannot delete member {attr!r}.")
        super().__delattr__(attr)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def __dir__(cls):
        return sorted(set(["__class__", "__contains__", "__doc__", "__getitem__", "__init_subclass__", "__iter__", "__len__",
                           "__members__", "__module__", "__name__", "__qualname__"]) | set(cls._member_names_))

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return map(cls._member_map_.__getitem__, cls._member_names_)

    def __reversed__(cls):
        return map(cls._member_map_.__getitem__, reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    @_builtin_property
    def __members__(cls):
        """All names, also the second ones of members."""
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        return f"<{'flag' if Flag is not None and issubclass(cls, Flag) else 'enum'} {cls.__name__!r}>"

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """A class of these names: a text of them, a sequence, pairs with values, or a mapping."""
        bases = (cls,) if type is None else (type, cls)
        body = cls.__class__.__prepare__(class_name, bases)
        for name, value in cls._pairs_of(names, start):
            body[name] = value
        if module is None:
            try:
                module = _sys._getframe(2).f_globals.get("__name__")
            except ValueError:
                pass
        for name, value in (("__module__", module), ("__qualname__", qualname)):
            if value is not None:
                body[name] = value
        return cls.__class__.__new__(cls.__class__, class_name, bases, body, boundary=boundary)

    def _pairs_of(cls, names, start):
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if not (isinstance(names, (tuple, list)) and names and isinstance(names[0], str)):
            return [(name, value) for name, value in (names.items() if hasattr(names, "items") else names)]
        values = []
        for name in names:
            values.append(cls._generate_next_value_(name, start, len(values), values[:]))
        return zip(names, values)

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for base in _ancestors(bases):
            if isinstance(base, EnumType) and base._member_names_:
                raise TypeError(f"<enum {class_name!r}> cannot extend {base!r}")

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        if not bases:
            return object, Enum
        first_enum = bases[-1]
        if not isinstance(first_enum, EnumType):
            raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`")
        return mcls._find_data_type_(class_name, bases) or object, first_enum

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        found = set()
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        found.add(base._member_type_)
                        break
                elif "__new__" in base.__dict__:
                    found.add(candidate or base)
                    break
                else:
                    candidate = candidate or base
        if len(found) > 1:
            raise TypeError(f"too many data types for {class_name!r}: {found!r}")
        return found.pop() if found else None

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        for base in _ancestors(bases):
            if isinstance(base, EnumType):
                return base._value_repr_
            if "__repr__" in vars(base):
                return vars(base)["__repr__"]
        return None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        new = classdict.get("__new__")
        saves_new = new is not None and first_enum is not None
        if new is None:
            common = {None, None.__new__, object.__new__, getattr(Enum, "__new__", None)}
            places = [(kind, name) for name in ("__new_member__", "__new__") for kind in (member_type, first_enum)]
            found = (getattr(kind, name, None) for kind, name in places)
            new = next((function for function in found if function not in common), object.__new__)
        uses_args = first_enum is not None and new not in (getattr(Enum, "__new__", None), object.__new__)
        if isinstance(new, staticmethod):
            new = new.__func__
        return new, saves_new, uses_args


EnumMeta = EnumType


class Enum(metaclass=EnumType):
    """The base of enumerations."""

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            known = cls._value2member_map_.get(value)
        except TypeError:
            known = next((each for each in cls._member_map_.values() if each._value_ == value), None)
        if known is not None:
            return known
        failure = result = None
        try:
            result = cls._missing_(value)
        except Exception as error:
            failure = error
        try:
            if isinstance(result, cls):
                return result
            if Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(result, int):
                return result
            wrong = ValueError(f"{value!r} is not a valid {cls.__qualname__}")
            if result is None and failure is None:
                raise wrong
            if failure is None:
                failure = TypeError(f"error in {cls.__name__}._missing_: returned {result!r} instead of None or a valid "
                                    "member")
            if not isinstance(failure, ValueError):
                failure.__context__ = wrong
            raise failure
        finally:
            failure = wrong = None

    def __init__(self, *args, **kwds):
        pass

    def _generate_next_value_(name, start, count, last_values):
        try:
            return max(last_values) + 1 if last_values else start
        except TypeError:
            import warnings
            warnings.warn("In 3.13 the default `auto()`/`_generate_next_value_` will require all values to be sortable and "
                          "support adding +1\nand the value returned will be the largest value in the enum incremented by 1",
                          DeprecationWarning, 3)
            return next((each for each in map(_successor, reversed(last_values)) if each is not None), start)

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        shown = self.__class__._value_repr_ or repr
        return f"<{self.__class__.__name__}.{self._name_}: {shown(self._value_)}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __dir__(self):
        """Names of attributes, but for those of members."""
        own = [name for cls in self.__class__.mro() for name in cls.__dict__
               if name[0] != "_" and name not in self._member_map_]
        return sorted(set(["__class__", "__doc__", "__eq__", "__hash__", "__module__", "name", "value"]) | set(own))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    name = property(lambda self: self._name_)
    value = property(lambda self: self._value_)

    def __hash__(self):
        return hash(self._name_)


class ReprEnum(Enum):
    """Members print as values of the other base, but for repr()."""


class IntEnum(int, ReprEnum):
    """Members are ints."""


class StrEnum(str, ReprEnum):
    """Members are texts."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f"too many arguments for str(): {values!r}")
        checked = {"{!r} is not a string": values[0]} if len(values) == 1 else dict(
            zip(("encoding must be a string, not {!r}", "errors must be a string, not {!r}"), values[1:]))
        for fault, value in checked.items():
            if not isinstance(value, str):
                raise TypeError(fault.format(value))
        text = str(*values)
        made = str.__new__(cls, text)
        made._value_ = text
        return made

    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class FlagBoundary(StrEnum):
    """What becomes of bits that no member has."""
    STRICT, CONFORM, EJECT, KEEP = "strict", "conform", "eject", "keep"


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def _bits_of(value):
    """The single bits of a number, the lowest first."""
    while value:
        bit = value & -value
        yield bit
        value ^= bit


def show_flag_values(value):
    return list(_bits_of(value))


class Flag(Enum, boundary=STRICT):
    """The base of flags: members can be joined, and a joined value is a member too."""
    _numeric_repr_ = repr

    def _generate_next_value_(name, start, count, last_values):
        last = max(last_values, default=None)
        if last is None:
            return 1 if start is None else start
        try:
            return 1 << last.bit_length()
        except Exception:
            raise TypeError(f"invalid flag value {last!r}") from None

    @classmethod
    def _iter_member_by_value_(cls, value):
        for bit in _bits_of(value & cls._flag_mask_):
            found = cls._value2member_map_.get(bit)
            if found is not None:
                yield found

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        yield from sorted(cls._iter_member_by_value_(value), key=lambda each: each._sort_order_)

    @classmethod
    def _missing_(cls, value):
        """Makes the member of a joined value."""
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        mask, all_bits = cls._flag_mask_, cls._all_bits_
        negative = None
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ mask):
            if cls._boundary_ is STRICT:
                most = max(value.bit_length(), mask.bit_length())
                raise ValueError(f"{cls!r} invalid value {value!r}\n    given {_bin(value, most)}\n  allowed "
                                 f"{_bin(mask, most)}")
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
            elif cls._boundary_ is KEEP and value < 0:
                value = max(all_bits + 1, 2 ** value.bit_length()) + value
        if value < 0:
            negative = value
            value = all_bits + 1 + value
            if cls._boundary_ is not KEEP:
                value &= mask
        unknown = value & ~mask
        aliases = value & ~cls._singles_mask_
        found = cls._value2member_map_.get(value)
        if found is not None:
            return found
        made = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        if not hasattr(made, "_value_"):
            made._value_ = value
        names = [each._name_ for each in cls._iter_member_(value)]
        if cls._boundary_ is not KEEP and unknown:
            raise ValueError(f"{cls.__name__}({value!r}) has unknown values {unknown!r}")
        if names or aliases or unknown:
            made._name_ = "|".join(names) or None
            left = value & ~sum(each._value_ for each in cls._iter_member_(value))
            if names and left:
                made._name_ += f"|{cls._numeric_repr_(left)}"
        else:
            made._name_ = None
        made = cls._value2member_map_.setdefault(value, made)  # another thread may have been first
        if negative is not None:
            cls._value2member_map_[negative] = made
        return made

    def __contains__(self, other):
        """Whether all bits of `other` are set."""
        if not isinstance(other, self.__class__):
            raise TypeError(f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} and "
                            f"{self.__class__.__qualname__!r}")
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return bin(self._value_).count("1")

    def __repr__(self):
        name = self.__class__.__name__
        shown = self.__class__._value_repr_ or repr
        if self._name_ is None:
            return f"<{name}: {shown(self._value_)}>"
        return f"<{name}.{self._name_}: {shown(self._value_)}>"

    def __str__(self):
        name = self.__class__.__name__
        return f"{name}({self._value_!r})" if self._name_ is None else f"{name}.{self._name_}"

    def __bool__(self):
        return bool(self._value_)

    def _number_of(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return None

    def __or__(self, other):
        other = self._number_of(other)
        return NotImplemented if other is None else self.__class__(self._value_ | other)

    def __and__(self, other):
        other = self._number_of(other)
        return NotImplemented if other is None else self.__class__(self._value_ & other)

    def __xor__(self, other):
        other = self._number_of(other)
        return NotImplemented if other is None else self.__class__(self._value_ ^ other)

    def __invert__(self):
        if self._boundary_ in (EJECT, KEEP):
            return self.__class__(~self._value_)
        return self.__class__(self._singles_mask_ & ~self._value_)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Members are ints."""


def _bin(number, most):
    shown = bin(abs(number))[2:].rjust(most, "0")
    return f"0b0 {shown}" if number >= 0 else f"0b1 {bin((1 << most) + number)[2:].rjust(most, '0')}"


def unique(enumeration):
    """Class decorator: no member has a second name."""
    duplicates = [(name, each._name_) for name, each in enumeration.__members__.items() if name != each._name_]
    if duplicates:
        details = ", ".join(f"{alias} -> {name}" for alias, name in duplicates)
        raise ValueError(f"duplicate values found in {enumeration!r}: {details}")
    return enumeration


class EnumCheck(StrEnum):
    """What verify() looks at."""
    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Class decorator that checks an enumeration."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        name = enumeration.__name__
        for check in self.checks:
            if check is UNIQUE:
                duplicates = [(key, each._name_) for key, each in enumeration.__members__.items() if key != each._name_]
                if duplicates:
                    details = ", ".join(f"{alias} -> {key}" for alias, key in duplicates)
                    raise ValueError(f"aliases found in {enumeration!r}: {details}")
            elif check is CONTINUOUS:
                values = {each._value_ for each in enumeration}
                if len(values) < 2:
                    continue
                low, high = min(values), max(values)
                if issubclass(enumeration, Flag):
                    missing = [1 << i for i in range(low.bit_length(), high.bit_length()) if 1 << i not in values]
                else:
                    missing = [i for i in range(low + 1, high) if i not in values]
                if missing:
                    kind = "flag" if issubclass(enumeration, Flag) else "enum"
                    raise ValueError(f"invalid {kind} {name!r}: missing values {', '.join(map(str, missing))}")
            elif check is NAMED_FLAGS:
                known = enumeration._singles_mask_
                wrong = [key for key, each in enumeration._member_map_.items() if each._value_ & ~known]
                if wrong:
                    missing = 0
                    for key in wrong:
                        missing |= enumeration._member_map_[key]._value_ & ~known
                    which = f"alias {wrong[0]} is missing" if len(wrong) == 1 else \
                        f"aliases {', '.join(wrong[:-1])} and {wrong[-1]} are missing"
                    count = bin(missing).count("1")
                    values = f"value 0x{missing:x}" if count == 1 else f"combined values of 0x{missing:x}"
                    raise ValueError(f"invalid Flag {name!r}: {which} {values} [use enum.show_flag_values(value) for "
                                     "details]")
        return enumeration


def global_enum_repr(self):
    """The repr of members that are global names."""
    module = self.__class__.__module__.split(".")[-1]
    return f"{module}.{self._name_}"


def global_flag_repr(self):
    """The repr of flags that are global names."""
    module = self.__class__.__module__.split(".")[-1]
    if self._name_ is None:
        return f"{module}.{self.__class__.__name__}({self._value_!r})"
    return "|".join(f"{module}.{name}" for name in self._name_.split("|"))


def global_str(self):
    """The name alone."""
    return f"{self.__class__.__name__}({self._value_!r})" if self._name_ is None else self._name_


def global_enum(cls, update_str=False):
    """Class decorator: members become global names of the module, and print so."""
    type.__setattr__(cls, "__repr__", global_flag_repr if issubclass(cls, Flag) else global_enum_repr)
    if not issubclass(cls, ReprEnum) or update_str:
        type.__setattr__(cls, "__str__", global_str)
    _sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


def pickle_by_global_name(self, proto):
    return self.name


def pickle_by_enum_name(self, proto):
    return getattr, (self.__class__, self._name_)
