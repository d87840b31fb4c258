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

struct Tuple;

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

/// `str.rsplit(separator, limit)`, `str.rsplit(None, limit)`: the same from the right; only a limit makes a difference.
[[nodiscard]] Ref<List> rsplit(const Str& str, const Str& separator, std::int64_t limit = -1);
[[nodiscard]] Ref<List> rsplit(const Str& str, std::int64_t limit = -1);
/// `str.splitlines(keepends)`: also at the line ends of Unicode.
[[nodiscard]] Ref<List> split_lines(const Str& str, bool keep_ends = false);
/// `str.partition(separator)` and `str.rpartition`: what stands before the first or last one, the separator, what follows;
/// where there is none, the str and two times '', or the other way round. ValueError "empty separator".
[[nodiscard]] Ref<Tuple> partition(const Str& str, const Str& separator);
[[nodiscard]] Ref<Tuple> rpartition(const Str& str, const Str& separator);
/// `str.removeprefix(prefix)` and `str.removesuffix(suffix)`.
[[nodiscard]] Ref<Str> remove_prefix(const Str& str, const Str& prefix);
[[nodiscard]] Ref<Str> remove_suffix(const Str& str, const Str& suffix);

/// Which ends `strip` works on.
enum class Ends : std::uint8_t { kLeft = 1, kRight = 2, kBoth = 3 };
/// `str.strip()`, `str.lstrip()` and `str.rstrip()`: without white space at the ends.
[[nodiscard]] Ref<Str> strip(const Str& str, Ends ends = Ends::kBoth);
/// The same without any of `characters` at the ends.
[[nodiscard]] Ref<Str> strip(const Str& str, const Str& characters, Ends ends = Ends::kBoth);

// ---- Laying out; linear ----

/// `str.ljust(width, fill)`, `str.rjust` and `str.center`. OverflowError "padded string is too long".
[[nodiscard]] Ref<Str> ljust(const Str& str, std::int64_t width, char32_t fill = U' ');
[[nodiscard]] Ref<Str> rjust(const Str& str, std::int64_t width, char32_t fill = U' ');
[[nodiscard]] Ref<Str> center(const Str& str, std::int64_t width, char32_t fill = U' ');
/// `str.zfill(width)`: zeros behind a sign.
[[nodiscard]] Ref<Str> zfill(const Str& str, std::int64_t width);
/// `str.expandtabs(tab_size)`. OverflowError "new string is too long".
[[nodiscard]] Ref<Str> expand_tabs(const Str& str, int tab_size = 8);

// ---- Characters; linear ----

/// `str.upper()` and `str.lower()`, by Unicode 14.0: 'ß' becomes 'SS', and a sigma that ends a word 'ς'.
[[nodiscard]] Ref<Str> upper(const Str& str);
[[nodiscard]] Ref<Str> lower(const Str& str);
/// `str.casefold()`: for comparing without regard to case. 'ß' becomes 'ss'.
[[nodiscard]] Ref<Str> casefold(const Str& str);
/// `str.capitalize()`: the first character in title case, the others in lower case.
[[nodiscard]] Ref<Str> capitalize(const Str& str);
/// `str.title()`: the first letter of each word in title case, the others in lower case.
[[nodiscard]] Ref<Str> title(const Str& str);
/// `str.swapcase()`.
[[nodiscard]] Ref<Str> swapcase(const Str& str);
/// `str.translate(table)`: each character as `table[ord(character)]` says: a str, a code point, None for nothing; as it is
/// if that is a LookupError. TypeError "character mapping must return integer, None or str"; ValueError "character mapping
/// must be in range(0x110000)". An ASCII character is asked for once if what becomes of it is ASCII.
[[nodiscard]] Ref<Str> translate(const Str& str, Object& table);

/// `character.isspace()`.
[[nodiscard]] bool is_space(char32_t character) noexcept;
/// `str.isspace()` and its like: whether all characters are so, and there is one. ('' is printable, and ASCII.)
[[nodiscard]] bool is_space(const Str& str) noexcept;
[[nodiscard]] bool is_alpha(const Str& str) noexcept;
[[nodiscard]] bool is_alnum(const Str& str) noexcept;
[[nodiscard]] bool is_decimal(const Str& str) noexcept;
[[nodiscard]] bool is_digit(const Str& str) noexcept;
[[nodiscard]] bool is_numeric(const Str& str) noexcept;
[[nodiscard]] bool is_printable(const Str& str) noexcept;
/// `str.islower()`, `str.isupper()`: whether no letter has another case, and there is one.
[[nodiscard]] bool is_lower(const Str& str) noexcept;
[[nodiscard]] bool is_upper(const Str& str) noexcept;
/// `str.istitle()`: whether `title` would change nothing, and there is a letter with a case.
[[nodiscard]] bool is_title(const Str& str) noexcept;
/// `str.isidentifier()`; keywords are identifiers.
[[nodiscard]] bool is_identifier(const Str& str) noexcept;

}  // namespace ouro
