// The verifier is tested by breaking things: each corruption must be found and named.
#include <cstring>

#include <gc/toy.h>

namespace ouro::test {

namespace {

/// Plants a corruption, looks, and takes it back so that the world can end in peace.
void plant(ToyWorld& world, const char* law, const std::function<void()>& corrupt, const std::function<void()>& repair) {
  corrupt();
  alloc::Report findings;
  gc::verify(world.gc, findings);
  repair();
  INFO(law);
  CHECK(findings.names(law));
  world.verify();
}

}  // namespace

TEST_CASE("the verifier names each corruption planted in objects and marks", "[gc][verifier]") {
  ToyWorld world;
  world.gc.disable();
  const Ref<Toy> a = world.make_pair(world.plain);
  const Ref<WeakRef> watch = world.watch(*a);
  Toy* const b = a->get(0);
  const std::size_t granule = world.heap.tracking.granule_of(*a);
  auto& tracking = world.heap.tracking;

  SECTION("a count lower than the references") {
    plant(
        world, "counts-cover-edges", [&] { b->refcount = 0; }, [&] { b->refcount = 1; });
  }
  SECTION("a reference to a freed block") {
    Object* const dangling = world.make().get();
    plant(
        world, "edge-alive", [&] { a->edges[3] = dangling; }, [&] { a->edges[3] = nullptr; });
  }
  SECTION("a reference into the middle of an object") {
    auto* const inside = reinterpret_cast<Object*>(reinterpret_cast<std::byte*>(b) + 8);
    plant(
        world, "edge-alive", [&] { a->edges[3] = inside; }, [&] { a->edges[3] = nullptr; });
  }
  SECTION("a type of another heap") {
    Type foreign = world.plain;
    foreign.heap = nullptr;
    plant(
        world, "object-typed", [&] { a->type = &foreign; }, [&] { a->type = &world.plain; });
  }
  SECTION("a type that is null") {
    plant(
        world, "object-typed", [&] { a->type = nullptr; }, [&] { a->type = &world.plain; });
  }
  SECTION("a mark where nothing lives") {
    Toy* const dead = world.make().get();
    plant(
        world, "tracked-alive", [&] { tracking.track(*dead); }, [&] { tracking.untrack(*dead); });
  }
  SECTION("an entry that stands twice in a log") {
    auto& log = const_cast<std::uint32_t&>(tracking.log(0)[0]);
    const std::uint32_t original = log;
    plant(
        world, "log-once", [&] { log = tracking.log(0)[1]; }, [&] { log = original; });
  }
  SECTION("an entry without its bit") {
    auto& log = const_cast<std::uint32_t&>(tracking.log(0)[0]);
    const std::uint32_t original = log;
    plant(
        world, "log-once", [&] { log = static_cast<std::uint32_t>(granule) + 1; }, [&] { log = original; });
  }
  SECTION("a weak reference whose target does not know it") {
    plant(
        world, "weak-listed", [&] { a->flags &= ~std::uint32_t{kWeakFlag}; }, [&] { a->flags |= kWeakFlag; });
  }
  SECTION("a target without weak references that claims one") {
    plant(
        world, "weak-listed", [&] { b->flags |= kWeakFlag; }, [&] { b->flags &= ~std::uint32_t{kWeakFlag}; });
  }
  SECTION("a weak reference linked to another target") {
    plant(
        world, "weak-listed", [&] { watch->target = b; }, [&] { watch->target = a.get(); });
  }
  SECTION("an object left marked as trash") {
    plant(
        world, "rest", [&] { a->flags |= kTrashFlag; }, [&] { a->flags &= ~std::uint32_t{kTrashFlag}; });
  }
  SECTION("a number left in gc_refs") {
    auto& refs = const_cast<gc::GcRefs&>(world.gc.gc_refs());
    plant(
        world, "rest", [&] { refs[granule] = 1; }, [&] { refs[granule] = 0; });
  }
  SECTION("a count of generation 0 above the number of containers") {
    const std::uint32_t count = world.heap.young_count;
    plant(
        world, "count-containers", [&] { world.heap.young_count = 1000; }, [&] { world.heap.young_count = count; });
  }
  clear_toy(*a);
}

}  // namespace ouro::test
