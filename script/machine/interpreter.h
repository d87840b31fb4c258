// Interpreter: what a runtime that runs scripts has besides its objects: modules, built-ins, threads of the machine.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/modules/module.h>
#include <ouro/runtime/runtime.h>
#include <ouro/script/code/code.h>
#include <ouro/script/machine/thread.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ouro::script {

/// The names that the machine asks for.
struct KnownNames {
  explicit KnownNames(Builtins& builtins);
  Ref<Str> name, builtins, file, annotations, enter, exit, build_class, import, path, all, send, throw_method, close, next,
      await, aenter, aexit, aiter, anext, package, spec, doc, match_args, get, keys, dict, metaclass, module_name, loader,
      underscore;
};

/// What scripts may do. An embedder's engine allows nothing by itself.
struct Permissions {
  bool files = false;    ///< importing files, and `open`
  bool process = false;  ///< what concerns the process: signals, exit codes
};

class Interpreter {
 public:
  Interpreter(Runtime& runtime, const Permissions& permissions);
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  [[nodiscard]] Runtime& runtime() noexcept { return runtime_; }
  [[nodiscard]] Builtins& builtins() noexcept { return runtime_.builtins(); }
  [[nodiscard]] Heap& heap() noexcept { return runtime_.heap(); }
  [[nodiscard]] const KnownNames& names() const noexcept { return names_; }
  [[nodiscard]] const Permissions& permissions() const noexcept { return permissions_; }

  /// The record of the calling thread, made when it first runs a script. Throws MemoryError.
  [[nodiscard]] MachineThread& here();

  [[nodiscard]] Module& builtins_module() const noexcept { return *builtins_module_; }
  [[nodiscard]] Dict& builtins_dict() const noexcept { return static_cast<Dict&>(*builtins_module_->dict); }
  /// The dict of the built-ins that code with these globals sees: `globals['__builtins__']`, which is put there if it is
  /// missing.
  [[nodiscard]] Ref<Dict> builtins_for(Dict& globals);

  /// `list.append`, which is called more than all others. Immortal.
  [[nodiscard]] const Object* list_append() const noexcept { return list_append_; }

  /// The two modules that the machine itself needs; made by script/modules.
  void set_builtins_module(Ref<Module> module) {
    builtins_module_ = std::move(module);
    modules_->set("builtins", *builtins_module_);
  }
  void set_sys(Ref<Module> module) {
    sys_ = std::move(module);
    modules_->set("sys", *sys_);
  }
  /// `sys.modules`.
  [[nodiscard]] Dict& modules() const noexcept { return *modules_; }
  [[nodiscard]] Module& sys() const noexcept { return *sys_; }
  /// A module that the program has, made when it is first imported; empty if there is none.
  [[nodiscard]] Ref<> make_native_module(std::string_view name);
  using ModuleMaker = Ref<Module> (*)(Interpreter& interpreter);
  void add_native_module(std::string_view name, ModuleMaker make) { makers_.emplace(name, make); }
  [[nodiscard]] const std::map<std::string, ModuleMaker, std::less<>>& native_modules() const noexcept { return makers_; }

  /// Runs a code. `locals`: the namespace; null: the globals. An empty handle is a failure. May throw.
  [[nodiscard]] Ref<> run(Code& code, Dict& globals, Object* locals = nullptr);

  /// What is compiled from here on has a safepoint behind each instruction (SourceOptions).
  bool switches_between_instructions = false;
  /// What embedded or started code wants to keep until the end.
  std::vector<Ref<>> kept;
  /// The classes of synchronisation objects and threads, once somebody imported them.
  std::shared_ptr<void> threading_state;

 private:
  Runtime& runtime_;
  Permissions permissions_;
  const std::uint64_t serial_;
  KnownNames names_;
  Ref<Module> builtins_module_;
  Ref<Dict> modules_;
  const Object* list_append_ = nullptr;
  Ref<Module> sys_;
  std::map<std::string, ModuleMaker, std::less<>> makers_;
  std::mutex threads_mutex_;
  std::map<const void*, std::unique_ptr<MachineThread>> threads_;
};

/// Of the runtime, which must have one.
[[nodiscard]] inline Interpreter& interpreter_of(Builtins& builtins) noexcept {
  return *static_cast<Interpreter*>(builtins.language);
}
[[nodiscard]] inline Interpreter& interpreter_of(const Object& object) noexcept {
  return interpreter_of(builtins_of(object));
}

}  // namespace ouro::script
