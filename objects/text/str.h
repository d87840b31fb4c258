// Str: text, as Python counts it and as C++ wants it.
//
//   offset 0        16     24      28            32
//          +--------+------+-------+-------------+--------------------+-----+---------------------------+
//          | header | hash | bytes | code points | UTF-8 ...          | \0  | crumbs (long, non-ASCII)  |
//          +--------+------+-------+-------------+--------------------+-----+---------------------------+
//
// The text is UTF-8, so a `std::string_view` of it costs nothing. Length and index count code points; the text is ASCII
// exactly if it has as many bytes as code points, and then an index is a position. Other text is skipped through; beyond 128
// code points the first index lays breadcrumbs, so that no index costs more than 64 steps after that.
//
// Laws
//   valid-utf8: the bytes are strict UTF-8 (no surrogates), checked where text enters.
//   one-character: '' and each character up to U+00FF exist once per runtime and are never counted.
#pragma once

#include <ouro/objects/containers/slice.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/text/str_layout.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ouro {

/// The text, valid while the object lives.
[[nodiscard]] inline std::string_view text(const Str& str) noexcept { return {str.data(), str.bytes}; }
/// The text with a zero byte behind it.
[[nodiscard]] inline const char* c_str(const Str& str) noexcept { return str.data(); }

/// The str of this UTF-8. UnicodeDecodeError "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte";
/// OverflowError "string is too long" from 2 GiB on; MemoryError.
[[nodiscard]] Ref<Str> make_str(Builtins& builtins, std::string_view text);
/// The same for text that is known to be valid UTF-8.
[[nodiscard]] Ref<Str> make_str_unchecked(Builtins& builtins, std::string_view text);
/// `chr(code_point)`. ValueError "chr() arg not in range(0x110000)"; a surrogate is a ValueError too, for UTF-8 has none.
[[nodiscard]] Ref<Str> make_character(Builtins& builtins, char32_t code_point);

/// The value as a str: itself, unless it is of a class that derives from str. Throws MemoryError.
[[nodiscard]] Ref<Str> exact_str(const Str& value);

/// The hash that a str of this text has, without making one.
[[nodiscard]] std::int64_t hash_text(const Builtins& builtins, std::string_view text) noexcept;
/// Computes the hash and keeps it in the str.
std::int64_t compute_hash(const Str& str) noexcept;
/// `hash(str)`: keyed, so that nobody can choose strings that collide; computed once.
[[nodiscard]] inline std::int64_t hash_of(const Str& str) noexcept {
  return str.cached_hash != Str::kNoHash ? str.cached_hash : compute_hash(str);
}
/// `left == right`.
[[nodiscard]] bool equal_text(const Str& left, const Str& right) noexcept;

/// Where code point `index`, at most the length, begins, in bytes. Constant time for ASCII, else at most 128 steps; the
/// first call for a long text is linear. Never fails: without memory for breadcrumbs it skips from the front.
[[nodiscard]] std::size_t byte_offset(const Str& str, std::size_t index) noexcept;
/// `str[index]`, which must be less than the length.
[[nodiscard]] Ref<Str> character_at(const Str& str, std::size_t index);
/// The character that begins at byte `offset`, which then moves to the next one; empty, and nothing moves, at the end.
/// Constant time: how iteration proceeds.
[[nodiscard]] Ref<Str> next_character(const Str& str, std::size_t& offset);
/// Code points `first` to `last`, with first <= last <= the length.
[[nodiscard]] Ref<Str> substring(const Str& str, std::size_t first, std::size_t last);
/// `str[start:stop:step]`. ValueError "slice step cannot be zero".
[[nodiscard]] Ref<Str> slice(const Str& str, const Slice& part);

/// `left + right`.
[[nodiscard]] Ref<Str> concatenate(const Str& left, const Str& right);
/// `str * times`; '' if `times` is not positive. MemoryError.
[[nodiscard]] Ref<Str> repeat(const Str& str, std::int64_t times);
/// `repr(str)`, character for character CPython 3.11's.
[[nodiscard]] Ref<Str> repr_of(const Str& str);

}  // namespace ouro
