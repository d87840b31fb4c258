// Where a dict looks for a hash: the slots of the index, in turn. Folded and scattered hashes are those of sets, too.
//
// A hash is folded to 32 bits. Its lower bits say where the search begins, as in CPython, so ints that follow one another
// have slots that follow one another. The lowest bits in which all hashes of a table agree tell no two keys apart and are
// left out: multiples of 8, or addresses, have slots of their own as well. Which bits these are is found when the index is
// built.
//
// A search looks at a slot and its neighbour, in the same cache line, and then goes on: first to where all bits of the hash,
// scattered, say, from there in steps of an odd number of slots, which the hash gives too and which reach every slot. So
// keys whose lower bits are the same pay for two slots more, not for one another, and no full stretch of the index is walked
// through. Where many keys would pay that when the index is built, all searches begin with the scattered hash.
//
// Law table-spread: no pattern of hashes (a stride, a multiple of a power of two, an address) makes a search longer by more
//   than two slots than scattered hashes do.
#pragma once

#include <ouro/objects/containers/dict.h>

#include <cstdint>

namespace ouro::detail {

/// Both halves of a product, folded into one: no multiples of a number become neighbours, or the same, by it.
[[nodiscard]] constexpr std::uint64_t fold_product(std::uint64_t number) noexcept {
  __extension__ using Product = unsigned __int128;
  const Product product = Product{number} * 0x9E3779B97F4A7C15ULL;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// The hash as a table keeps it. An int below 2^32 stays what it is.
[[nodiscard]] constexpr std::uint32_t fold_hash(std::int64_t hash) noexcept {
  const auto bits = static_cast<std::uint64_t>(hash);
  return static_cast<std::uint32_t>(bits ^ fold_product(bits >> 32));
}

/// All bits of a folded hash, scattered: law table-spread. One multiplication maps the multiples of some strides to
/// neighbours, whatever the factor; the second, after the fold, scatters those too.
[[nodiscard]] constexpr std::uint32_t scatter(std::uint32_t hash) noexcept {
  return static_cast<std::uint32_t>((fold_product(hash) * 0xD6E8FEB86659FD93ULL) >> 32);
}

/// Where a search for a hash comes after `steps` steps from the place its scattered bits say, as a number of 32 bits. Each
/// step is as long as the hash says, an odd number. A call, so that searches that end sooner do not compute it.
[[nodiscard, gnu::noinline, gnu::const]] inline std::uint32_t scattered_place(std::uint32_t hash,
                                                                              std::uint32_t steps) noexcept {
  const std::uint32_t scattered = scatter(hash);
  return scattered + steps * (scattered >> 16 | 1);
}

/// How the searches in an index go.
struct SearchOrder {
  std::uint32_t index_bits;
  std::uint32_t left_out;  ///< so many of the lowest bits of a hash; kScattered: the scattered hash is taken at once
};
inline constexpr std::uint32_t kScattered = 31;

/// Where `left_out` stands in a dict's flags: behind the others.
inline constexpr std::uint32_t kLeftOutAt = 9;
static_assert(Dict::kOfClassFlag < std::uint32_t{1} << kLeftOutAt);

[[nodiscard]] inline SearchOrder order_of(const Dict& dict) noexcept {
  return {dict.index_bits, dict.flags >> kLeftOutAt & kScattered};
}
inline void leave_out(Dict& dict, std::uint32_t bits) noexcept {
  dict.flags = (dict.flags & ~(kScattered << kLeftOutAt)) | bits << kLeftOutAt;
}

/// The slots that a search for a hash looks at, in turn: all of them, if it must.
class ProbeSequence {
 public:
  ProbeSequence(const SearchOrder& order, std::uint32_t hash) noexcept
      : mask_((std::uint32_t{1} << order.index_bits) - 1), hash_(hash), slot_(hash >> order.left_out & mask_) {
    if (order.left_out != kScattered) [[likely]]
      return;
    slot_ = scatter(hash) & mask_;
    count_ = kSlotsInOrder;
  }
  /// Requires that the dict has an index.
  ProbeSequence(const Dict& dict, std::uint32_t hash) noexcept : ProbeSequence(order_of(dict), hash) {}
  [[nodiscard]] std::uint32_t slot() const noexcept { return slot_; }
  [[nodiscard]] std::uint32_t mask() const noexcept { return mask_; }
  /// True if it has come to slots that the scattered hash says.
  [[nodiscard]] bool is_scattered() const noexcept { return count_ >= kSlotsInOrder; }
  void advance() noexcept {
    slot_ = (++count_ & 1) != 0 ? slot_ ^ 1 : scattered_place(hash_, (count_ - kSlotsInOrder) / 2) & mask_;
  }

 private:
  /// A slot and its neighbour.
  static constexpr std::uint32_t kSlotsInOrder = 2;

  std::uint32_t mask_;
  std::uint32_t hash_;
  std::uint32_t slot_;
  std::uint32_t count_ = 0;  ///< slots passed over, or left out
};

}  // namespace ouro::detail
