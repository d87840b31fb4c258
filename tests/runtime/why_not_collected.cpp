// Why an object was not collected: its count, the references the heap knows, and the rule that keeps it.
#include <ouro/gc/explain/edge_names.h>
#include <support/fixture.h>

using namespace ouro;
using namespace ouro::test;
using gc::Reason;

namespace {

using Reasons = std::vector<Reason>;

/// A dead cycle of a list and a dict; the list, borrowed.
const List& dead_cycle(Runtime& rt) {
  const auto list = rt.list();
  list->append(*rt.dict({{"up", list}}));
  return *list;
}

}  // namespace

TEST_CASE("count, edges and references from outside add up", "[answers][why-not-collected]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  const auto node = rt.list();
  const auto dict = rt.dict({{"a", node}});
  const auto list = rt.list(node, 1);
  const gc::NotCollectedReport answer = rt.why_not_collected(*node);
  CHECK(answer.count == 3);
  CHECK(answer.edges_seen == 2);
  CHECK(answer.from_outside == 1);
  CHECK(answer.holders.size() == 2);
  CHECK(answer.reasons == Reasons{Reason::kHeld});
  CHECK_THAT(answer.summary(), StartsWith("count 3, 2 edges seen ("));
  CHECK_THAT(answer.summary(), ContainsSubstring("dict ['a']"));
  CHECK_THAT(answer.summary(), ContainsSubstring("list [0]"));
  CHECK_THAT(answer.summary(), EndsWith("), 1 reference from outside: held from outside"));
}

TEST_CASE("the handle that asks is counted apart, and what is reachable says from where", "[answers][why-not-collected]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto node = rt.list();
  const auto root = rt.tuple(node);
  const gc::NotCollectedReport answer = rt.why_not_collected(node);
  CHECK(answer.asking == 1);
  CHECK(answer.from_outside == 0);
  CHECK(answer.reasons == Reasons{Reason::kReachable});
  CHECK(answer.summary() == "count 2, 1 edge seen (tuple [0]), 0 references from outside and 1 of who asks: reachable");
  CHECK_THAT(answer.to_text(), ContainsSubstring("\n  reachable: root handle -> tuple [0] -> list\n"));
}

TEST_CASE("a dead cycle waits because automatic collection is off", "[answers][why-not-collected][rule-27]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  const List& dead = dead_cycle(rt);
  const gc::NotCollectedReport answer = rt.why_not_collected(dead);
  CHECK(answer.reasons == Reasons{Reason::kDisabled});
  CHECK(answer.is_tracked);
  CHECK(answer.generation == 0);
  CHECK_FALSE(answer.is_enabled);
  CHECK(answer.alive.root == gc::Root::kNone);
}

TEST_CASE("a dead cycle waits because no collection is due", "[answers][why-not-collected][rule-23]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().set_stress(false);
  rt.gc().collect();
  const List& dead = dead_cycle(rt);
  const gc::NotCollectedReport answer = rt.why_not_collected(dead);
  CHECK(answer.reasons == Reasons{Reason::kNotDue});
  CHECK(answer.counts[0] == 2);
  CHECK_THAT(answer.to_text(), ContainsSubstring("no collection is due: counts 2, 0, 0 of thresholds 700, 10, 10"));
}

TEST_CASE("a dead cycle of an older generation is passed over by a young collection",
          "[answers][why-not-collected][rule-14]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  auto list = rt.list();
  list->append(*rt.dict({{"up", list}}));
  const List& old = *list;
  rt.gc().collect(1);
  list.reset();
  rt.gc().collect(0);
  const gc::NotCollectedReport answer = rt.why_not_collected(old);
  CHECK(answer.generation == 2);
  CHECK(answer.last_generation == 0);
  CHECK(answer.reasons == Reasons{Reason::kOlder, Reason::kDisabled});
  CHECK_THAT(answer.to_text(), ContainsSubstring("it is in generation 2, the last collection was of generation 0"));
}

TEST_CASE("what a dead object of an older generation leads to says so", "[answers][why-not-collected][rule-15]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  auto list = rt.list();
  list->append(*list);
  rt.gc().collect();
  const auto young = rt.dict();
  list->append(*young);
  list.reset();
  rt.gc().collect(0);
  const gc::NotCollectedReport answer = rt.why_not_collected(young);
  REQUIRE_FALSE(answer.reasons.empty());
  CHECK(answer.reasons.front() == Reason::kUntracked);  // an empty dict
  CHECK(answer.reasons[1] == Reason::kOlderHolder);
  REQUIRE(answer.holder.size() == 2);
  CHECK(gc::to_text(answer.holder) == "list [1] -> dict");
}

TEST_CASE("a full collection that the quarter rule postpones is named with its figures",
          "[answers][why-not-collected][rule-25]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().set_stress(false);
  const auto kept = rt.list();
  for (int i = 0; i < 100; ++i) kept->append(*rt.list(i));
  auto list = rt.list();
  list->append(*list);
  const List& old = *list;
  rt.gc().collect();
  list.reset();
  const gc::NotCollectedReport answer = rt.why_not_collected(old);
  CHECK(answer.postponed);
  CHECK(answer.long_lived_pending == 0);
  CHECK(answer.long_lived_total == 102);
  CHECK(answer.reasons == Reasons{Reason::kPostponed});
  CHECK_THAT(answer.to_text(), ContainsSubstring("0 objects are new among the old, a quarter of 102 is needed"));
}

TEST_CASE("what a finalizer brought back in the last collection is said to have been",
          "[answers][why-not-collected][rule-62]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  const auto kept = rt.list();
  const auto Foo = rt.new_class("Foo");
  Foo.attr("__del__") = make_function(rt.builtins(), "__del__", [list = kept.get()](Object& self) { list->append(self); });
  {
    const Ref<> foo = Foo();
    foo.attr("me") = foo;
    foo.attr("cargo") = rt.list();
  }
  rt.gc().collect();
  REQUIRE(kept->size == 1);
  const gc::NotCollectedReport foo = rt.why_not_collected(kept->get(0));
  CHECK(foo.reasons == Reasons{Reason::kReachable, Reason::kResurrected});
  CHECK(foo.is_finalized);
  CHECK(foo.resurrected_with == "itself");
  const Ref<> cargo = Ref<>::share(kept->get(0)).attr("cargo");
  const gc::NotCollectedReport with = rt.why_not_collected(cargo);
  CHECK(with.reasons == Reasons{Reason::kReachable, Reason::kResurrected});
  CHECK_FALSE(with.is_finalized);
  CHECK(with.resurrected_with == gc::name_and_address("Foo", &kept->get(0)));
  rt.gc().collect();
  CHECK(rt.why_not_collected(cargo).reasons == Reasons{Reason::kReachable});
  kept->clear();
}

TEST_CASE("an untracked object in a dead cycle hides it from the collector", "[answers][why-not-collected]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  const List& dead = dead_cycle(rt);
  Object& dict = *dead.items[0];
  rt.heap().tracking.untrack(dict);
  CHECK(rt.gc().collect() == 0);
  const gc::NotCollectedReport answer = rt.why_not_collected(dead);
  REQUIRE_FALSE(answer.reasons.empty());
  CHECK(answer.reasons.front() == Reason::kUntrackedHolder);
  CHECK(gc::to_text(answer.holder) == "dict ['up'] -> list");
  CHECK(rt.why_not_collected(dict).reasons.front() == Reason::kUntracked);
  rt.heap().tracking.track(dict);
  CHECK(rt.gc().collect() == 2);
}

TEST_CASE("a frozen object says so, and so does what a frozen one leads to", "[answers][why-not-collected][rule-52]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  auto list = rt.list();
  list->append(*list);
  const List& frozen = *list;
  rt.gc().freeze();
  const auto young = rt.list();
  list->append(*young);
  list.reset();
  CHECK(rt.gc().collect() == 0);
  const gc::NotCollectedReport answer = rt.why_not_collected(frozen);
  CHECK(answer.is_frozen);
  CHECK(answer.reasons == Reasons{Reason::kFrozen});
  const gc::NotCollectedReport led = rt.why_not_collected(young);
  CHECK_FALSE(led.is_frozen);
  CHECK(led.reasons.front() == Reason::kFrozen);
  CHECK_THAT(led.to_text(), ContainsSubstring("frozen: list [1] -> list\n"));
  rt.gc().unfreeze();
  CHECK(rt.why_not_collected(frozen).reasons == Reasons{Reason::kDisabled});
}

TEST_CASE("a legacy finalizer in a dead cycle is named", "[answers][why-not-collected][rule-82]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  const auto Old = rt.new_class("Old");
  Old.attr("__tp_del__") = make_function(rt.builtins(), "__tp_del__", [](Object&) {});
  Object* dead = nullptr;
  {
    const Ref<> old = Old();
    old.attr("me") = old;
    dead = old.get();
  }
  CHECK(rt.why_not_collected(*dead).reasons == Reasons{Reason::kLegacyFinalizer, Reason::kDisabled});
  CHECK_THAT(rt.why_not_collected(*dead).summary(), EndsWith("a legacy finalizer (__tp_del__) is in the way"));
  Ref<>::share(dead).attr("me") = rt.none();
}

TEST_CASE("atoms and immortals are told apart", "[answers][why-not-collected]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto atom = rt.from(12345.5);
  CHECK(rt.why_not_collected(atom).reasons.front() == Reason::kAtom);
  CHECK(rt.why_not_collected(*atom).reasons == Reasons{Reason::kHeld});
  CHECK(rt.why_not_collected(rt.none()).reasons == Reasons{Reason::kImmortal});
  CHECK(rt.why_not_collected(rt.none()).summary() == "NoneType: it never dies");
}
