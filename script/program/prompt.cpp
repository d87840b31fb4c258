// Reads statements line by line and runs each.
#include <ouro/objects/text/str.h>
#include <ouro/runtime/runtime.h>
#include <ouro/script/modules/text_file.h>
#include <ouro/script/program/prompt.h>
#include <ouro/script/program/reports.h>
#include <ouro/script/syntax/parse.h>

#include <cstdio>

namespace ouro::program {

namespace {

/// True for a line that has nothing but a comment.
bool is_empty(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\f\r\n");
  return first == std::string_view::npos || line[first] == '#';
}

/// True if no further line belongs to the statement, or it is wrong already.
bool is_whole(std::string_view text) {
  text.remove_suffix(1);  // as for module codeop: the line end behind the last line says nothing
  return script::completeness(text) != script::Completeness::kIncomplete;
}

void flush() {
  std::fflush(stdout);
  std::fflush(stderr);
}

}  // namespace

/// `sys.ps1` or `sys.ps2` as a text; what has none is no prompt.
std::string Prompt::text_of(std::string_view name) {
  const Ref<> prompt = Ref<>::share(engine_.interpreter().sys().find(name));
  if (!prompt) return {};
  try {
    return std::string(text(*str(*prompt)));
  } catch (const Error&) {
    return {};
  }
}

std::string Prompt::read_line(const std::string& prompt) {
  tell(prompt);
  return script::read_line(engine_.interpreter().runtime(), stdin);
}

/// The next statement; none at the end of standard input, an empty one where there is nothing to run.
std::optional<std::string> Prompt::read_statement() {
  const std::string first = text_of("ps1"), next = text_of("ps2");
  std::string statement = read_line(first);
  if (statement.empty()) return std::nullopt;
  if (is_empty(statement)) return std::string();
  while (!statement.ends_with('\n') || !is_whole(statement)) {
    const std::string line = read_line(next);
    if (line.empty()) {
      tell("\n");
      break;
    }
    statement += line;
  }
  return statement;
}

/// Reads one and runs it; false at the end of standard input.
bool Prompt::run_statement() {
  std::optional<std::string> statement = std::string();
  bool was_read = false;
  const std::optional<Error> error = error_of([&] {
    statement = read_statement();
    was_read = true;
    if (statement && !statement->empty()) engine_.run_interactive(*statement, "<stdin>");
  });
  if (error && (error->is(ErrorKind::kSystemExit) || error->is(kBudgetUsedUp))) throw *error;
  if (error && !was_read) tell("\n");
  if (error) static_cast<void>(report_uncaught(engine_, *error));
  return statement.has_value();
}

void Prompt::run() {
  Builtins& builtins = engine_.interpreter().builtins();
  Module& sys = engine_.interpreter().sys();
  if (sys.find("ps1") == nullptr) sys.set("ps1", *make_str(builtins, ">>> "));
  if (sys.find("ps2") == nullptr) sys.set("ps2", *make_str(builtins, "... "));
  while (run_statement()) flush();
  tell("\n");
}

}  // namespace ouro::program
