// The nodes of whole inputs, and the parts of statements. `each_field` is as in expressions.h.
#pragma once

#include <ouro/script/syntax/expressions.h>

namespace ouro::script::ast {

struct Module : PlainNodeOf<Mod, Kind::kModule> {
  NodeList<Stmt> body{};
  NodeList<Node> type_ignores{};  ///< never kept

  template <class F>
  void each_field(F&& visit) const {
    visit("body", body, false);
    visit("type_ignores", type_ignores, false);
  }
};

struct Interactive : PlainNodeOf<Mod, Kind::kInteractive> {
  NodeList<Stmt> body{};

  template <class F>
  void each_field(F&& visit) const {
    visit("body", body, false);
  }
};

struct Expression : PlainNodeOf<Mod, Kind::kExpression> {
  Expr* body = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("body", body, false);
  }
};

struct ExceptHandler : PartOf<Kind::kExceptHandler> {
  Expr* type = nullptr;  ///< may be null
  Identifier name{};     ///< may be absent
  NodeList<Stmt> body{};

  template <class F>
  void each_field(F&& visit) const {
    visit("type", type, true);
    visit("name", name, true);
    visit("body", body, false);
  }
};

struct Alias : PartOf<Kind::kAlias> {
  Identifier name{};
  Identifier asname{};  ///< may be absent

  template <class F>
  void each_field(F&& visit) const {
    visit("name", name, false);
    visit("asname", asname, true);
  }
};

struct WithItem : PlainNodeOf<Node, Kind::kWithItem> {
  Expr* context_expr = nullptr;
  Expr* optional_vars = nullptr;  ///< may be null

  template <class F>
  void each_field(F&& visit) const {
    visit("context_expr", context_expr, false);
    visit("optional_vars", optional_vars, true);
  }
};

struct MatchCase : PlainNodeOf<Node, Kind::kMatchCase> {
  Pattern* pattern = nullptr;
  Expr* guard = nullptr;  ///< may be null
  NodeList<Stmt> body{};

  template <class F>
  void each_field(F&& visit) const {
    visit("pattern", pattern, false);
    visit("guard", guard, true);
    visit("body", body, false);
  }
};

}  // namespace ouro::script::ast
