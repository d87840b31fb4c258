// The methods of str, as functions: what Python writes `str.split(separator)` is `split(str, separator)`.
//
// Positions and limits count code points and may be negative, as in Python. A result that would equal the str itself is the
// str itself. Everything that makes a str or list may throw MemoryError.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/text/str.h>

#include <cstdint>
#include <limits>

namespace ouro {

/// The end of a search when none is given.
inline constexpr std::int64_t kToTheEnd = std::numeric_limits<std::int64_t>::max();

// ---- Searching; linear ----

/// `str.find(part, start, stop)` and `str.rfind`: where `part` begins first or last, -1 if it is not there.
[[nodiscard]] std::int64_t find(const Str& str, const Str& part, std::int64_t start = 0,
                                std::int64_t stop = kToTheEnd) noexcept;
[[nodiscard]] std::int64_t find_last(const Str& str, const Str& part, std::int64_t start = 0,
                                     std::int64_t stop = kToTheEnd) noexcept;
/// `str.index(part, start, stop)`. ValueError "substring not found".
[[nodiscard]] std::int64_t index_of(const Str& str, const Str& part, std::int64_t start = 0, std::int64_t stop = kToTheEnd);
/// `str.count(part, start, stop)`: how often `part` is there without overlapping.
[[nodiscard]] std::int64_t count_of(const Str& str, const Str& part, std::int64_t start = 0,
                                    std::int64_t stop = kToTheEnd) noexcept;
/// `str.startswith(prefix)` and `str.endswith(suffix)`.
[[nodiscard]] bool starts_with(const Str& str, const Str& prefix) noexcept;
[[nodiscard]] bool ends_with(const Str& str, const Str& suffix) noexcept;

// ---- Taking apart and putting together; linear ----

/// `separator.join(iterable)`. TypeError "sequence item 0: expected str instance, int found".
[[nodiscard]] Ref<Str> join(const Str& separator, Object& iterable);
/// `str.split(separator, limit)`: at most `limit` cuts if that is not negative. ValueError "empty separator".
[[nodiscard]] Ref<List> split(const Str& str, const Str& separator, std::int64_t limit = -1);
/// `str.split(None, limit)`: between runs of white space, and none at the ends.
[[nodiscard]] Ref<List> split(const Str& str, std::int64_t limit = -1);
/// `str.replace(old, replacement, limit)`.
[[nodiscard]] Ref<Str> replace(const Str& str, const Str& old, const Str& replacement, std::int64_t limit = -1);

/// Which ends `strip` works on.
enum class Ends : std::uint8_t { kLeft = 1, kRight = 2, kBoth = 3 };
/// `str.strip()`, `str.lstrip()` and `str.rstrip()`: without white space at the ends.
[[nodiscard]] Ref<Str> strip(const Str& str, Ends ends = Ends::kBoth);
/// The same without any of `characters` at the ends.
[[nodiscard]] Ref<Str> strip(const Str& str, const Str& characters, Ends ends = Ends::kBoth);

// ---- Characters; linear ----

/// `str.upper()` and `str.lower()`, by Unicode 14.0: 'ß' becomes 'SS', and a sigma that ends a word 'ς'.
[[nodiscard]] Ref<Str> upper(const Str& str);
[[nodiscard]] Ref<Str> lower(const Str& str);
/// `character.isspace()`.
[[nodiscard]] bool is_space(char32_t character) noexcept;

}  // namespace ouro
