// Loads the library of a CPython, and finds its functions.
#include "python_library.h"

#include "harness.h"
#if OURO_BENCH_PYTHON
#include "cpython_side.h"
#endif

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <dlfcn.h>

namespace bench {

namespace {

/// The library's own symbols come first: another version has the same names. The linked one is found as everything is.
void* open(const PythonLibrary& library) {
  if (library.path.empty()) return dlopen(nullptr, RTLD_NOW);
  void* const handle = dlopen(library.path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
  if (handle == nullptr) throw std::runtime_error(dlerror());
  return handle;
}

template <class F>
void find(void* handle, const char* name, F& function) {
  function = reinterpret_cast<F>(dlsym(handle, name));
  if (function == nullptr) throw std::runtime_error(std::string("no ") + name);
}

void start(void* handle, const PythonLibrary& library) {
  if (library.path.empty()) {
#if OURO_BENCH_PYTHON
    const CPythonSide started;
#endif
    return;
  }
  // <prefix>/lib/libpython3.so lies beside the library's own modules.
  setenv("PYTHONHOME", std::filesystem::path(library.path).parent_path().parent_path().c_str(), 1);
  setenv("PYTHONNOUSERSITE", "1", 1);
  void (*initialize)(int) = nullptr;
  find(handle, "Py_InitializeEx", initialize);
  initialize(0);
}

}  // namespace

const std::vector<PythonLibrary>& python_libraries() {
  static const std::vector<PythonLibrary> libraries = [] {
    std::vector<PythonLibrary> found;
#if OURO_BENCH_PYTHON
    found.push_back({cpython_name(), ""});
#endif
#ifdef OURO_BENCH_OTHER_PYTHON
    found.push_back({"cpython-" OURO_BENCH_OTHER_PYTHON_VERSION, OURO_BENCH_OTHER_PYTHON});
#endif
    return found;
  }();
  return libraries;
}

PythonFunctions::PythonFunctions(const PythonLibrary& library) {
  void* const handle = open(library);
  start(handle, library);
  find(handle, "PyEval_SaveThread", save_thread);
  find(handle, "PyEval_RestoreThread", restore_thread);
  find(handle, "PyGILState_Ensure", ensure);
  find(handle, "PyGILState_Release", release);
  find(handle, "PyRun_SimpleString", run);
  find(handle, "PyObject_GetAttrString", attribute);
  find(handle, "PyObject_CallFunction", call);
  find(handle, "PyImport_ImportModule", import_module);
  find(handle, "Py_DecRef", drop);
}

}  // namespace bench
