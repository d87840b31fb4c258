// Int: whole numbers of any size, and with them True and False.
//
//   offset 0        16
//          +--------+----------------+
//          | header | value          |    a number of 64 bits: nearly all
//          +--------+----------------+
//          | header | big ---------- | --> [ limbs | sign | limb limb limb ... ]    kBigFlag: all others
//          +--------+----------------+
//
// -5 to 256 exist once per runtime, as in CPython, and are never counted. A bool is an Int of type bool whose value is 0 or
// 1.
//
// Laws
//   int-normal: a number that fits 64 bits is stored inline, so two ints of which one is big are never equal.
//   one-small: there is one object for each int from -5 to 256.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/numbers/int_layout.h>

#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

namespace ouro {

/// `object` as an Int, bools included, or null if it is neither.
[[nodiscard]] inline const Int* as_int(const Object& object) noexcept {
  const Kind kind = object.type->kind;
  return kind == Kind::kInt || kind == Kind::kBool ? static_cast<const Int*>(&object) : nullptr;
}
[[nodiscard]] inline Int* as_int(Object& object) noexcept {
  return const_cast<Int*>(as_int(static_cast<const Object&>(object)));
}

/// The int of this value. An allocation and three stores, or the one small int there is. Throws MemoryError.
[[nodiscard]] inline Ref<Int> make_int(Builtins& builtins, std::int64_t value) {
  Immortals& immortals = *builtins.immortals;
  if (is_small_int(value)) return Ref<Int>::adopt(&immortals.small_int(value));
  return make<Int>(immortals.type(Kind::kInt), sizeof(Int), [value](Int& made) noexcept { made.value = value; });
}

/// The int of a number above the range of std::int64_t, too.
[[nodiscard]] Ref<Int> make_int_unsigned(Builtins& builtins, std::uint64_t value);

/// The int of any C++ integer of up to 64 bits but bool.
template <std::integral I>
requires(!std::same_as<I, bool> && !std::same_as<I, std::int64_t> && sizeof(I) <= sizeof(std::int64_t))
    [[nodiscard]] inline Ref<Int> make_int(Builtins& builtins, I value) {
  if constexpr (sizeof(I) == sizeof(std::uint64_t) && !std::is_signed_v<I>) {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) [[unlikely]]
      return make_int_unsigned(builtins, value);
  }
  return make_int(builtins, static_cast<std::int64_t>(value));
}

/// The value as an int: itself, unless it is a bool or of a class that derives from int. Throws MemoryError.
[[nodiscard]] Ref<Int> exact_int(Int& value);

/// True or False.
[[nodiscard]] inline Ref<> make_bool(Builtins& builtins, bool value) noexcept {
  return Ref<>::adopt(&builtins.boolean(value));
}

/// `int(text, base)`: sign, underscores, white space around, base prefixes. ValueError "invalid literal for int() with base
/// 10: 'x'", and above 4300 digits, as in CPython (int_digits.h). `text` is checked to be UTF-8. Divides and conquers; a
/// long number lets other threads run.
[[nodiscard]] Ref<Int> int_from_text(Builtins& builtins, std::string_view text, int base = 10);
/// `int(value)`, towards zero. OverflowError for infinity, ValueError for nan.
[[nodiscard]] Ref<Int> int_from_double(Builtins& builtins, double value);

/// `str(value)`. ValueError above 4300 digits, as in CPython (int_digits.h). Divides and conquers likewise.
[[nodiscard]] Ref<Str> int_to_text(const Int& value);
/// `bin(value)`, `oct(value)`, `hex(value)` for base 2, 8, 16.
[[nodiscard]] Ref<Str> int_to_base(const Int& value, int base);

/// True if the value fits std::int64_t.
[[nodiscard]] inline bool fits_int64(const Int& value) noexcept { return !value.is_big(); }
/// The value. OverflowError "Python int too large to convert to C long".
[[nodiscard]] std::int64_t to_int64(const Int& value);
/// The value. OverflowError "can't convert negative value to unsigned int", or "Python int too large to convert to C
/// unsigned long".
[[nodiscard]] std::uint64_t to_uint64(const Int& value);
/// `float(value)`, rounded half to even. OverflowError "int too large to convert to float".
[[nodiscard]] double to_double(const Int& value);

/// `hash(value)`: the value modulo 2**61 - 1, equal to that of an equal float.
[[nodiscard]] std::int64_t hash_of(const Int& value) noexcept;
/// How the values compare.
[[nodiscard]] std::strong_ordering compare_ints(const Int& left, const Int& right) noexcept;
/// `value.bit_length()`.
[[nodiscard]] std::uint64_t bit_length(const Int& value) noexcept;

}  // namespace ouro
