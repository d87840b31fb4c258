// Groups, filters and compares snapshots of an allocation trace.
#include <ouro/allocator/watch/allocation_snapshot.h>
#include <ouro/allocator/watch/allocation_text.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace ouro::alloc {

namespace {

/// What the blocks of a group have in common. Two sites of one group, and no others, have the same.
std::string key_of(const TraceSite& site, GroupBy by) {
  if (by != GroupBy::kSite) return group_name(site, by);
  std::string key = site.label;
  key += '\0';
  key.append(reinterpret_cast<const char*>(site.stack.frames.data()), site.stack.depth * sizeof(void*));
  return key;
}

/// The groups of a snapshot by key.
using Groups = std::map<std::string, Statistic>;

Groups group(const AllocationSnapshot& snapshot, GroupBy by) {
  Groups groups;
  for (const SiteUse& use : snapshot.sites) {
    Statistic& entry = groups.try_emplace(key_of(use.site, by), Statistic{by, use.site, 0, 0, 0, 0}).first->second;
    entry.blocks += use.live_blocks;
    entry.bytes += use.live_bytes;
    entry.total_blocks += use.total_blocks;
    entry.total_bytes += use.total_bytes;
  }
  std::erase_if(groups, [](const Groups::value_type& entry) { return entry.second.blocks == 0; });
  return groups;
}

/// The groups' values, the greatest by `rank` first; of equals the one with the greater key, as tracemalloc has it.
template <class Value, class Rank>
std::vector<Value> sorted(const std::map<std::string, Value>& groups, Rank rank) {
  std::vector<Value> result;
  result.reserve(groups.size());
  for (auto entry = groups.rbegin(); entry != groups.rend(); ++entry) result.push_back(entry->second);
  std::stable_sort(result.begin(), result.end(), [&](const Value& a, const Value& b) { return rank(a) > rank(b); });
  return result;
}

std::size_t magnitude(std::ptrdiff_t number) {
  return number < 0 ? std::size_t{0} - static_cast<std::size_t>(number) : static_cast<std::size_t>(number);
}

bool matches(const TraceSite& site, const std::string& part) {
  if (site.label.find(part) != std::string::npos) return true;
  return std::any_of(site.stack.frames.begin(), site.stack.frames.begin() + site.stack.depth,
                     [&](const void* frame) { return function_name(frame).find(part) != std::string::npos; });
}

}  // namespace

AllocationSnapshot filtered(const AllocationSnapshot& snapshot, std::span<const SiteFilter> filters) {
  const bool some_include = std::any_of(filters.begin(), filters.end(), [](const SiteFilter& f) { return f.includes; });
  const auto any_matches = [&](const TraceSite& site, bool includes) {
    return std::any_of(filters.begin(), filters.end(),
                       [&](const SiteFilter& f) { return f.includes == includes && matches(site, f.part); });
  };
  AllocationSnapshot result{.sites = {}, .memory = snapshot.memory, .lost = snapshot.lost};
  for (const SiteUse& use : snapshot.sites)
    if ((!some_include || any_matches(use.site, true)) && !any_matches(use.site, false)) result.sites.push_back(use);
  return result;
}

std::vector<Statistic> statistics(const AllocationSnapshot& snapshot, GroupBy by) {
  return sorted(group(snapshot, by), [](const Statistic& entry) { return std::tuple(entry.bytes, entry.blocks); });
}

std::vector<Difference> compare(const AllocationSnapshot& before, const AllocationSnapshot& after, GroupBy by) {
  std::map<std::string, Difference> changes;
  for (auto& [key, entry] : group(after, by))
    changes.emplace(key, Difference{by, entry.site, entry.blocks, entry.bytes, static_cast<std::ptrdiff_t>(entry.blocks),
                                    static_cast<std::ptrdiff_t>(entry.bytes)});
  for (auto& [key, entry] : group(before, by)) {
    Difference& change = changes.try_emplace(key, Difference{by, entry.site, 0, 0, 0, 0}).first->second;
    change.blocks_diff -= static_cast<std::ptrdiff_t>(entry.blocks);
    change.bytes_diff -= static_cast<std::ptrdiff_t>(entry.bytes);
  }
  return sorted(changes, [](const Difference& change) {
    return std::tuple(magnitude(change.bytes_diff), change.bytes, magnitude(change.blocks_diff), change.blocks);
  });
}

}  // namespace ouro::alloc
