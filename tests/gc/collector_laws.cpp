// Laws of the collector and of Tracking that no program can see broken: gc-refs-bits, tracked-only, followed-once.
#include <support/broken_law.h>

#include "toy.h"

namespace ouro::test {

TEST_CASE("a count that is worked with is never taken for another state of a candidate", "[gc][law-gc-refs-bits]") {
  using gc::GcRefs;
  for (const std::int32_t kind : {GcRefs::kHolder, GcRefs::kLeaf}) {
    CHECK(GcRefs::is_unreached(kind));
    CHECK(GcRefs::is_reached(kind | GcRefs::kReached));
    for (const std::uint32_t count : {1U, 2U, 1000U, GcRefs::kTooMany - 1}) {
      const std::int32_t number = kind + static_cast<std::int32_t>(count);
      CHECK(GcRefs::is_covered(number));
      CHECK_FALSE(GcRefs::is_covered(kind - static_cast<std::int32_t>(count)));
      CHECK_FALSE(GcRefs::is_unreached(number));
      CHECK(GcRefs::is_reached(number));
      CHECK(GcRefs::is_pending(number) == (kind == GcRefs::kHolder));
      CHECK((number & GcRefs::kFollowed) == 0);
    }
  }
  CHECK_FALSE(GcRefs::is_reached(GcRefs::kInTrash));
  CHECK_FALSE(GcRefs::is_unreached(GcRefs::kInTrash));
}

TEST_CASE("what is not tracked neither moves up nor starts anew", "[gc][law-tracked-only]") {
  if (kChecks < CheckLevel::kInternal) return;
  ToyWorld world;
  const Ref<Toy> toy = world.make(1);
  Tracking& tracking = world.heap.tracking;
  tracking.untrack(*toy);
  const std::size_t granule = tracking.granule_of(*toy);
  CHECK_THAT(broken_law_of([&] { tracking.promote(granule, 1); }), ContainsSubstring("[tracked-only]"));
  CHECK_THAT(broken_law_of([&] { tracking.track_again(*toy); }), ContainsSubstring("[tracked-only]"));
  CHECK_THAT(broken_law_of([&] { static_cast<void>(tracking.generation_of(*toy)); }), ContainsSubstring("[tracked-only]"));
  tracking.track(*toy);
}

TEST_CASE("an object that its count does not cover is noticed by the collection that meets it", "[gc][law-followed-once]") {
  if (kChecks < CheckLevel::kInternal) return;
  ToyWorld world;
  const Ref<Toy> holder = world.make(1);
  const Ref<Toy> target = world.make(2);
  holder->set(0, target.get());
  holder->set(1, target.get());
  const auto forge = [&] {
    target->refcount = 1;
    world.gc.collect();
  };
  CHECK_THAT(broken_law_of(forge), ContainsSubstring("[counts-cover-edges]: plain at "));
}

}  // namespace ouro::test
