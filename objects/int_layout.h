// The layouts of Int and its limbs; see int.h for what they mean. Apart, because the immortal objects contain small ints.
#pragma once

#include <ouro/objects/kind.h>
#include <ouro/objects/model/object.h>

#include <cstdint>

namespace ouro {

/// The magnitude and sign of a number beyond 64 bits. Lies in a buffer of its own, limbs behind it.
struct BigDigits {
  std::uint32_t limbs;  ///< 64-bit words, least significant first, the last not 0
  bool negative;

  [[nodiscard]] const std::uint64_t* first() const noexcept { return reinterpret_cast<const std::uint64_t*>(this + 1); }
  [[nodiscard]] std::uint64_t* first() noexcept { return reinterpret_cast<std::uint64_t*>(this + 1); }
};
static_assert(sizeof(BigDigits) == 8);

/// The object of an int or bool.
struct Int : Object {
  static constexpr Kind kKind = Kind::kInt;
  /// Set if the number is in `big`.
  static constexpr std::uint32_t kBigFlag = kFirstTypeFlag;

  union {
    std::int64_t value;
    BigDigits* big;
  };

  [[nodiscard]] bool is_big() const noexcept { return (flags & kBigFlag) != 0; }
};
static_assert(sizeof(Int) == 24);

/// The ints that exist once per runtime, as in CPython.
inline constexpr std::int64_t kSmallIntFirst = -5;
inline constexpr std::int64_t kSmallIntLast = 256;

/// True for the ints that exist once per runtime.
[[nodiscard]] constexpr bool is_small_int(std::int64_t value) noexcept {
  return static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(kSmallIntFirst) <=
         static_cast<std::uint64_t>(kSmallIntLast - kSmallIntFirst);
}

}  // namespace ouro
