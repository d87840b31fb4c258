// Atoms, attributes, subscripts, displays and comprehensions.
#include <ouro/script/syntax/mistakes.h>
#include <ouro/script/syntax/parser.h>

namespace ouro::script {

namespace {

/// About as many rules as CPython enters for an expression within brackets.
constexpr int kRulesOfBrackets = 28;

}  // namespace

ast::Expr* Parser::primary() {
  const Token& first = *at_;
  ast::Expr* expr = atom();
  while (ast::Expr* const longer = trailer(first, expr)) expr = longer;
  return expr;
}

/// `value` with what follows it; null if nothing does that is applied to it.
ast::Expr* Parser::trailer(const Token& first, ast::Expr* value) {
  switch (at_->type) {
    case TokenType::kDot: {
      ++at_;
      const ast::Identifier name = take_name();
      return make<ast::Attribute>(span_from(first), value, name, ast::ExprContext::kLoad);
    }
    case TokenType::kLeftParen:
      return call(first, value);
    case TokenType::kLeftBracket:
      return subscript(first, value);
    default:
      return nullptr;
  }
}

ast::Expr* Parser::subscript(const Token& first, ast::Expr* value) {
  const Deeper deeper(*this, kRulesOfBrackets);
  ++at_;
  ast::Expr* const index = slices();
  expect(TokenType::kRightBracket);
  return make<ast::Subscript>(span_from(first), value, index, ast::ExprContext::kLoad);
}

ast::Expr* Parser::slices() {
  const Token& first = *at_;
  ast::Expr* const expr = slice();
  if (!is(TokenType::kComma) && !ast::is<ast::Starred>(expr)) return expr;
  Items<ast::Expr> items(*this);
  items.add(expr);
  while (take(TokenType::kComma) && !is(TokenType::kRightBracket)) items.add(slice());
  return make<ast::Tuple>(span_from(first), items.copy(), ast::ExprContext::kLoad);
}

/// Or a starred expression.
ast::Expr* Parser::slice() {
  const Token& first = *at_;
  if (take(TokenType::kStar)) {
    ast::Expr* const value = expression();
    return make<ast::Starred>(span_from(first), value, ast::ExprContext::kLoad);
  }
  ast::Expr* lower = nullptr;
  if (!is(TokenType::kColon)) {
    lower = named_expression();
    if (!is(TokenType::kColon) || is_walrus(&first)) return lower;
  }
  ++at_;
  const auto is_end = [this] { return is(TokenType::kColon) || is(TokenType::kComma) || is(TokenType::kRightBracket); };
  ast::Expr* const upper = is_end() ? nullptr : expression();
  ast::Expr* step = nullptr;
  if (take(TokenType::kColon) && !is_end()) step = expression();
  return make<ast::Slice>(span_from(first), lower, upper, step);
}

ast::Expr* Parser::atom() {
  switch (at_->type) {
    case TokenType::kName: {
      const Token& token = *at_++;
      return make<ast::Name>(span_of(source_, token, token), context_.names[token.name], ast::ExprContext::kLoad);
    }
    case TokenType::kNumber:
      return number();
    case TokenType::kString:
      return strings();
    case TokenType::kTrue:
      return constant(ast::Value::Type::kTrue);
    case TokenType::kFalse:
      return constant(ast::Value::Type::kFalse);
    case TokenType::kNone:
      return constant(ast::Value::Type::kNone);
    case TokenType::kEllipsis:
      return constant(ast::Value::Type::kEllipsis);
    case TokenType::kLeftParen:
      return parenthesized();
    case TokenType::kLeftBracket:
      return list_display();
    case TokenType::kLeftBrace:
      return dict_or_set();
    default:
      fail();
  }
}

ast::Expr* Parser::constant(ast::Value::Type type) {
  const Token& token = *at_++;
  return make<ast::Constant>(span_of(source_, token, token), ast::Value{.type = type});
}

ast::Expr* Parser::number() {
  const Token& token = *at_++;
  return make<ast::Constant>(span_of(source_, token, token), number_value(arena_, source_, token));
}

ast::Expr* Parser::strings() {
  const Token* const first = at_;
  while (is(TokenType::kString)) ++at_;
  return strings_node(context_, source_, {first, at_});
}

/// A tuple, a generator expression, or an expression in parentheses.
ast::Expr* Parser::parenthesized() {
  const Deeper deeper(*this, kRulesOfBrackets);
  const Token& first = *at_++;
  if (take(TokenType::kRightParen)) return make<ast::Tuple>(span_from(first), Exprs{}, ast::ExprContext::kLoad);
  if (is(TokenType::kYield)) {
    ast::Expr* const yield = yield_expression();
    expect(TokenType::kRightParen);
    return yield;
  }
  if (mistakes_ != nullptr) mistakes_->check_double_star_in_parentheses();
  ast::Expr* const expr = star_named_expression();
  if (mistakes_ != nullptr) mistakes_->check_lone_star(*expr);
  if (is(TokenType::kComma)) {
    Items<ast::Expr> items(*this);
    items.add(expr);
    ++at_;
    star_named_expressions(items, TokenType::kRightParen);
    return make<ast::Tuple>(span_from(first), items.copy(), ast::ExprContext::kLoad);
  }
  if (ast::is<ast::Starred>(expr)) fail();
  if (is_comprehension()) {
    const ast::NodeList<ast::Comprehension> generators = comprehensions();
    expect(TokenType::kRightParen);
    return make<ast::GeneratorExp>(span_from(first), expr, generators);
  }
  expect(TokenType::kRightParen);
  return expr;
}

/// Takes the closing token too.
void Parser::star_named_expressions(Items<ast::Expr>& into, TokenType closing) {
  const bool may_forget_parentheses = mistakes_ != nullptr && closing != TokenType::kRightParen;
  while (!is(closing)) {
    if (may_forget_parentheses && into.size() > 0) mistakes_->check_elements_of_comprehension(*into[0]);
    into.add(star_named_expression());
    if (!take(TokenType::kComma)) break;
  }
  if (may_forget_parentheses && into.size() > 1) mistakes_->check_elements_of_comprehension(*into[0]);
  expect(closing);
}

ast::Expr* Parser::list_display() {
  const Deeper deeper(*this, kRulesOfBrackets);
  const Token& first = *at_++;
  Items<ast::Expr> items(*this);
  if (!is(TokenType::kRightBracket)) {
    ast::Expr* const expr = star_named_expression();
    if (mistakes_ != nullptr) mistakes_->check_unpacking_in_comprehension(*expr);
    if (is_comprehension() && !ast::is<ast::Starred>(expr)) {
      const ast::NodeList<ast::Comprehension> generators = comprehensions();
      expect(TokenType::kRightBracket);
      return make<ast::ListComp>(span_from(first), expr, generators);
    }
    items.add(expr);
    if (!take(TokenType::kComma) && !is(TokenType::kRightBracket)) fail();
  }
  star_named_expressions(items, TokenType::kRightBracket);
  return make<ast::List>(span_from(first), items.copy(), ast::ExprContext::kLoad);
}

ast::Expr* Parser::dict_or_set() {
  const Deeper deeper(*this, kRulesOfBrackets);
  const Token& first = *at_++;
  if (take(TokenType::kRightBrace)) return make<ast::Dict>(span_from(first));
  if (is(TokenType::kDoubleStar)) return rest_of_dict(first, nullptr);
  ast::Expr* const expr = star_named_expression();
  if (!is(TokenType::kColon)) return rest_of_set(first, expr);
  if (ast::is<ast::Starred>(expr) || is_walrus(&first + 1)) fail();
  return rest_of_dict(first, expr);
}

/// `key` is the first key, read already; null if the first item is `**`.
ast::Expr* Parser::rest_of_dict(const Token& first, ast::Expr* key) {
  Items<ast::Expr> keys(*this);
  std::vector<ast::Expr*> values;
  bool is_first = true;
  do {
    if (!is_first && is(TokenType::kRightBrace)) break;
    if (is(TokenType::kDoubleStar) && key == nullptr) {
      const Token& stars = *at_++;
      keys.add(nullptr);
      values.push_back(bitwise_or());
      if (is_first && mistakes_ != nullptr) mistakes_->check_dict_unpacking_in_comprehension(stars);
    } else {
      if (key == nullptr) {
        if (mistakes_ != nullptr) mistakes_->check_missing_value();
        key = expression();
      }
      expect(TokenType::kColon);
      if (mistakes_ != nullptr) mistakes_->check_value(at_[-1]);
      ast::Expr* const value = expression();
      if (is_first && is_comprehension()) {
        const ast::NodeList<ast::Comprehension> generators = comprehensions();
        expect(TokenType::kRightBrace);
        return make<ast::DictComp>(span_from(first), key, value, generators);
      }
      keys.add(key);
      values.push_back(value);
    }
    key = nullptr;
    is_first = false;
  } while (take(TokenType::kComma));
  expect(TokenType::kRightBrace);
  return make<ast::Dict>(span_from(first), keys.copy(), arena_.copy(std::span<ast::Expr* const>(values)));
}

ast::Expr* Parser::rest_of_set(const Token& first, ast::Expr* element) {
  if (mistakes_ != nullptr) mistakes_->check_unpacking_in_comprehension(*element);
  if (is_comprehension() && !ast::is<ast::Starred>(element)) {
    const ast::NodeList<ast::Comprehension> generators = comprehensions();
    expect(TokenType::kRightBrace);
    return make<ast::SetComp>(span_from(first), element, generators);
  }
  Items<ast::Expr> items(*this);
  items.add(element);
  if (!take(TokenType::kComma) && !is(TokenType::kRightBrace)) fail();
  star_named_expressions(items, TokenType::kRightBrace);
  return make<ast::Set>(span_from(first), items.copy());
}

bool Parser::is_comprehension() const noexcept {
  return is(TokenType::kFor) || (is(TokenType::kAsync) && is_next(TokenType::kFor));
}

Parser::Exprs Parser::comprehension_ifs() {
  Items<ast::Expr> ifs(*this);
  while (take(TokenType::kIf)) ifs.add(disjunction());
  return ifs.copy();
}

ast::NodeList<ast::Comprehension> Parser::comprehensions() {
  Items<ast::Comprehension> clauses(*this);
  while (is_comprehension()) {
    const bool is_async = take(TokenType::kAsync);
    ++at_;
    auto* const clause = make<ast::Comprehension>();
    if (mistakes_ != nullptr) mistakes_->check_for_targets();
    clause->target = star_targets();
    expect(TokenType::kIn);
    clause->iter = disjunction();
    clause->is_async = is_async ? 1 : 0;
    clause->ifs = comprehension_ifs();
    clauses.add(clause);
  }
  return clauses.copy();
}

}  // namespace ouro::script
