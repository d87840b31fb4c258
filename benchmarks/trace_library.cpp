// Records a trace when it is first needed.
#include "trace_library.h"

#include "child.h"

namespace bench {

std::string trace_path(const Settings& settings, const std::string& name) { return settings.traces + "/" + name + ".trace"; }

void TraceLibrary::provide(const std::string& name, Settings& settings) {
  if (!directory_) settings.traces = directory_.emplace().path();
  if (recorded_.contains(name)) return;
  record_in_child(name, settings);
  recorded_.insert(name);
}

}  // namespace bench
