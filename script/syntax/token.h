// The tokens of CPython 3.11's tokenizer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ouro::script {

/// Operators and keywords are in the order of kTokenTexts.
enum class TokenType : std::uint8_t {
  // clang-format off
  kEndMarker, kNewline, kIndent, kDedent, kName, kNumber, kString,
  kError,  ///< the tokenizer went no further; TokenList::end says why
  kOther,  ///< a character that begins no token: `$`, `?`, `!`, a backtick; and `<>`
  kLeftParen, kRightParen, kLeftBracket, kRightBracket, kLeftBrace, kRightBrace,
  kColon, kComma, kSemicolon, kPlus, kMinus, kStar, kSlash, kBar, kAmpersand, kLess, kGreater, kEqual, kDot, kPercent,
  kEqualEqual, kNotEqual, kLessEqual, kGreaterEqual, kTilde, kCircumflex, kLeftShift, kRightShift, kDoubleStar,
  kPlusEqual, kMinusEqual, kStarEqual, kSlashEqual, kPercentEqual, kAmpersandEqual, kBarEqual, kCircumflexEqual,
  kLeftShiftEqual, kRightShiftEqual, kDoubleStarEqual, kDoubleSlash, kDoubleSlashEqual, kAt, kAtEqual, kArrow, kEllipsis,
  kColonEqual,
  kFalse, kNone, kTrue, kAnd, kAs, kAssert, kAsync, kAwait, kBreak, kClass, kContinue, kDef, kDel, kElif, kElse, kExcept,
  kFinally, kFor, kFrom, kGlobal, kIf, kImport, kIn, kIs, kLambda, kNonlocal, kNot, kOr, kPass, kRaise, kReturn, kTry,
  kWhile, kWith, kYield,
  // clang-format on
};

inline constexpr std::string_view kTokenTexts[] = {
    // clang-format off
    "ENDMARKER", "NEWLINE", "INDENT", "DEDENT", "NAME", "NUMBER", "STRING", "ERRORTOKEN", "OP",
    "(", ")", "[", "]", "{", "}", ":", ",", ";", "+", "-", "*", "/", "|", "&", "<", ">", "=", ".", "%",
    "==", "!=", "<=", ">=", "~", "^", "<<", ">>", "**",
    "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "**=", "//", "//=", "@", "@=", "->", "...", ":=",
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not",
    "or", "pass", "raise", "return", "try", "while", "with", "yield",
    // clang-format on
};
inline constexpr std::size_t kTokenTypes = sizeof(kTokenTexts) / sizeof(kTokenTexts[0]);
static_assert(kTokenTypes == static_cast<std::size_t>(TokenType::kYield) + 1);

/// The text of an operator or keyword, CPython's name for another token.
[[nodiscard]] constexpr std::string_view text_of(TokenType type) noexcept {
  return kTokenTexts[static_cast<std::size_t>(type)];
}
[[nodiscard]] constexpr bool is_keyword(TokenType type) noexcept { return type >= TokenType::kFalse; }

struct Token {
  TokenType type;
  std::uint8_t level;      ///< how many brackets are open behind it
  std::uint32_t begin;     ///< its first byte in the text; where the line's text begins for an INDENT or DEDENT
  std::uint32_t end;       ///< behind its last byte
  std::uint32_t line;      ///< of `begin`, counted from 0
  std::uint32_t end_line;  ///< of `end`
  std::uint32_t name;      ///< NAME: which of the NameTable
};

}  // namespace ouro::script
