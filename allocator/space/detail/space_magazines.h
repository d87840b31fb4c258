// Magazines of a space: the slow half of allocate and deallocate.
#pragma once

#include <ouro/allocator/space/space.h>

#include <algorithm>
#include <utility>

namespace ouro::alloc {

/// Serves a request for which no block is ready.
template <Geometry G>
void* BasicSpace<G>::refill(unsigned size_class) noexcept {
  Magazine& magazine = magazines_[size_class];
  void* block = nullptr;
  if (closed_) {
    static_cast<void>(draw(size_class, &block, 1));
  } else {
    if (magazine.capacity == 0) open(magazine, size_class);
    if (is_sparse(size_class)) put_back_returned(magazine, size_class, magazine.returned_blocks().size());
    magazine.change_places();
    draw_batch(magazine, size_class);
    block = magazine.pop();
  }
  if constexpr (kAddressSanitizer) unpoison(block, block != nullptr ? block_bytes_of(size_class) : 0);
  return block;
}

/// Makes up what is short of a batch with blocks from the pools, below those that were returned. Few blocks in circulation
/// would mean that the stacks change places all the time. Opens no pool unless no block is ready.
template <Geometry G>
void BasicSpace<G>::draw_batch(Magazine& magazine, unsigned size_class) noexcept {
  constexpr std::size_t kEnough = 16;
  const std::size_t ready = magazine.ready_blocks().size();
  // Of large blocks fewer: a program that needs one at a time should find it in the first-level cache.
  const std::size_t most = std::max(kEnough, 2 * G.pool_bytes / block_bytes_of(size_class));
  const std::size_t batch = std::min(divide_up(magazine.capacity, 2), most);
  if (ready >= std::min(batch, kEnough) || (ready != 0 && usedpools_[size_class] == kNoPool)) return;
  void** const drawn = magazine.ready;
  magazine.ready += draw(size_class, drawn, batch - ready);
  OURO_ASSERT_INTERNAL(magazine.ready_blocks().size() <= kMagazineStack, "law-magazine");
  // The lowest on top: processors prefetch what is walked upwards, on to the next page.
  std::reverse(drawn, magazine.ready);
  std::rotate(magazine.bottom, drawn, magazine.ready);
  grow(magazine);
}

/// Takes a block for which there is no room: the older half of what was returned goes back to the pools.
template <Geometry G>
void BasicSpace<G>::spill(void* block, unsigned size_class) noexcept {
  assert_deallocatable(block, size_class);
  poison(block, block_bytes_of(size_class));
  if (closed_) return options_.resting_blocks != 0 ? rest(block, size_class) : put_back(size_class, &block, 1);
  Magazine& magazine = magazines_[size_class];
  if (magazine.capacity == 0) {
    open(magazine, size_class);
  } else {
    put_back_returned(magazine, size_class, divide_up(magazine.capacity, 2));
    grow(magazine);
  }
  *magazine.returned++ = block;
  // A heap that shrinks leaves the last few blocks of each class in magazines, where each may hold a whole arena.
  constexpr std::size_t kWorthIt = 64;
  if (pools_at_flush_ > kWorthIt && pools_in_use_ < pools_at_flush_ / 2) flush_magazines();
}

/// Lets a block rest on the second stack of its closed magazine. If that is full the oldest goes back.
template <Geometry G>
void BasicSpace<G>::rest(void* block, unsigned size_class) noexcept {
  Magazine& magazine = magazines_[size_class];
  if (magazine.capacity == 0) {
    magazine.returned = magazine.limit = stacks_.data() + std::size_t{size_class} * kMagazineStride + 1;
  } else if (magazine.capacity == std::min(options_.resting_blocks, kMagazineBlocks)) {
    put_back_returned(magazine, size_class, 1);
    --magazine.capacity;
  }
  *magazine.returned++ = block;
  magazine.limit = magazine.returned;
  ++magazine.capacity;
}

/// Puts the `count` oldest of the returned blocks back into their pools.
template <Geometry G>
void BasicSpace<G>::put_back_returned(Magazine& magazine, unsigned size_class, std::size_t count) noexcept {
  OURO_ASSERT_INTERNAL(count <= magazine.returned_blocks().size(), "law-magazine");
  void** const first = magazine.limit - magazine.capacity;
  put_back(size_class, first, count);
  magazine.returned = std::copy(first + count, magazine.returned, first);
}

template <Geometry G>
void BasicSpace<G>::open(Magazine& magazine, unsigned size_class) noexcept {
  const std::size_t most = std::min(options_.magazine_blocks, kMagazineBlocks);
  magazine.capacity = std::min<std::size_t>(kFirstMagazineBlocks, most);
  magazine.bottom = magazine.ready = stacks_.data() + std::size_t{size_class} * kMagazineStride + 1;
  magazine.returned = magazine.bottom + kMagazineStack;
  magazine.limit = magazine.returned + magazine.capacity;
}

template <Geometry G>
void BasicSpace<G>::grow(Magazine& magazine) noexcept {
  const std::size_t most = std::min(options_.magazine_blocks, kMagazineBlocks);
  const std::size_t more = std::min(2 * magazine.capacity, most) - magazine.capacity;
  magazine.capacity += more;
  magazine.limit += more;
}

/// True if much of the pools of a class is free.
template <Geometry G>
bool BasicSpace<G>::is_sparse(unsigned size_class) const noexcept {
  constexpr std::size_t kLittle = 8 * G.pool_bytes;  // memory of which it does not matter
  return blocks_[size_class] * block_bytes_of(size_class) > kLittle && room_[size_class] > blocks_[size_class] / 12;
}

template <Geometry G>
void BasicSpace<G>::flush_magazines() noexcept {
  for (unsigned c = 0; c < kSizeClasses; ++c) {
    Magazine& magazine = magazines_[c];
    if (magazine.capacity == 0) continue;
    put_back(c, magazine.bottom, magazine.ready_blocks().size());
    put_back(c, magazine.limit - magazine.capacity, magazine.returned_blocks().size());
    magazine = Magazine{};
    if (!closed_) open(magazine, c);
  }
  pools_at_flush_ = pools_in_use_;
}

template <Geometry G>
void BasicSpace<G>::close_magazines(bool closed) noexcept {
  // Both ways: on the stacks of closed magazines blocks may rest.
  flush_magazines();
  magazines_.fill(Magazine{});
  closed_ = closed || options_.magazine_blocks == 0;
}

/// Breaks a law if the block cannot be one that allocate(size_class) returned and nobody has given back.
template <Geometry G>
void BasicSpace<G>::assert_deallocatable([[maybe_unused]] const void* block,
                                         [[maybe_unused]] unsigned size_class) const noexcept {
  OURO_ASSERT_INTERNAL(size_class < kSizeClasses, "law-size-class");
  OURO_ASSERT_INTERNAL(contains(block), "law-owner");
  [[maybe_unused]] const PoolHeader& pool = header_of(block);
  OURO_ASSERT_INTERNAL(pool.size_class == size_class && (pool.state == PoolState::kUsed || pool.state == PoolState::kFull),
                       "law-sized-free");
  [[maybe_unused]] const std::size_t i = block_index(block, pool);
  OURO_ASSERT_INTERNAL((bitmap_of(pool)[i / 64] >> (i % 64) & 1U) == 0, "law-free-block");
  for ([[maybe_unused]] const auto waiting :
       {magazines_[size_class].ready_blocks(), magazines_[size_class].returned_blocks()})
    OURO_ASSERT_INTERNAL(std::find(waiting.begin(), waiting.end(), block) == waiting.end(), "law-free-block");
}

}  // namespace ouro::alloc
