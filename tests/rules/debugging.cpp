// Section C of the rules, second part: callbacks, debug flags, the garbage list and what a collection writes to.
#include <support/broken_law.h>

#include <algorithm>
#include <regex>

#include "stage.h"
#include <sys/mman.h>

namespace ouro::test {

namespace {

/// A callback of the collector: gets the phase and the info dict.
Ref<> gc_callback(Stage& stage, std::function<void(std::string_view phase, const Ref<Dict>& info)>& act) {
  return make_function(stage.rt.builtins(), "callback", [&act](Str& phase, Dict& info) { act(text(phase), share(info)); });
}

using Told = std::function<void(std::string_view, const Ref<Dict>&)>;

int number(const Ref<Dict>& info, const char* key) { return info[key].as<int>(); }

const Scenario kCallbacks("43 callbacks", [](Stage& stage, Log& log) {
  Told first = [&](std::string_view phase, const Ref<Dict>& info) {
    log("first {} {} {} {}", phase, number(info, "generation"), number(info, "collected"), number(info, "uncollectable"));
  };
  Told second = [&](std::string_view phase, const Ref<Dict>&) { log("second {}", phase); };
  List& callbacks = stage.rt.gc().callbacks();
  callbacks.append(gc_callback(stage, first));
  callbacks.append(gc_callback(stage, second));
  const auto plain = stage.new_class();
  static_cast<void>(stage.make_loop(plain));
  stage.collect(1);
  callbacks.erase(0);
  stage.collect(0);
  callbacks.clear();
});

const Scenario kFiguresAtTheStart("44 figures at the start", [](Stage& stage, Log& log) {
  Told act = [&](std::string_view phase, const Ref<Dict>& info) {
    log("{} {} {}", phase, number(info, "collected"), number(info, "uncollectable"));
  };
  stage.rt.gc().callbacks().append(gc_callback(stage, act));
  static_cast<void>(stage.make_loop(stage.new_class()));
  stage.collect();
  stage.rt.gc().callbacks().clear();
});

const Scenario kErrorInACallback("45 error in a callback", [](Stage& stage, Log& log) {
  Told failing = [&](std::string_view phase, const Ref<Dict>&) { raise(ErrorKind::kValueError, phase); };
  Told next = [&](std::string_view phase, const Ref<Dict>&) {
    const std::string& said = stage.fixture.unraisable.back();
    log("unraisable {}", said.substr(said.find(": ") + 2));
    log("next {}", phase);
  };
  stage.rt.gc().callbacks().append(gc_callback(stage, failing));
  stage.rt.gc().callbacks().append(gc_callback(stage, next));
  static_cast<void>(stage.make_loop(stage.new_class()));
  const std::size_t collected = stage.collect();
  stage.rt.gc().callbacks().clear();
  log("collected {}", collected);
});

const Scenario kCallbacksChanged("46 callbacks changed by a callback", [](Stage& stage, Log& log) {
  List& callbacks = stage.rt.gc().callbacks();
  Told grown = [&](std::string_view phase, const Ref<Dict>&) { log("grown {}", phase); };
  Told clearing = [&](std::string_view phase, const Ref<Dict>&) {
    callbacks.clear();
    log("clearing {}", phase);
  };
  Told growing = [&](std::string_view, const Ref<Dict>&) {
    if (callbacks.size < 5) callbacks.append(gc_callback(stage, grown));
  };
  callbacks.append(gc_callback(stage, clearing));
  callbacks.append(gc_callback(stage, clearing));
  stage.collect();
  callbacks.append(gc_callback(stage, growing));
  stage.collect();
  callbacks.clear();
});

/// The lines that the collector prints while `act` runs, numbers that differ from run to run taken out.
void log_debug_lines(Stage& stage, unsigned flags, const std::function<void()>& act) {
  std::vector<std::string> lines;
  stage.rt.collector().set_debug_output([&](std::string_view line) { lines.emplace_back(line); });
  stage.rt.gc().set_debug(flags);
  act();
  stage.rt.gc().set_debug(0);
  stage.rt.collector().set_debug_output({});
  for (std::string& line : lines) {
    line = std::regex_replace(line, std::regex("0x[0-9a-f]+"), "ADDRESS");
    line = std::regex_replace(line, std::regex("\\d+\\.\\d{4}s"), "TIME");
    if (line.find("in each generation:") != std::string::npos || line.find("permanent generation:") != std::string::npos)
      line = std::regex_replace(line, std::regex(" \\d+"), " N");
  }
  if (flags == gc::kDebugCollectable) std::sort(lines.begin(), lines.end());
  for (const std::string& line : lines) stage.log("{}", line);
}

const Scenario kStatisticsPrinted("48 statistics on standard error", [](Stage& stage, Log&) {
  const auto plain = stage.new_class();
  log_debug_lines(stage, gc::kDebugStats, [&] {
    static_cast<void>(stage.make_loop(plain));
    stage.collect(1);
  });
});

const Scenario kCollectablePrinted("49 collectable objects on standard error", [](Stage& stage, Log&) {
  const auto plain = stage.new_class();
  log_debug_lines(stage, gc::kDebugCollectable, [&] {
    static_cast<void>(stage.make_loop(plain));
    Ref<List> a = stage.rt.list();
    a->append(*a);
    a.reset();
    stage.collect(0);
  });
});

const Scenario kSaveAll("50 save all", [](Stage& stage, Log& log) {
  int calls = 0;
  auto& gc = stage.rt.gc();
  Ref<> a = stage.make_loop(stage.new_class("Final", [&](const Ref<>&) { ++calls; }));
  const auto watch = stage.watch(a);
  a.reset();
  gc.set_debug(gc::kDebugSaveAll);
  log("collected {}", stage.collect());
  gc.set_debug(0);
  log("garbage {}, finalized {}, weak {}", gc.garbage().size, calls, state_of(watch));
  log("old {}", python_bool(stage.rt.collector().generation_of(gc.garbage().get(0)) == 2));
  gc.garbage().clear();
  const std::size_t collected = stage.collect();
  log("collected {}, finalized {}", collected, calls);
});

const Scenario kFlags("51 flags", [](Stage& stage, Log& log) {
  log("{} {} {} {} {}", gc::kDebugStats, gc::kDebugCollectable, gc::kDebugUncollectable, gc::kDebugSaveAll, gc::kDebugLeak);
  for (const unsigned flags : {0U, unsigned{gc::kDebugLeak}, 0U}) {
    stage.rt.gc().set_debug(flags);
    log("{}", stage.rt.gc().get_debug());
  }
});

}  // namespace

TEST_CASE("every callback is told when a collection starts and stops, in order", "[rule-43]") {
  CHECK(kCallbacks.told() == "first start 1 0 0; second start; first stop 1 1 0; second stop; second start; second stop");
}

TEST_CASE("a callback's figures are zero at the start", "[rule-44]") {
  CHECK(kFiguresAtTheStart.told() == "start 0 0; stop 1 0");
}

TEST_CASE("an error in a callback is unraisable, and the next one is called", "[rule-45]") {
  CHECK(kErrorInACallback.told() ==
        "unraisable ValueError: start; next start; unraisable ValueError: stop; next stop; collected 1");
}

TEST_CASE("a callback may change the list of callbacks", "[rule-46]") {
  CHECK(kCallbacksChanged.told() == "clearing start; grown start; grown stop; grown stop");
}

TEST_CASE("statistics are printed in CPython's words", "[rule-48]") {
  CHECK(kStatisticsPrinted.told() ==
        "gc: collecting generation 1...; gc: objects in each generation: N N N; gc: objects in permanent generation: N; "
        "gc: done, 1 unreachable, 0 uncollectable, TIME elapsed");
}

TEST_CASE("collectable objects are printed one by one", "[rule-49]") {
  CHECK(kCollectablePrinted.told() == "gc: collectable <Plain ADDRESS>; gc: collectable <list ADDRESS>");
}

TEST_CASE("with save-all, garbage is finalized and kept in a list", "[rule-50]") {
  CHECK(kSaveAll.told() == "collected 1; garbage 1, finalized 1, weak dead; old True; collected 1, finalized 1");
}

TEST_CASE("debug flags have CPython's numbers and are given back", "[rule-51]") {
  CHECK(kFlags.told() == "1 2 4 32 38; 0; 38; 0");
}

TEST_CASE("a collection that frees nothing writes to no object, frozen or not", "[rule-55]") {
  // The pages of all containers are made read-only in a child, in which a write ends the process.
  Stage stage;
  std::vector<Ref<List>> kept;
  for (int i = 0; i < 3000; ++i) kept.push_back(stage.rt.list(i));
  stage.rt.gc().freeze();
  for (int i = 0; i < 3000; ++i) kept.push_back(stage.rt.list(i, kept.back()));
  const pid_t child = fork();
  if (child == 0) {
    const alloc::Space& containers = stage.rt.heap().memory.containers();
    std::signal(SIGSEGV, SIG_DFL);
    if (mprotect(containers.base(), containers.extent(), PROT_READ) != 0) std::_Exit(2);
    for (int generation = 0; generation < 3; ++generation) stage.collect(generation);
    std::_Exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  stage.rt.gc().unfreeze();
}

TEST_CASE("a count lower than the references to an object is named, and ends the process", "[rule-56]") {
  if constexpr (kChecks < CheckLevel::kHeap) return;
  Stage stage;
  const Ref<List> x = stage.rt.list();
  const Ref<List> holder = stage.rt.list(x, x, x);
  const std::string said = broken_law_of([&] {
    x->refcount = 2;
    stage.collect();
  });
  CHECK_THAT(said, ContainsSubstring("list"));
  CHECK_THAT(said, ContainsSubstring(fmt::format("{}", static_cast<const void*>(x.get()))));
  CHECK_THAT(said, ContainsSubstring("broken law"));
}

}  // namespace ouro::test
