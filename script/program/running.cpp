// Runs a program from the command line to its exit code.
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/text/str.h>
#include <ouro/runtime/runtime.h>
#include <ouro/script/engine/engine.h>
#include <ouro/script/modules/modules.h>
#include <ouro/script/program/prompt.h>
#include <ouro/script/program/reports.h>
#include <ouro/script/program/running.h>
#include <ouro/script/syntax/dump.h>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>

#include <unistd.h>

namespace ouro::program {

namespace {

constexpr int kTimeLimitCode = 124;  ///< as timeout(1)

Attention* attention_of_program = nullptr;

void interrupt_program(int) noexcept {
  if (attention_of_program != nullptr) attention_of_program->interrupt();
}

/// As CPython: Ctrl-C is KeyboardInterrupt, and a reader that goes away is an error of the write.
void take_signals(Attention* attention) {
  attention_of_program = attention;
  std::signal(SIGINT, attention != nullptr ? interrupt_program : SIG_DFL);
  std::signal(SIGPIPE, attention != nullptr ? SIG_IGN : SIG_DFL);
}

std::string read_all(std::istream& from) { return {std::istreambuf_iterator<char>(from), std::istreambuf_iterator<char>()}; }

std::string current_folder() {
  char* const here = getcwd(nullptr, 0);
  std::string folder = here != nullptr ? here : "";
  std::free(here);
  return folder;
}

/// As CPython shows the file of a program.
std::string absolute(std::string path) {
  if (path.starts_with('/')) return path;
  while (path.starts_with("./")) path.erase(0, 2);
  const std::string here = current_folder();
  return here.empty() ? path : here + "/" + path;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

bool is_file(const CommandLine& line) { return !line.has_command && line.module.empty() && line.file != "-"; }

/// The program's text and its name in tracebacks.
struct Program {
  std::string text;
  std::string name;
};

Program program_of(const CommandLine& line) {
  if (line.has_command) return {line.command + "\n", "<string>"};
  if (line.file == "-") return {read_all(std::cin), "<stdin>"};
  std::ifstream file(line.file, std::ios::binary);
  if (!file) {
    tell(fmt::format("ouro: can't open file '{}': [Errno {}] {}\n", absolute(line.file), errno, std::strerror(errno)));
    std::exit(2);
  }
  return {read_all(file), absolute(line.file)};
}

int show_tree(const Program& program) {
  try {
    script::Tree tree = script::parse(program.text, {.filename = program.name});
    fmt::print("{}\n", script::dump(tree.root()));
    return 0;
  } catch (const script::SyntaxError& error) {
    tell(fmt::format("{}:{}: SyntaxError: {}\n", error.filename, error.lineno, error.message));
    return 1;
  }
}

script::EngineOptions engine_options(const CommandLine& line) {
  script::EngineOptions options{.permissions = {.files = true, .process = true}};
  options.arguments.push_back(line.has_command ? "-c" : !line.module.empty() ? "-m" : line.names_nothing ? "" : line.file);
  options.arguments.insert(options.arguments.end(), line.arguments.begin(), line.arguments.end());
  options.switches_between_instructions = line.compat == "py38";
  options.path.push_back(is_file(line) ? folder_of(absolute(line.file)) : line.module.empty() ? "" : current_folder());
  return options;
}

/// A runtime with a program in it.
class Running {
 public:
  explicit Running(const CommandLine& line) : line_(line), runtime_(runtime_options()) {
    engine_ = std::make_unique<script::Engine>(runtime_, engine_options(line));
    take_signals(&runtime_.attention());
    limit_time(line.time_limit);
  }
  ~Running() {
    engine_.reset();  // before the runtime
    take_signals(nullptr);
  }

  int run();
  [[nodiscard]] bool was_interrupted() const noexcept { return was_interrupted_; }

 private:
  Options runtime_options();
  void limit_time(double seconds);
  void take_error(const Error& error, bool stays);
  template <class Function>
  void guarded(Function function, bool stays = false);
  void run_program();
  void run_module();
  void forget_file();
  void disassemble();
  void greet() const;
  void end();
  void flush_output();

  const CommandLine& line_;
  std::string late_{};                        ///< what is told of what outlived the runtime
  std::unique_ptr<script::Engine> engine_{};  ///< the runtime's hooks look whether there is one
  Runtime runtime_;
  int code_ = 0;
  bool was_interrupted_ = false;
};

Options Running::runtime_options() {
  Options options;
  options.memory_limit = line_.memory_limit;
  options.schedule_seed = line_.seed;
  options.compat = line_.compat == "py313"   ? gc::Compat::kPy313
                   : line_.compat == "py315" ? gc::Compat::kPy315
                                             : gc::Compat::kPy311;
  options.collect_at_every_allocation = line_.is_stressed;
  options.leak_handler = [this](const LeakReport& report) { late_ = report.to_text(); };
  options.unraisable = [this](const Error& error, std::string_view where, const Object& context) {
    tell(engine_ != nullptr ? engine_->report_ignored(error, where, context) : fmt::format("{}\n", error.what()));
  };
  options.thread_hook = [this](const Error& error, const std::string& name) {
    if (error.is(ErrorKind::kSystemExit)) return;
    tell(fmt::format("Exception in thread {}:\n{}", name, engine_ != nullptr ? engine_->report(error) : error.what()));
  };
  return options;
}

void Running::limit_time(double seconds) {
  constexpr double kLongest = 1e9;  // as nanoseconds it fits
  if (seconds <= 0) return;
  const auto time = std::chrono::duration<double>(std::min(seconds, kLongest));
  runtime_.attention().set_budget({.time = std::chrono::ceil<std::chrono::nanoseconds>(time)});
}

void Running::take_error(const Error& error, bool stays) {
  was_interrupted_ = error.is(ErrorKind::kKeyboardInterrupt);
  const bool is_late = error.is(kBudgetUsedUp);
  constexpr double kTimeToEnd = 1;  // hooks and finalizers of the program run yet, and must end, too
  if (is_late) limit_time(kTimeToEnd);
  code_ = report_uncaught(*engine_, error, stays);
  if (is_late) tell(fmt::format("ouro: the time limit of {} s was reached\n", line_.time_limit));
  if (is_late) code_ = kTimeLimitCode;
}

/// Runs something; what it throws gives the exit code.
template <class Function>
void Running::guarded(Function function, bool stays) {
  if (const std::optional<Error> error = error_of(function)) take_error(*error, stays);
}

void Running::run_module() {
  if (engine_->run_module(line_.module)) return;
  tell(fmt::format("ouro: No module named {}\n", line_.module));
  code_ = 1;
}

void Running::disassemble() {
  const Program program = program_of(line_);
  const Ref<script::Code> code =
      script::compile_for(engine_->interpreter(), program.text, {.file = program.name, .is_text = false});
  fmt::print("{}", script::disassemble(*code));
}

void Running::run_program() {
  if (line_.disassembles) return disassemble();
  if (!line_.module.empty()) return run_module();
  if (!line_.has_command && line_.file == "-" && (line_.inspects || isatty(STDIN_FILENO) != 0)) return;  // the prompt's
  const Program program = program_of(line_);
  if (!is_file(line_)) return engine_->run(program.text, program.name);
  const Ref<Dict>& globals = engine_->globals();
  globals->set("__file__", *make_str(runtime_.builtins(), program.name));
  globals->set("__cached__", runtime_.builtins().none());
  engine_->run(program.text, program.name);
}

/// As CPython: what runs when the program has ended is no file any more.
void Running::forget_file() {
  for (const char* const name : {"__file__", "__cached__"})
    static_cast<void>(engine_->globals()->discard(*make_str(runtime_.builtins(), name)));
}

void Running::greet() const {
  if (line_.is_quiet || line_.has_command || !line_.module.empty() || line_.file != "-") return;
  tell(fmt::format("{} on linux\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n",
                   kVersion));
}

/// What could not be written is told by the exit code, too.
void Running::flush_output() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
  tell(fmt::format("ouro: standard output: {}\n", std::strerror(errno)));
  if (code_ == 0) code_ = 120;
}

void Running::end() {
  guarded([this] { engine_->wait_for_threads(); });
  std::fflush(stdout);
  if (line_.tells_statistics) tell(statistics_of(runtime_));
  if (line_.tells_leaks) tell(living_instances(*engine_));
  guarded([this] {
    engine_->close();
    runtime_.safepoint();  // a finalizer may have used up the time
  });
  flush_output();
  engine_.reset();
  runtime_.attention().set_budget({});
  runtime_.close();
  if (line_.tells_leaks && !late_.empty()) tell("alive after everything was ended:\n" + late_);
}

int Running::run() {
  const bool prompts = !line_.disassembles && (line_.inspects || (line_.file == "-" && isatty(STDIN_FILENO) != 0));
  guarded([this] { run_program(); }, prompts);
  forget_file();
  if (prompts && code_ != kTimeLimitCode) {
    code_ = 0;
    was_interrupted_ = false;
    greet();
    guarded([this] { Prompt(*engine_).run(); });
  }
  end();
  return code_;
}

}  // namespace

int run(const CommandLine& line) {
  if (line.dumps_tree) return show_tree(program_of(line));
  bool was_interrupted = false;
  int code = 0;
  {
    Running running(line);
    code = running.run();
    was_interrupted = running.was_interrupted();
  }
  if (was_interrupted) std::raise(SIGINT);  // so that a shell sees what ended it
  return code;
}

}  // namespace ouro::program
