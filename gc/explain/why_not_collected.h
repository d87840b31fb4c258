// Why was this object not collected? What the collector knows of it, and which rule keeps it.
//
//   why_not_collected(rt.collector(), node).summary()
//     "count 3, 2 edges seen (dict ['a'], list [0]), 1 reference from outside: held from outside"
//
// "Count 3, and I can see 2 edges" explains most leaks of an embedder: there is a count for which no
// object reports a reference. The other half are objects that are dead and wait, because their generation is old and a rule
// postpones it.
//
// Linear in the heap; changes no count, makes no object, collects nothing. May throw std::bad_alloc. Needs the lock.
#pragma once

#include <ouro/gc/collector.h>
#include <ouro/gc/explain/why_alive.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ouro::gc {

/// What keeps an object, in the order in which they are looked for.
enum class Reason : std::uint8_t {
  kImmortal,         ///< it never dies
  kHeld,             ///< references from outside hold it: handles, or a count that was never dropped
  kReachable,        ///< something that lives refers to it: `alive` has the path
  kResurrected,      ///< the last collection found it dead, but a finalizer brought it back
  kDying,            ///< its teardown has begun
  kAtom,             ///< it is no container, so only its count can free it
  kFrozen,           ///< it was put aside for good, or what leads to it was: `holder` has the path
  kLegacyFinalizer,  ///< its type has a legacy finalizer, or what leads to it does: `holder` has the path
  kUntracked,        ///< the collector does not see it
  kUntrackedHolder,  ///< dead too, but not tracked, is what leads to it: `holder` has the path
  kOlder,            ///< it is dead, but of an older generation than the last collection looked at
  kOlderHolder,      ///< what leads to it is: `holder` has the path
  kDisabled,         ///< automatic collection is off
  kPostponed,        ///< the quarter rule puts the full collection off
  kNotDue,           ///< no collection has been due since it died
};

/// In words: "held from outside".
[[nodiscard]] std::string_view name_of(Reason reason) noexcept;

/// The answer. Data, not handles.
struct NotCollectedReport {
  std::string type;
  const void* address = nullptr;
  std::uint32_t count = 0;         ///< kImmortalCount and above: never counted
  std::uint32_t edges_seen = 0;    ///< of these, by references that objects own
  std::uint32_t from_outside = 0;  ///< the rest, the asker's own handles apart
  std::uint32_t asking = 0;        ///< those
  std::vector<PathStep> holders;   ///< who owns them: at most 16 edges

  AliveReport alive;             ///< the path from a root, if there is one
  std::vector<PathStep> holder;  ///< for kUntrackedHolder and kOlderHolder
  std::vector<Reason> reasons;   ///< at least one; the first decides

  bool is_tracked = false;
  bool is_frozen = false;
  bool is_finalized = false;  ///< its finalizer has run, once and for all
  std::optional<std::string>
      resurrected_with;      ///< kResurrected: what was made reachable again, "Node at 0x7f12" or "itself"
  int generation = -1;       ///< -1: not tracked
  int last_generation = -1;  ///< of the last collection; -1: there was none

  bool is_enabled = false;
  Generations::Thresholds thresholds{}, counts{};
  bool postponed = false;  ///< by the quarter rule
  std::size_t long_lived_pending = 0, long_lived_total = 0;

  /// One line: counts and edges, and the first reason.
  [[nodiscard]] std::string summary() const;
  /// Some lines: all reasons, and the state of the collector.
  [[nodiscard]] std::string to_text() const;
};

/// What keeps `object`, if `asking` of the references to it from outside do not count: those of the caller's own handles.
[[nodiscard]] NotCollectedReport why_not_collected(const Collector& collector, const Object& object,
                                                   std::uint32_t asking = 0);

/// The same for what a handle holds; the handle itself does not count.
template <class T>
[[nodiscard]] NotCollectedReport why_not_collected(const Collector& collector, const Ref<T>& handle) {
  return why_not_collected(collector, *handle, 1);
}

}  // namespace ouro::gc
