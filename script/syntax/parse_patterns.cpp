// The match statement and its patterns.
#include <ouro/script/syntax/mistakes.h>
#include <ouro/script/syntax/parser.h>

namespace ouro::script {

namespace {

constexpr int kRulesOfPattern = 10;

bool is_complex(const ast::Expr* number) noexcept {
  if (const auto* const minus = ast::try_as<ast::UnaryOp>(number)) number = minus->operand;
  const auto* const constant = ast::try_as<ast::Constant>(number);
  return constant != nullptr && constant->value.type == ast::Value::Type::kComplex;
}

}  // namespace

// ---- The statement ----

/// A line that begins with `match` is the statement if it ends with a colon and a block follows: no other line does.
bool Parser::begins_match() {
  has_doubtful_ = true;
  last_match_ = at_;
  if (is_next(TokenType::kColon)) return false;
  const std::uint8_t level = at_->level;
  const Token* token = at_ + 1;
  while (token->type != TokenType::kEndMarker && token->type != TokenType::kError &&
         !(token->type == TokenType::kNewline && token->level == level)) {
    ++token;
  }
  const bool has_block =
      token->type == TokenType::kNewline && token[-1].type == TokenType::kColon && token[1].type == TokenType::kIndent;
  return has_block || (mistakes_ != nullptr && mistakes_->may_begin_match());
}

ast::Stmt* Parser::match_statement() {
  const Deeper deeper(*this, kRulesOfPattern);
  const Token& first = *at_++;
  ast::Expr* const value = subject();
  colon();
  expect(TokenType::kNewline);
  if (mistakes_ != nullptr) mistakes_->check_block(first, "'match' statement");
  expect(TokenType::kIndent);
  Items<ast::MatchCase> cases(*this);
  do {
    cases.add(case_block());
  } while (!take(TokenType::kDedent));
  return make<ast::Match>(span_from(first), value, cases.copy());
}

ast::Expr* Parser::subject() {
  const Token& first = *at_;
  ast::Expr* const value = star_named_expression();
  if (!is(TokenType::kComma)) {
    if (ast::is<ast::Starred>(value)) fail();
    return value;
  }
  Items<ast::Expr> items(*this);
  items.add(value);
  while (take(TokenType::kComma) && !is(TokenType::kColon)) items.add(star_named_expression());
  return make<ast::Tuple>(span_from(first), items.copy(), ast::ExprContext::kLoad);
}

ast::MatchCase* Parser::case_block() {
  if (!is_soft_keyword(context_.names.case_)) fail();
  const Token& first = *at_++;
  auto* const result = make<ast::MatchCase>();
  result->pattern = patterns();
  if (take(TokenType::kIf)) result->guard = named_expression();
  colon();
  result->body = block(first, "'case' statement");
  return result;
}

// ---- Patterns ----

ast::Pattern* Parser::patterns() {
  const Token& first = *at_;
  ast::Pattern* const one = star_pattern();
  if (!is(TokenType::kComma)) {
    if (ast::is<ast::MatchStar>(one)) fail();
    return one;
  }
  Items<ast::Pattern> items(*this);
  items.add(one);
  while (take(TokenType::kComma)) {
    if (is(TokenType::kColon) || is(TokenType::kIf)) break;
    items.add(star_pattern());
  }
  return make<ast::MatchSequence>(span_from(first), items.copy());
}

/// Or a pattern without star.
ast::Pattern* Parser::star_pattern() {
  const Token& first = *at_;
  if (!take(TokenType::kStar)) return pattern();
  ast::Identifier name;
  if (is_soft_keyword(context_.names.underscore)) {
    ++at_;
  } else {
    name = capture_target();
  }
  return make<ast::MatchStar>(span_from(first), name);
}

ast::Pattern* Parser::pattern() {
  const Token& first = *at_;
  ast::Pattern* const inner = or_pattern();
  if (!take(TokenType::kAs)) return inner;
  if (mistakes_ != nullptr) mistakes_->check_pattern_target();
  const ast::Identifier name = capture_target();
  return make<ast::MatchAs>(span_from(first), inner, name);
}

ast::Identifier Parser::capture_target() {
  if (is_soft_keyword(context_.names.underscore)) fail();
  const ast::Identifier name = take_name();
  if (is(TokenType::kDot) || is(TokenType::kLeftParen) || is(TokenType::kEqual)) fail();
  return name;
}

ast::Pattern* Parser::or_pattern() {
  const Token& first = *at_;
  ast::Pattern* const one = closed_pattern();
  if (!is(TokenType::kBar)) return one;
  Items<ast::Pattern> items(*this);
  items.add(one);
  while (take(TokenType::kBar)) items.add(closed_pattern());
  return make<ast::MatchOr>(span_from(first), items.copy());
}

ast::Pattern* Parser::closed_pattern() {
  const Deeper deeper(*this, kRulesOfPattern);
  const Token& first = *at_;
  const auto singleton = [&](ast::Value::Type type) {
    ++at_;
    return make<ast::MatchSingleton>(span_from(first), ast::Value{.type = type});
  };
  switch (first.type) {
    case TokenType::kNumber:
    case TokenType::kMinus: {
      ast::Expr* const value = number_in_pattern();
      return make<ast::MatchValue>(span_from(first), value);
    }
    case TokenType::kString: {
      ast::Expr* const value = strings();
      return make<ast::MatchValue>(span_from(first), value);
    }
    case TokenType::kNone:
      return singleton(ast::Value::Type::kNone);
    case TokenType::kTrue:
      return singleton(ast::Value::Type::kTrue);
    case TokenType::kFalse:
      return singleton(ast::Value::Type::kFalse);
    case TokenType::kName:
      return name_pattern();
    case TokenType::kLeftParen:
      return sequence_in_parentheses();
    case TokenType::kLeftBracket:
      return sequence_in_brackets();
    case TokenType::kLeftBrace:
      return mapping_pattern();
    default:
      fail();
  }
}

// ---- Literals ----

ast::Expr* Parser::signed_number() {
  const Token& first = *at_;
  const bool is_negative = take(TokenType::kMinus);
  if (!is(TokenType::kNumber)) fail();
  ast::Expr* const value = number();
  if (!is_negative) return value;
  return make<ast::UnaryOp>(span_from(first), ast::UnaryOperator::kUSub, value);
}

/// A number, or a complex one: real part, `+` or `-`, imaginary part.
ast::Expr* Parser::number_in_pattern() {
  const Token& first = *at_;
  ast::Expr* const left = signed_number();
  const bool is_plus = is(TokenType::kPlus);
  if (!is_plus && !is(TokenType::kMinus)) return left;
  ++at_;
  if (!is(TokenType::kNumber)) fail();
  ast::Expr* const right = number();
  if (is_complex(left) || !is_complex(right)) {
    if (mistakes_ != nullptr) mistakes_->refuse_parts_of_complex(*left, *right, is_complex(left));
    fail();
  }
  return make<ast::BinOp>(span_from(first), left, is_plus ? ast::Operator::kAdd : ast::Operator::kSub, right);
}

/// A key of a mapping.
ast::Expr* Parser::literal_in_pattern() {
  switch (at_->type) {
    case TokenType::kNumber:
    case TokenType::kMinus:
      return number_in_pattern();
    case TokenType::kString:
      return strings();
    case TokenType::kNone:
      return constant(ast::Value::Type::kNone);
    case TokenType::kTrue:
      return constant(ast::Value::Type::kTrue);
    case TokenType::kFalse:
      return constant(ast::Value::Type::kFalse);
    default:
      break;
  }
  if (!is(TokenType::kName)) fail();
  if (!is_next(TokenType::kDot)) {
    ++at_;
    fail();
  }
  return dotted_value();
}

// ---- Names and classes ----

/// A name, or names with dots between them.
ast::Expr* Parser::dotted_value() {
  const Token& first = *at_;
  const ast::Identifier name = take_name();
  ast::Expr* value = make<ast::Name>(span_from(first), name, ast::ExprContext::kLoad);
  while (take(TokenType::kDot)) {
    const ast::Identifier attribute = take_name();
    value = make<ast::Attribute>(span_from(first), value, attribute, ast::ExprContext::kLoad);
  }
  return value;
}

ast::Pattern* Parser::name_pattern() {
  const Token& first = *at_;
  const bool is_plain = !is_next(TokenType::kDot) && !is_next(TokenType::kLeftParen) && !is_next(TokenType::kEqual);
  if (is_soft_keyword(context_.names.underscore)) {
    ++at_;
    return make<ast::MatchAs>(span_from(first));
  }
  if (is_plain) {
    const ast::Identifier name = capture_target();
    return make<ast::MatchAs>(span_from(first), nullptr, name);
  }
  ast::Expr* const value = dotted_value();
  if (is(TokenType::kLeftParen)) return class_pattern(first, value);
  if (is(TokenType::kEqual) || ast::is<ast::Name>(value)) fail();
  return make<ast::MatchValue>(span_from(first), value);
}

ast::Pattern* Parser::class_pattern(const Token& first, ast::Expr* cls) {
  ++at_;
  Items<ast::Pattern> positional(*this);
  std::vector<ast::Identifier> names;
  std::vector<ast::Pattern*> keyword_patterns;
  std::vector<const ast::Pattern*> misplaced;
  while (!is(TokenType::kRightParen)) {
    if (is(TokenType::kName) && is_next(TokenType::kEqual)) {
      names.push_back(take_name());
      ++at_;
      if (!misplaced.empty()) break;
      keyword_patterns.push_back(pattern());
    } else {
      if (!names.empty() && mistakes_ == nullptr) fail();
      positional.add(pattern());
      if (!names.empty()) misplaced.push_back(positional[positional.size() - 1]);
    }
    if (!take(TokenType::kComma)) break;
  }
  if (!misplaced.empty()) mistakes_->refuse_positional_patterns(*misplaced.front(), *misplaced.back());
  expect(TokenType::kRightParen);
  return make<ast::MatchClass>(span_from(first), cls, positional.copy(),
                               arena_.copy(std::span<const ast::Identifier>(names)),
                               arena_.copy(std::span<ast::Pattern* const>(keyword_patterns)));
}

// ---- Sequences and mappings ----

/// Up to the closing token, which is taken too.
void Parser::sequence_items(Items<ast::Pattern>& into, TokenType closing) {
  while (!is(closing)) {
    into.add(star_pattern());
    if (!take(TokenType::kComma)) break;
  }
  expect(closing);
}

ast::Pattern* Parser::sequence_in_parentheses() {
  const Token& first = *at_++;
  Items<ast::Pattern> items(*this);
  if (!is(TokenType::kRightParen)) {
    ast::Pattern* const one = star_pattern();
    if (!is(TokenType::kComma)) {
      if (ast::is<ast::MatchStar>(one)) fail();
      expect(TokenType::kRightParen);
      return one;
    }
    ++at_;
    items.add(one);
  }
  sequence_items(items, TokenType::kRightParen);
  return make<ast::MatchSequence>(span_from(first), items.copy());
}

ast::Pattern* Parser::sequence_in_brackets() {
  const Token& first = *at_++;
  Items<ast::Pattern> items(*this);
  sequence_items(items, TokenType::kRightBracket);
  return make<ast::MatchSequence>(span_from(first), items.copy());
}

ast::Pattern* Parser::mapping_pattern() {
  const Token& first = *at_++;
  Items<ast::Expr> keys(*this);
  std::vector<ast::Pattern*> values;
  ast::Identifier rest;
  while (!is(TokenType::kRightBrace)) {
    if (take(TokenType::kDoubleStar)) {
      rest = capture_target();
      take(TokenType::kComma);
      break;
    }
    keys.add(literal_in_pattern());
    expect(TokenType::kColon);
    values.push_back(pattern());
    if (!take(TokenType::kComma)) break;
  }
  expect(TokenType::kRightBrace);
  return make<ast::MatchMapping>(span_from(first), keys.copy(), arena_.copy(std::span<ast::Pattern* const>(values)), rest);
}

}  // namespace ouro::script
