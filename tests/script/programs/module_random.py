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
