// What can be assigned to or deleted.
#include <ouro/script/syntax/parser.h>

namespace ouro::script {

ast::Expr* Parser::star_targets() {
  const Token& first = *at_;
  ast::Expr* const target = star_target();
  if (!is(TokenType::kComma)) return target;
  Items<ast::Expr> items(*this);
  items.add(target);
  while (take(TokenType::kComma)) {
    if (is(TokenType::kIn)) break;
    items.add(star_target());
  }
  return make<ast::Tuple>(span_from(first), items.copy(), ast::ExprContext::kStore);
}

ast::Expr* Parser::star_target() {
  const Token& first = *at_;
  if (take(TokenType::kStar)) {
    if (is(TokenType::kStar)) fail();
    ast::Expr* const value = star_target();
    return make<ast::Starred>(span_from(first), value, ast::ExprContext::kStore);
  }
  ast::Expr* const target = primary();
  set_context(target, ast::ExprContext::kStore);
  return target;
}

void Parser::set_context(ast::Expr* target, ast::ExprContext context) const {
  if (auto* const name = ast::try_as<ast::Name>(target)) {
    name->ctx = context;
  } else if (auto* const attribute = ast::try_as<ast::Attribute>(target)) {
    attribute->ctx = context;
  } else if (auto* const subscript = ast::try_as<ast::Subscript>(target)) {
    subscript->ctx = context;
  } else if (auto* const tuple = ast::try_as<ast::Tuple>(target)) {
    tuple->ctx = context;
    for (ast::Expr* const item : tuple->elts) set_context(item, context);
  } else if (auto* const list = ast::try_as<ast::List>(target)) {
    list->ctx = context;
    for (ast::Expr* const item : list->elts) set_context(item, context);
  } else if (auto* const starred = ast::try_as<ast::Starred>(target);
             starred != nullptr && context == ast::ExprContext::kStore) {
    starred->ctx = context;
    set_context(starred->value, context);
  } else {
    fail();
  }
}

ast::Expr* Parser::assignment_target() {
  ast::Expr* const target = star_expressions();
  set_context(target, ast::ExprContext::kStore);
  return target;
}

bool Parser::is_single_target(const ast::Expr* target) noexcept {
  return ast::is<ast::Name>(target) || ast::is<ast::Attribute>(target) || ast::is<ast::Subscript>(target);
}

}  // namespace ouro::script
