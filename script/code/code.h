// Code: what a function, a class body or a file was compiled to (types.CodeType).
//
//   offset 0        16          24      32          40     48     56              64     72
//          +--------+-----------+-------+-----------+------+------+----------------+------+
//          | header | constants | names | variables | file | name | qualified name | body |
//          +--------+-----------+-------+-----------+------+------+----------------+------+
//
// Immutable, apart from the caches among its words. A code leads to constants and to other codes, never back, so the
// collector does not watch it, as in CPython.
//
// A frame has a slot for each variable: first the parameters, then the other locals, then the cells that are no parameters,
// then the cells of the closure.
#pragma once

#include <ouro/objects/containers/tuple_layout.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/text/str_layout.h>
#include <ouro/script/code/opcodes.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ouro {
struct Builtins;
}  // namespace ouro

namespace ouro::script {

/// Where the text stands that an instruction was made of. Lines begin at 1, columns at 0, in bytes; -1: unknown.
struct Location {
  std::int32_t line = -1, end_line = -1, column = -1, end_column = -1;
  friend bool operator==(const Location&, const Location&) = default;
};

/// From the instruction at `begin` on.
struct LocationChange {
  std::uint32_t begin;
  Location location;
};

/// An exception in [begin, end) goes on at `target`, with `depth` values left on the stack.
struct Handler {
  std::uint32_t begin, end, target, depth;
  bool keeps_instruction;  ///< the number of the instruction is pushed below the exception
};

/// What of a code is no object.
struct CodeBody {
  std::vector<Word> words{};
  std::vector<Handler> handlers{};  ///< in order of their beginnings; they do not overlap
  std::vector<LocationChange> locations{};
  std::uint32_t parameters = 0;       ///< by position
  std::uint32_t positional_only = 0;  ///< of those
  std::uint32_t keyword_only = 0;
  std::uint32_t locals = 0;  ///< slots before the cells that are no parameters
  std::uint32_t cells = 0;   ///< cells that are no parameters
  std::uint32_t free = 0;    ///< cells of the closure
  std::uint32_t stack = 0;   ///< values beyond the slots
  std::uint32_t flags = 0;
  std::int32_t first_line = 1;
  std::vector<std::uint32_t> parameter_cells{};  ///< slots of parameters and locals that are cells

  /// No number of arguments.
  static constexpr std::uint32_t kNever = ~std::uint32_t{0};
  /// So many arguments by position need only be put in place; kNever: there is more to do. Set by make_code.
  std::uint32_t simple_arguments = kNever;

  [[nodiscard]] std::uint32_t slots() const noexcept { return locals + cells + free; }
  [[nodiscard]] std::uint32_t frame_size() const noexcept { return slots() + stack; }
  /// Slots that arguments fill.
  [[nodiscard]] std::uint32_t all_parameters() const noexcept {
    return parameters + keyword_only + ((flags & kVarArgs) != 0 ? 1 : 0) + ((flags & kVarKeywords) != 0 ? 1 : 0);
  }
  [[nodiscard]] Location location_of(std::uint32_t instruction) const noexcept;
  [[nodiscard]] const Handler* handler_of(std::uint32_t instruction) const noexcept;
};

/// The object of a code.
struct Code : Object {
  static constexpr Kind kKind = outside_kind(kOutsideTypes - 1);
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 6);

  Object* constants;       ///< tuple, owned as the five that follow
  Object* names;           ///< tuple of interned str: of attributes, globals, names
  Object* variables;       ///< tuple of interned str: one for each slot
  Object* file;            ///< str
  Object* name;            ///< str
  Object* qualified_name;  ///< str
  CodeBody* body;          ///< owned

  [[nodiscard]] Object& constant(std::uint32_t number) const noexcept {
    return *static_cast<const Tuple&>(*constants).items[number];
  }
  [[nodiscard]] Str& name_at(std::uint32_t number) const noexcept {
    return static_cast<Str&>(*static_cast<const Tuple&>(*names).items[number]);
  }
  [[nodiscard]] Str& variable(std::uint32_t slot) const noexcept;
  [[nodiscard]] std::string_view file_text() const noexcept;
  [[nodiscard]] std::string_view name_text() const noexcept;
  [[nodiscard]] bool has(CodeFlag flag) const noexcept { return (body->flags & flag) != 0; }
  [[nodiscard]] bool is_generator_like() const noexcept {
    return (body->flags & (kGeneratorCode | kCoroutineCode | kAsyncGeneratorCode)) != 0;
  }
};
static_assert(sizeof(Code) == 72);

extern const TypeSlots kCodeSlots;

/// The parts of a code, all borrowed.
struct CodeParts {
  Tuple& constants;
  Tuple& names;
  Tuple& variables;
  Str& file;
  Str& name;
  Str& qualified_name;
};

/// Throws MemoryError.
[[nodiscard]] Ref<Code> make_code(Builtins& builtins, const CodeParts& parts, CodeBody body);

/// The instructions, one a line, those of the codes among the constants behind them: what `ouro --dis` prints.
[[nodiscard]] std::string disassemble(const Code& code);

}  // namespace ouro::script
