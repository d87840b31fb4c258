// What the cases of the collector share.
#pragma once

#include <cstddef>
#include <optional>

#include "child.h"
#include "harness.h"
#include "object_side.h"

namespace bench {

inline constexpr std::size_t kNodes = 1'000'000;

/// ns of a full collection for each of `nodes`. `dead` is how many containers it must find.
template <GraphSide S>
double time_collection(S& side, std::size_t nodes, std::size_t dead) {
  const Stopwatch watch;
  const std::optional<std::size_t> found = side.collect();
  const double elapsed = watch.nanoseconds();
  require(!found || *found == dead, "the collection finds exactly the dead");
  return elapsed / static_cast<double>(nodes);
}

/// What automatic collection costs: time of `work(side)`, which makes garbage or not, with it over time without it. The two
/// run in processes of their own. `prepare(side)` comes before and gives what `work` shall have: work(side, prepared).
template <GraphSide S, class Prepare, class Work>
[[nodiscard]] Measure tax_on_side(Prepare prepare, Work work) {
  const auto time = [prepare, work](bool collecting) {
    S side;
    side.pause_collector();
    auto prepared = prepare(side);
    if (collecting) side.resume_collector();
    const Stopwatch watch;
    work(side, prepared);
    return watch.nanoseconds();
  };
  return [time](const Settings&) {
    const double with = measure_in_copy([time] { return time(true); });
    return with / measure_in_copy([time] { return time(false); });
  };
}

}  // namespace bench
