// Running programs.
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/modules/simple_namespace.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/compiler/source.h>
#include <ouro/script/engine/engine.h>
#include <ouro/script/machine/report.h>
#include <ouro/script/modules/modules.h>

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

namespace ouro::script {

namespace {

Ref<List> list_of(Builtins& builtins, const std::vector<std::string>& texts) {
  Ref<List> made = make_list(builtins);
  for (const std::string& text : texts) made->append(*make_str(builtins, text));
  return made;
}

std::string read_program(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    raise(errno == ENOENT ? ErrorKind::kFileNotFoundError : ErrorKind::kOSError,
          fmt::format("[Errno {}] {}: '{}'", errno, std::strerror(errno), path));
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

Engine::Engine(Runtime& runtime, const EngineOptions& options)
    : interpreter_(runtime, options.permissions),
      main_(make_module(runtime.builtins(), "__main__")),
      globals_(main_->attributes()) {
  Builtins& builtins = runtime.builtins();
  furnish(interpreter_);
  interpreter_.switches_between_instructions = options.switches_between_instructions;
  interpreter_.modules().set("__main__", *main_);
  globals_->set("__annotations__", *make_dict(builtins));
  globals_->set(*interpreter_.names().builtins, interpreter_.builtins_module());
  if (!options.arguments.empty()) interpreter_.sys().set("argv", *list_of(builtins, options.arguments));
  interpreter_.sys().set("path", *list_of(builtins, options.path));
}

Engine::~Engine() {
  try {
    close();
  } catch (const Error&) {
    is_closed_ = true;
  }
}

void Engine::wait_for_threads() {
  LockDomain& domain = interpreter_.runtime();
  static_cast<void>(domain.thread_list.join_all(std::chrono::steady_clock::time_point::max(), false));
}

/// As Runtime::close: what runs in daemons needs the interpreter. Those that block for long never come in again.
void Engine::end_daemons() {
  LockDomain& domain = interpreter_.runtime();
  if (domain.thread_list.daemons().empty()) return;
  constexpr std::chrono::seconds kPatience(10);
  static_cast<void>(domain.close(std::chrono::steady_clock::now() + kPatience, Remaining::kAreLeftBehind));
}

void Engine::close() {
  if (is_closed_) return;
  is_closed_ = true;
  end_daemons();
  // As CPython's finalize_modules: the modules go first, what is left of them is collected, then what their dicts hold.
  const Ref<List> all = make_list(interpreter_.builtins());
  for (auto [name, module] : Ref<Dict>(share(interpreter_.modules())))
    if (is<Module>(module) && &module != &interpreter_.builtins_module() && &module != &interpreter_.sys())
      all->append(module);
  interpreter_.modules().clear();
  globals_.reset();
  main_.reset();
  interpreter_.runtime().gc().collect();
  for (std::size_t i = all->size; i > 0; --i) {
    const Ref<> module = share(*all->items[i - 1]);
    const Ref<Dict> names = static_cast<Module&>(*module).attributes();
    all->erase(static_cast<std::int64_t>(i) - 1);
    names->clear();
  }
  interpreter_.kept.clear();
  interpreter_.threading_state.reset();
  interpreter_.runtime().gc().collect();
}

Ref<> Engine::run_code(Code& code) {
  return raise_if_failed(interpreter_.heap(), [&] { return interpreter_.run(code, *globals_); });
}

void Engine::run_text(std::string_view text, std::string_view name, ParseMode mode) {
  const Ref<List> arena = make_list(interpreter_.builtins());
  const Ref<Code> code =
      compile_for(interpreter_, text, {.file = name, .mode = mode, .is_text = false, .arena = arena.get()});
  static_cast<void>(run_code(*code));
}

void Engine::run(std::string_view text, std::string_view name) { run_text(text, name, ParseMode::kExec); }

void Engine::run_interactive(std::string_view statement, std::string_view name) {
  run_text(statement, name, ParseMode::kSingle);
}

Ref<> Engine::eval(std::string_view text, std::string_view name) {
  const Ref<Code> code = compile_for(interpreter_, text, {.file = name, .mode = ParseMode::kEval});
  return run_code(*code);
}

void Engine::run_file(const std::string& path) {
  const std::string program = read_program(path);
  Builtins& builtins = interpreter_.builtins();
  globals_->set("__file__", *make_str(builtins, path));
  globals_->set("__cached__", builtins.none());
  run(program, path);
}

Ref<> Engine::import(std::string_view name) {
  return raise_if_failed(interpreter_.heap(), [&] { return import_by_name(interpreter_, name); });
}

bool Engine::run_module(std::string_view name) {
  const std::optional<ModuleProgram> found = find_module_program(interpreter_, *globals_, name);
  if (!found) return false;
  const Ref<> arguments = Ref<>::share(interpreter_.sys().find("argv"));
  if (arguments && is<List>(*arguments)) share(*arguments)[0] = found->path;
  run(found->text, found->path);
  return true;
}

namespace {

/// What `sys.unraisablehook` is called with.
Ref<> ignored(Builtins& builtins, BaseException& exception, Object& shown) {
  const Ref<Dict> parts = make_dict(builtins);
  parts->set("exc_type", *exception.type);
  parts->set("exc_value", exception);
  parts->set("exc_traceback", exception.traceback != nullptr ? *exception.traceback : builtins.none());
  parts->set("err_msg", builtins.none());
  parts->set("object", shown);
  return make_namespace(builtins, parts.get());
}

}  // namespace

std::string Engine::report_ignored(const Error& error, std::string_view where, const Object& context) {
  Builtins& builtins = interpreter_.builtins();
  Object* const finalizer =
      where == "finalizer" && class_of(context) != nullptr ? lookup(*context.type, *intern(builtins, "__del__")) : nullptr;
  const Ref<> shown = share(finalizer != nullptr ? *finalizer : const_cast<Object&>(context));
  const Ref<> hook = Ref<>::share(interpreter_.sys().find("unraisablehook"));
  if (!hook || hook.is(Ref<>::share(interpreter_.sys().find("__unraisablehook__"))))
    return fmt::format("Exception ignored in: {}\n{}", shown_in_error(*shown), report(error));
  try {
    const Ref<BaseException> exception = exception_of(builtins, error);
    const Ref<> argument = ignored(builtins, *exception, *shown);
    Object* const given = argument.get();
    static_cast<void>(call(*hook, Arguments{{&given, 1}, {}, {}}));
    return {};
  } catch (const Error& failed) {
    return fmt::format("Exception ignored in sys.unraisablehook: {}\n{}", shown_in_error(*hook), report(failed));
  }
}

std::string Engine::report(const Error& error) {
  const Ref<BaseException> exception = exception_of(interpreter_.builtins(), error);
  return report_of(interpreter_, *exception);
}

}  // namespace ouro::script
