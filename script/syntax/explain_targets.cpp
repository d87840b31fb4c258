// Mistakes in what is assigned to or deleted.
#include <ouro/script/syntax/mistakes.h>

#include <fmt/format.h>

namespace ouro::script {

namespace {

/// CPython takes `a in b` behind `for` for the target `a` and what follows it.
bool begins_with_in(const ast::Compare& compare) noexcept { return compare.ops.front() == ast::CompareOperator::kIn; }

bool is_augmented(TokenType type) noexcept {
  switch (type) {
    case TokenType::kAtEqual:
    case TokenType::kDoubleSlashEqual:
      return true;
    default:
      return type >= TokenType::kPlusEqual && type <= TokenType::kDoubleStarEqual;
  }
}

template <class Items>
const ast::Expr* first_of(const Items& items, const auto& find) noexcept {
  for (const ast::Expr* const item : items) {
    if (const ast::Expr* const found = find(*item)) return found;
  }
  return nullptr;
}

}  // namespace

/// The first part that cannot be a target; null if there is none.
const ast::Expr* Mistakes::find_bad_target(const ast::Expr& expr, TargetOf kind) noexcept {
  const auto find = [kind](const ast::Expr& part) { return find_bad_target(part, kind); };
  if (const auto* const list = ast::try_as<ast::List>(&expr)) return first_of(list->elts, find);
  if (const auto* const tuple = ast::try_as<ast::Tuple>(&expr)) return first_of(tuple->elts, find);
  if (const auto* const starred = ast::try_as<ast::Starred>(&expr); starred != nullptr && kind != TargetOf::kDelete)
    return find(*starred->value);
  if (const auto* const compare = ast::try_as<ast::Compare>(&expr); compare != nullptr && kind == TargetOf::kFor)
    return begins_with_in(*compare) ? find(*compare->left) : nullptr;
  return Parser::is_single_target(&expr) ? nullptr : &expr;
}

void Mistakes::refuse_if_no_target(const ast::Expr& expr, TargetOf kind) {
  const ast::Expr* const bad = find_bad_target(expr, kind);
  if (bad == nullptr) return;
  refuse(bad->span, fmt::format("cannot {} {}", kind == TargetOf::kDelete ? "delete" : "assign to", words_for(*bad)));
}

// ---- Assignments ----

void Mistakes::check_assignment() {
  const Token& first = token();
  const bool is_right = attempt_plainly([&] { return parser_->expression_statement(); }) != nullptr;
  go_to(first);
  if (is_right) return;
  const bool begins_well =
      attempt([&] { return parser_->assignment_target(); }) != nullptr && token().type == TokenType::kEqual;
  go_to(first);
  if (!begins_well && first.type != TokenType::kYield) check_annotated();
  go_to(first);
  check_targets_of_assignment(first);
  go_to(first);
}

/// `a, b: c` and `f(): a`. What stands before the colon is looked at as elements of a tuple, whose commas may be missing
/// behind the first.
void Mistakes::check_annotated() {
  const ast::Expr* target = nullptr;
  bool is_tuple = false;
  while (const ast::Expr* const element = attempt([&] { return parser_->star_named_expression(); })) {
    if (target == nullptr) target = element;
    if (parser_->take(TokenType::kComma)) {
      is_tuple = true;
    } else if (!is_tuple) {
      break;
    }
  }
  if (target == nullptr || token().type != TokenType::kColon) return;
  ++parser_->at_;
  if (attempt([&] { return parser_->expression(); }) == nullptr) return;
  if (is_tuple) refuse(target->span, "only single target (not tuple) can be annotated");
  if (ast::is<ast::Starred>(target) || Parser::is_single_target(target)) return;
  if (ast::is<ast::List>(target) || ast::is<ast::Tuple>(target))
    refuse(target->span, fmt::format("only single target (not {}) can be annotated", words_for(*target)));
  refuse(target->span, "illegal target for annotation");
}

/// `f() = a`, `a = yield = b` and `f() += a`.
void Mistakes::check_targets_of_assignment(const Token& first) {
  for (;;) {
    const ast::Expr* const target = attempt([&] { return parser_->yield_or_star_expressions(); });
    if (target == nullptr) return;
    const bool is_yield = token().level == 0 && (ast::is<ast::Yield>(target) || ast::is<ast::YieldFrom>(target));
    if (is_augmented(token().type) && target->span == to_here(place_of(first))) {
      ++parser_->at_;
      if (attempt([&] { return parser_->yield_or_star_expressions(); }) == nullptr || Parser::is_single_target(target))
        return;
      refuse(target->span, fmt::format("'{}' is an illegal expression for augmented assignment", words_for(*target)));
    }
    if (token().type != TokenType::kEqual) return;
    if (is_yield) refuse(target->span, "assignment to yield expression not possible");
    refuse_if_no_target(*target, TargetOf::kAssignment);
    ++parser_->at_;
  }
}

// ---- Targets of other statements ----

void Mistakes::check_for_targets() {
  const Token& first = token();
  const ast::Expr* const target = attempt_plainly([&] { return parser_->star_targets(); });
  const bool is_right = target != nullptr && token().type == TokenType::kIn;
  go_to(first);
  if (is_right) return;
  const ast::Expr* const expr = attempt([&] { return parser_->star_expressions(); });
  if (expr != nullptr) refuse_if_no_target(*expr, TargetOf::kFor);
  go_to(first);
}

void Mistakes::check_with_target() {
  const Token& first = token();
  const ast::Expr* const target = attempt([&] { return parser_->expression(); });
  const bool ends =
      token().type == TokenType::kComma || token().type == TokenType::kRightParen || token().type == TokenType::kColon;
  if (target != nullptr && ends) refuse_if_no_target(*target, TargetOf::kAssignment);
  go_to(first);
}

void Mistakes::check_delete_targets() {
  const Token& first = token();
  const ast::Expr* const targets = attempt([&] { return parser_->star_expressions(); });
  if (targets != nullptr) refuse_if_no_target(*targets, TargetOf::kDelete);
  go_to(first);
}

}  // namespace ouro::script
