// The functions of operator beside CPython's, line by line, and the in-place operators as statements.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/operations/operator_functions.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>
#include <support/tries.h>

#include <string>
#include <vector>

#include <objects/iterators/scene.h>
#include <objects/operations/call_lines.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

/// Gives the functions names that hide none of builtins: `op_add`.
std::vector<std::string> name_operator(Evaluator& evaluator) {
  std::vector<std::string> names;
  const Ref<Dict> all = operator_functions(evaluator.builtins());
  for (const auto [key, value] : all) {
    const std::string name(text(static_cast<const Str&>(key)));
    if (name.starts_with('_')) continue;
    evaluator.name("op_" + name, share(value), "from operator import " + name + " as op_" + name);
    names.push_back("op_" + name);
  }
  return names;
}

bool grows_fast(const std::string& name) {
  return name == "op_pow" || name == "op_ipow" || name == "op_lshift" || name == "op_ilshift";
}

/// There are no unions of types: `int | str` is a TypeError here.
bool is_union(const std::string&, const std::string&, const std::string& pythons) {
  return pythons.find(" | ") != std::string::npos;
}

}  // namespace

TEST_CASE("a function of operator takes, refuses and gives what CPython's does", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_scene(evaluator);
  name_operands(evaluator);
  const std::vector<std::string> names = name_operator(evaluator);
  CallLines any(6);
  std::vector<std::string> lines;
  for (const std::string& name : names) {
    const std::size_t expected = name == "op_setitem" ? 3 : 2;
    for (int i = 0; i < tries(90); ++i) {
      if (i % 6 == 0) {
        lines.push_back(any.call(name, 4, kPool, {"a", "key"}));
        continue;
      }
      std::string line = name + "(";
      for (std::size_t k = 0; k < expected; ++k) line += (k == 0 ? "" : ", ") + any.any_of(kPool);
      lines.push_back(line + ")");
    }
    for (const std::string& argument : kPool)
      if (!grows_fast(name)) lines.push_back(name + "(" + argument + ")");
    for (const char* const ask : {"", ".__name__", ".__doc__", ".__module__", "()"}) lines.push_back(name + ask);
  }
  compare_lines_with_python(evaluator, lines, is_union);
}

TEST_CASE("itemgetter, attrgetter and methodcaller do what CPython's do", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_operator(evaluator);
  compare_lines_with_python(evaluator, {"op_itemgetter",
                                        "op_itemgetter(1)([5, 6])",
                                        "op_itemgetter(1, 0)([5, 6])",
                                        "op_itemgetter('a')({'a': 7})",
                                        "op_itemgetter(slice(1, None))('abc')",
                                        "op_itemgetter()",
                                        "op_itemgetter(x=1)",
                                        "op_itemgetter(1)()",
                                        "op_itemgetter(1)(1, 2)",
                                        "op_itemgetter(1)([1, 2], x=1)",
                                        "op_itemgetter(5)([1])",
                                        "op_itemgetter(5)(6)",
                                        "op_itemgetter(1, 'a')",
                                        "op_itemgetter(1)",
                                        "op_attrgetter('real')(5)",
                                        "op_attrgetter('real.imag', 'real')(5)",
                                        "op_attrgetter('real.imag')",
                                        "op_attrgetter('real', 'imag')",
                                        "op_attrgetter()",
                                        "op_attrgetter(1)",
                                        "op_attrgetter('a', 1)",
                                        "op_attrgetter('x.y')(1)",
                                        "op_attrgetter('real.y')(1)",
                                        "op_attrgetter('')(1)",
                                        "op_attrgetter('.')(1)",
                                        "op_attrgetter('real')()",
                                        "op_methodcaller('upper')('abc')",
                                        "op_methodcaller('split', 'b', maxsplit=1)('abcbd')",
                                        "op_methodcaller('a', 1, x=2)",
                                        "op_methodcaller('a')",
                                        "op_methodcaller()",
                                        "op_methodcaller(1)",
                                        "op_methodcaller('upper')()",
                                        "op_methodcaller('upper')('a', x=2)",
                                        "op_methodcaller('upper')(1)",
                                        "sorted([(2, 'a'), (1, 'b')], key=op_itemgetter(0))",
                                        "list(map(op_methodcaller('strip'), [' a', 'b ']))",
                                        "op_call(max, 1, 2, key=abs)",
                                        "op_call(int)",
                                        "op_itemgetter.__name__",
                                        "op_itemgetter.__module__"});
}

TEST_CASE("the in-place operators bind what CPython's bind, and word their errors so", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_scene(evaluator);
  name_operands(evaluator);
  CallLines any(8);
  std::vector<std::string> lines;
  for (int i = 0; i < tries(1500); ++i) {
    lines.push_back("a = " + any.any_of(kPool));
    lines.emplace_back("b = a");
    lines.push_back("a " + any.any_of({"+=", "-=", "*=", "/=", "//=", "%=", "&=", "^=", ">>="}) + " " + any.any_of(kPool));
    lines.emplace_back("(a, b, type(a) in (list, dict) and a is b)");
  }
  compare_lines_with_python(evaluator, lines, is_union);
}

TEST_CASE("calls of functions of operator survive a lack of memory", "[iterators]") {
  World world;
  Builtins& builtins = world.builtins;
  const Ref<> big = int_from_text(builtins, "1" + std::string(30, '0'));
  const Ref<List> list = make_list(builtins, {big.get()});
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(apply_in_place(Operator::kAdd, *big, *big)); }) > 0);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(concat(*list, *list)); }) > 0);
  fail_each_allocation(world.heap(), [&] { static_cast<void>(concat_in_place(*list, *list)); });
  CHECK(list->size == 2);
  CHECK(count_in(*list, *big) == 2);
  CHECK(find_in(*list, *big) == 0);
  CHECK(length_hint(*big, 7) == 7);
}

}  // namespace ouro::test
