// Uncaught exceptions, and the statistics of the collector and the allocator, as lines of text.
#include <ouro/allocator/watch/stats_summary.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/runtime/runtime.h>
#include <ouro/script/machine/report.h>
#include <ouro/script/modules/modules.h>
#include <ouro/script/program/reports.h>

#include <fmt/format.h>

#include <cstdio>

namespace ouro::program {

namespace {

/// Writes to `sys.stderr`, or where that fails to the process's.
void tell_by_stream(script::Interpreter& interpreter, std::string_view text) {
  const Ref<> stream = Ref<>::share(interpreter.sys().find("stderr"));
  try {
    if (stream && !is_none(*stream)) return script::write_to(interpreter, *stream, text);
  } catch (const Error&) {
    return tell(text);
  }
}

/// What `sys.exit` says: a code, or a text for standard error.
int exit_code_of(script::Interpreter& interpreter, BaseException& exit) {
  const Ref<> code = get_attribute(exit, *intern(builtins_of(exit), "code"));
  if (is_none(*code)) return 0;
  if (const Int* const number = as_int(*code)) return number->is_big() ? 255 : static_cast<int>(number->value & 0xFF);
  tell_by_stream(interpreter, std::string(text(*str(*code))) + "\n");
  return 1;
}

/// `sys.last_type` and the other two, for a debugger.
void remember(script::Interpreter& interpreter, BaseException& exception) {
  Module& sys = interpreter.sys();
  sys.set("last_type", *exception.type);
  sys.set("last_value", exception);
  sys.set("last_traceback", exception.traceback != nullptr ? *exception.traceback : interpreter.builtins().none());
}

void call_hook(script::Interpreter& interpreter, Object& hook, BaseException& exception) {
  Object& traceback = exception.traceback != nullptr ? *exception.traceback : interpreter.builtins().none();
  Object* const arguments[] = {exception.type, &exception, &traceback};
  static_cast<void>(raise_if_failed(interpreter.heap(), [&] { return call(hook, Arguments{{arguments, 3}, {}, {}}); }));
}

/// Calls `sys.excepthook`. What it raises is printed, and then what it was to print.
void show(script::Interpreter& interpreter, BaseException& exception) {
  const Ref<> hook = Ref<>::share(interpreter.sys().find("excepthook"));
  if (!hook) return tell("sys.excepthook is missing\n" + script::report_of(interpreter, exception));
  if (const std::optional<Error> error = error_of([&] { call_hook(interpreter, *hook, exception); })) {
    const Ref<BaseException> second = exception_of(interpreter.builtins(), *error);
    tell_by_stream(interpreter,
                   fmt::format("Error in sys.excepthook:\n{}\nOriginal exception was:\n{}",
                               script::report_of(interpreter, *second), script::report_of(interpreter, exception)));
  }
}

double milliseconds(std::chrono::nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

std::string line_of_generation(const gc::Collector& collector, int generation) {
  const gc::GenerationStats& stats = collector.generations().stats(generation);
  const gc::PauseHistogram& pauses = collector.pauses(generation);
  return fmt::format("  {:>10} {:>12} {:>10} {:>14} {:>11.3f} {:>11.3f}\n", generation, stats.collections, stats.collected,
                     stats.uncollectable, milliseconds(pauses.total()), milliseconds(pauses.longest()));
}

std::size_t blocks_of(const alloc::AllocatorStats& stats) {
  return stats.objects_domain.live_blocks + stats.buffers_domain.live_blocks + stats.raw_domain.live_blocks;
}

}  // namespace

void tell(std::string_view text) noexcept { static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr)); }

int report_uncaught(script::Engine& engine, const Error& error, bool stays) {
  std::fflush(stdout);
  script::Interpreter& interpreter = engine.interpreter();
  const Ref<BaseException> exception = exception_of(interpreter.builtins(), error);
  if (!stays && is_instance(*exception, interpreter.builtins().type(ErrorKind::kSystemExit)))
    return exit_code_of(interpreter, *exception);
  remember(interpreter, *exception);
  show(interpreter, *exception);
  std::fflush(stdout);
  return 1;
}

std::string statistics_of(Runtime& runtime) {
  std::string report = "garbage collector\n  generation  collections  collected  uncollectable    total ms  longest ms\n";
  for (int generation = 0; generation < gc::kGenerations; ++generation)
    report += line_of_generation(runtime.collector(), generation);
  report += "objects alive\n";
  const std::vector<gc::TypeCensus> types = runtime.objects_by_type();
  constexpr std::size_t kMostTypes = 5;
  for (std::size_t i = 0; i < types.size() && i < kMostTypes; ++i)
    report += fmt::format("  {:<20} {:>12} {:>15} bytes\n", types[i].name, types[i].objects, types[i].bytes);
  const alloc::AllocatorStats stats = runtime.memory_stats();
  const alloc::StatsSummary summary = alloc::summary_of(stats);
  report += fmt::format("  {:<20} {:>12}\n", "all", runtime.count_objects());
  report += fmt::format("memory\n  {:<20} {:>12} {:>15} bytes\n", "blocks in use", blocks_of(stats), summary.live_bytes);
  report += fmt::format("  {:<33} {:>15} bytes\n", "held", summary.held_bytes);
  report += fmt::format("  {:<33} {:>15} bytes\n", "held at most", stats.budget_peak);
  return report;
}

}  // namespace ouro::program
