#include <ouro/objects/model/heap.h>
#include <ouro/runtime/leak_report.h>

#include <boost/unordered/unordered_flat_map.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace ouro {

LeakReport report_leaks(const Heap& heap) {
  boost::unordered_flat_map<const Object*, std::uint32_t> inside;
  heap.for_each_object([&](Object& object) { inside.emplace(&object, 0); });
  for (const auto& entry : inside)
    for_each_edge(*entry.first, [&](const Object& target) {
      if (const auto found = inside.find(&target); found != inside.end()) ++found->second;
    });

  LeakReport report;
  report.leaks.reserve(inside.size());
  for (const auto& [object, references] : inside) {
    report.leaks.push_back({std::string(object->type->name), object, object->refcount,
                            object->refcount > references ? object->refcount - references : 0});
    report.bytes += block_bytes(*object);
  }
  std::sort(report.leaks.begin(), report.leaks.end(), [](const Leak& a, const Leak& b) {
    if ((a.from_outside != 0) != (b.from_outside != 0)) return a.from_outside != 0;
    return a.address < b.address;
  });
  return report;
}

std::string LeakReport::summary() const {
  if (leaks.empty()) return "no leaks";
  std::map<std::string_view, std::size_t> by_type;
  for (const Leak& leak : leaks) ++by_type[leak.type];
  std::string types;
  for (const auto& [type, number] : by_type)
    fmt::format_to(std::back_inserter(types), "{}{} {}", types.empty() ? "" : ", ", number, type);
  const Leak& first = leaks.front();
  return fmt::format("{} object{} outlived the runtime ({}); {} at {} is held by {} handle{}", leaks.size(),
                     leaks.size() == 1 ? "" : "s", types, first.type, first.address, first.from_outside,
                     first.from_outside == 1 ? "" : "s");
}

}  // namespace ouro
