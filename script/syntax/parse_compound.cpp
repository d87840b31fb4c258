// Compound statements without `match`, which is in parse_patterns.cpp.
#include <ouro/script/syntax/mistakes.h>
#include <ouro/script/syntax/parser.h>

namespace ouro::script {

namespace {

/// About as many rules as CPython enters for a statement in a block.
constexpr int kRulesOfBlock = 8;

}  // namespace

ast::Stmt* Parser::compound_statement() {
  switch (at_->type) {
    case TokenType::kDef:
      return function_definition(*at_, {});
    case TokenType::kIf:
      return if_statement();
    case TokenType::kClass:
      return class_definition({});
    case TokenType::kWith:
      return with_statement(*at_);
    case TokenType::kFor:
      return for_statement(*at_);
    case TokenType::kTry:
      return try_statement();
    case TokenType::kWhile:
      return while_statement();
    case TokenType::kAt:
      return decorated();
    case TokenType::kAsync:
      return async_statement();
    case TokenType::kName:
      return at_->name == context_.names.match && begins_match() ? match_statement() : nullptr;
    default:
      return nullptr;
  }
}

void Parser::colon(bool is_certain) {
  if (mistakes_ != nullptr) mistakes_->check_colon(is_certain);
  expect(TokenType::kColon);
}

Parser::Stmts Parser::block(const Token& keyword, std::string_view owner) {
  const Deeper deeper(*this, kRulesOfBlock);
  Items<ast::Stmt> body(*this);
  if (!take(TokenType::kNewline)) {
    simple_statements(body);
    return body.copy();
  }
  if (mistakes_ != nullptr) mistakes_->check_block(keyword, owner);
  expect(TokenType::kIndent);
  do {
    statement(body);
  } while (!is(TokenType::kDedent) && !is(TokenType::kEndMarker));
  expect(TokenType::kDedent);
  return body.copy();
}

/// Empty if there is none.
Parser::Stmts Parser::else_block() {
  const Token& keyword = *at_;
  if (!take(TokenType::kElse)) return {};
  colon(true);
  return block(keyword, "'else' statement");
}

/// At `if` or `elif`.
ast::Stmt* Parser::if_statement() {
  const Deeper deeper(*this, 1);
  const Token& first = *at_++;
  ast::Expr* const test = named_expression();
  colon();
  const Stmts body = block(first, first.type == TokenType::kIf ? "'if' statement" : "'elif' statement");
  Stmts orelse;
  if (is(TokenType::kElif)) {
    Items<ast::Stmt> nested(*this);
    nested.add(if_statement());
    orelse = nested.copy();
  } else {
    orelse = else_block();
  }
  return make<ast::If>(span_from(first), test, body, orelse);
}

ast::Stmt* Parser::while_statement() {
  const Token& first = *at_++;
  ast::Expr* const test = named_expression();
  colon();
  const Stmts body = block(first, "'while' statement");
  const Stmts orelse = else_block();
  return make<ast::While>(span_from(first), test, body, orelse);
}

/// `first` is `async` or the keyword itself, which is the next token, as in all that follow.
ast::Stmt* Parser::for_statement(const Token& first) {
  ++at_;
  if (mistakes_ != nullptr) mistakes_->check_for_targets();
  ast::Expr* const target = star_targets();
  expect(TokenType::kIn);
  ast::Expr* const iterable = star_expressions();
  colon();
  const Stmts body = block(first, "'for' statement");
  const Stmts orelse = else_block();
  if (first.type == TokenType::kAsync) return make<ast::AsyncFor>(span_from(first), target, iterable, body, orelse);
  return make<ast::For>(span_from(first), target, iterable, body, orelse);
}

// ---- with ----

/// Whether the parentheses behind `with` hold items, not one expression. CPython tries items first, so it is an expression
/// only if the brackets do not end before the colon, or hold what no list of items has.
bool Parser::has_items_in_parentheses() const {
  if (!is(TokenType::kLeftParen) || is_next(TokenType::kRightParen)) return false;
  const std::uint8_t level = at_->level;
  const Token* token = at_ + 1;
  bool begins_item = true;
  for (; token->level >= level; ++token) {
    if (token->type == TokenType::kEndMarker || token->type == TokenType::kError) return false;
    if (token->level > level) {
      begins_item = false;
      continue;
    }
    switch (token->type) {
      case TokenType::kFor:
      case TokenType::kAsync:
      case TokenType::kColonEqual:
      case TokenType::kYield:
        return false;
      case TokenType::kStar:
        if (begins_item) return false;
        break;
      case TokenType::kAs:
        return true;
      default:
        break;
    }
    begins_item = token->type == TokenType::kComma;
  }
  return token[1].type == TokenType::kColon;
}

ast::Stmt* Parser::with_statement(const Token& first) {
  ++at_;
  Items<ast::WithItem> items(*this);
  if (has_items_in_parentheses()) {
    ++at_;
    do {
      if (items.size() > 0 && is(TokenType::kRightParen)) break;
      with_item(items);
    } while (take(TokenType::kComma));
    expect(TokenType::kRightParen);
  } else {
    do {
      with_item(items);
    } while (take(TokenType::kComma));
  }
  colon();
  const Stmts body = block(first, "'with' statement");
  if (first.type == TokenType::kAsync) return make<ast::AsyncWith>(span_from(first), items.copy(), body);
  return make<ast::With>(span_from(first), items.copy(), body);
}

void Parser::with_item(Items<ast::WithItem>& into) {
  auto* const item = make<ast::WithItem>();
  item->context_expr = expression();
  if (take(TokenType::kAs)) {
    if (mistakes_ != nullptr) mistakes_->check_with_target();
    item->optional_vars = star_target();
  }
  into.add(item);
}

// ---- try ----

ast::Stmt* Parser::try_statement() {
  const Token& first = *at_++;
  colon(true);
  const Stmts body = block(first, "'try' statement");
  Items<ast::ExceptHandler> handlers(*this);
  bool has_star = false;
  while (is(TokenType::kExcept)) {
    bool is_star = false;
    if (handlers.size() > 0 && is_next(TokenType::kStar) != has_star) refuse_mixed_handlers();
    handlers.add(except_block(is_star));
    has_star = is_star;
  }
  const Stmts orelse = handlers.size() > 0 ? else_block() : Stmts{};
  Stmts finally;
  if (const Token& keyword = *at_; take(TokenType::kFinally)) {
    colon(true);
    finally = block(keyword, "'finally' statement");
  } else if (handlers.size() == 0) {
    if (mistakes_ != nullptr) mistakes_->refuse_try_alone();
    fail();
  }
  if (has_star) return make<ast::TryStar>(span_from(first), body, handlers.copy(), orelse, finally);
  return make<ast::Try>(span_from(first), body, handlers.copy(), orelse, finally);
}

/// At `except`.
void Parser::refuse_mixed_handlers() {
  if (mistakes_ != nullptr) mistakes_->check_mixed_handlers();
  ++at_;
  fail();
}

ast::ExceptHandler* Parser::except_block(bool& is_star) {
  const Token& first = *at_++;
  is_star = take(TokenType::kStar);
  ast::Expr* type = nullptr;
  ast::Identifier name;
  if (is_star && mistakes_ != nullptr) mistakes_->check_missing_exception_type();
  if (is_star || !is(TokenType::kColon)) {
    if (mistakes_ != nullptr) mistakes_->check_colon(false);
    type = expression();
    if (mistakes_ != nullptr) mistakes_->check_exception_types(*type);
    if (take(TokenType::kAs)) name = take_name();
  }
  colon();
  const Stmts body = block(first, is_star ? "'except*' statement" : "'except' statement");
  return make<ast::ExceptHandler>(span_from(first), type, name, body);
}

// ---- Definitions ----

ast::Stmt* Parser::async_statement() {
  const Token& first = *at_++;
  switch (at_->type) {
    case TokenType::kDef:
      return function_definition(first, {});
    case TokenType::kWith:
      return with_statement(first);
    case TokenType::kFor:
      return for_statement(first);
    default:
      fail();
  }
}

ast::Stmt* Parser::decorated() {
  Items<ast::Expr> decorators(*this);
  while (take(TokenType::kAt)) {
    decorators.add(named_expression());
    expect(TokenType::kNewline);
  }
  if (is(TokenType::kClass)) return class_definition(decorators.copy());
  const Token& first = *at_;
  take(TokenType::kAsync);
  if (!is(TokenType::kDef)) fail();
  return function_definition(first, decorators.copy());
}

ast::Stmt* Parser::class_definition(Exprs decorators) {
  const Token& first = *at_++;
  const ast::Identifier name = take_name();
  ArgumentLists bases;
  if (take(TokenType::kLeftParen)) bases = arguments(nullptr);
  colon();
  const Stmts body = block(first, "class definition");
  return make<ast::ClassDef>(span_from(first), name, bases.args, bases.keywords, body, decorators);
}

ast::Stmt* Parser::function_definition(const Token& first, Exprs decorators) {
  ++at_;
  const ast::Identifier name = take_name();
  if (mistakes_ != nullptr) mistakes_->check_parenthesis_of_definition();
  expect(TokenType::kLeftParen);
  ast::Arguments* const args = parameters(TokenType::kRightParen);
  expect(TokenType::kRightParen);
  if (mistakes_ != nullptr) mistakes_->check_return_type();
  ast::Expr* const returns = take(TokenType::kArrow) ? expression() : nullptr;
  colon(true);
  const Stmts body = block(first, "function definition");
  if (first.type == TokenType::kAsync)
    return make<ast::AsyncFunctionDef>(span_from(first), name, args, body, decorators, returns);
  return make<ast::FunctionDef>(span_from(first), name, args, body, decorators, returns);
}

}  // namespace ouro::script
