// Starts the embedded CPython, and makes its objects.
#if OURO_BENCH_PYTHON
#include "cpython_side.h"

#include <fmt/core.h>

#include <stdexcept>

namespace bench {
namespace {

void check_status(const PyStatus& status) {
  if (PyStatus_Exception(status)) throw std::runtime_error(status.err_msg);
}

/// Starts an interpreter that reads no environment, no site packages and no command line.
void start_interpreter() {
  PyConfig config;
  PyConfig_InitIsolatedConfig(&config);
  config.site_import = 0;
  config.install_signal_handlers = 0;
  const PyStatus status = Py_InitializeFromConfig(&config);
  PyConfig_Clear(&config);
  check_status(status);
}

}  // namespace

std::string cpython_name() { return fmt::format("cpython-{}.{}", PY_MAJOR_VERSION, PY_MINOR_VERSION); }

CPythonSide::CPythonSide() {
  if (!Py_IsInitialized()) start_interpreter();
  const Handle module(PyImport_ImportModule("gc"));
  collect_function_ = Handle(PyObject_GetAttrString(module.get(), "collect"));
  youngest_ = integer(0);
  PyGC_Collect();
  // What the start made is set aside, so that a collection sees the graph and nothing else.
  const Handle frozen(PyObject_CallMethod(module.get(), "freeze", nullptr));
}

CPythonSide::Handle CPythonSide::new_class(std::string_view name) const {
  const Handle label = interned(name);
  return Handle(PyObject_CallFunction(reinterpret_cast<PyObject*>(&PyType_Type), "O(){}", label.get()));
}

std::size_t CPythonSide::collect() const {
  // PyGC_Collect() does nothing while automatic collection is off.
  const bool was_paused = PyGC_Enable() == 0;
  const Py_ssize_t found = PyGC_Collect();
  if (was_paused) PyGC_Disable();
  return static_cast<std::size_t>(found);
}

std::size_t CPythonSide::collect_young() const {
  const Handle found(PyObject_CallOneArg(collect_function_.get(), youngest_.get()));
  return PyLong_AsSize_t(found.get());
}

}  // namespace bench
#endif
