// Reads the command line with CLI11.
#include <ouro/runtime/options.h>
#include <ouro/script/program/command_line.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

namespace ouro::program {

namespace {

constexpr char kDescription[] =
    "usage: ouro [OPTION...] [-c TEXT | -m MODULE | FILE | -] [ARGUMENT...]\n\n"
    "Runs Python 3.11 programs on the Ouroboros runtime.\n\n"
    "Without FILE, -c or -m, and with -, the program is read from standard input; if that is a terminal there is a prompt,\n"
    "which runs each statement when it has been typed. What stands behind FILE, -, the text of -c or the module of -m is\n"
    "the program's: it finds it in sys.argv.";

constexpr char kFooter[] =
    "Exit codes: 0 the program ended; what it gave to sys.exit(); 1 an exception was not caught; 2 the command line is "
    "wrong or\n"
    "FILE cannot be read; 124 the time limit was reached; killed by SIGINT (a shell says 130) after a KeyboardInterrupt.";

/// CLI11's help; the line of usage is ours, which knows that one program is enough, and options have no remarks.
class HelpText : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App*, std::string) const override { return {}; }
  std::string make_positionals(const CLI::App*) const override { return {}; }
  std::string make_option_opts(const CLI::Option* option) const override {
    return option->get_option_text().empty() ? "" : " " + option->get_option_text();
  }
};

/// The bytes of a size like 64M; 0: it is none.
std::uint64_t bytes_of(std::string size) {
  try {
    if (!size.empty() && size[0] != '-' && CLI::AsSizeValue(false)(size).empty()) return std::stoull(size);
  } catch (const CLI::ValidationError&) {}
  return 0;
}

/// `64M` becomes a number of bytes; what is wrong with it.
std::string read_size(std::string& given) {
  const std::uint64_t bytes = bytes_of(given);
  if (bytes == 0) return "SIZE is a number of bytes, or one with K, M or G, as in 64M, not " + given;
  if (bytes < Options::kLeastMemoryLimit) return "a program needs at least 2M, not " + given;
  given = std::to_string(bytes);
  return {};
}

std::string check_seconds(const std::string& given) {
  double seconds = 0;
  const bool is_right = CLI::detail::lexical_cast(given, seconds) && seconds > 0;
  return is_right ? "" : "SECONDS is a number above 0, not " + given;
}

void add_programs(CLI::App& app, CommandLine& line) {
  const std::string group = "What to run";
  app.add_option("FILE", line.file, "The program; - is standard input")->group(group);
  app.add_option("-c", line.command, "Run TEXT as the program")->option_text("TEXT")->group(group);
  app.add_option("-m", line.module, "Run the module of this name, found on sys.path, as the program")
      ->option_text("MODULE")
      ->group(group);
  app.add_flag("-i", line.inspects, "When the program has ended, give a prompt that has its variables")->group(group);
  app.add_flag("-q", line.is_quiet, "No greeting at the prompt")->group(group);
  CLI::Option* const module = app.get_option("-m");
  app.add_flag("--dump-ast", line.dumps_tree, "Print the program's syntax tree as ast.dump() does; run nothing")
      ->excludes(module)
      ->group(group);
  app.add_flag("--dis", line.disassembles, "Print the program's bytecode; run nothing")->excludes(module)->group(group);
}

void add_limits(CLI::App& app, CommandLine& line) {
  const std::string group = "How to run it";
  app.add_option("--memory-limit", line.memory_limit, "At most so many bytes for its objects (64M, 1G): then MemoryError")
      ->option_text("SIZE")
      ->transform(CLI::Validator(read_size, "SIZE"))
      ->group(group);
  app.add_option("--time-limit", line.time_limit, "At most so long, waiting included: then ouro.BudgetUsedUp, exit code 124")
      ->option_text("SECONDS")
      ->check(check_seconds)
      ->group(group);
  app.add_option("--seed", line.seed, "Draw which thread runs next from this number, so that a race happens again")
      ->option_text("NUMBER")
      ->group(group);
  app.add_option("--compat", line.compat,
                 "As another CPython: py313, py315 collect by its rules; py38 switches threads between any two instructions")
      ->option_text("VERSION")
      ->check(CLI::IsMember({"py38", "py311", "py313", "py315"}))
      ->group(group);
  app.add_flag("--stress", line.is_stressed,
               "Collect before each container is made: finds references that native code forgot")
      ->group(group);
}

void add_reports(CLI::App& app, CommandLine& line) {
  const std::string group = "What to say at the end, on standard error";
  app.add_flag("--gc-stats", line.tells_statistics,
               "What the collector did and how long it took; what is alive; where memory is")
      ->group(group);
  app.add_flag("--leaks", line.tells_leaks, "Which instances of the program's classes are still alive, and who holds them")
      ->group(group);
}

/// The option of that name, if it has a value that is the next word.
bool takes_value(const CLI::App& app, const std::string& name) {
  const CLI::Option* const option = app.get_option_no_throw(name);
  return option != nullptr && option->get_items_expected_min() > 0;
}

/// What a word says of the words behind it.
enum class Next { kOption, kValue, kValueThenArguments, kArguments };

Next after_short_options(const CLI::App& app, const std::string& word) {
  for (std::size_t i = 1; i < word.size(); ++i) {
    if (!takes_value(app, {'-', word[i]})) continue;
    const bool is_last = i + 1 == word.size();
    return is_last ? Next::kValueThenArguments : Next::kArguments;  // -c TEXT, -cTEXT
  }
  return Next::kOption;
}

Next after(const CLI::App& app, const std::string& word) {
  if (word.size() < 2 || word[0] != '-') return Next::kArguments;
  if (word[1] != '-') return after_short_options(app, word);
  return takes_value(app, word) ? Next::kValue : Next::kOption;
}

/// What stands behind the program's name is the program's.
void split_arguments(const CLI::App& app, int argc, char** argv, std::vector<std::string>& own,
                     std::vector<std::string>& rest) {
  for (int i = 1; i < argc; ++i) {
    own.emplace_back(argv[i]);
    const Next next = after(app, own.back());
    if (next == Next::kOption) continue;
    if (next != Next::kArguments && i + 1 < argc) own.emplace_back(argv[++i]);
    if (next == Next::kValue) continue;
    rest.assign(argv + i + 1, argv + argc);
    return;
  }
}

}  // namespace

ParsedLine parse_command_line(int argc, char** argv) {
  ParsedLine parsed;
  CommandLine& line = parsed.line;
  CLI::App app{kDescription, "ouro"};
  app.footer(kFooter);
  app.formatter(std::make_shared<HelpText>());
  add_programs(app, line);
  add_limits(app, line);
  add_reports(app, line);
  app.set_help_flag("-h,--help", "Print this and exit")->group("Others");
  app.set_version_flag("-V,--version", kVersion, "Print the version and exit")->group("Others");
  std::vector<std::string> own;
  split_arguments(app, argc, argv, own, line.arguments);
  std::reverse(own.begin(), own.end());
  try {
    app.parse(std::move(own));
  } catch (const CLI::ParseError& error) {
    parsed.exit_code = app.exit(error) == 0 ? 0 : 2;
    return parsed;
  }
  line.has_command = app.count("-c") > 0;
  line.names_nothing = !line.has_command && line.module.empty() && line.file.empty();
  if (line.names_nothing) line.file = "-";
  return parsed;
}

}  // namespace ouro::program
