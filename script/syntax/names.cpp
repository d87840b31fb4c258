// The names of nodes and operators, by kind.
#include <ouro/script/syntax/node.h>

#include <array>
#include <cstddef>

namespace ouro::script::ast {

namespace {

// clang-format off
constexpr std::array kKindNames = std::to_array<std::string_view>({
    "Module", "Interactive", "Expression",
    "FunctionDef", "AsyncFunctionDef", "ClassDef", "Return", "Delete", "Assign", "AugAssign", "AnnAssign", "For", "AsyncFor",
    "While", "If", "With", "AsyncWith", "Match", "Raise", "Try", "TryStar", "Assert", "Import", "ImportFrom", "Global",
    "Nonlocal", "Expr", "Pass", "Break", "Continue",
    "BoolOp", "NamedExpr", "BinOp", "UnaryOp", "Lambda", "IfExp", "Dict", "Set", "ListComp", "SetComp", "DictComp",
    "GeneratorExp", "Await", "Yield", "YieldFrom", "Compare", "Call", "FormattedValue", "JoinedStr", "Constant", "Attribute",
    "Subscript", "Starred", "Name", "List", "Tuple", "Slice",
    "MatchValue", "MatchSingleton", "MatchSequence", "MatchMapping", "MatchClass", "MatchStar", "MatchAs", "MatchOr",
    "comprehension", "ExceptHandler", "arguments", "arg", "keyword", "alias", "withitem", "match_case"});
static_assert(kKindNames.size() == static_cast<std::size_t>(Kind::kMatchCase) + 1);
constexpr std::array kContextNames = std::to_array<std::string_view>({"Load", "Store", "Del"});
constexpr std::array kBoolNames = std::to_array<std::string_view>({"And", "Or"});
constexpr std::array kOperatorNames = std::to_array<std::string_view>({
    "Add", "Sub", "Mult", "MatMult", "Div", "Mod", "Pow", "LShift", "RShift", "BitOr", "BitXor", "BitAnd", "FloorDiv"});
constexpr std::array kUnaryNames = std::to_array<std::string_view>({"Invert", "Not", "UAdd", "USub"});
constexpr std::array kCompareNames = std::to_array<std::string_view>({
    "Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"});
// clang-format on

}  // namespace

std::string_view name_of(Kind kind) noexcept { return kKindNames[static_cast<std::size_t>(kind)]; }
std::string_view name_of(ExprContext context) noexcept { return kContextNames[static_cast<std::size_t>(context)]; }
std::string_view name_of(BoolOperator op) noexcept { return kBoolNames[static_cast<std::size_t>(op)]; }
std::string_view name_of(Operator op) noexcept { return kOperatorNames[static_cast<std::size_t>(op)]; }
std::string_view name_of(UnaryOperator op) noexcept { return kUnaryNames[static_cast<std::size_t>(op)]; }
std::string_view name_of(CompareOperator op) noexcept { return kCompareNames[static_cast<std::size_t>(op)]; }

}  // namespace ouro::script::ast
