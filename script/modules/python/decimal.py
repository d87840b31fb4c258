"""Decimal numbers of a chosen precision: exact digits, contexts with roundings and traps."""

import math
import numbers
import sys
import threading
from collections import namedtuple

__all__ = ["Decimal", "Context", "DecimalTuple", "DefaultContext", "BasicContext", "ExtendedContext", "DecimalException",
           "Clamped", "InvalidOperation", "DivisionByZero", "Inexact", "Rounded", "Subnormal", "Overflow", "Underflow",
           "FloatOperation", "ConversionSyntax", "DivisionImpossible", "DivisionUndefined", "InvalidContext",
           "ROUND_DOWN", "ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_CEILING", "ROUND_FLOOR", "ROUND_UP", "ROUND_HALF_DOWN",
           "ROUND_05UP", "getcontext", "setcontext", "localcontext", "MAX_PREC", "MAX_EMAX", "MIN_EMIN", "MIN_ETINY",
           "HAVE_THREADS"]

ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN = "ROUND_DOWN", "ROUND_HALF_UP", "ROUND_HALF_EVEN"
ROUND_CEILING, ROUND_FLOOR, ROUND_UP = "ROUND_CEILING", "ROUND_FLOOR", "ROUND_UP"
ROUND_HALF_DOWN, ROUND_05UP = "ROUND_HALF_DOWN", "ROUND_05UP"
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN, MIN_ETINY = -MAX_EMAX, -1999999999999999997
HAVE_THREADS = True
DecimalTuple = namedtuple("DecimalTuple", "sign digits exponent", module="decimal")


# ---- Signals ----

class DecimalException(ArithmeticError):
    """What an operation may signal."""


class Clamped(DecimalException):
    """An exponent was changed to fit."""


class InvalidOperation(DecimalException):
    """An operation that has no result."""


class ConversionSyntax(InvalidOperation):
    """A text that is no number."""


class DivisionByZero(DecimalException, ZeroDivisionError):
    """A number that is not 0 divided by 0."""


class DivisionImpossible(InvalidOperation):
    """A quotient with more digits than the precision."""


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    """0 divided by 0."""


class InvalidContext(InvalidOperation):
    """A context that says what cannot be."""


class Rounded(DecimalException):
    """Digits were dropped, perhaps zeros."""


class Inexact(DecimalException):
    """Digits were dropped that were not zeros."""


class Subnormal(DecimalException):
    """An exponent below Emin."""


class Overflow(Inexact, Rounded):
    """A number too large for the context."""


class Underflow(Inexact, Rounded, Subnormal):
    """A number too small for the context."""


class FloatOperation(DecimalException, TypeError):
    """A float where a Decimal was wanted."""


_signals = (Clamped, DivisionByZero, Inexact, Overflow, Rounded, Underflow, InvalidOperation, Subnormal, FloatOperation)


class Context:
    """Precision, rounding, the range of exponents, and which signals are errors."""

    def __init__(self, prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=None,
                 traps=None):
        self.prec, self.rounding, self.Emin, self.Emax = prec, rounding, Emin, Emax
        self.capitals, self.clamp = capitals, clamp
        self.flags = self._marks(flags, ())
        self.traps = self._marks(traps, (InvalidOperation, DivisionByZero, Overflow))

    @staticmethod
    def _marks(given, default):
        if isinstance(given, dict):
            return {signal: bool(given.get(signal)) for signal in _signals}
        wanted = default if given is None else given
        return {signal: signal in wanted for signal in _signals}

    def __setattr__(self, name, value):
        if name == "prec" and not (isinstance(value, int) and 1 <= value <= MAX_PREC):
            if not isinstance(value, int):
                raise TypeError("integer argument expected, got " + type(value).__name__)
            raise ValueError("valid range for prec is [1, MAX_PREC]")
        if name == "rounding" and value not in _roundings:
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                            "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        object.__setattr__(self, name, value)

    def copy(self):
        """A context of its own with the same settings."""
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, dict(self.flags),
                       dict(self.traps))

    __copy__ = copy

    def clear_flags(self):
        self.flags = dict.fromkeys(_signals, False)

    def clear_traps(self):
        self.traps = dict.fromkeys(_signals, False)

    def Etiny(self):
        return self.Emin - self.prec + 1

    def Etop(self):
        return self.Emax - self.prec + 1

    def _signal(self, condition, *, result=None):
        """Notes a signal; raises it if the context says so."""
        signal = next(each for each in condition.__mro__ if each in _signals)
        self.flags[signal] = True
        if self.traps[signal]:
            raise signal([condition])
        return result

    def create_decimal(self, num="0"):
        """A Decimal rounded to this context."""
        return Decimal(num, self)._fixed(self)

    def create_decimal_from_float(self, f):
        return Decimal.from_float(f)._fixed(self)

    def __repr__(self):
        flags = ", ".join(each.__name__ for each, is_set in self.flags.items() if is_set)
        traps = ", ".join(each.__name__ for each, is_set in self.traps.items() if is_set)
        return (f"Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, "
                f"capitals={self.capitals}, clamp={self.clamp}, flags=[{flags}], traps=[{traps}])")


_roundings = (ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP)
DefaultContext = Context()
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP,
                       traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow])
ExtendedContext = Context(prec=9, traps=[])
_contexts = {}


def getcontext():
    """The context of the thread."""
    here = threading.get_ident()
    if here not in _contexts:
        _contexts[here] = DefaultContext.copy()
    return _contexts[here]


def setcontext(context):
    """Makes a context that of the thread; a copy of one of the three that the module has."""
    if not isinstance(context, Context):
        raise TypeError("optional argument must be a context")
    is_shared = context in (DefaultContext, BasicContext, ExtendedContext)
    _contexts[threading.get_ident()] = context.copy() if is_shared else context


class localcontext:
    """Another context for the time of a `with`."""

    def __init__(self, ctx=None, **settings):
        self._new = (getcontext() if ctx is None else ctx).copy()
        for name, value in settings.items():
            if name not in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"):
                raise TypeError(f"'{name}' is an invalid keyword argument for this function")
            setattr(self._new, name, value)

    def __enter__(self):
        self._old = getcontext()
        setcontext(self._new)
        return self._new

    def __exit__(self, *exc_info):
        setcontext(self._old)


# ---- Numbers ----

def _is_up(rounding, sign, digit_is_odd, half, last):
    """Whether the digits that stay are to be raised by one; `half` is how the dropped part lies to a half: -1, 0, 1."""
    if rounding == ROUND_HALF_EVEN:
        return half > 0 or (half == 0 and digit_is_odd)
    if rounding in (ROUND_HALF_UP, ROUND_HALF_DOWN):
        return half > 0 or (half == 0 and rounding == ROUND_HALF_UP)
    if rounding == ROUND_05UP:
        return last in (0, 5)
    return rounding == ROUND_UP or rounding == (ROUND_FLOOR if sign else ROUND_CEILING)


def _shortened(number, places, rounding, sign):
    """A whole number without its last digits, rounded, and whether something other than zeros was dropped."""
    scale = 10 ** places
    kept, dropped = divmod(number, scale)
    if not dropped:
        return kept, False
    half = (2 * dropped > scale) - (2 * dropped < scale)
    return kept + _is_up(rounding, sign, kept % 2 == 1, half, kept % 10), True


def _number(sign, coefficient, exponent, kind=""):
    made = object.__new__(Decimal)
    made._sign, made._int, made._exp, made._kind = sign, coefficient, exponent, kind
    return made


def _parsed(text):
    """The parts that a text says, or None: sign, digits, exponent, and "inf", "nan" or "snan"."""
    body = text.strip().replace("_", "")
    sign = body[:1] == "-"
    body = (body[1:] if body[:1] in ("+", "-") else body).lower()
    if body in ("inf", "infinity"):
        return int(sign), 0, 0, "inf"
    for kind in ("snan", "nan"):
        if body.startswith(kind):
            rest = body[len(kind):]
            return (int(sign), int(rest or 0), 0, kind) if not rest or rest.isdecimal() else None
    mantissa, e, exponent = body.partition("e")
    whole, point, part = mantissa.partition(".")
    power = exponent[1:] if exponent[:1] in ("+", "-") else exponent
    if not (whole + part).isdecimal() or (e and not power.isdecimal()):
        return None
    return int(sign), int(whole + part), (int(exponent) if e else 0) - len(part), ""


class Decimal:
    """A number: sign, digits, exponent; or infinity, or no number."""
    __slots__ = ("_sign", "_int", "_exp", "_kind", "__weakref__")

    def __new__(cls, value="0", context=None):
        made = super().__new__(cls)
        if isinstance(value, Decimal):
            parts = value._sign, value._int, value._exp, value._kind
        elif isinstance(value, int):
            parts = int(value < 0), abs(int(value)), 0, ""
        elif isinstance(value, float):
            (context or getcontext())._signal(FloatOperation)
            other = cls.from_float(value)
            parts = other._sign, other._int, other._exp, other._kind
        elif isinstance(value, str):
            parts = _parsed(value)
            if parts is None:
                (context or getcontext())._signal(ConversionSyntax)
                parts = 0, 0, 0, "nan"
        elif isinstance(value, (tuple, list)):
            parts = cls._parts_of(value)
        else:
            raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
        made._sign, made._int, made._exp, made._kind = parts
        return made

    @staticmethod
    def _parts_of(value):
        if len(value) != 3:
            raise ValueError("argument must be a sequence of length 3")
        sign, digits, exponent = value
        if sign not in (0, 1):
            raise ValueError("sign must be an integer with the value 0 or 1")
        if exponent == "F":
            return sign, 0, 0, "inf"
        if any(not isinstance(each, int) or not 0 <= each <= 9 for each in digits):
            raise ValueError("coefficient must be a tuple of digits")
        number = int("".join(map(str, digits)) or "0")
        if exponent in ("n", "N"):
            return sign, number, 0, "nan" if exponent == "n" else "snan"
        if not isinstance(exponent, int):
            raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
        return sign, number, exponent, ""

    @classmethod
    def from_float(cls, f):
        """The exact value of a float."""
        if isinstance(f, int):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("argument must be int or float")
        sign = int(math.copysign(1.0, f) < 0)
        if not math.isfinite(f):
            made = _number(sign, 0, 0, "nan" if f != f else "inf")
        else:
            top, bottom = abs(f).as_integer_ratio()
            places = bottom.bit_length() - 1
            made = _number(sign, top * 5 ** places, -places)
        return made if cls is Decimal else cls(made)

    # ---- What it is ----

    def is_nan(self):
        return self._kind in ("nan", "snan")

    def is_qnan(self):
        return self._kind == "nan"

    def is_snan(self):
        return self._kind == "snan"

    def is_infinite(self):
        return self._kind == "inf"

    def is_finite(self):
        return not self._kind

    def is_signed(self):
        return bool(self._sign)

    def is_zero(self):
        return not self._kind and not self._int

    def is_normal(self, context=None):
        return bool(not self._kind and self._int and self.adjusted() >= (context or getcontext()).Emin)

    def is_subnormal(self, context=None):
        return bool(not self._kind and self._int and self.adjusted() < (context or getcontext()).Emin)

    def adjusted(self):
        """The exponent of the first digit."""
        return 0 if self._kind else self._exp + len(str(self._int)) - 1

    def as_tuple(self):
        if self._kind == "inf":
            return DecimalTuple(self._sign, (0,), "F")
        digits = tuple(map(int, str(self._int)))
        if self._kind:
            return DecimalTuple(self._sign, digits if self._int else (), "n" if self._kind == "nan" else "N")
        return DecimalTuple(self._sign, digits, self._exp)

    def as_integer_ratio(self):
        """The value as a fraction in lowest terms."""
        if self._kind:
            raise (OverflowError("cannot convert Infinity to integer ratio") if self._kind == "inf" else
                   ValueError("cannot convert NaN to integer ratio"))
        top, bottom = self._int * 10 ** max(self._exp, 0), 10 ** max(-self._exp, 0)
        shared = math.gcd(top, bottom)
        return (-top if self._sign else top) // shared, bottom // shared

    real = property(lambda self: self)
    imag = property(lambda self: Decimal(0))

    def conjugate(self):
        return self

    def __complex__(self):
        return complex(float(self))

    # ---- Rounding ----

    def _fixed(self, context):
        """Rounded to the context's precision, and its exponents."""
        if self._kind:
            return self
        size = len(str(self._int))
        exponent, number = self._exp, self._int
        least = context.Etiny() if number else context.Emin - context.prec + 1
        drop = max(size - context.prec, least - exponent if number else 0, 0)
        if not number:
            return _number(self._sign, 0, min(max(exponent, least), context.Emax))
        if drop:
            is_tiny = self.adjusted() < context.Emin
            number, is_inexact = _shortened(number, drop, context.rounding, self._sign)
            exponent += drop
            if len(str(number)) > context.prec:
                number, exponent = number // 10, exponent + 1
            if is_tiny:
                context._signal(Subnormal)
                if is_inexact:
                    context._signal(Underflow)
            if is_inexact:
                context._signal(Inexact)
            context._signal(Rounded)
        if number and exponent + len(str(number)) - 1 > context.Emax:
            return self._overflow(context)
        return _number(self._sign, number, exponent)

    def _overflow(self, context):
        inwards = ROUND_CEILING if self._sign else ROUND_FLOOR
        stays = context.rounding in (ROUND_DOWN, ROUND_05UP, inwards)
        largest = _number(self._sign, 10 ** context.prec - 1, context.Emax - context.prec + 1)
        for signal in (Overflow, Inexact, Rounded):
            context._signal(signal)
        return largest if stays else _number(self._sign, 0, 0, "inf")

    def _to_exponent(self, exponent, rounding):
        """With another exponent, exact to the rounding, and whether digits were lost."""
        if exponent <= self._exp:
            return _number(self._sign, self._int * 10 ** (self._exp - exponent), exponent), False
        number, is_inexact = _shortened(self._int, exponent - self._exp, rounding, self._sign)
        return _number(self._sign, number, exponent), is_inexact

    def quantize(self, exp, rounding=None, context=None):
        """With the exponent of another number."""
        context, exp = context or getcontext(), _operand(exp)
        if self._kind or exp._kind:
            if self.is_nan() or exp.is_nan():
                return self._nan(exp, context)
            return self if self._kind == exp._kind else context._signal(InvalidOperation, result=_nan)
        made, is_inexact = self._to_exponent(exp._exp, rounding or context.rounding)
        if made._int and len(str(made._int)) > context.prec:
            return context._signal(InvalidOperation, result=_nan)
        if exp._exp > self._exp and self._int:
            context._signal(Rounded)
            if is_inexact:
                context._signal(Inexact)
        return made

    def to_integral_value(self, rounding=None, context=None):
        """Rounded to a whole number, without signals."""
        if self._kind or self._exp >= 0:
            return self
        return self._to_exponent(0, rounding or (context or getcontext()).rounding)[0]

    to_integral = to_integral_value

    def to_integral_exact(self, rounding=None, context=None):
        context = context or getcontext()
        made = self.to_integral_value(rounding, context)
        if made is not self:
            context._signal(Rounded)
            if made != self:
                context._signal(Inexact)
        return made

    def normalize(self, context=None):
        """Without zeros at the end."""
        made = self._fixed(context or getcontext())
        if made._kind or not made._int:
            return made if made._kind else _number(made._sign, 0, 0)
        number, exponent = made._int, made._exp
        while number % 10 == 0:
            number, exponent = number // 10, exponent + 1
        return _number(made._sign, number, exponent)

    def __round__(self, ndigits=None):
        """Half to even: an int, or with digits a Decimal."""
        if ndigits is None:
            return self._whole(ROUND_HALF_EVEN)
        return self.quantize(_number(0, 1, -ndigits), ROUND_HALF_EVEN)

    def _whole(self, rounding):
        if self._kind:
            raise (OverflowError("cannot convert Infinity to integer") if self._kind == "inf" else
                   ValueError("cannot convert NaN to integer"))
        number = self._to_exponent(0, rounding)[0]._int
        return -number if self._sign else number

    def __int__(self):
        return self._whole(ROUND_DOWN)

    __trunc__ = __int__

    def __floor__(self):
        return self._whole(ROUND_FLOOR)

    def __ceil__(self):
        return self._whole(ROUND_CEILING)

    def __float__(self):
        if self.is_snan():
            raise ValueError("cannot convert signaling NaN to float")
        size = "nan" if self.is_nan() else "inf" if self._kind else f"{self._int}e{self._exp}"
        return float(("-" if self._sign else "") + size)

    # ---- Arithmetic ----

    def _nan(self, other, context):
        """What comes of an operation with something that is no number."""
        for each in (self, other):
            if each.is_snan():
                return context._signal(InvalidOperation, result=_number(each._sign, each._int, 0, "nan"))
        return self if self.is_nan() else other

    def _signed(self):
        return -self._int if self._sign else self._int

    def _sum(self, other, context):
        if self._kind or other._kind:
            if self.is_nan() or other.is_nan():
                return self._nan(other, context)
            if self._kind and other._kind and self._sign != other._sign:
                return context._signal(InvalidOperation, result=_nan)
            return self if self._kind else other
        exponent = min(self._exp, other._exp)
        total = self._signed() * 10 ** (self._exp - exponent) + other._signed() * 10 ** (other._exp - exponent)
        is_negative = total < 0
        if not total:
            both = self._sign and other._sign
            is_negative = both or (self._sign != other._sign and context.rounding == ROUND_FLOOR)
        return _number(int(is_negative), abs(total), exponent)._fixed(context)

    def _product(self, other, context):
        sign = self._sign ^ other._sign
        if self._kind or other._kind:
            if self.is_nan() or other.is_nan():
                return self._nan(other, context)
            if self.is_zero() or other.is_zero():
                return context._signal(InvalidOperation, result=_nan)
            return _number(sign, 0, 0, "inf")
        return _number(sign, self._int * other._int, self._exp + other._exp)._fixed(context)

    def _quotient(self, other, context):
        sign = self._sign ^ other._sign
        if self._kind or other._kind:
            if self.is_nan() or other.is_nan():
                return self._nan(other, context)
            if self._kind and other._kind:
                return context._signal(InvalidOperation, result=_nan)
            return _number(sign, 0, 0, "inf") if self._kind else _number(sign, 0, context.Etiny())
        if not other._int:
            condition = DivisionByZero if self._int else DivisionUndefined
            return context._signal(condition, result=_number(sign, 0, 0, "inf") if self._int else _nan)
        exponent = self._exp - other._exp
        if not self._int:
            return _number(sign, 0, exponent)._fixed(context)
        shift = max(len(str(other._int)) - len(str(self._int)) + context.prec + 1, 0)
        number, rest = divmod(self._int * 10 ** shift, other._int)
        wanted, exponent = exponent, exponent - shift
        if rest:
            number += number % 5 == 0  # a digit that says that something follows
        else:
            while exponent < wanted and number % 10 == 0:
                number, exponent = number // 10, exponent + 1
        return _number(sign, number, exponent)._fixed(context)

    def _divided(self, other, context, wants_rest):
        """The whole part of a quotient towards 0, or what is left."""
        if self.is_nan() or other.is_nan():
            return self._nan(other, context)
        if self._kind or (wants_rest and not other._kind and not other._int):
            if self._kind and not (wants_rest or other._kind):
                return _number(self._sign ^ other._sign, 0, 0, "inf")
            undefined = not self._kind and not self._int
            return context._signal(DivisionUndefined if undefined else InvalidOperation, result=_nan)
        if other._kind:
            return self._fixed(context) if wants_rest else _number(self._sign ^ other._sign, 0, 0)
        if not other._int:
            return self._quotient(other, context)
        exponent = min(self._exp, other._exp)
        whole, rest = divmod(self._int * 10 ** (self._exp - exponent), other._int * 10 ** (other._exp - exponent))
        if len(str(whole)) > context.prec:
            return context._signal(DivisionImpossible, result=_nan)
        made = _number(self._sign, rest, exponent) if wants_rest else _number(self._sign ^ other._sign, whole, 0)
        return made._fixed(context)

    def _binary(name):
        """The method and its reflected one, from the operation `name`."""
        def forward(self, other, context=None):
            other = _operand_or_none(other)
            return NotImplemented if other is None else _operations[name](self, other, context or getcontext())

        def backward(self, other, context=None):
            other = _operand_or_none(other)
            return NotImplemented if other is None else _operations[name](other, self, context or getcontext())
        forward.__name__, backward.__name__ = f"__{name}__", f"__r{name}__"
        return forward, backward

    __add__, __radd__ = _binary("add")
    __sub__, __rsub__ = _binary("sub")
    __mul__, __rmul__ = _binary("mul")
    __truediv__, __rtruediv__ = _binary("truediv")
    __floordiv__, __rfloordiv__ = _binary("floordiv")
    __mod__, __rmod__ = _binary("mod")
    __divmod__, __rdivmod__ = _binary("divmod")
    del _binary

    def __pow__(self, other, modulo=None, context=None):
        """Whole exponents; a power of anything else is not there."""
        other, context = _operand_or_none(other), context or getcontext()
        if other is None:
            return NotImplemented
        if self.is_nan() or other.is_nan():
            return self._nan(other, context)
        if other._kind or other != other.to_integral_value():
            raise NotImplementedError("powers of Decimal with an exponent that is not whole")
        power = int(other)
        if modulo is not None:
            return Decimal(pow(int(self), power, int(modulo)))._fixed(context)
        if not power:
            return context._signal(InvalidOperation, result=_nan) if self.is_zero() else Decimal(1)
        sign = self._sign & power & 1
        if self._kind or not self._int:
            is_large = bool(self._kind) == (power > 0)
            return _number(sign, 0, 0, "inf") if is_large else _number(sign, 0, 0)
        exact = _number(sign, self._int ** abs(power), self._exp * abs(power))
        return exact._fixed(context) if power > 0 else Decimal(1)._quotient(exact, context)

    def __rpow__(self, other, context=None):
        other = _operand_or_none(other)
        return NotImplemented if other is None else other.__pow__(self, context=context)

    def sqrt(self, context=None):
        """The square root, rounded."""
        context = context or getcontext()
        if self.is_nan():
            return self._nan(self, context)
        if not self._kind and not self._int:
            return _number(self._sign, 0, self._exp // 2)._fixed(context)
        if self._sign:
            return context._signal(InvalidOperation, result=_nan)
        if self._kind:
            return self
        shift = max(2 * (context.prec + 1) - len(str(self._int)), 0)
        shift += (self._exp - shift) % 2
        number = self._int * 10 ** shift
        root, exponent = math.isqrt(number), (self._exp - shift) // 2
        if root * root != number:
            root += root % 5 == 0
        else:
            while exponent < self._exp // 2 and root % 10 == 0:
                root, exponent = root // 10, exponent + 1
        rounded = context.copy()
        rounded.rounding, rounded.flags = ROUND_HALF_EVEN, context.flags
        return _number(0, root, exponent)._fixed(rounded)

    def fma(self, other, third, context=None):
        """self * other + third, rounded once."""
        context = context or getcontext()
        other, third = _operand(other), _operand(third)
        if self._kind or other._kind:
            return self._product(other, context)._sum(third, context)
        return _number(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp)._sum(third, context)

    def __neg__(self, context=None):
        context = context or getcontext()
        if self.is_zero() and context.rounding != ROUND_FLOOR:
            return _number(0, 0, self._exp)
        return self if self.is_nan() else _number(1 - self._sign, self._int, self._exp, self._kind)._fixed(context)

    def __pos__(self, context=None):
        context = context or getcontext()
        if self.is_zero() and context.rounding != ROUND_FLOOR:
            return _number(0, 0, self._exp)
        return self._fixed(context)

    def __abs__(self, context=None):
        return _number(0, self._int, self._exp, self._kind)._fixed(context or getcontext())

    def copy_abs(self):
        return _number(0, self._int, self._exp, self._kind)

    def copy_negate(self):
        return _number(1 - self._sign, self._int, self._exp, self._kind)

    def copy_sign(self, other, context=None):
        return _number(_operand(other)._sign, self._int, self._exp, self._kind)

    def scaleb(self, other, context=None):
        """With an exponent that is larger by `other`."""
        return _number(self._sign, self._int, self._exp + int(other), self._kind)._fixed(context or getcontext())

    # ---- Comparing ----

    def _order(self, other):
        """-1, 0 or 1, of numbers."""
        if self._kind or other._kind:
            mine, theirs = ((-1) ** each._sign * (each._kind == "inf") for each in (self, other))
            return (mine > theirs) - (mine < theirs)
        exponent = min(self._exp, other._exp)
        mine, theirs = (each._signed() * 10 ** (each._exp - exponent) for each in (self, other))
        return (mine > theirs) - (mine < theirs)

    def _compared(self, other, holds, is_order):
        if isinstance(other, float):
            other = Decimal.from_float(other)
        elif isinstance(other, numbers.Rational) and not isinstance(other, int):
            mine, theirs = self.as_integer_ratio() if not self._kind else (0, 1), (other.numerator, other.denominator)
            if self._kind:
                return NotImplemented
            return holds((mine[0] * theirs[1] > theirs[0] * mine[1]) - (mine[0] * theirs[1] < theirs[0] * mine[1]))
        elif isinstance(other, complex) and not is_order:
            if other.imag != 0:
                return not holds(0)
            other = Decimal.from_float(other.real)
        other = _operand_or_none(other)
        if other is None:
            return NotImplemented
        if self.is_nan() or other.is_nan():
            if is_order or self.is_snan() or other.is_snan():
                getcontext()._signal(InvalidOperation)
            return not is_order and holds(1) and not holds(0)
        return holds(self._order(other))

    def __eq__(self, other):
        return self._compared(other, lambda order: order == 0, False)

    def __ne__(self, other):
        return self._compared(other, lambda order: order != 0, False)

    def __lt__(self, other):
        return self._compared(other, lambda order: order < 0, True)

    def __le__(self, other):
        return self._compared(other, lambda order: order <= 0, True)

    def __gt__(self, other):
        return self._compared(other, lambda order: order > 0, True)

    def __ge__(self, other):
        return self._compared(other, lambda order: order >= 0, True)

    def compare(self, other, context=None):
        """-1, 0 or 1 as a Decimal."""
        other = _operand(other)
        if self.is_nan() or other.is_nan():
            return self._nan(other, context or getcontext())
        return Decimal(self._order(other))

    def max(self, other, context=None):
        other, context = _operand(other), context or getcontext()
        if self.is_nan() or other.is_nan():
            if self.is_snan() or other.is_snan() or self._kind == other._kind:
                return self._nan(other, context)
            return (other if self.is_nan() else self)._fixed(context)
        return (self if self._order(other) >= 0 else other)._fixed(context)

    def min(self, other, context=None):
        other, context = _operand(other), context or getcontext()
        if self.is_nan() or other.is_nan():
            if self.is_snan() or other.is_snan() or self._kind == other._kind:
                return self._nan(other, context)
            return (other if self.is_nan() else self)._fixed(context)
        return (self if self._order(other) <= 0 else other)._fixed(context)

    def same_quantum(self, other, context=None):
        other = _operand(other)
        return self._kind == other._kind and (bool(self._kind) or self._exp == other._exp)

    def __bool__(self):
        return bool(self._kind or self._int)

    def __hash__(self):
        if self._kind:
            if self.is_snan():
                raise TypeError("Cannot hash a signaling NaN value")
            return object.__hash__(self) if self.is_nan() else -sys.hash_info.inf if self._sign else sys.hash_info.inf
        modulus = sys.hash_info.modulus
        scale = pow(10, self._exp, modulus)
        value = self._int * scale % modulus
        value = -value if self._sign else value
        return -2 if value == -1 else value

    # ---- Texts and copies ----

    def __str__(self, eng=False, context=None):
        sign = "-" if self._sign else ""
        if self._kind == "inf":
            return sign + "Infinity"
        if self._kind:
            return sign + {"nan": "NaN", "snan": "sNaN"}[self._kind] + (str(self._int) if self._int else "")
        digits = str(self._int)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            place = left
        elif not eng:
            place = 1
        else:
            place = (left + 1) % 3 - 1 if digits == "0" else (left - 1) % 3 + 1
        if place <= 0:
            whole, part = "0", "." + "0" * -place + digits
        elif place >= len(digits):
            whole, part = digits + "0" * (place - len(digits)), ""
        else:
            whole, part = digits[:place], "." + digits[place:]
        e = "E" if (context or getcontext()).capitals else "e"
        return sign + whole + part + ("" if left == place else f"{e}{left - place:+d}")

    def to_eng_string(self, context=None):
        return self.__str__(eng=True, context=context)

    def __repr__(self):
        return f"Decimal('{self}')"

    def __format__(self, specifier, context=None):
        """By width, fill and alignment, sign, a precision, and "f", "e", "g", "%" or nothing."""
        if not specifier:
            return str(self)
        form = specifier[-1] if specifier[-1] in "fFeEgGn%" else ""
        rest = specifier[:-1] if form else specifier
        behind_fill = rest[1:] if rest[1:2] in ("<", ">", "=", "^") else rest
        if any(c not in "0123456789,_+- <>=^." for c in behind_fill):
            raise ValueError("invalid format string")
        head, point, digits = rest.partition(".")
        made, places = self, int(digits) if point else None
        if form == "%":
            made = _number(self._sign, self._int, self._exp + 2, self._kind)
        if made._kind:
            text = str(made)
        elif form in ("f", "F", "%"):
            text = made._plain(made._exp if places is None and made._exp < 0 else -(places or 0))
        elif places is None and form not in ("e", "E"):
            text = made.__str__()
        elif places is None:
            text = made._scientific(form)
        else:
            size = len(str(made._int)) - (places + 1 if form in ("e", "E") else max(places, 1))
            made = made._to_exponent(made._exp + size, getcontext().rounding)[0] if size > 0 or form in ("e", "E") else made
            text = made._scientific(form) if form in ("e", "E") else str(made)
        if form == "g":
            text = text.replace("E", "e") if not made._kind else text
        if form == "%":
            text += "%"
        comma = "," if "," in head else "_" if "_" in head else ""
        sign, body = ("-", text[1:]) if text[:1] == "-" else ("", text)
        if comma and not made._kind:
            end = next((i for i, c in enumerate(body) if not c.isdigit()), len(body))
            body = f"{int(body[:end] or 0):{comma}}" + body[end:]
        head = head.replace(comma, "")
        align = next((i for i in (1, 0) if head[i:i + 1] and head[i] in "<>=^"), None)
        fill, way, head = (head[:align] or " ", head[align], head[align + 1:]) if align is not None else (" ", ">", head)
        if head[:1] in ("+", " ", "-") and head:
            sign, head = sign or head[0].replace("-", ""), head[1:]
        if head[:1] == "0" and align is None and not made._kind:
            fill, way = "0", "="
        width = int(head or 0)
        if way == "=":
            return sign + body.rjust(width - len(sign), fill)
        return {"<": str.ljust, ">": str.rjust, "^": str.center}[way](sign + body, width, fill)

    def _plain(self, exponent):
        made = self._to_exponent(exponent, getcontext().rounding)[0]
        digits = str(made._int).rjust(1 - exponent, "0")
        text = digits[:exponent] + "." + digits[exponent:] if exponent < 0 else digits + "0" * exponent
        return "-" + text if made._sign else text

    def _scientific(self, form):
        digits = str(self._int)
        return f"{'-' if self._sign else ''}{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}{form}{self.adjusted():+d}"

    def __reduce__(self):
        return type(self), (str(self),)

    def __copy__(self):
        return self if type(self) is Decimal else type(self)(self)

    def __deepcopy__(self, memo):
        return self.__copy__()


_nan = _number(0, 0, 0, "nan")


def _operand_or_none(value):
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) else None


def _operand(value):
    made = _operand_or_none(value)
    if made is None:
        raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
    return made


def _both(a, b, context):
    if a.is_finite() and b.is_zero() and not a.is_zero():
        context.flags[DivisionByZero] = True
        rest = context._signal(InvalidOperation, result=_nan)
        return context._signal(DivisionByZero, result=_number(a._sign ^ b._sign, 0, 0, "inf")), rest
    return a._divided(b, context, False), a._divided(b, context, True)


_operations = {
    "add": Decimal._sum,
    "sub": lambda a, b, context: a._sum(b if b.is_nan() else b.copy_negate(), context),
    "mul": Decimal._product,
    "truediv": Decimal._quotient,
    "floordiv": lambda a, b, context: a._divided(b, context, False),
    "mod": lambda a, b, context: a._divided(b, context, True),
    "divmod": _both,
}

numbers.Number.register(Decimal)
