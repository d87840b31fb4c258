// Looking for a piece of text inside another. In UTF-8 a match of bytes is a match of characters.
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>

namespace ouro::detail {

/// Where `part` begins in `text` at byte `from` or later, or npos. Linear in the worst case too (two-way search).
[[nodiscard]] std::size_t find_bytes(std::string_view text, std::string_view part, std::size_t from = 0) noexcept;
/// Where the last `part` begins in `text`, or npos. Linear likewise.
[[nodiscard]] std::size_t find_last_bytes(std::string_view text, std::string_view part) noexcept;
/// How often `part`, which is not empty, is there without overlapping, counted to `most`. Linear.
[[nodiscard]] std::size_t count_bytes(std::string_view text, std::string_view part,
                                      std::size_t most = std::numeric_limits<std::size_t>::max()) noexcept;
/// Copies text to `out`, which has as much room, and `by` in place of each `from`. Linear.
void copy_replaced(std::string_view text, char from, char by, char* out) noexcept;

}  // namespace ouro::detail
