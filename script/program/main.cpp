// The program ouro: runs Python programs.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/compiler/source.h>
#include <ouro/script/engine/engine.h>
#include <ouro/script/machine/report.h>
#include <ouro/script/syntax/dump.h>

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace {

using namespace ouro;

/// What the command line says.
struct CommandLine {
  std::string file;
  std::string command;
  std::string module;
  bool has_command = false;
  bool dumps_tree = false;
  bool disassembles = false;
  std::uint64_t memory_limit = 0;
  std::optional<std::uint64_t> seed{};
  std::vector<std::string> arguments{};
};

Attention* attention_of_program = nullptr;

void interrupt_program(int) noexcept {
  if (attention_of_program != nullptr) attention_of_program->interrupt();
}

std::string read_all(std::istream& from) { return {std::istreambuf_iterator<char>(from), std::istreambuf_iterator<char>()}; }

/// As CPython shows the file of a program.
std::string absolute(std::string path) {
  if (path.starts_with('/')) return path;
  while (path.starts_with("./")) path.erase(0, 2);
  char* const here = getcwd(nullptr, 0);
  if (here == nullptr) return path;
  std::string whole = std::string(here) + "/" + path;
  std::free(here);
  return whole;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

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
    fmt::print(stderr, "ouro: can't open file '{}': [Errno {}] {}\n", line.file, errno, std::strerror(errno));
    std::exit(2);
  }
  return {read_all(file), absolute(line.file)};
}

script::EngineOptions options_of(const CommandLine& line) {
  script::EngineOptions options{.permissions = {.files = true, .process = true}};
  options.arguments.push_back(line.has_command ? "-c" : !line.module.empty() ? "-m" : line.file);
  options.arguments.insert(options.arguments.end(), line.arguments.begin(), line.arguments.end());
  options.path.push_back(line.has_command || !line.module.empty() || line.file == "-" ? "" : folder_of(absolute(line.file)));
  return options;
}

/// What `sys.exit` says: a code, or a text for standard error.
int exit_code_of(BaseException& exit) {
  const Ref<> code = get_attribute(exit, *intern(builtins_of(exit), "code"));
  if (is_none(*code)) return 0;
  if (const Int* const number = as_int(*code)) return number->is_big() ? 255 : static_cast<int>(number->value & 0xFF);
  const Ref<Str> shown = str(*code);
  fmt::print(stderr, "{}\n", text(*shown));
  return 1;
}

int report_error(script::Engine& engine, Runtime& rt, const Error& error) {
  std::fflush(stdout);
  const Ref<BaseException> exception = rt.exception(error);
  if (is_instance(*exception, rt.type(ErrorKind::kSystemExit))) return exit_code_of(*exception);
  const std::string report = script::report_of(engine.interpreter(), *exception);
  std::fwrite(report.data(), 1, report.size(), stderr);
  return error.is(ErrorKind::kKeyboardInterrupt) ? 130 : 1;
}

int show_tree(const Program& program) {
  try {
    script::Tree tree = script::parse(program.text, {.filename = program.name});
    fmt::print("{}\n", script::dump(tree.root()));
    return 0;
  } catch (const script::SyntaxError& error) {
    fmt::print(stderr, "{}:{}: SyntaxError: {}\n", error.filename, error.lineno, error.message);
    return 1;
  }
}

void run_program(script::Engine& engine, const CommandLine& line) {
  if (!line.module.empty()) return engine.run_module(line.module);
  const Program program = program_of(line);
  if (line.disassembles) {
    const Ref<script::Code> code =
        script::compile_source(engine.interpreter().builtins(), program.text, {.file = program.name, .is_text = false});
    fmt::print("{}", script::disassemble(*code));
    return;
  }
  if (!line.has_command && line.file != "-") {
    engine.globals()->set("__file__", *make_str(engine.interpreter().builtins(), program.name));
    engine.globals()->set("__cached__", engine.interpreter().builtins().none());
  }
  engine.run(program.text, program.name);
}

int run(const CommandLine& line) {
  if (line.dumps_tree) return show_tree(program_of(line));
  Options options;
  options.memory_limit = line.memory_limit;
  options.schedule_seed = line.seed;
  options.leak_handler = [](const LeakReport&) {};
  script::Engine* running = nullptr;
  const auto tell = [](const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); };
  options.unraisable = [&](const Error& error, std::string_view where, const Object& context) {
    tell(running != nullptr ? running->report_ignored(error, where, context) : fmt::format("{}\n", error.what()));
  };
  options.thread_hook = [&](const Error& error, const std::string& name) {
    if (error.is(ErrorKind::kSystemExit)) return;
    tell(fmt::format("Exception in thread {}:\n{}", name, running != nullptr ? running->report(error) : error.what()));
  };
  Runtime rt(std::move(options));
  attention_of_program = &rt.attention();
  std::signal(SIGINT, interrupt_program);
  script::Engine engine(rt, options_of(line));
  running = &engine;
  int code = 0;
  try {
    run_program(engine, line);
  } catch (const Error& error) {
    code = report_error(engine, rt, error);
  }
  try {
    engine.wait_for_threads();
    engine.close();
  } catch (const Error& error) {
    code = report_error(engine, rt, error);
  }
  running = nullptr;
  std::fflush(stdout);
  std::signal(SIGINT, SIG_DFL);
  attention_of_program = nullptr;
  return code;
}

/// What stands behind the program's name is the program's.
void split_arguments(int argc, char** argv, std::vector<std::string>& own, std::vector<std::string>& rest) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    own.push_back(word);
    const bool takes_value = word == "-c" || word == "-m";
    if (takes_value && i + 1 < argc) own.emplace_back(argv[++i]);
    const bool is_option = word.size() > 1 && word[0] == '-' && !takes_value;
    if (is_option && (word == "--seed" || word == "--memory-limit") && i + 1 < argc) {
      own.emplace_back(argv[++i]);
      continue;
    }
    if (is_option) continue;
    rest.assign(argv + i + 1, argv + argc);
    return;
  }
}

}  // namespace

int main(int argc, char** argv) {
  CommandLine line;
  CLI::App app{"Runs Python programs on the Ouroboros runtime.", "ouro"};
  CLI::Option* const command = app.add_option("-c", line.command, "run this text as the program");
  app.add_option("-m", line.module, "run a module as the program");
  app.add_option("file", line.file, "the program; - reads standard input");
  app.add_flag("--dump-ast", line.dumps_tree, "print the syntax tree as ast.dump does, and stop");
  app.add_flag("--dis", line.disassembles, "print the instructions, and stop");
  app.add_option("--memory-limit", line.memory_limit, "bytes that the program may hold");
  app.add_option("--seed", line.seed, "let threads switch by a seed, so that a race happens again");
  app.set_version_flag("--version,-V", "Python 3.11.2 (ouro 0.1.0)");
  std::vector<std::string> own;
  split_arguments(argc, argv, own, line.arguments);
  std::reverse(own.begin(), own.end());
  try {
    app.parse(own);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  line.has_command = command->count() > 0;
  if (!line.has_command && line.module.empty() && line.file.empty()) line.file = "-";
  return run(line);
}
