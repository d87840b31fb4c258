// Every CPython there is, for the cases about threads: the one that is linked, and another version, loaded for one side
// alone.
//
// The lock has changed from version to version, so one version says little about the others. The few functions that these
// cases need have been the same in all of them, and are found by name in whichever library a side uses.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

/// A CPython that can be embedded.
struct PythonLibrary {
  std::string name;  ///< "cpython-3.13"
  std::string path;  ///< of the shared library; empty: the one that is linked
};

/// The linked one, and the other one that was found when the benchmarks were configured.
[[nodiscard]] const std::vector<PythonLibrary>& python_libraries();

/// The functions, by the names of the C API; objects and thread states are opaque.
class PythonFunctions {
 public:
  /// Starts the interpreter, which is left to end with the process. Throws std::runtime_error if there is none.
  explicit PythonFunctions(const PythonLibrary& library);

  void* (*save_thread)();
  void (*restore_thread)(void* state);
  int (*ensure)();
  void (*release)(int state);
  int (*run)(const char* program);
  void* (*attribute)(void* object, const char* name);
  void* (*call)(void* callable, const char* format, ...);
  void* (*import_module)(const char* name);
  void (*drop)(void* object);
};

}  // namespace bench
