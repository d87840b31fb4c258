// CPython's SyntaxErrors: which line they show and how their places are counted.
#pragma once

#include <ouro/script/syntax/node.h>
#include <ouro/script/syntax/source.h>
#include <ouro/script/syntax/tokenizer.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace ouro::script {

/// Thrown where CPython sets its exception.
struct Raised {
  SyntaxError error;
  bool is_tokenizers = false;  ///< then nothing takes its place any more
};

/// Knows how far the parser has asked for tokens, on which CPython's places depend.
class ErrorReport {
 public:
  ErrorReport(const Source& source, const TokenList& tokens, std::size_t known)
      : source_(source), tokens_(tokens), fetched_(known) {}

  /// The token at `index` is looked at. Throws Raised if the tokenizer cannot make it.
  void fetch(std::size_t index) {
    if (index < fetched_) return;
    fetched_ = index + 1;
    if (tokens_.tokens[index].type == TokenType::kError) raise_tokenizer_error();
  }
  [[nodiscard]] std::size_t fetched() const noexcept { return fetched_; }
  [[nodiscard]] const Token& last_token() const noexcept { return tokens_.tokens[fetched_ - 1]; }

  // CPython's macros: RAISE_SYNTAX_ERROR, ..._KNOWN_LOCATION, ..._KNOWN_RANGE, ..._STARTING_FROM.
  [[nodiscard]] SyntaxError at_last_token(SyntaxErrorKind kind, std::string message) const;
  [[nodiscard]] SyntaxError at(const ast::Span& span, std::string message) const;
  [[nodiscard]] SyntaxError from(const ast::Span& span, std::string message) const;
  [[nodiscard]] SyntaxError at_token(const Token& token, std::string message) const;
  [[nodiscard]] SyntaxError known(SyntaxErrorKind kind, const ast::Span& span, std::string message) const;

  /// CPython reads to the end of the file for what the tokenizer finds wrong: that is told in place of `error`.
  [[nodiscard]] SyntaxError unless_tokenizer_fails(SyntaxError error) const;
  /// Whether the end of the text has been reached in asking for tokens.
  [[nodiscard]] bool is_at_end() const;
  /// A token's place; -1 for the columns of a token that has none.
  [[nodiscard]] ast::Span place_of(const Token& token) const noexcept;

 private:
  [[noreturn]] void raise_tokenizer_error() const;
  [[nodiscard]] SyntaxError never_closed() const;
  /// Where the tokenizer stands: behind the last token, or at its end.
  struct Cursor {
    std::uint32_t line, at;
  };
  [[nodiscard]] Cursor cursor() const;
  /// Columns as in CPython's _PyPegen_raise_error_known_location: one more than those of nodes.
  [[nodiscard]] SyntaxError raise(SyntaxErrorKind kind, const ast::Span& place, std::string message, Cursor cursor) const;
  [[nodiscard]] std::string shown_text(std::int32_t lineno, Cursor cursor) const;
  [[nodiscard]] std::uint32_t buffer_begin(std::uint32_t line) const;

  const Source& source_;
  const TokenList& tokens_;
  std::size_t fetched_;
};

}  // namespace ouro::script
