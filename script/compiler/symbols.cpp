// The second walk of the symbol table: where each name lives.
#include <ouro/script/compiler/symbol_walk.h>

#include <fmt/format.h>

#include <set>

namespace ouro::script {

namespace {

using Names = std::set<std::string_view>;

/// Decides one scope after the other.
class Analysis {
 public:
  /// `bound`: variables of functions around; `globals`: those that a scope around declares global. Returns what the scope
  /// and those inside take from around.
  Names analyse(Scope& scope, const Names& bound, Names globals) {
    Names local, free;
    Names inner_bound, inner_globals;
    // What a class binds is no variable of the functions in it.
    if (scope.sort == Scope::Sort::kClass) {
      inner_globals = globals;
      inner_bound = bound;
    }
    for (auto& [name, symbol] : scope.symbols) decide(scope, name, symbol, bound, local, free, globals);
    if (scope.sort != Scope::Sort::kClass) {
      if (scope.is_function()) inner_bound.insert(local.begin(), local.end());
      inner_bound.insert(bound.begin(), bound.end());
      for (const auto& [name, symbol] : scope.symbols)
        if (symbol.where == Where::kGlobalExplicit) inner_bound.erase(name);
      inner_globals = globals;
    } else {
      inner_bound.insert("__class__");
    }
    Names wanted;
    for (Scope* const inner : scope.inner) {
      const Names of_inner = analyse(*inner, inner_bound, inner_globals);
      wanted.insert(of_inner.begin(), of_inner.end());
    }
    if (scope.is_function()) make_cells(scope, wanted);
    if (scope.sort == Scope::Sort::kClass && wanted.erase("__class__") != 0) scope.needs_class_cell = true;
    pass_through(scope, bound, wanted);
    free.insert(wanted.begin(), wanted.end());
    return free;
  }

 private:
  static void decide(Scope& scope, std::string_view name, Symbol& symbol, const Names& bound, Names& local, Names& free,
                     Names& globals) {
    if ((symbol.uses & kDeclaredGlobal) != 0) {
      if ((symbol.uses & kDeclaredNonlocal) != 0)
        throw ProgramError(fmt::format("name '{}' is nonlocal and global", name), symbol.declared);
      symbol.where = Where::kGlobalExplicit;
      globals.insert(name);
    } else if ((symbol.uses & kDeclaredNonlocal) != 0) {
      if (scope.sort == Scope::Sort::kModule)
        throw ProgramError("nonlocal declaration not allowed at module level", symbol.declared);
      if (!bound.contains(name))
        throw ProgramError(fmt::format("no binding for nonlocal '{}' found", name), symbol.declared);
      symbol.where = Where::kFree;
      free.insert(name);
    } else if (symbol.is_bound()) {
      symbol.where = Where::kLocal;
      local.insert(name);
      globals.erase(name);
    } else if (bound.contains(name)) {
      symbol.where = Where::kFree;
      free.insert(name);
    } else {
      symbol.where = Where::kGlobalImplicit;
    }
  }

  /// The locals that scopes inside use are cells.
  static void make_cells(Scope& scope, Names& wanted) {
    for (auto& [name, symbol] : scope.symbols)
      if (symbol.where == Where::kLocal && wanted.erase(name) != 0) symbol.where = Where::kCell;
  }

  /// A scope hands down the cells that those inside take from around.
  static void pass_through(Scope& scope, const Names& bound, Names& wanted) {
    for (auto it = wanted.begin(); it != wanted.end();) {
      const std::string_view name = *it;
      const auto found = scope.symbols.find(name);
      if (found != scope.symbols.end()) {
        const bool is_of_class =
            scope.sort == Scope::Sort::kClass && (found->second.is_bound() || (found->second.uses & kDeclaredGlobal) != 0);
        if (is_of_class) found->second.uses |= kFreeOfClass;
        ++it;
      } else if (bound.contains(name)) {
        scope.symbols[name].where = Where::kFree;
        ++it;
      } else {
        it = wanted.erase(it);
      }
    }
  }
};

void mark_nested(Scope& scope, bool in_function) {
  scope.is_nested = in_function;
  for (Scope* const inner : scope.inner) mark_nested(*inner, in_function || scope.is_function());
}

}  // namespace

Symbols::Symbols(const ast::Mod& tree) {
  SymbolWalk(*this).walk(tree);
  Analysis().analyse(scopes_.front(), {}, {});
  mark_nested(scopes_.front(), false);
}

Scope& Symbols::add(const ast::Node& node, Scope* outer, Scope::Sort sort, std::string name) {
  Scope& made = scopes_.emplace_back();
  made.sort = sort;
  made.name = std::move(name);
  made.outer = outer;
  if (outer != nullptr) {
    made.class_name = outer->class_name;
    outer->inner.push_back(&made);
  }
  by_node_.emplace(&node, &made);
  return made;
}

std::string_view Symbols::mangled(std::string_view class_name, std::string_view name) {
  const bool is_private = name.size() > 2 && name.starts_with("__") && !name.ends_with("__");
  if (class_name.empty() || !is_private || name.find('.') != std::string_view::npos) return name;
  const std::size_t first = class_name.find_first_not_of('_');
  if (first == std::string_view::npos) return name;
  mangled_.push_back(fmt::format("_{}{}", class_name.substr(first), name));
  return mangled_.back();
}

}  // namespace ouro::script
