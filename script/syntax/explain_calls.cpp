// Mistakes in the arguments of calls.
#include <ouro/script/syntax/mistakes.h>

#include <fmt/format.h>

namespace ouro::script {

void Mistakes::check_keyword(const Token& first, const ast::Expr& argument) {
  const Token& equal = token();
  if (equal.type != TokenType::kEqual) return;
  const bool is_constant =
      first.type == TokenType::kTrue || first.type == TokenType::kFalse || first.type == TokenType::kNone;
  const ast::Span place = range(argument.span, place_of(equal));
  if (is_constant && &first + 1 == &equal) refuse(place, fmt::format("cannot assign to {}", text_of(first.type)));
  refuse(place, "expression cannot contain assignment, perhaps you meant \"==\"?");
}

void Mistakes::check_keyword_with_comprehension(const Token& name) {
  if (!parser_->is_comprehension()) return;
  const Token& here = token();
  if (attempt([&] { return parser_->comprehensions().data(); }) != nullptr)
    refuse(range(place_of(name), place_of((&name)[1])), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  go_to(here);
}

void Mistakes::check_bare_generator(const ast::Expr& element, bool is_first) {
  if (!parser_->is_comprehension()) return;
  if (is_first) check_unpacking_in_comprehension(element);
  const Token& here = token();
  if (attempt([&] { return parser_->comprehensions().data(); }) != nullptr &&
      (!is_first || token().type == TokenType::kComma))
    refuse(to_here(element.span), "Generator expression must be parenthesized");
  go_to(here);
}

void Mistakes::check_generator_before_others(const ast::Expr& element) {
  const Token& comma = token();
  if (comma.type != TokenType::kComma) return;
  const ast::Span place = to_here(element.span);
  ++parser_->at_;
  static_cast<void>(attempt([&] { return parser_->expression_or_walrus(); }));
  refuse(place, "Generator expression must be parenthesized");
}

void Mistakes::refuse_star_after_double_star(const Token& star) {
  refuse_token(star, "iterable argument unpacking follows keyword argument unpacking");
}

ast::Expr* Mistakes::value_behind_star(const Token& star) {
  ast::Expr* const value = attempt([&] { return parser_->expression(); });
  if (value == nullptr) refuse_star_after_double_star(star);
  return value;
}

void Mistakes::refuse_positional_after_keyword(bool has_double_star) {
  refuse_here(has_double_star ? "positional argument follows keyword argument unpacking"
                              : "positional argument follows keyword argument");
}

}  // namespace ouro::script
