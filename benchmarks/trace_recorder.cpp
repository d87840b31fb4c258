// The Python programs whose requests are recorded.
#include "trace_recorder.h"

#include <algorithm>
#include <stdexcept>

#include "trace.h"
#include "trace_programs.h"
#if OURO_BENCH_PYTHON
#include "cpython_side.h"
#include "trace_hooks.h"
#endif

namespace bench {

#if OURO_BENCH_PYTHON
namespace {

void run_text(const char* text) {
  if (PyRun_SimpleString(text) != 0) throw std::runtime_error("a program that is to be recorded failed");
}

void define_document(const std::string& document) {
  PyObject* const main = PyImport_AddModule("__main__");  // borrowed
  if (main == nullptr || PyModule_AddStringConstant(main, "document_path", document.c_str()) != 0)
    throw std::runtime_error("no __main__");
}

const TraceProgram& find_program(std::string_view name) {
  const auto* const found = std::find_if(kTracePrograms.begin(), kTracePrograms.end(),
                                         [name](const auto& program) { return program.name == name; });
  if (found == kTracePrograms.end()) throw std::runtime_error("no program to record");
  return *found;
}

}  // namespace

bool can_record_traces() noexcept { return true; }

void record_trace(std::string_view name, const std::string& document, const std::string& path) {
  const TraceProgram& program = find_program(name);
  const CPythonSide python;
  define_document(document);
  run_text(program.prepare);
  TraceHooks hooks;
  hooks.install();
  run_text(program.run);
  hooks.remove();
  write_trace(path, hooks.slots(), hooks.events());
}
#else
bool can_record_traces() noexcept { return false; }

void record_trace(std::string_view, const std::string&, const std::string&) {
  throw std::runtime_error("this program does not embed CPython");
}
#endif

}  // namespace bench
