// Expressions down to operators; what they are applied to is in parse_atoms.cpp.
#include <ouro/script/syntax/mistakes.h>
#include <ouro/script/syntax/parser.h>

#include <array>

namespace ouro::script {

namespace {

struct BinaryOperator {
  int precedence = 0;  ///< 0: none
  ast::Operator op{};
};
constexpr auto kBinaryOperators = [] {
  std::array<BinaryOperator, kTokenTypes> table{};
  const auto set = [&table](TokenType type, int precedence, ast::Operator op) {
    table[static_cast<std::size_t>(type)] = {precedence, op};
  };
  using enum ast::Operator;
  set(TokenType::kBar, 1, kBitOr);
  set(TokenType::kCircumflex, 2, kBitXor);
  set(TokenType::kAmpersand, 3, kBitAnd);
  set(TokenType::kLeftShift, 4, kLShift);
  set(TokenType::kRightShift, 4, kRShift);
  set(TokenType::kPlus, 5, kAdd);
  set(TokenType::kMinus, 5, kSub);
  set(TokenType::kStar, 6, kMult);
  set(TokenType::kSlash, 6, kDiv);
  set(TokenType::kDoubleSlash, 6, kFloorDiv);
  set(TokenType::kPercent, 6, kMod);
  set(TokenType::kAt, 6, kMatMult);
  return table;
}();

}  // namespace

// ---- Lists without brackets ----

ast::Expr* Parser::star_expressions() {
  const Token& first = *at_;
  ast::Expr* const expr = star_expression();
  if (!is(TokenType::kComma)) return expr;
  Items<ast::Expr> items(*this);
  items.add(expr);
  while (take(TokenType::kComma)) {
    switch (at_->type) {  // what may follow the last comma
      case TokenType::kNewline:
      case TokenType::kEqual:
      case TokenType::kColon:
      case TokenType::kSemicolon:
      case TokenType::kRightParen:
      case TokenType::kEndMarker:
        return make<ast::Tuple>(span_from(first), items.copy(), ast::ExprContext::kLoad);
      default:
        items.add(star_expression());
    }
  }
  return make<ast::Tuple>(span_from(first), items.copy(), ast::ExprContext::kLoad);
}

ast::Expr* Parser::star_expression() {
  const Token& first = *at_;
  if (!take(TokenType::kStar)) return expression();
  ast::Expr* const value = bitwise_or();
  return make<ast::Starred>(span_from(first), value, ast::ExprContext::kLoad);
}

ast::Expr* Parser::star_named_expression() {
  if (is(TokenType::kStar)) return star_expression();
  return named_expression();
}

ast::Expr* Parser::named_expression() {
  const Token& first = *at_;
  ast::Expr* const value = expression_or_walrus();
  if (mistakes_ != nullptr) mistakes_->check_assignment_in_expression(first, *value);
  return value;
}

ast::Expr* Parser::expression_or_walrus() {
  const Token& first = *at_;
  if (!is_walrus(at_)) return expression();
  const ast::Identifier name = take_name();
  auto* const target = make<ast::Name>(span_from(first), name, ast::ExprContext::kStore);
  ++at_;
  ast::Expr* const value = expression();
  return make<ast::NamedExpr>(span_from(first), target, value);
}

ast::Expr* Parser::expressions() {
  const Token& first = *at_;
  ast::Expr* const expr = expression();
  if (!is(TokenType::kComma)) return expr;
  Items<ast::Expr> items(*this);
  items.add(expr);
  while (take(TokenType::kComma)) {
    if (is(TokenType::kNewline) || is(TokenType::kEndMarker)) break;
    items.add(expression());
  }
  return make<ast::Tuple>(span_from(first), items.copy(), ast::ExprContext::kLoad);
}

ast::Expr* Parser::yield_or_star_expressions() { return is(TokenType::kYield) ? yield_expression() : star_expressions(); }

ast::Expr* Parser::yield_expression() {
  const Token& first = *at_++;
  if (take(TokenType::kFrom)) {
    ast::Expr* const value = expression();
    return make<ast::YieldFrom>(span_from(first), value);
  }
  switch (at_->type) {
    case TokenType::kNewline:
    case TokenType::kSemicolon:
    case TokenType::kEqual:
    case TokenType::kRightParen:
    case TokenType::kEndMarker:
      return make<ast::Yield>(span_from(first));
    default:
      break;
  }
  ast::Expr* const value = star_expressions();
  return make<ast::Yield>(span_from(first), value);
}

// ---- One expression ----

ast::Expr* Parser::expression() {
  if (is(TokenType::kLambda)) return lambda();
  const Token& first = *at_;
  ast::Expr* const body = disjunction();
  if (mistakes_ != nullptr) mistakes_->check_behind_operand(first, *body);
  if (!take(TokenType::kIf)) return body;
  ast::Expr* const test = disjunction();
  if (mistakes_ != nullptr) mistakes_->check_missing_else(*body, *test);
  expect(TokenType::kElse);
  const Deeper deeper(*this, 1);
  ast::Expr* const orelse = expression();
  return make<ast::IfExp>(span_from(first), test, body, orelse);
}

ast::Expr* Parser::lambda() {
  const Deeper deeper(*this, 2);
  const Token& first = *at_++;
  ast::Arguments* const args = parameters(TokenType::kColon);
  expect(TokenType::kColon);
  ast::Expr* const body = expression();
  return make<ast::Lambda>(span_from(first), args, body);
}

ast::Expr* Parser::disjunction() {
  const Token& first = *at_;
  ast::Expr* const expr = conjunction();
  if (!is(TokenType::kOr)) return expr;
  Items<ast::Expr> values(*this);
  values.add(expr);
  while (take(TokenType::kOr)) values.add(conjunction());
  return make<ast::BoolOp>(span_from(first), ast::BoolOperator::kOr, values.copy());
}

ast::Expr* Parser::conjunction() {
  const Token& first = *at_;
  ast::Expr* const expr = inversion();
  if (!is(TokenType::kAnd)) return expr;
  Items<ast::Expr> values(*this);
  values.add(expr);
  while (take(TokenType::kAnd)) values.add(inversion());
  return make<ast::BoolOp>(span_from(first), ast::BoolOperator::kAnd, values.copy());
}

ast::Expr* Parser::inversion() {
  const Token& first = *at_;
  if (!take(TokenType::kNot)) return comparison();
  const Deeper deeper(*this, 1);
  ast::Expr* const operand = inversion();
  return make<ast::UnaryOp>(span_from(first), ast::UnaryOperator::kNot, operand);
}

bool Parser::take_comparison(ast::CompareOperator& op) {
  using enum ast::CompareOperator;
  switch (at_->type) {
    case TokenType::kEqualEqual:
      op = kEq;
      break;
    case TokenType::kNotEqual:
      op = kNotEq;
      break;
    case TokenType::kLess:
      op = kLt;
      break;
    case TokenType::kLessEqual:
      op = kLtE;
      break;
    case TokenType::kGreater:
      op = kGt;
      break;
    case TokenType::kGreaterEqual:
      op = kGtE;
      break;
    case TokenType::kIn:
      op = kIn;
      break;
    case TokenType::kNot:
      ++at_;
      if (!is(TokenType::kIn)) {
        looked_at_ = at_--;
        return false;
      }
      op = kNotIn;
      break;
    case TokenType::kIs:
      op = is_next(TokenType::kNot) ? kIsNot : kIs;
      if (op == kIsNot) ++at_;
      break;
    default:
      return false;
  }
  ++at_;
  return true;
}

ast::Expr* Parser::comparison() {
  const Token& first = *at_;
  ast::Expr* const left = bitwise_or();
  ast::CompareOperator op;
  if (!take_comparison(op)) return left;
  std::vector<ast::CompareOperator> ops;
  Items<ast::Expr> comparators(*this);
  do {
    ops.push_back(op);
    comparators.add(bitwise_or());
  } while (take_comparison(op));
  const std::span<ast::CompareOperator> copied = arena_.copy(std::span<const ast::CompareOperator>(ops));
  return make<ast::Compare>(span_from(first), left, copied, comparators.copy());
}

// ---- Operators ----

ast::Expr* Parser::binary(int lowest) {
  const Token& first = *at_;
  ast::Expr* left = factor();
  for (;;) {
    const BinaryOperator found = kBinaryOperators[static_cast<std::size_t>(at_->type)];
    if (found.precedence < lowest || found.precedence == 0) return left;
    ++at_;
    ast::Expr* const right = binary(found.precedence + 1);
    left = make<ast::BinOp>(span_from(first), left, found.op, right);
  }
}

ast::Expr* Parser::factor() {
  ast::UnaryOperator op;
  switch (at_->type) {
    case TokenType::kPlus:
      op = ast::UnaryOperator::kUAdd;
      break;
    case TokenType::kMinus:
      op = ast::UnaryOperator::kUSub;
      break;
    case TokenType::kTilde:
      op = ast::UnaryOperator::kInvert;
      break;
    default:
      return power();
  }
  const Deeper deeper(*this, 1);
  const Token& first = *at_++;
  ast::Expr* const operand = factor();
  return make<ast::UnaryOp>(span_from(first), op, operand);
}

ast::Expr* Parser::power() {
  const Token& first = *at_;
  ast::Expr* left;
  if (take(TokenType::kAwait)) {
    ast::Expr* const value = primary();
    left = make<ast::Await>(span_from(first), value);
  } else {
    left = primary();
  }
  if (!take(TokenType::kDoubleStar)) return left;
  const Deeper deeper(*this, 2);
  ast::Expr* const right = factor();
  return make<ast::BinOp>(span_from(first), left, ast::Operator::kPow, right);
}

}  // namespace ouro::script
