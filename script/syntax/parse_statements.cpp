// Whole inputs and simple statements.
#include <ouro/script/syntax/mistakes.h>
#include <ouro/script/syntax/parser.h>

#include <array>
#include <string>

namespace ouro::script {

namespace {

/// The operator of "+=" and the like.
bool find_augmented(TokenType type, ast::Operator& op) noexcept {
  struct Row {
    TokenType type;
    ast::Operator op;
  };
  using enum ast::Operator;
  static constexpr std::array<Row, 13> kRows{{{TokenType::kPlusEqual, kAdd},
                                              {TokenType::kMinusEqual, kSub},
                                              {TokenType::kStarEqual, kMult},
                                              {TokenType::kAtEqual, kMatMult},
                                              {TokenType::kSlashEqual, kDiv},
                                              {TokenType::kPercentEqual, kMod},
                                              {TokenType::kAmpersandEqual, kBitAnd},
                                              {TokenType::kBarEqual, kBitOr},
                                              {TokenType::kCircumflexEqual, kBitXor},
                                              {TokenType::kLeftShiftEqual, kLShift},
                                              {TokenType::kRightShiftEqual, kRShift},
                                              {TokenType::kDoubleStarEqual, kPow},
                                              {TokenType::kDoubleSlashEqual, kFloorDiv}}};
  for (const Row& row : kRows) {
    if (row.type != type) continue;
    op = row.op;
    return true;
  }
  return false;
}

}  // namespace

// ---- Whole inputs ----

ast::Mod* Parser::module() {
  Items<ast::Stmt> body(*this);
  while (!is(TokenType::kEndMarker)) {
    if (!has_doubtful_) first_doubtful_ = taken();
    statement(body);
  }
  auto* const root = make<ast::Module>();
  root->body = body.copy();
  return root;
}

ast::Mod* Parser::interactive() {
  Items<ast::Stmt> body(*this);
  const Token& first = *at_;
  if (take(TokenType::kNewline)) {
    body.add(make<ast::Pass>(span_of(source_, first, first)));
  } else if (ast::Stmt* const compound = compound_statement()) {
    body.add(compound);
    expect(TokenType::kNewline);
  } else {
    simple_statements(body);
  }
  check_rest_of_single();
  auto* const root = make<ast::Interactive>();
  root->body = body.copy();
  return root;
}

/// CPython's bad_single_statement: behind the one statement only blanks and comments may follow.
void Parser::check_rest_of_single() {
  const std::string& text = source_.text();
  for (std::size_t at = at_[-1].end; (at = text.find_first_not_of(" \t\n\f", at)) != std::string::npos;) {
    if (text[at] != '#') {
      --at_;
      if (mistakes_ != nullptr) mistakes_->refuse_second_statement();
      fail();
    }
    at = text.find('\n', at);
    if (at == std::string::npos) break;
  }
}

void Parser::statement(Items<ast::Stmt>& into) {
  if (ast::Stmt* const compound = compound_statement()) {
    into.add(compound);
  } else {
    simple_statements(into);
  }
}

void Parser::simple_statements(Items<ast::Stmt>& into) {
  do {
    into.add(simple_statement());
  } while (take(TokenType::kSemicolon) && !is(TokenType::kNewline));
  expect(TokenType::kNewline);
}

ast::Stmt* Parser::simple_statement() {
  const Token& first = *at_;
  switch (first.type) {
    case TokenType::kReturn:
      return return_statement();
    case TokenType::kImport:
      return import_statement();
    case TokenType::kFrom:
      return import_from_statement();
    case TokenType::kRaise:
      return raise_statement();
    case TokenType::kPass:
      ++at_;
      return make<ast::Pass>(span_from(first));
    case TokenType::kDel:
      return delete_statement();
    case TokenType::kAssert:
      return assert_statement();
    case TokenType::kBreak:
      ++at_;
      return make<ast::Break>(span_from(first));
    case TokenType::kContinue:
      ++at_;
      return make<ast::Continue>(span_from(first));
    case TokenType::kGlobal: {
      const std::span<ast::Identifier> listed = names();
      return make<ast::Global>(span_from(first), listed);
    }
    case TokenType::kNonlocal: {
      const std::span<ast::Identifier> listed = names();
      return make<ast::Nonlocal>(span_from(first), listed);
    }
    default:
      return expression_statement();
  }
}

// ---- Expressions and assignments ----

ast::Stmt* Parser::expression_statement() {
  if (mistakes_ != nullptr) mistakes_->check_assignment();
  const Token& first = *at_;
  ast::Expr* const expr = yield_or_star_expressions();
  switch (at_->type) {
    case TokenType::kNewline:
    case TokenType::kSemicolon:
      return make<ast::ExprStmt>(span_from(first), expr);
    case TokenType::kEqual:
      return assignment(first, expr);
    case TokenType::kColon:
      return annotated_assignment(first, expr);
    default:
      return augmented_assignment(first, expr);
  }
}

ast::Stmt* Parser::assignment(const Token& first, ast::Expr* target) {
  Items<ast::Expr> targets(*this);
  ast::Expr* value = target;
  while (take(TokenType::kEqual)) {
    set_context(value, ast::ExprContext::kStore);
    targets.add(value);
    value = yield_or_star_expressions();
  }
  return make<ast::Assign>(span_from(first), targets.copy(), value);
}

ast::Stmt* Parser::annotated_assignment(const Token& first, ast::Expr* target) {
  if (!is_single_target(target)) fail();
  set_context(target, ast::ExprContext::kStore);
  const bool is_simple = ast::is<ast::Name>(target) && first.type == TokenType::kName;
  ++at_;
  ast::Expr* const annotation = expression();
  ast::Expr* const value = take(TokenType::kEqual) ? yield_or_star_expressions() : nullptr;
  return make<ast::AnnAssign>(span_from(first), target, annotation, value, is_simple ? 1 : 0);
}

ast::Stmt* Parser::augmented_assignment(const Token& first, ast::Expr* target) {
  ast::Operator op;
  if (!find_augmented(at_->type, op) || !is_single_target(target)) fail();
  set_context(target, ast::ExprContext::kStore);
  ++at_;
  ast::Expr* const value = yield_or_star_expressions();
  return make<ast::AugAssign>(span_from(first), target, op, value);
}

// ---- Statements with a keyword ----

ast::Stmt* Parser::return_statement() {
  const Token& first = *at_++;
  ast::Expr* const value = is(TokenType::kNewline) || is(TokenType::kSemicolon) ? nullptr : star_expressions();
  return make<ast::Return>(span_from(first), value);
}

ast::Stmt* Parser::raise_statement() {
  const Token& first = *at_++;
  if (is(TokenType::kNewline) || is(TokenType::kSemicolon)) return make<ast::Raise>(span_from(first));
  ast::Expr* const exception = expression();
  ast::Expr* const cause = take(TokenType::kFrom) ? expression() : nullptr;
  return make<ast::Raise>(span_from(first), exception, cause);
}

ast::Stmt* Parser::delete_statement() {
  const Token& first = *at_++;
  if (mistakes_ != nullptr) mistakes_->check_delete_targets();
  Items<ast::Expr> targets(*this);
  do {
    ast::Expr* const target = primary();
    set_context(target, ast::ExprContext::kDel);
    targets.add(target);
  } while (take(TokenType::kComma) && !is(TokenType::kNewline) && !is(TokenType::kSemicolon));
  return make<ast::Delete>(span_from(first), targets.copy());
}

ast::Stmt* Parser::assert_statement() {
  const Token& first = *at_++;
  ast::Expr* const test = expression();
  ast::Expr* const message = take(TokenType::kComma) ? expression() : nullptr;
  return make<ast::Assert>(span_from(first), test, message);
}

/// Takes the keyword before them too.
std::span<ast::Identifier> Parser::names() {
  ++at_;
  std::vector<ast::Identifier> names;
  do {
    names.push_back(take_name());
  } while (take(TokenType::kComma));
  return arena_.copy(std::span<const ast::Identifier>(names));
}

// ---- Imports ----

ast::Identifier Parser::dotted_name() {
  ast::Identifier name = take_name();
  if (!is(TokenType::kDot)) return name;
  std::string text(name);
  while (take(TokenType::kDot)) text.append(".").append(take_name());
  return context_.names[context_.names.intern(text)];
}

ast::Alias* Parser::import_alias(ast::Identifier name, const Token& first) {
  ast::Identifier other;
  if (take(TokenType::kAs)) other = take_name();
  return make<ast::Alias>(span_from(first), name, other);
}

ast::Stmt* Parser::import_statement() {
  const Token& first = *at_++;
  Items<ast::Alias> names(*this);
  do {
    const Token& name_begin = *at_;
    const ast::Identifier name = dotted_name();
    names.add(import_alias(name, name_begin));
  } while (take(TokenType::kComma));
  return make<ast::Import>(span_from(first), names.copy());
}

ast::Stmt* Parser::import_from_statement() {
  const Token& first = *at_++;
  int level = 0;
  for (;; ++at_) {
    if (is(TokenType::kDot)) {
      ++level;
    } else if (is(TokenType::kEllipsis)) {
      level += 3;
    } else {
      break;
    }
  }
  ast::Identifier module;
  if (level == 0 || !is(TokenType::kImport)) module = dotted_name();
  expect(TokenType::kImport);
  const ast::NodeList<ast::Alias> names = import_from_names();
  return make<ast::ImportFrom>(span_from(first), module, names, level);
}

ast::NodeList<ast::Alias> Parser::import_from_names() {
  Items<ast::Alias> names(*this);
  const Token& begin = *at_;
  if (take(TokenType::kStar)) {
    names.add(make<ast::Alias>(span_from(begin), context_.names[context_.names.intern("*")]));
    return names.copy();
  }
  const bool is_in_parentheses = take(TokenType::kLeftParen);
  do {
    if (is_in_parentheses && names.size() > 0 && is(TokenType::kRightParen)) break;
    if (mistakes_ != nullptr && names.size() > 0) mistakes_->check_trailing_comma_of_import();
    const Token& name_begin = *at_;
    const ast::Identifier name = take_name();
    names.add(import_alias(name, name_begin));
  } while (take(TokenType::kComma));
  if (is_in_parentheses) expect(TokenType::kRightParen);
  return names.copy();
}

}  // namespace ouro::script
