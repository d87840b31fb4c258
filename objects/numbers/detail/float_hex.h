// float.hex() and float.fromhex(): the exact text of a double.
#pragma once

#include <cstddef>
#include <string_view>

namespace ouro::detail {

/// Room for every text, '-0x1.fffffffffffffp-1022' being the longest.
inline constexpr std::size_t kHexTextMax = 32;

/// Writes `value.hex()` to `out`, which has room for kHexTextMax characters. Returns how many were written.
std::size_t write_hex(double value, char* out) noexcept;

/// float.fromhex(text): rounded half to even. ValueError "invalid hexadecimal floating-point string", OverflowError
/// "hexadecimal value too large to represent as a float". Linear.
[[nodiscard]] double parse_hex(std::string_view text);

}  // namespace ouro::detail
