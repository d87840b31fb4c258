// The traces of one run of the benchmarks: recorded when first needed, each in a child process, and gone at the end.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "cases.h"
#include "temporary_directory.h"

namespace bench {

/// Where the trace `name` lies, for whoever records or replays it.
[[nodiscard]] std::string trace_path(const Settings& settings, const std::string& name);

class TraceLibrary {
 public:
  /// Makes sure that the trace `name` is there, and that `settings` say where. Throws std::runtime_error if it cannot be
  /// recorded.
  void provide(const std::string& name, Settings& settings);

 private:
  std::optional<TemporaryDirectory> directory_;  ///< made with the first trace
  std::set<std::string> recorded_;
};

}  // namespace bench
