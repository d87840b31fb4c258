// Arithmetic of handles that spares a block: the result goes to the block of an operand that nobody else has, and a C++
// integer gets no object.
#pragma once

#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>

#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>

namespace ouro::detail {

/// C++ integers that a std::int64_t holds.
template <class T>
concept Int64Like =
    std::integral<T> && !std::same_as<T, bool> && (sizeof(T) < 8 || (sizeof(T) == 8 && std::signed_integral<T>));

/// `left op right` for + - * and the / of floats, where `left` is exactly an int or a float, `right` is of the same type,
/// and the result fits: `left` gets its value. The caller has the only count of `left`. False, and nothing is done, where
/// that does not hold, and for results that exist once per runtime (law one-small).
[[nodiscard]] bool apply_in_block(Operator op, Object& left, const Object& right) noexcept;
/// The same for an int and a C++ integer.
[[nodiscard]] bool apply_in_block(Operator op, Object& left, std::int64_t right) noexcept;

/// `left op right` for a C++ integer, for which an object is made only where it is needed. Throws what `apply` throws.
[[nodiscard]] Ref<> apply_to_integer(Operator op, Object& left, std::int64_t right);

/// How `left` compares with a C++ integer, if it is exactly an int or a bool and not too large for that.
[[nodiscard]] inline std::optional<std::strong_ordering> compare_integer(const Object& left, std::int64_t right) noexcept {
  const Kind kind = left.type->exact;
  if (kind != Kind::kInt && kind != Kind::kBool) return std::nullopt;
  const auto& number = static_cast<const Int&>(left);
  if (number.is_big()) return std::nullopt;
  return number.value <=> right;
}

}  // namespace ouro::detail
