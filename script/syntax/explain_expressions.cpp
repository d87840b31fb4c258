// Mistakes in expressions: commas, `else` and operators that are missing, `=` for `==`, statements of Python 2.
#include <ouro/script/syntax/mistakes.h>

#include <fmt/format.h>

namespace ouro::script {

namespace {

/// Whether a token begins an expression and never goes on with one.
bool begins_operand(TokenType type) noexcept {
  switch (type) {
    case TokenType::kName:
    case TokenType::kNumber:
    case TokenType::kString:
    case TokenType::kTrue:
    case TokenType::kFalse:
    case TokenType::kNone:
    case TokenType::kEllipsis:
    case TokenType::kLeftBrace:
    case TokenType::kLambda:
    case TokenType::kNot:
    case TokenType::kAwait:
    case TokenType::kTilde:
      return true;
    default:
      return false;
  }
}

bool is_word_of_python_2(std::string_view name) noexcept { return name == "print" || name == "exec"; }

/// CPython takes any beginning of a soft keyword for the word.
bool looks_like_soft_keyword(std::string_view name) noexcept {
  return name == "_" || std::string_view("case").starts_with(name) || std::string_view("match").starts_with(name);
}

std::string_view words_for(const ast::Value& value) noexcept {
  switch (value.type) {
    case ast::Value::Type::kNone:
      return "None";
    case ast::Value::Type::kTrue:
      return "True";
    case ast::Value::Type::kFalse:
      return "False";
    case ast::Value::Type::kEllipsis:
      return "ellipsis";
    default:
      return "literal";
  }
}

}  // namespace

std::string_view words_for(const ast::Expr& expr) noexcept {
  switch (expr.kind) {
    case ast::Kind::kName:
      return "name";
    case ast::Kind::kAttribute:
      return "attribute";
    case ast::Kind::kSubscript:
      return "subscript";
    case ast::Kind::kStarred:
      return "starred";
    case ast::Kind::kList:
      return "list";
    case ast::Kind::kTuple:
      return "tuple";
    case ast::Kind::kLambda:
      return "lambda";
    case ast::Kind::kCall:
      return "function call";
    case ast::Kind::kGeneratorExp:
      return "generator expression";
    case ast::Kind::kYield:
    case ast::Kind::kYieldFrom:
      return "yield expression";
    case ast::Kind::kAwait:
      return "await expression";
    case ast::Kind::kListComp:
      return "list comprehension";
    case ast::Kind::kSetComp:
      return "set comprehension";
    case ast::Kind::kDictComp:
      return "dict comprehension";
    case ast::Kind::kDict:
      return "dict literal";
    case ast::Kind::kSet:
      return "set display";
    case ast::Kind::kJoinedStr:
      return "f-string expression";
    case ast::Kind::kConstant:
      return words_for(static_cast<const ast::Constant&>(expr).value);
    case ast::Kind::kCompare:
      return "comparison";
    case ast::Kind::kIfExp:
      return "conditional expression";
    case ast::Kind::kNamedExpr:
      return "named expression";
    default:
      return "expression";
  }
}

void Mistakes::check_behind_operand(const Token& first, const ast::Expr& left) {
  check_missing_comma(first, left);
  check_legacy_statement(first);
}

/// As much as there is of an operand where the whole is wrong.
const ast::Expr* Mistakes::longest_operand() {
  const Token& first = token();
  ast::Expr* whole = attempt_plainly([&] { return parser_->atom(); });
  while (whole != nullptr) {
    ast::Expr* const longer = attempt_plainly([&] { return parser_->trailer(first, whole); });
    if (longer == nullptr) break;
    whole = longer;
  }
  return whole;
}

void Mistakes::check_missing_comma(const Token& first, const ast::Expr& left) {
  if (!begins_operand(token().type)) return;
  if (first.type == TokenType::kName) {
    if ((&first)[1].type == TokenType::kString || looks_like_soft_keyword(parser_->context_.names[first.name])) return;
  }
  const auto* const name = ast::try_as<ast::Name>(&left);
  if (name != nullptr && is_word_of_python_2(name->id)) return;
  const Token& second = token();
  const ast::Expr* right = attempt_plainly([&] { return parser_->expression(); });
  if (right == nullptr) right = longest_operand();
  if (right != nullptr && parser_->at_[-1].level != 0)
    refuse(range(left.span, right->span), "invalid syntax. Perhaps you forgot a comma?");
  go_to(second);
}

/// What follows any name is looked at as if the name were `print`, so that a mistake in it comes first.
void Mistakes::check_legacy_statement(const Token& first) {
  if (first.type != TokenType::kName || (&first)[1].type == TokenType::kLeftParen) return;
  const std::string_view name = parser_->context_.names[first.name];
  const Token& here = token();
  if (!is_word_of_python_2(name) && !begins_operand(here.type)) return;
  go_to((&first)[1]);
  const ast::Expr* const rest = attempt([&] { return parser_->star_expressions(); });
  if (rest != nullptr && is_word_of_python_2(name)) {
    refuse(range(place_of(first), rest->span),
           fmt::format("Missing parentheses in call to '{0}'. Did you mean {0}(...)?", name));
  }
  go_to(here);
}

void Mistakes::check_missing_else(const ast::Expr& body, const ast::Expr& test) {
  if (token().type == TokenType::kElse || token().type == TokenType::kColon) return;
  refuse(range(body.span, test.span), "expected 'else' after 'if' expression");
}

/// Whether a list, a tuple or a generator expression begins at `first`, or a word that is a constant.
bool Mistakes::begins_display(const Token& first) {
  if (first.type == TokenType::kTrue || first.type == TokenType::kFalse || first.type == TokenType::kNone) return true;
  if (first.type != TokenType::kLeftBracket && first.type != TokenType::kLeftParen) return false;
  const Token& here = token();
  go_to(first);
  const ast::Expr* const atom = attempt_plainly([&] { return parser_->atom(); });
  const bool is_group = atom == nullptr || (first.type == TokenType::kLeftParen && atom->span != to_here(place_of(first)));
  go_to(here);
  return !is_group && (ast::is<ast::List>(atom) || ast::is<ast::Tuple>(atom) || ast::is<ast::GeneratorExp>(atom));
}

void Mistakes::check_assignment_in_expression(const Token& first, const ast::Expr& value) {
  const Token& here = token();
  if (here.type == TokenType::kColonEqual) {
    ++parser_->at_;
    if (attempt([&] { return parser_->expression(); }) != nullptr)
      refuse(value.span, fmt::format("cannot use assignment expressions with {}", words_for(value)));
    go_to(here);
  }
  if (here.type != TokenType::kEqual) return;
  go_to(first);
  const ast::Expr* const left = attempt_plainly([&] { return parser_->bitwise_or(); });
  if (left != nullptr && &token() == &here && !begins_display(first)) {
    go_to((&here)[1]);
    const ast::Expr* const right = attempt([&] { return parser_->bitwise_or(); });
    if (right != nullptr && token().type != TokenType::kEqual && token().type != TokenType::kColonEqual) {
      if (first.type == TokenType::kName && &first + 1 == &here)
        refuse(range(left->span, right->span), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
      refuse(left->span, fmt::format("cannot assign to {} here. Maybe you meant '==' instead of '='?", words_for(*left)));
    }
  }
  go_to(here);
}

}  // namespace ouro::script
