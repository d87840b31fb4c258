// GilSchedule: who runs next, when chance is to decide and the same chance again.
//
//   safepoint:  wait until every announced thread has arrived  ->  sort by number  ->  draw one: it runs until its next one
//
// Threads race to arrive, so the order in which they do says nothing. What makes a schedule the same twice is that a draw is
// among numbers that the program gives out (a thread is announced by the one that starts or wakes it) and that nobody draws
// before those who were announced are there.
#pragma once

#include <ouro/base/lock/gil_queue.h>

#include <cstddef>
#include <cstdint>

namespace ouro {

/// The draws of one lock. Belongs to its mutex.
class GilSchedule {
 public:
  void start(std::uint64_t seed) noexcept { random_ = seed; }

  /// A number below `count`: splitmix64, so that neighbouring seeds have nothing in common.
  [[nodiscard]] std::size_t draw(std::size_t count) noexcept {
    random_ += 0x9E37'79B9'7F4A'7C15U;
    std::uint64_t mixed = random_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58'476D'1CE4'E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D0'49BB'1331'11EBU;
    return static_cast<std::size_t>((mixed ^ (mixed >> 31)) % count);
  }

  /// Draws among the waiters, and among one more of number `self` if that is not 0. Null: that one was drawn.
  [[nodiscard]] GilWaiter* draw_from(const GilQueue& queue, std::uint64_t self) noexcept {
    std::size_t count = self != 0 ? 1 : 0;
    queue.for_each([&](const GilWaiter&) { ++count; });
    const std::size_t place = draw(count);
    GilWaiter* drawn = nullptr;
    const auto place_of = [&](std::uint64_t number) {
      std::size_t smaller = self != 0 && self < number ? 1 : 0;
      queue.for_each([&](const GilWaiter& other) { smaller += other.number < number ? 1 : 0; });
      return smaller;
    };
    queue.for_each([&](GilWaiter& waiter) {
      if (place_of(waiter.number) == place) drawn = &waiter;
    });
    return drawn;
  }

  std::uint64_t last_number = 0;  ///< of a thread; given out in order
  std::size_t announced = 0;      ///< threads that will come to take the lock and have not arrived yet

 private:
  std::uint64_t random_ = 0;
};

}  // namespace ouro
