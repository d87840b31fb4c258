// ouro_benchmarks: measures Ouroboros beside its peers and prints ratios.
#include <fmt/core.h>

#include <cstdlib>
#include <exception>
#include <fstream>
#include <map>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "child.h"
#include "harness.h"
#include "report.h"
#include "trace_library.h"
#include "trace_recorder.h"

namespace {

constexpr const char* kHelp = R"(usage: ouro_benchmarks [--quick] [--only REGEX] [--json FILE] [--document FILE] [--list]

Measures Ouroboros beside CPython and Lua (through their C APIs) and the allocators, as far as they are installed.

  --quick           3 repetitions of each side instead of 5
  --only REGEX      cases whose name (area/name/param) contains a match
  --json FILE       also writes the rows as JSON
  --document FILE   the JSON document that graph and gc/document rows build
  --list            names the cases and what they do, and measures nothing

Every sample is taken in a fresh process pinned to one core; the sides of a case are interleaved (A B A B ...) and a cell is
the median. Cells are costs, in time or in bytes, so lower is better; a ratio is peer / ouro, so above 1 Ouroboros is
cheaper, and that holds for rows in bytes too. `ratio` compares with the best peer. `floor` is an inlined free list that
never gives anything back; it shows what the machine allows and is not a peer. `bars` says of each limit the row is meant to
keep whether it did: `best peer >= 4` and `cpython >= 3` are ratios, `floor <= 1.3` is ouro / floor, `ouro <= 2` a cost.
)";

constexpr int kRepetitions = 5;
constexpr int kQuickRepetitions = 3;

struct Options {
  bool help = false;
  bool list = false;
  bool quick = false;
  std::string only;
  std::string json;
  std::string measure_case;
  std::string measure_side;
  std::string record;
  bench::Settings settings{.document = OURO_BENCH_DOCUMENT};
};

Options parse(int count, char** arguments) {
  Options options;
  const std::map<std::string_view, bool*> flags{
      {"--help", &options.help}, {"-h", &options.help}, {"--list", &options.list}, {"--quick", &options.quick}};
  const std::map<std::string_view, std::vector<std::string*>> values{
      {"--only", {&options.only}},
      {"--json", {&options.json}},
      {"--document", {&options.settings.document}},
      {"--traces", {&options.settings.traces}},
      {"--record", {&options.record}},
      {"--measure", {&options.measure_case, &options.measure_side}}};
  for (int next = 1; next < count;) {
    const std::string_view option = arguments[next++];
    if (const auto flag = flags.find(option); flag != flags.end()) {
      *flag->second = true;
    } else if (const auto known = values.find(option); known != values.end()) {
      for (std::string* const value : known->second) {
        if (next == count) throw std::invalid_argument(fmt::format("{} lacks its value; see --help", option));
        *value = arguments[next++];
      }
    } else {
      throw std::invalid_argument(fmt::format("unknown option {}; see --help", option));
    }
  }
  return options;
}

bench::Cases all_cases() {
  bench::Cases cases;
  bench::add_alloc_cases(cases);
  bench::add_alloc_trace_cases(cases);
  bench::add_alloc_space_cases(cases);
  bench::add_alloc_geometry_cases(cases);
  bench::add_gc_full_cases(cases);
  bench::add_gc_cases(cases);
  bench::add_gc_churn_cases(cases);
  bench::add_gc_young_old_cases(cases);
  bench::add_graph_cases(cases);
  bench::add_object_cases(cases);
  bench::add_class_cases(cases);
  bench::add_error_cases(cases);
  bench::add_json_cases(cases);
  bench::add_dict_cases(cases);
  bench::add_set_cases(cases);
  bench::add_iterator_cases(cases);
  bench::add_list_cases(cases);
  bench::add_tree_cases(cases);
  bench::add_text_cases(cases);
  bench::add_number_cases(cases);
  bench::add_text_method_cases(cases);
  bench::add_weak_cases(cases);
  bench::add_thread_lock_cases(cases);
  bench::add_thread_echo_cases(cases);
  bench::add_thread_work_cases(cases);
  bench::add_thread_message_cases(cases);
  bench::add_thread_pool_cases(cases);
  bench::add_script_cases(cases);
  bench::add_size_cases(cases);
  return cases;
}

void list(const bench::Cases& cases) {
  for (const bench::Case& listed : cases) fmt::print("{:<26} {:<12} {}\n", listed.name, listed.unit, listed.what);
}

bench::Cases chosen_cases(const bench::Cases& cases, const std::string& only) {
  const std::regex chosen(only);
  bench::Cases kept;
  for (const bench::Case& candidate : cases) {
    if (!std::regex_search(candidate.name, chosen)) continue;
    if (!candidate.trace.empty() && !bench::can_record_traces()) {
      fmt::print(stderr, "{} is left out: its trace is recorded from CPython, which was not found\n", candidate.name);
      continue;
    }
    kept.push_back(candidate);
  }
  return kept;
}

/// Runs the chosen cases; a case that fails is named on standard error. Returns the exit status.
int run(const bench::Cases& cases, Options options) {
  std::vector<bench::Row> rows;
  bench::TraceLibrary traces;
  int status = EXIT_SUCCESS;
  if (bench::pin_to_one_core() < 0) fmt::print(stderr, "not pinned to a core: expect more noise\n");
  bench::print_head(stdout);
  for (const bench::Case& measured : chosen_cases(cases, options.only)) {
    try {
      if (!measured.trace.empty()) traces.provide(measured.trace, options.settings);
      rows.push_back(run_case(measured, options.quick ? kQuickRepetitions : kRepetitions, options.settings));
      bench::print_row(rows.back(), stdout);
    } catch (const std::runtime_error& error) {
      fmt::print(stderr, "{}\n", error.what());
      status = EXIT_FAILURE;
    }
  }
  if (!options.json.empty() && !(std::ofstream(options.json) << bench::to_json(rows)))
    throw std::runtime_error("cannot write " + options.json);
  return status;
}

/// The child's part of recording. Returns the exit status.
int record(const Options& options) {
  bench::record_trace(options.record, options.settings.document, bench::trace_path(options.settings, options.record));
  return EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const Options options = parse(count, arguments);
    if (options.help) return fmt::print("{}", kHelp), EXIT_SUCCESS;
    const bench::Cases cases = all_cases();
    if (options.list) return list(cases), EXIT_SUCCESS;
    if (!options.measure_case.empty())
      return bench::run_as_child(cases, options.measure_case, options.measure_side, options.settings);
    if (!options.record.empty()) return record(options);
    return run(cases, options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "ouro_benchmarks: {}\n", error.what());
    return EXIT_FAILURE;
  }
}
