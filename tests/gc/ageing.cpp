// What collections give back to the system: a full one what nobody has used since the last, a young one nothing.
#include "toy.h"

using namespace ouro;
using namespace ouro::test;

namespace {

constexpr std::size_t kPeak = 100'000;

std::size_t held_bytes(const ToyWorld& world) { return world.heap.memory.containers().stats().held_bytes(); }

/// Makes kPeak objects and drops all of them but one in every hundred.
std::vector<Ref<Toy>> ebb(ToyWorld& world) {
  std::vector<Ref<Toy>> flood;
  std::vector<Ref<Toy>> left;
  for (std::size_t i = 0; i < kPeak; ++i) (i < kPeak / 100 ? left : flood).push_back(world.make());
  return left;
}

}  // namespace

TEST_CASE("two full collections give back what a peak left behind, without trim", "[gc][ageing]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  const std::vector<Ref<Toy>> left = ebb(world);
  const std::size_t after_peak = held_bytes(world);
  CHECK(after_peak >= 1 << 20);
  world.gc.collect();
  world.gc.collect();
  CHECK(held_bytes(world) <= after_peak / 2);
  CHECK(gc::count_objects(world.heap) == left.size());
  world.verify();
}

TEST_CASE("young collections give nothing back", "[gc][ageing]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  const std::vector<Ref<Toy>> left = ebb(world);
  const std::size_t after_peak = held_bytes(world);
  for (int i = 0; i < 5; ++i) {
    world.gc.collect(0);
    world.gc.collect(1);
  }
  CHECK(held_bytes(world) == after_peak);
}

TEST_CASE("a heap that rises again between full collections keeps its pages", "[gc][ageing]") {
  ToyWorld world({.space = {.reserve_bytes = std::size_t{1} << 30}});
  world.gc.set_stress(false);
  world.gc.disable();
  static_cast<void>(ebb(world));
  const std::size_t obtained = world.heap.memory.containers().stats().obtained_bytes;
  for (int i = 0; i < 3; ++i) {
    world.gc.collect();
    CHECK(held_bytes(world) == obtained);
    static_cast<void>(ebb(world));
  }
  CHECK(world.heap.memory.containers().stats().obtained_bytes == obtained);
  world.gc.collect();
  world.gc.collect();
  CHECK(held_bytes(world) < obtained);
}
