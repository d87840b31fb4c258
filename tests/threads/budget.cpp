// The budget of a runtime: how many safepoints it may pass, and how long it may run.
#include <support/fixture.h>

#include <chrono>
#include <thread>

namespace ouro::test {

namespace {

using namespace std::chrono_literals;

/// Safepoints until one throws; at most `most`.
std::size_t safepoints_until_thrown(Runtime& rt, std::size_t most = 100'000'000) {
  for (std::size_t passed = 0; passed < most; ++passed) {
    try {
      rt.safepoint();
    } catch (const Error& error) {
      CHECK(error.is(kBudgetUsedUp));
      CHECK_FALSE(error.is(ErrorKind::kException));
      return passed;
    }
  }
  return most;
}

}  // namespace

TEST_CASE("a budget lets as many safepoints pass as it says, and then throws at each until another is set",
          "[budget][law-budget-stays]") {
  Fixture test;
  Runtime& rt = test.rt;
  Attention& attention = rt.attention();
  attention.set_budget({.safepoints = 10});
  CHECK(attention.budget().safepoints == 10);
  CHECK(safepoints_until_thrown(rt) == 10);
  for (int i = 0; i < 3; ++i) CHECK(safepoints_until_thrown(rt) == 0);
  CHECK(attention.budget().safepoints == 1);
  attention.set_budget({.safepoints = 5});
  CHECK(safepoints_until_thrown(rt) == 5);
  attention.set_budget({});
  CHECK(safepoints_until_thrown(rt, 1000) == 1000);
  CHECK(attention.budget().safepoints == 0);
}

TEST_CASE("a budget of time ends what runs longer", "[budget]") {
  Fixture test;
  Runtime& rt = test.rt;
  const auto begin = std::chrono::steady_clock::now();
  rt.attention().set_budget({.time = 20ms});
  CHECK(safepoints_until_thrown(rt) < 100'000'000);
  CHECK(std::chrono::steady_clock::now() - begin >= 20ms);
  CHECK(safepoints_until_thrown(rt) == 0);
  CHECK(rt.attention().budget().time == 1ns);
  rt.attention().set_budget({});
}

TEST_CASE("a finalizer that reaches a safepoint when the budget is used up is no unraisable error", "[budget]") {
  Fixture test;
  Runtime& rt = test.rt;
  const Ref<Class> type = rt.new_class("Loop");
  type.attr("__del__") = make_function(rt.builtins(), "__del__", [&rt](Object&) {
    for (;;) rt.safepoint();
  });
  Ref<> object = type();
  rt.attention().set_budget({.safepoints = 100});
  object.reset();
  CHECK(test.unraisable.empty());
  CHECK(safepoints_until_thrown(rt) == 0);
  rt.attention().set_budget({});
}

TEST_CASE("a runtime whose budget is used up closes, and finalizers run to their ends", "[budget]") {
  bool finished = false;
  {
    Runtime rt(test_options());
    const Ref<Class> type = rt.new_class("Last");
    type.attr("__del__") = make_function(rt.builtins(), "__del__", [&rt, &finished](Object&) {
      for (int i = 0; i < 10; ++i) rt.safepoint();
      finished = true;
    });
    Ref<> object = type();
    object.attr("self") = object;
    object.reset();
    rt.attention().set_budget({.safepoints = 1});
    CHECK(safepoints_until_thrown(rt) <= 1);
  }
  CHECK(finished);
}

TEST_CASE("all threads count together, and an interrupt comes before the budget", "[budget]") {
  Fixture test;
  Runtime& rt = test.rt;
  rt.attention().set_budget({.safepoints = 1000});
  std::size_t others = 0;
  std::thread thread([&] {
    const Attach inside(rt);
    others = safepoints_until_thrown(rt, 400);
  });
  {
    const GilRelease outside(rt);
    thread.join();
  }
  CHECK(others == 400);
  CHECK(safepoints_until_thrown(rt) <= 600);
  rt.attention().interrupt();
  CHECK(error_of([&] { rt.safepoint(); }) == "KeyboardInterrupt");
  rt.attention().set_budget({});
}

}  // namespace ouro::test
