// Snapshots of an allocation trace as text and as JSON.
#include <ouro/allocator/watch/allocation_text.h>
#include <ouro/base/json_writer.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include <dlfcn.h>

namespace ouro::alloc {

namespace {

/// Whose function a frame is in, as far as the dynamic linker knows.
struct Owner {
  enum { kNobodyKnows, kLibrary, kProgram } who;
  const void* module;  ///< the program or shared library it lies in
};

Owner owner_of(const void* frame) {
  Dl_info info{};
  const bool found = dladdr(static_cast<const char*>(frame) - 1, &info) != 0;
  if (!found || info.dli_sname == nullptr) return {Owner::kNobodyKnows, info.dli_fbase};
  // Mangled: _ZN4ouro5chars..., _ZNK4ouro..., _ZSt4sort...; Z and N open scopes, K R O qualify, S is what stands for std.
  const std::string_view symbol = info.dli_sname;
  if (!symbol.starts_with("_Z")) return {Owner::kProgram, info.dli_fbase};
  const std::string_view scope = symbol.substr(std::min(symbol.find_first_not_of("ZNKRO", 1), symbol.size()));
  const bool is_library = scope.starts_with("4ouro") || scope.starts_with('S');
  return {is_library ? Owner::kLibrary : Owner::kProgram, info.dli_fbase};
}

/// tracemalloc's rule: up to three digits with one behind the point, up to five without.
std::string size_text(double bytes, bool shows_sign) {
  constexpr std::array kUnits{"B", "KiB", "MiB", "GiB", "TiB"};
  for (std::size_t unit = 0;; ++unit, bytes /= 1024) {
    const int digits = std::fabs(bytes) < 100 && unit != 0 ? 1 : 0;
    if (digits == 1 || std::fabs(bytes) < 10 * 1024 || unit + 1 == kUnits.size())
      return shows_sign ? fmt::format("{:+.{}f} {}", bytes, digits, kUnits[unit])
                        : fmt::format("{:.{}f} {}", bytes, digits, kUnits[unit]);
  }
}

std::string average_text(std::size_t bytes, std::size_t blocks) {
  if (blocks == 0) return "";
  return ", average=" + size_text(static_cast<double>(bytes) / static_cast<double>(blocks), false);
}

}  // namespace

std::string function_name(const void* frame) {
  const std::string name = name_of_frame(frame);
  // "function+0x1a (program)" has the end that "program+0x1a2b" has not.
  if (!name.ends_with(')')) return name;
  return name.substr(0, name.rfind("+0x"));
}

const void* caller_of(const CallStack& stack) {
  const void* nameless = nullptr;  // the innermost one since the last frame of the library
  const void* its_module = nullptr;
  for (unsigned i = 0; i < stack.depth; ++i) {
    const void* const frame = stack.frames[i];
    const Owner owner = owner_of(frame);
    if (owner.who == Owner::kLibrary) {
      nameless = nullptr;
    } else if (owner.who == Owner::kProgram) {
      // A nameless function may be a local one of the library. Where its neighbours have names, one of these says more.
      return nameless != nullptr && owner.module != its_module ? nameless : frame;
    } else if (nameless == nullptr) {
      nameless = frame;
      its_module = owner.module;
    }
  }
  if (nameless != nullptr) return nameless;
  return stack.depth == 0 ? nullptr : stack.frames[0];
}

std::string group_name(const TraceSite& site, GroupBy by) {
  if (by == GroupBy::kDomain) return name_of(site.domain);
  if (by == GroupBy::kLabel) return site.label.empty() ? "(no label)" : site.label;
  const void* const caller = caller_of(site.stack);
  if (by == GroupBy::kCaller) return caller == nullptr ? "(unknown)" : function_name(caller);
  const std::string place = caller == nullptr ? "(unknown)" : name_of_frame(caller);
  return site.label.empty() ? place : place + " [" + site.label + "]";
}

std::string to_text(const Statistic& statistic) {
  return fmt::format("{}: size={}, count={}{}", group_name(statistic.site, statistic.by),
                     size_text(static_cast<double>(statistic.bytes), false), statistic.blocks,
                     average_text(statistic.bytes, statistic.blocks));
}

std::string to_text(const Difference& difference) {
  return fmt::format("{}: size={} ({}), count={} ({:+}){}", group_name(difference.site, difference.by),
                     size_text(static_cast<double>(difference.bytes), false),
                     size_text(static_cast<double>(difference.bytes_diff), true), difference.blocks, difference.blocks_diff,
                     average_text(difference.bytes, difference.blocks));
}

std::string to_json(const AllocationSnapshot& snapshot) {
  std::vector<const SiteUse*> sites;
  for (const SiteUse& use : snapshot.sites) sites.push_back(&use);
  std::stable_sort(sites.begin(), sites.end(),
                   [](const SiteUse* a, const SiteUse* b) { return a->live_bytes > b->live_bytes; });
  JsonWriter writer;
  writer.open(nullptr, '{');
  writer.number("current_bytes", snapshot.memory.current);
  writer.number("peak_bytes", snapshot.memory.peak);
  writer.number("lost", snapshot.lost);
  writer.open("sites", '[');
  for (const SiteUse* use : sites) {
    writer.open(nullptr, '{');
    writer.string("label", use->site.label);
    writer.string("domain", name_of(use->site.domain));
    writer.open("frames", '[');
    for (unsigned i = 0; i < use->site.stack.depth; ++i) writer.string(nullptr, name_of_frame(use->site.stack.frames[i]));
    writer.close(']');
    writer.number("live_blocks", use->live_blocks);
    writer.number("live_bytes", use->live_bytes);
    writer.number("total_blocks", use->total_blocks);
    writer.number("total_bytes", use->total_bytes);
    writer.close('}');
  }
  writer.close(']');
  writer.close('}');
  return writer.take();
}

}  // namespace ouro::alloc
