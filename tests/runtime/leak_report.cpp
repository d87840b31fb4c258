// The leak report: who holds what is left, and the cycles among it.
#include <support/broken_law.h>
#include <support/fixture.h>

#include <stdexcept>

using namespace ouro;
using namespace ouro::test;

namespace {

/// Runs `leave`, which may leave handles in `kept`, closes the runtime and returns the report. The handles go afterwards.
template <class F>
LeakReport report_after(F leave, Options options = {}) {
  LeakReport report;
  options = test_options(std::move(options));
  options.leak_handler = [&report](const LeakReport& leaks) { report = leaks; };
  std::vector<Ref<>> kept;
  {
    Runtime rt(std::move(options));
    leave(rt, kept);
  }
  return report;
}

const Leak& leak_of(const LeakReport& report, std::string_view type) {
  for (const Leak& leak : report.leaks)
    if (leak.type == type) return leak;
  throw std::out_of_range("no leak of this type");
}

}  // namespace

TEST_CASE("each leak names the leaked objects and handles that hold it", "[runtime][leaks]") {
  const LeakReport report = report_after([](Runtime& rt, std::vector<Ref<>>& kept) {
    kept.push_back(rt.list(rt.dict({{"pi", 3.25}})));
    kept.push_back(kept.front());
  });
  REQUIRE(report.leaks.size() == 4);
  const Leak& list = report.leaks.front();
  CHECK(list.type == "list");
  CHECK(list.from_outside == 2);
  CHECK(list.holders.empty());
  const Leak& dict = leak_of(report, "dict");
  CHECK(dict.from_outside == 0);
  REQUIRE(dict.holders.size() == 1);
  CHECK(dict.holders[0].address == list.address);
  CHECK(dict.holders[0].edge == "[0]");
  CHECK(leak_of(report, "float").holders[0].edge == "['pi']");
  CHECK(leak_of(report, "str").holders[0].edge == "(key 'pi')");
  CHECK(report.cycles.empty());
  CHECK_THAT(report.summary(), EndsWith(" is held by 2 handles"));
  CHECK_THAT(report.to_text(), StartsWith(report.summary() + "\n  list at 0x"));
  CHECK_THAT(report.to_text(), ContainsSubstring(": count 2, held by 2 handles\n"));
  CHECK_THAT(report.to_text(), ContainsSubstring(" ['pi']\n"));
}

TEST_CASE("cycles among the leaked are listed, each with a path", "[runtime][leaks]") {
  const LeakReport report = report_after([](Runtime& rt, std::vector<Ref<>>& kept) {
    const auto ring = rt.list();
    ring->append(*rt.dict({{1, rt.list(ring)}}));
    const auto self = rt.list();
    self->append(*self);
    kept.push_back(rt.tuple(ring, self, rt.list()));
  });
  CHECK(report.leaks.size() == 6);
  REQUIRE(report.cycles.size() == 2);
  const auto& [first, second] = std::pair(report.cycles[0], report.cycles[1]);
  const LeakCycle& ring = first.members.size() == 3 ? first : second;
  const LeakCycle& self = first.members.size() == 3 ? second : first;
  CHECK(ring.members.size() == 3);
  REQUIRE(ring.path.size() == 4);
  CHECK(ring.path.front().address == ring.path.back().address);
  CHECK(self.members.size() == 1);
  CHECK(gc::to_text(self.path) == "list [0] -> list");
  CHECK_THAT(report.to_text(), ContainsSubstring("  cycle of 1: list [0] -> list\n"));
  CHECK_THAT(report.to_text(), ContainsSubstring("  cycle of 3: "));
}

TEST_CASE("a long leak report is cut short, the data are not", "[runtime][leaks]") {
  const LeakReport report = report_after([](Runtime& rt, std::vector<Ref<>>& kept) {
    const auto list = rt.list();
    for (int i = 0; i < 2000; ++i) list->append(*rt.list());
    kept.push_back(list);
  });
  CHECK(report.leaks.size() == 2001);
  CHECK(report.leaks.back().holders.size() == 1);
  CHECK(report.leaks.back().holders[0].edge.empty());
  CHECK(report.leaks[1].holders[0].edge == "[0]");
  CHECK_THAT(report.to_text(5), EndsWith("\n  ... and 1996 more objects\n"));
}

TEST_CASE("a class that leaks holds the names of its attributes, nobody else does", "[runtime][leaks]") {
  const LeakReport report = report_after([](Runtime& rt, std::vector<Ref<>>& kept) {
    const Ref<> foo = rt.new_class("Foo")();
    foo.attr("an_attribute") = 1;
    kept.push_back(foo);
  });
  for (const Leak& leak : report.leaks) {
    INFO(leak.type);
    CHECK(leak.from_outside == (leak.type == "Foo" ? 1 : 0));
    CHECK((leak.from_outside != 0 || !leak.holders.empty()));
  }
}

TEST_CASE("where handles are traced, the report says who made those that leak", "[runtime][leaks][handle-sites]") {
  Options options;
  options.trace_handles = true;
  const LeakReport report =
      report_after([](Runtime& rt, std::vector<Ref<>>& kept) { kept.push_back(rt.list()); }, std::move(options));
  REQUIRE(report.leaks.size() == 1);
  CHECK(report.leaks[0].sites.size() == (HandleSites::kAvailable ? 1 : 0));
}

TEST_CASE("abort_on_leak prints the full report and aborts, after the handler was told", "[runtime][leaks]") {
  const std::string said = broken_law_of([] {
    Options options = test_options();
    options.abort_on_leak = true;
    options.leak_handler = [](const LeakReport& report) { std::fprintf(stderr, "told of %zu\n", report.leaks.size()); };
    Runtime rt(std::move(options));
    const auto list = rt.list(rt.dict());
    static_cast<void>(rt.close());
  });
  CHECK_THAT(said, StartsWith("told of 2\nouro: 2 objects outlived the runtime (1 dict, 1 list); list at 0x"));
  CHECK_THAT(said, ContainsSubstring("\n  list at 0x"));
  CHECK_THAT(said, ContainsSubstring(" [0]\n"));
}

TEST_CASE("abort_on_leak does nothing where nothing leaks", "[runtime][leaks]") {
  Options options = test_options();
  options.abort_on_leak = true;
  Runtime rt(std::move(options));
  CHECK(rt.close().empty());
}
