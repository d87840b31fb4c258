// A pool: one page of blocks of one size, and the header that describes it.
//
//   page    |block 0|block 1|block 2|  ...  |.. never touched ..|rest|
//            <----- carved ----------------> <-- untouched ---->
//   header  free -> block 2 -> block 0 -> null         (not in the page: a dense side table, indexed by page number)
//
// Blocks. A block beyond `carved` is untouched: nobody has written to it. A carved one is allocated, or free and linked
// through itself.
//
// Pools. An empty pool has no class and can serve any. A used one has room: it is either the current pool of its class,
// which serves the requests, or in the list usedpools[class]. A full one is in no list; its first freed block brings it
// back.
//
// Two free lists. Requests are served from a list detached from the current pool, kept by the space: popping it touches no
// header. Freed blocks go to their own pool's list `free`. When the detached list runs dry, the current pool's own list is
// detached next. So neither path counts blocks, and a freed block stays with its pool.
//
// [law-countdown] In a used pool `countdown` is carved minus the length of `free`: the blocks that are given out or
// detached. In a full pool it is 1, so that the first free finds zero. Every free decrements it, and zero means: look at me.
#pragma once

#include <ouro/runtime/base/config.h>

namespace ouro::alloc {

/// A free block: its first word links to the next one of the list. It overlays memory of any type.
struct [[gnu::may_alias]] FreeBlock {
  FreeBlock* next;
};

/// Reads the link of a free block, which AddressSanitizer would refuse.
[[nodiscard]] FreeBlock* next_of(const FreeBlock* block) noexcept;

/// What a page of the space is.
enum class PoolState : std::uint8_t {
  kEmpty = 0,  ///< free, without a class
  kUsed,       ///< has room: the current pool of its class, or in usedpools[class]
  kFull,       ///< every block was given out
  kRun,        ///< the first page of a run: one block of whole pages
  kRunTail,    ///< a further page of a run inside one arena
};

/// What became of a block.
enum class BlockState : std::uint8_t {
  kUntouched,  ///< never made ready: its memory has not been written
  kFree,       ///< ready to be given out
  kAllocated,
};

inline constexpr std::uint32_t kNoPool = ~std::uint32_t{0};

/// The header of a pool. A zero header is that of an empty pool.
struct PoolHeader {
  FreeBlock* free;           ///< blocks of this pool that were freed since the list was last detached
  std::uint32_t countdown;   ///< [law-countdown]
  std::uint16_t carved;      ///< blocks made ready so far, counted from the start of the page
  std::uint16_t capacity;    ///< blocks that fit into the page
  std::uint32_t reciprocal;  ///< divides an offset by block_bytes; 0 in a run, which makes every offset its start
  std::uint16_t block_bytes;
  std::uint8_t size_class;
  PoolState state;
  union {
    std::uint32_t prev;      ///< kUsed: the pool before this one in usedpools[class]
    std::uint32_t run_head;  ///< kRun, kRunTail: the pool the run starts at
  };
  union {
    std::uint32_t next;       ///< kUsed: the pool after this one in usedpools[class]
    std::uint32_t run_pools;  ///< kRun: pages of the run
  };
};
static_assert(sizeof(PoolHeader) == 32, "an index becomes an address with one shift, and two headers share a cache line");

/// What a pool or a run looks like to who walks a space.
struct PoolView {
  std::byte* start;         ///< the first block
  std::size_t block_bytes;  ///< the size of every block; of a run: its whole length
  std::uint32_t carved;     ///< blocks that may be allocated, from the start; of a run: 1
  PoolState state;          ///< kUsed, kFull or kRun; kEmpty (with carved 0) where there is no pool
};

}  // namespace ouro::alloc
