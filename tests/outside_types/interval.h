// Interval: a type that is no part of the library, written by docs/adding-a-type.md.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>

namespace ouro::test {

/// The numbers from `low` to `high`.
struct Interval : Object {
  static constexpr Kind kKind = outside_kind(0);
  static constexpr Home kHome = Home::kAtoms;
  static constexpr std::string_view kErrorName = "interval";

  double low;
  double high;
};

extern const TypeSlots kIntervalSlots;

/// Throws MemoryError.
[[nodiscard]] Ref<Interval> make_interval(Builtins& builtins, double low, double high);

}  // namespace ouro::test
