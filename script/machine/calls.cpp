// The beginning and the end of activations, and calls from C++.
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/script/machine/calls.h>
#include <ouro/script/machine/frame.h>
#include <ouro/script/machine/generators.h>
#include <ouro/script/machine/interpreter.h>
#include <ouro/script/machine/run.h>

#include <fmt/format.h>

#include <algorithm>
#include <new>

namespace ouro::script {

Object** place_for(MachineThread& thread, const Code& code, bool& opened_chunk) {
  opened_chunk = thread.free == nullptr || !thread.has_room(thread.free, words_of(code));
  if (opened_chunk) thread.open_chunk(words_of(code));
  return thread.free;
}

Activation& enter(MachineThread& thread, Code& code, Object** slots, Dict& globals, Dict& built_ins,
                  ScriptFunction* function) {
  Builtins& builtins = builtins_of(code);
  if (builtins.recursion_depth >= builtins.recursion_limit) [[unlikely]]
    raise(ErrorKind::kRecursionError, "maximum recursion depth exceeded");
  return enter_counted(thread, builtins, code, slots, globals, built_ins, function);
}

void go_back(MachineThread& thread) noexcept {
  Activation& ended = *thread.current;
  --builtins_of(*ended.code).recursion_depth;
  leave(ended);
  thread.current = ended.previous;
  thread.free = ended.free_before;
  if (ended.opened_chunk) thread.close_chunk();
}

namespace {

/// An activation at the free place that C++ begins. Drops what was placed if it fails.
class Entry {
 public:
  Entry(MachineThread& thread, Code& code) : thread_(thread), code_(code), slots_(place_for(thread, code, opened_chunk_)) {
    std::fill_n(slots_, code.body->slots(), nullptr);
  }
  ~Entry() {
    if (is_entered_) return;
    for (std::uint32_t i = 0; i < code_.body->slots(); ++i)
      if (slots_[i] != nullptr) decrement(*slots_[i]);
    if (opened_chunk_) thread_.close_chunk();
  }
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

  [[nodiscard]] Object** slots() const noexcept { return slots_; }
  Activation& begin(Dict& globals, Dict& built_ins, ScriptFunction* function) {
    Activation& made = enter(thread_, code_, slots_, globals, built_ins, function);
    is_entered_ = true;
    made.is_entry = true;
    made.opened_chunk = opened_chunk_;
    return made;
  }

 private:
  MachineThread& thread_;
  Code& code_;
  bool opened_chunk_ = false;
  bool is_entered_ = false;
  Object** slots_;
};

}  // namespace

Ref<> call_script_function(Object& callee, const Arguments& arguments) {
  auto& function = static_cast<ScriptFunction&>(callee);
  MachineThread& thread = interpreter_of(callee).here();
  const Ref<Code> code = share(function.its_code());
  Entry entry(thread, *code);
  if (!bind_arguments(function, arguments, entry.slots())) return {};
  Activation& made = entry.begin(function.its_globals(), function.its_builtins(), &function);
  return run(thread, made);
}

Ref<> Interpreter::run(Code& code, Dict& globals, Object* locals) {
  const Ref<> held[] = {share<Object>(code), share<Object>(globals), Ref<>::share(locals)};
  const Ref<Dict> built_ins = builtins_for(globals);
  MachineThread& thread = here();
  Entry entry(thread, code);
  Activation& made = entry.begin(globals, *built_ins, nullptr);
  made.locals = share(locals != nullptr ? *locals : static_cast<Object&>(globals)).release();
  return script::run(thread, made);
}

Ref<> run_class_body(Interpreter& interpreter, ScriptFunction& body, Object& names) {
  MachineThread& thread = interpreter.here();
  const Ref<Code> code = share(body.its_code());
  Entry entry(thread, *code);
  Activation& made = entry.begin(body.its_globals(), body.its_builtins(), &body);
  made.locals = share(names).release();
  return run(thread, made);
}

Ref<> call_object(Object& callee, const Arguments& arguments) {
  const auto slot = callee.type->slots->call;
  if (slot == nullptr) [[unlikely]]
    raise(ErrorKind::kTypeError, fmt::format("'{}' object is not callable", callee.type->name));
  const RecursionGuard guard(builtins_of(callee), " while calling a Python object");
  const FailureMark mark(heap_of(callee).failures);
  Ref<> result = slot(callee, arguments);
  if (static_cast<bool>(result) == mark.failed()) [[unlikely]] {
    const bool has_both = mark.failed();
    mark.forget();
    raise(ErrorKind::kSystemError, shown_in_error(callee) + (has_both ? " returned a result with an exception set"
                                                                      : " returned NULL without setting an exception"));
  }
  return result;
}

}  // namespace ouro::script
