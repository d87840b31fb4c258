// The nodes of expressions. `each_field` calls `visit(name, field, is_optional)` for each field in the order of Python.asdl.
#pragma once

#include <ouro/script/syntax/node.h>

namespace ouro::script::ast {

struct Arguments;
struct Comprehension;
struct Keyword;

struct BoolOp : ExprOf<Kind::kBoolOp> {
  BoolOperator op{};
  NodeList<Expr> values{};

  template <class F>
  void each_field(F&& visit) const {
    visit("op", op, false);
    visit("values", values, false);
  }
};

struct NamedExpr : ExprOf<Kind::kNamedExpr> {
  Expr* target = nullptr;
  Expr* value = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("target", target, false);
    visit("value", value, false);
  }
};

struct BinOp : ExprOf<Kind::kBinOp> {
  Expr* left = nullptr;
  Operator op{};
  Expr* right = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("left", left, false);
    visit("op", op, false);
    visit("right", right, false);
  }
};

struct UnaryOp : ExprOf<Kind::kUnaryOp> {
  UnaryOperator op{};
  Expr* operand = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("op", op, false);
    visit("operand", operand, false);
  }
};

struct Lambda : ExprOf<Kind::kLambda> {
  Arguments* args = nullptr;
  Expr* body = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("args", args, false);
    visit("body", body, false);
  }
};

struct IfExp : ExprOf<Kind::kIfExp> {
  Expr* test = nullptr;
  Expr* body = nullptr;
  Expr* orelse = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("test", test, false);
    visit("body", body, false);
    visit("orelse", orelse, false);
  }
};

struct Dict : ExprOf<Kind::kDict> {
  NodeList<Expr> keys{};
  NodeList<Expr> values{};

  template <class F>
  void each_field(F&& visit) const {
    visit("keys", keys, false);
    visit("values", values, false);
  }
};

struct Set : ExprOf<Kind::kSet> {
  NodeList<Expr> elts{};

  template <class F>
  void each_field(F&& visit) const {
    visit("elts", elts, false);
  }
};

struct ListComp : ExprOf<Kind::kListComp> {
  Expr* elt = nullptr;
  NodeList<Comprehension> generators{};

  template <class F>
  void each_field(F&& visit) const {
    visit("elt", elt, false);
    visit("generators", generators, false);
  }
};

struct SetComp : ExprOf<Kind::kSetComp> {
  Expr* elt = nullptr;
  NodeList<Comprehension> generators{};

  template <class F>
  void each_field(F&& visit) const {
    visit("elt", elt, false);
    visit("generators", generators, false);
  }
};

struct DictComp : ExprOf<Kind::kDictComp> {
  Expr* key = nullptr;
  Expr* value = nullptr;
  NodeList<Comprehension> generators{};

  template <class F>
  void each_field(F&& visit) const {
    visit("key", key, false);
    visit("value", value, false);
    visit("generators", generators, false);
  }
};

struct GeneratorExp : ExprOf<Kind::kGeneratorExp> {
  Expr* elt = nullptr;
  NodeList<Comprehension> generators{};

  template <class F>
  void each_field(F&& visit) const {
    visit("elt", elt, false);
    visit("generators", generators, false);
  }
};

struct Await : ExprOf<Kind::kAwait> {
  Expr* value = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, false);
  }
};

struct Yield : ExprOf<Kind::kYield> {
  Expr* value = nullptr;  ///< may be null

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, true);
  }
};

struct YieldFrom : ExprOf<Kind::kYieldFrom> {
  Expr* value = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, false);
  }
};

struct Compare : ExprOf<Kind::kCompare> {
  Expr* left = nullptr;
  std::span<CompareOperator> ops{};
  NodeList<Expr> comparators{};

  template <class F>
  void each_field(F&& visit) const {
    visit("left", left, false);
    visit("ops", ops, false);
    visit("comparators", comparators, false);
  }
};

struct Call : ExprOf<Kind::kCall> {
  Expr* func = nullptr;
  NodeList<Expr> args{};
  NodeList<Keyword> keywords{};

  template <class F>
  void each_field(F&& visit) const {
    visit("func", func, false);
    visit("args", args, false);
    visit("keywords", keywords, false);
  }
};

struct FormattedValue : ExprOf<Kind::kFormattedValue> {
  Expr* value = nullptr;
  int conversion = 0;
  Expr* format_spec = nullptr;  ///< may be null

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, false);
    visit("conversion", conversion, false);
    visit("format_spec", format_spec, true);
  }
};

struct JoinedStr : ExprOf<Kind::kJoinedStr> {
  NodeList<Expr> values{};

  template <class F>
  void each_field(F&& visit) const {
    visit("values", values, false);
  }
};

struct Constant : ExprOf<Kind::kConstant> {
  Value value{};
  std::string_view kind{};

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, false);
    visit("kind", kind, true);
  }
};

struct Attribute : ExprOf<Kind::kAttribute> {
  Expr* value = nullptr;
  Identifier attr{};
  ExprContext ctx{};

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, false);
    visit("attr", attr, false);
    visit("ctx", ctx, false);
  }
};

struct Subscript : ExprOf<Kind::kSubscript> {
  Expr* value = nullptr;
  Expr* slice = nullptr;
  ExprContext ctx{};

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, false);
    visit("slice", slice, false);
    visit("ctx", ctx, false);
  }
};

struct Starred : ExprOf<Kind::kStarred> {
  Expr* value = nullptr;
  ExprContext ctx{};

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, false);
    visit("ctx", ctx, false);
  }
};

struct Name : ExprOf<Kind::kName> {
  Identifier id{};
  ExprContext ctx{};

  template <class F>
  void each_field(F&& visit) const {
    visit("id", id, false);
    visit("ctx", ctx, false);
  }
};

struct List : ExprOf<Kind::kList> {
  NodeList<Expr> elts{};
  ExprContext ctx{};

  template <class F>
  void each_field(F&& visit) const {
    visit("elts", elts, false);
    visit("ctx", ctx, false);
  }
};

struct Tuple : ExprOf<Kind::kTuple> {
  NodeList<Expr> elts{};
  ExprContext ctx{};

  template <class F>
  void each_field(F&& visit) const {
    visit("elts", elts, false);
    visit("ctx", ctx, false);
  }
};

struct Slice : ExprOf<Kind::kSlice> {
  Expr* lower = nullptr;  ///< may be null
  Expr* upper = nullptr;  ///< may be null
  Expr* step = nullptr;   ///< may be null

  template <class F>
  void each_field(F&& visit) const {
    visit("lower", lower, true);
    visit("upper", upper, true);
    visit("step", step, true);
  }
};

struct Comprehension : PlainNodeOf<Node, Kind::kComprehension> {
  Expr* target = nullptr;
  Expr* iter = nullptr;
  NodeList<Expr> ifs{};
  int is_async = 0;

  template <class F>
  void each_field(F&& visit) const {
    visit("target", target, false);
    visit("iter", iter, false);
    visit("ifs", ifs, false);
    visit("is_async", is_async, false);
  }
};

struct Arg : PartOf<Kind::kArg> {
  Identifier arg{};
  Expr* annotation = nullptr;       ///< may be null
  std::string_view type_comment{};  ///< never kept

  template <class F>
  void each_field(F&& visit) const {
    visit("arg", arg, false);
    visit("annotation", annotation, true);
    visit("type_comment", type_comment, true);
  }
};

struct Arguments : PlainNodeOf<Node, Kind::kArguments> {
  NodeList<Arg> posonlyargs{};
  NodeList<Arg> args{};
  Arg* vararg = nullptr;  ///< may be null
  NodeList<Arg> kwonlyargs{};
  NodeList<Expr> kw_defaults{};
  Arg* kwarg = nullptr;  ///< may be null
  NodeList<Expr> defaults{};

  template <class F>
  void each_field(F&& visit) const {
    visit("posonlyargs", posonlyargs, false);
    visit("args", args, false);
    visit("vararg", vararg, true);
    visit("kwonlyargs", kwonlyargs, false);
    visit("kw_defaults", kw_defaults, false);
    visit("kwarg", kwarg, true);
    visit("defaults", defaults, false);
  }
};

struct Keyword : PartOf<Kind::kKeyword> {
  Identifier arg{};  ///< may be absent
  Expr* value = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("arg", arg, true);
    visit("value", value, false);
  }
};

}  // namespace ouro::script::ast
