// The harness: repeats every side of a case in turn and keeps the medians.
//
//   repetition 1:  A B C     repetition 2:  A B C     repetition 3:  A B C  ...
//
// Sides are interleaved so that a machine that grows warm, or a neighbour that wakes up, disturbs all of them alike.
// Ratios of medians are meant to be read; absolute times belong to one machine on one day.
#pragma once

#include <ctime>
#include <string>
#include <vector>

#include "cases.h"

namespace bench {

/// The median of `samples`, which must not be empty; the mean of the middle two if their number is even.
[[nodiscard]] double median(std::vector<double> samples);

/// The medians of one case, in the order of its sides.
struct Row {
  struct Cell {
    std::string side;
    Role role;
    double median;
  };

  std::string name;
  std::string unit;
  std::vector<Cell> cells;
  std::vector<Bar> bars = {};

  /// The Ouroboros median.
  [[nodiscard]] double ouro() const;
  /// The cheapest peer; null if there was none.
  [[nodiscard]] const Cell* best_peer() const;
  /// `cell` / Ouroboros: above 1 where Ouroboros is cheaper.
  [[nodiscard]] double ratio(const Cell& cell) const { return cell.median / ouro(); }
};

/// Measures every side of `measured` `repetitions` times, interleaved. Throws std::runtime_error if a side fails.
[[nodiscard]] Row run_case(const Case& measured, int repetitions, const Settings& settings);

/// A stopwatch that starts when it is made. It counts the time this thread spends on a processor, so that a neighbour who
/// takes the core away does not count; nothing that is measured here waits.
class Stopwatch {
 public:
  [[nodiscard]] double nanoseconds() const noexcept { return now() - start_; }

 private:
  [[nodiscard]] static double now() noexcept {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
  }

  double start_ = now();
};

/// Makes the compiler believe that `pointer` is used and that the memory behind it may have changed.
inline void escape(void* pointer) noexcept { asm volatile("" : : "g"(pointer) : "memory"); }

/// A value the compiler cannot know.
template <class T>
[[nodiscard]] inline T opaque(T value) noexcept {
  asm volatile("" : "+r"(value));
  return value;
}

/// Throws std::runtime_error saying `law` unless `fact` holds: a measurement of wrong work must not give a number.
void require(bool fact, const char* law);

/// Bytes of this process that are in physical memory.
[[nodiscard]] double resident_bytes();

}  // namespace bench
