"""Rational numbers: a whole numerator over a whole denominator, in lowest terms."""

import math
import numbers
import operator
import sys

__all__ = ["Fraction"]


def _read(text):
    """The numerator and denominator that a text says: "3/4", "-1.5e3"; None if it says none."""
    body = text.strip()
    sign = -1 if body[:1] == "-" else 1
    body = body[1:] if body[:1] in ("+", "-") else body
    over, slash, under = body.partition("/")
    if slash:
        top, bottom = _digits(over), _digits(under)
        return None if top is None or bottom is None else (sign * top, bottom)
    mantissa, e, exponent = body.partition("e" if "e" in body else "E")
    whole, point, part = mantissa.partition(".")
    if not whole and not part:
        return None
    parts = [_digits(piece) if piece else 0 for piece in (whole, part)]
    power = exponent[1:] if exponent[:1] in ("+", "-") else exponent
    if None in parts or (e and _digits(power) is None):
        return None
    places = len(part.replace("_", ""))
    top = parts[0] * 10 ** places + parts[1]
    shift = int(exponent) if e else 0
    return (sign * top * 10 ** shift, 10 ** places) if shift >= 0 else (sign * top, 10 ** (places - shift))


def _digits(text):
    plain = text.replace("_", "")
    right = plain.isdecimal() and text[0] != "_" and text[-1] != "_" and "__" not in text
    return int(plain) if right else None


def _made(top, bottom):
    """A Fraction of numbers that are in lowest terms."""
    made = object.__new__(Fraction)
    made._numerator, made._denominator = top, bottom
    return made


class Fraction(numbers.Rational):
    """A rational number, from two rational numbers, a float, a Decimal, or a text."""
    __slots__ = ("_numerator", "_denominator")

    def __new__(cls, numerator=0, denominator=None, *, _normalize=True):
        self = super().__new__(cls)
        if denominator is None:
            if isinstance(numerator, str):
                pair = _read(numerator)
                if pair is None:
                    raise ValueError(f"Invalid literal for Fraction: {numerator!r}")
            elif isinstance(numerator, numbers.Rational):
                pair = numerator.numerator, numerator.denominator
            elif isinstance(numerator, float) or type(numerator).__name__ == "Decimal":
                pair = numerator.as_integer_ratio()
            else:
                raise TypeError("argument should be a string or a Rational instance")
        elif isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational):
            pair = (numerator.numerator * denominator.denominator, denominator.numerator * numerator.denominator)
        else:
            raise TypeError("both arguments should be Rational instances")
        top, bottom = pair
        if bottom == 0:
            raise ZeroDivisionError(f"Fraction({top}, 0)")
        if _normalize:
            shared = math.gcd(top, bottom) if bottom > 0 else -math.gcd(top, bottom)
            top, bottom = top // shared, bottom // shared
        self._numerator, self._denominator = top, bottom
        return self

    @classmethod
    def from_float(cls, f):
        """The exact value of a float."""
        if isinstance(f, numbers.Integral):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError(f"{cls.__name__}.from_float() only takes floats, not {f!r} ({type(f).__name__})")
        return cls(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        """The exact value of a Decimal."""
        return cls(dec) if isinstance(dec, numbers.Integral) else cls(*dec.as_integer_ratio())

    numerator = property(lambda self: self._numerator)
    denominator = property(lambda self: self._denominator)

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """The nearest Fraction whose denominator is not larger."""
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        # Continued fractions: the last convergent that fits, and the semiconvergent behind it.
        before, last = (0, 1), (1, 0)
        top, bottom = self._numerator, self._denominator
        while True:
            digit = top // bottom
            step = (before[0] + digit * last[0], before[1] + digit * last[1])
            if step[1] > max_denominator:
                break
            before, last = last, step
            top, bottom = bottom, top - digit * bottom
        times = (max_denominator - before[1]) // last[1]
        middle = Fraction(before[0] + times * last[0], before[1] + times * last[1])
        end = Fraction(*last)
        return end if abs(end - self) <= abs(middle - self) else middle

    # ---- Arithmetic ----

    def _with(exact, fallback):
        """The method and its reflected one of an operator, from what it does to two Fractions, and to other numbers."""
        def forward(a, b):
            if isinstance(b, (int, Fraction)):
                return exact(a, b)
            if isinstance(b, float):
                return fallback(float(a), b)
            return fallback(complex(a), b) if isinstance(b, complex) else NotImplemented

        def backward(b, a):
            if isinstance(a, numbers.Rational):
                return exact(Fraction(a), b)
            if isinstance(a, numbers.Real):
                return fallback(float(a), float(b))
            return fallback(complex(a), complex(b)) if isinstance(a, numbers.Complex) else NotImplemented
        forward.__name__, backward.__name__ = f"__{fallback.__name__}__", f"__r{fallback.__name__}__"
        return forward, backward

    __add__, __radd__ = _with(lambda a, b: Fraction(a.numerator * b.denominator + b.numerator * a.denominator,
                                                    a.denominator * b.denominator), operator.add)
    __sub__, __rsub__ = _with(lambda a, b: Fraction(a.numerator * b.denominator - b.numerator * a.denominator,
                                                    a.denominator * b.denominator), operator.sub)
    __mul__, __rmul__ = _with(lambda a, b: Fraction(a.numerator * b.numerator, a.denominator * b.denominator), operator.mul)
    __truediv__, __rtruediv__ = _with(lambda a, b: Fraction(a.numerator * b.denominator, a.denominator * b.numerator),
                                      operator.truediv)
    __floordiv__, __rfloordiv__ = _with(lambda a, b: (a.numerator * b.denominator) // (a.denominator * b.numerator),
                                        operator.floordiv)
    __mod__, __rmod__ = _with(lambda a, b: Fraction((a.numerator * b.denominator) % (b.numerator * a.denominator),
                                                    a.denominator * b.denominator), operator.mod)
    __divmod__, __rdivmod__ = _with(lambda a, b: (a // b, a % b), divmod)
    del _with

    def __pow__(a, b):
        if not isinstance(b, numbers.Rational):
            return float(a) ** b if isinstance(b, (float, complex)) else NotImplemented
        if b.denominator != 1:
            return float(a) ** float(b)
        power = b.numerator
        if power >= 0:
            return _made(a._numerator ** power, a._denominator ** power)
        if a._numerator == 0:
            raise ZeroDivisionError(f"Fraction({a._denominator ** -power}, 0)")
        top, bottom = a._denominator ** -power, a._numerator ** -power
        return _made(top, bottom) if bottom > 0 else _made(-top, -bottom)

    def __rpow__(b, a):
        if b._denominator == 1 and b._numerator >= 0:
            return a ** b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a) ** b
        return a ** b._numerator if b._denominator == 1 else a ** float(b)

    def __pos__(self):
        return _made(self._numerator, self._denominator)

    def __neg__(self):
        return _made(-self._numerator, self._denominator)

    def __abs__(self):
        return _made(abs(self._numerator), self._denominator)

    def __int__(self):
        return int(self.__trunc__())

    def __trunc__(self):
        return -(-self._numerator // self._denominator) if self._numerator < 0 else self._numerator // self._denominator

    def __floor__(self):
        return self._numerator // self._denominator

    def __ceil__(self):
        return -(-self._numerator // self._denominator)

    def __round__(self, ndigits=None):
        """Half to even; with digits a Fraction."""
        if ndigits is not None:
            scale = 10 ** abs(ndigits)
            return Fraction(round(self * scale), scale) if ndigits > 0 else Fraction(round(self / scale) * scale)
        whole, rest = divmod(self._numerator, self._denominator)
        beyond = 2 * rest - self._denominator
        return whole + (beyond > 0 or (beyond == 0 and whole % 2))

    # ---- Comparing ----

    def __hash__(self):
        info = sys.hash_info
        try:
            value = hash(hash(abs(self._numerator)) * pow(self._denominator, -1, info.modulus))
        except ValueError:
            value = info.inf  # the denominator is a multiple of the modulus
        value = value if self._numerator >= 0 else -value
        return -2 if value == -1 else value

    def __eq__(a, b):
        if isinstance(b, numbers.Rational):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, numbers.Complex) and b.imag == 0:
            b = b.real
        if isinstance(b, float):
            return a == a.from_float(b) if math.isfinite(b) else 0.0 == b
        return NotImplemented

    def _order(self, other, op):
        if isinstance(other, numbers.Rational):
            return op(self._numerator * other.denominator, self._denominator * other.numerator)
        if isinstance(other, float):
            return op(self, self.from_float(other)) if math.isfinite(other) else op(0.0, other)
        return NotImplemented

    def __lt__(a, b):
        return a._order(b, operator.lt)

    def __gt__(a, b):
        return a._order(b, operator.gt)

    def __le__(a, b):
        return a._order(b, operator.le)

    def __ge__(a, b):
        return a._order(b, operator.ge)

    def __bool__(self):
        return bool(self._numerator)

    # ---- Texts and copies ----

    def __repr__(self):
        return f"{type(self).__name__}({self._numerator}, {self._denominator})"

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f"{self._numerator}/{self._denominator}"

    def __reduce__(self):
        return type(self), (self._numerator, self._denominator)

    def __copy__(self):
        return self if type(self) is Fraction else type(self)(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()
