// The nodes of statements. `each_field` is as in expressions.h.
#pragma once

#include <ouro/script/syntax/expressions.h>

namespace ouro::script::ast {

struct Alias;
struct ExceptHandler;
struct MatchCase;
struct WithItem;

struct FunctionDef : StmtOf<Kind::kFunctionDef> {
  Identifier name{};
  Arguments* args = nullptr;
  NodeList<Stmt> body{};
  NodeList<Expr> decorator_list{};
  Expr* returns = nullptr;          ///< may be null
  std::string_view type_comment{};  ///< never kept

  template <class F>
  void each_field(F&& visit) const {
    visit("name", name, false);
    visit("args", args, false);
    visit("body", body, false);
    visit("decorator_list", decorator_list, false);
    visit("returns", returns, true);
    visit("type_comment", type_comment, true);
  }
};

struct AsyncFunctionDef : StmtOf<Kind::kAsyncFunctionDef> {
  Identifier name{};
  Arguments* args = nullptr;
  NodeList<Stmt> body{};
  NodeList<Expr> decorator_list{};
  Expr* returns = nullptr;          ///< may be null
  std::string_view type_comment{};  ///< never kept

  template <class F>
  void each_field(F&& visit) const {
    visit("name", name, false);
    visit("args", args, false);
    visit("body", body, false);
    visit("decorator_list", decorator_list, false);
    visit("returns", returns, true);
    visit("type_comment", type_comment, true);
  }
};

struct ClassDef : StmtOf<Kind::kClassDef> {
  Identifier name{};
  NodeList<Expr> bases{};
  NodeList<Keyword> keywords{};
  NodeList<Stmt> body{};
  NodeList<Expr> decorator_list{};

  template <class F>
  void each_field(F&& visit) const {
    visit("name", name, false);
    visit("bases", bases, false);
    visit("keywords", keywords, false);
    visit("body", body, false);
    visit("decorator_list", decorator_list, false);
  }
};

struct Return : StmtOf<Kind::kReturn> {
  Expr* value = nullptr;  ///< may be null

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, true);
  }
};

struct Delete : StmtOf<Kind::kDelete> {
  NodeList<Expr> targets{};

  template <class F>
  void each_field(F&& visit) const {
    visit("targets", targets, false);
  }
};

struct Assign : StmtOf<Kind::kAssign> {
  NodeList<Expr> targets{};
  Expr* value = nullptr;
  std::string_view type_comment{};  ///< never kept

  template <class F>
  void each_field(F&& visit) const {
    visit("targets", targets, false);
    visit("value", value, false);
    visit("type_comment", type_comment, true);
  }
};

struct AugAssign : StmtOf<Kind::kAugAssign> {
  Expr* target = nullptr;
  Operator op{};
  Expr* value = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("target", target, false);
    visit("op", op, false);
    visit("value", value, false);
  }
};

struct AnnAssign : StmtOf<Kind::kAnnAssign> {
  Expr* target = nullptr;
  Expr* annotation = nullptr;
  Expr* value = nullptr;  ///< may be null
  int simple = 0;

  template <class F>
  void each_field(F&& visit) const {
    visit("target", target, false);
    visit("annotation", annotation, false);
    visit("value", value, true);
    visit("simple", simple, false);
  }
};

struct For : StmtOf<Kind::kFor> {
  Expr* target = nullptr;
  Expr* iter = nullptr;
  NodeList<Stmt> body{};
  NodeList<Stmt> orelse{};
  std::string_view type_comment{};  ///< never kept

  template <class F>
  void each_field(F&& visit) const {
    visit("target", target, false);
    visit("iter", iter, false);
    visit("body", body, false);
    visit("orelse", orelse, false);
    visit("type_comment", type_comment, true);
  }
};

struct AsyncFor : StmtOf<Kind::kAsyncFor> {
  Expr* target = nullptr;
  Expr* iter = nullptr;
  NodeList<Stmt> body{};
  NodeList<Stmt> orelse{};
  std::string_view type_comment{};  ///< never kept

  template <class F>
  void each_field(F&& visit) const {
    visit("target", target, false);
    visit("iter", iter, false);
    visit("body", body, false);
    visit("orelse", orelse, false);
    visit("type_comment", type_comment, true);
  }
};

struct While : StmtOf<Kind::kWhile> {
  Expr* test = nullptr;
  NodeList<Stmt> body{};
  NodeList<Stmt> orelse{};

  template <class F>
  void each_field(F&& visit) const {
    visit("test", test, false);
    visit("body", body, false);
    visit("orelse", orelse, false);
  }
};

struct If : StmtOf<Kind::kIf> {
  Expr* test = nullptr;
  NodeList<Stmt> body{};
  NodeList<Stmt> orelse{};

  template <class F>
  void each_field(F&& visit) const {
    visit("test", test, false);
    visit("body", body, false);
    visit("orelse", orelse, false);
  }
};

struct With : StmtOf<Kind::kWith> {
  NodeList<WithItem> items{};
  NodeList<Stmt> body{};
  std::string_view type_comment{};  ///< never kept

  template <class F>
  void each_field(F&& visit) const {
    visit("items", items, false);
    visit("body", body, false);
    visit("type_comment", type_comment, true);
  }
};

struct AsyncWith : StmtOf<Kind::kAsyncWith> {
  NodeList<WithItem> items{};
  NodeList<Stmt> body{};
  std::string_view type_comment{};  ///< never kept

  template <class F>
  void each_field(F&& visit) const {
    visit("items", items, false);
    visit("body", body, false);
    visit("type_comment", type_comment, true);
  }
};

struct Match : StmtOf<Kind::kMatch> {
  Expr* subject = nullptr;
  NodeList<MatchCase> cases{};

  template <class F>
  void each_field(F&& visit) const {
    visit("subject", subject, false);
    visit("cases", cases, false);
  }
};

struct Raise : StmtOf<Kind::kRaise> {
  Expr* exc = nullptr;    ///< may be null
  Expr* cause = nullptr;  ///< may be null

  template <class F>
  void each_field(F&& visit) const {
    visit("exc", exc, true);
    visit("cause", cause, true);
  }
};

struct Try : StmtOf<Kind::kTry> {
  NodeList<Stmt> body{};
  NodeList<ExceptHandler> handlers{};
  NodeList<Stmt> orelse{};
  NodeList<Stmt> finalbody{};

  template <class F>
  void each_field(F&& visit) const {
    visit("body", body, false);
    visit("handlers", handlers, false);
    visit("orelse", orelse, false);
    visit("finalbody", finalbody, false);
  }
};

struct TryStar : StmtOf<Kind::kTryStar> {
  NodeList<Stmt> body{};
  NodeList<ExceptHandler> handlers{};
  NodeList<Stmt> orelse{};
  NodeList<Stmt> finalbody{};

  template <class F>
  void each_field(F&& visit) const {
    visit("body", body, false);
    visit("handlers", handlers, false);
    visit("orelse", orelse, false);
    visit("finalbody", finalbody, false);
  }
};

struct Assert : StmtOf<Kind::kAssert> {
  Expr* test = nullptr;
  Expr* msg = nullptr;  ///< may be null

  template <class F>
  void each_field(F&& visit) const {
    visit("test", test, false);
    visit("msg", msg, true);
  }
};

struct Import : StmtOf<Kind::kImport> {
  NodeList<Alias> names{};

  template <class F>
  void each_field(F&& visit) const {
    visit("names", names, false);
  }
};

struct ImportFrom : StmtOf<Kind::kImportFrom> {
  Identifier module{};  ///< may be absent
  NodeList<Alias> names{};
  int level = 0;

  template <class F>
  void each_field(F&& visit) const {
    visit("module", module, true);
    visit("names", names, false);
    visit("level", level, false);
  }
};

struct Global : StmtOf<Kind::kGlobal> {
  std::span<Identifier> names{};

  template <class F>
  void each_field(F&& visit) const {
    visit("names", names, false);
  }
};

struct Nonlocal : StmtOf<Kind::kNonlocal> {
  std::span<Identifier> names{};

  template <class F>
  void each_field(F&& visit) const {
    visit("names", names, false);
  }
};

struct ExprStmt : StmtOf<Kind::kExpr> {
  Expr* value = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, false);
  }
};

struct Pass : StmtOf<Kind::kPass> {
  template <class F>
  void each_field(F&&) const {}
};

struct Break : StmtOf<Kind::kBreak> {
  template <class F>
  void each_field(F&&) const {}
};

struct Continue : StmtOf<Kind::kContinue> {
  template <class F>
  void each_field(F&&) const {}
};

}  // namespace ouro::script::ast
