// CandidateFilter: "is this certainly no candidate?", asked before the mark byte of an object.
//
// In a large heap the byte of an old object is a cache miss, and young objects refer to old ones all the time. So a young
// collection of a large heap first notes its candidates in a few bits each: granule g sets bit g modulo the number of bits.
// An old object finds its bit clear 31 times in 32, wherever it lies and however its pool is mixed, and the bits of a
// thousand candidates lie in four KiB. (A bit a pool was measured too: a quarter less while the young have pools of their
// own, a fifth more where they fill the gaps between the old, and its size is that of the heap.)
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace ouro::gc::detail {

/// A set of granules that may also say yes to one that is not in it. Owns its memory, as GrowingArray does.
class CandidateFilter {
 public:
  CandidateFilter() = default;
  CandidateFilter(const CandidateFilter&) = delete;
  CandidateFilter& operator=(const CandidateFilter&) = delete;
  ~CandidateFilter() { std::free(words_); }

  /// Empties it and makes room for `candidates`. False if there was no memory.
  [[nodiscard]] bool prepare(std::size_t candidates) noexcept {
    const std::size_t words = std::bit_ceil(std::clamp(candidates * kBitsEach / 64, kFewest, kMost));
    if (words > capacity_) {
      std::free(std::exchange(words_, static_cast<std::uint64_t*>(std::malloc(words * sizeof(std::uint64_t)))));
      capacity_ = words_ != nullptr ? words : 0;
    }
    if (words_ == nullptr) return false;
    mask_ = words - 1;
    std::fill_n(words_, words, 0);
    return true;
  }
  void add(std::size_t granule) noexcept { words_[granule / 64 & mask_] |= std::uint64_t{1} << (granule % 64); }
  /// What `may_contain` needs, for loops that keep it in registers.
  [[nodiscard]] const std::uint64_t* words() const noexcept { return words_; }
  [[nodiscard]] std::size_t mask() const noexcept { return mask_; }
  [[nodiscard]] static bool may_contain(const std::uint64_t* words, std::size_t mask, std::size_t granule) noexcept {
    return (words[granule / 64 & mask] >> (granule % 64) & 1U) != 0;
  }

  /// Much memory is given back, a little stays.
  void clear() noexcept {
    if (capacity_ > kKept) release();
  }
  void release() noexcept {
    std::free(std::exchange(words_, nullptr));
    capacity_ = 0;
  }

 private:
  static constexpr std::size_t kBitsEach = 32;
  static constexpr std::size_t kFewest = 64;                  // 512 bytes
  static constexpr std::size_t kMost = std::size_t{1} << 18;  // 2 MiB
  static constexpr std::size_t kKept = std::size_t{1} << 13;  // 64 KiB

  std::uint64_t* words_ = nullptr;
  std::size_t capacity_ = 0;
  std::size_t mask_ = 0;  ///< words in use, less one
};

}  // namespace ouro::gc::detail
