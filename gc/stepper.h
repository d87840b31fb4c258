// Stepper: a collection that can be watched.
//
//   gc::Stepper stepper{rt.collector()};                      // phase 1 is to come
//   stepper.run_to(gc::Phase::kGatherUnreachable);
//   stepper.gc_refs_of(*a), stepper.colour_of(*a)      // 0, kUnknown: no reference from outside was found
//   stepper.finish();                                  // the number collected
//
// The same code runs as in every collection; only the short cuts are left out, so that each reachable object is followed.
#pragma once

#include <ouro/base/owned.h>
#include <ouro/gc/collector.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ouro::gc {

/// What a collection knows of an object, in the words of the tri-colour abstraction (Dijkstra et al. 1978).
enum class Colour : std::uint8_t {
  kNotCandidate,  ///< of an older generation, frozen, not tracked, or not looked at yet
  kUnknown,       ///< white: no reference from outside has been found
  kReached,       ///< grey: reached, its references not followed yet
  kFollowed,      ///< black: reached and followed
  kUnreachable,   ///< in the unreachable set
};
/// "not a candidate", "unknown" and so on.
[[nodiscard]] std::string_view name_of(Colour colour) noexcept;

/// One collection, phase by phase. Until the survivors are promoted nobody may make, free, count or change objects between
/// two steps; checking builds watch over it (law stepped-unchanged). Ends the collection when it is destroyed.
class [[nodiscard]] Stepper {
 public:
  /// Begins a collection. ValueError "invalid generation"; RuntimeError "a collection is running".
  explicit Stepper(Collector& collector, int generation = kOldest);
  ~Stepper();
  Stepper(const Stepper&) = delete;
  Stepper& operator=(const Stepper&) = delete;

  /// The phase that the next step performs; Phase::kCount at the end.
  [[nodiscard]] Phase next() const noexcept;
  [[nodiscard]] bool done() const noexcept { return next() == Phase::kCount; }
  /// Performs one phase. False if there was none left. A phase with nothing to do is left out.
  bool step();
  /// Performs the phases before `phase`, as far as there are any.
  void run_to(Phase phase);
  /// Performs what is left and returns what `Collector::collect` would. Nothing can be asked afterwards but the report.
  std::size_t finish();

  [[nodiscard]] Colour colour_of(const Object& object) const noexcept;
  /// The object's gc_refs between counting and promotion, 0 before and after and for objects outside the container space.
  [[nodiscard]] std::int32_t gc_refs_of(const Object& object) const noexcept;
  /// The unreachable set, once it is gathered. Borrowed; null where an object has died meanwhile.
  [[nodiscard]] std::span<Object* const> unreachable() const noexcept;
  [[nodiscard]] const CollectionReport& report() const noexcept;

 private:
  struct Seen {
    const Object* object;
    std::uint64_t state;
  };
  void remember();
  void expect_unchanged() const;

  Collector& collector_;
  Owned<detail::Collection> run_;
  std::vector<Seen> seen_;
  std::size_t result_ = 0;
};

template <class Observer>
std::size_t Collector::collect(int generation, Observer&& observer) {
  if (is_collecting()) return 0;
  Stepper stepper(*this, generation);
  for (Phase phase = stepper.next(); phase != Phase::kCount; phase = stepper.next()) {
    observer(phase, std::as_const(stepper));
    stepper.step();
  }
  observer(Phase::kCount, std::as_const(stepper));
  return stepper.finish();
}

}  // namespace ouro::gc
