// Histories: recorded, replayed, made short, printed as a test.
#include <algorithm>

#include <kit/quiet.h>

namespace ouro::test {

using testing::Graph;
using testing::History;

namespace {

/// The nodes alive after the history was played in a runtime of its own.
Names survivors(const History& history) {
  QuietFixture world;
  Graph graph(world.rt, history.width);
  testing::play(history, graph);
  return graph.alive();
}

bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("a history is read and written word for word", "[kit]") {
  const std::string text =
      "make:a make:b:list make:c:instance:finalizer make:d:finalizer=resurrect,drop:a,clear:self "
      "watch:w:a watch:v:c:callback=hold:b,throw link:a:b unlink:a:b hold:a drop:a clear:a collect:0 collect:2 allocate:5 "
      "throw";
  CHECK(testing::text_of(testing::parse_history(text)) == text);
  CHECK(testing::text_of(testing::parse_history("collect # all\nallocate")) == "collect:2 allocate:1");
  const auto mistake = [](std::string_view wrong) {
    return failure_of([&] { static_cast<void>(testing::parse_history(wrong)); });
  };
  CHECK(mistake("make:a\n leap:a") == "line 2, column 2: 'leap' is no operation");
  CHECK(mistake("make:a:tuple") == "line 1, column 8: 'tuple' is no kind of node");
  CHECK(mistake("make:a link:a") == "line 1, column 14: ':' and a name are missing");
  CHECK(mistake("drop:a;") == "line 1, column 7: ';' does not belong here");
}

TEST_CASE("what is done to a graph is recorded, and done again it gives the same graph", "[kit]") {
  QuietFixture world;
  History history;
  Graph graph(world.rt);
  graph.record(&history.steps);
  graph.build("root->a->b->a c->c c.finalizer=resurrect b.weak d.dict root->d d->a");
  graph.drop("a");
  graph.collect(0);
  graph.unlink("d", "a");
  graph.apply(testing::parse_operations("allocate:3").front());
  graph.record(nullptr);
  graph.hold("d");
  INFO(testing::text_of(history));
  Graph again(world.rt);
  testing::play(testing::parse_history(testing::text_of(history)), again);
  graph.drop("d");
  CHECK(again.text() == graph.text());
  CHECK(again.alive() == Names{"a", "b", "c", "d", "b_weak"});
}

TEST_CASE("a step that cannot be done does nothing, so every part of a history can be played", "[kit]") {
  const History history = testing::parse_history(
      "make:a link:a:b make:b link:a:b watch:w:b hold:c drop:b drop:b unlink:b:a make:a throw clear:x watch:v:l make:l:list "
      "watch:v:l collect");
  CHECK(survivors(history) == Names{"a", "b", "w", "l"});
  for (std::size_t step = 0; step < history.steps.size(); ++step) {
    History part = history;
    part.steps.erase(part.steps.begin() + static_cast<std::ptrdiff_t>(step));
    survivors(part);
  }
}

TEST_CASE("a failing history is made so short that no step can be left out", "[kit]") {
  History history;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "n" + std::to_string(i);
    const History more = testing::parse_history("make:" + name + " link:" + name + ":" + name + " hold:" + name +
                                                " drop:" + name + (i % 7 == 0 ? " collect:0" : " allocate:2"));
    history.steps.insert(history.steps.end(), more.steps.begin(), more.steps.end());
  }
  const History tail = testing::parse_history("link:n3:n20 drop:n20 drop:n3");
  history.steps.insert(history.steps.end(), tail.steps.begin(), tail.steps.end());
  // "Fails" where n20 lives without a handle.
  std::size_t runs = 0;
  const auto fails = [&](const History& candidate) {
    ++runs;
    QuietFixture world;
    Graph graph(world.rt);
    for (const auto& step : candidate.steps) graph.apply(step);
    const Names alive = graph.alive();
    return contains(alive, "n20") && graph.holds(graph.id("n20")) == 0;
  };
  const History shortest = testing::shrink(history, fails);
  CHECK(testing::text_of(shortest) == "make:n3 make:n20 link:n3:n20 drop:n20");
  CHECK(runs < 200);
  CHECK(failure_of([&] { static_cast<void>(testing::shrink(shortest, [](const History&) { return false; })); }) ==
        "the history to make short does not fail");
}

TEST_CASE("a history is printed as a test in C++", "[kit]") {
  const History history = testing::parse_history(
      "make:a make:b:instance:finalizer=resurrect link:a:b watch:w:b watch:v:b:callback=collect:0 hold:a drop:a unlink:a:b "
      "clear:b allocate:2 collect:1");
  CHECK(testing::as_test(history, "b saves itself") ==
        "TEST_CASE(\"b saves itself\") {\n"
        "  ouro::Runtime rt;\n"
        "  rt.gc().disable();\n"
        "  ouro::testing::Graph graph(rt, 8);\n"
        "  graph.compare_with_oracle(true);\n"
        "  graph.make(\"a\");\n"
        "  graph.make(\"b\", ouro::testing::parse_spec(\"instance:finalizer=resurrect\"));\n"
        "  graph.link(\"a\", \"b\");\n"
        "  graph.watch(\"w\", \"b\");\n"
        "  graph.watch(\"v\", \"b\", ouro::testing::parse_operations(\"collect:0\"));\n"
        "  graph.hold(\"a\");\n"
        "  graph.drop(\"a\");\n"
        "  graph.unlink(\"a\", \"b\");\n"
        "  graph.clear(\"b\");\n"
        "  graph.apply(ouro::testing::parse_operations(\"allocate:2\").front());\n"
        "  graph.collect(1);\n"
        "  graph.check();\n"
        "}\n");
}

TEST_CASE("a test that was printed does what its history does", "[kit]") {
  ouro::Runtime rt;
  rt.gc().disable();
  ouro::testing::Graph graph(rt, 8);
  graph.compare_with_oracle(true);
  graph.make("a");
  graph.make("b", ouro::testing::parse_spec("instance:finalizer=resurrect"));
  graph.link("a", "b");
  graph.watch("w", "b");
  graph.watch("v", "b", ouro::testing::parse_operations("collect:0"));
  graph.hold("a");
  graph.drop("a");
  graph.unlink("a", "b");
  graph.clear("b");
  graph.apply(ouro::testing::parse_operations("allocate:2").front());
  graph.collect(1);
  graph.check();
  CHECK(graph.alive() == Names{"a", "b", "w", "v"});
}

}  // namespace ouro::test
