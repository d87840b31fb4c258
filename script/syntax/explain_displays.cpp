// Mistakes in parentheses, lists, sets, dictionaries and their comprehensions.
#include <ouro/script/syntax/mistakes.h>

namespace ouro::script {

void Mistakes::check_double_star_in_parentheses() {
  const Token& stars = token();
  if (stars.type != TokenType::kDoubleStar) return;
  ++parser_->at_;
  if (attempt([&] { return parser_->expression(); }) != nullptr && token().type == TokenType::kRightParen)
    refuse_token(stars, "cannot use double starred expression here");
  go_to(stars);
}

void Mistakes::check_lone_star(const ast::Expr& starred) {
  check_unpacking_in_comprehension(starred);
  if (ast::is<ast::Starred>(&starred) && token().type == TokenType::kRightParen)
    refuse(starred.span, "cannot use starred expression here");
}

void Mistakes::check_unpacking_in_comprehension(const ast::Expr& element) {
  if (!ast::is<ast::Starred>(&element) || !parser_->is_comprehension()) return;
  const Token& here = token();
  if (attempt([&] { return parser_->comprehensions().data(); }) != nullptr)
    refuse(element.span, "iterable unpacking cannot be used in comprehension");
  go_to(here);
}

void Mistakes::check_elements_of_comprehension(const ast::Expr& first_element) {
  if (!parser_->is_comprehension()) return;
  const Token& here = token();
  const ast::Span elements = to_here(first_element.span);
  if (attempt([&] { return parser_->comprehensions().data(); }) != nullptr)
    refuse(elements, "did you forget parentheses around the comprehension target?");
  go_to(here);
}

void Mistakes::check_dict_unpacking_in_comprehension(const Token& double_star) {
  if (!parser_->is_comprehension()) return;
  const Token& here = token();
  if (attempt([&] { return parser_->comprehensions().data(); }) != nullptr)
    refuse_token(double_star, "dict unpacking cannot be used in dict comprehension");
  go_to(here);
}

/// The place is the last character of the key, without an end.
void Mistakes::check_missing_value() {
  const Token& first = token();
  const ast::Expr* const key = attempt_plainly([&] { return parser_->expression(); });
  if (key != nullptr && token().type != TokenType::kColon) {
    ast::Span place = key->span;
    place.col_offset = place.end_col_offset - 1;
    place.end_col_offset = -1;
    refuse(place, "':' expected after dictionary key");
  }
  go_to(first);
}

void Mistakes::check_value(const Token& colon) {
  const Token& here = token();
  if (here.type == TokenType::kRightBrace || here.type == TokenType::kComma)
    refuse_token(colon, "expression expected after dictionary key and ':'");
  if (here.type != TokenType::kStar) return;
  ++parser_->at_;
  if (attempt([&] { return parser_->bitwise_or(); }) != nullptr) {
    fetch();
    throw Raised{report_.from(place_of(here), "cannot use a starred expression in a dictionary value")};
  }
  go_to(here);
}

}  // namespace ouro::script
