"""The module enum."""
import enum
from enum import *
from module_support import told


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

    def describe(self):
        return f"{self.name} is {self.value}"

    @classmethod
    def first(cls):
        return cls.RED


print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color["BLUE"], Color.CRIMSON is Color.RED)
print(list(Color), len(Color), Color.RED in Color, Color.RED.describe(), Color.first(), Color, type(Color.RED))
print(Color.__members__, [name for name in reversed(Color)], hash(Color.RED) == hash("RED"), bool(Color))
print(Color.RED == Color.RED, Color.RED == 1, Color.RED is Color(1), isinstance(Color.RED, Color), f"{Color.RED}",
      f"{Color.RED:>12}")
told(Color, 5)
told(lambda: Color["NONE"])
told(lambda: Color.RED < Color.BLUE)
told(setattr, Color, "RED", 5)
told(delattr, Color, "RED")
try:
    class Extended(Color):
        BLACK = 0
except TypeError as error:
    print(error)
try:
    class Twice(Enum):
        A = 1
        A = 2
except TypeError as error:
    print(error)


class Auto(Enum):
    A = auto()
    B = auto()
    C = 10
    D = auto()


print([each.value for each in Auto])


class Named(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower() + str(count)

    X = auto()
    Y = auto()


print([each.value for each in Named])


class Number(IntEnum):
    ONE = 1
    TWO = 2


print(Number.ONE, repr(Number.ONE), Number.ONE + 1, Number.TWO > Number.ONE, Number(2), f"{Number.ONE}",
      [10, 20][Number.ONE], Number.ONE == 1)


class Word(StrEnum):
    HELLO = "hello"
    World = auto()


print(Word.HELLO, repr(Word.HELLO), Word.World, Word.HELLO.upper(), Word("hello"), "-".join(Word))
try:
    class Wrong(StrEnum):
        A = 1
except TypeError as error:
    print(error)


class Perm(Flag):
    R = 4
    W = 2
    X = 1
    RWX = 7


print(Perm.R | Perm.W, repr(Perm.R | Perm.W), Perm.RWX, Perm.R & Perm.W, repr(Perm(0)), ~Perm.R, Perm.R in Perm.RWX,
      bool(Perm(0)))
print(list(Perm.RWX), list(Perm), len(Perm.RWX), Perm.R ^ Perm.RWX, Perm(5), Perm.RWX.value)


class Bits(IntFlag):
    A = auto()
    B = auto()
    C = auto()


print(Bits.A | Bits.C, repr(Bits.A | Bits.C), Bits.A + 1, Bits(9), repr(Bits(9)), repr(~Bits.A), Bits.A | 8, list(Bits),
      [each.value for each in Bits])


class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def ratio(self):
        return round(self.mass / self.radius, 2)


print(Planet.EARTH.mass, Planet.MARS.ratio, Planet.EARTH.value, Planet((0.64, 3.39)))


class Coordinate(bytes, Enum):
    def __new__(cls, value, label):
        self = bytes.__new__(cls, [value])
        self._value_ = value
        self.label = label
        return self

    PX = (0, "P.X")
    PY = (1, "P.Y")


print(Coordinate.PX.label, Coordinate.PY.value, Coordinate(1), Coordinate.PY == b"\x01")


class Missing(Enum):
    A = 1

    @classmethod
    def _missing_(cls, value):
        return cls.A if value == "a" else None


print(Missing("a"))
told(Missing, "b")
Animal = Enum("Animal", "ANT BEE CAT")
print(list(Animal), Animal.BEE.value, Animal.__module__)
print(list(Enum("Pairs", [("A", 5), ("B", 6)])), list(IntEnum("Ints", {"X": 7})), list(Enum("Start", ["a", "b"], start=5)))
told(unique, Color)
print(unique(Auto))


@verify(UNIQUE, CONTINUOUS)
class Checked(Enum):
    A = 1
    B = 2


told(verify(CONTINUOUS), Auto)


class Ignoring(Enum):
    _ignore_ = ["helper"]
    helper = 5
    A = helper + 1


print(list(Ignoring), hasattr(Ignoring, "helper"))


class WithMembers(Enum):
    A = member(lambda: 1)
    B = nonmember(5)

    def method(self):
        return "method"


print(WithMembers.A.value(), WithMembers.B, WithMembers.A.method())


class Strict(Flag, boundary=CONFORM):
    A = 1
    B = 2


print(Strict(7), FlagBoundary.KEEP)


class Ordered(Enum):
    _order_ = "A B"
    A = 1
    B = 2


try:
    class Disordered(Enum):
        _order_ = "B A"
        A = 1
        B = 2
except TypeError as error:
    print(error)
import copy
print(copy.copy(Color.RED) is Color.RED, copy.deepcopy(Color.RED) is Color.RED, {Color.RED: 1}[Color.RED],
      dir(Color.RED)[-2:])
match Color.GREEN:
    case Color.RED:
        print("red")
    case Color.GREEN:
        print("green")


# ---- What stands in class bodies, names given to a call, and what is refused ----

import copy
import enum
import pickle
import warnings

warnings.simplefilter("ignore")  # CPython announces what 3.12 and 3.13 do


def attempt(action):
    """Prints what an action gives, or its error."""
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


class Mixed(enum.Enum):
    """Has values of all kinds."""
    _ignore_ = ["place", "other"]
    for place in range(2):
        vars()[f"M{place}"] = place
    kept = enum.nonmember(5)
    forced = enum.member(len)
    SECOND = M0
    LISTED = [1]
    PAIR = (enum.auto(), "text")

    def method(self):
        return self.name

    @enum.property
    def shown(self):
        return f"<{self.name}>"


print([*Mixed], [*reversed(Mixed)], Mixed.kept, Mixed.forced.value is len, Mixed.SECOND, Mixed([1]), Mixed.PAIR.value,
      Mixed.M0.method(), Mixed.M1.shown, [*Mixed.__members__], len(Mixed), Mixed.M0 in Mixed, hasattr(Mixed, "place"))
for action in (lambda: Mixed(99), lambda: Mixed([2]), lambda: Mixed["none"], lambda: Mixed.none, lambda: Mixed.shown,
               lambda: setattr(Mixed, "M0", 1), lambda: delattr(Mixed, "M0"), lambda: setattr(Mixed.M0, "name", 1),
               lambda: delattr(Mixed.M0, "value"), lambda: 0 in Mixed, lambda: Mixed.M0.M1, lambda: Mixed(Mixed.M1),
               lambda: copy.copy(Mixed.M0) is Mixed.M0, lambda: copy.deepcopy(Mixed.M0) is Mixed.M0,
               lambda: pickle.loads(pickle.dumps(Mixed.M1)) is Mixed.M1, lambda: format(Mixed.M0, ">12"),
               lambda: hash(Mixed.M0),
               lambda: bool(Mixed), lambda: Mixed.M0 == 0, lambda: [*enum.FlagBoundary],
               lambda: [(each.name, each.value) for each in enum.EnumCheck]):
    if "hash" not in action.__code__.co_names:
        attempt(action)
for names in ("A B", "A, B", ["A", "B"], [("A", 5), ("B", 6)], {"A": 7}, (), "", "A A", [1], ["_a_"], "mro"):
    for kwds in ({}, {"start": 3}, {"type": int, "qualname": "Q.made", "module": "elsewhere"}):
        attempt(lambda: [(each.name, each.value, type(each).__module__, type(each).__qualname__)
                         for each in enum.Enum("Made", names, **kwds)])
for values in ([enum.auto(), 5, enum.auto()], ["x", enum.auto(), enum.auto()], [3, "x", enum.auto()],
               [enum.auto(), enum.auto()]):
    attempt(lambda: [each.value for each in enum.Enum("Auto", [(f"N{i}", value) for i, value in enumerate(values)])])
for values in [("a",), (5,), (b"a", "utf-8"), (b"a", 5), (b"a", "utf-8", 5), (b"a", "ascii", "strict"), ("a", "b", "c", "d"),
               (5, 5), ()]:
    attempt(lambda: str(enum.StrEnum("Texts", {"A": values}).A))
for body in ({"_unknown_": 1}, {"A": 1, "_generate_next_value_": len}, {"mro": 1}, {"_order_": "B A", "A": 1, "B": 2},
             {"_order_": "A B", "A": 1, "B": 2}, {"A": 1, "_ignore_": "A"}):
    def made():
        names = enum.EnumType.__prepare__("Body", (enum.Enum,))
        for name, value in body.items():
            names[name] = value
        return [*enum.EnumType("Body", (enum.Enum,), names)]
    attempt(made)


class Bits(enum.Flag):
    """Flags with gaps."""
    ONE = enum.auto()
    TWO = enum.auto()
    EIGHT = 8
    NEXT = enum.auto()
    BOTH = ONE | TWO


print([*Bits], Bits.NEXT.value, ~Bits.ONE, Bits.ONE | Bits.EIGHT, Bits.BOTH & Bits.TWO, Bits.BOTH ^ Bits.ONE, [*Bits(27)],
      len(Bits.BOTH), Bits.ONE in Bits.BOTH, bool(Bits(0)), Bits(0), [*enum.show_flag_values(11)])
for action in (lambda: Bits("a"), lambda: Bits.ONE | 5, lambda: 1 in Bits.ONE):
    attempt(action)
for boundary in enum.FlagBoundary:
    kind = enum.Flag("Bounded", {"A": 1, "C": 4}, boundary=boundary)
    for value in (5, 7, 8, -1, -2):
        attempt(lambda: kind(value))
print(enum.IntFlag("Numbers", "A B")(7), enum.IntFlag("Numbers", "A B").A + 5, enum.IntEnum("Number", "A B").B + 1)
