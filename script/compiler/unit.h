// Unit: one code while it is being written.
#pragma once

#include <ouro/script/compiler/constants.h>
#include <ouro/script/compiler/emitter.h>
#include <ouro/script/compiler/symbols.h>
#include <ouro/script/syntax/node.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ouro::script {

/// What `return`, `break` and `continue` leave on their way, innermost last.
struct Block {
  enum class Sort : std::uint8_t {
    kWhileLoop,
    kForLoop,
    kAsyncForLoop,
    kTry,         ///< the body of a `try` with handlers
    kFinallyTry,  ///< the body of a `try` with `finally`
    kFinallyEnd,  ///< a `finally` that runs because of an exception
    kWith,
    kAsyncWith,
    kHandlerCleanup,  ///< the body of an `except`
    kHandler,         ///< the handlers of a `try`
    kPopValue,        ///< a value lies on the stack
  };
  Sort sort;
  Label* start = nullptr;                  ///< of a loop: where `continue` goes
  Label* exit = nullptr;                   ///< of a loop: where `break` goes
  ast::NodeList<ast::Stmt> final_body{};   ///< of kFinallyTry
  std::string_view name{};                 ///< of kHandlerCleanup: `except E as name`
  const ast::LocatedNode* node = nullptr;  ///< of kWith
};

class Unit {
 public:
  /// A variable of a cell gets its slot when all locals are known; until then its number has this bit.
  static constexpr std::uint32_t kCellBit = 0x40'0000;

  Unit(const Scope& its_scope, Unit* around, std::string name);

  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;

  [[nodiscard]] std::uint32_t constant_number(Constant constant);
  [[nodiscard]] std::uint32_t name_number(std::string_view name);
  /// Of a local variable; made if it is new.
  [[nodiscard]] std::uint32_t local_slot(std::string_view name);
  /// Of a cell, or of the closure: see kCellBit.
  [[nodiscard]] std::uint32_t cell_slot(std::string_view name);
  /// The variables that the closure of this code consists of, in order.
  [[nodiscard]] const std::vector<std::string_view>& free_names() const noexcept { return free_names_; }
  [[nodiscard]] bool has_cells() const noexcept { return !cell_names_.empty() || !free_names_.empty(); }

  /// Writes MakeCell and CopyFreeVariables.
  void begin();
  /// The finished code.
  [[nodiscard]] Ref<Code> finish(Constants& constants, Str& file);

  const Scope& scope;
  Unit* const outer;
  Emitter emitter;
  CodeBody body;
  std::string name;
  std::string qualified_name;
  std::vector<Block> blocks;
  bool is_class_body = false;

 private:
  [[nodiscard]] bool is_parameter(std::string_view name) const;
  void place_cells();

  std::vector<Constant> constants_;
  std::unordered_map<std::string, std::uint32_t> constant_numbers_;
  std::vector<std::string_view> names_;
  std::unordered_map<std::string_view, std::uint32_t> name_numbers_;
  std::vector<std::string_view> locals_;
  std::unordered_map<std::string_view, std::uint32_t> local_slots_;
  std::vector<std::string_view> cell_names_;  ///< all cells, those of parameters too
  std::vector<std::string_view> free_names_;
};

}  // namespace ouro::script
