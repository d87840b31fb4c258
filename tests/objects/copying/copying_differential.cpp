// copy and deepcopy beside CPython's module copy: every kind of object, what classes say, cycles, random graphs.
#include <support/fixture.h>
#include <support/python.h>

#include <random>
#include <string>
#include <vector>

#include <objects/copying/classes_to_copy.h>

namespace ouro::test {

TEST_CASE("copies of every kind of object are CPython's", "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = copying_evaluator(fixture.rt);
  const char* const values[] = {"None",
                                "NotImplemented",
                                "True",
                                "5",
                                "10**30",
                                "1.5",
                                "'text'",
                                "''",
                                "()",
                                "(1, 'a')",
                                "(1, [2])",
                                "((), ([],))",
                                "[]",
                                "[1, [2], {}]",
                                "{}",
                                "{'a': [1], 2: (3, [4])}",
                                "range(3)",
                                "list",
                                "Node",
                                "Stack",
                                "type",
                                "ValueError",
                                "[1].append",
                                "list.append",
                                "[1].__len__",
                                "(5).__add__",
                                "list.__len__",
                                "int.real",
                                "{}.keys()",
                                "{1: 2}.items()",
                                "module('m')",
                                "Tools('m')",
                                "cell(1)",
                                "namespace()",
                                "namespace(a=[1], b=2)",
                                "Space(a=[1])",
                                "ValueError()",
                                "ValueError(1, [2])",
                                "KeyError('k')",
                                "OSError(2, 'text', 'name')",
                                "StopIteration([1])",
                                "Node()",
                                "Stack([1, [2]])",
                                "Map({'a': [1]})",
                                "Number(5)",
                                "Real(2.5)",
                                "Text('x')",
                                "Pair([1, [2]])",
                                "object()",
                                "Pair()"};
  std::vector<std::string> lines;
  for (const std::string value : values) {
    lines.insert(lines.end(), {"x = " + value, "c = 0", "c = copy(x)", "c", "c is x", "d = 0", "d = deepcopy(x)", "d",
                               "d is x", "shape(d)", "shape([x, c, d])"});
  }
  for (const char* const value : {"Node()", "Stack([[1]])", "Map({1: [2]})", "Number(7)", "Real(0.5)", "Text('t')",
                                  "Pair([[1]])", "ValueError([1])", "Space(z=[1])"}) {
    for (const char* const line :
         {"", "x.a = [1]", "x.b = x", "x.c = x.a", "x.d = x.__dict__", "del x.a", "x.a = (x, x.c)"}) {
      lines.push_back(*line == '\0' ? std::string("x = ") + value : line);
      lines.insert(lines.end(), {"c = copy(x)", "shape(c)", "shape([x, c])", "c is x", "d = deepcopy(x)", "shape(d)",
                                 "shape([x, d])", "d.b is d", "d.__dict__ is x.__dict__"});
    }
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("what classes say of copying is heard as by CPython", "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = copying_evaluator(fixture.rt);
  add_classes_that_say(evaluator, fixture.rt);
  std::vector<std::string> lines{"copy(Refuses())",  "deepcopy(Refuses())",    "copy(Five())",
                                 "deepcopy(Five())", "copy(Half()).__class__", "deepcopy(Half()).__class__",
                                 "copy(Extended())", "deepcopy([Extended()])"};
  const char* const given[] = {"5",
                               "7.5",
                               "'x'",
                               "()",
                               "(1,)",
                               "(list, 5)",
                               "(list, ())",
                               "[list, ()]",
                               "(list, ([1, [2]],))",
                               "(list, (), None, None, None, None)",
                               "(list, (), None, None, None, None, 1)",
                               "(list, (), None, [1, [2]])",
                               "(list, (), 5)",
                               "(Node, (), 5)",
                               "(Node, (), (1, 2))",
                               "(Node, (), (None, {'x': [2]}))",
                               "(Node, (), {'x': [2]})",
                               "(Node, (), ({'y': 1}, {'x': [2]}))",
                               "(dict, (), None, None, [(1, [2])])",
                               "(dict, (), None, None, [1])",
                               "(dict, (), None, None, [(1, 2, 3)])",
                               "(dict, (), None, None, [(1,)])",
                               "(int, None)",
                               "(Node, (), (None, [1]))",
                               "{1: 2}",
                               "(Restored, (), 5)",
                               "(Restored, (), ([1],))",
                               "(Restored, (), None)",
                               "(Stack, (), {'a': [1]}, [2])",
                               "(Map, (), None, None, [('k', [1])])",
                               "None",
                               "(1, 2)",
                               "((1,), {})",
                               "((1,), 2)",
                               "((), {})",
                               "(1, 2, 3)",
                               "([], {})",
                               "(None, ())",
                               "(5, ())",
                               "(list, ([1],), [])",
                               "(Node, (), {1: 2})",
                               "(tuple, ([[1]],))"};
  for (const std::string value : given)
    for (const char* const type : {"Reduces", "Copies", "States", "Argues", "ArguesByName", "Deep"})
      for (const char* const act : {"copy", "deepcopy"}) {
        lines.push_back(std::string("x = ") + type + "()");
        lines.push_back("x.given = " + value);
        lines.push_back("y = 0");
        lines.push_back(std::string("y = ") + act + "(x)");
        lines.push_back("y is x");
        lines.push_back("shape(y)");
      }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("cycles and shared objects are copied as CPython copies them", "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = copying_evaluator(fixture.rt);
  add_classes_that_say(evaluator, fixture.rt);
  compare_lines_with_python(evaluator, {"a = []",
                                        "a.append(a)",
                                        "b = deepcopy(a)",
                                        "b",
                                        "b[0] is b",
                                        "b is a",
                                        "copy(a)[0] is a",
                                        "t = ([],)",
                                        "t[0].append(t)",
                                        "u = deepcopy(t)",
                                        "u",
                                        "u[0][0] is u",
                                        "u is t",
                                        "shape(u)",
                                        "d = {}",
                                        "d['me'] = d",
                                        "e = deepcopy(d)",
                                        "e",
                                        "e['me'] is e",
                                        "x = [1]",
                                        "y = [x, x, (x,), {'k': x}]",
                                        "z = deepcopy(y)",
                                        "shape(z)",
                                        "z[0] is z[1]",
                                        "z[0] is x",
                                        "z[2][0] is z[0]",
                                        "n = Node()",
                                        "n.n = n",
                                        "n.l = [n, n]",
                                        "m = deepcopy(n)",
                                        "shape(m)",
                                        "m.n is m",
                                        "m.l[0] is m",
                                        "s = Stack([1])",
                                        "s.append(s)",
                                        "s.me = s",
                                        "r = deepcopy(s)",
                                        "shape(r)",
                                        "r[1] is r",
                                        "r.me is r",
                                        "memo = {}",
                                        "deepcopy([[1]], memo)",
                                        "len(memo)",
                                        "deepcopy(5, memo)",
                                        "p = [1]",
                                        "q = deepcopy(p, memo)",
                                        "deepcopy(p, memo) is q",
                                        "v = Deep()",
                                        "v.given = [v.__class__, 1]",
                                        "deepcopy([v, v])",
                                        "deepcopy([v.given, v])",
                                        "namespace(a=n).a is n",
                                        "w = deepcopy(namespace(a=n, b=[n]))",
                                        "w.a is w.b[0]",
                                        "w.a is n",
                                        "f = n.l.append",
                                        "deepcopy(f) is f",
                                        "g = v.__deepcopy__",
                                        "deepcopy(g).__self__ is v",
                                        "copy(g).__self__ is v"});
}

TEST_CASE("random graphs are copied as CPython copies them", "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  fixture.rt.collector().set_stress(false);  // graphs are what counts here
  Evaluator evaluator = copying_evaluator(fixture.rt);
  std::mt19937 random(7);
  const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
  const char* const makers[] = {"[]", "{}", "Node()", "Stack()", "Map()", "[1, 2.5]", "Pair([1])"};
  std::vector<std::string> lines;
  for (int graph = 0; graph < number_from("OURO_GRAPHS", 150); ++graph) {
    std::vector<std::string> kinds;
    const std::uint32_t count = 2 + below(6);
    for (std::uint32_t i = 0; i < count; ++i) {
      kinds.emplace_back(makers[below(std::size(makers))]);
      lines.push_back("v" + std::to_string(i) + " = " + kinds[i]);
    }
    const auto target = [&] {
      const std::string name = "v" + std::to_string(below(count));
      switch (below(5)) {
        case 0:
          return "(" + name + ", 1)";
        case 1:
          return "((" + name + ",), " + name + ")";
        default:
          return name;
      }
    };
    for (std::uint32_t link = 0; link < 2 * count; ++link) {
      const std::uint32_t from = below(count);
      const std::string name = "v" + std::to_string(from);
      const bool is_list = kinds[from].starts_with("[") || kinds[from] == "Stack()";
      if (is_list) {
        lines.push_back(name + ".append(" + target() + ")");
      } else if (kinds[from] == "{}" || kinds[from] == "Map()") {
        lines.push_back(name + "[" + std::to_string(below(4)) + "] = " + target());
      }
      if (!kinds[from].starts_with("[") && kinds[from] != "{}")
        lines.push_back(name + "." + std::string(1, static_cast<char>('a' + below(3))) + " = " + target());
    }
    std::string all = "[";
    for (std::uint32_t i = 0; i < count; ++i) all += "v" + std::to_string(i) + ", ";
    lines.insert(lines.end(),
                 {"d = deepcopy(" + all + "])", "shape(d)", "shape([d, " + all + "]])", "c = copy(v0)", "shape([c, v0])"});
  }
  compare_lines_with_python(evaluator, lines);
}

}  // namespace ouro::test
