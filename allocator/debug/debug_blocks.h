// The debug mode of an allocator: blocks with guards and a history.
//
//   area   ... guard | what was asked for  | guard | what was asked for | guard ...       blocks of a pool, or a run
//   raw        guard | what was asked for  | guard                                        each on its own
//
//   guards 0xfd; fresh bytes 0xcd; freed bytes 0xdd
//
// An object begins where its block begins, so that heap walks and the collector see what they always see. A guard of at
// least 8 bytes follows; what lies before a block is the guard of its neighbour, which there always is, because the first
// block of a pool is not given out (SpaceOptions::withhold_first). A freed block rests before it is used again
// [law-resting], and what was noted about it stays until then. Records lie outside the memory they tell about.
//
// The mode is chosen when the allocator is made. It closes the magazines [law-closed], so the fast paths know nothing of it.
//
// Laws: each is checked for the block of a call and its neighbours at every call; for all blocks by check(), and for freed
// ones when their memory is used for something else or given back.
// [law-debug-overflow] Nobody writes behind the bytes that were asked for.
// [law-debug-underflow] Nobody writes before them.
// [law-debug-use-after-free] Nobody writes to a freed block.
// [law-debug-double-free] A block is freed once.
// [law-debug-wrong-domain] A block is freed as what it was asked for: container, atom or buffer.
// [law-debug-wrong-size] A block is freed with the size that was asked for.
// [law-debug-wild-free] Only the start of a block is freed.
// [law-debug-no-lock] The allocator is called only by who may: the holder of the runtime's lock.
#pragma once

#include <ouro/allocator/debug/debug_damage.h>
#include <ouro/allocator/debug/debug_pages.h>
#include <ouro/allocator/raw_allocator.h>
#include <ouro/allocator/space/arena_hook.h>

namespace ouro::alloc {

/// Guards, fills, records and checks. One per allocator in debug mode; also the arena hook of its areas.
class DebugBlocks final : public ArenaHook {
 public:
  static constexpr std::size_t kGuard = 8;               ///< least bytes behind what was asked for
  static constexpr std::size_t kRawFront = 16;           ///< guard bytes before raw memory
  static constexpr unsigned kRestingBlocks = 64;         ///< of a size class, and of raw memory
  static constexpr std::size_t kRestingBytes = 1 << 20;  ///< of raw memory

  /// The floors that serve. They may be made after the debug mode, which they need as their arena hook.
  struct Floors {
    Space& containers;
    Space& atoms;
    Space& buffers;
    RawAllocator& raw;
    const char* const& site;    ///< the label of what is allocated now
    const void* const& caller;  ///< who called the allocator
  };

  /// `next`, borrowed, may be null: the program's own arena hook.
  DebugBlocks(const Floors& floors, ArenaHook* next) noexcept;
  DebugBlocks(const DebugBlocks&) = delete;
  DebugBlocks& operator=(const DebugBlocks&) = delete;

  /// The areas are made. False if there is no memory.
  [[nodiscard]] bool open() noexcept;
  /// The options of an area under this debug mode.
  [[nodiscard]] SpaceOptions options_for(SpaceOptions options) noexcept;
  void set_describer(const BlockDescriber* describer) noexcept { describer_ = describer; }

  /// Memory for the request, filled with 0xcd, or null.
  [[nodiscard]] void* allocate(const MemoryRequest& request) noexcept;
  /// Breaks a law unless the block may be released so.
  void approve(const MemoryRequest& request, const void* block) noexcept;
  /// Takes back a block whose release was approved.
  void release(const MemoryRequest& request, void* block) noexcept;
  /// A buffer of another size with as much of its content as fits; null, and nothing done, if there is no memory. Moves
  /// whenever it may [law-reallocate], so that who kept the old address is found out.
  [[nodiscard]] void* resize(const MemoryRequest& before, void* buffer, const MemoryRequest& after) noexcept;

  /// Gives resting raw memory back.
  void flush() noexcept;
  /// Looks at every block, and breaks a law if one is damaged.
  void expect_sound() const noexcept;
  /// Looks at every block and notes the damaged ones.
  void check(Report& report) const noexcept;
  /// Raw memory that rests: freed, but not given back yet.
  [[nodiscard]] std::size_t resting_raw_blocks() const noexcept { return resting_raw_; }
  [[nodiscard]] std::size_t resting_raw_bytes() const noexcept { return resting_raw_bytes_; }

  // The arena hook: what lies in memory that goes back to the system is looked at first.
  [[nodiscard]] bool map(void* start, std::size_t bytes) noexcept override;
  void unmap(void* start, std::size_t bytes) noexcept override;
  void purge(void* start, std::size_t bytes) noexcept override;

 private:
  using Entry = DebugRecords::Entry;

  [[nodiscard]] DebugPages& pages_of(Purpose purpose) noexcept { return pages_[static_cast<std::size_t>(purpose)]; }
  [[nodiscard]] DebugPages* pages_at(const void* address) noexcept;
  [[nodiscard]] DebugCall call_now() noexcept;
  void expect_lock(const MemoryRequest& request, const void* address) noexcept;

  // Blocks from the floors.
  [[nodiscard]] void* obtain(const MemoryRequest& request, std::size_t whole) noexcept;
  void give_back(const MemoryRequest& request, std::size_t whole, void* block) noexcept;
  void make_room_for(DebugPages& pages, void* block, std::size_t whole) noexcept;
  void let_go(const void* start, std::size_t bytes) noexcept;
  void leave(const void* start, std::size_t bytes) noexcept;
  void include_overlap(const void*& start, std::size_t& bytes) const noexcept;
  void rest(const Entry& entry) noexcept;
  void give_back_oldest_raw() noexcept;
  void fill_free(const Entry& entry, std::size_t clean_from) noexcept;

  // Checks (debug_checks.cpp).
  [[nodiscard]] DebugDamage damage_of(const Entry& entry) const noexcept;
  [[nodiscard]] DebugDamage damage_behind(const Entry& entry) const noexcept;
  [[nodiscard]] DebugDamage damage_before(const Entry& entry) const noexcept;
  [[nodiscard]] std::size_t guard_before(const Entry& entry) const noexcept;
  void expect_sound(const Entry& entry) const noexcept;

  RawAllocator& raw_;
  const char* const& site_;
  const void* const& caller_;
  ArenaHook* next_;
  const BlockDescriber* describer_ = nullptr;
  std::uint64_t serial_ = 0;  ///< calls so far
  std::array<DebugPages, 3> pages_;
  DebugRecords records_;
  std::array<const std::byte*, kRestingBlocks> resting_{};  ///< raw blocks, a ring
  std::size_t oldest_raw_ = 0;
  std::size_t resting_raw_ = 0;
  std::size_t resting_raw_bytes_ = 0;
};

}  // namespace ouro::alloc
