// Making a failing trace short.
//
// Delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002): take away ever smaller
// parts while what is left still fails. The result is minimal in the sense that no single step can be left out.
#pragma once

#include <ouro/testing/trace.h>

#include <functional>

namespace ouro::testing {

/// The shortest trace this finds for which `fails` holds, as it must for `trace` itself (Failure otherwise). Calls `fails`
/// some n log n times if few of the n steps matter, at worst a square of n times. It must always give the same answer.
[[nodiscard]] Trace shrink(const Trace& trace, const std::function<bool(const Trace&)>& fails);

}  // namespace ouro::testing
