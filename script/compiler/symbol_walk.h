// The first walk of the symbol table: notes what each scope does with each name.
#pragma once

#include <ouro/script/compiler/symbols.h>

namespace ouro::script {

class SymbolWalk {
 public:
  explicit SymbolWalk(Symbols& symbols) noexcept : symbols_(symbols) {}
  void walk(const ast::Mod& tree);

 private:
  using Span = ast::Span;

  /// A scope around what is walked now.
  class Inside {
   public:
    Inside(SymbolWalk& walk, Scope& scope) noexcept : walk_(walk), outer_(walk.scope_) { walk.scope_ = &scope; }
    ~Inside() { walk_.scope_ = outer_; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    SymbolWalk& walk_;
    Scope* outer_;
  };

  void statements(ast::NodeList<ast::Stmt> body);
  void statement(const ast::Stmt& node);
  void expression(const ast::Expr* node);
  void expressions(ast::NodeList<ast::Expr> nodes);
  void pattern(const ast::Pattern* node);
  void patterns(ast::NodeList<ast::Pattern> nodes);

  template <class Definition>
  void function(const Definition& node, bool is_async);
  void class_definition(const ast::ClassDef& node);
  void lambda(const ast::Lambda& node);
  template <class Node>
  void comprehension(const Node& node, Scope::Comprehension sort, const ast::Expr* element, const ast::Expr* value);
  void clauses(ast::NodeList<ast::Comprehension> generators);
  void parameters(const ast::Arguments& arguments);
  void defaults(const ast::Arguments& arguments);
  void annotations(const ast::Arguments& arguments, const ast::Expr* returns);
  void annotated(const ast::AnnAssign& node);
  template <class Declaration>
  void declaration(const Declaration& node, std::uint32_t use);
  void declare_outermost(std::string_view name);
  void named_expression(const ast::NamedExpr& node);
  void bind_named(const ast::NamedExpr& node, std::string_view name);
  void yields(const ast::Expr& node, const ast::Expr* value);
  void awaits(const ast::Await& node);
  void aliases(ast::NodeList<ast::Alias> names, bool is_from);
  void with_items(ast::NodeList<ast::WithItem> items);
  template <class Statement>
  void try_statement(const Statement& node);
  void match(const ast::Match& node);
  template <class Statement>
  void for_statement(const Statement& node);

  Symbol& add(std::string_view name, std::uint32_t use, const Span& place);
  Symbol& add_to(Scope& scope, std::string_view name, std::uint32_t use, const Span& place);
  void parameter(const ast::Arg* arg);

  Symbols& symbols_;
  Scope* scope_ = nullptr;
};

}  // namespace ouro::script
