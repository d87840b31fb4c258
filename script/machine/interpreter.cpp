// What a runtime that runs scripts has besides its objects.
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/text/intern.h>
#include <ouro/script/machine/async.h>
#include <ouro/script/machine/calls.h>
#include <ouro/script/machine/frame.h>
#include <ouro/script/machine/interpreter.h>

#include <atomic>

namespace ouro::script {

KnownNames::KnownNames(Builtins& home) {
  const auto known = [&](std::string_view text) { return intern(home, text); };
  name = known("__name__");
  builtins = known("__builtins__");
  file = known("__file__");
  annotations = known("__annotations__");
  enter = known("__enter__");
  exit = known("__exit__");
  build_class = known("__build_class__");
  import = known("__import__");
  path = known("__path__");
  all = known("__all__");
  send = known("send");
  throw_method = known("throw");
  close = known("close");
  next = known("__next__");
  await = known("__await__");
  aenter = known("__aenter__");
  aexit = known("__aexit__");
  aiter = known("__aiter__");
  anext = known("__anext__");
  package = known("__package__");
  spec = known("__spec__");
  doc = known("__doc__");
  match_args = known("__match_args__");
  get = known("get");
  keys = known("keys");
  dict = known("__dict__");
  metaclass = known("metaclass");
  module_name = known("__module__");
  loader = known("__loader__");
  underscore = known("_");
}

namespace {

std::atomic<std::uint64_t> next_serial{1};

/// The record that this thread used last.
struct LastUsed {
  std::uint64_t serial = 0;
  MachineThread* thread = nullptr;
};
thread_local LastUsed last_used;

}  // namespace

Interpreter::Interpreter(Runtime& runtime, const Permissions& permissions)
    : runtime_(runtime), permissions_(permissions), serial_(next_serial++), names_(runtime.builtins()) {
  Builtins& home = builtins();
  if (home.language != nullptr) raise(ErrorKind::kRuntimeError, "the runtime has an engine for scripts already");
  home.language = this;
  try {
    for (const TypeSlots* const slots : {&kCodeSlots, &kFunctionSlots, &kFrameSlots, &kCoroutineSlots,
                                         &kCoroutineWrapperSlots, &kAsyncGeneratorSlots, &kAsyncStepSlots})
      if (home.immortals->outside_type(slots->kind) == nullptr) static_cast<void>(add_type(home, *slots));
    modules_ = make_dict(home);
    list_append_ = ouro::detail::builtin_attribute(home.type(Kind::kList), "append");
  } catch (...) {
    home.language = nullptr;
    throw;
  }
}

Interpreter::~Interpreter() { builtins().language = nullptr; }

MachineThread& Interpreter::here() {
  if (last_used.serial == serial_) [[likely]]
    return *last_used.thread;
  const std::lock_guard lock(threads_mutex_);
  std::unique_ptr<MachineThread>& thread = threads_[&last_used];
  if (thread == nullptr) thread = std::make_unique<MachineThread>(*this);
  last_used = {serial_, thread.get()};
  return *thread;
}

Ref<Dict> Interpreter::builtins_for(Dict& globals) {
  Object* const found = globals.find(*names_.builtins);
  if (found == nullptr) {
    globals.set(*names_.builtins, *builtins_module_);
    return share(builtins_dict());
  }
  if (Module* const module = as<Module>(*found)) return module->attributes();
  if (Dict* const dict = as<Dict>(*found)) return share(*dict);
  return share(builtins_dict());
}

Ref<> Interpreter::make_native_module(std::string_view name) {
  const auto found = makers_.find(name);
  if (found == makers_.end()) return {};
  const Ref<Module> made = found->second(*this);
  modules_->set(name, *made);
  return made;
}

}  // namespace ouro::script
