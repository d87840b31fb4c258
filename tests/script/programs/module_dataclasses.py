"""The module dataclasses."""
import dataclasses
from dataclasses import *
from module_support import told


@dataclass
class Point:
    x: int
    y: int = 5


print(Point(1), Point(1, 2) == Point(1, 2), Point(1) == Point(2), Point(1) != (1, 5), Point.__doc__, Point.__match_args__)
told(Point)
told(Point, 1, 2, 3)
told(hash, Point(1))


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0
    notes: list = field(default_factory=list, compare=False, repr=False)


print(Version(1) < Version(1, 2), Version(2) > Version(1, 9), sorted([Version(3), Version(1)]),
      hash(Version(1)) == hash(Version(1)))
told(setattr, Version(1), "major", 5)
told(delattr, Version(1), "major")
told(lambda: Version(1) < 5)
print(Version(1).notes is Version(1).notes)
try:
    @dataclass
    class Mutable:
        items: list = []
except ValueError as error:
    print(error)
try:
    @dataclass
    class Order:
        a: int = 1
        b: int
except TypeError as error:
    print(error)


@dataclass
class Base:
    a: int
    b: str = "b"


@dataclass
class Derived(Base):
    c: float = 1.5
    a: int = 10


print(Derived(), [f.name for f in fields(Derived)], Derived(1, "x", 2.0))


@dataclass
class Post:
    width: int
    scale: InitVar[int] = 2
    area: int = field(init=False)

    def __post_init__(self, scale):
        self.area = self.width * scale


print(Post(3), Post(3, 5).area, [f.name for f in fields(Post)])


@dataclass
class Named:
    a: int
    _: KW_ONLY
    b: int = 2
    c: int = field(default=3, kw_only=True)


print(Named(1, b=5), Named.__match_args__)
told(Named, 1, 2)


@dataclass(kw_only=True)
class Keywords:
    a: int
    b: int = 0


print(Keywords(b=1, a=2))
told(Keywords, 1)


@dataclass(slots=True)
class Slotted:
    a: int
    b: int = 2


print(Slotted(1), Slotted.__slots__, hasattr(Slotted(1), "__dict__"))
told(setattr, Slotted(1), "z", 1)


@dataclass(slots=True, frozen=True)
class Both:
    a: int


import copy
print(copy.copy(Both(1)), copy.deepcopy(Point(1)))


@dataclass
class Tree:
    value: int
    children: list["Tree"] = field(default_factory=list)
    table: dict = field(default_factory=dict)


tree = Tree(1, [Tree(2), Tree(3, [Tree(4)])], {"k": Tree(5)})
print(asdict(tree), astuple(tree))
told(asdict, 5)
told(asdict, Tree)
print(replace(Point(1, 2), y=9), is_dataclass(Point), is_dataclass(Point(1)), is_dataclass(5))
told(replace, Post(1), area=5)
told(fields, 5)
Made = make_dataclass("Made", [("x", int), ("y", int, 5), "z"][:2], namespace={"sum": lambda self: self.x + self.y})
print(Made(1), Made(1).sum(), Made.__name__)
told(make_dataclass, "Bad", ["1x"])
told(make_dataclass, "Bad", ["x", "x"])


@dataclass(eq=False)
class Identity:
    a: int


one = Identity(1)
print(one == one, one == Identity(1), hash(one) == hash(one))


@dataclass(unsafe_hash=True)
class Hashed:
    a: int
    b: int = field(hash=False, default=0)


print(hash(Hashed(1, 2)) == hash(Hashed(1, 3)), hash(Hashed(1)) == hash((1,)))


@dataclass(repr=False)
class Silent:
    a: int

    def __repr__(self):
        return "own"


print(Silent(1), field(default=1).default, MISSING is field().default, FrozenInstanceError.__mro__[1])
told(field, default=1, default_factory=list)


@dataclass
class Recursive:
    me: object = None


loop = Recursive()
loop.me = loop
print(loop)
match Point(1, 2):
    case Point(x, y=2):
        print("matched", x)
f = fields(Version)[2]
print(f.name, f.type, f.default is MISSING, f.default_factory, f.repr, f.compare, f.metadata, f.kw_only)
print(Version.__dataclass_params__, Point.__init__.__annotations__, Point.__init__.__qualname__)
try:
    @dataclass
    class Thaw(Version):
        pass
except TypeError as error:
    print(error)
try:
    @dataclass(order=True)
    class Clash:
        a: int

        def __lt__(self, other):
            return True
except TypeError as error:
    print(error)


# ---- What fields say, what is refused, slots, and copies with changes ----

import copy
import dataclasses
import pickle
import types


def attempt(action):
    """Prints what an action gives, or its error."""
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


print(dataclasses.field(default=1, default_factory=dataclasses.MISSING, kw_only=True, metadata={"a": 1}).metadata,
      dataclasses.MISSING.__class__.__name__, dataclasses.KW_ONLY.__class__)
attempt(lambda: dataclasses.field(default=1, default_factory=list))


class Told:
    """A default that is told its name."""

    def __set_name__(self, owner, name):
        self.named = owner.__name__, name


@dataclasses.dataclass
class Base:
    """Has all sorts of fields."""
    one: int
    two: str = "2"
    listed: list = dataclasses.field(default_factory=list, compare=False)
    hidden: float = dataclasses.field(default=0.5, repr=False, hash=False)
    late: object = dataclasses.field(init=False, default=None)
    told: object = dataclasses.field(default=Told())
    given: dataclasses.InitVar[int] = 7
    _: dataclasses.KW_ONLY
    named: int = 5

    def __post_init__(self, given):
        self.late = given


@dataclasses.dataclass(order=True, frozen=True, slots=True)
class Small:
    """Is frozen and has slots."""
    a: int
    b: tuple = ()


base = Base(1, named=6, told=None)
print(base, base == Base(1, told=None, named=6, listed=[1]), [f.name for f in dataclasses.fields(Base)], Base.__match_args__,
      Base.told.named, dataclasses.asdict(base), dataclasses.astuple(base), Base.__dataclass_params__, Base.__hash__)
print(repr(dataclasses.fields(Base)[2:4]).replace(repr(dataclasses.MISSING), "MISSING"))
small = Small(1, (2,))
print(small, small < Small(2), hash(small) == hash(Small(1, (2,))), Small.__slots__,
      pickle.loads(pickle.dumps(small)) == small,
      copy.copy(small), dataclasses.replace(small, a=5), dataclasses.is_dataclass(Small), dataclasses.is_dataclass(small))
for action in (lambda: setattr(small, "a", 2), lambda: delattr(small, "a"), lambda: setattr(small, "c", 2),
               lambda: small < 5,
               lambda: Base(), lambda: Base(1, 2, 3, 4, 5, 6, 7),
               lambda: dataclasses.replace(base, two="3", given=1, told=0),
               lambda: dataclasses.replace(base, late=1), lambda: dataclasses.replace(base, unknown=1),
               lambda: dataclasses.replace(5), lambda: dataclasses.replace(Base), lambda: dataclasses.fields(5),
               lambda: dataclasses.fields(object), lambda: dataclasses.asdict(Base), lambda: dataclasses.astuple(5),
               lambda: dataclasses.make_dataclass("M", ["a", ("b", int), ("c", int, 5)])(1, 2),
               lambda: dataclasses.make_dataclass("M", [("a", int)], bases=(Told,), namespace={"f": lambda self: 5})(1).f(),
               lambda: dataclasses.make_dataclass("M", [()]), lambda: dataclasses.make_dataclass("M", [5]),
               lambda: dataclasses.make_dataclass("M", ["a", "a"]), lambda: dataclasses.make_dataclass("M", ["class"]),
               lambda: dataclasses.make_dataclass("M", [(5, int)]), lambda: dataclasses.make_dataclass("M", ["1a"]),
               lambda: dataclasses.make_dataclass("M", [("a", int, 1), "b"]),
               lambda: dataclasses.make_dataclass("M", [("a", list, [])]),
               lambda: dataclasses.make_dataclass("M", [("a", int)], order=True, eq=False),
               lambda: dataclasses.make_dataclass("M", [("a", int)], weakref_slot=True),
               lambda: dataclasses.make_dataclass("M", [("a", int)], bases=(Small,)),
               lambda: dataclasses.make_dataclass("M", [("c", int)], bases=(Base,), frozen=True),
               lambda: dataclasses.make_dataclass("M", [("a", int)], namespace={"__lt__": 1}, order=True),
               lambda: dataclasses.make_dataclass("M", [("a", int)], namespace={"__setattr__": 1}, frozen=True),
               lambda: dataclasses.make_dataclass("M", [("a", int)], namespace={"__hash__": len}, unsafe_hash=True),
               lambda: dataclasses.make_dataclass("M", [("a", int)], namespace={"__slots__": ()}, slots=True),
               lambda: dataclasses.make_dataclass("M", [("a", dataclasses.InitVar[int])])(5),
               lambda: dataclasses.make_dataclass("M", [("a", dataclasses.InitVar[int])],
                                                  namespace={"__post_init__": print})(5),
               lambda: dataclasses.make_dataclass("M",
                                                  [("a", dataclasses.InitVar, dataclasses.field(default_factory=list))]),
               lambda: dataclasses.make_dataclass("M", [("x", dataclasses.KW_ONLY), ("a", int), ("y", dataclasses.KW_ONLY)]),
               lambda: dataclasses.make_dataclass("M", [("x", dataclasses.KW_ONLY), ("a", int)])(a=1),
               lambda: dataclasses.make_dataclass("M", [("a", int)], kw_only=True)(1),
               lambda: dataclasses.make_dataclass("M", [("a", int)], namespace={"b": dataclasses.field()}),
               lambda: dataclasses.make_dataclass("M", [("a", int, dataclasses.field())])(3).a,
               lambda: dataclasses.make_dataclass("M", [("a", int)], slots=True, weakref_slot=True).__slots__,
               lambda: dataclasses.make_dataclass("M", [("a", int), ("d", int)], bases=(Small,), frozen=True,
                                                  slots=True).__slots__,
               lambda: dataclasses.make_dataclass("M", [("a", int, 5)]).__doc__):
    attempt(action)
for eq, frozen, unsafe_hash, body in [(eq, frozen, unsafe_hash, body) for eq in (True, False) for frozen in (True, False)
                                      for unsafe_hash in (True, False) for body in ({}, {"__hash__": lambda self: 7},
                                                                                   {"__eq__": lambda self, other: True})]:
    def hashed():
        made = dataclasses.make_dataclass("M", [("a", int)], namespace=dict(body), eq=eq, frozen=frozen,
                                          unsafe_hash=unsafe_hash)
        return made.__hash__ and (hash(made(1)) == 7 or hash(made(1)) == hash((1,)))
    attempt(hashed)
