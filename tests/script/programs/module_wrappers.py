"""The module collections: each method of its classes, with errors; the wrappers of dict, list and str."""
import copy
import operator
import pickle
from collections import *
from module_support import attempt, told

# ---- OrderedDict ----

od = OrderedDict({"a": 1}, b=2)
print(od.keys(), od.values(), od.items(), len(od.keys()), OrderedDict().keys(), OrderedDict().items())
print([*reversed(od.keys())], [*reversed(od.values())], [*reversed(od.items())], "a" in od.keys(), ("b", 2) in od.items(),
      2 in od.values(), od.keys() & {"a", "z"}, od.keys() == {"b", "a"}, od.items() - {("a", 1)}, sorted(od.keys() | "c"))
attempt("pop", lambda: od.pop("zz"))
attempt("pop default", lambda: od.pop("zz", default=7))
attempt("pop unhashable", lambda: od.pop([], 1))
attempt("popitem", lambda: OrderedDict().popitem(last=False))
attempt("setdefault", lambda: [od.setdefault("a"), od.setdefault("n"), od.setdefault("m", default=4)])
attempt("move", lambda: od.move_to_end("zz", last=False))
od.move_to_end("n", last=False)
od.move_to_end("a")
print(od, od.copy() == od, copy.copy(od), copy.deepcopy(od), pickle.loads(pickle.dumps(od)), od.__reduce__()[:4])
print(od | {"x": 1}, {"x": 1} | od, type({"x": 1} | od).__name__, od.__or__([]), od.__ror__(5), od != {"a": 1}, od.__eq__(5),
      od.__ne__(5), OrderedDict(a=1) == OrderedDict(a=1), OrderedDict(a=1) != OrderedDict(a=2))
od |= [("p", "q")]
od.update([("r", "s")], t="u")
print(od, OrderedDict.fromkeys("ab"), OrderedDict([("self", 1)], other=2))
attempt("update", lambda: od.update(5))
od.clear()
od["itself"] = od
print(od, len(od), bool(OrderedDict()))
od["values"] = od.values()
print(od, od.values())


class Shouting(OrderedDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)

    def __missing__(self, key):
        return "missing " + key


loud = Shouting(a=1)
loud.update(b=2)
loud.mark = "kept"
print(loud, loud.setdefault("c", 3), loud["zz"], loud.copy(), Shouting.fromkeys("xy", 0), copy.copy(loud).mark,
      loud | {"d": 4},
      loud.pop("A"), loud)

# ---- namedtuple ----

Point = namedtuple("Point", ["x", "y", "z"], defaults=iter((2, 3)))
print(Point(1), Point._field_defaults, Point.__new__.__defaults__, Point.__doc__, Point.__new__.__qualname__,
      Point._replace.__qualname__, Point.__module__, Point.__slots__, Point.y.__doc__,
      Point.__getnewargs__(Point(1)), copy.copy(Point(1)), Point(z=1, x=2), hasattr(Point(1), "__dict__"))
attempt("missing", lambda: Point())
attempt("unknown", lambda: Point(1, w=2))
attempt("make", lambda: Point._make("ab"))
attempt("replace", lambda: Point(1)._replace(q=1, r=2))
attempt("set", lambda: setattr(Point(1), "y", 2))
attempt("delete", lambda: delattr(Point(1), "y"))
attempt("names", lambda: namedtuple("P", "x,y , z")._fields)
for names in ("a a", "def", "_a", "1", "a-b", "a _b", ["a", 5], ["", "b"]):
    attempt(names, lambda: namedtuple("P", names)._fields)
    attempt(names, lambda: namedtuple("P", names, rename=True)._fields)
attempt("type name", lambda: namedtuple("class", "a"))
attempt("type name", lambda: namedtuple(5, "a"))
attempt("defaults", lambda: namedtuple("P", "a", defaults=(1, 2)))
attempt("no defaults",
        lambda: (namedtuple("P", "a", defaults=()).__new__.__defaults__, namedtuple("P", "a").__new__.__defaults__))
attempt("module", lambda: namedtuple("P", "a", module="elsewhere").__module__)
attempt("position", lambda: namedtuple("P", "a", True))
Wide = namedtuple("Wide", [f"n{i}" for i in range(300)])
print(Wide(*range(300)).n299, len(Wide._fields), namedtuple("One", "a")(1), namedtuple("None_", ())())


class Child(Point):
    """Has a dict."""


print(Child(1), Child(1)._replace(y=0), type(Child(1)._replace(y=0)).__name__, Child(1)._asdict(), Child._make("abc"))

# ---- Counter ----

c = Counter("hello", l=5)
print(c, c.most_common(), c.most_common(1), c.most_common(0), c.total(), [*c.elements()], c["none"], c.copy(), +c, -c)
for action in (lambda: c.update("ho", z=2), lambda: c.update({"h": -9}), lambda: c.update(), lambda: c.update(None, q=1),
               lambda: c.subtract("hh"), lambda: c.subtract({"l": 9}, z=1), lambda: c.subtract(), lambda: c.update(5),
               lambda: c.subtract(5), lambda: c.update({}, {}), lambda: c.update([[]]), lambda: Counter([1], [2]),
               lambda: hash(c), lambda: Counter.fromkeys("a"), lambda: c.pop("none"), lambda: c.__delitem__("none"),
               lambda: c.__delitem__([])):
    attempt("counter", action)
    print(dict(c))
a, b = Counter(x=3, y=1, n=-2), Counter(x=1, y=2, z=-1)
for sign in (operator.add, operator.sub, operator.or_, operator.and_, operator.eq, operator.ne, operator.lt, operator.le,
             operator.gt, operator.ge, operator.iadd, operator.isub, operator.ior, operator.iand):
    attempt(sign.__name__, lambda: sign(a.copy(), b))
    attempt(sign.__name__ + " itself", lambda: sign(a.copy(), a))
    attempt(sign.__name__ + " dict", lambda: sign(a.copy(), {"x": 9, "y": 0, "n": 1}))
    attempt(sign.__name__ + " list", lambda: sign(a.copy(), ["x"]))
print(Counter(a=1, b="x"), Counter(a=0) == Counter(), Counter(a=-1) <= Counter(), pickle.loads(pickle.dumps(c)) == c,
      copy.deepcopy(c) == c, repr(Counter({1: 2.5, 2: None})), list(Counter("abcab").most_common(2)))


class Cased(Counter, OrderedDict):
    def __missing__(self, key):
        return 10


print(Cased("ba"), Cased("ba").copy(), Cased(), Cased("b") + Cased("c"))

# ---- ChainMap ----

first, second = {"a": 1}, defaultdict(list, {"b": 2})
chain = ChainMap(first, second)
print(chain, [*chain], len(chain), chain["b"], chain["new"], second, "zz" in chain, chain.get("zz"), chain.get("zz", 5),
      bool(ChainMap({}, {})), bool(chain), chain == {"a": 1, "b": 2, "new": []}, sorted(chain.items(), key=str))
child = chain.new_child()
child["a"] = "hidden"
grown = chain.new_child({"m": 0}, k=1)
print(child, child.parents is not chain, child.parents == chain, grown, chain.new_child(k=1).maps[0], ChainMap().maps,
      ChainMap.fromkeys("ab", 1), ChainMap.fromkeys("ab"), chain.copy().maps[0] is first, chain.copy().maps[1] is second,
      copy.copy(chain).maps[1] is second, chain | {"q": 1}, {"q": 1} | chain, chain.__or__([]), chain.__ror__(5))
plain = ChainMap({"a": 1}, {"b": 2})
for action in (lambda: plain["z"], lambda: plain.pop("b"), lambda: plain.pop("b", 5), lambda: plain.pop("a"),
               lambda: plain.__delitem__("b"), lambda: plain.popitem(), lambda: plain.setdefault("s", 1),
               lambda: plain.popitem(), lambda: plain.update(b=3), lambda: plain.pop("b", 1, 2), lambda: plain[[]],
               lambda: plain.clear(), lambda: plain.__ior__({"i": 1}), lambda: plain.__ior__(5),
               lambda: plain.__delitem__("i")):
    attempt("chain", action)
    print(plain)
plain["itself"] = plain
print(plain)


class Missed(ChainMap):
    def __missing__(self, key):
        return f"no {key}"


print(Missed()["x"], Missed().get("x"), "x" in Missed(), Missed(a=1) if False else Missed({"a": 1}).new_child())

# ---- UserDict ----

for arguments in [(), ({"a": 1},), ([("a", 1)],), (UserDict(a=1),), (5,), (0,), ({}, {}), (None,)]:
    attempt("UserDict", lambda: UserDict(*arguments))
attempt("UserDict", lambda: UserDict(dict=1, self=2))
u = UserDict(a=1, b=2)
u.note = [1]
print(u, len(u), "a" in u, [*u], u["a"], u.get("z"), [*u.items()], u == {"a": 1, "b": 2}, u | {"c": 3}, {"c": 3} | u,
      u | UserDict(d=4), u.__or__([]), u.__ror__(5), type(u | {}).__name__, copy.copy(u).note is u.note,
      copy.copy(u).data is u.data, u.copy(), hasattr(u.copy(), "note"), UserDict.fromkeys("ab"), UserDict.fromkeys("a", 1))
for action in (lambda: u["zz"], lambda: u.__delitem__("zz"), lambda: u.pop("zz"), lambda: u.pop("a"), lambda: u.popitem(),
               lambda: u.popitem(), lambda: u.setdefault("k", []), lambda: u.__ior__({"o": 1}),
               lambda: u.__ior__(UserDict(p=1)),
               lambda: u.__ior__(5), lambda: u.update(5), lambda: u[[]], lambda: hash(u), lambda: u.clear()):
    attempt("wrapper", action)
    print(u)


class Counting(UserDict):
    def __missing__(self, key):
        self[key] = 0
        return 0

    def __setitem__(self, key, item):
        print("set", key)
        super().__setitem__(key, item)


counting = Counting(a=1)
counting.note = "kept"
print(counting["new"], counting.copy(), counting.copy().note, copy.copy(counting), Counting.fromkeys("x", 2))

# ---- UserList ----

for arguments in [(), ([1, 2],), ("ab",), (UserList([1]),), (5,), (None,), (range(3),)]:
    attempt("UserList", lambda: UserList(*arguments))
ul = UserList([3, 1, 2])
ul.note = [1]
for action in (lambda: ul.append(4), lambda: ul.insert(0, 5), lambda: ul.pop(), lambda: ul.pop(i=0), lambda: ul.pop(99),
               lambda: ul.remove(1), lambda: ul.remove(1), lambda: ul.count(2), lambda: ul.index(2), lambda: ul.index(2, 5),
               lambda: ul.extend(UserList("ab")), lambda: ul.extend("c"), lambda: ul.extend(5), lambda: ul.reverse(),
               lambda: ul.sort(key=str), lambda: ul.sort(reverse=True, key=str), lambda: ul.sort(str), lambda: ul[0],
               lambda: ul[1:], lambda: ul[9], lambda: ul["a"], lambda: ul.__setitem__(0, "set"),
               lambda: ul.__setitem__(slice(0, 2), "xyz"), lambda: ul.__delitem__(0), lambda: ul.__delitem__(slice(0, 1)),
               lambda: ul.__delitem__(9), lambda: ul + [1], lambda: [1] + ul, lambda: ul + UserList([1]), lambda: ul + (1,),
               lambda: "ab" + ul, lambda: ul + 5, lambda: ul * 2, lambda: 2 * ul, lambda: ul * "a",
               lambda: ul.__iadd__("pq"),
               lambda: ul.__iadd__(UserList([0])), lambda: ul.__iadd__(5), lambda: ul.__imul__(2), lambda: ul.__imul__(None),
               lambda: ul.copy(), lambda: copy.copy(ul).note is ul.note, lambda: copy.copy(ul).data is ul.data,
               lambda: hash(ul), lambda: [*ul], lambda: [*reversed(ul)], lambda: 3 in ul, lambda: len(ul),
               lambda: ul.clear()):
    attempt("list", action)
    print(ul)
for other in ([1, 2], UserList([1, 2]), UserList([0]), [5], (1, 2), 5, UserString("a")):
    for compare in (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge):
        attempt(compare.__name__, lambda: compare(UserList([1, 2]), other))
        attempt(compare.__name__, lambda: compare(other, UserList([1, 2])))

# ---- UserString ----

for argument in ("text", UserString("text"), 5, b"x", None):
    attempt("UserString", lambda: UserString(argument))
us, other = UserString("a b\nAbc %s {} "), UserString("b")
for name, arguments in [
        ("capitalize", ()), ("casefold", ()), ("center", (20, "*")), ("center", (20,)), ("count", ("b",)),
        ("count", (other, 3)),
        ("encode", ()), ("encode", (None, None)), ("encode", ("ascii", "strict")), ("encode", ("no such",)),
        ("endswith", (" ",)), ("endswith", ("b", 0, 3)), ("expandtabs", (4,)), ("find", ("b", 3)), ("find", (other,)),
        ("find", (5,)), ("format", (1,)), ("format_map", ({},)), ("index", ("b",)), ("index", ("zz",)), ("isalnum", ()),
        ("isalpha", ()), ("isascii", ()), ("isdecimal", ()), ("isdigit", ()), ("isidentifier", ()), ("islower", ()),
        ("isnumeric", ()), ("isprintable", ()), ("isspace", ()), ("istitle", ()), ("isupper", ()), ("join", ("xyz",)),
        ("ljust", (20, ".")), ("lower", ()), ("lstrip", ("a",)), ("partition", ("b",)), ("partition", ("",)),
        ("removeprefix", ("a ",)), ("removeprefix", (UserString("a"),)), ("removesuffix", (UserString(" "),)),
        ("replace", ("b", "c")), ("replace", (other, UserString("--"), 1)), ("rfind", ("b",)), ("rfind", (other, 0, 3)),
        ("rindex", ("b",)), ("rjust", (20,)), ("rpartition", ("b",)), ("rsplit", ()), ("rsplit", ("b", 1)), ("rstrip", ()),
        ("split", ()), ("split", ("b", 1)), ("splitlines", ()), ("splitlines", (True,)), ("startswith", ("a",)),
        ("startswith", (("x", "a"),)), ("strip", ()), ("swapcase", ()), ("title", ()), ("translate", ({97: "A"},)),
        ("upper", ()),
        ("zfill", (20,)), ("zfill", ("a",)), ("__contains__", ("b",)), ("__contains__", (other,)), ("__contains__", (5,)),
        ("__getitem__", (0,)), ("__getitem__", (slice(1, 4),)), ("__getitem__", (99,)), ("__add__", ("x",)),
        ("__add__", (other,)), ("__add__", (5,)), ("__radd__", (5,)), ("__mul__", (2,)), ("__mul__", ("a",)),
        ("__rmul__", (0,)),
        ("__mod__", ("x",)), ("__mod__", ((),)), ("__getnewargs__", ()), ("__len__", ()), ("__str__", ()), ("__repr__", ())]:
    attempt(name, lambda: getattr(us, name)(*arguments))
attempt("split", lambda: us.split(maxsplit=1))
attempt("replace", lambda: us.replace("b", "c", maxsplit=1))
attempt("find", lambda: us.find("b", start=5, end=8))
print(int(UserString("12")), float(UserString("1.5")), complex(UserString("1j")), hash(UserString("x")) == hash("x"),
      {UserString("k"): 1}["k"], "<" + other, other + ">", "%s!" % other, UserString("%s") % "in", [*reversed(other)],
      copy.copy(other), pickle.loads(pickle.dumps(other)), UserString.maketrans({"a": "b"}), max(UserString("abc")))
for another in ("b", UserString("b"), UserString("c"), "a", 5, [1]):
    for compare in (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge):
        attempt(compare.__name__, lambda: compare(other, another))
        attempt(compare.__name__, lambda: compare(another, other))
