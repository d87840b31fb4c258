// Calls and their arguments, which a class statement has too.
#include <ouro/script/syntax/mistakes.h>
#include <ouro/script/syntax/parser.h>

namespace ouro::script {

namespace {

/// About as many rules as CPython enters for an argument.
constexpr int kRulesOfCall = 30;

}  // namespace

bool Parser::begins_keyword_argument() const noexcept {
  return is(TokenType::kDoubleStar) || (is(TokenType::kName) && is_next(TokenType::kEqual));
}

ast::Expr* Parser::call(const Token& first, ast::Expr* function) {
  const Deeper deeper(*this, kRulesOfCall);
  const Token& opening = *at_++;
  ast::Expr* argument = nullptr;
  if (!is(TokenType::kRightParen) && !is(TokenType::kStar) && !begins_keyword_argument()) {
    const Token& argument_begin = *at_;
    argument = expression_or_walrus();
    if (mistakes_ != nullptr) mistakes_->check_keyword(argument_begin, *argument);
    if (is_comprehension()) {  // without parentheses of its own, which only a sole argument may be
      const ast::NodeList<ast::Comprehension> generators = comprehensions();
      if (mistakes_ != nullptr) mistakes_->check_generator_before_others(*argument);
      expect(TokenType::kRightParen);
      Items<ast::Expr> args(*this);
      args.add(make<ast::GeneratorExp>(span_from(opening), argument, generators));
      return make<ast::Call>(span_from(first), function, args.copy());
    }
  }
  const ArgumentLists lists = arguments(argument);
  return make<ast::Call>(span_from(first), function, lists.args, lists.keywords);
}

Parser::ArgumentLists Parser::arguments(ast::Expr* read_already) {
  Items<ast::Expr> args(*this);
  std::vector<ast::Keyword*> keywords;
  bool has_double_star = false, follows_keyword = false;
  if (read_already != nullptr) {
    args.add(read_already);
    if (!is(TokenType::kRightParen)) expect(TokenType::kComma);
  }
  while (!is(TokenType::kRightParen)) {
    const Token& first = *at_;
    if (begins_keyword_argument()) {
      ast::Identifier name;
      if (take(TokenType::kDoubleStar)) {
        has_double_star = true;
      } else {
        name = take_name();
        ++at_;
      }
      ast::Expr* const value = expression();
      if (mistakes_ != nullptr && !ast::is_absent(name)) mistakes_->check_keyword_with_comprehension(first);
      keywords.push_back(make<ast::Keyword>(span_from(first), name, value));
    } else if (take(TokenType::kStar)) {
      if (has_double_star) {
        if (mistakes_ != nullptr) mistakes_->refuse_star_after_double_star(first);
        fail();
      }
      const bool follows_special = !keywords.empty() || (args.size() > 0 && ast::is<ast::Starred>(args[args.size() - 1]));
      ast::Expr* const value = mistakes_ != nullptr && follows_special ? mistakes_->value_behind_star(first) : expression();
      args.add(make<ast::Starred>(span_from(first), value, ast::ExprContext::kLoad));
      if (mistakes_ != nullptr) mistakes_->check_bare_generator(*args[args.size() - 1], args.size() + keywords.size() == 1);
    } else {
      if (!keywords.empty()) {
        if (mistakes_ == nullptr) fail();
        follows_keyword = true;
      }
      ast::Expr* const value = expression_or_walrus();
      args.add(value);
      if (mistakes_ != nullptr) {
        mistakes_->check_keyword(first, *value);
        mistakes_->check_bare_generator(*value, args.size() + keywords.size() == 1);
      }
    }
    if (!take(TokenType::kComma)) break;
  }
  if (follows_keyword) mistakes_->refuse_positional_after_keyword(has_double_star);
  expect(TokenType::kRightParen);
  return {args.copy(), arena_.copy(std::span<ast::Keyword* const>(keywords))};
}

}  // namespace ouro::script
