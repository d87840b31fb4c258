// Typical mistakes, looked for while the Parser goes once more over a text that it has refused.
//
// The Parser calls these functions where a mistake is typical. One that finds its mistake throws Raised with what CPython
// says about it; one that does not returns, and the Parser goes on as it was. Trying whether something follows leaves the
// Parser where it was.
#pragma once

#include <ouro/script/syntax/error_report.h>
#include <ouro/script/syntax/parser.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace ouro::script {

/// What an expression is called in messages: "function call".
[[nodiscard]] std::string_view words_for(const ast::Expr& expr) noexcept;

class Mistakes {
 public:
  Mistakes(const Source& source, const TokenList& tokens, ErrorReport& report)
      : source_(source), tokens_(tokens), report_(report) {}

  /// From now on `parser` looks for mistakes, beginning with the token at `first`.
  void watch(Parser& parser, std::size_t first) noexcept;

  // ---- Expressions (explain_expressions.cpp) ----
  /// `a b` within brackets or `print a`, behind `a` or `print`, which began at `first`.
  void check_behind_operand(const Token& first, const ast::Expr& left);
  /// `a if b`, behind `b`.
  void check_missing_else(const ast::Expr& body, const ast::Expr& test);
  /// `a = b` or `f() := b` where only an expression can stand; behind `value`, which began at `first`.
  void check_assignment_in_expression(const Token& first, const ast::Expr& value);

  // ---- Displays (explain_displays.cpp) ----
  /// `(**a)`, behind the parenthesis.
  void check_double_star_in_parentheses();
  /// `(*a)`, behind `a`.
  void check_lone_star(const ast::Expr& starred);
  /// `*a for b in c`, behind `a`.
  void check_unpacking_in_comprehension(const ast::Expr& element);
  /// `[a, b for c in d]`, before `for`.
  void check_elements_of_comprehension(const ast::Expr& first_element);
  /// `{**a for b in c}`, behind `a`.
  void check_dict_unpacking_in_comprehension(const Token& double_star);
  /// `{a: b, c}` at `c`.
  void check_missing_value();
  /// `{a: }` and `{a: *b}`, behind the colon.
  void check_value(const Token& colon);

  // ---- Calls (explain_calls.cpp) ----
  /// `f(a.b=c)`, behind `a.b`, or `f(True=c)`.
  void check_keyword(const Token& first, const ast::Expr& argument);
  /// `f(a=b for c in d)`, behind `b`.
  void check_keyword_with_comprehension(const Token& name);
  /// `f(a, b for c in d)` or `f(a for b in c, d)`, before `for`.
  void check_bare_generator(const ast::Expr& element, bool is_first);
  /// `f(a for b in c, d)`, behind `c`.
  void check_generator_before_others(const ast::Expr& element);
  /// `f(**a, *b)`.
  [[noreturn]] void refuse_star_after_double_star(const Token& star);
  /// The value, or an error for `f(*a, *)`; behind a star that follows an unpacking or a keyword.
  [[nodiscard]] ast::Expr* value_behind_star(const Token& star);
  /// `f(a=b, c)`, behind the last argument.
  [[noreturn]] void refuse_positional_after_keyword(bool has_double_star);

  // ---- Targets and assignments (explain_targets.cpp) ----
  enum class TargetOf : std::uint8_t { kAssignment, kFor, kDelete };
  /// A statement that may be an assignment, at its beginning.
  void check_assignment();
  /// The targets behind `for`, before them.
  void check_for_targets();
  /// The target behind `as` of a `with` statement, before it.
  void check_with_target();
  /// Those behind `del`, before them.
  void check_delete_targets();

  // ---- Statements (explain_statements.cpp) ----
  /// The next token should be a colon. `is_certain`: nothing else can stand here; otherwise only a line that ends is wrong.
  void check_colon(bool is_certain);
  void check_parenthesis_of_definition();
  /// A block should begin, behind the line end.
  void check_block(const Token& keyword, std::string_view owner);
  /// `except A, B:`, behind `A`.
  void check_exception_types(const ast::Expr& first_type);
  /// `except*:`, behind the star.
  void check_missing_exception_type();
  /// `except` behind `except*` or the other way round, at the keyword.
  void check_mixed_handlers();
  /// `def f() ->:`, before the arrow.
  void check_return_type();
  [[noreturn]] void refuse_try_alone();
  /// `from a import b,`, behind the comma.
  void check_trailing_comma_of_import();
  [[noreturn]] void refuse_second_statement();

  // ---- Parameters and patterns (explain_statements.cpp) ----
  /// `def f((a, b))`, at the inner parenthesis.
  void check_parenthesized_parameter(bool is_lambda);
  /// `a=` without a value, behind `=`.
  void check_default(const Token& equal);
  /// Goes over what may be the head of a `match` statement, at the name.
  void look_over_match();
  /// Whether a line that begins with `match` may be the statement without its colon or its block.
  [[nodiscard]] bool may_begin_match();
  /// What stands behind `as` of a pattern.
  void check_pattern_target();
  /// `1 + 2`, or `1j + 2j` if `is_left_wrong`.
  [[noreturn]] void refuse_parts_of_complex(const ast::Expr& left, const ast::Expr& right, bool is_left_wrong);
  /// `A(b=c, d)`: from the first positional pattern behind a keyword to the last.
  [[noreturn]] void refuse_positional_patterns(const ast::Pattern& first, const ast::Pattern& last);

  // ---- Throwing ----
  /// At the last token looked at.
  [[noreturn]] void refuse_here(std::string message);
  [[noreturn]] void refuse_token(const Token& token, std::string message);
  [[noreturn]] void refuse(const ast::Span& span, std::string message);

  /// The parser has looked as far as this token.
  void looked_at(const Token& token) noexcept {
    if (farthest_ < &token) farthest_ = &token;
  }
  /// The index of the last token that the parser has looked at.
  [[nodiscard]] std::size_t farthest() noexcept {
    looked_at(token());
    if (farthest_ < parser_->looked_at_) farthest_ = parser_->looked_at_;
    return static_cast<std::size_t>(farthest_ - parser_->begin_);
  }

 private:
  /// Where the parser stands.
  struct Place;
  /// What `parse` returns; a null pointer if it fails. The parser goes on behind what was parsed.
  template <class Parse>
  auto attempt(const Parse& parse) -> decltype(parse());
  /// As attempt, but mistakes are not looked for.
  template <class Parse>
  auto attempt_plainly(const Parse& parse) -> decltype(parse());

  /// What the tokenizer finds wrong up to where the parser has looked comes first.
  void fetch() { report_.fetch(farthest()); }
  [[nodiscard]] const Token& token() const noexcept { return *parser_->at_; }
  void go_to(const Token& token) noexcept {
    looked_at(*parser_->at_);
    parser_->at_ = &token;
  }
  [[nodiscard]] ast::Span range(const ast::Span& first, const ast::Span& last) const noexcept {
    return {first.lineno, first.col_offset, last.end_lineno, last.end_col_offset};
  }
  [[nodiscard]] ast::Span place_of(const Token& token) const noexcept { return report_.place_of(token); }
  [[nodiscard]] ast::Span to_here(const ast::Span& first) const noexcept { return range(first, place_of(parser_->at_[-1])); }
  void check_missing_comma(const Token& first, const ast::Expr& left);
  [[nodiscard]] const ast::Expr* longest_operand();
  void check_legacy_statement(const Token& first);
  [[nodiscard]] bool begins_display(const Token& first);
  void refuse_if_no_target(const ast::Expr& expr, TargetOf kind);
  void check_annotated();
  void check_targets_of_assignment(const Token& first);
  [[nodiscard]] static const ast::Expr* find_bad_target(const ast::Expr& expr, TargetOf kind) noexcept;

  const Source& source_;
  const TokenList& tokens_;
  ErrorReport& report_;
  Parser* parser_ = nullptr;
  const Token* farthest_ = nullptr;
};

// ---- Trying ----

/// Brings the parser back when what was tried has failed.
struct Mistakes::Place {
  explicit Place(const Parser& parser) noexcept : at(parser.at_), depth(parser.depth_) {}
  void restore(Parser& parser) const noexcept {
    parser.at_ = at;
    parser.depth_ = depth;
  }
  const Token* at;
  int depth;
};

template <class Parse>
auto Mistakes::attempt(const Parse& parse) -> decltype(parse()) {
  const Place place(*parser_);
  try {
    return parse();
  } catch (const Parser::Failure& failure) {
    if (failure.is_too_deep) throw;
  } catch (const LiteralError&) {}
  looked_at(token());
  place.restore(*parser_);
  return {};
}

template <class Parse>
auto Mistakes::attempt_plainly(const Parse& parse) -> decltype(parse()) {
  Mistakes* const own = std::exchange(parser_->mistakes_, nullptr);
  try {
    auto result = attempt(parse);
    parser_->mistakes_ = own;
    return result;
  } catch (...) {
    parser_->mistakes_ = own;
    throw;
  }
}

}  // namespace ouro::script
