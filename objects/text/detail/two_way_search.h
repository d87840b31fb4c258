// Two-way search (Crochemore and Perrin 1991): linear in the worst case, without memory, forwards and backwards.
//
// The part is cut where its left and its right half repeat in the most different way (a critical factorisation). The right
// half is compared first: where it differs, the part can be moved so far that nothing is compared twice. Backwards is
// forwards in text and part read from their ends.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace ouro::detail {

/// Text read from its beginning or from its end.
template <bool kBackwards>
struct ReadingOrder {
  std::string_view text;
  [[nodiscard]] unsigned char operator[](std::size_t i) const noexcept {
    return static_cast<unsigned char>(kBackwards ? text[text.size() - 1 - i] : text[i]);
  }
  [[nodiscard]] std::size_t size() const noexcept { return text.size(); }
};

/// A suffix, by where it begins, and the period with which it repeats.
struct PeriodicSuffix {
  std::size_t begin;
  std::size_t period;
};

/// The largest suffix by the order of its bytes, or by the opposite one. Linear.
template <class Text>
[[nodiscard]] PeriodicSuffix largest_suffix(const Text& text, bool opposite) noexcept {
  PeriodicSuffix best{0, 1};
  std::size_t candidate = 1;
  for (std::size_t same = 0; candidate + same < text.size();) {
    const unsigned char mine = text[candidate + same];
    const unsigned char other = text[best.begin + same];
    if (mine == other) {
      if (++same == best.period) candidate += best.period, same = 0;
    } else if ((mine < other) != opposite) {
      candidate += same + 1;
      best.period = candidate - best.begin;
      same = 0;
    } else {
      best = {candidate++, 1};
      same = 0;
    }
  }
  return best;
}

/// Where `part`, which is not empty, is found first in `text`; npos if it is not. Both are read in the same order.
template <class Text>
[[nodiscard]] std::size_t two_way_search(const Text& text, const Text& part) noexcept {
  const PeriodicSuffix up = largest_suffix(part, false);
  const PeriodicSuffix down = largest_suffix(part, true);
  const std::size_t cut = std::max(up.begin, down.begin);
  std::size_t period = up.begin > down.begin ? up.period : down.period;
  const auto is_periodic = [&]() noexcept {
    for (std::size_t i = 0; i < cut; ++i)
      if (period + i >= part.size() || part[i] != part[period + i]) return false;
    return true;
  };
  // What is known to be equal after a step of one period: the rest of a part that repeats.
  const bool repeats = is_periodic();
  if (!repeats) period = std::max(cut, part.size() - cut) + 1;
  const std::size_t kept = repeats ? part.size() - period : 0;
  std::size_t known = 0;  // part[0 .. known) is equal at `at`
  for (std::size_t at = 0; at + part.size() <= text.size();) {
    std::size_t right = std::max(cut, known);
    while (right < part.size() && part[right] == text[at + right]) ++right;
    if (right < part.size()) {
      at += right - cut + 1;
      known = 0;
      continue;
    }
    std::size_t left = cut;
    while (left > known && part[left - 1] == text[at + left - 1]) --left;
    if (left <= known) return at;
    at += period;
    known = kept;
  }
  return std::string_view::npos;
}

}  // namespace ouro::detail
