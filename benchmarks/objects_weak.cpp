// Cases of weak references at scale: making one for each of many targets, and the deaths of targets that have one.
#include <fmt/core.h>

#include "object_makers.h"

namespace bench {
namespace {

/// Many targets, and a weak reference to each.
template <class Maker>
class WatchedTargets {
 public:
  explicit WatchedTargets(std::size_t count) : maker_(side_, 0) {
    side_.pause_collector();
    targets_.reserve(count);
    references_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) targets_.push_back(maker_.instance(i));
  }

  /// ns for each reference that is made.
  double make() {
    const Stopwatch watch;
    for (const auto& target : targets_) references_.push_back(maker_.weakref_to(target));
    return watch.nanoseconds() / static_cast<double>(targets_.size());
  }
  /// ns for each target that dies.
  double die() {
    const auto count = static_cast<double>(targets_.size());
    const Stopwatch watch;
    for (auto& target : targets_) target = {};
    return watch.nanoseconds() / count;
  }

 private:
  typename Maker::Side side_;
  Maker maker_;
  std::vector<decltype(std::declval<Maker&>().instance(0))> targets_;
  std::vector<decltype(std::declval<Maker&>().weakref_to(std::declval<Maker&>().instance(0)))> references_;
};

template <class Maker>
double time_making(std::size_t count) {
  return WatchedTargets<Maker>(count).make();
}

template <class Maker>
double time_dying(std::size_t count) {
  WatchedTargets<Maker> targets(count);
  static_cast<void>(targets.make());
  return targets.die();
}

}  // namespace

void add_weak_cases(Cases& cases) {
  const auto add = [&](const char* what, const char* name, std::size_t count, auto ouro, auto peer, const char* sentence) {
    std::vector<Side> sides{{kOuroName, Role::kOuro, [=](const Settings&) { return ouro(count); }}};
#if OURO_BENCH_PYTHON
    sides.push_back({cpython_name(), Role::kPeer, [=](const Settings&) { return peer(count); }});
#endif
    cases.push_back({fmt::format("objects/weakref/{}_{}", what, name),
                     "ns/object",
                     fmt::format(fmt::runtime(sentence), name),
                     std::move(sides),
                     {peer_over("cpython", 1)}});
  };
  for (const auto& [name, count] : {std::pair{"10k", 10'000}, std::pair{"100k", 100'000}, std::pair{"1M", 1'000'000}}) {
    const auto number = static_cast<std::size_t>(count);
    add("make", name, number, time_making<OuroMaker>, time_making<CPythonMaker>, "a weak reference to each of {} instances");
    add("die", name, number, time_dying<OuroMaker>, time_dying<CPythonMaker>,
        "{} instances dropped, each with a weak reference to it");
  }
}

}  // namespace bench
