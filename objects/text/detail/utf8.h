// UTF-8, the one form in which Ouroboros keeps text.
//
// Text is checked once, where it enters; everything after that may trust it. Length and index count code points, so a
// position in non-ASCII text is found by skipping: every byte that is not 10xxxxxx begins a code point. To keep an index
// from costing O(n), a long text carries breadcrumbs: of every 64th code point where it begins, and of every second one how
// far that is from there, which fits a byte:
//
//   code point   0    2    4    ...  62   | 64   66   68   ...
//   crumbs       0   +3   +5        +119  | 121  +2   +5
//                                                ^ index 67 = 121 + 2, then one code point further
//
// Strict means: no surrogates, no overlong forms, nothing above U+10FFFF. No call here allocates or raises, but the last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ouro::detail {

/// The breadcrumbs of 64 code points.
struct Crumbs {
  static constexpr std::size_t kCodePoints = 64;
  static constexpr std::size_t kSpacing = 2;  ///< code points between two crumbs

  std::uint32_t begin;                          ///< the byte at which the first of them begins
  std::uint8_t behind[kCodePoints / kSpacing];  ///< how many bytes behind that each crumb lies; the end of the text, too
};
static_assert(sizeof(Crumbs) == 36);
static_assert((Crumbs::kCodePoints - Crumbs::kSpacing) * 4 <= 0xFF, "a code point has four bytes at most");

/// Why bytes are no UTF-8, in CPython's three categories.
enum class Utf8Fault : unsigned char { kNone, kInvalidStart, kInvalidContinuation, kUnexpectedEnd };

/// The result of a check. `fault` is kNone for good text, and then the rest is zero.
struct Utf8Check {
  Utf8Fault fault = Utf8Fault::kNone;
  std::size_t offset = 0;  ///< of the first bad byte
  std::size_t length = 0;  ///< 1 to 3: how many bytes CPython's decoder reports, and replaces by one U+FFFD
};

/// True for a code point that UTF-8 can hold: up to U+10FFFF and no surrogate.
[[nodiscard]] constexpr bool is_scalar_value(char32_t c) noexcept { return c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF); }

/// True for a byte that continues a code point begun before it.
[[nodiscard]] constexpr bool is_continuation(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// How many bytes at the front of `text` are ASCII.
[[nodiscard]] std::size_t ascii_prefix(std::string_view text) noexcept;
[[nodiscard]] inline bool is_ascii(std::string_view text) noexcept { return ascii_prefix(text) == text.size(); }

/// Checks that `text` is strict UTF-8 and reports the first fault as CPython would.
[[nodiscard]] Utf8Check check_utf8(std::string_view text) noexcept;

/// The code points in valid `text`: its bytes less the continuation bytes. O(n), a block of bytes at a time.
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;

/// Bytes of the code point that begins with `lead`, a valid first byte.
[[nodiscard]] constexpr std::size_t sequence_length(char lead) noexcept {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1u : byte < 0xE0 ? 2u : byte < 0xF0 ? 3u : 4u;
}

/// Decodes the code point at `at`, which must lie inside valid text, and moves `at` to the next one.
[[nodiscard]] constexpr char32_t decode_next(const char*& at) noexcept {
  const auto bits = [&](std::size_t k) { return static_cast<char32_t>(static_cast<unsigned char>(at[k]) & 0x3F); };
  const auto lead = static_cast<unsigned char>(*at);
  const std::size_t length = sequence_length(*at);
  char32_t c = lead;
  if (length == 2) c = (lead & 0x1Fu) << 6 | bits(1);
  if (length == 3) c = (lead & 0x0Fu) << 12 | bits(1) << 6 | bits(2);
  if (length == 4) c = (lead & 0x07u) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3);
  at += length;
  return c;
}

/// Moves `at` back to the beginning of the code point before it and decodes that. `at` must not be the beginning of the
/// text.
[[nodiscard]] constexpr char32_t decode_previous(const char*& at) noexcept {
  do --at;
  while (is_continuation(*at));
  const char* forward = at;
  return decode_next(forward);
}

/// Writes the UTF-8 of a scalar value to `out`, which has room for 4 bytes. Returns how many were written.
constexpr std::size_t encode_code_point(char32_t c, char* out) noexcept {
  const auto tail = [&](int shift) { return static_cast<char>(0x80u | (static_cast<unsigned>(c >> shift) & 0x3Fu)); };
  if (c < 0x80) return out[0] = static_cast<char>(c), 1;
  if (c < 0x800) return out[0] = static_cast<char>(0xC0u | c >> 6), out[1] = tail(0), 2;
  if (c < 0x10000) return out[0] = static_cast<char>(0xE0u | c >> 12), out[1] = tail(6), out[2] = tail(0), 3;
  out[0] = static_cast<char>(0xF0u | c >> 18);
  out[1] = tail(12), out[2] = tail(6), out[3] = tail(0);
  return 4;
}

/// The byte offset of the code point `count` places after the one at byte `from`. The text must hold that many; one past
/// the last code point is its size. O(count).
[[nodiscard]] std::size_t skip_code_points(std::string_view text, std::size_t from, std::size_t count) noexcept;
/// The byte offset of the code point `count` places before the end of the text, which must hold that many. O(count).
[[nodiscard]] std::size_t skip_from_end(std::string_view text, std::size_t count) noexcept;

/// How many Crumbs a text of `code_points` has.
[[nodiscard]] constexpr std::size_t crumb_count(std::size_t code_points) noexcept {
  return code_points / Crumbs::kCodePoints + 1;
}

/// Fills `crumbs`, which has room for crumb_count(count_code_points(text)). The text is less than 4 GiB. Linear.
void build_crumbs(std::string_view text, Crumbs* crumbs) noexcept;

/// The byte offset of code point `index`, at most the number of code points. Constant time.
[[nodiscard]] inline std::size_t offset_of_code_point(std::string_view text, const Crumbs* crumbs,
                                                      std::size_t index) noexcept {
  const Crumbs& near = crumbs[index / Crumbs::kCodePoints];
  const std::size_t at = near.begin + near.behind[index % Crumbs::kCodePoints / Crumbs::kSpacing];
  return index % Crumbs::kSpacing == 0 ? at : at + sequence_length(text[at]);
}

/// CPython's wording of the reason: "invalid start byte". Empty for kNone.
[[nodiscard]] std::string_view reason_of(Utf8Fault fault) noexcept;

/// Raises the UnicodeDecodeError of a failed check of `text`, in CPython's wording:
/// "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte".
[[noreturn]] void raise_bad_utf8(std::string_view text, const Utf8Check& check);

}  // namespace ouro::detail
