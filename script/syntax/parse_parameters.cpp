// The parameters of functions and lambdas.
#include <ouro/script/syntax/mistakes.h>
#include <ouro/script/syntax/parser.h>

namespace ouro::script {

/// Reads parameters from left to right; what has been read says what may follow.
class Parser::ParameterReader {
 public:
  ParameterReader(Parser& parser, TokenType closing)
      : parser_(parser), closing_(closing), has_annotations_(closing == TokenType::kRightParen) {}

  ast::Arguments* read() {
    while (!parser_.is(closing_)) {
      if (kwarg_ != nullptr) refuse_behind_double_star();
      read_one();
      if (!parser_.take(TokenType::kComma)) break;
    }
    if (is_bare_star_ && keyword_only_.empty()) refuse_bare_star();
    if (!parser_.is(closing_)) fail();
    return finish();
  }

 private:
  void read_one() {
    const Token& first = *parser_.at_;
    if (parser_.take(TokenType::kSlash)) {
      if (has_slash_ || has_star_ || positional_.empty()) refuse_slash(first);
      has_slash_ = true;
      positional_only_.swap(positional_);
      if (parser_.is(TokenType::kStar)) refuse(*parser_.at_, "expected comma between / and *");
    } else if (parser_.take(TokenType::kStar)) {
      if (has_star_) refuse_star(first);
      has_star_ = true;
      star_ = &first;
      if (parser_.is(TokenType::kComma)) {
        is_bare_star_ = true;
      } else {
        if (parser_.is(closing_)) refuse_bare_star();
        vararg_ = parameter(true);
        if (parser_.is(TokenType::kEqual)) refuse(*parser_.at_, "var-positional argument cannot have default value");
      }
    } else if (parser_.is(TokenType::kDoubleStar)) {
      if (is_bare_star_ && keyword_only_.empty()) refuse_bare_star();
      ++parser_.at_;
      kwarg_ = parameter(false);
      if (parser_.is(TokenType::kEqual)) refuse(*parser_.at_, "var-keyword argument cannot have default value");
    } else {
      read_plain();
    }
  }

  void read_plain() {
    if (parser_.mistakes_ != nullptr) parser_.mistakes_->check_parenthesized_parameter(is_lambda());
    ast::Arg* const arg = parameter(false);
    ast::Expr* const value = parser_.take(TokenType::kEqual) ? default_value() : nullptr;
    if (has_star_) {
      keyword_only_.push_back(arg);
      keyword_defaults_.push_back(value);
      return;
    }
    positional_.push_back(arg);
    if (value != nullptr) {
      defaults_.push_back(value);
    } else if (!defaults_.empty()) {
      refuse_without_default(*arg);
    }
  }

  ast::Expr* default_value() {
    if (parser_.mistakes_ != nullptr) parser_.mistakes_->check_default(parser_.at_[-1]);
    return parser_.expression();
  }

  ast::Arg* parameter(bool may_be_starred) {
    const Token& first = *parser_.at_;
    const ast::Identifier name = parser_.take_name();
    ast::Expr* annotation = nullptr;
    if (has_annotations_ && parser_.take(TokenType::kColon))
      annotation = may_be_starred ? parser_.star_expression() : parser_.expression();
    return parser_.make<ast::Arg>(parser_.span_from(first), name, annotation);
  }

  // ---- Mistakes ----

  [[nodiscard]] bool is_lambda() const noexcept { return closing_ == TokenType::kColon; }
  [[noreturn]] void refuse(const Token& token, const char* message) {
    if (parser_.mistakes_ != nullptr) parser_.mistakes_->refuse_token(token, message);
    fail();
  }
  [[noreturn]] void refuse_without_default(const ast::Arg& arg) {
    if (parser_.mistakes_ != nullptr && (parser_.is(TokenType::kComma) || parser_.is(closing_)))
      parser_.mistakes_->refuse(arg.span, "non-default argument follows default argument");
    fail();
  }
  [[noreturn]] void refuse_slash(const Token& slash) {
    if (has_slash_) refuse(slash, "/ may appear only once");
    if (has_star_) refuse(slash, "/ must be ahead of *");
    if (parser_.is(TokenType::kComma)) refuse(slash, "at least one argument must precede /");
    fail_at(slash);
  }
  [[noreturn]] void refuse_star(const Token& star) {
    if (parser_.is(TokenType::kName) || parser_.is(TokenType::kComma)) refuse(star, "* argument may appear only once");
    fail_at(star);
  }
  [[noreturn]] void fail_at(const Token& token) {
    parser_.at_ = &token;
    fail();
  }
  /// For a lambda CPython shows where it has read to.
  [[noreturn]] void refuse_bare_star() { refuse(is_lambda() ? *parser_.at_ : *star_, "named arguments must follow bare *"); }
  [[noreturn]] void refuse_behind_double_star() {
    switch (parser_.at_->type) {
      case TokenType::kName:
      case TokenType::kStar:
      case TokenType::kDoubleStar:
      case TokenType::kSlash:
        refuse(*parser_.at_, "arguments cannot follow var-keyword argument");
      default:
        fail();
    }
  }

  ast::Arguments* finish() {
    auto* const arguments = parser_.make<ast::Arguments>();
    arguments->posonlyargs = copy(positional_only_);
    arguments->args = copy(positional_);
    arguments->vararg = vararg_;
    arguments->kwonlyargs = copy(keyword_only_);
    arguments->kw_defaults = copy(keyword_defaults_);
    arguments->kwarg = kwarg_;
    arguments->defaults = copy(defaults_);
    return arguments;
  }
  template <class T>
  ast::NodeList<T> copy(const std::vector<T*>& items) {
    return parser_.arena_.copy(std::span<T* const>(items));
  }

  Parser& parser_;
  TokenType closing_;
  bool has_annotations_, has_slash_ = false, has_star_ = false, is_bare_star_ = false;
  std::vector<ast::Arg*> positional_only_, positional_, keyword_only_;
  std::vector<ast::Expr*> defaults_, keyword_defaults_;
  const Token* star_ = nullptr;
  ast::Arg* vararg_ = nullptr;
  ast::Arg* kwarg_ = nullptr;
};

ast::Arguments* Parser::parameters(TokenType closing) { return ParameterReader(*this, closing).read(); }

}  // namespace ouro::script
