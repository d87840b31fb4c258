// Where a sorted run divides: the first element for which something holds that holds for all behind it.
//
// The element is looked for in steps that double, from the end where it is expected, and then by bisection between the last
// two. So it costs a number of questions that grows with the logarithm of its distance from that end. Answers that
// contradict each other lead to some element of the run or to its end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>

namespace ouro::detail {

/// The first element of [first, last) for which `right` holds, or `last`; looks near `first` first.
template <class T, class Right>
[[nodiscard]] T* divide_near_front(T* first, T* last, Right right) {
  std::ptrdiff_t step = 1;
  for (; last - first >= step && !right(first[step - 1]); step *= 2) first += step;
  return std::partition_point(first, first + std::min(step, last - first), std::not_fn(right));
}

/// The same; looks near `last` first.
template <class T, class Right>
[[nodiscard]] T* divide_near_back(T* first, T* last, Right right) {
  std::ptrdiff_t step = 1;
  for (; last - first >= step && right(last[-step]); step *= 2) last -= step;
  return std::partition_point(last - std::min(step, last - first), last, std::not_fn(right));
}

}  // namespace ouro::detail
