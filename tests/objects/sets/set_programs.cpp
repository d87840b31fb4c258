// Sets beside CPython's: their attributes, and random programs.
#include <support/fixture.h>
#include <support/python.h>

#include <random>
#include <string>
#include <vector>

#include <objects/sets/set_evaluator.h>

namespace ouro::test {

TEST_CASE_METHOD(Fixture, "the attributes of set, frozenset and their iterator are CPython's", "[sets]") {
  if (!have_python_or_skip()) return;
  SetEvaluator sets(rt);
  std::vector<std::string> lines;
  for (const char* const object : {"{3}", "frozenset({3})", "iter({3})", "set", "frozenset", "Tags([3])"}) {
    const Ref<> made = sets.evaluator.evaluate(object);
    const Ref<List> names = dir(*made);
    for (Object* const name : names->view()) {
      const std::string text(ouro::text(static_cast<Str&>(*name)));
      if (text == "__doc__" || text == "__hash__" || text == "__text_signature__" || text == "__getattribute__") continue;
      if (text == "__module__" || text == "__weakref__" || text == "__dict__" || text == "__class__") continue;
      lines.push_back(std::string(object) + "." + text);
    }
  }
  compare_lines_with_python(sets.evaluator, lines);
  // What CPython has besides is named: pickling, sizes.
  const auto lacks = [&](const char* type, const char* name) {
    return !has_attribute(*sets.evaluator.evaluate(type), *make_str(rt.builtins(), name));
  };
  const std::vector<std::string> theirs =
      python_says("print(*[n for n in dir(set) if n not in dir(object)], sep='\\n')", "");
  for (const std::string& name : theirs) {
    if (name == "__class_getitem__") continue;
    INFO(name);
    CHECK_FALSE(lacks("set", name.c_str()));
  }
}

TEST_CASE_METHOD(Fixture, "random programs with sets do what they do in CPython", "[sets]") {
  if (!have_python_or_skip()) return;
  SetEvaluator sets(rt);
  std::mt19937 random(12);
  const auto any = [&](std::initializer_list<const char*> from) {
    return std::string(*(from.begin() + static_cast<std::ptrdiff_t>(random() % from.size())));
  };
  const auto variable = [&] { return any({"a", "b", "c", "d"}); };
  const auto element = [&] {
    return random() % 2 == 0 ? std::to_string(random() % 40)
                             : any({"'x'", "'yy'", "(1, 2)", "1.5", "2.0", "True", "None", "frozenset({1})", "-1", "2**70"});
  };
  const auto iterable = [&] {
    const std::string start = std::to_string(random() % 30);
    return random() % 2 == 0                            ? variable()
           : any({"range(", "list(range("}) == "range(" ? "range(" + start + ", 60, 3)"
                                                        : "[" + element() + ", " + element() + "]";
  };
  std::vector<std::string> lines = {"a = set()", "b = {1, 2}", "c = frozenset(range(12))", "d = set(range(30))"};
  const int steps = std::getenv("OURO_STRESS") == nullptr ? 2500 : 60;
  for (int step = 0; step < steps; ++step) {
    const std::string target = any({"a", "b", "d"});
    switch (random() % 8) {
      case 0:
      case 1:
        lines.push_back(target + "." + any({"add", "discard", "remove"}) + "(" + element() + ")");
        break;
      case 2:
        lines.push_back("canon(" + variable() + "." + any({"union", "intersection", "difference"}) + "(" + iterable() +
                        ", " + iterable() + "))");
        break;
      case 3:
        lines.push_back(target + "." +
                        any({"update", "intersection_update", "difference_update", "symmetric_difference_update"}) + "(" +
                        iterable() + ")");
        break;
      case 4:
        lines.push_back("canon(" + variable() + " " + any({"|", "&", "-", "^"}) + " " + variable() + ")");
        break;
      case 5:
        lines.push_back(variable() + " " + any({"<", "<=", "==", "!=", ">", ">="}) + " " + variable());
        break;
      case 6:
        lines.push_back(target + " = set(" + iterable() + ")");
        break;
      default:
        lines.push_back(variable() + "." + any({"issubset", "issuperset", "isdisjoint"}) + "(" + iterable() + ")");
    }
    if (step % 5 == 0) lines.push_back("canon(" + variable() + ")");
    if (step % 5 == 2) lines.push_back(element() + " in " + variable());
  }
  compare_lines_with_python(sets.evaluator, lines);
}

}  // namespace ouro::test
