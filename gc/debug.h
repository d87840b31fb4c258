// Debug flags of the collector, with CPython's numbers and lines (`gc.set_debug`, Modules/gcmodule.c).
#pragma once

#include <ouro/base/standard/function.h>

#include <string_view>

namespace ouro::gc {

/// Bits for `Collector::set_debug`.
enum DebugFlag : unsigned {
  kDebugStats = 1,          ///< what each collection finds and how long it takes
  kDebugCollectable = 2,    ///< a line for each unreachable object that will be freed
  kDebugUncollectable = 4,  ///< a line for each that will not
  kDebugSaveAll = 32,       ///< unreachable objects are put into the garbage list and not freed
  kDebugLeak = kDebugCollectable | kDebugUncollectable | kDebugSaveAll,
};

/// Gets each line, without its end.
using DebugOutput = std::function<void(std::string_view line)>;

}  // namespace ouro::gc
