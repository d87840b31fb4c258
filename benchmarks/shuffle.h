// Orders: from first to last, and a random one that is the same in every run and for every side.
#pragma once

#include <cstddef>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

namespace bench {

/// The numbers 0 .. n-1.
[[nodiscard]] inline std::vector<std::size_t> plain_order(std::size_t n) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

/// The same, shuffled.
[[nodiscard]] inline std::vector<std::size_t> shuffled_order(std::size_t n) {
  std::vector<std::size_t> order = plain_order(n);
  std::mt19937_64 random(20240229);
  for (std::size_t last = n; last > 1; --last) std::swap(order[last - 1], order[random() % last]);
  return order;
}

}  // namespace bench
