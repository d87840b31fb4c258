// The report of a runtime's memory, as text and as JSON.
#include <ouro/allocator/watch/stats_json.h>
#include <ouro/allocator/watch/stats_report.h>
#include <ouro/base/json_writer.h>
#include <ouro/gc/explain/census.h>
#include <ouro/runtime/memory_report.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro {

namespace {

constexpr std::size_t kMostTypes = 10;

/// The line that CPython has for its free lists: "  8 free PyDictObjects * 48 bytes each =   384".
std::string type_line(const std::string& what, std::size_t bytes) {
  std::string line = alloc::stats_line("", bytes);
  return fmt::format("{:>48} {}", what, line.substr(line.find('=')));
}

std::string type_report(const std::vector<gc::TypeCensus>& types) {
  std::string text = "live objects by type, without their buffers.\n\n";
  gc::TypeCensus others;
  std::size_t total = 0;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const gc::TypeCensus& type = types[i];
    total += type.bytes;
    if (i < kMostTypes) {
      const double each = static_cast<double>(type.bytes) / static_cast<double>(type.objects);
      text += type_line(fmt::format("{} {} objects * {:.1f} bytes each", type.objects, type.name, each), type.bytes);
    } else {
      others.objects += type.objects;
      others.bytes += type.bytes;
    }
  }
  if (types.size() > kMostTypes)
    text += type_line(fmt::format("{} objects of {} more types", others.objects, types.size() - kMostTypes), others.bytes);
  return text + type_line(fmt::format("{:<48}", "Total"), total) + '\n';
}

}  // namespace

std::string memory_report(const Heap& heap) {
  return type_report(gc::census(heap)) + alloc::stats_report(heap.memory.stats());
}

std::string memory_json(const Heap& heap) {
  JsonWriter writer;
  writer.open(nullptr, '{');
  writer.open("types", '[');
  for (const gc::TypeCensus& type : gc::census(heap)) {
    writer.open(nullptr, '{');
    writer.string("name", type.name);
    writer.number("objects", type.objects);
    writer.number("bytes", type.bytes);
    writer.close('}');
  }
  writer.close(']');
  writer.json("allocator", alloc::to_json(heap.memory.stats()));
  writer.close('}');
  return writer.take();
}

}  // namespace ouro
