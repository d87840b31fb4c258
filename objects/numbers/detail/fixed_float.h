// A float with a given number of digits behind the point: the exact value, rounded once, where that takes little.
#pragma once

#include <cstddef>

namespace ouro::detail {

/// Room for every text of `write_fixed_short`.
inline constexpr std::size_t kFixedTextMax = 24;

/// Writes `value`, which is finite and has no sign, with `precision` digits behind the point, rounded half to even, to
/// `out`, which has room for kFixedTextMax characters. Returns how many were written; 0, and nothing is written, if value *
/// 10**precision has more than 64 bits or there are more than 19 digits behind the point.
[[nodiscard]] std::size_t write_fixed_short(double value, int precision, char* out) noexcept;

}  // namespace ouro::detail
