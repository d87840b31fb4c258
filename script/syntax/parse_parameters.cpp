// The parameters of functions and lambdas.
#include <ouro/script/syntax/parser.h>

namespace ouro::script {

/// Reads parameters from left to right; what has been read says what may follow.
class Parser::ParameterReader {
 public:
  ParameterReader(Parser& parser, TokenType closing)
      : parser_(parser), closing_(closing), has_annotations_(closing == TokenType::kRightParen) {}

  ast::Arguments* read() {
    while (!parser_.is(closing_)) {
      if (kwarg_ != nullptr) fail();
      read_one();
      if (!parser_.take(TokenType::kComma)) break;
    }
    if (!parser_.is(closing_) || (is_bare_star_ && keyword_only_.empty())) fail();
    return finish();
  }

 private:
  void read_one() {
    if (parser_.take(TokenType::kSlash)) {
      if (has_slash_ || has_star_ || positional_.empty()) fail();
      has_slash_ = true;
      positional_only_.swap(positional_);
    } else if (parser_.take(TokenType::kStar)) {
      if (has_star_) fail();
      has_star_ = true;
      if (parser_.is(TokenType::kComma)) {
        is_bare_star_ = true;
      } else {
        vararg_ = parameter(true);
      }
    } else if (parser_.take(TokenType::kDoubleStar)) {
      if (is_bare_star_ && keyword_only_.empty()) fail();
      kwarg_ = parameter(false);
    } else {
      read_plain();
    }
  }

  void read_plain() {
    ast::Arg* const arg = parameter(false);
    ast::Expr* const value = parser_.take(TokenType::kEqual) ? parser_.expression() : nullptr;
    if (has_star_) {
      keyword_only_.push_back(arg);
      keyword_defaults_.push_back(value);
      return;
    }
    positional_.push_back(arg);
    if (value != nullptr) {
      defaults_.push_back(value);
    } else if (!defaults_.empty()) {
      fail();
    }
  }

  ast::Arg* parameter(bool may_be_starred) {
    const Token& first = *parser_.at_;
    const ast::Identifier name = parser_.take_name();
    ast::Expr* annotation = nullptr;
    if (has_annotations_ && parser_.take(TokenType::kColon))
      annotation = may_be_starred ? parser_.star_expression() : parser_.expression();
    return parser_.make<ast::Arg>(parser_.span_from(first), name, annotation);
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
  ast::Arg* vararg_ = nullptr;
  ast::Arg* kwarg_ = nullptr;
};

ast::Arguments* Parser::parameters(TokenType closing) { return ParameterReader(*this, closing).read(); }

}  // namespace ouro::script
