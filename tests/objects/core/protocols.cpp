// The protocols, judged by CPython: every operator on every pair of a set of values gives the same result or the same error.
#include <support/fixture.h>
#include <support/python_oracle.h>

#include <vector>

using namespace ouro;
using namespace ouro::test;

namespace {

/// The values that VALUES in the scripts has, in the same order.
std::vector<Ref<>> values(Runtime& rt) {
  return {rt.none(),
          rt.from(true),
          rt.from(0),
          rt.from(5),
          rt.from(-3),
          rt.from(2.5),
          rt.str(""),
          rt.str("ab"),
          rt.tuple(),
          rt.tuple(1, "ab"),
          rt.list(),
          rt.list(1, 2, 3),
          rt.dict(),
          rt.dict({{"ab", 1}, {5, 2}}),
          rt.list(rt.list(), 2.5)};
}

constexpr std::string_view kValues = R"(
VALUES = [None, True, 0, 5, -3, 2.5, '', 'ab', (), (1, 'ab'), [], [1, 2, 3], {}, {'ab': 1, 5: 2}, [[], 2.5]]
import operator
def shown(f):
    try: return repr(f())
    except Exception as error: return type(error).__name__ + ': ' + str(error)
)";

template <class F>
std::string outcome(F&& act) {
  return outcome_of([&] { return std::string(text(*repr(*act()))); });
}

}  // namespace

TEST_CASE("binary operators give what they give in Python", "[protocol][claim-O4]") {
  Fixture fixture;
  const auto all = values(fixture.rt);
  compare_with_python(std::string(kValues) + R"(
OPS = [operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, divmod, operator.pow,
       operator.lshift, operator.rshift, operator.and_, operator.or_, operator.xor]
for n, op in enumerate(OPS):
    for i, a in enumerate(VALUES):
        for k, b in enumerate(VALUES):
            if isinstance(a, str) and op is operator.mod: continue   # formatting text is no operator here
            if isinstance(a, dict) and isinstance(b, dict): continue # there is no union of dicts
            case(n, i, k, shown(lambda: op(a, b)))
)",
                      2800, [&](const PythonCase& one) {
                        const auto op = static_cast<Operator>(one.integer(0));
                        Object& left = *all[static_cast<std::size_t>(one.integer(1))];
                        Object& right = *all[static_cast<std::size_t>(one.integer(2))];
                        return Verdict{outcome([&] { return apply(op, left, right); }), one.text(3)};
                      });
}

TEST_CASE("comparisons give what they give in Python", "[protocol]") {
  Fixture fixture;
  const auto all = values(fixture.rt);
  compare_with_python(std::string(kValues) + R"(
OPS = [operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge]
for n, op in enumerate(OPS):
    for i, a in enumerate(VALUES):
        for k, b in enumerate(VALUES):
            case(n, i, k, shown(lambda: op(a, b)))
)",
                      1300, [&](const PythonCase& one) {
                        const auto op = static_cast<Comparison>(one.integer(0));
                        Object& left = *all[static_cast<std::size_t>(one.integer(1))];
                        Object& right = *all[static_cast<std::size_t>(one.integer(2))];
                        return Verdict{outcome([&] { return fixture.rt.from(compare(left, right, op)); }), one.text(3)};
                      });
}

TEST_CASE("items and membership give what they give in Python", "[protocol]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto all = values(rt);
  compare_with_python(std::string(kValues) + R"(
for i, a in enumerate(VALUES):
    for k, b in enumerate(VALUES):
        case(0, i, k, shown(lambda: a[b]))
        case(1, i, k, shown(lambda: b in a))
)",
                      440, [&](const PythonCase& one) {
                        Object& object = *all[static_cast<std::size_t>(one.integer(1))];
                        Object& key = *all[static_cast<std::size_t>(one.integer(2))];
                        if (one.integer(0) == 0) return Verdict{outcome([&] { return get_item(object, key); }), one.text(3)};
                        return Verdict{outcome([&] { return rt.from(contains(object, key)); }), one.text(3)};
                      });
}

TEST_CASE("operations on one object give what they give in Python", "[protocol]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto all = values(rt);
  compare_with_python(std::string(kValues) + R"(
OPS = [operator.neg, operator.pos, abs, operator.invert, len, bool, repr, str, lambda a: list(iter(a)), next,
       operator.index, lambda a: a(),
       lambda a: a.missing]
for n, op in enumerate(OPS):
    for i, a in enumerate(VALUES):
        case(n, i, shown(lambda: op(a)))
)",
                      190, [&](const PythonCase& one) {
                        Object& object = *all[static_cast<std::size_t>(one.integer(1))];
                        const auto act = [&]() -> Ref<> {
                          switch (one.integer(0)) {
                            case 0:
                              return negative(object);
                            case 1:
                              return positive(object);
                            case 2:
                              return absolute(object);
                            case 3:
                              return invert(object);
                            case 4:
                              return rt.from(length(object));
                            case 5:
                              return rt.from(truth(object));
                            case 6:
                              return repr(object);
                            case 7:
                              return str(object);
                            case 8:
                              return list_from(*iterate(object));
                            case 9:
                              return next(object);
                            case 10:
                              return index(object);
                            case 11:
                              return call(object, {});
                            default:
                              return get_attribute(object, *rt.str("missing"));
                          }
                        };
                        return Verdict{outcome(act), one.text(2)};
                      });
}

TEST_CASE("types make values as they do in Python", "[protocol]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto all = values(rt);
  constexpr std::array kTypes{Kind::kInt, Kind::kFloat, Kind::kBool, Kind::kStr, Kind::kTuple, Kind::kList, Kind::kType};
  compare_with_python(std::string(kValues) + R"(
TYPES = [int, float, bool, str, tuple, list, type]
for n, kind in enumerate(TYPES):
    for i, a in enumerate(VALUES):
        case(n, i, shown(lambda: kind(a)))
)",
                      100, [&](const PythonCase& one) {
                        Type& type = rt.builtins().type(kTypes[static_cast<std::size_t>(one.integer(0))]);
                        Object* const argument = all[static_cast<std::size_t>(one.integer(1))].get();
                        return Verdict{outcome([&] { return call(type, Arguments{{&argument, 1}, {}, {}}); }), one.text(2)};
                      });
}

TEST_CASE("what has no items says so", "[protocol]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> five = rt.from(5);
  const Ref<> pair = rt.tuple(1, 2);
  CHECK(outcome_of([&] { return set_item(*five, *five, *five), ""; }) ==
        "TypeError: 'int' object does not support item assignment");
  CHECK(outcome_of([&] { return delete_item(*five, *five), ""; }) ==
        "TypeError: 'int' object does not support item deletion");
  CHECK(outcome_of([&] { return delete_item(*pair, *five), ""; }) ==
        "TypeError: 'tuple' object doesn't support item deletion");
  CHECK(outcome_of([&] { return set_attribute(*five, *rt.str("x"), *five), ""; }) ==
        "AttributeError: 'int' object has no attribute 'x'");
  CHECK(outcome_of([&] { return static_cast<void>(get_attribute(*five, *five)), ""; }) ==
        "TypeError: attribute name must be string, not 'int'");
  CHECK(get_attribute(*five, *rt.str("__class__")).is(rt.builtins().type(Kind::kInt)));
}

TEST_CASE("comparing what is nested too deep is a RecursionError, not a crash", "[protocol]") {
  Fixture fixture({.recursion_limit = 100});
  Runtime& rt = fixture.rt;
  const auto nest = [&](int depth) {
    Ref<List> list = rt.list();
    for (int i = 1; i < depth; ++i) list = rt.list(list);
    return list;
  };
  const Ref<List> left = nest(300);
  const Ref<List> right = nest(300);
  CHECK(outcome_of([&] { return std::to_string(equal(*left, *right)); }) ==
        "RecursionError: maximum recursion depth exceeded in comparison");
  CHECK(outcome_of([&] { return std::string(text(*repr(*left))); }) ==
        "RecursionError: maximum recursion depth exceeded while getting the repr of an object");
  CHECK(equal(*nest(50), *nest(50)));
  CHECK(rt.builtins().recursion_depth == 0);
}
