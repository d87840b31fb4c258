// A space: one area of the private heap. Bytes come out of it in blocks of 64 size classes and in runs of whole pages.
//
//   addresses  |arena 0|arena 1|arena 2| ... never used ... |      one reservation; lowest arena first
//   headers    |64 pool headers|64 pool headers| ...                side table, by page
//   records    |arena|arena|arena| ...                              side table, by arena
//
//   heads[class]      detached -> block -> block -> null            serves requests (see pool.h)
//                     current  -> the pool those blocks are of
//   usedpools[class]  pool <-> pool <-> pool                        have room, wait their turn
//   usable arenas     fullest ... emptiest                          have an empty pool
//
// A request takes, in this order: a block detached from the current pool; the blocks freed there since; untouched blocks of
// that pool; a pool of usedpools[class]; the lowest empty pool of the fullest usable arena [law-lowest]; a new arena.
//
// Laws: [law-countdown] of pool.h, [law-arena-bitmap] and [law-arena-untouched] of arena.h, [law-usable] of
// usable_arenas.h, and
// [law-current] A current pool is used, of its class, in no list, and never given up for being empty, except by trim().
// [law-usedpools] All other used pools are in the list of their class, and each has a free block.
// [law-free-list] A free block lies at a block boundary of its own pool, among the carved ones, in exactly one list.
// [law-reserve] No more than the reserve of wholly empty arenas is kept; any further one is given back at once.
//
// Nothing here is safe for threads (the runtime's lock guards it), nothing throws; failure is a null pointer.
#pragma once

#include <ouro/allocator/arena_map.h>
#include <ouro/allocator/budget.h>
#include <ouro/allocator/poison.h>
#include <ouro/allocator/report.h>
#include <ouro/allocator/space_options.h>
#include <ouro/allocator/space_stats.h>
#include <ouro/allocator/usable_arenas.h>

#include <new>

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
    OURO_ASSERT_INTERNAL(size_class < kSizeClasses, "law-size-class");
    ClassHead& head = heads_[size_class];
    if (head.detached == nullptr) [[unlikely]]
      return refill(size_class);
    return pop(head, size_class);
  }

  /// Gives back a block that allocate(size_class) returned.
  void deallocate(void* block, unsigned size_class) noexcept {
    PoolHeader& pool = header_of(block);
    OURO_ASSERT_INTERNAL(contains(block), "law-owner");
    OURO_ASSERT_INTERNAL(pool.size_class == size_class && (pool.state == PoolState::kUsed || pool.state == PoolState::kFull),
                         "law-sized-free");
    // Tested before the push, so that the slow path finds the block as it was.
    if (--pool.countdown == 0) [[unlikely]]
      return last_of_countdown(block, pool);
    push(pool, block);
    poison(block, block_bytes_of(size_class));
  }

  /// `bytes` in whole pages, page-aligned, or null. Inside an arena if they fit into one, else in arenas of their own.
  [[nodiscard]] void* allocate_run(std::size_t bytes) noexcept;
  /// Gives back what allocate_run(bytes) returned. The pages of a run longer than an arena return to the system at once.
  void deallocate_run(void* run, std::size_t bytes) noexcept;

  /// Gives back all that can be: current pools nobody uses, the pages of empty pools, the reserve of empty arenas.
  /// Returns the number of bytes given back. Linear in the arenas in use. What is allocated stays [law-trim].
  std::size_t trim() noexcept;
  /// Gives back the reserve of empty arenas only. Returns the number of bytes.
  std::size_t return_reserve() noexcept;

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
  /// `address` is a multiple of 32, that is the one block that can begin in those 32 bytes [law-block-at]. In the first page of a run:
  /// the start of that page, where the run begins. Requires a pool or run there.
  [[nodiscard]] std::byte* block_at(const void* address) const noexcept {
    const PoolHeader& pool = header_of(address);
    const std::uintptr_t in_pool = address_of(address) & (G.pool_bytes - 1);
    // A run's reciprocal is 0: the product is 0, and no branch is needed.
    const std::size_t index =
        ((in_pool + pool.block_bytes - (pool.block_bytes != 0)) * std::uint64_t{pool.reciprocal}) >> 32;
    return reinterpret_cast<std::byte*>(address_of(address) - in_pool) + index * pool.block_bytes;
  }
  /// What the block at `block` is: untouched where there is no pool. Walks the pool's free lists.
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

  // ---- Knowledge ----

  [[nodiscard]] SpaceStats stats() const noexcept;
  /// Checks every law and notes what is broken. Linear in the carved blocks; allocates nothing.
  void verify(Report& report) const noexcept;

 private:
  template <Geometry>
  friend struct SpaceInspector;

  static constexpr unsigned kPoolShift = std::countr_zero(G.pool_bytes);
  static constexpr std::uint64_t kAllPools = ~std::uint64_t{0} >> (64 - kPoolsPerArena);

  /// Where requests of a class are served from.
  struct ClassHead {
    FreeBlock* detached;  ///< the next block to give out
    PoolHeader* current;  ///< the pool it is of; null before the first request, and after trim()
  };
  /// One bit for every block of a pool.
  using BlockSet = std::array<std::uint64_t, G.pool_bytes / G.min_block / 64>;

  [[nodiscard]] bool reserve(std::size_t arenas) noexcept;

  // Blocks and lists.
  [[nodiscard]] void* pop(ClassHead& head, [[maybe_unused]] unsigned size_class) noexcept {
    FreeBlock* const block = head.detached;
    unpoison(block, block_bytes_of(size_class));
    head.detached = block->next;
    return block;
  }
  static void push(PoolHeader& pool, void* block) noexcept { pool.free = ::new (block) FreeBlock{pool.free}; }
  [[nodiscard]] void* refill(unsigned size_class) noexcept;
  void last_of_countdown(void* block, PoolHeader& pool) noexcept;

  // Pools.
  static void detach(ClassHead& head) noexcept;
  static void carve(ClassHead& head, std::byte* start) noexcept;
  [[nodiscard]] bool adopt(ClassHead& head, unsigned size_class) noexcept;
  [[nodiscard]] PoolHeader* open_pool(unsigned size_class) noexcept;
  void close_pool(PoolHeader& pool) noexcept;
  void link_used(PoolHeader& pool) noexcept;
  void unlink_used(PoolHeader& pool) noexcept;
  void flush_idle_heads() noexcept;

  // Arenas.
  [[nodiscard]] std::uint32_t obtain_arena() noexcept;
  void return_arena(std::uint32_t arena) noexcept;
  void occupy(std::uint32_t arena, std::uint64_t pools) noexcept;
  void vacate(std::uint32_t arena, std::uint64_t pools) noexcept;
  [[nodiscard]] std::size_t reserve_limit() const noexcept;
  std::size_t purge_empty_pools(Arena& arena) noexcept;
  void purge_unused_headers() noexcept;

  // Runs.
  [[nodiscard]] void* run_in_arena(unsigned pools) noexcept;
  [[nodiscard]] void* run_of_arenas(std::size_t bytes) noexcept;

  // Knowledge.
  [[nodiscard]] std::size_t live_blocks(const PoolHeader& pool) const noexcept;
  void add_free_blocks(const PoolHeader& pool, BlockSet& set) const noexcept;
  [[nodiscard]] PoolView view_of(std::uint32_t index) const noexcept;
  [[nodiscard]] PoolCell cell_of(const PoolHeader& pool) const noexcept;
  [[nodiscard]] ArenaView arena_view(const Arena& arena) const noexcept;

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
  [[nodiscard]] bool is_current(const PoolHeader& pool) const noexcept { return heads_[pool.size_class].current == &pool; }

  std::array<ClassHead, kSizeClasses> heads_{};
  std::uintptr_t header_bias_ = 0;  ///< address of the header that page 0 of the address space would have
  std::byte* base_ = nullptr;
  std::size_t reserved_ = 0;
  std::array<std::uint32_t, kSizeClasses> usedpools_;
  Reservation memory_;  ///< the arenas, and behind them the tables
  SideTable<PoolHeader> headers_;
  SideTable<Arena> arenas_;
  ArenaMap map_;
  UsableArenas usable_{arenas_};
  Budget* budget_;
  SpaceOptions options_;
  std::size_t arenas_in_use_ = 0;
  std::size_t arenas_empty_ = 0;  ///< of these, wholly empty
  std::size_t recent_peak_ = 0;   ///< the most arenas in use since the last trim
  std::size_t arenas_peak_ = 0;
  std::size_t arenas_obtained_ = 0;
  std::size_t arenas_returned_ = 0;
};

/// The space a runtime is made of.
using Space = BasicSpace<kDefaultGeometry>;
/// A space with arenas of four pools, for tests.
using TinySpace = BasicSpace<kTinyGeometry>;

}  // namespace ouro::alloc

#include <ouro/allocator/space_walk.h>
