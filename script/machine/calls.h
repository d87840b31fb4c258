// Calls: of functions of scripts, by C++ and by the machine, and of everything else by the machine.
#pragma once

#include <ouro/objects/model/type.h>
#include <ouro/script/machine/function.h>
#include <ouro/script/machine/thread.h>

#include <cstdint>

namespace ouro::script {

/// The `call` slot of functions. May fail.
[[nodiscard]] Ref<> call_script_function(Object& callee, const Arguments& arguments);

/// True if a call with so many arguments by position is only a matter of putting them in place.
[[nodiscard]] inline bool is_simple_call(const ScriptFunction& function, std::uint32_t arguments) noexcept {
  return function.its_code().body->simple_arguments == arguments;
}

/// Puts the arguments of a call into the slots of a new activation, which are empty; adds counts. False: it failed, with
/// CPython's TypeError, and what was placed stays for the caller to drop.
[[nodiscard]] bool bind_arguments(const ScriptFunction& function, const Arguments& given, Object** slots);

/// Makes room for an activation of `code` whose slots begin at `slots`, which is the free place of the thread or lies below
/// it, and makes it the running one. The slots that no argument fills must be null. Throws MemoryError and RecursionError;
/// then nothing has changed.
Activation& enter(MachineThread& thread, Code& code, Object** slots, Dict& globals, Dict& built_ins,
                  ScriptFunction* function);
/// The same where the depth allows one more.
[[gnu::always_inline]] inline Activation& enter_counted(MachineThread& thread, Builtins& builtins, Code& code,
                                                        Object** slots, Dict& globals, Dict& built_ins,
                                                        ScriptFunction* function) noexcept {
  ++builtins.recursion_depth;
  increment(code);
  const CodeBody& body = *code.body;
  auto* const activation = ::new (static_cast<void*>(slots + body.slots())) Activation{
      .next = body.words.data(),
      .slots = slots,
      .top = nullptr,
      .code = &code,
      .globals = &globals,
      .built_ins = &built_ins,
      .locals = nullptr,
      .previous = thread.current,
      .frame = nullptr,
      .free_before = thread.free,
      .function = function,
  };
  activation->top = activation->stack();
  thread.current = activation;
  thread.free = activation->top + body.stack;
  return *activation;
}
/// The place where slots of a new activation of `code` may begin. Throws MemoryError.
[[nodiscard]] Object** place_for(MachineThread& thread, const Code& code, bool& opened_chunk);
/// Ends the running activation and goes back to the one before.
void go_back(MachineThread& thread) noexcept;

/// Runs the body of a class statement in a namespace. Gives the cell of `__class__`, or None; an empty handle is a failure.
[[nodiscard]] Ref<> run_class_body(Interpreter& interpreter, ScriptFunction& body, Object& names);

/// Calls any object with borrowed arguments; the caller holds all. An empty handle is a failure. May throw.
[[nodiscard]] Ref<> call_object(Object& callee, const Arguments& arguments);

}  // namespace ouro::script
