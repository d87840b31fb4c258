// enumerate, zip, map, filter, reversed and iter(callable, sentinel) beside CPython's, line by line.
#include <ouro/objects/iterators/lazy_iterators.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>
#include <support/tries.h>

#include <random>
#include <string>
#include <vector>

#include <objects/iterators/scene.h>

namespace ouro::test {

namespace {

/// Iterables of all sorts, odd ones among them, nested up to some depth.
class Iterables {
 public:
  explicit Iterables(unsigned seed) : random_(seed) {}

  [[nodiscard]] std::size_t number(std::size_t below) { return random_() % below; }
  [[nodiscard]] const std::string& any_of(const std::vector<std::string>& from) { return from[number(from.size())]; }
  [[nodiscard]] std::string plain() {
    static const std::vector<std::string> kPlain{
        "[1, 2, 3]", "()",          "'ab'",      "range(4)", "iter([1, 2])", "(5, 6)",         "(0, 1, 'x', None)",
        "[]",        "'\303\244b'", "[[1], []]", "seq",      "'xyz'",        "range(-1, 9, 3)"};
    static const std::vector<std::string> kOdd{"5", "None", "loops", "breaks", "stops", "int", "refuses"};
    return number(12) == 0 ? any_of(kOdd) : any_of(kPlain);
  }
  [[nodiscard]] std::string function() {
    static const std::vector<std::string> kFunctions{"double", "plus", "bool",  "repr",   "None", "list", "fails",
                                                     "ends",   "len",  "tuple", "double", "plus", "5",    "repr"};
    return any_of(kFunctions);
  }
  [[nodiscard]] std::string nested(int depth) {
    if (depth == 0) return plain();
    switch (number(9)) {
      case 0:
        return "enumerate(" + nested(depth - 1) + ")";
      case 1:
        return "enumerate(" + nested(depth - 1) + ", " +
               any_of({"5", "-1", "10**20", "2**63-1", "-10**20", "True", "'a'", "start=2"}) + ")";
      case 2:
        return "zip(" + nested(depth - 1) + ", " + nested(depth - 1) + ")";
      case 3:
        return "zip(" + nested(depth - 1) + ", " + nested(depth - 1) + ", " + nested(0) +
               ", strict=" + any_of({"True", "1", "0", "[]"}) + ")";
      case 4:
        return "map(" + function() + ", " + nested(depth - 1) + ")";
      case 5:
        return "map(" + function() + ", " + nested(depth - 1) + ", " + nested(depth - 1) + ")";
      case 6:
        return "filter(" + function() + ", " + nested(depth - 1) + ")";
      case 7:
        return "reversed(" + nested(depth - 1) + ")";
      default:
        return "list(" + nested(depth - 1) + ")";
    }
  }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("nested iterators give what CPython's give, and fail as they fail", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_scene(evaluator);
  Iterables any(1);
  std::vector<std::string> lines;
  for (int i = 0; i < tries(4000); ++i)
    lines.push_back(any.any_of({"list(", "list(", "tuple(", "next(", "("}) +
                    any.nested(1 + static_cast<int>(any.number(3))) + ")");
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("an iterator is asked step by step, and stays at its end", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_scene(evaluator);
  Iterables any(2);
  std::vector<std::string> lines;
  for (int i = 0; i < tries(400); ++i) {
    lines.push_back("a = [1, 2, 3, 4]");
    lines.push_back(
        "b = " +
        any.any_of(
            {"iter(a)",        "reversed(a)",      "enumerate(a, 3)",    "zip(a, 'xyz')",     "zip(a, 'xyz', strict=True)",
             "map(double, a)", "filter(None, a)",  "reversed(seq)",      "reversed(fragile)", "iter(fragile)",
             "map(fails, a)",  "filter(fails, a)", "iter('a\303\244b')", "iter('abc')",       "iter((1, 2))",
             "iter(seq)",      "reversed((1, 2))", "reversed('ab')",     "iter(range(3))",    any.nested(2)}));
    for (std::size_t step = any.number(7); step > 0; --step) {
      lines.push_back(any.any_of({"next(b)", "next(b)", "next(b)", "b.__next__()", "b.__length_hint__()", "a.append(7)",
                                  "del a[0]", "a.clear()", "list(b)", "iter(b) is b", "b.__iter__() is b"}));
    }
    lines.push_back("next(b)");
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("the types of iterators take, refuse and show what CPython's do", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_scene(evaluator);
  std::vector<std::string> lines;
  const std::vector<std::string> given{"",
                                       "1",
                                       "[]",
                                       "[], 1",
                                       "[], 1, 2",
                                       "x=1",
                                       "[], x=1",
                                       "start=1",
                                       "iterable=[]",
                                       "start=1, iterable=[]",
                                       "iterable=[], start=1",
                                       "[], start=1",
                                       "[], 1, start=1",
                                       "[], iterable=1",
                                       "a=1, b=2, c=3",
                                       "iterable=1, x=2",
                                       "strict=1",
                                       "strict=1, x=2",
                                       "[], strict=[]",
                                       "None, []",
                                       "None, 1",
                                       "int, [], x=1",
                                       "int",
                                       "int, 1",
                                       "int, [], 3",
                                       "1, [2]",
                                       "*[[], []]",
                                       "start='a', iterable=5",
                                       "[], start='a'",
                                       "1, start='a'",
                                       "seq",
                                       "'abc'",
                                       "(1, 2)",
                                       "{}",
                                       "range(3)",
                                       "refuses",
                                       "unsized"};
  for (const char* const type : {"enumerate", "zip", "map", "filter", "reversed", "type(iter([]))", "type(reversed([]))"}) {
    for (const std::string& arguments : given) lines.push_back(std::string(type) + "(" + arguments + ")");
    for (const char* const ask : {"", ".__name__", ".__doc__", ".__bases__", ".x", ".__next__", ".__iter__"})
      lines.push_back(std::string(type) + ask);
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("a class may derive from the types of iterators", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  Evaluator evaluator(builtins);
  name_scene(evaluator);
  std::vector<std::string> lines;
  for (const Kind kind : {Kind::kEnumerate, Kind::kZip, Kind::kMap, Kind::kFilter, Kind::kReversed}) {
    Type& base = builtins.type(kind);
    const std::string name = "My" + std::string(base.name);
    evaluator.name(name, make_class(builtins, name, {&base}), "class " + name + "(" + std::string(base.name) + "):\n  pass");
    const std::string given = kind == Kind::kMap      ? "(double, [1, 2])"
                              : kind == Kind::kFilter ? "(None, [0, 1])"
                                                      : "([3, 4])";
    for (const std::string& line :
         {"a = " + name + given, std::string("a.x = 5"), std::string("a.x"), std::string("type(a)"), std::string("next(a)"),
          std::string("list(a)"), std::string("list(a)"), name + "()", name + "(1)", name + "([], [], [])", name + "(x=1)",
          "isinstance(a, " + std::string(base.name) + ")", std::string("a.__dict__")})
      lines.push_back(line);
  }
  compare_lines_with_python(evaluator, lines);
}

}  // namespace ouro::test
