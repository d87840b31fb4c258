"""The module itertools: every iterator, with what it refuses."""
import itertools
from itertools import *
from module_support import told

print(list(islice(count(), 3)), list(islice(count(5, 2), 3)), list(islice(count(0.5, 0.25), 3)),
      list(islice(count(3, -1), 5)))
print(count(), count(5), count(5, 2), count(1.5), list(islice(count(2**63 - 2), 4)))
told(count, "a")
c = count(10)
print(next(c), next(c), c)
print(list(islice(cycle("abc"), 7)), list(cycle([])))
print(list(repeat(1, 3)), repeat("x", 2), repeat("x"), list(repeat(1, -2)), list(map(pow, range(4), repeat(2))))
told(repeat, 1, "a")
print(list(accumulate([1, 2, 3, 4])), list(accumulate([1, 2, 3], lambda a, b: a * b)), list(accumulate([], initial=9)))
print(list(accumulate([1, 2], initial=10)), list(accumulate("abc")))
print(list(chain("ab", [1, 2], ())), list(chain()), list(chain.from_iterable(["ab", "c"])))
told(list, chain("a", 1))
told(chain.from_iterable, 1)
print(list(compress("ABCDEF", [1, 0, 1, 0, 1, 1])), list(compress("AB", [])))
print(list(dropwhile(lambda x: x < 3, [1, 4, 1])), list(takewhile(lambda x: x < 3, [1, 2, 4, 1])))
t = takewhile(lambda x: x < 3, [1, 4, 1, 2])
print(list(t), list(t))
print(list(filterfalse(lambda x: x % 2, range(6))), list(filterfalse(None, [0, 1, "", "a"])))
print(list(starmap(pow, [(2, 3), (3, 2)])), list(starmap(lambda *a: a, [[], [1], "ab"])))
told(list, starmap(pow, [1]))
print(list(islice("abcdef", 2)), list(islice("abcdef", 2, 4)), list(islice("abcdef", 2, None)),
      list(islice("abcdef", 0, None, 2)))
print(list(islice("abcdef", None)), list(islice("abc", 5)), list(islice("abc", 1, 1)))
told(islice, "a", -1)
told(islice, "a", 1, 2, 0)
told(islice, "a", "b")
told(islice, "a", 1, "b")
told(islice, "a")
source = iter(range(10))
print(list(islice(source, 1, 4)), list(source))
print(list(pairwise("abcd")), list(pairwise("a")), list(pairwise("")))
print(list(zip_longest("ab", "c", "def")), list(zip_longest("ab", "c", fillvalue="-")), list(zip_longest()))
told(zip_longest, "a", fill=1)
print(list(product("ab", [1, 2])), list(product("ab", repeat=2)), list(product()), list(product("ab", [])))
told(product, "a", repeat=-1)
print(list(product([1], repeat=0)))
print(list(permutations("abc", 2)), len(list(permutations(range(5)))), list(permutations("ab", 3)),
      list(permutations("", 0)))
print(list(permutations(range(3))))
told(permutations, "ab", -1)
told(permutations, "ab", "x")
print(list(combinations("abcd", 2)), list(combinations("ab", 3)), list(combinations("ab", 0)),
      list(combinations(range(4), 3)))
told(combinations, "ab", -1)
print(list(combinations_with_replacement("abc", 2)), list(combinations_with_replacement("", 2)),
      list(combinations_with_replacement("", 0)), len(list(combinations_with_replacement(range(4), 3))))
for key, group in groupby("aaabbbcca"):
    print(key, list(group))
print([(key, len(list(group))) for key, group in groupby([1, 3, 2, 4, 5], lambda n: n % 2)])
groups = [group for _, group in groupby("aab")]
print([list(group) for group in groups])
a, b, d = tee([1, 2, 3], 3)
print(next(a), list(b), list(a), list(d), tee([], 0))
told(tee, [1], -1)
told(tee, 5)
x, = tee("abc", 1)
next(x)
import copy
y = copy.copy(x)
print(list(x), list(y))
for function in [cycle, compress, dropwhile, takewhile, filterfalse, starmap, pairwise, accumulate, groupby]:
    try:
        function(1, 2) if function in (compress, dropwhile, takewhile, filterfalse, starmap) else function(1)
    except TypeError as error:
        print(function.__name__, error)
print([type(each).__name__ for each in (count(), chain(), islice("", 1), product(), repeat(1))])
print(issubclass(count, object), iter(c) is c, itertools.__name__, chain.__module__)


class Failing:
    def __iter__(self):
        return self

    def __next__(self):
        raise KeyError("stop here")


for make in [lambda i: chain(i), lambda i: cycle(i), lambda i: accumulate(i), lambda i: islice(i, 3), lambda i: pairwise(i),
             lambda i: zip_longest(i, "a"), lambda i: takewhile(bool, i), lambda i: groupby(i), lambda i: starmap(pow, i)]:
    told(list, make(Failing()))


class Chained(chain):
    def __init__(self, *parts):
        self.parts = parts


each = Chained("ab", "c")
print(list(each), each.parts, isinstance(each, chain))
import gc
import weakref


class Node:
    pass


node = Node()
node.iterator = chain([node])
seen = weakref.ref(node)
del node
gc.collect()
print(seen())
