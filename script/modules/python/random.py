"""Random numbers: whole and real ones, choices from sequences. The same seed gives the same as everywhere in Python."""

import _random
from bisect import bisect as _bisect
from itertools import accumulate as _accumulate, repeat as _repeat
from math import acos as _acos, ceil as _ceil, cos as _cos, e as _e, exp as _exp, floor as _floor, log as _log, pi as _pi
from math import isfinite as _isfinite, sin as _sin, sqrt as _sqrt
from operator import index as _index

__all__ = ["Random", "SystemRandom", "betavariate", "choice", "choices", "expovariate", "gammavariate", "gauss",
           "getrandbits", "getstate", "lognormvariate", "normalvariate", "paretovariate", "randbytes", "randint", "random",
           "randrange", "sample", "seed", "setstate", "shuffle", "triangular", "uniform", "vonmisesvariate",
           "weibullvariate"]

BPF = 53
RECIP_BPF = 2 ** -BPF
TWOPI = 2.0 * _pi
NV_MAGICCONST = 4 * _exp(-0.5) / _sqrt(2.0)
SG_MAGICCONST = 1.0 + _log(4.5)
LOG4 = _log(4.0)
_ONE = 1


def _hash_of_old(text):
    """What Python 2 made of a text: the seed of version 1."""
    value = ord(text[0]) << 7 if text else 0
    for letter in text:
        value = 1000003 * value % 2**64 ^ ord(letter)
    return value ^ len(text)


def _with_digest(data):
    """A number of the bytes and their SHA-512: the seed of version 2."""
    from _sha512 import sha512
    return int.from_bytes(data + sha512(data), "big")


def _whole(value, role):
    """The int that an argument of randrange() stands for."""
    try:
        return _index(value)
    except TypeError:
        whole = int(value)
    import warnings
    if whole == value:
        warnings.warn("non-integer arguments to randrange() have been deprecated since Python 3.10 and will be removed in a "
                      "subsequent version", DeprecationWarning, 3)
        return whole
    warnings.warn("randrange() will raise TypeError in the future", DeprecationWarning, 3)
    raise ValueError(f"non-integer {role} for randrange()")


def _running_totals(weights):
    try:
        return list(_accumulate(weights))
    except TypeError:
        if isinstance(weights, int):
            raise TypeError(f"The number of choices must be a keyword argument: k={weights!r}") from None
        raise


class Random(_random.Random):
    """A source of random numbers with a state of its own. Subclasses give others by their random() or getrandbits()."""
    VERSION = 3

    def __init__(self, x=None):
        self.seed(x)
        self.gauss_next = None

    def __init_subclass__(cls, /, **kwargs):
        for part in map(vars, cls.__mro__):
            if "_randbelow" in part:
                return
            if "getrandbits" in part:
                cls._randbelow = cls._randbelow_with_getrandbits
                return
            if "random" in part:
                cls._randbelow = cls._randbelow_without_getrandbits
                return

    # ---- The state ----

    def seed(self, a=None, version=2):
        """Begins anew with a number or text; None: with what the system gives."""
        if version == 1 and isinstance(a, (str, bytes)):
            a = _hash_of_old(a if isinstance(a, str) else a.decode("latin-1"))
        elif version == 2 and isinstance(a, (str, bytes, bytearray)):
            a = _with_digest(a.encode() if isinstance(a, str) else a)
        elif a is not None and not isinstance(a, (int, float, str, bytes, bytearray)):
            raise TypeError("The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
        super().seed(a)
        self.gauss_next = None

    def getstate(self):
        words = super().getstate()
        return self.VERSION, words, self.gauss_next

    def setstate(self, state):
        version = state[0]
        if version not in (2, 3):
            raise ValueError(f"state with version {version} passed to Random.setstate() of version {self.VERSION}")
        _, words, self.gauss_next = state
        super().setstate(words if version == 3 else tuple(word % 2**32 for word in words))

    def __getstate__(self):
        return self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def __reduce__(self):
        return self.__class__, (), self.getstate()

    # ---- Whole numbers ----

    def _randbelow_with_getrandbits(self, n):
        bits = n.bit_length()
        while True:
            number = self.getrandbits(bits)
            if number < n:
                return number

    def _randbelow_without_getrandbits(self, n, maxsize=1 << BPF):
        """From random() alone: values are refused that would make the smaller numbers more frequent."""
        if n >= maxsize:
            import warnings
            warnings.warn("Underlying random() generator does not supply \nenough bits to choose from a population range "
                          "this large.\nTo remove the range limitation, add a getrandbits() method.")
            return _floor(self.random() * n)
        limit = (maxsize - maxsize % n) / maxsize
        while True:
            part = self.random()
            if part < limit:
                return _floor(part * maxsize) % n

    _randbelow = _randbelow_with_getrandbits

    def randrange(self, start, stop=None, step=_ONE):
        """One of range(start, stop, step)."""
        first = _whole(start, "arg 1")
        if stop is None:
            if step is not _ONE:
                raise TypeError("Missing a non-None stop argument")
            if first <= 0:
                raise ValueError("empty range for randrange()")
            return self._randbelow(first)
        end = _whole(stop, "stop")
        width = end - first
        stride = _whole(step, "step")
        if stride == 1:
            if width <= 0:
                raise ValueError(f"empty range for randrange() ({first}, {end}, {width})")
            return first + self._randbelow(width)
        if stride == 0:
            raise ValueError("zero step for randrange()")
        count = -(-width // stride)
        if count <= 0:
            raise ValueError("empty range for randrange()")
        return first + self._randbelow(count) * stride

    def randint(self, a, b):
        """One of a to b."""
        return self.randrange(a, b + 1)

    def randbytes(self, n):
        return self.getrandbits(n * 8).to_bytes(n, "little")

    # ---- Sequences ----

    def choice(self, seq):
        if len(seq):
            return seq[self._randbelow(len(seq))]
        raise IndexError("Cannot choose from an empty sequence")

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """`k` items, each with the chance that its weight says, or its part of the running totals of weights."""
        n = len(population)
        if weights is not None:
            if cum_weights is not None:
                raise TypeError("Cannot specify both weights and cumulative weights")
            cum_weights = _running_totals(weights)
        elif cum_weights is None:
            return [population[_floor(self.random() * float(n))] for _ in _repeat(None, k)]
        if len(cum_weights) != n:
            raise ValueError("The number of weights does not match the population")
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError("Total of weights must be greater than zero")
        if not _isfinite(total):
            raise ValueError("Total of weights must be finite")
        return [population[_bisect(cum_weights, self.random() * total, 0, n - 1)] for _ in _repeat(None, k)]

    def shuffle(self, x):
        """Puts a list in another order."""
        for place in range(len(x) - 1, 0, -1):
            other = self._randbelow(place + 1)
            x[place], x[other] = x[other], x[place]

    def sample(self, population, k, *, counts=None):
        """`k` different places of a sequence; `counts` says how often each item stands there."""
        from collections.abc import Sequence
        if not isinstance(population, Sequence):
            raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
        n = len(population)
        if counts is not None:
            totals = list(_accumulate(counts))
            if len(totals) != n:
                raise ValueError("The number of counts does not match the population")
            everything = totals.pop()
            if not isinstance(everything, int):
                raise TypeError("Counts must be integers")
            if everything <= 0:
                raise ValueError("Total of counts must be greater than zero")
            return [population[_bisect(totals, place)] for place in self.sample(range(everything), k=k)]
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        taken = [None] * k
        # A list of all that is left costs less than a set of what is taken if the population is small beside k.
        set_costs = 21 if k <= 5 else 21 + 4 ** _ceil(_log(k * 3, 4))
        if n > set_costs:
            return self._taken_by_place(population, k)
        left = list(population)
        for index, last in enumerate(range(n - 1, n - 1 - k, -1)):
            place = self._randbelow(last + 1)
            taken[index], left[place] = left[place], left[last]
        return taken

    def _taken_by_place(self, population, k):
        places = {}
        while len(places) < k:
            places[self._randbelow(len(population))] = None
        return [population[place] for place in places]

    # ---- Real numbers ----

    def uniform(self, a, b):
        """Any between a and b."""
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        """Most often near `mode`."""
        part, peak = self.random(), 0.5
        if mode is not None:
            if high == low:
                return low
            peak = (mode - low) / (high - low)
        if part <= peak:
            return low + (high - low) * _sqrt(part * peak)
        return high + (low - high) * _sqrt((1.0 - part) * (1.0 - peak))

    def gauss(self, mu=0.0, sigma=1.0):
        """Normal distribution. Numbers are made in pairs: the second is kept for the next call."""
        deviation, self.gauss_next = self.gauss_next, None
        if deviation is None:
            angle = self.random() * TWOPI
            radius = _sqrt(-2.0 * _log(1.0 - self.random()))
            deviation, self.gauss_next = _cos(angle) * radius, _sin(angle) * radius
        return mu + deviation * sigma

    def normalvariate(self, mu=0.0, sigma=1.0):
        """Normal distribution, by the ratio of two uniform numbers (Kinderman and Monahan)."""
        while True:
            part, divisor = self.random(), 1.0 - self.random()
            deviation = NV_MAGICCONST * (part - 0.5) / divisor
            if deviation * deviation / 4.0 <= -_log(divisor):
                return mu + deviation * sigma

    def lognormvariate(self, mu, sigma):
        return _exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd):
        return -_log(1.0 - self.random()) / lambd

    def vonmisesvariate(self, mu, kappa):
        """Angles around `mu` (Fisher's method)."""
        if kappa <= 1e-6:
            return self.random() * TWOPI
        half = 0.5 / kappa
        reach = half + _sqrt(1.0 + half * half)
        while True:
            cosine = _cos(_pi * self.random())
            d = cosine / (reach + cosine)
            part = self.random()
            if part < 1.0 - d * d or part <= (1.0 - d) * _exp(d):
                break
        inverse = 1.0 / reach
        angle = _acos((inverse + cosine) / (1.0 + inverse * cosine))
        return (mu + angle if self.random() > 0.5 else mu - angle) % TWOPI

    def gammavariate(self, alpha, beta):
        """Gamma distribution, not the function of this name."""
        if not (alpha > 0.0 and beta > 0.0):
            raise ValueError("gammavariate: alpha and beta must be > 0.0")
        if alpha == 1.0:
            return -_log(1.0 - self.random()) * beta
        return (self._gamma_above_1(alpha) if alpha > 1.0 else self._gamma_below_1(alpha)) * beta

    def _gamma_above_1(self, alpha):
        """R. C. H. Cheng, 1977."""
        root = _sqrt(2.0 * alpha - 1.0)
        while True:
            u = self.random()
            if 1e-7 < u < 0.9999999:
                product = u * u * (1.0 - self.random())
                v = _log(u / (1.0 - u)) / root
                x = alpha * _exp(v)
                rest = (alpha - LOG4) + (alpha + root) * v - x
                if rest + SG_MAGICCONST - 4.5 * product >= 0.0 or rest >= _log(product):
                    return x

    def _gamma_below_1(self, alpha):
        """Algorithm GS of J. H. Ahrens and U. Dieter, 1974."""
        border = (_e + alpha) / _e
        while True:
            p = border * self.random()
            if p <= 1.0:
                x = p ** (1.0 / alpha)
                if self.random() <= _exp(-x):
                    return x
            else:
                x = -_log((border - p) / alpha)
                if self.random() <= x ** (alpha - 1.0):
                    return x

    def betavariate(self, alpha, beta):
        one = self.gammavariate(alpha, 1.0)
        return one / (one + self.gammavariate(beta, 1.0)) if one else 0.0

    def paretovariate(self, alpha):
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        return alpha * (-_log(1.0 - self.random())) ** (1.0 / beta)


class SystemRandom(Random):
    """What the operating system gives. There is no state."""

    def random(self):
        return (self.getrandbits(56) >> 3) * RECIP_BPF

    def getrandbits(self, k):
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        count = (k + 7) // 8
        return int.from_bytes(self.randbytes(count), "big") >> (count * 8 - k)

    def randbytes(self, n):
        from os import urandom
        return urandom(n)

    def seed(self, *args, **kwds):
        """Does nothing."""

    def _notimplemented(self, *args, **kwds):
        raise NotImplementedError("System entropy source does not have state.")

    getstate = setstate = _notimplemented


_inst = Random()
globals().update((_name, getattr(_inst, _name)) for _name in __all__[2:])
