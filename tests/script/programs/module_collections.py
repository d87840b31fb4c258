"""The module collections, and its abstract classes."""
import collections
from collections import *
from collections import abc
from module_support import told

d = deque("abc", maxlen=4)
d.append("d")
d.append("e")
d.appendleft("z")
print(d, d.maxlen, len(d), d[0], d[-1], "c" in d, d.count("b"), d.index("c"), list(reversed(d)))
d.rotate(1)
print(d, d.pop(), d.popleft(), d)
d.extend([1, 2])
d.extendleft([3, 4])
print(d, d.copy(), d == d.copy(), deque([1]) < deque([2]), deque([1, 2]) + deque([3]), deque([1]) * 3)
d[0] = "set"
del d[1]
d.insert(1, "inserted") if len(d) < 4 else None
d.reverse()
print(d, repr(deque()), bool(deque()), deque([1, 2], 0))
told(deque().pop)
told(deque().popleft)
told(deque([1]).index, 2)
told(deque, [1], -1)
told(deque, 5)
told(lambda: deque([1])[5])
told(lambda: deque([1])["a"])
told(lambda: deque([1]) + [1])
told(deque([1, 2], 2).insert, 0, 5)
d = deque([1, 2, 3])
try:
    for x in d:
        d.append(x)
except RuntimeError as error:
    print(error)
d = deque([1])
d.append(d)
print(d)
d.clear()
d += [1, 2, 3, 2]
d.remove(2)
print(d, deque([1, 2, 3]).index(3, 1), [*d])

dd = defaultdict(list)
dd["a"].append(1)
print(dd, dd["b"], dict(dd), dd.default_factory, len(dd), "c" in dd, dd.get("c"))
told(lambda: defaultdict(None)["x"])
told(lambda: defaultdict()["x"])
told(defaultdict, 5)
counts = defaultdict(int, a=1)
for c in "banana":
    counts[c] += 1
print(counts, counts.copy(), defaultdict(int, {1: 2}) | {3: 4}, {1: 1} | defaultdict(int, {1: 2}))

od = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
od.move_to_end("a")
print(od, list(od.items()), list(reversed(od)))
od.move_to_end("c", last=False)
print(od, od.popitem(), od.popitem(last=False), od, OrderedDict(a=1) == {"a": 1})
print(OrderedDict([(1, 1), (2, 2)]) == OrderedDict([(2, 2), (1, 1)]), OrderedDict(), OrderedDict.fromkeys("ab", 0))
told(od.move_to_end, "missing")
told(OrderedDict().popitem)
print(od.setdefault("n", 5), od.pop("n"), od.pop("n", None), list(reversed(OrderedDict(x=1, y=2).items())))

Point = namedtuple("Point", "x y", defaults=[0])
p = Point(1)
print(p, p.x, p[1], p._asdict(), p._replace(y=5), Point._fields, Point._field_defaults, Point._make([7, 8]), p == (1, 0))
x, y = p
print(x, y, Point.__doc__, Point.x.__doc__, Point.__name__, hash(p) == hash((1, 0)), isinstance(p, tuple),
      Point.__match_args__)
told(Point)
told(Point, 1, 2, 3)
told(p._replace, z=1)
told(Point._make, [1])
told(setattr, p, "x", 1)
for arguments in [("N", "a a"), ("N", "class"), ("N", "_a"), ("1N", "a"), ("N", "a b", ), ("N", "a-b")]:
    told(lambda: namedtuple(*arguments)._fields)
print(namedtuple("R", "a class a _b", rename=True)._fields, namedtuple("E", "")())
told(lambda: namedtuple("D", "a", defaults=[1, 2]))


class Sub(Point):
    __slots__ = ()

    @property
    def sum(self):
        return self.x + self.y


print(Sub(1, 2), Sub(1, 2).sum)
match p:
    case Point(x=1, y=b):
        print("matched", b)

c = Counter("abracadabra")
print(c, c.most_common(2), c["z"], sorted(c.elements())[:6], c.total(), list(c))
c.update("aaa")
c.subtract(b=5)
print(c, +c, -c, c.most_common()[0])
a, b = Counter(x=3, y=1), Counter(x=1, y=2, z=-1)
print(a + b, a - b, a & b, a | b, a == b, a <= b, Counter(x=1) <= a, a > Counter(x=1), Counter(), Counter(a=0) == Counter())
a += b
print(a, Counter([1, 1, 2]), Counter({"k": 2}))
del a["missing"]
told(Counter, 5)
told(Counter.fromkeys, "a")

chain = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(chain, chain["a"], chain["b"], len(chain), list(chain), "b" in chain, chain.get("z", 0), dict(chain))
chain["c"] = 9
print(chain.maps, chain.new_child({"a": 0})["a"], chain.parents, chain.pop("c"), chain | {"q": 1})
told(lambda: chain["zz"])
told(lambda: chain.pop("b"))
told(ChainMap().popitem)


class Upper(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)


u = Upper(a=1)
u["b"] = 2
print(u, u.data, "A" in u, u | {"c": 3}, u.copy(), len(u), u.pop("A"), Upper.fromkeys("xy"))
ul = UserList([3, 1, 2])
ul.sort()
ul.append(9)
print(ul, ul + [1], ul[1:], type(ul[1:]).__name__, ul * 2, ul == [1, 2, 3, 9], ul.pop(), ul.index(2), 3 in ul, [0] + ul)
us = UserString("Hello")
print(us, us.upper(), us + "!", us[1:3], us * 2, us == "Hello", len(us), us.find("l"), "ell" in us, us.split("l"),
      hash(us) == hash("Hello"))
print(us.replace("l", "L"), us % (), us.center(9, "*"), us.startswith("He"), us.isalpha(), us.join(["a", "b"]), str(us),
      repr(us))

print([isinstance(x, abc.Iterable) for x in ([], "", {}, 5, iter([]), range(3))])
print([isinstance([], k) for k in (abc.Sequence, abc.MutableSequence, abc.Mapping, abc.Sized, abc.Container, abc.Hashable,
                                   abc.Collection, abc.Reversible)])
print([isinstance({}, k) for k in (abc.Mapping, abc.MutableMapping, abc.Set, abc.Iterable)],
      isinstance({}.keys(), abc.KeysView), isinstance(set(), abc.MutableSet))
print(isinstance(len, abc.Callable), isinstance((i for i in ()), abc.Generator), isinstance(iter([]), abc.Iterator),
      issubclass(int, abc.Hashable), isinstance(deque(), abc.MutableSequence))
told(abc.Sequence)


class Squares(abc.Sequence):
    def __len__(self):
        return 4

    def __getitem__(self, i):
        if not 0 <= i < 4:
            raise IndexError(i)
        return i * i


s = Squares()
print(list(s), 9 in s, s.index(4), s.count(1), list(reversed(s)), isinstance(s, abc.Collection))
told(s.index, 7)


class Listed(abc.MutableSequence):
    def __init__(self, *items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]

    def __setitem__(self, i, x):
        self.items[i] = x

    def __delitem__(self, i):
        del self.items[i]

    def insert(self, i, x):
        self.items.insert(i, x)


items = Listed(1, 2)
items.append(3)
items.extend([4, 5])
items.reverse()
items += [0]
items.remove(4)
print(items.items, items.pop(), items.pop(0), items.items)
items.clear()
print(len(items))


class Pairs(abc.MutableMapping):
    def __init__(self):
        self.d = {}

    def __getitem__(self, k):
        return self.d[k]

    def __setitem__(self, k, v):
        self.d[k] = v

    def __delitem__(self, k):
        del self.d[k]

    def __iter__(self):
        return iter(self.d)

    def __len__(self):
        return len(self.d)


m = Pairs()
m.update({"a": 1}, b=2)
print(dict(m), m.setdefault("c", 3), m.pop("a"), m.popitem(), list(m.keys()), list(m.items()), list(m.values()),
      m == {"c": 3}, m.get("q"))
told(m.pop, "zz")
print(m.keys() & {"c"}, sorted(m.keys() | {"d"}), ("c", 3) in m.items(), 3 in m.values())


class Bag(abc.Set):
    def __init__(self, items):
        self.items = list(dict.fromkeys(items))

    def __contains__(self, x):
        return x in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


one, two = Bag("abc"), Bag("bcd")
print(list(one & two), list(one | two), list(one - two), list(one ^ two), one <= two, one == Bag("cba"),
      one.isdisjoint("xyz"), one < Bag("abcd"))
told(type("Empty", (abc.Iterator,), {}))
print(sorted(collections.__all__), sorted(abc.__all__))
