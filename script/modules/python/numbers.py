"""The abstract classes of numbers: Number, Complex, Real, Rational, Integral, each more special than the one before it."""

from abc import ABCMeta, abstractmethod

__all__ = ["Number", "Complex", "Real", "Rational", "Integral"]


def _needs(*names):
    """Abstract methods of these names, for the body of a class."""
    def method_of(name):
        def method(self, *others):
            raise NotImplementedError
        method.__name__ = f"__{name}__"
        method.__qualname__ = method.__name__
        return abstractmethod(method)
    return {f"__{name}__": method_of(name) for name in names}


def _needed(name):
    """An abstract property."""
    def part(self):
        raise NotImplementedError
    part.__name__ = part.__qualname__ = name
    return property(abstractmethod(part))


class Number(metaclass=ABCMeta):
    """All numbers inherit from this class."""
    __slots__ = ()
    __hash__ = None


class Complex(Number):
    """Numbers with a real and an imaginary part."""
    __slots__ = ()
    locals().update(_needs("complex", "add", "radd", "neg", "pos", "mul", "rmul", "truediv", "rtruediv", "pow", "rpow",
                           "abs", "eq"))

    real = _needed("real")
    imag = _needed("imag")

    @abstractmethod
    def conjugate(self):
        raise NotImplementedError

    def __bool__(self):
        return self != 0

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


class Real(Complex):
    """Numbers with an order, which can be made a float."""
    __slots__ = ()
    locals().update(_needs("float", "trunc", "floor", "ceil", "round", "floordiv", "rfloordiv", "mod", "rmod", "lt", "le"))

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self

    def __complex__(self):
        return complex(float(self))

    @property
    def real(self):
        return +self

    @property
    def imag(self):
        return 0

    def conjugate(self):
        return +self


class Rational(Real):
    """Numbers that are one whole number over another."""
    __slots__ = ()

    numerator = _needed("numerator")
    denominator = _needed("denominator")

    def __float__(self):
        return int(self.numerator) / int(self.denominator)


class Integral(Rational):
    """Whole numbers."""
    __slots__ = ()
    locals().update(_needs("int", "lshift", "rlshift", "rshift", "rrshift", "and", "rand", "xor", "rxor", "or", "ror",
                           "invert"))

    @abstractmethod
    def __pow__(self, exponent, modulus=None):
        raise NotImplementedError

    def __index__(self):
        return int(self)

    def __float__(self):
        return float(int(self))

    @property
    def numerator(self):
        return +self

    @property
    def denominator(self):
        return 1


Complex.register(complex)
Real.register(float)
Integral.register(int)
