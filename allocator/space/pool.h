// A pool: one page of blocks of one size, and the header that describes it.
//
//   page        |block 0|block 1|block 2|  ...  |.. never touched ..|rest|
//                <----- carved ----------------> <-- untouched ---->
//   freeblocks      1       0       1      ...          0 0 0              one bit a block, 1 = free
//
// The header is not in the page but in a dense side table, indexed by page number; the bitmap is in the header, or, for
// classes with more than 64 blocks a pool, in a second table. So a free block is never read or written, whoever frees a
// block whose page has left the cache pays nothing for that, and the page of an empty pool can be given back as it is.
//
// Blocks. A block beyond `carved` is untouched: nobody has written to it. A carved one is free if its bit is set. The others
// are out: allocated, or waiting in the magazine of their class (magazine.h) to be allocated again.
//
// Pools. An empty pool has no class and can serve any. A used one has a free or an untouched block and stands in
// usedpools[class]. A full one is in no list; the first of its blocks to come back brings it back.
//
// [law-taken] `taken` is the number of blocks that are out: carved minus the bits set.
#pragma once

#include <ouro/base/config.h>

namespace ouro::alloc {

/// What a page of the space is.
enum class PoolState : std::uint8_t {
  kEmpty = 0,  ///< free, without a class
  kUsed,       ///< has room, and stands in usedpools[class]
  kFull,       ///< every block is out
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
  union {
    std::uint64_t freeblocks;  ///< the bitmap, if it is one word
    std::uint32_t bitmap;      ///< else its place in the table of bitmaps
  };
  std::uint32_t reciprocal;  ///< divides an offset by block_bytes; 0 in a run, which makes every offset its start
  std::uint16_t taken;       ///< [law-taken]
  std::uint16_t carved;      ///< blocks made ready so far, counted from the start of the page
  std::uint16_t capacity;    ///< blocks that fit into the page
  std::uint16_t block_bytes;
  std::uint8_t size_class;
  PoolState state;
  std::uint16_t withheld;  ///< blocks at the start of the page that are never given out (SpaceOptions::withhold_first)
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
