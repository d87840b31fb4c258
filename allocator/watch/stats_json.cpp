// Writes the allocator's statistics as JSON.
#include <ouro/allocator/watch/detail/stats_fields.h>
#include <ouro/allocator/watch/stats_json.h>
#include <ouro/base/json_writer.h>

namespace ouro::alloc {

namespace {

template <class S, std::size_t N>
void write_fields(JsonWriter& writer, const S& stats, const std::array<detail::Field<S>, N>& names) {
  for (const detail::Field<S>& field : names) writer.number(field.name, stats.*field.value);
}

template <class S, std::size_t N>
void write_object(JsonWriter& writer, const char* name, const S& stats, const std::array<detail::Field<S>, N>& names) {
  writer.open(name, '{');
  write_fields(writer, stats, names);
  writer.close('}');
}

void write_summary(JsonWriter& writer, const StatsSummary& summary) {
  writer.open("summary", '{');
  writer.number("held_bytes", summary.held_bytes);
  writer.number("live_bytes", summary.live_bytes);
  writer.number("free_bytes", summary.free_bytes);
  writer.number("untouched_bytes", summary.untouched_bytes);
  writer.number("waste_bytes", summary.waste_bytes);
  writer.number("empty_bytes", summary.empty_bytes);
  writer.number("retained_bytes", summary.retained_bytes);
  writer.number("purged_bytes", summary.purged_bytes);
  writer.number("fragmentation", summary.fragmentation);
  writer.close('}');
}

void write_space(JsonWriter& writer, const char* name, const SpaceStats& stats) {
  writer.open(name, '{');
  write_fields(writer, stats, detail::kSpaceFields);
  writer.open("arenas_by_pools_taken", '[');
  const std::size_t most = stats.pool_bytes == 0 ? 0 : stats.arena_bytes / stats.pool_bytes;
  for (std::size_t taken = 0; taken <= most; ++taken) writer.number(nullptr, stats.arenas_by_pools_taken[taken]);
  writer.close(']');
  writer.open("classes", '[');
  for (const ClassStats& of_class : stats.classes)
    if (of_class.pools != 0) write_object(writer, nullptr, of_class, detail::kClassFields);
  writer.close(']');
  write_summary(writer, summary_of(stats));
  writer.close('}');
}

}  // namespace

std::string to_json(const AllocatorStats& stats) {
  JsonWriter writer;
  writer.open(nullptr, '{');
  write_space(writer, "containers", stats.containers);
  write_space(writer, "atoms", stats.atoms);
  write_space(writer, "buffers", stats.buffers);
  write_object(writer, "raw", stats.raw, detail::kRawFields);
  writer.open("domains", '{');
  write_object(writer, name_of(Domain::kRaw), stats.raw_domain, detail::kDomainFields);
  write_object(writer, name_of(Domain::kBuffers), stats.buffers_domain, detail::kDomainFields);
  write_object(writer, name_of(Domain::kObjects), stats.objects_domain, detail::kDomainFields);
  writer.close('}');
  write_fields(writer, stats, detail::kBudgetFields);
  write_summary(writer, summary_of(stats));
  writer.close('}');
  return writer.take();
}

}  // namespace ouro::alloc
