// The oracle: the same question answered naively.
//
// A second, independent implementation of reachability with nothing clever in it. Checking builds run it beside every
// collection of a small heap; tests run it on whatever graph they like. If the two disagree, the collector would free what
// lives or keep what is dead, and the law sound is broken.
#pragma once

#include <ouro/gc/collector.h>

#include <vector>

namespace ouro::gc {

/// The objects among `candidates` that cannot be reached from outside them: those not referred to by any candidate as
/// often as their count says are roots; what roots reach, lives. Quadratic in nothing, but slow. In the order of
/// `candidates`.
[[nodiscard]] std::vector<Object*> unreachable_by_oracle(const std::vector<Object*>& candidates);

/// Compares a running collection's verdict with the oracle's. Breaks the law sound, naming an object, if they differ.
void compare_with_oracle(detail::Collection& run);

}  // namespace ouro::gc
