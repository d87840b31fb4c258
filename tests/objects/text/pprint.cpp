// pformat beside CPython's pprint.pformat: all options, random nestings.
#include <ouro/objects/text/pprint.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

#include <random>
#include <regex>
#include <string>
#include <vector>

namespace ouro::test {

namespace {

Evaluator pprint_evaluator(Runtime& rt) {
  Evaluator evaluator(rt.builtins());
  evaluator.name("__name__", rt.str("__main__"), "'__main__'");
  evaluator.name("types", rt.none(), "import types");
  evaluator.name("namespace", share<Object>(rt.type<SimpleNamespace>()), "types.SimpleNamespace");
  const auto print = [](Object& object, std::int64_t indent, std::int64_t width, Object& depth, bool compact,
                        bool sort_dicts, bool underscore_numbers) {
    PrintOptions options{.indent = indent,
                         .width = width,
                         .compact = compact,
                         .sort_dicts = sort_dicts,
                         .underscore_numbers = underscore_numbers};
    if (!is_none(depth)) options.depth = to_index(depth);
    return std::regex_replace(std::string(text(*ouro::pformat(object, options))), std::regex("id=\\d+"), "id=0");
  };
  evaluator.name("pformat",
                 make_function(rt.builtins(),
                               "pformat(object, indent=1, width=80, depth=None, compact=False, sort_dicts=True, "
                               "underscore_numbers=False)",
                               print),
                 "import pprint, re\ndef pformat(*a, **k): return re.sub('id=[0-9]+', 'id=0', pprint.pformat(*a, **k))\n");
  evaluator.name("Stack", rt.new_class("Stack", {&rt.type<List>()}), "class Stack(list):\n    pass");
  evaluator.name("Map", rt.new_class("Map", {&rt.type<Dict>()}), "class Map(dict):\n    pass");
  evaluator.name("Text", rt.new_class("Text", {&rt.type<Str>()}), "class Text(str):\n    pass");
  evaluator.name("Number", rt.new_class("Number", {&rt.type<Int>()}), "class Number(int):\n    pass");
  evaluator.name("Space", rt.new_class("Space", {&rt.type<SimpleNamespace>()}),
                 "class Space(types.SimpleNamespace):\n    pass");
  const Ref<Class> shown = rt.new_class("Shown", {&rt.type<List>()});
  define(shown, "__repr__(self)",
         [](Object& self) { return make_str(builtins_of(self), "a list with a repr of its own, rather long"); });
  evaluator.name("Shown", shown,
                 "class Shown(list):\n    def __repr__(self): return 'a list with a repr of its own, rather long'");
  return evaluator;
}

class RandomObjects {
 public:
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  std::string text() {
    static const char* const kParts[] = {
        "word ", "a", "  ", "\\n", "longer words, ", "\\t", "'", "\"", "\xC3\xA9\xE2\x82\xAC", "\\\\"};
    std::string made;
    for (std::uint32_t parts = below(below(4) == 0 ? 30 : 5); parts > 0; --parts) {
      const std::string part = kParts[below(std::size(kParts))];
      made += part == "'" ? "\\'" : part;
    }
    return "'" + made + "'";
  }
  std::string value(int depth) {
    switch (below(depth > 0 ? 12 : 6)) {
      case 0:
        return std::to_string(below(2) == 0 ? below(100) : below(100'000'000)) + std::string(below(3) == 0 ? "000000" : "");
      case 1:
        return below(2) == 0 ? "None" : "-2.5";
      case 2:
        return "-" + std::to_string(below(1'000'000));
      case 3:
        return "b'" + std::string(below(60), 'x') + "\\x00'";
      case 4:
      case 5:
        return text();
      case 6:
      case 7:
        return below(5) == 0 ? "Stack([" + items(depth) + "])" : "[" + items(depth) + "]";
      case 8:
        return "(" + items(depth) + ")";
      case 9:
        return below(4) == 0 ? "namespace(a=" + value(depth - 1) + ", bcd=" + value(depth - 1) + ")" : "{1, 2, 3}";
      default:
        return dict(depth);
    }
  }

 private:
  std::string items(int depth) {
    std::string made;
    for (std::uint32_t count = below(8); count > 0; --count) made += value(depth - 1) + ", ";
    return made;
  }
  std::string dict(int depth) {
    static const char* const kKeys[] = {"1", "None", "(1, 'a')", "2.5"};
    std::string made = "{";
    for (std::uint32_t count = below(6); count > 0; --count)
      made += (below(6) == 0 ? kKeys[below(std::size(kKeys))] : text()) + ": " + value(depth - 1) + ", ";
    return made + "}";
  }

  std::mt19937 random_{11};
};

}  // namespace

TEST_CASE("pformat lays objects out as CPython's pprint does", "[json][pprint][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  fixture.rt.collector().set_stress(false);  // text is what counts here
  Evaluator evaluator = pprint_evaluator(fixture.rt);
  std::vector<std::string> lines{"l = [1, 2]",         "l.append(l)", "d = {'a': l}", "d['d'] = d",
                                 "n = namespace(a=1)", "n.n = n",     "t = (l, d)"};
  const char* const values[] = {"l",
                                "d",
                                "n",
                                "t",
                                "[n, n]",
                                "[]",
                                "{}",
                                "()",
                                "(1,)",
                                "((1,),)",
                                "Stack(['a' * 30, 'b' * 60])",
                                "Map({'a' * 30: 'b' * 60})",
                                "Text('word ' * 30)",
                                "Number(123456789)",
                                "Space(a='x' * 80)",
                                "Shown([1])",
                                "[Shown([1]), 1]",
                                "{1: 2, 'a': 3, None: 4}",
                                "{'k': {'k': {'k': {'k': 1}}}}",
                                "[[[[[[1]]]]]]",
                                "'word ' * 40",
                                "['word ' * 40]",
                                "b'abc' * 40",
                                "[b'abc' * 40]",
                                "bytearray(b'abc' * 40)",
                                "{1, 2, 3}",
                                "frozenset([1, 2, 3])",
                                "frozenset(['a' * 50, 'b' * 50])",
                                "{'a' * 50, 'b' * 50}",
                                "123456789",
                                "-1234567",
                                "True",
                                "1.5",
                                "[123456789] * 20",
                                "'x' * 100",
                                "['x' * 100]",
                                "'a\\nb\\n' * 30",
                                "[range(5)] * 20",
                                "type.__dict__",
                                "[10**30]",
                                "set()",
                                "frozenset()"};
  const char* const options[] = {"",
                                 ", width=20",
                                 ", width=1",
                                 ", indent=4",
                                 ", indent=4, width=30",
                                 ", compact=True",
                                 ", compact=True, width=30, indent=3",
                                 ", depth=1",
                                 ", depth=2, width=10",
                                 ", sort_dicts=False",
                                 ", underscore_numbers=True",
                                 ", indent=0",
                                 ", indent=-1",
                                 ", depth=0",
                                 ", width=0",
                                 ", width=-5"};
  for (const char* const value : values) {
    if (std::string(value) == "type.__dict__") continue;
    for (const char* const given : options) lines.push_back(std::string("pformat(") + value + given + ")");
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("pformat lays random nestings out as CPython's pprint does", "[json][pprint][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  fixture.rt.collector().set_stress(false);  // text is what counts here
  Evaluator evaluator = pprint_evaluator(fixture.rt);
  RandomObjects random;
  const char* const options[] = {"",
                                 ", width=40",
                                 ", width=20",
                                 ", indent=3",
                                 ", compact=True",
                                 ", depth=2",
                                 ", sort_dicts=False",
                                 ", underscore_numbers=True"};
  std::vector<std::string> lines;
  for (int i = 0; i < (std::getenv("OURO_STRESS") != nullptr ? 50 : 1500); ++i)
    lines.push_back("pformat(" + random.value(4) + options[random.below(std::size(options))] +
                    (i % 3 == 0 ? ", compact=True)" : ")"));
  for (std::string& line : lines)  // an option is given once
    if (line.find("compact=True, compact") != line.npos) line = line.substr(0, line.rfind(", compact")) + ")";
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE_METHOD(Fixture, "pformat of what is nested deep is linear, or a RecursionError", "[json][pprint]") {
  rt.collector().set_stress(false);  // depth is what counts here
  Ref<> nested = rt.list();
  for (int i = 0; i < 5000; ++i) nested = make_list(rt.builtins(), {nested.get()});
  CHECK(error_of([&] { return pformat(*nested); }).starts_with("RecursionError: maximum recursion depth exceeded"));
  Ref<> pair = rt.list();
  for (int i = 0; i < 60; ++i) pair = make_list(rt.builtins(), {pair.get(), rt.str("some text").get()});
  CHECK(pformat(*pair)->bytes > 600);
}

}  // namespace ouro::test
