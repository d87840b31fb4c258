// A collection that is watched: phase by phase, with the colour and the number of each object in between.
#include <ouro/gc/stepper.h>
#include <support/broken_law.h>

#include "toy.h"

namespace ouro::test {

using gc::Colour;
using gc::Phase;

TEST_CASE("between the phases the colour and the gc_refs of each object can be read", "[gc][stepping]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  const Ref<Toy> root = world.make();
  const Ref<Toy> held = world.make();
  root->set(0, held.get());
  Toy* const leaf = world.make().release();  // its only count goes to the root's slot
  root->edges[1] = leaf;
  Toy* const dead = world.make_pair(world.plain).get();
  {
    gc::Stepper stepper(world.gc);
    CHECK(stepper.next() == Phase::kCountReferences);
    CHECK(stepper.colour_of(*root) == Colour::kNotCandidate);
    stepper.step();
    CHECK(stepper.gc_refs_of(*root) == 1);
    CHECK(stepper.gc_refs_of(*held) == 1);
    CHECK(stepper.gc_refs_of(*leaf) == 0);
    CHECK(stepper.colour_of(*root) == Colour::kReached);
    CHECK(stepper.colour_of(*leaf) == Colour::kUnknown);
    CHECK(stepper.colour_of(*dead) == Colour::kUnknown);
    stepper.run_to(Phase::kGatherUnreachable);
    CHECK(stepper.colour_of(*root) == Colour::kFollowed);
    CHECK(stepper.colour_of(*leaf) == Colour::kFollowed);
    CHECK(stepper.colour_of(*dead) == Colour::kUnknown);
    CHECK(stepper.unreachable().empty());
    stepper.run_to(Phase::kPromote);
    CHECK(stepper.unreachable().size() == 2);
    CHECK(stepper.colour_of(*dead) == Colour::kUnreachable);
    CHECK(stepper.report().roots == 2);
    CHECK(world.gc.is_collecting());
    CHECK(world.gc.collect() == 0);
    CHECK(stepper.finish() == 2);
    CHECK(stepper.done());
  }
  CHECK_FALSE(world.gc.is_collecting());
  CHECK(world.alive() == 3);
  CHECK(world.gc.generation_of(*leaf) == 2);
}

TEST_CASE("a young collection can be watched as well, and a stepper that goes away ends its collection", "[gc][stepping]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  const Ref<Toy> old = world.make();
  world.gc.collect();
  const Ref<Toy> young = world.make();
  young->set(0, old.get());
  static_cast<void>(world.make_pair(world.plain));
  {
    gc::Stepper stepper(world.gc, 0);
    stepper.run_to(Phase::kGatherUnreachable);
    CHECK(stepper.colour_of(*old) == Colour::kNotCandidate);
    CHECK(stepper.colour_of(*young) == Colour::kFollowed);
    CHECK(stepper.report().candidates == 3);
  }
  CHECK(world.gc.last_report().collected == 2);
  CHECK(world.gc.generation_of(*young) == 1);
}

TEST_CASE("an observer sees every phase of its collection in order", "[gc][stepping]") {
  ToyWorld world;
  world.gc.disable();
  int finalized = 0;
  world.on_finalize = [&](Toy&) { ++finalized; };
  static_cast<void>(world.make_pair(world.final));
  std::vector<Phase> phases;
  const std::size_t collected = world.gc.collect(2, [&](Phase phase, const gc::Stepper& stepper) {
    phases.push_back(phase);
    if (phase == Phase::kFinalize) CHECK(finalized == 0);
    if (phase == Phase::kResurrect) CHECK(finalized == 2);
    CHECK(stepper.report().generation == 2);
  });
  CHECK(collected == 2);
  CHECK(phases == std::vector{Phase::kCountReferences, Phase::kMarkReachable, Phase::kGatherUnreachable, Phase::kPromote,
                              Phase::kWeakReferences, Phase::kFinalize, Phase::kResurrect, Phase::kDelete, Phase::kCount});
}

TEST_CASE("a watched collection finds what an unwatched one finds", "[gc][stepping]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  for (const bool watched : {false, true}) {
    const Ref<Toy> root = world.make_pair(world.plain);
    for (int i = 0; i < 50; ++i) static_cast<void>(world.make_pair(i % 2 == 0 ? world.plain : world.foreign));
    const std::size_t before = world.alive();
    CHECK((watched ? world.gc.collect(2, [](Phase, const gc::Stepper&) {}) : world.gc.collect()) == 100);
    CHECK(world.alive() == before - 100);
    clear_toy(*root);
  }
}

TEST_CASE("a stepper is refused a generation that is none and a second collection", "[gc][stepping]") {
  ToyWorld world;
  CHECK_THROWS_WITH(gc::Stepper(world.gc, 3), ContainsSubstring("invalid generation"));
  gc::Stepper stepper(world.gc);
  CHECK_THROWS_WITH(gc::Stepper(world.gc), ContainsSubstring("a collection is running"));
}

TEST_CASE("a heap that changes between two steps is noticed, by name", "[gc][stepping][law-stepped-unchanged]") {
  if constexpr (kChecks < CheckLevel::kInternal) return;
  ToyWorld world;
  world.gc.set_stress(false);
  const Ref<Toy> toy = world.make();
  gc::Stepper stepper(world.gc);
  stepper.step();
  increment(*toy);
  CHECK_THAT(broken_law_of([&] { stepper.step(); }), ContainsSubstring("[stepped-unchanged]: plain at "));
  decrement(*toy);
}

}  // namespace ouro::test
