// What the program says on standard error: uncaught exceptions, statistics, what is still alive.
#pragma once

#include <ouro/script/engine/engine.h>

#include <optional>
#include <string>
#include <string_view>

namespace ouro::program {

void tell(std::string_view text) noexcept;

/// What a call throws, for use behind the handler of C++: inside it, it would be the context of all that is raised.
template <class Function>
[[nodiscard]] std::optional<Error> error_of(Function&& function) {
  try {
    function();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

/// Prints an exception that nobody caught by `sys.excepthook`; the exit code. SystemExit is not printed but for the text
/// that it may carry, unless `stays`: there is a prompt afterwards, so the program does not end (CPython: -i).
[[nodiscard]] int report_uncaught(script::Engine& engine, const Error& error, bool stays = false);

/// What the collector did, generation by generation, what is alive and where memory is.
[[nodiscard]] std::string statistics_of(Runtime& runtime);

/// The instances of classes that the program wrote, by class, each with a path of references that keeps one of them alive.
/// Collects nothing: what nothing leads to any more is told as such.
[[nodiscard]] std::string living_instances(script::Engine& engine);

}  // namespace ouro::program
