// The prompt: runs statements as they are typed.
//
//   >>> for i in range(2):        `sys.ps1`, then `sys.ps2` while a statement goes on; a block ends at an empty line
//   ...     print(i)
//   ...
//   0
//   1
//   >>> i + 1                     the value of an expression is shown by `sys.displayhook` and kept as `_`
//   2
//
// Prompts go to standard error, as CPython's do where it edits no lines.
#pragma once

#include <ouro/script/engine/engine.h>

#include <optional>
#include <string>

namespace ouro::program {

class Prompt {
 public:
  explicit Prompt(script::Engine& engine) : engine_(engine) {}

  /// Until the end of standard input. Errors are printed and do not end it; throws those that do: SystemExit, and
  /// BudgetUsedUp.
  void run();

 private:
  [[nodiscard]] bool run_statement();
  [[nodiscard]] std::optional<std::string> read_statement();
  [[nodiscard]] std::string read_line(const std::string& prompt);
  [[nodiscard]] std::string text_of(std::string_view name);

  script::Engine& engine_;
};

}  // namespace ouro::program
