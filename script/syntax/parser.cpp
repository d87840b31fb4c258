// What all parts of the parser use.
#include <ouro/script/syntax/parser.h>

namespace ouro::script {

namespace {

bool is_layout(TokenType type) noexcept {
  return type == TokenType::kNewline || type == TokenType::kIndent || type == TokenType::kDedent ||
         type == TokenType::kEndMarker;
}

}  // namespace

ast::Mod* Parser::parse(ParseMode mode) {
  switch (mode) {
    case ParseMode::kExec:
      return module();
    case ParseMode::kSingle:
      return interactive();
    case ParseMode::kEval:
      break;
  }
  ast::Expr* const body = expressions();
  while (take(TokenType::kNewline)) {}
  if (!is(TokenType::kEndMarker)) fail();
  auto* const root = make<ast::Expression>();
  root->body = body;
  return root;
}

ast::Expr* Parser::parse_f_string_expression() { return star_expressions(); }

ast::Identifier Parser::take_name() {
  if (!is(TokenType::kName)) fail();
  return context_.names[at_++->name];
}

ast::Span Parser::span_from(const Token& first) const noexcept {
  const Token* last = at_ - 1;
  while (last > &first && is_layout(last->type)) --last;
  return span_of(source_, first, *last);
}

ast::Span Parser::span_from(const ast::Span& first) const noexcept {
  const Token& last = at_[-1];
  return {first.lineno, first.col_offset, source_.lineno(last.end_line), source_.column(last.end_line, last.end)};
}

}  // namespace ouro::script
