// Magazines of a space: the slow half of allocate and deallocate.
#pragma once

#include <ouro/allocator/space.h>

#include <algorithm>
#include <utility>

namespace ouro::alloc {

/// Serves a request whose magazine is empty: draws a batch from the pools, lowest address on top.
template <Geometry G>
void* BasicSpace<G>::refill(unsigned size_class) noexcept {
  Magazine& magazine = magazines_[size_class];
  if (magazine.capacity() == 0 && !closed_) open(magazine, size_class);
  void* single = nullptr;
  void** const into = magazine.capacity() == 0 ? &single : magazine.bottom;
  const std::size_t drawn = draw(size_class, into, std::max<std::size_t>(1, magazine.capacity() / 2));
  if (drawn == 0) return nullptr;
  if (magazine.capacity() != 0) {
    std::reverse(magazine.bottom, magazine.bottom + drawn);
    magazine.top = magazine.bottom + drawn - 1;
    single = *magazine.top;
    resize(magazine, size_class, Magazine::Turn::kRefilled);
  }
  unpoison(single, block_bytes_of(size_class));
  return single;
}

/// Takes a block for which the magazine has no room: the older half of its blocks goes back to the pools.
template <Geometry G>
void BasicSpace<G>::spill(void* block, unsigned size_class) noexcept {
  assert_deallocatable(block, size_class);
  poison(block, block_bytes_of(size_class));
  Magazine& magazine = magazines_[size_class];
  if (closed_) return put_back(&block, 1);
  if (magazine.capacity() == 0) {
    open(magazine, size_class);
  } else {
    const std::size_t older = divide_up(magazine.ready(), 2);
    put_back(magazine.bottom, older);
    magazine.top = std::copy(magazine.bottom + older, magazine.top, magazine.bottom);
    resize(magazine, size_class, Magazine::Turn::kSpilled);
  }
  *magazine.top++ = block;
  // A heap that shrinks leaves the last few blocks of each class in magazines, where each may hold a whole arena.
  constexpr std::size_t kWorthIt = 64;
  if (pools_at_flush_ > kWorthIt && pools_in_use_ < pools_at_flush_ / 2) flush_magazines();
}

template <Geometry G>
void BasicSpace<G>::open(Magazine& magazine, unsigned size_class) noexcept {
  magazine.bottom = magazine.top = stacks_.data() + std::size_t{size_class} * kMagazineStride;
  magazine.limit = magazine.bottom + std::min<std::size_t>(kFirstMagazineBlocks, most_blocks(size_class));
}

/// Doubles the capacity of a magazine that was just refilled or spilled. Of a sparse class (see is_sparse) it goes back to
/// the first, or to a few if requests or releases have been the only ones for long.
template <Geometry G>
void BasicSpace<G>::resize(Magazine& magazine, unsigned size_class, Magazine::Turn turn) noexcept {
  constexpr std::uint8_t kLong = 8;
  constexpr std::size_t kFew = 32;
  const std::uint8_t repeats = std::min<std::uint8_t>(magazine.repeats + 1, kLong);
  magazine.repeats = std::exchange(magazine.last, turn) == turn ? repeats : 0;
  std::size_t wanted = 2 * magazine.capacity();
  if (is_sparse(size_class)) wanted = magazine.repeats < kLong ? kFirstMagazineBlocks : std::min(wanted, kFew);
  magazine.limit = magazine.bottom + std::min(wanted, most_blocks(size_class));
  if (magazine.top < magazine.limit) return;
  const std::size_t older = static_cast<std::size_t>(magazine.top - magazine.limit) + 1;
  put_back(magazine.bottom, older);
  magazine.top = std::copy(magazine.bottom + older, magazine.top, magazine.bottom);
}

/// True if much of the pools of a class is free. Large magazines would hand freed blocks out again wherever they lie; small
/// ones let requests go to the pools that have least room, while the others drain.
template <Geometry G>
bool BasicSpace<G>::is_sparse(unsigned size_class) const noexcept {
  constexpr std::size_t kLittle = 8 * G.pool_bytes;  // memory of which it does not matter
  return blocks_[size_class] * block_bytes_of(size_class) > kLittle && room_[size_class] > blocks_[size_class] / 6;
}

template <Geometry G>
std::size_t BasicSpace<G>::most_blocks(unsigned size_class) const noexcept {
  const std::size_t by_bytes = kMagazineBytes / block_bytes_of(size_class);
  return std::min<std::size_t>({options_.magazine_blocks, kMagazineBlocks, by_bytes});
}

template <Geometry G>
void BasicSpace<G>::flush_magazines() noexcept {
  for (unsigned c = 0; c < kSizeClasses; ++c) {
    Magazine& magazine = magazines_[c];
    if (magazine.capacity() == 0) continue;
    void** const end = magazine.top;
    void** const bottom = magazine.bottom;
    open(magazine, c);
    put_back(bottom, static_cast<std::size_t>(end - bottom));
  }
  pools_at_flush_ = pools_in_use_;
}

template <Geometry G>
void BasicSpace<G>::close_magazines(bool closed) noexcept {
  if (closed) {
    flush_magazines();
    magazines_.fill(Magazine{});
  }
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
  [[maybe_unused]] const Magazine& magazine = magazines_[size_class];
  OURO_ASSERT_INTERNAL(std::find(magazine.bottom, magazine.top, block) == magazine.top, "law-free-block");
}

}  // namespace ouro::alloc
