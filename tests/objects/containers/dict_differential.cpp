// Dicts and their views beside CPython's: every method and operator with every kind of argument, and random programs.
#include <support/fixture.h>
#include <support/python.h>

#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <objects/dict_laws.h>
#include <objects/sets/set_evaluator.h>

namespace ouro::test {

namespace {

const std::vector<std::string> kDicts = {
    "{}", "{1: 2, 'a': 3}", "{'a': 1, 'b': [], 'c': 'x'}", "{1.0: 'one', (1, 2): None, 3: {}}", "Table({'a': 1})",
};
const std::vector<std::string> kArguments = {
    "{}",
    "{2: 3, 'a': 4}",
    "[]",
    "[(1, 2), ['a', 5]]",
    "[(1, 2, 3)]",
    "[1]",
    "['ab', (1,)]",
    "5",
    "None",
    "'ab'",
    "''",
    "iter([(1, 2)])",
    "[[], 1]",
    "{'a': 1}.items()",
    "[({}, 1)]",
    "1",
    "1.0",
    "'a'",
    "[1]",
    "(1, 2)",
    "{1, 2}",
    "range(3)",
    "Table({'z': 1})",
    "frozenset({'a'})",
};
const std::vector<std::string> kViews = {
    "{}.keys()",
    "{1: 2, 'a': 3}.keys()",
    "{1: 2, 'a': 3}.items()",
    "{1: 2, 'a': 3}.values()",
    "{1: [], 2: 3}.items()",
    "Table({1: 2}).keys()",
    "{3: 4, 1: 2}.items()",
    "{}.items()",
    "{1: 5, 2: 3}.items()",
};
const std::vector<std::string> kOperands = {
    "[]",   "[1, 'a', 1.0]", "{1, 'a'}", "{(1, 2), 5}", "frozenset({1})",    "5",        "None",  "'a'",
    "[[]]", "{1: 3}",        "(1, 2)",   "iter([1])",   "{1, 2, 3, 4, 'a'}", "[(1, 2)]", "set()",
};

constexpr const char* kLines = R"(
d = {1: 2, 3: 4, 5: 6}
list(d.__reversed__())
list(d.keys().__reversed__())
list(d.values().__reversed__())
list(d.items().__reversed__())
d.__reversed__()
d.keys().__reversed__()
d.values().__reversed__()
d.items().__reversed__()
r = d.__reversed__()
r.__length_hint__()
next(r)
r.__length_hint__()
iter(r) is r
d[7] = 8
r.__length_hint__()
next(r)
next(r)
del d[7]
next(r)
r = d.items().__reversed__()
next(r)
del d[3]
d[9] = 1
next(r)
next(r)
next(r)
r.__length_hint__()
i = iter(d.items())
i.__length_hint__()
a = next(i)
b = next(i)
a, b, a is b
i.__length_hint__()
[type(i), type(iter(d)), type(iter(d.values()))]
list(i)
next(i)
i.__length_hint__()
iter(d).__length_hint__()
iter(d.values()).__length_hint__()
d | {1: 0}
{1: 0} | d
d |= [(1, 'x')]
d
d |= 5
d |= None
d | None
None | d
d |= {'k': []}
d
d.__ior__({'k': 1}) is d
dict.fromkeys([1, 2, 1])
dict.fromkeys('ab', 5)
dict.fromkeys([[]])
dict.fromkeys(5)
dict.fromkeys()
dict.fromkeys([1], 2, 3)
Table.fromkeys([1, 2], 0)
type(Table.fromkeys([1]))
Table({1: 2}) | {3: 4}
type(Table({1: 2}) | {3: 4})
type({3: 4} | Table({1: 2}))
type(Table({1: 2}).copy())
d.popitem()
{}.popitem()
{}.pop(1)
{}.pop([])
{1: 2}.pop([])
{1: 2}.pop(1, 2, 3)
{1: 2}.pop()
{1: 2}.setdefault([])
{1: 2}.setdefault(1, 5)
{1: 2}.setdefault(3)
e = {}
e.setdefault('a', []) is e['a']
e
dict(a=1, b=2)
dict([(1, 2)], a=3)
dict({'a': 1}, a=2)
dict(5)
dict([5])
dict([(1,)])
dict([(1, 2, 3)])
dict([1], [2])
dict({1: 2}.items())
dict('ab')
dict(['ab', 'cd'])
{}.update([(1, 2)], [3])
e.update(x=1, y=2)
e
e.update({'x': 5}, z=6)
e
e.update(e)
e
k = {1: 2, 'a': 3}.keys()
k.isdisjoint([1])
k.isdisjoint([2, 3])
k.isdisjoint(5)
k.isdisjoint([[]])
k.isdisjoint(k)
{}.keys().isdisjoint({}.keys())
k.isdisjoint()
k.isdisjoint(1, 2)
{1: 2}.values().isdisjoint([1])
hash(k)
hash({}.items())
k == k
k == {1, 'a'}
{1, 'a'} == k
k < {1, 'a', 2}
{1, 'a', 2} > k
k <= frozenset({1, 'a'})
k == [1, 'a']
k < [1]
{1: 2}.items() == {(1, 2)}
{1: 2}.items() <= {(1, 2), (3, 4)}
{1: []}.items() == {(1, 2)}
{1: []}.items() & [(1, [])]
{1: []}.items() | []
{1: []}.items() ^ {1: []}.items()
{1: []}.items() ^ {1: 2}.items()
{1: 5}.items() ^ {1: 2}.items()
{1: 2}.values() == {1: 2}.values()
2 in {1: 2}.values()
[] in {1: []}.values()
[] in {1: 2}.keys()
(1, []) in {1: []}.items()
([], 1) in {1: 2}.items()
(1, 2, 3) in {1: 2}.items()
5 in {1: 2}.items()
len({1: 2}.keys())
{1: 2}.keys()
{1: 2}.items()
{'a': 1}.values()
{1: 2}.keys() + 1
{1: 2}.values() | set()
set() | {1: 2}.values()
m = {}
m['m'] = m
m
m.values()
m.items()
)";

void add_dict(SetEvaluator& evaluator, Runtime& rt) {
  evaluator.evaluator.name("Table", rt.new_class("Table", {&rt.type<Dict>()}), "class Table(dict): pass\nTable = Table");
}

}  // namespace

TEST_CASE_METHOD(Fixture, "every method and operator of dict does what CPython's does", "[sets][dict]") {
  if (!have_python_or_skip()) return;
  SetEvaluator sets(rt);
  add_dict(sets, rt);
  std::vector<std::string> lines;
  for (const std::string& dict : kDicts) {
    for (const char* const name : {"get", "pop", "setdefault", "update", "__contains__", "__getitem__", "__delitem__",
                                   "__or__", "__ror__", "__ior__", "__eq__", "__lt__", "fromkeys", "__init__"}) {
      for (const std::string& argument : kArguments) {
        lines.push_back("after(" + dict + ", '" + name + "', " + argument + ")");
        lines.push_back("after(" + dict + ", '" + name + "', " + argument + ", 7)");
      }
      lines.push_back("after(" + dict + ", '" + name + "')");
    }
    for (const char* const name : {"clear", "copy", "items", "keys", "popitem", "values", "__len__", "__reversed__"}) {
      lines.push_back("after(" + dict + ", '" + name + "')");
      lines.push_back("after(" + dict + ", '" + name + "', 1)");
    }
    for (const std::string& other : kArguments)
      for (const char* const sign : {"|", "==", "!=", "<", "in", "not in"}) {
        lines.push_back("canon(" + dict + " " + sign + " " + other + ")");
        lines.push_back("canon(" + other + " " + sign + " " + dict + ")");
      }
  }
  compare_lines_with_python(sets.evaluator, thinned(lines));
}

TEST_CASE_METHOD(Fixture, "the views of dict are sets as CPython's are", "[sets][dict]") {
  if (!have_python_or_skip()) return;
  SetEvaluator sets(rt);
  add_dict(sets, rt);
  std::vector<std::string> lines;
  std::vector<std::string> operands = kOperands;
  operands.insert(operands.end(), kViews.begin(), kViews.end());
  for (const std::string& view : kViews) {
    for (const std::string& other : operands) {
      for (const char* const sign : {"|", "&", "-", "^"}) {
        lines.push_back("canon(" + view + " " + sign + " " + other + ")");
        lines.push_back("canon(" + other + " " + sign + " " + view + ")");
      }
      for (const char* const sign : {"==", "!=", "<", "<=", ">", ">=", "in"}) {
        lines.push_back(view + " " + sign + " " + other);
        lines.push_back(other + " " + sign + " " + view);
      }
      lines.push_back("after(" + view + ", 'isdisjoint', " + other + ")");
      lines.push_back("members(set(" + view + "))");
    }
    for (const char* const name : {"__len__", "__reversed__", "__iter__"})
      lines.push_back("list(" + view + "." + name + "())");
  }
  compare_lines_with_python(sets.evaluator, thinned(lines));
}

TEST_CASE_METHOD(Fixture, "dicts are walked, merged, made and shown as CPython's", "[sets][dict]") {
  if (!have_python_or_skip()) return;
  SetEvaluator sets(rt);
  add_dict(sets, rt);
  std::vector<std::string> lines;
  std::istringstream text(kLines);
  for (std::string line; std::getline(text, line);)
    if (!line.empty()) lines.push_back(line);
  compare_lines_with_python(sets.evaluator, lines);
}

TEST_CASE_METHOD(Fixture, "random programs with dicts do what they do in CPython", "[sets][dict]") {
  if (!have_python_or_skip()) return;
  SetEvaluator sets(rt);
  std::mt19937 random(5);
  const auto any = [&](std::initializer_list<const char*> from) {
    return std::string(*(from.begin() + static_cast<std::ptrdiff_t>(random() % from.size())));
  };
  const auto dict = [&] { return any({"a", "b", "c"}); };
  const auto key = [&] {
    return random() % 3 != 0 ? std::to_string(random() % 30) : any({"'x'", "'y'", "1.0", "(1, 2)", "None", "True"});
  };
  std::vector<std::string> lines = {"a = {}", "b = {1: 2}", "c = dict.fromkeys(range(20))"};
  const int steps = std::getenv("OURO_STRESS") == nullptr ? 2500 : 60;
  for (int step = 0; step < steps; ++step) {
    const std::string target = dict();
    switch (random() % 10) {
      case 0:
      case 1:
      case 2:
        lines.push_back(target + "[" + key() + "] = " + key());
        break;
      case 3:
        lines.push_back(target + "." + any({"pop", "setdefault", "get"}) + "(" + key() + ", " + key() + ")");
        break;
      case 4:
        lines.push_back(target + "." + any({"pop", "get", "__getitem__", "setdefault"}) + "(" + key() + ")");
        break;
      case 5:
        lines.push_back(target + any({".update(", ".__ior__("}) + dict() + ")");
        break;
      case 6:
        lines.push_back(target + " = " + dict() + " | {" + key() + ": " + key() + "}");
        break;
      case 7:
        lines.push_back("canon(" + target + any({".keys() & ", ".keys() - ", ".items() ^ ", ".keys() | "}) + dict() +
                        any({".keys()", ".items()"}) + ")");
        break;
      case 8:
        lines.push_back("list(" + target + any({"", ".items()", ".values()"}) + ".__reversed__())");
        break;
      default:
        lines.push_back(any({"del a[", "del b[", "del c["}) + key() + "]");
    }
    if (step % 100 == 99) lines.push_back(target + " = dict(" + dict() + ".items())");
    if (step % 4 == 0) lines.push_back(target);
  }
  compare_lines_with_python(sets.evaluator, lines);
}

TEST_CASE_METHOD(Fixture, "the pair that an iterator of items gave is filled anew only where nobody holds it",
                 "[sets][dict]") {
  const Ref<Dict> dict = rt.dict({{"a", rt.list(1)}, {"b", 2}, {"c", 3}});
  const Ref<DictIterator> iterator = make_dict_iterator(*dict, DictPart::kItems);
  Ref<> first = next_of(*iterator);
  const Object* const kept = first.get();
  CHECK(shown(*first) == "('a', [1])");
  const Ref<> second = next_of(*iterator);
  CHECK(second.get() != kept);
  CHECK(shown(*first) == "('a', [1])");
  CHECK(shown(*next_of(*iterator)) == "('c', 3)");
  CHECK_FALSE(next_of(*iterator));
  const Ref<DictIterator> again = make_reverse_dict_iterator(*dict, DictPart::kItems);
  const Object* const pair = next_of(*again).get();
  CHECK(next_of(*again).get() == pair);
  rt.gc().collect();
  const Ref<> last = next_of(*again);
  CHECK(last.get() == pair);
  CHECK(shown(*last) == "('a', [1])");
  CHECK(rt.heap().tracking.is_tracked(*last));
}

TEST_CASE_METHOD(Fixture, "an update of an empty dict takes the entries as they lie", "[sets][dict]") {
  for (const int size : {0, 1, 3, 5, 8, 9, 100, 3000}) {
    const Ref<Dict> source = rt.dict();
    for (int i = 0; i < size; ++i) source->set(*rt.from(i), *rt.from(i * 2));
    for (int i = 0; i < size; i += 7) source->discard(*rt.from(i));
    const Ref<Dict> fresh = rt.dict();
    fresh->update(*source);
    CHECK(equal(*fresh, *source));
    require_dict_laws(*fresh);
    const Ref<Dict> emptied = rt.dict();
    for (int i = 0; i < 200; ++i) emptied->set(*rt.from(-i - 1), *rt.from(i));
    for (int i = 0; i < 200; ++i) emptied->discard(*rt.from(-i - 1));
    emptied->update(*source);
    CHECK(equal(*emptied, *source));
    require_dict_laws(*emptied);
    emptied->set(*rt.from(-5), *rt.list());
    CHECK(emptied->contains(*rt.from(-5)));
    require_dict_laws(*emptied);
  }
  const Ref<Dict> tracked = rt.dict({{"list", rt.list()}});
  const Ref<Dict> copy = rt.dict();
  copy->update(*tracked);
  CHECK(rt.heap().tracking.is_tracked(*copy));
}

}  // namespace ouro::test
