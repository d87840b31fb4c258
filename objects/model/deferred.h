// How dead objects wait to be taken apart: linked through the first word of their headers, where count and flags were.
//
//   bit 63             48 47                         0
//       +----------------+----------------------------+
//       | type's flags   | address of the next one    |
//       +----------------+----------------------------+
//
// The flags that belong to the object's type are kept, for they tell what it owns (an int of a derived class: whether its
// number is in a buffer). Law deferred-address: an object's address has 48 bits, and its type uses no more than 16 flags.
#pragma once

#include <ouro/base/assert.h>
#include <ouro/base/bits.h>
#include <ouro/objects/model/object.h>

#include <cstdint>
#include <cstring>

namespace ouro::detail {

inline constexpr unsigned kDeferredFlagsAt = 48;
inline constexpr std::uint64_t kDeferredAddress = (std::uint64_t{1} << kDeferredFlagsAt) - 1;

/// Puts `object` in front of `next`, which may be null.
inline void link_deferred(Object& object, const Object* next) noexcept {
  const std::uint64_t address = address_of(next);
  const std::uint64_t flags = object.flags / kFirstTypeFlag;
  OURO_ASSERT_INTERNAL(address <= kDeferredAddress && flags <= 0xFFFF, "deferred-address");
  const std::uint64_t word = address | flags << kDeferredFlagsAt;
  static_assert(offsetof(Object, type) == sizeof word);
  std::memcpy(static_cast<void*>(&object), &word, sizeof word);
}

[[nodiscard]] inline std::uint64_t deferred_word(const Object& object) noexcept {
  std::uint64_t word;
  std::memcpy(&word, static_cast<const void*>(&object), sizeof word);
  return word;
}

/// The one behind `object`, or null.
[[nodiscard]] inline Object* next_deferred(const Object& object) noexcept {
  return reinterpret_cast<Object*>(static_cast<std::uintptr_t>(deferred_word(object) & kDeferredAddress));
}
/// The flags of its type that it had.
[[nodiscard]] inline std::uint32_t flags_of_deferred(const Object& object) noexcept {
  return static_cast<std::uint32_t>(deferred_word(object) >> kDeferredFlagsAt) * kFirstTypeFlag;
}

}  // namespace ouro::detail
