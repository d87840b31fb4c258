// The slots of a set's table come in groups of 16, whose prints are compared at once.
//
//   print of a slot   0: empty     1: removed, or no slot of a table of fewer than 16     2..255: a key's, from its hash
//
// A search looks at one group after the other: first at the one that the bits of the hash above the lowest four say, so that
// ints that follow one another fill one group, then at those that all bits of the hash, scattered, say. It ends at the first
// group with an empty slot: a key goes on to the next group only where all 16 slots were taken, and none of a group that was
// full is made empty again until the table is built anew.
#pragma once

#include <ouro/objects/containers/detail/dict_probe.h>

#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace ouro::detail {

inline constexpr std::uint32_t kGroupSlots = 16;
inline constexpr std::uint32_t kGroupBits = 4;

inline constexpr std::uint8_t kEmptyPrint = 0;
inline constexpr std::uint8_t kRemovedPrint = 1;
inline constexpr std::uint8_t kFirstPrint = 2;

/// The print of a key with this hash: bits in which keys of one group differ.
[[nodiscard]] constexpr std::uint8_t print_of(std::uint32_t hash) noexcept {
  const std::uint32_t print = hash * 0x9E3779B1U >> 24;
  return static_cast<std::uint8_t>(print < kFirstPrint ? print + kFirstPrint : print);
}

/// One bit for each of 16 prints that is `print`.
[[nodiscard]] inline std::uint32_t slots_with_print(const std::uint8_t* prints, std::uint8_t print) noexcept {
#if defined(__SSE2__)
  const __m128i group = _mm_loadu_si128(reinterpret_cast<const __m128i*>(prints));
  const __m128i same = _mm_cmpeq_epi8(group, _mm_set1_epi8(static_cast<char>(print)));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(same));
#else
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < kGroupSlots; ++i) found |= std::uint32_t{prints[i] == print} << i;
  return found;
#endif
}

/// One bit for each of 16 prints that is a key's.
[[nodiscard]] inline std::uint32_t slots_with_key(const std::uint8_t* prints) noexcept {
#if defined(__SSE2__)
  const __m128i group = _mm_loadu_si128(reinterpret_cast<const __m128i*>(prints));
  const __m128i least = _mm_set1_epi8(static_cast<char>(kFirstPrint));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(group, least), group)));
#else
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < kGroupSlots; ++i) found |= std::uint32_t{prints[i] >= kFirstPrint} << i;
  return found;
#endif
}

/// How the searches in a table go.
struct GroupOrder {
  std::uint32_t last_group;  ///< the number of groups is a power of two
  bool scattered;            ///< the scattered hash is taken at once
};

/// The groups that a search for a hash looks at, in turn: all of them, if it must.
class GroupWalk {
 public:
  GroupWalk(const GroupOrder& order, std::uint32_t hash) noexcept
      : last_group_(order.last_group), hash_(hash), group_(hash >> kGroupBits & order.last_group) {
    if (!order.scattered) [[likely]]
      return;
    group_ = scatter(hash) & last_group_;
    count_ = 1;
  }
  [[nodiscard]] std::uint32_t first_slot() const noexcept { return group_ << kGroupBits; }
  /// True if there is no other group.
  [[nodiscard]] bool is_only() const noexcept { return last_group_ == 0; }
  /// True if it has come to groups that the scattered hash says.
  [[nodiscard]] bool is_scattered() const noexcept { return count_ != 0; }
  void advance() noexcept { group_ = scattered_place(hash_, count_++) & last_group_; }

 private:
  std::uint32_t last_group_;
  std::uint32_t hash_;
  std::uint32_t group_;
  std::uint32_t count_ = 0;  ///< groups passed over, or left out
};

}  // namespace ouro::detail
