// World: the least that objects need to live in: a lock, a heap and the built-ins, without a collector.
//
// When it ends, every object that was made in it must be gone: the test fails and names the type otherwise.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/numbers/int.h>
#include <support/catch.h>
#include <support/chosen_memory.h>
#include <support/helpers.h>

#include <limits>
#include <string>

namespace ouro::test {

/// Holds its lock on the thread that makes it.
class World {
 public:
  explicit World(const HashKey& key = {1, 2}, const alloc::AllocatorOptions& options = {})
      : heap_(held_.gil, with_chosen_memory(options)), builtins(heap_, key, 200) {}
  ~World() {
    CHECK(live_atoms() == 0);
    if constexpr (kChecks < CheckLevel::kCheap) return;
    for_each_immortal_type(*builtins.immortals, [](const Type& type) {
      INFO("objects of type " << type.name);
      CHECK(type.made == type.freed);
    });
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  [[nodiscard]] Heap& heap() noexcept { return heap_; }
  [[nodiscard]] std::size_t live_atoms() const { return heap_.memory.stats().atoms.allocated_blocks; }
  [[nodiscard]] std::size_t live_buffers() const { return heap_.memory.stats().buffers.allocated_blocks; }

 private:
  struct Held {
    Held() { gil.take(); }
    ~Held() { gil.drop(); }
    Gil gil;
  };

  Held held_;
  Heap heap_;

 public:
  Builtins builtins;
};

/// The int of that value.
[[nodiscard]] inline Ref<Int> number(World& world, std::int64_t value) { return make_int(world.builtins, value); }

/// Calls `act` with its first allocation failing, then its second and so on, until it succeeds; each failure must be a
/// MemoryError. Returns how many failures there were.
template <class F>
std::size_t fail_each_allocation(Heap& heap, F&& act) {
  for (std::size_t nth = 1;; ++nth) {
    heap.memory.faults().fail_at(nth);
    try {
      act();
    } catch (const Error& error) {
      heap.memory.faults().clear();
      REQUIRE(error.kind() == ErrorKind::kMemoryError);
      continue;
    }
    const bool reached = heap.memory.faults().armed();
    heap.memory.faults().clear();
    if (reached) return nth - 1;
  }
}

}  // namespace ouro::test
