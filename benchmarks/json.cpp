// Cases of JSON text: the sample document read and written, beside CPython's json, which is code of C, and Boost.JSON's
// values.
#include <ouro/objects/json/json.h>

#include <boost/json/parse.hpp>

#include <fstream>
#include <sstream>
#include <string>

#include "harness.h"
#include "object_side.h"

namespace bench {
namespace {

constexpr int kTimes = 3;

std::string text_of_document(const Settings& settings) {
  std::ifstream file(settings.document, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  require(!text.str().empty(), "the document is there");
  return text.str();
}

/// Nanoseconds for each byte of the text, the first time not counted.
template <class Work>
double nanoseconds_a_byte(std::size_t bytes, Work work) {
  work();
  const Stopwatch watch;
  for (int i = 0; i < kTimes; ++i) work();
  return watch.nanoseconds() / kTimes / static_cast<double>(bytes);
}

double load_here(const Settings& settings) {
  OuroSide side;
  const std::string text = text_of_document(settings);
  return nanoseconds_a_byte(text.size(), [&] { escape(ouro::json::load(side.runtime().builtins(), text).get()); });
}

double stream_here(const Settings& settings) {
  constexpr std::size_t kPiece = std::size_t{1} << 16;
  OuroSide side;
  const std::string text = text_of_document(settings);
  return nanoseconds_a_byte(text.size(), [&] {
    ouro::json::Stream stream(side.runtime().builtins());
    for (std::size_t at = 0; at < text.size(); at += kPiece) stream.feed(std::string_view(text).substr(at, kPiece));
    escape(stream.finish().get());
  });
}

double load_by_boost(const Settings& settings) {
  const std::string text = text_of_document(settings);
  return nanoseconds_a_byte(text.size(), [&] {
    boost::json::value value = boost::json::parse(text);
    escape(&value);
  });
}

/// How long the text is that was written is told by the first writing.
double dump_here(const Settings& settings, const ouro::json::DumpOptions& options) {
  OuroSide side;
  const ouro::Ref<> document = ouro::json::load(side.runtime().builtins(), text_of_document(settings));
  const std::size_t bytes = text(*ouro::json::dump(*document, options)).size();
  return nanoseconds_a_byte(bytes, [&] { escape(ouro::json::dump(*document, options).get()); });
}

#if OURO_BENCH_PYTHON
/// Calls `json.name(argument)`.
PyHandle call_json(const PyHandle& module, const char* name, const PyHandle& argument) {
  return PyHandle(PyObject_CallMethod(module.get(), name, "O", argument.get()));
}

double load_by_python(const Settings& settings) {
  const CPythonSide side;
  const std::string text = text_of_document(settings);
  const PyHandle module(PyImport_ImportModule("json"));
  const PyHandle given = side.text(text);
  return nanoseconds_a_byte(text.size(), [&] { escape(call_json(module, "loads", given).get()); });
}

double dump_by_python(const Settings& settings) {
  const CPythonSide side;
  const PyHandle module(PyImport_ImportModule("json"));
  const PyHandle document = call_json(module, "loads", side.text(text_of_document(settings)));
  const PyHandle written = call_json(module, "dumps", document);
  const auto bytes = static_cast<std::size_t>(PyUnicode_GET_LENGTH(written.get()));
  return nanoseconds_a_byte(bytes, [&] { escape(call_json(module, "dumps", document).get()); });
}
#endif

std::vector<Side> sides(Measure ouro, [[maybe_unused]] Measure python) {
  std::vector<Side> sides{{kOuroName, Role::kOuro, std::move(ouro)}};
#if OURO_BENCH_PYTHON
  sides.push_back({cpython_name(), Role::kPeer, std::move(python)});
#endif
  return sides;
}

#if !OURO_BENCH_PYTHON
const Measure load_by_python;
const Measure dump_by_python;
#endif

}  // namespace

void add_json_cases(Cases& cases) {
  std::vector<Side> loading = sides(load_here, load_by_python);
  loading.push_back({"boost.json", Role::kPeer, load_by_boost});
  cases.push_back({"objects/json/load",
                   "ns/byte",
                   "reading the document from a text",
                   std::move(loading),
                   {peer_over("cpython", 1.5), peer_over("boost", 0.7)}});
  cases.push_back({"objects/json/stream", "ns/byte", "the same in pieces of 64 KiB", sides(stream_here, load_by_python)});
  cases.push_back({"objects/json/dump",
                   "ns/byte",
                   "writing it, in one line",
                   sides([](const Settings& settings) { return dump_here(settings, {}); }, dump_by_python),
                   {peer_over("cpython", 1.5)}});
}

}  // namespace bench
