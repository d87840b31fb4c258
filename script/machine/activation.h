// Activation: a code that runs, or a generator's that waits.
//
//   the value stack of a thread                                         growing ->
//   ... callee | argument argument local local cell | Activation | value value value ...
//       slots -^                                                   ^- stack()
//
// Arguments become locals where the caller put them. The stack of a generator lies in a block of its own, built alike.
//
// Laws
//   stack-owned: each value in a slot or on the stack owns a count. What lies above the top is not there.
//   activation-code: a running code is held by its activation, its function by the caller's stack.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/script/code/code.h>

#include <cstdint>

namespace ouro::script {

struct Frame;
struct ScriptFunction;

struct Activation {
  const Word* next;  ///< the instruction to go on with
  Object** slots;    ///< variables
  Object** top;      ///< behind the topmost value, while it does not run
  Code* code;        ///< owned
  Dict* globals;     ///< borrowed, as the built-ins
  Dict* built_ins;
  Object* locals;            ///< the namespace of a file or class, owned; null: of a function
  Activation* previous;      ///< who called; null: nobody in this thread
  Frame* frame;              ///< owned; null until somebody asks for it
  Object** free_before;      ///< what was free of the value stack
  ScriptFunction* function;  ///< borrowed; owned by a generator's; null: of a file
  bool is_entry = false;     ///< it was called from C++
  bool is_generator = false;
  bool opened_chunk = false;
  bool is_suspended = false;  ///< of a generator: it stands at a `yield`

  [[nodiscard]] Object** stack() noexcept { return reinterpret_cast<Object**>(this + 1); }
  /// Where the room for it ends.
  [[nodiscard]] Object** end() noexcept { return stack() + code->body->stack; }
  /// The number of the instruction that runs, or ran last.
  [[nodiscard]] std::uint32_t instruction() const noexcept {
    const auto behind = static_cast<std::uint32_t>(next - code->body->words.data());
    return behind == 0 ? 0 : behind - 1;
  }
  [[nodiscard]] Location location() const noexcept { return code->body->location_of(instruction()); }
};
static_assert(sizeof(Activation) % sizeof(Object*) == 0);

/// Words of a value stack that an activation needs.
[[nodiscard]] inline std::size_t words_of(const Code& code) noexcept {
  return code.body->frame_size() + sizeof(Activation) / sizeof(Object*);
}

}  // namespace ouro::script
