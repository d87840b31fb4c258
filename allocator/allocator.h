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
// The order of choice is visible in `choose` (allocator.cpp). Before it stand the magazines of the areas, in the inline
// functions below: nearly every request ends there.
//
// Every release tells the size that was asked for. Null means that there is no memory (or a hook said so); nothing has
// changed then [law-failure]. One thread at a time: the runtime's lock guards it.
#pragma once

#include <ouro/allocator/allocator_stats.h>
#include <ouro/allocator/debug/valgrind_hook.h>
#include <ouro/allocator/fault_plan.h>
#include <ouro/allocator/memory_hook.h>
#include <ouro/allocator/raw_allocator.h>
#include <ouro/allocator/space/space.h>
#include <ouro/base/owned.h>

#include <utility>

namespace ouro::alloc {

class BlockDescriber;
class DebugBlocks;

/// Containers are at least this big, so that one mark bit for every 32 bytes tells any two apart.
inline constexpr std::size_t kMinContainerBytes = 32;

/// How the allocator of a runtime is made.
struct AllocatorOptions {
  std::size_t memory_limit = 0;  ///< bytes that all floors together may hold (see budget.h); 0: no limit
  SpaceOptions space;            ///< for each of the three areas
  bool debug = false;            ///< guards, records and checks around every block (debug_blocks.h); slow
};

/// All memory of a runtime.
class Allocator {
 public:
  explicit Allocator(const AllocatorOptions& options = {}) noexcept;
  Allocator(const Allocator&) = delete;
  Allocator& operator=(const Allocator&) = delete;
  ~Allocator();

  /// False if the system refused the addresses: such an allocator serves nothing.
  [[nodiscard]] bool valid() const noexcept {
    return complete_ && containers_.valid() && atoms_.valid() && buffers_.valid();
  }

  // ---- Objects that hold references ----

  /// Memory for an object that holds references, or null. At least 32 bytes; over 512 a run of pages.
  [[nodiscard]] void* allocate_container(std::size_t bytes) noexcept {
    if (is_small(bytes)) [[likely]]
      if (void* const block = containers_.try_allocate(container_class(bytes))) [[likely]]
        return block;
    return allocate_slowly(Purpose::kContainer, bytes);
  }
  void free_container(void* object, std::size_t bytes) noexcept {
    if (is_small(bytes) && containers_.try_deallocate(object, container_class(bytes))) [[likely]]
      return;
    free_slowly(Purpose::kContainer, object, bytes);
  }
  /// True if the address was returned by allocate_container, or lies inside such an object. Touches no memory of it.
  [[nodiscard]] bool is_container(const void* object) const noexcept { return containers_.contains(object); }

  // ---- Other objects ----

  /// Memory for an object that holds no references, or null.
  [[nodiscard]] void* allocate_atom(std::size_t bytes) noexcept { return allocate_from(atoms_, Purpose::kAtom, bytes); }
  void free_atom(void* object, std::size_t bytes) noexcept { free_to(atoms_, Purpose::kAtom, object, bytes); }

  // ---- What objects own besides themselves ----

  /// Memory for an item array or a table, or null.
  [[nodiscard]] void* allocate_buffer(std::size_t bytes) noexcept {
    return allocate_from(buffers_, Purpose::kBuffer, bytes);
  }
  void free_buffer(void* buffer, std::size_t bytes) noexcept { free_to(buffers_, Purpose::kBuffer, buffer, bytes); }
  /// The buffer with another size and as much of its content as fits, or null; then the old buffer stays valid. Stays in
  /// place within a size class [law-reallocate]. `buffer` may be null if `old_bytes` is 0.
  [[nodiscard]] void* reallocate_buffer(void* buffer, std::size_t old_bytes, std::size_t new_bytes) noexcept;

  // ---- All of it ----

  /// Gives back to the system what can be given back; returns the bytes. Linear in the arenas in use.
  std::size_t trim() noexcept;
  /// When nothing will be allocated or freed any more but raw memory: gives back all addresses in which nothing lies
  /// (BasicSpace::seal). Does nothing in debug mode, which looks at every block at the end.
  void seal() noexcept;
  /// Gives back what nobody has used since the last call; returns the bytes. Called by full collections.
  std::size_t age() noexcept { return containers_.age() + atoms_.age() + buffers_.age(); }
  [[nodiscard]] AllocatorStats stats() const noexcept;
  /// Checks every law of the three areas and of the counters, and in debug mode of every block. Linear in the carved
  /// blocks; allocates nothing.
  void verify(Report& report) const noexcept;

  [[nodiscard]] const Space& containers() const noexcept { return containers_; }
  [[nodiscard]] const Space& atoms() const noexcept { return atoms_; }
  [[nodiscard]] const Space& buffers() const noexcept { return buffers_; }
  [[nodiscard]] const RawAllocator& raw() const noexcept { return raw_; }
  [[nodiscard]] Budget& budget() noexcept { return budget_; }
  /// Which of the coming allocations fail.
  [[nodiscard]] FaultPlan& faults() noexcept { return faults_; }

  /// The label of what is allocated now, or null.
  [[nodiscard]] const char* site() const noexcept { return site_; }
  /// Changes it, and returns the old one; see AllocationSite, which also changes it back.
  const char* exchange_site(const char* label) noexcept { return std::exchange(site_, label); }

  // ---- The debug mode ----

  /// True if it was chosen.
  [[nodiscard]] bool debugged() const noexcept { return debug_ != nullptr; }
  /// Looks at every block, live or freed, and notes those that somebody wrote to who must not. Does nothing without the
  /// debug mode, which also looks by itself: at every call, at trim() and at the end.
  void check_blocks(Report& report) const noexcept;
  /// Who names types and knows the lock, for the debug mode; borrowed, null for nobody.
  void set_describer(const BlockDescriber* describer) noexcept;

  // ---- Hooks ----

  static constexpr std::size_t kMostHooks = 8;

  /// Tells the hook, borrowed, about requests and releases in all domains, or in one, until remove_hook. Blocks that are
  /// allocated already are released without having been announced. False, and nothing done, if it is a ninth hook.
  /// A hook that has been added is not added again. Linear in the blocks that wait in magazines.
  bool add_hook(MemoryHook& hook) noexcept { return add_hook(hook, kAllDomains); }
  bool add_hook(MemoryHook& hook, Domain domain) noexcept { return add_hook(hook, 1U << static_cast<unsigned>(domain)); }
  /// Does nothing if the hook was not added, so a hook may be removed by whoever destroys it.
  void remove_hook(const MemoryHook& hook) noexcept;
  /// For hooks: where the call into the allocator that they are being told about returns to. A frame of that address is the
  /// innermost one that is not the allocator's own.
  [[nodiscard]] const void* caller() const noexcept { return caller_; }

 private:
  static constexpr unsigned kAllDomains = 0b111;
  struct Listener {
    MemoryHook* hook;
    unsigned domains;  ///< one bit each
  };

  [[nodiscard]] static constexpr unsigned container_class(std::size_t bytes) noexcept {
    return size_class_of(bytes < kMinContainerBytes ? kMinContainerBytes : bytes);
  }
  [[nodiscard]] void* allocate_from(Space& space, Purpose purpose, std::size_t bytes) noexcept {
    if (is_small(bytes)) [[likely]]
      if (void* const block = space.try_allocate(size_class_of(bytes))) [[likely]]
        return block;
    return allocate_slowly(purpose, bytes);
  }
  void free_to(Space& space, Purpose purpose, void* memory, std::size_t bytes) noexcept {
    if (is_small(bytes) && space.try_deallocate(memory, size_class_of(bytes))) [[likely]]
      return;
    free_slowly(purpose, memory, bytes);
  }

  // What the inline functions leave.
  [[nodiscard, gnu::noinline]] void* allocate_slowly(Purpose purpose, std::size_t bytes) noexcept;
  [[gnu::noinline]] void free_slowly(Purpose purpose, void* memory, std::size_t bytes) noexcept;
  [[nodiscard]] Space& area_of(Purpose purpose) noexcept;
  [[nodiscard]] void* serve(Purpose purpose, std::size_t bytes) noexcept;
  [[nodiscard]] void* choose(Purpose purpose, std::size_t bytes) noexcept;
  void release(Purpose purpose, void* memory, std::size_t bytes) noexcept;
  [[nodiscard]] void* resize(void* buffer, std::size_t old_bytes, std::size_t new_bytes) noexcept;

  // With somebody listening.
  bool add_hook(MemoryHook& hook, unsigned domains) noexcept;
  [[nodiscard]] bool is_watched() const noexcept { return listeners_in_use_ != 0 || debugged(); }
  void close_magazines(bool closed) noexcept;
  [[nodiscard]] SpaceOptions options_of_areas(const AllocatorOptions& options) const noexcept;
  [[nodiscard]] bool admitted(const MemoryRequest& request) noexcept;
  template <class Tell>
  void tell(Domain domain, Tell tell) noexcept;
  [[nodiscard]] void* serve_watched(const MemoryRequest& request) noexcept;
  void release_watched(const MemoryRequest& request, void* memory) noexcept;
  [[nodiscard]] void* resize_watched(void* buffer, std::size_t old_bytes, std::size_t new_bytes) noexcept;

  Budget budget_;             // first: the floors charge it
  Owned<DebugBlocks> debug_;  // null without the debug mode; the floors call it, at their end too
  Space containers_;
  Space atoms_;
  Space buffers_;
  RawAllocator raw_;
  FaultPlan faults_{*this};
  ValgrindHook valgrind_;
  std::array<Listener, kMostHooks> listeners_{};
  std::size_t listeners_in_use_ = 0;
  const char* site_ = nullptr;
  bool complete_ = true;  ///< the debug mode, if it was chosen, found memory
  const void* caller_ = nullptr;
};

}  // namespace ouro::alloc
