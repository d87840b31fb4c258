// The values of number and string tokens.
#pragma once

#include <ouro/script/syntax/expressions.h>
#include <ouro/script/syntax/name_table.h>
#include <ouro/script/syntax/source.h>
#include <ouro/script/syntax/token.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ouro::script {

/// What is wrong with a literal. CPython shows it at the token, at its line, or where the parser has read to.
struct LiteralError {
  enum class Place : std::uint8_t { kLastToken, kToken, kLineOfToken };
  std::string message;
  Place place = Place::kLastToken;
  Token token{};
};

/// What a parser and those of the expressions in its f-strings share.
struct ParseContext {
  Arena& arena;
  NameTable& names;
  std::vector<SyntaxWarning>& warnings;
};

/// The digits of an int literal beyond which CPython refuses to convert.
inline constexpr std::size_t kMaxIntDigits = 4300;

/// Throws LiteralError.
[[nodiscard]] ast::Value number_value(Arena& arena, const Source& source, const Token& token);

/// The node of adjacent string tokens: Constant or JoinedStr. Throws LiteralError, or SyntaxError of an expression in an
/// f-string.
[[nodiscard]] ast::Expr* strings_node(const ParseContext& context, const Source& source, std::span<const Token> tokens);

/// Where a token stands.
[[nodiscard]] ast::Span span_of(const Source& source, const Token& first, const Token& last) noexcept;

/// A string token taken apart.
struct StringToken {
  bool is_bytes = false, is_raw = false, is_f_string = false;
  std::string_view body;  ///< between the quotes
};
[[nodiscard]] StringToken take_apart(std::string_view text) noexcept;

/// Text with its escapes decoded is appended to what is there already.
struct DecodedText {
  std::string text;
  bool has_surrogates = false;
};
/// `first_invalid` becomes what follows the first backslash that escapes nothing, if there is one. Throws LiteralError.
void decode_text(std::string_view body, DecodedText& into, std::optional<char>& first_invalid);
void decode_bytes(std::string_view body, std::string& into, std::optional<char>& first_invalid);

/// "invalid escape sequence '\d'", if there was one.
void warn_of_escape(const ParseContext& context, std::optional<char> first_invalid, std::int32_t lineno);

}  // namespace ouro::script
