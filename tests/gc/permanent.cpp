// The permanent generation: objects that no collection looks at (gc.freeze).
#include <csignal>
#include <cstdint>

#include "toy.h"
#include <sys/mman.h>
#include <unistd.h>

namespace ouro::test {

namespace {

/// Counts the pages of a range that are written to: they are made read-only, and each first write faults.
class WrittenPages {
 public:
  template <class Action>
  static std::size_t during(std::byte* first, std::size_t bytes, Action action) {
    number_ = 0;
    struct sigaction handler {};
    struct sigaction before {};
    handler.sa_sigaction = fault;
    handler.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &handler, &before);
    mprotect(first, bytes, PROT_READ);
    action();
    mprotect(first, bytes, PROT_READ | PROT_WRITE);
    sigaction(SIGSEGV, &before, nullptr);
    return number_;
  }

 private:
  static void fault(int, siginfo_t* information, void*) {
    const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    auto* const start = reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(information->si_addr) & ~(page - 1));
    if (mprotect(start, page, PROT_READ | PROT_WRITE) != 0) _exit(1);
    number_ = number_ + 1;
  }
  static inline volatile std::size_t number_ = 0;
};

}  // namespace

TEST_CASE("freezing moves everything tracked out of the collector's sight and zeroes the counts", "[gc][rule-52]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  Ref<Toy> pair = world.make_pair(world.plain);
  world.gc.collect(0);
  const Ref<Toy> young = world.make();
  const Toy* const cycle = pair.get();
  pair = {};
  world.gc.freeze();
  CHECK(world.gc.freeze_count() == 3);
  CHECK(world.gc.is_frozen(*cycle));
  CHECK(world.gc.counts() == gc::Generations::Thresholds{0, 0, 0});
  CHECK(gc::get_objects(world.gc).empty());
  for (int generation = 0; generation <= 2; ++generation) CHECK(world.gc.collect(generation) == 0);
  CHECK(world.alive() == 3);
  world.verify();
  world.gc.unfreeze();
  CHECK(world.gc.freeze_count() == 0);
}

TEST_CASE("what is unfrozen is old: only a full collection frees it", "[gc][rule-53]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  Toy* const cycle = world.make_pair(world.plain).get();
  world.gc.freeze();
  world.gc.unfreeze();
  CHECK(world.gc.generation_of(*cycle) == 2);
  CHECK(world.gc.collect(0) == 0);
  CHECK(world.gc.collect(1) == 0);
  CHECK(world.gc.collect(2) == 2);
}

TEST_CASE("a frozen object dies by its count, and what a frozen one refers to lives", "[gc][rule-54]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  Ref<Toy> frozen = world.make();
  world.gc.freeze();
  frozen->set(0, world.make_pair(world.plain).get());
  CHECK(world.gc.collect() == 0);
  CHECK(world.alive() == 3);
  frozen = {};
  CHECK(world.gc.freeze_count() == 0);
  CHECK(world.alive() == 2);
  CHECK(world.gc.collect() == 2);
  // The block of a frozen object serves a new one, which is young.
  const Ref<Toy> next = world.make();
  CHECK_FALSE(world.gc.is_frozen(*next));
  CHECK(world.gc.generation_of(*next) == 0);
}

// Nothing the collector notes lies in an object, so the pages of frozen and of living objects stay as they were; a forked
// child shares them with its parent.
TEST_CASE("a collection writes to no page of a frozen or a living object", "[gc][rule-55]") {
  if (kAddressSanitizer || kThreadSanitizer) return;  // they write where objects lie, too
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  std::vector<Ref<Toy>> kept;
  for (int i = 0; i < 2000; ++i) kept.push_back(world.make_pair(world.plain));
  world.gc.freeze();
  for (int i = 0; i < 2000; ++i) kept.push_back(world.make_pair(world.plain));
  const alloc::Space& space = world.heap.memory.containers();
  for (int generation = 0; generation <= 2; ++generation)
    CHECK(WrittenPages::during(space.base(), space.extent(), [&] { world.gc.collect(generation); }) == 0);
  // What the test relies on: a write is seen.
  CHECK(WrittenPages::during(space.base(), space.extent(), [&] { kept.front()->id = 7; }) == 1);
  for (const Ref<Toy>& toy : kept) clear_toy(*toy);
  world.gc.unfreeze();
}

}  // namespace ouro::test
