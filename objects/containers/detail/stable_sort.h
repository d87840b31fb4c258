// A stable merge sort that loses nothing when a comparison throws.
//
// It finds the runs that are there already, makes short ones longer by insertion, and merges neighbours in the order that
// Munro and Wild's powersort finds best, as CPython 3.11 does. A stretch of one run that goes before the other as a whole is
// found by an exponential search, so joining sorted pieces that hardly overlap costs a few comparisons. A comparison that
// contradicts itself leads to some order, but never out of the array and always to an end.
//
// Law sort-keeps: whenever `less` is called, every element is in the array or in the part of the scratch memory that a guard
// copies back. So the array is a permutation of itself however the sort ends.
#pragma once

#include <ouro/objects/containers/detail/divide_run.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace ouro::detail {

/// Sorts `size` plain elements with `less`, which may throw. `scratch` has room for `size / 2` elements. `pause` is called
/// after each merge that took long, and may throw too.
template <class T, class Less, class Pause>
class StableSort {
 public:
  StableSort(T* first, std::size_t size, T* scratch, Less& less, Pause& pause) noexcept
      : first_(first), size_(size), scratch_(scratch), less_(less), pause_(pause) {}

  void run() {
    const std::size_t minimum = shortest_run(size_);
    for (std::size_t start = 0; start < size_;) {
      const std::size_t length = make_run(first_ + start, size_ - start, minimum);
      if (depth_ != 0) merge_down_to(power_of(start, length));
      runs_[depth_++] = {start, length, 0};
      start += length;
    }
    while (depth_ > 1) merge_top();
  }

 private:
  static constexpr std::size_t kLongMerge = 8192;  ///< elements; shorter sorts are never interrupted
  static constexpr int kWins = 7;                  ///< in a row, after which a run is divided; CPython begins with 7, too

  struct Run {
    std::size_t start, length;
    unsigned power;  ///< of the boundary to the next run
  };

  /// Copies what is left in the scratch memory back to where its room was kept.
  struct PutBack {
    T*& from;
    T*& from_end;
    T*& to;
    bool upwards;  ///< the room begins at `to`; else it ends there
    ~PutBack() { upwards ? std::copy(from, from_end, to) : std::copy_backward(from, from_end, to); }
  };

  /// Between 32 and 64, such that `size` divided by it is a power of two or a little less.
  static std::size_t shortest_run(std::size_t size) noexcept {
    std::size_t lost = 0;
    for (; size >= 64; size >>= 1) lost |= size & 1;
    return size + lost;
  }

  /// Makes a sorted run at the start of `first[0, size)` and returns its length.
  std::size_t make_run(T* first, std::size_t size, std::size_t minimum) {
    const std::size_t length = natural_run(first, size);
    if (length >= minimum) return length;
    const std::size_t wanted = std::min(minimum, size);
    insert_from(first, length, wanted);
    return wanted;
  }

  /// The longest run at the start. A strictly descending one is turned round, which keeps the sort stable.
  std::size_t natural_run(T* first, std::size_t size) {
    if (size < 2) return size;
    std::size_t length = 2;
    if (less_(first[1], first[0])) {
      while (length < size && less_(first[length], first[length - 1])) ++length;
      std::reverse(first, first + length);
    } else {
      while (length < size && !less_(first[length], first[length - 1])) ++length;
    }
    return length;
  }

  void insert_from(T* first, std::size_t sorted, std::size_t size) {
    for (; sorted < size; ++sorted) {
      T* const place = std::upper_bound(first, first + sorted, first[sorted], less_);
      std::rotate(place, first + sorted, first + sorted + 1);
    }
  }

  /// The depth in the ideal merge tree of the boundary between the run on top and the one that begins at `start`.
  [[nodiscard]] unsigned power_of(std::size_t start, std::size_t length) const noexcept {
    const Run& top = runs_[depth_ - 1];
    // Twice the middles of both runs, as fractions of the array: their first differing bit.
    std::size_t a = 2 * top.start + top.length;
    std::size_t b = 2 * start + length;
    for (unsigned power = 1;; ++power) {
      const bool upper_a = a >= size_;
      const bool upper_b = b >= size_;
      if (upper_a != upper_b) return power;
      a = 2 * (upper_a ? a - size_ : a);
      b = 2 * (upper_b ? b - size_ : b);
    }
  }

  void merge_down_to(unsigned power) {
    while (depth_ > 1 && runs_[depth_ - 2].power > power) merge_top();
    runs_[depth_ - 1].power = power;
  }

  /// Merges the two runs on top of the stack.
  void merge_top() {
    Run& left = runs_[depth_ - 2];
    const Run right = runs_[depth_ - 1];
    --depth_;  // before the merge, for if that throws the runs are of no further use
    const std::size_t middle = left.length;
    left.length += right.length;
    merge(first_ + left.start, middle, right.length);
    if (left.length >= kLongMerge) pause_();
  }

  // Two questions divide a run: which elements are greater than `value`, and which are not less than it.
  [[nodiscard]] auto greater_than(const T& value) {
    return [this, &value](const T& element) { return less_(value, element); };
  }
  [[nodiscard]] auto not_less_than(const T& value) {
    return [this, &value](const T& element) { return !less_(element, value); };
  }

  void merge(T* left, std::size_t left_size, std::size_t right_size) {
    T* const right = left + left_size;
    T* const begin = divide_near_front(left, right, greater_than(right[0]));
    if (begin == right) return;
    T* const end = divide_near_back(right, right + right_size, not_less_than(right[-1]));
    if (right - begin <= end - right) {
      merge_upwards(begin, right, end);
    } else {
      merge_downwards(begin, right, end);
    }
  }

  /// Merges from the front, the left run in the scratch memory. Once one run has won several times it is divided instead.
  void merge_upwards(T* begin, T* middle, T* end) {
    T* from = scratch_;
    T* from_end = std::copy(begin, middle, scratch_);
    T* to = begin;
    const PutBack guard{from, from_end, to, true};
    for (int left_wins = 0, right_wins = 0; from != from_end && middle != end;) {
      if (less_(*middle, *from)) {
        T* const stop = ++right_wins < kWins ? middle + 1 : divide_near_front(middle + 1, end, not_less_than(*from));
        to = std::copy(middle, stop, to);
        middle = stop;
        left_wins = 0;
      } else {
        T* const stop = ++left_wins < kWins ? from + 1 : divide_near_front(from + 1, from_end, greater_than(*middle));
        to = std::copy(from, stop, to);
        from = stop;
        right_wins = 0;
      }
    }
  }

  /// Merges from the back, the right run in the scratch memory.
  void merge_downwards(T* begin, T* middle, T* end) {
    T* from = scratch_;
    T* from_end = std::copy(middle, end, scratch_);
    T* to = end;
    const PutBack guard{from, from_end, to, false};
    for (int left_wins = 0, right_wins = 0; from != from_end && middle != begin;) {
      if (less_(from_end[-1], middle[-1])) {
        T* const stop = ++left_wins < kWins ? middle - 1 : divide_near_back(begin, middle - 1, greater_than(from_end[-1]));
        to = std::copy_backward(stop, middle, to);
        middle = stop;
        right_wins = 0;
      } else {
        T* const stop =
            ++right_wins < kWins ? from_end - 1 : divide_near_back(from, from_end - 1, not_less_than(middle[-1]));
        to = std::copy_backward(stop, from_end, to);
        from_end = stop;
        left_wins = 0;
      }
    }
  }

  T* first_;
  std::size_t size_;
  T* scratch_;
  Less& less_;
  Pause& pause_;
  std::array<Run, 96> runs_;  ///< powers grow along the stack and are at most the bits of a size, plus two
  std::size_t depth_ = 0;
};

/// Sorts `size` elements stably. See StableSort.
template <class T, class Less, class Pause>
void stable_sort(T* first, std::size_t size, T* scratch, Less less, Pause pause) {
  StableSort<T, Less, Pause>(first, size, scratch, less, pause).run();
}
template <class T, class Less>
void stable_sort(T* first, std::size_t size, T* scratch, Less less) {
  stable_sort(first, size, scratch, less, [] {});
}

}  // namespace ouro::detail
