"""The module random: the same numbers by seed."""
import random
from module_support import told

random.seed(42)
print([random.random() for _ in range(3)], random.getrandbits(10), random.getrandbits(64), random.getrandbits(100))
print(random.randrange(10), random.randrange(5, 10), random.randrange(0, 100, 7), random.randrange(10, 0, -3))
print(random.randint(1, 6), [random.randint(-10, 10) for _ in range(5)], random.randrange(10**30))
print(random.choice("abcdef"), random.choice([1, 2, 3]), random.choices("abc", k=5), random.choices("abc", [1, 2, 3], k=4))
print(random.choices(range(3), cum_weights=[1, 1, 5], k=4))
items = list(range(10))
random.shuffle(items)
print(items, random.sample(range(100), 5), random.sample("abcdef", 3), random.sample(range(10**6), 4))
print(random.sample(["a", "b"], counts=[3, 2], k=4))
for name, arguments in [("uniform", (1, 5)), ("triangular", (0, 10, 3)), ("gauss", (0, 1)), ("gauss", (5, 2)),
                        ("betavariate", (2, 3)),
                        ("expovariate", (1.5,)), ("gammavariate", (2, 1)), ("gammavariate", (0.5, 1)),
                        ("gammavariate", (1, 1)),
                        ("normalvariate", (0, 1)), ("lognormvariate", (0, 1)), ("vonmisesvariate", (0, 4)),
                        ("paretovariate", (3,)),
                        ("weibullvariate", (1, 2)), ("triangular", ()), ("gauss", ()), ("normalvariate", ())]:
    print(name, format(getattr(random, name)(*arguments), ".12g"))
print(random.randbytes(7))
for seed in ["text", b"bytes", 1.5, -5, 2**100, 0, None, True, "", "é" * 200]:
    random.seed(seed)
    if seed is not None:
        print(repr(seed)[:10], random.random())
random.seed("old", version=1)
print(random.random())
told(random.seed, [])
state = random.getstate()
first = random.random()
random.setstate(state)
print(first == random.random(), len(state[1]), state[0], state[2])
told(random.setstate, (1, 2, 3))
own = random.Random(7)
other = random.Random(7)
print(own.random() == other.random(), own.randint(1, 100))
for call in [(random.randrange, 0), (random.randrange, 5, 5), (random.randrange, 1, 10, 0), (random.randint, 3, 1),
             (random.choice, []),
             (random.sample, [1], 2), (random.sample, {1}, 1), (random.choices, "ab", [1]), (random.choices, "ab", [0, 0]),
             (random.getrandbits, -1)]:
    told(*call)


class Fixed(random.Random):
    def random(self):
        return 0.25


print(Fixed(1).uniform(0, 8), isinstance(random.SystemRandom().random(), float), 0 <= random.SystemRandom().randrange(5) < 5)

# ---- Each method by seed, many times ----

DISTRIBUTIONS = [("uniform", (-3, 5.5)), ("triangular", (5, 5, 5)), ("triangular", (1, 9)), ("triangular", (0, 10, 0)),
                 ("triangular", (10, 0, 2)), ("gauss", (1, 3)), ("normalvariate", (-1, 0.5)),
                 ("lognormvariate", (0.5, 0.25)),
                 ("expovariate", (0.2,)), ("expovariate", (-2.0,)), ("vonmisesvariate", (1.0, 0.5)),
                 ("vonmisesvariate", (0, 1e-7)), ("vonmisesvariate", (3, 20)), ("gammavariate", (0.2, 2)),
                 ("gammavariate", (1.0, 3)), ("gammavariate", (1.5, 0.5)), ("gammavariate", (30, 1)),
                 ("betavariate", (0.5, 0.5)),
                 ("betavariate", (4, 1)), ("paretovariate", (0.7,)), ("weibullvariate", (2, 0.5)), ("randint", (-5, 5)),
                 ("randrange", (1, 100, 7)), ("randrange", (100, 1, -7)), ("randrange", (-10, -100, -1)),
                 ("randrange", (2**70,)),
                 ("choice", ("abc",)), ("choices", ("abc", (1, 0, 3))), ("sample", (range(9), 4)),
                 ("sample", (range(100), 30)),
                 ("sample", (range(10**5), 10)), ("sample", ("abc", 0)), ("sample", (range(50), 50)), ("randbytes", (3,)),
                 ("getrandbits", (77,))]
for name, arguments in DISTRIBUTIONS:
    for seed in (1, "two"):
        source = random.Random(seed)
        values = [getattr(source, name)(*arguments) for _ in range(60)]
        print(name, arguments, values[:2], hash(tuple(map(str, values))) == hash(tuple(map(str, values))), values[-1])
for k in (0, 1, 5, 6, 7, 20, 21):
    source = random.Random(k)
    print(source.sample(range(22), k), source.sample(range(200), k), source.choices("xyz", k=k))
source = random.Random(5)
print(source.choices([1, 2], weights=(0.5, 2), k=3), source.choices([1, 2], cum_weights=[1, 2], k=3),
      source.sample("ab", k=3, counts=(2, 2)), source.choices("a", k=0), source.choices("ab", [1, 1], k=2))


def told_with_warnings(action):
    """Prints what an action gives, or its error, and its warnings."""
    import warnings
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)
    for warning in given:
        print("  ", warning.category.__name__, warning.message)


for arguments in [(1.5,), (2.0,), (1, 2.5), (1, 5, 1.5), (1, 5.0), ("a",), (1, "b"), (0,), (-1,), (1, 1), (1, 10, 0),
                  (10, 1),
                  (1, None, 2), (1, 10, -1), (None,), (1, 10, 2.0), (5, None, 1), (True,), (0, 10, 20), (10, 0, -20),
                  (1, 2, "x")]:
    told_with_warnings(lambda: random.Random(3).randrange(*arguments))
source = random.Random(8)
for action in (lambda: source.choices("ab", [1, 2], cum_weights=[1, 2]), lambda: source.choices("ab", 5),
               lambda: source.choices("ab", None, 5),
               lambda: source.choices("ab", object()), lambda: source.choices([], k=1), lambda: source.choices([]),
               lambda: source.choices("ab", [1, float("inf")]), lambda: source.choices("ab", [-1, -1]),
               lambda: source.choices(5),
               lambda: source.choices([], []), lambda: source.choice({1}), lambda: source.choice(5),
               lambda: source.choice({}),
               lambda: source.sample([1, 2], -1), lambda: source.sample([1], 2), lambda: source.sample({1: 2}, 1),
               lambda: source.sample("ab", 1, counts=[1]), lambda: source.sample("ab", 1, counts=[1, 0.5]),
               lambda: source.sample("ab", 1, counts=[0, 0]), lambda: source.sample("ab", 9, counts=[1, 1]),
               lambda: source.sample("ab", 1.5), lambda: source.shuffle("ab"), lambda: source.shuffle((1, 2)),
               lambda: source.shuffle([]), lambda: source.gammavariate(0, 1), lambda: source.gammavariate(1, -1),
               lambda: source.expovariate(0), lambda: source.triangular(1, 1, 2), lambda: source.randbytes(-1),
               lambda: source.randbytes(0), lambda: source.uniform("a", 1), lambda: source.seed({}), lambda: source.seed(1j),
               lambda: source.setstate((1, (), None)), lambda: source.setstate((3, (), None)),
               lambda: source.setstate((3, 1)),
               lambda: source.setstate(()), lambda: source.setstate(None), lambda: random.SystemRandom().getstate(),
               lambda: random.SystemRandom().setstate(1), lambda: random.SystemRandom().seed(1),
               lambda: random.SystemRandom().getrandbits(-1), lambda: len(random.SystemRandom().randbytes(5)),
               lambda: random.SystemRandom().getrandbits(0), lambda: random.Random(1, 2),
               lambda: random.Random(x=1).random()):
    told_with_warnings(action)
for seed in ("", "abc", b"abc", b"", "\xff\x80", 5, 1.5, None):
    source.seed(seed, version=1)
    print(seed is None or source.random())
for seed in (b"", bytearray(b"abc"), b"abc", "abc", -0.0, 0.0, 1e300, -7, 7, False):
    source.seed(seed, 2)
    print(source.random(), source.gauss_next)
source.gauss()
saved = source.getstate()
print(source.gauss(), source.random())
source.setstate(saved)
print(source.gauss(), source.random(), saved[0], len(saved[1]), saved[2])
source.setstate((2, tuple(word if word < 2**31 else word - 2**32 for word in saved[1]), saved[2]))
print(source.gauss(), source.random())


class Halves(random.Random):
    """Has random() only."""

    def __init__(self):
        self.parts = [0.5, 0.9999999999999999, 0.1, 0.25, 0.75, 0.3]
        super().__init__()

    def random(self):
        self.parts.append(self.parts.pop(0))
        return self.parts[-1]


class Bits(random.Random):
    """Has getrandbits() only."""

    def getrandbits(self, k):
        return 1 % (1 << k)


class Both(Halves, Bits):
    """Has both."""


class Below(Halves):
    """Has neither."""

    def _randbelow(self, n):
        return n - 1


for kind in (Halves, Bits, Both, Below):
    source = kind()
    print(kind.__name__, source._randbelow.__name__)
    told_with_warnings(lambda: [source.randrange(10), source.randint(1, 6), source.choice("abc"),
                                source.sample(range(5), 3)])
told_with_warnings(lambda: Halves().randrange(2**60))
import copy
import pickle
source = random.Random(4)
source.gauss()
print(pickle.loads(pickle.dumps(source)).gauss() == copy.copy(source).gauss() == copy.deepcopy(source).gauss())
print(random.random.__self__ is random.randrange.__self__, sorted(random.__all__), random.Random.VERSION, random.TWOPI,
      random.NV_MAGICCONST, random.LOG4, random.SG_MAGICCONST, random.BPF, random.RECIP_BPF)
