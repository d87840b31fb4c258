// The expressions in f-strings. CPython 3.11 finds their ends first and then parses each as if it were a file of its own.
#pragma once

#include <ouro/script/syntax/literals.h>

#include <string_view>
#include <vector>

namespace ouro::script {

/// The values of a JoinedStr while adjacent tokens are put together.
class JoinedParts {
 public:
  /// `own` are the tokens where the whole stands: all, or for a format specification the one that it is in.
  JoinedParts(const ParseContext& context, const Source& source, std::span<const Token> tokens, std::span<const Token> own)
      : context_(context), source_(source), tokens_(tokens), own_(own) {}

  /// Text that the next text is joined to.
  [[nodiscard]] DecodedText& text() noexcept { return text_; }
  void add_expression(ast::Expr* value);
  [[nodiscard]] ast::JoinedStr* finish();

  [[nodiscard]] ast::Span span() const noexcept { return span_of(source_, tokens_.front(), tokens_.back()); }
  [[nodiscard]] ast::Constant* constant(const DecodedText& text) const { return constant(text, tokens_); }

 private:
  void add_text(std::span<const Token> tokens);
  [[nodiscard]] ast::Constant* constant(const DecodedText& text, std::span<const Token> tokens) const;

  const ParseContext& context_;
  const Source& source_;
  std::span<const Token> tokens_, own_;
  DecodedText text_;
  std::vector<ast::Expr*> values_;
};

/// Reads the body of one f-string token into `parts`. Throws LiteralError or SyntaxError.
class FStringReader {
 public:
  FStringReader(const ParseContext& context, const Source& source, std::span<const Token> tokens, const Token& token);

  void read(JoinedParts& parts);

 private:
  void read_parts(JoinedParts& parts, int depth);
  /// False: a brace stood for itself, and more text may follow.
  [[nodiscard]] bool read_text(JoinedParts& parts, int depth);
  void add_literal(JoinedParts& parts, const char* begin, const char* end);
  void read_expression(JoinedParts& parts, int depth);
  [[nodiscard]] const char* find_expression_end();
  [[nodiscard]] bool skip_quoted();
  [[nodiscard]] ast::Expr* parse_expression(const char* begin, const char* end);
  [[nodiscard]] Origin origin_of(const char* brace) const;
  [[nodiscard]] int read_conversion();

  const ParseContext& context_;
  const Source& source_;
  std::span<const Token> tokens_;
  const Token& token_;
  const char* token_begin_;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  bool is_raw_ = false;
};

/// Parses the text of an expression in parentheses. Throws SyntaxError.
[[nodiscard]] ast::Expr* parse_f_string_expression(const ParseContext& context, const Source& source);

}  // namespace ouro::script
