// A space: one area of the private heap. Bytes come out of it in blocks of 64 size classes and in runs of whole pages.
//
//   addresses  |arena 0|arena 1|arena 2| ... never used ... |      one reservation; lowest arena first
//   headers    |64 pool headers|64 pool headers| ...                side table, by page
//   records    |arena|arena|arena| ...                              side table, by arena
//
//   magazine[class]   |block|block|block|   |block|                 serves requests and takes releases (magazine.h)
//   usedpools[class]  pool <-> pool <-> pool                        have room; the first serves next
//   usable arenas     fullest ... emptiest                          have an empty pool
//
// A request takes, in this order: a block of the magazine; free blocks, lowest first, of the first pool in
// usedpools[class]; untouched blocks of that pool; the lowest empty pool of the fullest usable arena [law-lowest]; a new
// arena. What the magazine does not take comes in batches, so that the slow half runs seldom.
//
// Laws: [law-taken] of pool.h, [law-magazine], [law-closed] and [law-resting] of magazine.h, [law-arena-bitmap] and
// [law-arena-untouched] of arena.h, [law-usable] of usable_arenas.h, and
// [law-usedpools] A used pool has room and stands in the list of its class; no other pool does.
// [law-last-used] The only pool in the list of a class is not given up for being empty, except by trim() and age().
// [law-free-block] A block is free at most once: its bit is clear when it comes back.
// [law-reserve] No more than the reserve of wholly empty arenas is kept; any further one is given back at once.
//
// Nothing here is safe for threads (the runtime's lock guards it), nothing throws; failure is a null pointer.
#pragma once

#include <ouro/allocator/space/budget.h>
#include <ouro/allocator/space/poison.h>
#include <ouro/allocator/space/report.h>
#include <ouro/allocator/space/slot_map.h>
#include <ouro/allocator/space/space_options.h>
#include <ouro/allocator/space/space_stats.h>
#include <ouro/allocator/space/usable_arenas.h>

namespace ouro::alloc {

/// An area of memory. Pointers into it are valid until deallocated, or until the space is destroyed, which unmaps all.
template <Geometry G>
class BasicSpace {
  static_assert(G.is_sound());
  static_assert(G.quantum == kDefaultGeometry.quantum && G.small_max == kSmallMax, "size_class.h speaks for all spaces");
  static_assert(reciprocals_are_exact(G.pool_bytes + kSmallMax));

 public:
  static constexpr Geometry kGeometry = G;
  static constexpr unsigned kPoolsPerArena = G.pools_per_arena();

  /// Makes an empty space. If the system grants no addresses at all, it is one that serves nothing (see valid()).
  explicit BasicSpace(const SpaceOptions& options = {}, Budget* budget = nullptr) noexcept;
  BasicSpace(const BasicSpace&) = delete;
  BasicSpace& operator=(const BasicSpace&) = delete;
  /// Unmaps everything, blocks given out included [law-lifetime]. O(1) in the number of blocks.
  ~BasicSpace();

  /// False if the system refused even one arena of addresses.
  [[nodiscard]] bool valid() const noexcept { return static_cast<bool>(memory_); }

  // ---- Blocks and runs ----

  /// A block of the size class, or null. Aligned to 8 bytes, and to 16 if the block size is a multiple of 16
  /// [law-alignment].
  [[nodiscard]] void* allocate(unsigned size_class) noexcept {
    if (void* const block = try_allocate(size_class)) [[likely]]
      return block;
    return refill(size_class);
  }
  /// A block of the magazine, or null if that is empty: the fast half of allocate().
  [[nodiscard]] void* try_allocate(unsigned size_class) noexcept {
    OURO_ASSERT_INTERNAL(size_class < kSizeClasses, "law-size-class");
    void* const block = magazines_[size_class].pop();
    if constexpr (kAddressSanitizer) unpoison(block, block != nullptr ? block_bytes_of(size_class) : 0);
    return block;
  }

  /// Gives back a block that allocate(size_class) returned.
  void deallocate(void* block, unsigned size_class) noexcept {
    if (!try_deallocate(block, size_class)) [[unlikely]]
      spill(block, size_class);
  }
  /// Puts the block into the magazine; false, and nothing done, if that is full: the fast half of deallocate().
  [[nodiscard]] bool try_deallocate(void* block, unsigned size_class) noexcept {
    if constexpr (kChecks >= CheckLevel::kInternal)
      if (!closed_) assert_deallocatable(block, size_class);
    if (!magazines_[size_class].push(block)) [[unlikely]]
      return false;
    poison(block, block_bytes_of(size_class));
    return true;
  }

  /// `bytes` in whole pages, page-aligned, or null. Inside an arena if they fit into one, else in arenas of their own.
  [[nodiscard]] void* allocate_run(std::size_t bytes) noexcept;
  /// Gives back what allocate_run(bytes) returned. The pages of a run longer than an arena return to the system at once.
  void deallocate_run(void* run, std::size_t bytes) noexcept;

  /// Gives back all that can be: blocks in magazines to their pools, pools and arenas nobody uses, the pages of empty
  /// pools, the reserve of empty arenas. Returns the number of bytes given back to the system. Linear in the arenas in use.
  /// What is allocated stays [law-trim].
  std::size_t trim() noexcept;
  /// The same for what nobody has used since the last call, so that a heap that rises and falls between two calls keeps
  /// its pages: what a full collection does. Returns the bytes. Linear in the arenas in use.
  std::size_t age() noexcept;
  /// Gives back the reserve of empty arenas only. Returns the number of bytes.
  std::size_t return_reserve() noexcept;

  /// Gives up what waits in magazines, idle pools and the reserve. True if a pool or an arena became free by that, so that a
  /// request which has failed may be worth a second try.
  bool reclaim() noexcept;

  /// Empties the magazines into the pools.
  void flush_magazines() noexcept;
  /// Closes the magazines, emptied, so that every request takes the slow road, or opens them again [law-closed].
  void close_magazines(bool closed) noexcept;

  /// For a space in which nothing is allocated, freed or looked for any more: gives back all addresses but those of arenas
  /// that are in use, whose blocks stay as they are until the end. With an arena hook nothing happens. Linear in the arenas.
  void seal() noexcept;

  // ---- Addresses ----

  /// True if the address is one of this space: one subtraction and one comparison.
  [[nodiscard]] bool contains(const void* address) const noexcept {
    return address_of(address) - address_of(base_) < reserved_;
  }
  [[nodiscard]] std::byte* base() const noexcept { return base_; }
  /// Bytes of address space from base(): a multiple of the arena size.
  [[nodiscard]] std::size_t reserved() const noexcept { return reserved_; }
  /// Bytes from base() to the end of the highest arena that was ever in use.
  [[nodiscard]] std::size_t extent() const noexcept { return map_.high_water() * G.arena_bytes; }

  /// The pool or run whose page holds the address, which must be one of this space below extent().
  [[nodiscard]] PoolView pool_at(const void* address) const noexcept;
  /// The start of the first block that begins at or after `address` in its pool. Where blocks are 32 bytes and more and
  /// `address` is a multiple of 32, that is the one block that can begin in those 32 bytes [law-block-at]. In the first page
  /// of a run: the start of that page, where the run begins. Requires a pool or run there.
  [[nodiscard]] std::byte* block_at(const void* address) const noexcept {
    const PoolHeader& pool = header_of(address);
    const std::uintptr_t in_pool = address_of(address) & (G.pool_bytes - 1);
    // A run's reciprocal is 0: the product is 0, and no branch is needed.
    const std::size_t index =
        ((in_pool + pool.block_bytes - (pool.block_bytes != 0)) * std::uint64_t{pool.reciprocal}) >> 32;
    return reinterpret_cast<std::byte*>(address_of(address) - in_pool) + index * pool.block_bytes;
  }
  /// What the block at `block` is: untouched where there is no pool. Looks through the magazine of its class.
  [[nodiscard]] BlockState state_of(const void* block) const noexcept;

  // ---- Walks ----

  /// Calls `visit(const PoolView&)` for every pool and run that may hold allocated blocks, in address order. `visit` may
  /// give blocks back, and must not allocate from this space.
  template <class F>
  void for_each_pool(F&& visit) const;
  /// Calls `visit(std::byte* start, std::size_t bytes)` for every allocated block and run, in address order. `visit` may
  /// give that block back, and must not allocate from this space.
  template <class F>
  void for_each_block(F&& visit) const;
  /// Calls `visit(const ArenaView&)` for every arena in use, in address order.
  template <class F>
  void for_each_arena(F&& visit) const;

  /// Calls `visit(first, last)` for every row of arenas that are not in use, as far as any was ever in use, with the
  /// distances from base() in bytes: where side tables of this space say nothing.
  template <class F>
  void for_each_unused(F&& visit) const;

  /// Distances from base() in bytes.
  struct Row {
    std::size_t first;
    std::size_t last;
  };
  /// The first row of neighbouring arenas in use that begins at or after `from`, the end of another row or 0; an empty row
  /// if there is none. It ends before the pools of its last arena that were never used. So a walk over side tables costs
  /// nothing for arenas that were in use once.
  [[nodiscard]] Row next_row(std::size_t from) const noexcept;

  // ---- Knowledge ----

  [[nodiscard]] SpaceStats stats() const noexcept;
  /// Checks every law and notes what is broken. Linear in the carved blocks; allocates nothing.
  void verify(Report& report) const noexcept;

 private:
  template <Geometry>
  friend struct SpaceInspector;

  static constexpr unsigned kPoolShift = std::countr_zero(G.pool_bytes);
  static constexpr std::uint64_t kAllPools = ~std::uint64_t{0} >> (64 - kPoolsPerArena);
  /// A space of so many bytes and more has pages brought in so many pools at a time: at most a sixteenth is ahead of its
  /// use.
  static constexpr std::size_t kPrepareFrom = std::size_t{1} << 20;
  static constexpr unsigned kPreparedPools = std::max(1U, std::min<unsigned>((64 * 1024) / G.pool_bytes, kPoolsPerArena));

  static constexpr std::size_t kBitmapWords = G.bitmap_words();
  /// One bit for every block of a pool.
  using BlockSet = std::array<std::uint64_t, kBitmapWords>;

  [[nodiscard]] bool reserve(std::size_t arenas) noexcept;
  void unseal() noexcept;

  // Magazines.
  [[nodiscard]] void* refill(unsigned size_class) noexcept;
  void spill(void* block, unsigned size_class) noexcept;
  void rest(void* block, unsigned size_class) noexcept;
  void open(Magazine& magazine, unsigned size_class) noexcept;
  void grow(Magazine& magazine) noexcept;
  void draw_batch(Magazine& magazine, unsigned size_class) noexcept;
  void put_back_returned(Magazine& magazine, unsigned size_class, std::size_t count) noexcept;
  [[nodiscard]] bool is_sparse(unsigned size_class) const noexcept;
  void assert_deallocatable(const void* block, unsigned size_class) const noexcept;

  // Pools.
  [[nodiscard]] std::size_t draw(unsigned size_class, void** into, std::size_t wanted) noexcept;
  [[nodiscard]] std::size_t draw_from(PoolHeader& pool, void** into, std::size_t wanted) noexcept;
  void put_back(unsigned size_class, void* const* blocks, std::size_t count) noexcept;
  void relist(PoolHeader& pool) noexcept;
  void retire(PoolHeader& pool) noexcept;
  void carve(PoolHeader& pool, std::size_t wanted) noexcept;
  [[nodiscard]] bool open_pool(unsigned size_class) noexcept;
  void close_pool(PoolHeader& pool) noexcept;
  void link_used(PoolHeader& pool) noexcept;
  void unlink_used(PoolHeader& pool) noexcept;
  void give_up_idle_pools() noexcept;

  // Arenas.
  [[nodiscard]] std::uint32_t obtain_arena() noexcept;
  void return_arena(std::uint32_t arena) noexcept;
  void prepare_pages(std::uint32_t arena, unsigned lowest) noexcept;
  void occupy(std::uint32_t arena, std::uint64_t pools) noexcept;
  void vacate(std::uint32_t arena, std::uint64_t pools) noexcept;
  [[nodiscard]] std::size_t reserve_limit() const noexcept;
  std::size_t purge_pools(Arena& arena, std::uint64_t pools) noexcept;
  void purge_tables() noexcept;

  // The operating system, or the hook before it.
  [[nodiscard]] bool map(void* start, std::size_t bytes) noexcept;
  void unmap(void* start, std::size_t bytes) noexcept;
  void purge(void* start, std::size_t bytes) noexcept;

  // Runs.
  [[nodiscard]] void* run_in_arena(unsigned pools) noexcept;
  [[nodiscard]] void* run_of_arenas(std::size_t bytes) noexcept;

  // Knowledge.
  template <class F>
  void for_each_waiting(const PoolHeader& pool, F&& visit) const noexcept;
  void add_free_blocks(const PoolHeader& pool, BlockSet& set) const noexcept;
  [[nodiscard]] PoolView view_of(std::uint32_t index) const noexcept;
  [[nodiscard]] PoolCell cell_of(const PoolHeader& pool) const noexcept;
  [[nodiscard]] ArenaView arena_view(const Arena& arena) const noexcept;
  void count_pool(const PoolHeader& pool, SpaceStats& stats) const noexcept;
  void count_arenas(SpaceStats& stats) const noexcept;

  // Addresses.
  [[nodiscard]] PoolHeader& header_of(const void* address) const noexcept {
    return *reinterpret_cast<PoolHeader*>(header_bias_ + (address_of(address) >> kPoolShift) * sizeof(PoolHeader));
  }
  [[nodiscard]] std::uint32_t index_of(const PoolHeader& pool) const noexcept {
    return static_cast<std::uint32_t>(&pool - headers_.data());
  }
  [[nodiscard]] std::byte* page_of(const PoolHeader& pool) const noexcept {
    return base_ + std::size_t{index_of(pool)} * G.pool_bytes;
  }
  [[nodiscard]] std::uint64_t* bitmap_of(PoolHeader& pool) noexcept {
    return pool.capacity <= 64 ? &pool.freeblocks : &bitmaps_[pool.bitmap * kBitmapWords];
  }
  [[nodiscard]] const std::uint64_t* bitmap_of(const PoolHeader& pool) const noexcept {
    return pool.capacity <= 64 ? &pool.freeblocks : &bitmaps_[pool.bitmap * kBitmapWords];
  }
  [[nodiscard]] static std::size_t block_index(const void* block, const PoolHeader& pool) noexcept {
    return (address_of(block) & (G.pool_bytes - 1)) * std::uint64_t{pool.reciprocal} >> 32;
  }

  std::array<Magazine, kSizeClasses> magazines_{};
  std::uintptr_t header_bias_ = 0;  ///< address of the header that page 0 of the address space would have
  std::byte* base_ = nullptr;
  std::size_t reserved_ = 0;
  std::array<std::uint32_t, kSizeClasses> usedpools_;
  std::array<std::uint32_t, kSizeClasses> room_{};    ///< blocks in the pools of a class, free or untouched
  std::array<std::uint32_t, kSizeClasses> blocks_{};  ///< all blocks of the pools of a class
  Reservation memory_;                                ///< the arenas, and behind them the tables
  SideTable<PoolHeader> headers_;
  SideTable<std::uint64_t> bitmaps_;
  SideTable<void*> stacks_;  ///< of the magazines
  SideTable<Arena> arenas_;
  SlotMap map_;           ///< of arenas
  SlotMap bitmap_slots_;  ///< of places in bitmaps_
  UsableArenas usable_{arenas_};
  Budget* budget_;
  SpaceOptions options_;
  bool closed_ = true;   ///< the magazines are
  bool sealed_ = false;  ///< only arenas in use and their records are left (seal)
  std::size_t pools_in_use_ = 0;
  std::size_t pools_at_flush_ = 0;  ///< the most in use since the magazines were last emptied
  std::size_t arenas_in_use_ = 0;
  std::size_t arenas_empty_ = 0;  ///< of these, wholly empty
  std::size_t recent_peak_ = 0;   ///< the most arenas in use lately
  std::size_t arenas_peak_ = 0;
  std::size_t arenas_obtained_ = 0;
  std::size_t arenas_returned_ = 0;
  std::size_t purged_bytes_ = 0;
  std::size_t run_bytes_ = 0;  ///< outside arenas
  std::size_t peak_bytes_ = 0;
  std::size_t obtained_bytes_ = 0;
};

/// The space a runtime is made of.
using Space = BasicSpace<kDefaultGeometry>;
/// One of 16 KiB pools in 1 MiB arenas, as CPython has them from 3.10 on.
using LargeSpace = BasicSpace<kLargeGeometry>;
/// A space with arenas of four pools, for tests.
using TinySpace = BasicSpace<kTinyGeometry>;

extern template class BasicSpace<kDefaultGeometry>;
extern template class BasicSpace<kLargeGeometry>;
extern template class BasicSpace<kTinyGeometry>;

}  // namespace ouro::alloc

#include <ouro/allocator/space/space_walk.h>
