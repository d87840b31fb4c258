// Making a failing history short.
//
// Delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002): take away ever smaller
// parts while what is left still fails. The result is minimal in the sense that no single step can be left out.
#pragma once

#include <ouro/testing/history.h>

#include <functional>

namespace ouro::testing {

/// The shortest history this finds for which `fails` holds, as it must for `history` itself (Failure otherwise). Calls
/// `fails` some n log n times if few of the n steps matter, at worst a square of n times. It must always give the same
/// answer.
[[nodiscard]] History shrink(const History& history, const std::function<bool(const History&)>& fails);

}  // namespace ouro::testing
