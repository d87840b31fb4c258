// repr() of str and bytes, character for character as CPython 3.11 writes it.
//
// Single quotes unless the text holds a single and no double one; \t \n \r \\ and the chosen quote by name; other
// unprintable characters as \xhh, \uhhhh or \Uhhhhhhhh; everything str.isprintable() calls printable as it is. Printable is
// decided by Unicode 14.0, the version of CPython 3.11 (printable_table.inc, made by tools/make_unicode_tables.py).
//
// Two steps, so that the caller can allocate exactly: measure, then write.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ouro::detail {

/// What measuring found out.
struct ReprPlan {
  std::size_t size = 0;   ///< bytes of the repr, with its quotes
  char quote = '\'';      ///< ' or "
  bool verbatim = false;  ///< nothing is escaped: the repr is the text between quotes
};

/// str.isprintable() of one code point; false for surrogates and above U+10FFFF.
[[nodiscard]] bool is_printable(char32_t c) noexcept;

/// Plans repr(text) of a str. `text` is valid UTF-8. O(n).
[[nodiscard]] ReprPlan plan_repr(std::string_view text) noexcept;
/// Writes repr(text) to `out`, which has room for `plan.size` bytes, and returns the end. `plan` is plan_repr(text).
char* write_repr(std::string_view text, const ReprPlan& plan, char* out) noexcept;

/// Plans repr(bytes): b'...', where every byte outside printable ASCII is escaped as \xhh.
[[nodiscard]] ReprPlan plan_bytes_repr(std::string_view bytes) noexcept;
/// Writes repr(bytes), as `write_repr`. `plan` is plan_bytes_repr(bytes).
char* write_bytes_repr(std::string_view bytes, const ReprPlan& plan, char* out) noexcept;

/// repr(text) as a string, for error messages. May throw std::bad_alloc.
[[nodiscard]] std::string repr_text(std::string_view text);
/// Its first `limit` code points: the %.200R of CPython's messages. May throw std::bad_alloc.
[[nodiscard]] std::string repr_text(std::string_view text, std::size_t limit);

}  // namespace ouro::detail
