// What all nodes of the syntax tree share: kind, place, lists, and the values of constants.
//
// The nodes and their fields are those of CPython 3.11's Python.asdl, one struct each: statements.h, expressions.h,
// patterns.h.
//
// * A tree's nodes, lists and texts lie in the arena of the tree and have no destructors.
// * An absent optional node (`expr?`) is a null pointer, an absent identifier or text has null data (`is_absent`). A list
//   may hold null where CPython's holds None: Dict::keys, Arguments::kw_defaults.
// * Equal identifiers of one tree are the same bytes in memory: equal `data()` is equality.
// * Lines begin at 1, columns at 0; columns count bytes of UTF-8.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ouro::script::ast {

/// All nodes, in groups: modules, statements, expressions, patterns, and the rest.
enum class Kind : std::uint8_t {
  kModule,
  kInteractive,
  kExpression,

  kFunctionDef,
  kAsyncFunctionDef,
  kClassDef,
  kReturn,
  kDelete,
  kAssign,
  kAugAssign,
  kAnnAssign,
  kFor,
  kAsyncFor,
  kWhile,
  kIf,
  kWith,
  kAsyncWith,
  kMatch,
  kRaise,
  kTry,
  kTryStar,
  kAssert,
  kImport,
  kImportFrom,
  kGlobal,
  kNonlocal,
  kExpr,
  kPass,
  kBreak,
  kContinue,

  kBoolOp,
  kNamedExpr,
  kBinOp,
  kUnaryOp,
  kLambda,
  kIfExp,
  kDict,
  kSet,
  kListComp,
  kSetComp,
  kDictComp,
  kGeneratorExp,
  kAwait,
  kYield,
  kYieldFrom,
  kCompare,
  kCall,
  kFormattedValue,
  kJoinedStr,
  kConstant,
  kAttribute,
  kSubscript,
  kStarred,
  kName,
  kList,
  kTuple,
  kSlice,

  kMatchValue,
  kMatchSingleton,
  kMatchSequence,
  kMatchMapping,
  kMatchClass,
  kMatchStar,
  kMatchAs,
  kMatchOr,

  kComprehension,
  kExceptHandler,
  kArguments,
  kArg,
  kKeyword,
  kAlias,
  kWithItem,
  kMatchCase,
};

enum class ExprContext : std::uint8_t { kLoad, kStore, kDel };
enum class BoolOperator : std::uint8_t { kAnd, kOr };
enum class Operator : std::uint8_t {
  kAdd,
  kSub,
  kMult,
  kMatMult,
  kDiv,
  kMod,
  kPow,
  kLShift,
  kRShift,
  kBitOr,
  kBitXor,
  kBitAnd,
  kFloorDiv,
};
enum class UnaryOperator : std::uint8_t { kInvert, kNot, kUAdd, kUSub };
enum class CompareOperator : std::uint8_t { kEq, kNotEq, kLt, kLtE, kGt, kGtE, kIs, kIsNot, kIn, kNotIn };

/// CPython's names: "FunctionDef", "comprehension"; "Load"; "And"; "Add"; "Invert"; "NotEq".
[[nodiscard]] std::string_view name_of(Kind kind) noexcept;
[[nodiscard]] std::string_view name_of(ExprContext context) noexcept;
[[nodiscard]] std::string_view name_of(BoolOperator op) noexcept;
[[nodiscard]] std::string_view name_of(Operator op) noexcept;
[[nodiscard]] std::string_view name_of(UnaryOperator op) noexcept;
[[nodiscard]] std::string_view name_of(CompareOperator op) noexcept;

struct Span {
  std::int32_t lineno = 1, col_offset = 0, end_lineno = 1, end_col_offset = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

/// An identifier in normal form NFKC, UTF-8.
using Identifier = std::string_view;
[[nodiscard]] constexpr bool is_absent(std::string_view text) noexcept { return text.data() == nullptr; }

template <class T>
using NodeList = std::span<T*>;

/// What a literal says. No object of the runtime: the compiler makes those.
struct Value {
  enum class Type : std::uint8_t { kNone, kFalse, kTrue, kEllipsis, kInt, kFloat, kComplex, kStr, kBytes };

  Type type = Type::kNone;
  bool is_small = false;        ///< kInt: `integer` has the value
  bool has_surrogates = false;  ///< kStr: `text` has lone surrogates, three bytes each (ED A0 80 to ED BF BF)
  std::int64_t integer = 0;     ///< kInt, if it is small
  double number = 0;            ///< kFloat; kComplex: the imaginary part, the real part is 0.0
  std::string_view
      text{};  ///< kInt: digits without `_`, with the prefix 0x, 0o, 0b in lower case if any; kStr: UTF-8; kBytes
};

struct Node {
  Kind kind;
};

/// A node with a place.
struct LocatedNode : Node {
  Span span;
};

struct Mod : Node {};
struct Stmt : LocatedNode {};
struct Expr : LocatedNode {};
struct Pattern : LocatedNode {};

/// The direct base of each node, which sets its kind.
template <class Base, Kind kOwnKind>
struct LocatedNodeOf : Base {
  static constexpr Kind kKind = kOwnKind;
  LocatedNodeOf(const Span& place) noexcept : Base{{{kOwnKind}, place}} {}
};
template <Kind kOwnKind>
using StmtOf = LocatedNodeOf<Stmt, kOwnKind>;
template <Kind kOwnKind>
using ExprOf = LocatedNodeOf<Expr, kOwnKind>;
template <Kind kOwnKind>
using PatternOf = LocatedNodeOf<Pattern, kOwnKind>;

/// As LocatedNodeOf, for excepthandler, arg, keyword and alias, which are of no group.
template <Kind kOwnKind>
struct PartOf : LocatedNode {
  static constexpr Kind kKind = kOwnKind;
  PartOf(const Span& place) noexcept : LocatedNode{{kOwnKind}, place} {}
};

/// For nodes without a place.
template <class Base, Kind kOwnKind>
struct PlainNodeOf : Base {
  static constexpr Kind kKind = kOwnKind;
  PlainNodeOf() noexcept : Base{} { this->kind = kOwnKind; }
};

/// `node` as a T, or null if it is none or null.
template <class T, class Base>
[[nodiscard]] T* try_as(Base* node) noexcept {
  return node != nullptr && node->kind == T::kKind ? static_cast<T*>(node) : nullptr;
}
template <class T, class Base>
[[nodiscard]] const T* try_as(const Base* node) noexcept {
  return node != nullptr && node->kind == T::kKind ? static_cast<const T*>(node) : nullptr;
}
template <class T>
[[nodiscard]] bool is(const Node* node) noexcept {
  return node != nullptr && node->kind == T::kKind;
}

}  // namespace ouro::script::ast
