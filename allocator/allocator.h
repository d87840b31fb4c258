// The allocator of one runtime: which floor of the memory hierarchy serves a request.
//
//   containers  objects that hold references   blocks of 32..512 bytes, above that runs of pages   \ own area each:
//   atoms       all other objects              blocks of 8..512 bytes, above that raw              | they grow and
//   buffers     item arrays, tables            blocks of 8..512 bytes, above that raw              / shrink alone
//   raw         requests over 512 bytes        the general-purpose allocator (malloc)
//   ---------------------------------------------------------------------------------------------
//   operating system                           asked for arenas by the areas, by malloc for the rest
//
// Containers have an area to themselves so that "does this object hold references?" is an address comparison that touches no
// memory; large ones stay in it as runs so that the answer is exact [law-container-area].
//
// Every release tells the size that was asked for. Null means that there is no memory (or a FaultPlan said so); nothing has
// changed then [law-failure]. One thread at a time: the runtime's lock guards it.
#pragma once

#include <ouro/allocator/fault_plan.h>
#include <ouro/allocator/raw_allocator.h>
#include <ouro/allocator/space.h>

namespace ouro::alloc {

/// Containers are at least this big, so that one mark bit for every 32 bytes tells any two apart.
inline constexpr std::size_t kMinContainerBytes = 32;

/// How the allocator of a runtime is made.
struct AllocatorOptions {
  std::size_t memory_limit = 0;  ///< bytes that all floors together may hold (see budget.h); 0: no limit
  SpaceOptions space;            ///< for each of the three areas
};

/// What one domain has given out.
struct DomainStats {
  std::size_t live_blocks;
  std::size_t live_bytes;  ///< sizes of the blocks, not of the requests
  std::size_t held_bytes;  ///< taken from the floor below
};

/// The allocator at one moment.
struct AllocatorStats {
  SpaceStats containers, atoms, buffers;  ///< the three areas
  RawStats raw;
  DomainStats raw_domain;      ///< requests over 512 bytes, large containers excepted
  DomainStats buffers_domain;  ///< item arrays and tables up to 512 bytes
  DomainStats objects_domain;  ///< containers of any size, atoms up to 512 bytes
  std::size_t budget_used, budget_peak, budget_limit;
};

/// All memory of a runtime.
class Allocator {
 public:
  explicit Allocator(const AllocatorOptions& options = {}) noexcept;
  Allocator(const Allocator&) = delete;
  Allocator& operator=(const Allocator&) = delete;
  ~Allocator() = default;

  /// False if the system refused the addresses: such an allocator serves nothing.
  [[nodiscard]] bool valid() const noexcept { return containers_.valid() && atoms_.valid() && buffers_.valid(); }

  // ---- Objects that hold references ----

  /// Memory for an object that holds references, or null. At least 32 bytes; over 512 a run of pages.
  [[nodiscard]] void* allocate_container(std::size_t bytes) noexcept {
    if (fails_on_demand()) return nullptr;
    if (!is_small(bytes)) return containers_.allocate_run(bytes);
    return containers_.allocate(container_class(bytes));
  }
  void free_container(void* object, std::size_t bytes) noexcept {
    if (!is_small(bytes)) return containers_.deallocate_run(object, bytes);
    containers_.deallocate(object, container_class(bytes));
  }
  /// True if the address was returned by allocate_container, or lies inside such an object. Touches no memory of it.
  [[nodiscard]] bool is_container(const void* object) const noexcept { return containers_.contains(object); }

  // ---- Other objects ----

  /// Memory for an object that holds no references, or null.
  [[nodiscard]] void* allocate_atom(std::size_t bytes) noexcept { return allocate_from(atoms_, bytes); }
  void free_atom(void* object, std::size_t bytes) noexcept { free_to(atoms_, object, bytes); }

  // ---- What objects own besides themselves ----

  /// Memory for an item array or a table, or null.
  [[nodiscard]] void* allocate_buffer(std::size_t bytes) noexcept { return allocate_from(buffers_, bytes); }
  void free_buffer(void* buffer, std::size_t bytes) noexcept { free_to(buffers_, buffer, bytes); }
  /// The buffer with another size and as much of its content as fits, or null; then the old buffer stays valid. Stays in
  /// place within a size class [law-reallocate]. `buffer` may be null if `old_bytes` is 0.
  [[nodiscard]] void* reallocate_buffer(void* buffer, std::size_t old_bytes, std::size_t new_bytes) noexcept;

  // ---- All of it ----

  /// Gives back to the system what can be given back; returns the bytes. Linear in the arenas in use.
  std::size_t trim() noexcept { return containers_.trim() + atoms_.trim() + buffers_.trim(); }
  [[nodiscard]] AllocatorStats stats() const noexcept;
  /// Checks every law of the three areas and of the counters. Linear in the carved blocks; allocates nothing.
  void verify(Report& report) const noexcept;

  [[nodiscard]] const Space& containers() const noexcept { return containers_; }
  [[nodiscard]] const Space& atoms() const noexcept { return atoms_; }
  [[nodiscard]] const Space& buffers() const noexcept { return buffers_; }
  [[nodiscard]] const RawAllocator& raw() const noexcept { return raw_; }
  [[nodiscard]] Budget& budget() noexcept { return budget_; }
  /// Which of the coming allocations fail. Only heeded if `ouro::kFaultInjection`.
  [[nodiscard]] FaultPlan& faults() noexcept { return faults_; }

 private:
  [[nodiscard]] static constexpr unsigned container_class(std::size_t bytes) noexcept {
    return size_class_of(bytes < kMinContainerBytes ? kMinContainerBytes : bytes);
  }
  [[nodiscard]] bool fails_on_demand() noexcept {
    if constexpr (kFaultInjection) return faults_.next_fails();
    return false;
  }
  [[nodiscard]] void* allocate_from(Space& space, std::size_t bytes) noexcept {
    if (fails_on_demand()) return nullptr;
    return is_small(bytes) ? space.allocate(size_class_of(bytes)) : raw_.allocate(bytes);
  }
  void free_to(Space& space, void* memory, std::size_t bytes) noexcept {
    if (!is_small(bytes)) return raw_.deallocate(memory, bytes);
    space.deallocate(memory, size_class_of(bytes));
  }

  Budget budget_;  // first: the floors charge it
  Space containers_;
  Space atoms_;
  Space buffers_;
  RawAllocator raw_;
  FaultPlan faults_;
};

}  // namespace ouro::alloc
