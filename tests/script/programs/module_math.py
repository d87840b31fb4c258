"""The module math: every function, with what it refuses."""
import math
from module_support import told

numbers = [0, 1, -1, 0.5, -0.5, 2, 3.7, -3.7, 1e300, 1e-300, float("inf"), float("-inf"), True, 10**20]
names = ["acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "degrees", "erf", "erfc", "exp", "exp2",
         "expm1", "fabs", "floor", "frexp", "isfinite", "isinf", "isnan", "log", "log10", "log1p", "log2", "modf", "radians",
         "sin", "sinh", "sqrt", "tan", "tanh", "trunc", "ulp", "cbrt"]


def rounded(value):
    """Twelve digits: the last ones are the C library's."""
    if isinstance(value, float):
        return format(value, ".12g")
    return tuple(map(rounded, value)) if isinstance(value, tuple) else value


for name in names:
    function = getattr(math, name)
    for x in numbers + [float("nan")]:
        try:
            print(name, x, rounded(function(x)))
        except Exception as error:
            print(name, x, type(error).__name__, error)
    told(function, "text")
    told(function)
    told(function, 1, 2, 3)
for name in ["gamma", "lgamma"]:
    for x in [1, 2, 5, 0.5, -0.5, 10, 0, -1, 172, 1e308, float("inf"), float("-inf")]:
        try:
            print(name, x, format(getattr(math, name)(x), ".10g"))
        except Exception as error:
            print(name, x, type(error).__name__, error)
for name in ["atan2", "copysign", "fmod", "pow", "remainder", "nextafter"]:
    for x, y in [(1, 2), (-1, 2), (0, 0), (5.5, 0), (0.0, -1), (2, 1024), (-8, 1 / 3), (float("inf"), 2), (3, float("inf"))]:
        try:
            print(name, x, y, rounded(getattr(math, name)(x, y)))
        except Exception as error:
            print(name, x, y, type(error).__name__, error)
told(math.log, 8, 2)
told(math.log, 10**400)
told(math.log2, 2**2000)
told(math.log10, 10**500)
told(math.log, 8, 1)
told(math.log, -(10**400))
told(math.ldexp, 0.75, 4)
told(math.ldexp, 1.0, 10**30)
told(math.ldexp, 1.0, -10**30)
told(math.ldexp, 1.0, 1.5)
print(math.hypot(), math.hypot(3, 4), math.hypot(1e200, 1e200), math.hypot(1, 2, 2), math.hypot(float("inf"), float("nan")))
print(math.dist((1, 2), (4, 6)), math.dist([0], [5]))
told(math.dist, (1, 2), (1,))
print(math.fsum([0.1] * 10), math.fsum([1e100, 1, -1e100]), math.fsum([]), math.fsum([1e16, 1, 1e-16]))
told(math.fsum, [float("inf"), float("-inf")])
told(math.fsum, [1, "a"])
print(math.prod([1, 2, 3]), math.prod([]), math.prod([2, 0.5], start=10))
print(math.isclose(1, 1 + 1e-10), math.isclose(1, 1.1), math.isclose(0, 1e-12, abs_tol=1e-9),
      math.isclose(1, 1.1, rel_tol=0.2))
told(math.isclose, 1, 2, rel_tol=-1)
print(math.gcd(), math.gcd(12, 18), math.gcd(-4, 6, 10), math.gcd(10**30, 10**20 * 7), math.gcd(0, 0))
print(math.lcm(), math.lcm(4, 6), math.lcm(0, 5), math.lcm(-3, 7), math.lcm(10**20, 3 * 10**19))
told(math.gcd, 1.5)
print([math.factorial(n) for n in (0, 1, 5, 20, 21, 30)])
told(math.factorial, -1)
told(math.factorial, 1.5)
print(math.perm(5), math.perm(5, 2), math.perm(3, 5), math.perm(0, 0), math.comb(5, 2), math.comb(60, 30), math.comb(3, 5))
told(math.comb, -1, 2)
told(math.perm, 3, -1)
print([math.isqrt(n) for n in (0, 1, 2, 3, 4, 24, 25, 2**62, 10**40, 2**63 - 1, 10**40 - 1)])
told(math.isqrt, -1)


class Rounding:
    def __floor__(self):
        return "floor"

    def __ceil__(self):
        return "ceil"

    def __trunc__(self):
        return "trunc"


class Number:
    def __float__(self):
        return 2.25


print(math.floor(Rounding()), math.ceil(Rounding()), math.trunc(Rounding()), math.sqrt(Number()), math.floor(Number()))
told(math.trunc, "x")
print(math.pi, math.e, math.tau, math.inf, math.nan)
