// Compat: which CPython's rules hold where versions differ.
//
//                                               py311        py313        py315
//   threshold of generation 0                   700          2000         2000
//   automatic collections, unless chosen        at allocation  at safepoints  at safepoints
//   weak references made by finalizers          die with their target   cleared before anything is freed
//   weak references without a callback          dead before finalizers   before      alive in finalizers
//   a dict of atoms                             untracked by full collections   same   stays tracked
//
// docs/gc-semantics.md lists the rules, each with its test.
#pragma once

#include <cstdint>

namespace ouro::gc {

/// A version of CPython whose observable behaviour the collector shows.
enum class Compat : std::uint8_t { kPy311, kPy313, kPy315 };

/// `gc.get_threshold()[0]` of a new interpreter.
[[nodiscard]] constexpr std::uint32_t young_threshold_of(Compat compat) noexcept {
  return compat == Compat::kPy311 ? 700 : 2000;
}
/// gh-97922: from 3.12 on the interpreter collects at the eval breaker only.
[[nodiscard]] constexpr bool collects_at_safepoints(Compat compat) noexcept { return compat != Compat::kPy311; }
/// gh-91636: what finalizers made weak references to dies after these.
[[nodiscard]] constexpr bool clears_new_weak_references(Compat compat) noexcept { return compat != Compat::kPy311; }
/// gh-136189: a finalizer can still use weak references that have no callback.
[[nodiscard]] constexpr bool keeps_plain_weak_references(Compat compat) noexcept { return compat == Compat::kPy315; }
/// gh-127010: dicts are tracked from the first container on and stay so.
[[nodiscard]] constexpr bool untracks_dicts(Compat compat) noexcept { return compat != Compat::kPy315; }

}  // namespace ouro::gc
