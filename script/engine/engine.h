// Engine: scripts in a runtime, for programs that embed them.
//
//   ouro::Runtime rt;
//   ouro::script::Engine engine(rt);
//   engine.globals()["limit"] = 3;
//   engine.run("total = sum(range(limit))", "<rules>");
//   int total = from_object<int>(engine.eval("total"));
//
// What a script raises is an ouro::Error, whose object has the traceback. A script may do nothing with files or the process
// unless the options say so. Budgets of time, steps and memory are the runtime's (docs/embedding.md).
#pragma once

#include <ouro/script/machine/interpreter.h>
#include <ouro/script/syntax/parse.h>

#include <string>
#include <string_view>
#include <vector>

namespace ouro::script {

struct EngineOptions {
  Permissions permissions{};
  std::vector<std::string> arguments{};  ///< `sys.argv`
  std::vector<std::string> path{};       ///< `sys.path`
  /// Threads may switch between any two instructions, as in CPython up to 3.9, not only at calls and in loops. Slow.
  bool switches_between_instructions = false;
};

/// One for a runtime. Needs the lock, also at its end.
class Engine {
 public:
  explicit Engine(Runtime& runtime, const EngineOptions& options = {});
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Runs a program in the globals of `__main__`. Throws ouro::Error; `name` is the file in tracebacks.
  void run(std::string_view text, std::string_view name = "<string>");
  /// Runs one statement as a prompt does: the value of an expression is shown by `sys.displayhook`.
  void run_interactive(std::string_view statement, std::string_view name = "<stdin>");
  /// The value of an expression there.
  [[nodiscard]] Ref<> eval(std::string_view text, std::string_view name = "<string>");
  /// Reads and runs a file. OSError.
  void run_file(const std::string& path);
  /// Imports a module: `import name`.
  Ref<> import(std::string_view name);
  /// Runs a module, or the module __main__ of a package, as the program: `python -m name`. False: there is none.
  bool run_module(std::string_view name);

  /// The namespace of `__main__`.
  [[nodiscard]] const Ref<Dict>& globals() const noexcept { return globals_; }
  [[nodiscard]] Interpreter& interpreter() noexcept { return interpreter_; }
  /// What an uncaught error prints.
  [[nodiscard]] std::string report(const Error& error);
  /// What an error prints that nobody can catch: of a finalizer, of a callback; nothing where `sys.unraisablehook` took it.
  /// For `Options::unraisable`.
  [[nodiscard]] std::string report_ignored(const Error& error, std::string_view where, const Object& context);
  /// Waits for the threads that scripts started and that are no daemons.
  void wait_for_threads();
  /// Ends what scripts began: sends their daemons away, after which the runtime takes no more threads, drops their modules,
  /// and collects. Nothing may be run afterwards.
  void close();

 private:
  [[nodiscard]] Ref<> run_code(Code& code);
  void end_daemons();
  void run_text(std::string_view text, std::string_view name, ParseMode mode);

  Interpreter interpreter_;
  Ref<Module> main_;
  Ref<Dict> globals_;
  bool is_closed_ = false;
};

}  // namespace ouro::script
