// Calls: methods without a bound method in between, keywords, stars.
#include <ouro/objects/containers/tuple.h>
#include <ouro/script/compiler/detail/compiling.h>

#include <algorithm>
#include <set>

namespace ouro::script {

namespace {

void expect_distinct(ast::NodeList<ast::Keyword> keywords) {
  std::set<std::string_view> seen;
  for (const ast::Keyword* const keyword : keywords)
    if (!ast::is_absent(keyword->arg) && !seen.insert(keyword->arg).second)
      throw ProgramError("keyword argument repeated: " + std::string(keyword->arg), keyword->span);
}

}  // namespace

void Compiling::call(const ast::Call& node) {
  expect_distinct(node.keywords);
  const auto* const attribute = ast::try_as<ast::Attribute>(node.func);
  const bool is_plain =
      node.keywords.empty() && std::ranges::none_of(node.args, [](const Expr* e) { return e->kind == ast::Kind::kStarred; });
  if (attribute == nullptr || !is_plain) {
    expression(*node.func);
    return call_arguments(0, node.args, node.keywords);
  }
  expression(*attribute->value);
  {
    const At at(*this, attribute->span);
    attribute_op(Op::kLoadMethod, attribute->attr);
  }
  for (const Expr* const argument : node.args) expression(*argument);
  emit(Op::kCallMethod, static_cast<std::uint32_t>(node.args.size()));
}

/// The callee and `on_stack` arguments are there.
void Compiling::call_arguments(std::uint32_t on_stack, NodeList<Expr> args, NodeList<ast::Keyword> keywords, bool) {
  expect_distinct(keywords);
  const auto is_starred = [](const Expr* e) { return e->kind == ast::Kind::kStarred; };
  const auto is_expanded = [](const ast::Keyword* keyword) { return ast::is_absent(keyword->arg); };
  if (std::ranges::any_of(args, is_starred) || std::ranges::any_of(keywords, is_expanded))
    return expanded_arguments(on_stack, args, keywords);
  for (const Expr* const argument : args) expression(*argument);
  if (keywords.empty()) return emit(Op::kCall, on_stack + static_cast<std::uint32_t>(args.size()));
  std::vector<Constant> names;
  for (const ast::Keyword* const keyword : keywords) {
    expression(*keyword->value);
    names.push_back(constants_.text(keyword->arg));
  }
  constant(constants_.tuple(names));
  emit(Op::kCallKeywords, on_stack + static_cast<std::uint32_t>(args.size() + keywords.size()));
}

/// The tuple of all arguments by position, then the dict of those by keyword, if there are any.
void Compiling::expanded_arguments(std::uint32_t on_stack, NodeList<Expr> args, NodeList<ast::Keyword> keywords) {
  const bool is_one_star = on_stack == 0 && args.size() == 1 && args[0]->kind == ast::Kind::kStarred;
  if (is_one_star) {
    expression(*static_cast<const ast::Starred&>(*args[0]).value);
  } else {
    emit(Op::kBuildList, on_stack);
    for (const Expr* const argument : args) {
      const auto* const starred = ast::try_as<ast::Starred>(argument);
      expression(starred != nullptr ? *starred->value : *argument);
      emit(starred != nullptr ? Op::kListExtend : Op::kListAppend, 1);
    }
    emit(Op::kListToTuple);
  }
  if (!keywords.empty()) keyword_dict(keywords);
  emit(Op::kCallExpanded, keywords.empty() ? 0 : 1);
}

void Compiling::keyword_dict(NodeList<ast::Keyword> keywords) {
  emit(Op::kBuildMap, 0);
  for (const ast::Keyword* const keyword : keywords) {
    if (ast::is_absent(keyword->arg)) {
      expression(*keyword->value);
    } else {
      constant(constants_.text(keyword->arg));
      expression(*keyword->value);
      emit(Op::kBuildMap, 1);
    }
    emit(Op::kDictMerge, 1);
  }
}

}  // namespace ouro::script
