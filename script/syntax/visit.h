// Going through a syntax tree: from a node to its concrete type, and from a node to its children.
//
//   visit(expr, [&](const auto& node) { ... });               called with the concrete node: ast::BinOp, ast::Call, ...
//   for_each_child(node, [&](const ast::Node& child) { ... }); the nodes directly below, in the order of the fields
#pragma once

#include <ouro/script/syntax/modules.h>
#include <ouro/script/syntax/patterns.h>
#include <ouro/script/syntax/statements.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ouro::script::ast {

template <class... Nodes>
struct NodeTypes {};

using ModTypes = NodeTypes<Module, Interactive, Expression>;
using StmtTypes = NodeTypes<FunctionDef, AsyncFunctionDef, ClassDef, Return, Delete, Assign, AugAssign, AnnAssign, For,
                            AsyncFor, While, If, With, AsyncWith, Match, Raise, Try, TryStar, Assert, Import, ImportFrom,
                            Global, Nonlocal, ExprStmt, Pass, Break, Continue>;
using ExprTypes = NodeTypes<BoolOp, NamedExpr, BinOp, UnaryOp, Lambda, IfExp, Dict, Set, ListComp, SetComp, DictComp,
                            GeneratorExp, Await, Yield, YieldFrom, Compare, Call, FormattedValue, JoinedStr, Constant,
                            Attribute, Subscript, Starred, Name, List, Tuple, Slice>;
using PatternTypes =
    NodeTypes<MatchValue, MatchSingleton, MatchSequence, MatchMapping, MatchClass, MatchStar, MatchAs, MatchOr>;
using PartTypes = NodeTypes<Comprehension, ExceptHandler, Arguments, Arg, Keyword, Alias, WithItem, MatchCase>;

namespace detail {

template <class... A, class... B>
NodeTypes<A..., B...> operator+(NodeTypes<A...>, NodeTypes<B...>);

template <class Base>
struct TypesOf {
  using Types = decltype(ModTypes{} + StmtTypes{} + ExprTypes{} + PatternTypes{} + PartTypes{});
};
template <>
struct TypesOf<Mod> {
  using Types = ModTypes;
};
template <>
struct TypesOf<Stmt> {
  using Types = StmtTypes;
};
template <>
struct TypesOf<Expr> {
  using Types = ExprTypes;
};
template <>
struct TypesOf<Pattern> {
  using Types = PatternTypes;
};

/// The kinds of a group follow each other, so that a table needs no search.
template <class First, class... Rest>
constexpr bool kinds_are_dense(NodeTypes<First, Rest...>) {
  auto next = static_cast<std::size_t>(First::kKind);
  return ((static_cast<std::size_t>(Rest::kKind) == ++next) && ...);
}
static_assert(kinds_are_dense(TypesOf<Node>::Types{}));

template <class First, class... Rest>
constexpr std::size_t first_kind(NodeTypes<First, Rest...>) {
  return static_cast<std::size_t>(First::kKind);
}

template <class Base, class F, class First, class... Rest>
decltype(auto) dispatch(Base& node, F& f, NodeTypes<First, Rest...> types) {
  using Result = std::invoke_result_t<F&, std::conditional_t<std::is_const_v<Base>, const First&, First&>>;
  using Call = Result (*)(Base&, F&);
  static constexpr std::array<Call, 1 + sizeof...(Rest)> kCalls{
      +[](Base& n, F& call) -> Result {
        return call(static_cast<std::conditional_t<std::is_const_v<Base>, const First&, First&>>(n));
      },
      +[](Base& n, F& call) -> Result {
        return call(static_cast<std::conditional_t<std::is_const_v<Base>, const Rest&, Rest&>>(n));
      }...};
  return kCalls[static_cast<std::size_t>(node.kind) - first_kind(types)](node, f);
}

}  // namespace detail

/// Calls `f` with the node as its concrete type; all calls must return the same type. From a Stmt&, Expr&, Pattern& or Mod&
/// only the nodes of that group need an overload.
template <class Base, class F>
decltype(auto) visit(Base& node, F&& f) {
  return detail::dispatch(node, f, typename detail::TypesOf<std::remove_const_t<Base>>::Types{});
}

namespace detail {

template <class T>
inline constexpr bool kIsNodePointer = std::is_pointer_v<T>&& std::is_base_of_v<Node, std::remove_pointer_t<T>>;

template <class F, class Field>
void visit_children(F& f, const Field& field) {
  if constexpr (kIsNodePointer<Field>) {
    if (field != nullptr) f(*field);
  } else if constexpr (requires { kIsNodePointer<typename Field::element_type>; }) {
    if constexpr (kIsNodePointer<typename Field::element_type>) {
      for (auto* const item : field) {
        if (item != nullptr) f(*item);
      }
    }
  }
}

}  // namespace detail

/// Calls `f` with each node directly below `node`: as its group (Expr&, Stmt&, ...), or as what it is (Arguments&,
/// Keyword&, ...).
template <class Base, class F>
void for_each_child(const Base& node, F&& f) {
  visit(node, [&f](const auto& concrete) {
    concrete.each_field([&f](std::string_view, const auto& field, bool) { detail::visit_children(f, field); });
  });
}

}  // namespace ouro::script::ast
