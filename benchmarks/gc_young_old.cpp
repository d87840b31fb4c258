// Cases of young collections whose objects refer to old ones: what such a reference costs must not depend on how many old
// objects there are, or where they lie.
#include <fmt/core.h>

#include "gc_cases.h"
#include "random.h"

namespace bench {
namespace {

constexpr std::size_t kReferring = 100'000;  ///< young objects: too many for all they refer to to be in the cache
constexpr int kReferringRounds = 7;

/// ns of a collection of the first generation for each of kReferring lists that hold one of `old` old ones each.
template <ObjectSide S>
double time_references_to_old(S& side, std::size_t old) {
  side.pause_collector();
  std::vector<typename S::Handle> targets;
  for (std::size_t i = 0; i < old; ++i) targets.push_back(side.list());
  side.collect();
  Random random;
  std::vector<double> rounds;
  std::vector<typename S::Handle> young(kReferring);
  for (int round = 0; round < kReferringRounds; ++round) {
    for (typename S::Handle& referring : young) referring = side.list_of(targets[scaled(random.next() >> 32, old)]);
    const Stopwatch watch;
    const std::size_t found = side.collect_young();
    rounds.push_back(watch.nanoseconds() / static_cast<double>(kReferring));
    require(found == 0, "all young objects live");
  }
  return median(std::move(rounds));
}

}  // namespace

void add_gc_young_old_cases(Cases& cases) {
  const auto add = [&](const char* name, std::size_t old) {
    cases.push_back(
        {fmt::format("gc/young/refers_to_old/{}", name),
         "ns/object",
         fmt::format("collecting 100,000 young lists of one old list each, {} old ones alive", name),
         object_sides([old](ObjectSide auto& side, const Settings&) { return time_references_to_old(side, old); }),
         {peer_over("cpython", 1)}});
  };
  add("10k", 10'000);
  add("1M", 1'000'000);
  add("10M", 10'000'000);
}

}  // namespace bench
