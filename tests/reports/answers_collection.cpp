// Answers of the collector that were not CPython's.
#include <ouro/gc/check/check_edges.h>
#include <support/fixture.h>

namespace ouro::test {

TEST_CASE("a dead weak reference keeps its callback after a collection and loses it by count, as in CPython", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().set_stress(false);
  const Ref<Class> type = rt.new_class("A");
  int calls = 0;
  const Ref<Function> callback = make_function(rt.builtins(), "cb", [&calls](Object&) { ++calls; });
  Ref<> loop = type();
  loop.attr("me") = loop;
  const Ref<WeakRef> by_collection = make_weakref(*loop, callback.get());
  Ref<> plain = type();
  const Ref<WeakRef> by_count = make_weakref(*plain, callback.get());
  loop.reset(), plain.reset();
  rt.gc().collect();
  CHECK(calls == 2);
  CHECK(get_attribute(*by_collection, *rt.str("__callback__")).is(*callback));
  CHECK(is_none(*get_attribute(*by_count, *rt.str("__callback__"))));
  rt.gc().collect();
  CHECK(calls == 2);
}

TEST_CASE("an object saved while it dies by its count is young and frozen no more, as in CPython", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().set_stress(false);
  rt.gc().disable();
  const Ref<List> saved = rt.list();
  std::vector<int> inside;
  const auto type = rt.new_class("A");
  type.attr("__del__") = make_function(rt.builtins(), "__del__", [&](Object& self) {
    inside.push_back(rt.gc().is_frozen(self) ? -1 : rt.gc().generation_of(self));
    saved->append(self);
  });
  for (const bool freeze : {true, false}) {
    Ref<> object = type();
    rt.gc().collect();
    if (freeze) rt.gc().freeze();
    CHECK(rt.gc().is_frozen(*object) == freeze);
    CHECK(rt.gc().generation_of(*object) == 2);
    object.reset();
    CHECK_FALSE(rt.gc().is_frozen(saved->get(-1)));
    CHECK(rt.gc().generation_of(saved->get(-1)) == 0);
    rt.gc().unfreeze();
    rt.gc().collect(0);
    CHECK(rt.gc().generation_of(saved->get(-1)) == 1);
  }
  CHECK(inside == std::vector{0, 0});
}

TEST_CASE("weak references that their own callbacks let go count as collected, as in CPython", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().set_stress(false);
  rt.gc().disable();
  const Ref<Class> type = rt.new_class("A");
  const auto collected_with = [&](const auto& watch) {
    Ref<> loop = type();
    loop.attr("me") = loop;
    const auto watching = watch(loop);
    rt.gc().collect();
    loop.reset();
    const std::size_t before = rt.gc().stats(2).collected;
    const std::size_t result = rt.gc().collect();
    CHECK(rt.gc().stats(2).collected - before == result);
    return result;
  };
  const Ref<Function> nothing = make_function(rt.builtins(), "nothing", [] {});
  const Ref<Function> callback = make_function(rt.builtins(), "cb", [](Object&) {});
  CHECK(collected_with([&](const Ref<>& target) {
          Ref<WeakValues> values = make_weak_values(rt.builtins());
          values->set(*rt.from(1), *target);
          return values;
        }) == 2);
  CHECK(collected_with([&](const Ref<>& target) {
          Ref<WeakKeys> keys = make_weak_keys(rt.builtins());
          keys->set(*target, *rt.from(1));
          return keys;
        }) == 2);
  CHECK(collected_with([&](const Ref<>& target) { return finalize(target, nothing); }) == 2);
  CHECK(collected_with([&](const Ref<>& target) { return make_weakref(*target, callback.get()); }) == 1);
}

TEST_CASE("the edge check finds nothing wrong with several finalize objects", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> target = rt.new_class("A")();
  const Ref<Function> nothing = make_function(rt.builtins(), "nothing", [] {});
  const Ref<Finalize> first = finalize(target, nothing), second = finalize(target, nothing);
  const Ref<Finalize> third = finalize(target, nothing);
  alloc::Report findings;
  gc::check_edges(rt.heap(), findings);
  for (const alloc::Finding& finding : findings) UNSCOPED_INFO(finding.law << ": " << finding.detail.data());
  CHECK(findings.clean());
  for (const Ref<Finalize>& made : {first, second, third}) static_cast<void>(made->detach());
}

TEST_CASE("all gc callbacks of a phase get the same dict, as in CPython", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<List> infos = rt.list();
  const Ref<Function> note = make_function(rt.builtins(), "note", [&](Object&, Object& info) { infos->append(info); });
  List& callbacks = rt.gc().callbacks();
  callbacks.append(*note), callbacks.append(*note);
  infos->clear();
  rt.gc().set_stress(false);
  rt.gc().collect();
  callbacks.clear();
  REQUIRE(infos->size == 4);
  CHECK(&infos->get(0) == &infos->get(1));
  CHECK(&infos->get(2) == &infos->get(3));
  CHECK(&infos->get(0) != &infos->get(2));
}

}  // namespace ouro::test
