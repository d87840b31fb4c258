// Takes away parts of a failing history while it fails.
#include <ouro/testing/shrink.h>

#include <algorithm>

namespace ouro::testing {

namespace {

/// `history` without the steps from `first` to before `last`.
History without(const History& history, std::size_t first, std::size_t last) {
  History rest{.width = history.width};
  rest.steps.reserve(history.steps.size());
  const auto begin = history.steps.begin();
  rest.steps.insert(rest.steps.end(), begin, begin + static_cast<std::ptrdiff_t>(first));
  rest.steps.insert(rest.steps.end(), begin + static_cast<std::ptrdiff_t>(last), history.steps.end());
  return rest;
}

/// Takes away parts of `part` steps, from the end, where the rest still fails. True if any was.
bool remove_parts(History& history, std::size_t part, const std::function<bool(const History&)>& fails) {
  bool removed = false;
  for (std::size_t last = history.steps.size(); last > 0;) {
    const std::size_t first = last - std::min(part, last);
    if (History rest = without(history, first, last); fails(rest)) {
      history = std::move(rest);
      removed = true;
    }
    last = first;
  }
  return removed;
}

}  // namespace

// Steps late in a history depend on early ones, so parts go from the end first.
History shrink(const History& history, const std::function<bool(const History&)>& fails) {
  if (!fails(history)) throw Failure("the history to make short does not fail");
  History shortest = history;
  for (std::size_t part = std::max<std::size_t>(1, history.steps.size() / 2); part > 1; part = (part + 1) / 2) {
    while (remove_parts(shortest, part, fails)) {}
    if (part == 2) break;
  }
  while (remove_parts(shortest, 1, fails)) {}
  return shortest;
}

}  // namespace ouro::testing
