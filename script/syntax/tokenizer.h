// From text to tokens, as CPython 3.11's tokenizer does it.
//
// All of a text is made tokens at once. What CPython's tokenizer finds wrong ends the list with an error token; it counts
// only when the parser gets there, as in CPython, which asks for one token after the other.
#pragma once

#include <ouro/script/syntax/name_table.h>
#include <ouro/script/syntax/source.h>
#include <ouro/script/syntax/token.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ouro::script {

/// How the tokenizer came to its end, and what was open then.
struct TokenizerEnd {
  enum class Reason : std::uint8_t {
    kEnd,
    kMessage,            ///< `error` says it all
    kEndInside,          ///< the text ends within brackets or behind a backslash
    kTabs,               ///< indentation that depends on the size of tabs
    kDedent,             ///< an indentation that no outer block has
    kTooDeep,            ///< 100 levels of indentation
    kAfterContinuation,  ///< something behind a backslash
  };
  struct Bracket {
    char opening;
    std::uint32_t line, at;
  };

  Reason reason = Reason::kEnd;
  bool is_open_at_end = false;  ///< kMessage: a string that the end of the text leaves open
  SyntaxError error;
  std::vector<Bracket> open;
  std::uint32_t line = 0;  ///< where the tokenizer stands
  std::uint32_t at = 0;
};

struct TokenList {
  std::vector<Token> tokens;  ///< the last one is kEndMarker or kError
  TokenizerEnd end;
  std::vector<std::uint32_t> continued;  ///< the lines behind one that ends with a backslash, not at its beginning
  std::vector<SyntaxWarning> warnings;
};

enum class TokenizerMode : std::uint8_t {
  kPlain,
  kSingle,       ///< at the end a NEWLINE is added and all blocks are closed
  kSingleBlock,  ///< a NEWLINE is added, blocks stay open
};

class Tokenizer {
 public:
  Tokenizer(const Source& source, NameTable& names, TokenizerMode mode);

  [[nodiscard]] TokenList run() &&;

 private:
  /// All of these: false means that the tokenizer is at its end.
  [[nodiscard]] bool next();
  [[nodiscard]] bool begin_line();
  [[nodiscard]] bool set_indentation(int column, int other_column);
  [[nodiscard]] bool continue_line();
  [[nodiscard]] bool take_line_end();
  [[nodiscard]] bool finish();

  [[nodiscard]] bool take_name();
  [[nodiscard]] bool check_identifier(const char* begin);
  [[nodiscard]] bool take_string(const char* quote);
  [[nodiscard]] bool refuse_open_string(const char* begin, std::uint32_t last_line, bool is_triple);
  [[nodiscard]] bool take_operator();
  [[nodiscard]] bool open_bracket(char c);
  [[nodiscard]] bool close_bracket(char c);
  [[nodiscard]] bool refuse_character();

  // tokenizer_numbers.cpp; `at_` is behind what was read. False: refused.
  [[nodiscard]] bool take_number();
  [[nodiscard]] bool take_fraction_after_dot();
  [[nodiscard]] bool read_radix(int radix, std::string_view kind);
  [[nodiscard]] bool read_zeros(bool& looks_octal);
  [[nodiscard]] bool read_digits();
  [[nodiscard]] bool read_rest_of_decimal(bool has_point);
  [[nodiscard]] bool end_number(std::string_view kind);
  [[nodiscard]] bool is_keyword_behind_number() const;

  void add(TokenType type, const char* begin, const char* end);
  void step_line() noexcept;
  /// CPython's syntaxerror: the place is that of the last character read, or the given one.
  bool refuse(std::string message);
  bool refuse(std::string message, std::size_t offset, int end_offset);
  bool stop(TokenizerEnd::Reason reason);
  [[nodiscard]] std::uint32_t offset_of(const char* place) const noexcept {
    return static_cast<std::uint32_t>(place - begin_);
  }

  static constexpr int kTabSize = 8, kMaxIndent = 100, kMaxLevel = 200;

  const Source& source_;
  NameTable& names_;
  TokenizerMode mode_;
  TokenList list_;
  const char* begin_;
  const char* end_;
  const char* at_;
  const char* token_begin_ = nullptr;
  std::uint32_t line_ = 0;
  const char* line_begin_;
  bool is_at_line_begin_ = true;
  std::array<int, kMaxIndent> columns_{}, other_columns_{};
  int indent_ = 0;
  std::vector<TokenizerEnd::Bracket> open_;
};

/// Which bytes begin or continue an identifier, and which are digits.
namespace detail {

enum CharacterClass : std::uint8_t { kNothing = 0, kIdentifier = 1, kDigit = 2, kHexLetter = 4 };

inline constexpr auto kCharacterClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (int c = 0; c < 256; ++c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 128;
    const bool is_digit = c >= '0' && c <= '9';
    const bool is_hex_letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    classes[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(
        (is_letter ? kIdentifier : 0) | (is_digit ? kDigit : 0) | (is_hex_letter ? kHexLetter : 0));
  }
  return classes;
}();
[[nodiscard]] inline std::uint8_t class_of(char c) noexcept { return kCharacterClasses[static_cast<unsigned char>(c)]; }

}  // namespace detail

}  // namespace ouro::script
