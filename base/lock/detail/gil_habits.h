// GilHabits: what a thread remembers about the locks it used last.
#pragma once

#include <ouro/base/lock/gil_queue.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace ouro {
class Gil;
}

namespace ouro::detail {

/// What one thread remembers about one lock. `birth` tells the lock from an earlier one at its address.
struct GilHabit {
  static constexpr Nanoseconds kUnknown = -1;

  const Gil* gil = nullptr;
  Nanoseconds birth = 0;
  Nanoseconds last_turn = kUnknown;  ///< how long the thread's last turn was, if somebody waited
  Nanoseconds left = 0;              ///< when it dropped the lock last, if somebody waited; 0: not yet
  unsigned returns = 0;              ///< how often it came back at once of late; halved when it did not
  std::uint64_t number = 0;          ///< who the thread is in the lock's schedule; 0: nobody yet
  bool announced = false;            ///< the schedule waits for its next take
};

/// The locks used last by the running thread. One that is forgotten counts as never used, which costs one interval.
class GilHabits {
 public:
  [[nodiscard]] GilHabit& of(const Gil* gil, Nanoseconds birth) noexcept {
    for (GilHabit& habit : habits_)
      if (habit.gil == gil && habit.birth == birth) return habit;
    GilHabit& habit = habits_[next_++ % habits_.size()];
    habit = GilHabit{.gil = gil, .birth = birth};
    return habit;
  }

 private:
  std::array<GilHabit, 4> habits_{};
  std::size_t next_ = 0;
};

}  // namespace ouro::detail
