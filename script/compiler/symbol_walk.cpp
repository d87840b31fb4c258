// What each scope does with each name: statements.
#include <ouro/script/compiler/symbol_walk.h>

#include <fmt/format.h>

namespace ouro::script {

using namespace ast;

void SymbolWalk::walk(const Mod& tree) {
  const Inside inside(*this, symbols_.add(tree, nullptr, Scope::Sort::kModule, "top"));
  switch (tree.kind) {
    case Kind::kModule:
      return statements(static_cast<const Module&>(tree).body);
    case Kind::kInteractive:
      return statements(static_cast<const Interactive&>(tree).body);
    default:
      return expression(static_cast<const Expression&>(tree).body);
  }
}

Symbol& SymbolWalk::add_to(Scope& scope, std::string_view name, std::uint32_t use, const Span& place) {
  const std::string_view mangled = symbols_.mangled(scope.class_name, name);
  Symbol& symbol = scope.symbols[mangled];
  if ((use & kParameter) != 0 && (symbol.uses & kParameter) != 0)
    throw ProgramError(fmt::format("duplicate argument '{}' in function definition", name), place);
  symbol.uses |= use;
  return symbol;
}

Symbol& SymbolWalk::add(std::string_view name, std::uint32_t use, const Span& place) {
  return add_to(*scope_, name, use, place);
}

void SymbolWalk::statements(NodeList<Stmt> body) {
  for (const Stmt* const node : body) statement(*node);
}

template <class Definition>
void SymbolWalk::function(const Definition& node, bool is_async) {
  add(node.name, kAssigned, node.span);
  defaults(*node.args);
  annotations(*node.args, node.returns);
  expressions(node.decorator_list);
  Scope& made = symbols_.add(node, scope_, Scope::Sort::kFunction, std::string(node.name));
  made.is_coroutine = is_async;
  const Inside inside(*this, made);
  parameters(*node.args);
  statements(node.body);
}

void SymbolWalk::class_definition(const ClassDef& node) {
  add(node.name, kAssigned, node.span);
  expressions(node.bases);
  for (const Keyword* const keyword : node.keywords) expression(keyword->value);
  expressions(node.decorator_list);
  Scope& made = symbols_.add(node, scope_, Scope::Sort::kClass, std::string(node.name));
  made.class_name = node.name;
  const Inside inside(*this, made);
  statements(node.body);
}

void SymbolWalk::annotated(const AnnAssign& node) {
  if (const auto* const name = try_as<Name>(node.target)) {
    const Symbol& before = add(name->id, 0, node.span);
    if (node.simple != 0 && scope_->sort != Scope::Sort::kModule &&
        (before.uses & (kDeclaredGlobal | kDeclaredNonlocal)) != 0)
      throw ProgramError(fmt::format("annotated name '{}' can't be {}", name->id,
                                     (before.uses & kDeclaredGlobal) != 0 ? "global" : "nonlocal"),
                         node.span);
    add(name->id, node.simple != 0 ? kAnnotated | kAssigned : node.value != nullptr ? kAssigned : 0U, node.span);
  } else {
    expression(node.target);
  }
  expression(node.annotation);
  expression(node.value);
}

template <class Declaration>
void SymbolWalk::declaration(const Declaration& node, std::uint32_t use) {
  const char* const word = use == kDeclaredGlobal ? "global" : "nonlocal";
  for (const Identifier name : node.names) {
    Symbol& symbol = add(name, 0, node.span);
    const char* problem = nullptr;
    if ((symbol.uses & kParameter) != 0)
      problem = "name '{}' is parameter and {}";
    else if ((symbol.uses & kUsed) != 0)
      problem = "name '{}' is used prior to {} declaration";
    else if ((symbol.uses & kAnnotated) != 0)
      problem = "annotated name '{}' can't be {}";
    else if ((symbol.uses & kAssigned) != 0)
      problem = "name '{}' is assigned to before {} declaration";
    if (problem != nullptr) throw ProgramError(fmt::format(fmt::runtime(problem), name, word), node.span);
    symbol.uses |= use;
    symbol.declared = node.span;
    if (use == kDeclaredGlobal) declare_outermost(name);
  }
}

/// A name that is declared global anywhere is a global of the outermost code, too, whatever namespace that is run in.
void SymbolWalk::declare_outermost(std::string_view name) {
  Scope* outermost = scope_;
  while (outermost->outer != nullptr) outermost = outermost->outer;
  outermost->symbols[symbols_.mangled(scope_->class_name, name)].uses |= kDeclaredGlobal;
}

void SymbolWalk::aliases(NodeList<Alias> names, bool is_from) {
  for (const Alias* const alias : names) {
    const std::string_view name = !is_absent(alias->asname) ? alias->asname : alias->name;
    if (name == "*") {
      if (scope_->sort != Scope::Sort::kModule) throw ProgramError("import * only allowed at module level", alias->span);
      scope_->has_star_import = true;
      continue;
    }
    const bool is_dotted = !is_from && is_absent(alias->asname);
    add(is_dotted ? name.substr(0, name.find('.')) : name, kAssigned, alias->span);
  }
}

void SymbolWalk::with_items(NodeList<WithItem> items) {
  for (const WithItem* const item : items) {
    expression(item->context_expr);
    expression(item->optional_vars);
  }
}

template <class Statement>
void SymbolWalk::try_statement(const Statement& node) {
  statements(node.body);
  for (const ExceptHandler* const handler : node.handlers) {
    expression(handler->type);
    if (!is_absent(handler->name)) add(handler->name, kAssigned, handler->span);
    statements(handler->body);
  }
  statements(node.orelse);
  statements(node.finalbody);
}

void SymbolWalk::match(const Match& node) {
  expression(node.subject);
  for (const MatchCase* const one : node.cases) {
    pattern(one->pattern);
    expression(one->guard);
    statements(one->body);
  }
}

template <class Statement>
void SymbolWalk::for_statement(const Statement& node) {
  expression(node.target);
  expression(node.iter);
  statements(node.body);
  statements(node.orelse);
}

void SymbolWalk::statement(const Stmt& node) {
  switch (node.kind) {
    case Kind::kFunctionDef:
      return function(static_cast<const FunctionDef&>(node), false);
    case Kind::kAsyncFunctionDef:
      return function(static_cast<const AsyncFunctionDef&>(node), true);
    case Kind::kClassDef:
      return class_definition(static_cast<const ClassDef&>(node));
    case Kind::kReturn:
      return expression(static_cast<const Return&>(node).value);
    case Kind::kDelete:
      return expressions(static_cast<const Delete&>(node).targets);
    case Kind::kAssign:
      expressions(static_cast<const Assign&>(node).targets);
      return expression(static_cast<const Assign&>(node).value);
    case Kind::kAugAssign:
      expression(static_cast<const AugAssign&>(node).target);
      return expression(static_cast<const AugAssign&>(node).value);
    case Kind::kAnnAssign:
      return annotated(static_cast<const AnnAssign&>(node));
    case Kind::kFor:
      return for_statement(static_cast<const For&>(node));
    case Kind::kAsyncFor:
      return for_statement(static_cast<const AsyncFor&>(node));
    case Kind::kWhile:
      expression(static_cast<const While&>(node).test);
      statements(static_cast<const While&>(node).body);
      return statements(static_cast<const While&>(node).orelse);
    case Kind::kIf:
      expression(static_cast<const If&>(node).test);
      statements(static_cast<const If&>(node).body);
      return statements(static_cast<const If&>(node).orelse);
    case Kind::kWith:
      with_items(static_cast<const With&>(node).items);
      return statements(static_cast<const With&>(node).body);
    case Kind::kAsyncWith:
      with_items(static_cast<const AsyncWith&>(node).items);
      return statements(static_cast<const AsyncWith&>(node).body);
    case Kind::kMatch:
      return match(static_cast<const Match&>(node));
    case Kind::kRaise:
      expression(static_cast<const Raise&>(node).exc);
      return expression(static_cast<const Raise&>(node).cause);
    case Kind::kTry:
      return try_statement(static_cast<const Try&>(node));
    case Kind::kTryStar:
      return try_statement(static_cast<const TryStar&>(node));
    case Kind::kAssert:
      expression(static_cast<const Assert&>(node).test);
      return expression(static_cast<const Assert&>(node).msg);
    case Kind::kImport:
      return aliases(static_cast<const Import&>(node).names, false);
    case Kind::kImportFrom:
      return aliases(static_cast<const ImportFrom&>(node).names, true);
    case Kind::kGlobal:
      return declaration(static_cast<const Global&>(node), kDeclaredGlobal);
    case Kind::kNonlocal:
      return declaration(static_cast<const Nonlocal&>(node), kDeclaredNonlocal);
    case Kind::kExpr:
      return expression(static_cast<const ExprStmt&>(node).value);
    default:
      return;
  }
}

}  // namespace ouro::script
