// Probe: an object whose hash, comparison and repr are the test's own, to see what a container does while foreign code runs.
#pragma once

#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <functional>
#include <string>
#include <vector>

#include <objects/world.h>

namespace ouro::test {

/// What probes of one type do. Empty: compare by label, order by label.
struct ProbeHooks {
  std::function<bool(Object& left, Object& right)> equal;
  std::function<void()> less;   ///< called before every <
  std::function<void()> shown;  ///< called before every repr
  std::size_t comparisons = 0;
};

/// The object of a probe.
struct Probe : Object {
  static constexpr Kind kKind = Kind::kNative;

  std::int64_t hash;
  std::int64_t label;
  ProbeHooks* hooks;
};

inline Answer compare_probes(Object& left, Object& right, Comparison op) {
  if (!is<Probe>(left)) return Answer::kNotImplemented;
  ProbeHooks& hooks = *static_cast<Probe&>(left).hooks;
  ++hooks.comparisons;
  const auto label = [](Object& object) { return is<Probe>(object) ? static_cast<Probe&>(object).label : -1; };
  if (op == Comparison::kEqual) {
    const bool same = hooks.equal ? hooks.equal(left, right) : label(left) == label(right);
    return same ? Answer::kYes : Answer::kNo;
  }
  if (op != Comparison::kLess) return Answer::kNotImplemented;
  if (hooks.less) hooks.less();
  return label(left) < label(right) ? Answer::kYes : Answer::kNo;
}

inline Ref<> show_probe(Object& object) {
  const Probe& probe = static_cast<Probe&>(object);
  if (probe.hooks->shown) probe.hooks->shown();
  return make_str(builtins_of(object), "<" + std::to_string(probe.label) + ">");
}

inline std::int64_t hash_probe(Object& object) { return static_cast<Probe&>(object).hash; }

inline const TypeSlots kProbeSlots{.name = "probe",
                                   .kind = Kind::kNative,
                                   .size = sizeof(Probe),
                                   .repr = show_probe,
                                   .hash = hash_probe,
                                   .compare = compare_probes};

/// A type of probes. Checks at its end that none of them is alive.
class Probes {
 public:
  explicit Probes(World& world) {
    type_.refcount = kImmortalCount;
    type_.type = &world.builtins.type(Kind::kType);
    type_.describe(kProbeSlots, world.heap(), &world.builtins.type(Kind::kObject));
  }
  ~Probes() {
    if constexpr (kChecks >= CheckLevel::kCheap) CHECK(type_.made == type_.freed);
  }
  Probes(const Probes&) = delete;
  Probes& operator=(const Probes&) = delete;

  [[nodiscard]] Ref<Probe> make(std::int64_t label, std::int64_t hash = 7) {
    return ouro::make<Probe>(type_, sizeof(Probe), [&](Probe& probe) noexcept {
      probe.hash = hash;
      probe.label = label;
      probe.hooks = &hooks;
    });
  }
  /// How many probes are alive. Only in checking builds.
  [[nodiscard]] std::uint64_t alive() const { return type_.made - type_.freed; }

  ProbeHooks hooks;

 private:
  Type type_{};
};

}  // namespace ouro::test
