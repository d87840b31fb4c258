// What the syntax asks of Unicode 14: identifiers, printable characters, the normal form NFKC, UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ouro::script {

inline constexpr char32_t kNoCharacter = 0xFFFFFFFF;

/// The character at `at`, which moves behind it. Where there is no well-formed character: kNoCharacter, and `at` stays.
[[nodiscard]] char32_t decode_utf8(std::string_view text, std::size_t& at) noexcept;
/// Surrogates are written too, as three bytes.
void append_utf8(std::string& text, char32_t character);
/// The first byte that is not part of a well-formed character, or npos.
[[nodiscard]] std::size_t find_malformed_utf8(std::string_view text) noexcept;
/// How many characters CPython makes of bytes with errors="replace".
[[nodiscard]] std::size_t count_characters(std::string_view bytes) noexcept;
/// The bytes with U+FFFD for what is malformed, as CPython's errors="replace" does it.
[[nodiscard]] std::string replace_malformed(std::string_view bytes);

[[nodiscard]] bool is_xid_start(char32_t character) noexcept;
[[nodiscard]] bool is_xid_continue(char32_t character) noexcept;
/// str.isprintable of one character.
[[nodiscard]] bool is_printable(char32_t character) noexcept;
/// The text in normal form NFKC.
[[nodiscard]] std::string normalize_nfkc(std::string_view text);

}  // namespace ouro::script
