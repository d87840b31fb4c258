// The modules threading and queue: the runtime's threads, and what they wait for.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/runtime/sync/classes.h>
#include <ouro/runtime/sync/errors.h>
#include <ouro/runtime/sync/thread_class.h>
#include <ouro/script/modules/modules.h>

#include <initializer_list>
#include <memory>
#include <string_view>

namespace ouro::script {

namespace {

/// The classes of threads and of what they wait for, made together once for an interpreter.
struct ThreadingState {
  explicit ThreadingState(Runtime& runtime) : classes(runtime), threads(runtime) {}
  sync::Classes classes;
  sync::ThreadClass threads;
};

ThreadingState& threading_of(Interpreter& interpreter) {
  if (interpreter.threading_state == nullptr)
    interpreter.threading_state = std::make_shared<ThreadingState>(interpreter.runtime());
  return *static_cast<ThreadingState*>(interpreter.threading_state.get());
}

/// The module that CPython says a class is of.
std::string_view home_of(std::string_view name, std::string_view module) noexcept {
  if (name == "Lock" || name == "RLock") return "_thread";
  return name == "SimpleQueue" ? "_queue" : module;
}

/// Puts an object into a module; a class says from now on where it is from.
void set_own(Module& module, std::string_view name, Object& value) {
  Builtins& builtins = builtins_of(module);
  const std::string_view home = home_of(name, text(static_cast<const Str&>(*module.find("__name__"))));
  if (as_class(value) != nullptr) set_attribute(value, *intern(builtins, "__module__"), *make_str(builtins, home));
  module.set(name, value);
}

void set_all(Module& module, const Dict& names, std::initializer_list<std::string_view> wanted) {
  for (const std::string_view name : wanted) set_own(module, name, names.get(name));
}

}  // namespace

Ref<Module> make_threading_module(Interpreter& interpreter) {
  ThreadingState& state = threading_of(interpreter);
  Ref<Module> module = make_builtin_module(interpreter, "threading",
                                           "Thread module emulating a subset of Java's threading "
                                           "model.");
  const Ref<Dict> classes = state.classes.names();
  set_all(*module, *classes, {"Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore", "Event", "Barrier"});
  for (auto [name, value] : state.threads.names()) set_own(*module, text(static_cast<const Str&>(name)), value);
  module->set("BrokenBarrierError", interpreter.builtins().type(kBrokenBarrierError));
  return module;
}

Ref<Module> make_queue_module(Interpreter& interpreter) {
  ThreadingState& state = threading_of(interpreter);
  Ref<Module> module = make_builtin_module(interpreter, "queue", "A multi-producer, multi-consumer queue.");
  const Ref<Dict> classes = state.classes.names();
  set_all(*module, *classes, {"Queue", "LifoQueue", "PriorityQueue", "SimpleQueue"});
  module->set("_PySimpleQueue", classes->get("SimpleQueue"));  // the name of CPython's fallback
  module->set("Empty", interpreter.builtins().type(kQueueEmpty));
  module->set("Full", interpreter.builtins().type(kQueueFull));
  return module;
}

}  // namespace ouro::script
