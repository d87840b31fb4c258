// Expressions: displays, operators, subscripts, f-strings, yields.
#include <ouro/script/compiler/detail/compiling.h>
#include <ouro/script/compiler/operators.h>

#include <algorithm>

namespace ouro::script {

using ast::ExprContext;
using ast::Kind;

/// CPython's compiler has a limit of its own, which follows from the recursion limit.
class Compiling::Deeper {
 public:
  static constexpr std::uint32_t kMost = 3000;

  explicit Deeper(Compiling& compiling) : depth_(compiling.depth_) {
    if (++depth_ > kMost) {
      --depth_;
      raise(ErrorKind::kRecursionError, "maximum recursion depth exceeded during compilation");
    }
  }
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  std::uint32_t& depth_;
};

void Compiling::expression(const Expr& node) {
  const Deeper deeper(*this);
  const At at(*this, node.span);
  expression_at(node);
}

void Compiling::expression_at(const Expr& node) {
  switch (node.kind) {
    case Kind::kBoolOp:
      return bool_op(static_cast<const ast::BoolOp&>(node));
    case Kind::kNamedExpr:
      return named(static_cast<const ast::NamedExpr&>(node));
    case Kind::kBinOp:
      return binary(static_cast<const ast::BinOp&>(node));
    case Kind::kUnaryOp:
      return unary(static_cast<const ast::UnaryOp&>(node));
    case Kind::kLambda:
      return lambda(static_cast<const ast::Lambda&>(node));
    case Kind::kIfExp:
      return conditional(static_cast<const ast::IfExp&>(node));
    case Kind::kDict:
      return dict_display(static_cast<const ast::Dict&>(node));
    case Kind::kSet:
      return display(Op::kBuildSet, Op::kSetAdd, Op::kSetUpdate, static_cast<const ast::Set&>(node).elts, 0);
    case Kind::kListComp: {
      const auto& one = static_cast<const ast::ListComp&>(node);
      return comprehension(one, "<listcomp>", *one.elt, nullptr);
    }
    case Kind::kSetComp: {
      const auto& one = static_cast<const ast::SetComp&>(node);
      return comprehension(one, "<setcomp>", *one.elt, nullptr);
    }
    case Kind::kDictComp: {
      const auto& one = static_cast<const ast::DictComp&>(node);
      return comprehension(one, "<dictcomp>", *one.key, one.value);
    }
    case Kind::kGeneratorExp: {
      const auto& one = static_cast<const ast::GeneratorExp&>(node);
      return comprehension(one, "<genexpr>", *one.elt, nullptr);
    }
    case Kind::kAwait:
      return await(static_cast<const ast::Await&>(node));
    case Kind::kYield:
      return yield(static_cast<const ast::Yield&>(node));
    case Kind::kYieldFrom:
      return yield_from(static_cast<const ast::YieldFrom&>(node));
    case Kind::kCompare:
      return compare(static_cast<const ast::Compare&>(node));
    case Kind::kCall:
      return call(static_cast<const ast::Call&>(node));
    case Kind::kFormattedValue:
      return formatted(static_cast<const ast::FormattedValue&>(node));
    case Kind::kJoinedStr:
      return joined(static_cast<const ast::JoinedStr&>(node));
    case Kind::kConstant:
      return literal(static_cast<const ast::Constant&>(node).value);
    case Kind::kAttribute:
      expression(*static_cast<const ast::Attribute&>(node).value);
      return attribute_op(Op::kLoadAttribute, static_cast<const ast::Attribute&>(node).attr);
    case Kind::kSubscript:
      return subscript(static_cast<const ast::Subscript&>(node));
    case Kind::kStarred:
      refuse("can't use starred expression here", node.span);
    case Kind::kName:
      return name(static_cast<const ast::Name&>(node).id, ExprContext::kLoad);
    case Kind::kList:
      return list_display(static_cast<const ast::List&>(node));
    case Kind::kTuple:
      return tuple_display(static_cast<const ast::Tuple&>(node));
    case Kind::kSlice:
      return slice(static_cast<const ast::Slice&>(node));
    default:
      return;
  }
}

// ---- Operators ----

void Compiling::bool_op(const ast::BoolOp& node) {
  Label end;
  const Op op = node.op == ast::BoolOperator::kAnd ? Op::kJumpIfFalseOrPop : Op::kJumpIfTrueOrPop;
  for (std::size_t i = 0; i + 1 < node.values.size(); ++i) {
    expression(*node.values[i]);
    out().jump(op, end);
  }
  expression(*node.values.back());
  out().bind(end);
}

void Compiling::binary(const ast::BinOp& node) {
  if (std::optional<Constant> folded = constants_.fold(node)) return constant(std::move(*folded));
  expression(*node.left);
  expression(*node.right);
  switch (node.op) {
    case ast::Operator::kAdd:
      return emit(Op::kBinaryAdd);
    case ast::Operator::kSub:
      return emit(Op::kBinarySubtract);
    case ast::Operator::kMult:
      return emit(Op::kBinaryMultiply);
    default:
      return emit(Op::kBinary, operator_argument(node.op));
  }
}

void Compiling::unary(const ast::UnaryOp& node) {
  if (std::optional<Constant> folded = constants_.fold(node)) return constant(std::move(*folded));
  expression(*node.operand);
  switch (node.op) {
    case ast::UnaryOperator::kNot:
      return emit(Op::kUnaryNot);
    case ast::UnaryOperator::kUSub:
      return emit(Op::kUnaryNegative);
    case ast::UnaryOperator::kUAdd:
      return emit(Op::kUnaryPositive);
    case ast::UnaryOperator::kInvert:
      return emit(Op::kUnaryInvert);
  }
}

void Compiling::conditional(const ast::IfExp& node) {
  Label otherwise, end;
  jump_if(*node.test, otherwise, false);
  expression(*node.body);
  out().jump(Op::kJump, end);
  out().bind(otherwise);
  expression(*node.orelse);
  out().bind(end);
}

void Compiling::compare_op(ast::CompareOperator op) {
  using enum ast::CompareOperator;
  const auto order = [&](Comparison comparison) { emit(Op::kCompare, static_cast<std::uint32_t>(comparison)); };
  switch (op) {
    case kEq:
      return order(Comparison::kEqual);
    case kNotEq:
      return order(Comparison::kNotEqual);
    case kLt:
      return order(Comparison::kLess);
    case kLtE:
      return order(Comparison::kLessEqual);
    case kGt:
      return order(Comparison::kGreater);
    case kGtE:
      return order(Comparison::kGreaterEqual);
    case kIs:
    case kIsNot:
      return emit(Op::kIs, op == kIsNot ? 1 : 0);
    case kIn:
    case kNotIn:
      return emit(Op::kContains, op == kNotIn ? 1 : 0);
  }
}

void Compiling::compare(const ast::Compare& node) {
  expression(*node.left);
  const std::size_t last = node.ops.size() - 1;
  Label cleanup, end;
  for (std::size_t i = 0; i < last; ++i) {
    expression(*node.comparators[i]);
    emit(Op::kSwap, 2);
    emit(Op::kCopy, 2);
    compare_op(node.ops[i]);
    out().jump(Op::kJumpIfFalseOrPop, cleanup);
  }
  expression(*node.comparators[last]);
  compare_op(node.ops[last]);
  if (last == 0) return;
  out().jump(Op::kJump, end);
  out().bind(cleanup);
  emit(Op::kSwap, 2);
  emit(Op::kPop);
  out().bind(end);
}

// ---- Tests ----

void Compiling::jump_if_compare(const ast::Compare& node, Label& to, bool when) {
  const std::size_t last = node.ops.size() - 1;
  Label cleanup, end;
  expression(*node.left);
  for (std::size_t i = 0; i < last; ++i) {
    expression(*node.comparators[i]);
    emit(Op::kSwap, 2);
    emit(Op::kCopy, 2);
    compare_op(node.ops[i]);
    out().jump(Op::kJumpIfFalse, cleanup);
  }
  expression(*node.comparators[last]);
  compare_op(node.ops[last]);
  out().jump(when ? Op::kJumpIfTrue : Op::kJumpIfFalse, to);
  out().jump(Op::kJump, end);
  out().bind(cleanup);
  emit(Op::kPop);
  if (!when) out().jump(Op::kJump, to);
  out().bind(end);
}

void Compiling::jump_if(const Expr& test, Label& to, bool when) {
  const Deeper deeper(*this);
  const At at(*this, test.span);
  if (const auto* const unary_op = ast::try_as<ast::UnaryOp>(&test); unary_op && unary_op->op == ast::UnaryOperator::kNot)
    return jump_if(*unary_op->operand, to, !when);
  if (const auto* const both = ast::try_as<ast::BoolOp>(&test)) {
    const bool stops_at = both->op == ast::BoolOperator::kOr;
    Label behind;
    Label& stop = stops_at == when ? to : behind;
    for (std::size_t i = 0; i + 1 < both->values.size(); ++i) jump_if(*both->values[i], stop, stops_at);
    jump_if(*both->values.back(), to, when);
    return out().bind(behind);
  }
  if (const auto* const choice = ast::try_as<ast::IfExp>(&test)) {
    Label otherwise, end;
    jump_if(*choice->test, otherwise, false);
    jump_if(*choice->body, to, when);
    out().jump(Op::kJump, end);
    out().bind(otherwise);
    jump_if(*choice->orelse, to, when);
    return out().bind(end);
  }
  if (const auto* const chain = ast::try_as<ast::Compare>(&test); chain != nullptr && chain->ops.size() > 1)
    return jump_if_compare(*chain, to, when);
  if (const auto* const one = ast::try_as<ast::Compare>(&test); one != nullptr) {
    const auto* const right = ast::try_as<ast::Constant>(one->comparators[0]);
    const bool is_identity = one->ops[0] == ast::CompareOperator::kIs || one->ops[0] == ast::CompareOperator::kIsNot;
    if (is_identity && right != nullptr && right->value.type == ast::Value::Type::kNone) {
      expression(*one->left);
      const bool if_none = (one->ops[0] == ast::CompareOperator::kIs) == when;
      return out().jump(if_none ? Op::kJumpIfNone : Op::kJumpIfNotNone, to);
    }
  }
  if (const std::optional<Constant> known = test.kind == Kind::kConstant ? constants_.fold(test) : std::nullopt) {
    if (truth(*known->object) == when) out().jump(Op::kJump, to);
    return;
  }
  expression(test);
  out().jump(when ? Op::kJumpIfTrue : Op::kJumpIfFalse, to);
}

// ---- Displays ----

void Compiling::display(Op build, Op add, Op extend, NodeList<Expr> elements, std::uint32_t below) {
  const bool has_star = std::ranges::any_of(elements, [](const Expr* e) { return e->kind == Kind::kStarred; });
  const bool is_long = elements.size() + below > 30;
  if (!has_star && !is_long) {
    for (const Expr* const element : elements) expression(*element);
    return emit(build, static_cast<std::uint32_t>(elements.size()) + below);
  }
  emit(build, below);
  for (const Expr* const element : elements) {
    if (const auto* const starred = ast::try_as<ast::Starred>(element)) {
      expression(*starred->value);
      emit(extend, 1);
    } else {
      expression(*element);
      emit(add, 1);
    }
  }
}

void Compiling::unpack(NodeList<Expr> elements) {
  bool seen = false;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (elements[i]->kind != Kind::kStarred) continue;
    if (seen) refuse("multiple starred expressions in assignment", elements[i]->span);
    seen = true;
    const std::size_t behind = elements.size() - i - 1;
    if (i >= 256 || behind >= 0x7FFF) refuse("too many expressions in star-unpacking assignment", elements[i]->span);
    emit(Op::kUnpackStarred, static_cast<std::uint32_t>(i | behind << 8));
  }
  if (!seen) emit(Op::kUnpackSequence, static_cast<std::uint32_t>(elements.size()));
  for (const Expr* const element : elements) {
    const auto* const starred = ast::try_as<ast::Starred>(element);
    target(starred != nullptr ? *starred->value : *element);
  }
}

void Compiling::list_display(const ast::List& node) {
  display(Op::kBuildList, Op::kListAppend, Op::kListExtend, node.elts, 0);
}

void Compiling::tuple_display(const ast::Tuple& node) {
  if (std::optional<Constant> folded = constants_.fold(node)) return constant(std::move(*folded));
  const bool has_star = std::ranges::any_of(node.elts, [](const Expr* e) { return e->kind == Kind::kStarred; });
  if (!has_star && node.elts.size() <= 30) {
    for (const Expr* const element : node.elts) expression(*element);
    return emit(Op::kBuildTuple, static_cast<std::uint32_t>(node.elts.size()));
  }
  display(Op::kBuildList, Op::kListAppend, Op::kListExtend, node.elts, 0);
  emit(Op::kListToTuple);
}

void Compiling::dict_display(const ast::Dict& node) {
  const bool has_star = std::ranges::any_of(node.keys, [](const Expr* key) { return key == nullptr; });
  if (!has_star && node.keys.size() <= 15) {
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      expression(*node.keys[i]);
      expression(*node.values[i]);
    }
    return emit(Op::kBuildMap, static_cast<std::uint32_t>(node.keys.size()));
  }
  emit(Op::kBuildMap, 0);
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    if (node.keys[i] == nullptr) {
      expression(*node.values[i]);
      emit(Op::kDictUpdate, 1);
    } else {
      expression(*node.keys[i]);
      expression(*node.values[i]);
      emit(Op::kMapAdd, 1);
    }
  }
}

void Compiling::subscript(const ast::Subscript& node) {
  expression(*node.value);
  expression(*node.slice);
  emit(Op::kSubscript);
}

void Compiling::slice(const ast::Slice& node) {
  const auto part = [&](const Expr* bound) { bound != nullptr ? expression(*bound) : none(); };
  part(node.lower);
  part(node.upper);
  if (node.step != nullptr) expression(*node.step);
  emit(Op::kBuildSlice, node.step != nullptr ? 3 : 2);
}

}  // namespace ouro::script
