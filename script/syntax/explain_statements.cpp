// Mistakes in statements, parameters and patterns, and how an error is thrown.
#include <ouro/script/syntax/mistakes.h>

#include <fmt/format.h>

namespace ouro::script {

void Mistakes::watch(Parser& parser, std::size_t first) noexcept {
  parser_ = &parser;
  parser.mistakes_ = this;
  parser.at_ = parser.begin_ + first;
  farthest_ = parser.at_;
}

// ---- Throwing ----

void Mistakes::refuse_here(std::string message) {
  fetch();
  throw Raised{report_.at_last_token(SyntaxErrorKind::kSyntaxError, std::move(message))};
}

void Mistakes::refuse_token(const Token& token, std::string message) { refuse(place_of(token), std::move(message)); }

void Mistakes::refuse(const ast::Span& span, std::string message) {
  fetch();
  throw Raised{report_.at(span, std::move(message))};
}

// ---- Statements ----

void Mistakes::check_colon(bool is_certain) {
  if (token().type == TokenType::kColon) return;
  if (is_certain) refuse_token(token(), "expected ':'");
  if (token().type == TokenType::kNewline) refuse_here("expected ':'");
}

void Mistakes::check_parenthesis_of_definition() {
  if (token().type != TokenType::kLeftParen) refuse_token(token(), "expected '('");
}

void Mistakes::check_block(const Token& keyword, std::string_view owner) {
  if (token().type == TokenType::kIndent) return;
  fetch();
  throw Raised{report_.at_last_token(
      SyntaxErrorKind::kIndentationError,
      fmt::format("expected an indented block after {} on line {}", owner, source_.lineno(keyword.line)))};
}

void Mistakes::check_exception_types(const ast::Expr& first_type) {
  const Token& comma = token();
  if (comma.type != TokenType::kComma) return;
  ++parser_->at_;
  if (attempt([&] { return parser_->expressions(); }) != nullptr) {
    if (parser_->take(TokenType::kAs)) parser_->take(TokenType::kName);
    if (token().type == TokenType::kColon) {
      fetch();
      throw Raised{report_.from(first_type.span, "multiple exception types must be parenthesized")};
    }
  }
  go_to(comma);
}

void Mistakes::check_missing_exception_type() {
  if (token().type == TokenType::kColon || token().type == TokenType::kNewline)
    refuse_here("expected one or more exception types");
}

void Mistakes::check_mixed_handlers() {
  const Token& keyword = token();
  ++parser_->at_;
  const bool is_star = parser_->take(TokenType::kStar);
  const ast::Span place = to_here(place_of(keyword));
  const bool has_type = attempt([&] { return parser_->expression(); }) != nullptr;
  if (has_type && parser_->take(TokenType::kAs)) parser_->take(TokenType::kName);
  if ((has_type || !is_star) && token().type == TokenType::kColon)
    refuse(place, "cannot have both 'except' and 'except*' on the same 'try'");
  go_to(keyword);
}

void Mistakes::check_return_type() {
  const Token& arrow = token();
  if (!parser_->take(TokenType::kArrow)) return;
  if (attempt([&] { return parser_->expression(); }) == nullptr) refuse_token(arrow, "expected ':'");
  go_to(arrow);
}

void Mistakes::refuse_try_alone() { refuse_here("expected 'except' or 'finally' block"); }

void Mistakes::check_trailing_comma_of_import() {
  if (token().type == TokenType::kNewline) refuse_here("trailing comma not allowed without surrounding parentheses");
}

void Mistakes::refuse_second_statement() { refuse_here("multiple statements found while compiling a single statement"); }

// ---- Parameters ----

void Mistakes::check_parenthesized_parameter(bool is_lambda) {
  const Token& opening = token();
  if (opening.type != TokenType::kLeftParen) return;
  do {
    ++parser_->at_;
    if (!parser_->take(TokenType::kName)) break;
  } while (token().type == TokenType::kComma);
  if (parser_->take(TokenType::kRightParen)) {
    refuse(to_here(place_of(opening)), is_lambda ? "Lambda expression parameters cannot be parenthesized"
                                                 : "Function parameters cannot be parenthesized");
  }
  go_to(opening);
}

void Mistakes::check_default(const Token& equal) {
  if (token().type == TokenType::kRightParen || token().type == TokenType::kComma)
    refuse_token(equal, "expected default value expression");
}

// ---- Patterns ----

void Mistakes::look_over_match() {
  ++parser_->at_;
  if (attempt_plainly([&] { return parser_->subject(); }) != nullptr) parser_->take(TokenType::kColon);
}

bool Mistakes::may_begin_match() {
  const Token& first = token();
  look_over_match();
  const bool ends = token().type == TokenType::kNewline && &token() != &first + 1;
  go_to(first);
  return ends;
}

void Mistakes::check_pattern_target() {
  const Token& first = token();
  if (parser_->is_soft_keyword(parser_->context_.names.underscore)) refuse_token(first, "cannot use '_' as a target");
  if (first.type == TokenType::kName) return;
  const ast::Expr* const target = attempt([&] { return parser_->expression(); });
  if (target != nullptr) refuse(target->span, "invalid pattern target");
  go_to(first);
}

void Mistakes::refuse_parts_of_complex(const ast::Expr& left, const ast::Expr& right, bool is_left_wrong) {
  if (is_left_wrong) refuse(left.span, "real number required in complex literal");
  refuse(right.span, "imaginary number required in complex literal");
}

void Mistakes::refuse_positional_patterns(const ast::Pattern& first, const ast::Pattern& last) {
  refuse(range(first.span, last.span), "positional patterns follow keyword patterns");
}

}  // namespace ouro::script
