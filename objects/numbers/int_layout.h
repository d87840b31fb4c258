// The layouts of Int and its limbs; see int.h for what they mean. Apart, because the immortal objects contain small ints.
#pragma once

#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/object.h>

#include <cstdint>

namespace ouro {

/// The magnitude and sign of a number beyond 64 bits. Lies in a buffer of its own, limbs behind it.
struct BigDigits {
  using Word = unsigned long long;

  std::uint32_t limbs;  ///< words of the magnitude, least significant first, the last not 0
  bool negative;

  [[nodiscard]] const Word* first() const noexcept { return reinterpret_cast<const Word*>(this + 1); }
  [[nodiscard]] Word* first() noexcept { return reinterpret_cast<Word*>(this + 1); }
};
static_assert(sizeof(BigDigits) == 8 && sizeof(BigDigits::Word) == 8);

/// The object of an int or bool.
struct Int : Object {
  static constexpr Kind kKind = Kind::kInt;
  static constexpr Home kHome = Home::kAtoms;
  /// Set if the number is in `big`.
  static constexpr std::uint32_t kBigFlag = kFirstTypeFlag;

  union {
    std::int64_t value;
    BigDigits* big;
  };

  [[nodiscard]] static bool is_layout_of(const Object& object) noexcept {
    return kind_of(object) == Kind::kInt || kind_of(object) == Kind::kBool;
  }
  [[nodiscard]] bool is_big() const noexcept { return (flags & kBigFlag) != 0; }
  [[nodiscard]] bool is_negative() const noexcept { return is_big() ? big->negative : value < 0; }
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
