// The symbol table: which scopes a file has, and where each name of each scope lives (CPython: Python/symtable.c).
//
// A file, a class, a function, a lambda and a comprehension are scopes. One walk over the tree notes what each scope
// does with each name; a second one, from the outside in and back, decides:
//
//   kLocal            a slot of the function, or the namespace of a file or class
//   kCell             a slot that holds a cell, because a scope inside uses the variable
//   kFree             the cell of a scope around
//   kGlobalExplicit   `global x`
//   kGlobalImplicit   used, and bound nowhere around: a global or a built-in
#pragma once

#include <ouro/script/syntax/modules.h>
#include <ouro/script/syntax/patterns.h>
#include <ouro/script/syntax/statements.h>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ouro::script {

/// What is wrong with a program, where. `what()` is the text of the SyntaxError.
class ProgramError : public std::runtime_error {
 public:
  ProgramError(const std::string& text, const ast::Span& place) : std::runtime_error(text), span(place) {}
  ast::Span span;
};

enum class Where : std::uint8_t { kUnknown, kLocal, kCell, kFree, kGlobalExplicit, kGlobalImplicit };

/// What a scope does with a name, as bits.
enum SymbolUse : std::uint32_t {
  kUsed = 1,
  kAssigned = 2,
  kParameter = 4,
  kDeclaredGlobal = 8,
  kDeclaredNonlocal = 16,
  kAnnotated = 32,
  kIterationVariable = 64,
  kFreeOfClass = 128,  ///< bound in the class, and used by a scope inside as a variable of a scope around
};

struct Symbol {
  std::uint32_t uses = 0;
  Where where = Where::kUnknown;
  ast::Span declared{};  ///< of the last `global` or `nonlocal`

  [[nodiscard]] bool is_bound() const noexcept { return (uses & (kAssigned | kParameter)) != 0; }
};

struct Scope {
  enum class Sort : std::uint8_t { kModule, kClass, kFunction };
  enum class Comprehension : std::uint8_t { kNone, kList, kSet, kDict, kGenerator };

  Sort sort = Sort::kModule;
  Comprehension comprehension = Comprehension::kNone;
  std::string name{};
  std::string_view class_name{};  ///< of the innermost class around, for names that begin with two underscores
  Scope* outer = nullptr;
  std::map<std::string_view, Symbol> symbols{};
  std::vector<Scope*> inner{};
  bool is_generator = false;
  bool is_coroutine = false;
  bool has_yield = false;
  bool needs_class_cell = false;  ///< of a class: a scope inside uses `__class__`
  bool is_nested = false;
  bool in_iterable = false;  ///< while walking: in the iterable of a comprehension, where := is not allowed
  bool has_star_import = false;

  [[nodiscard]] bool is_function() const noexcept { return sort == Sort::kFunction; }
};

/// The scopes of one tree, by the node that opens them.
class Symbols {
 public:
  /// Throws ProgramError.
  explicit Symbols(const ast::Mod& tree);

  [[nodiscard]] const Scope& of(const ast::Node& node) const { return *by_node_.at(&node); }
  /// `__x` in class C is `_C__x`. The text lives as long as the table.
  [[nodiscard]] std::string_view mangled(std::string_view class_name, std::string_view name);

 private:
  friend class SymbolWalk;
  Scope& add(const ast::Node& node, Scope* outer, Scope::Sort sort, std::string name);

  std::deque<Scope> scopes_;
  std::unordered_map<const ast::Node*, Scope*> by_node_;
  std::deque<std::string> mangled_;
};

}  // namespace ouro::script
