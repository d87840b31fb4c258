// Takes away parts of a failing trace while it fails.
#include <ouro/testing/shrink.h>

#include <algorithm>

namespace ouro::testing {

namespace {

/// `trace` without the steps from `first` to before `last`.
Trace without(const Trace& trace, std::size_t first, std::size_t last) {
  Trace rest{.width = trace.width};
  rest.steps.reserve(trace.steps.size());
  const auto begin = trace.steps.begin();
  rest.steps.insert(rest.steps.end(), begin, begin + static_cast<std::ptrdiff_t>(first));
  rest.steps.insert(rest.steps.end(), begin + static_cast<std::ptrdiff_t>(last), trace.steps.end());
  return rest;
}

/// Takes away parts of `part` steps, from the end, where the rest still fails. True if any was.
bool remove_parts(Trace& trace, std::size_t part, const std::function<bool(const Trace&)>& fails) {
  bool removed = false;
  for (std::size_t last = trace.steps.size(); last > 0;) {
    const std::size_t first = last - std::min(part, last);
    if (Trace rest = without(trace, first, last); fails(rest)) {
      trace = std::move(rest);
      removed = true;
    }
    last = first;
  }
  return removed;
}

}  // namespace

// Steps late in a trace depend on early ones, so parts go from the end first.
Trace shrink(const Trace& trace, const std::function<bool(const Trace&)>& fails) {
  if (!fails(trace)) throw Failure("the trace to make short does not fail");
  Trace shortest = trace;
  for (std::size_t part = std::max<std::size_t>(1, trace.steps.size() / 2); part > 1; part = (part + 1) / 2) {
    while (remove_parts(shortest, part, fails)) {}
    if (part == 2) break;
  }
  while (remove_parts(shortest, 1, fails)) {}
  return shortest;
}

}  // namespace ouro::testing
