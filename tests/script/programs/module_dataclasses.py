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
