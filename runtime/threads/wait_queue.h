// WaitQueue: threads that wait outside the runtime for something inside it.
//
//   wait():  enter the queue -> drop the runtime's lock -> sleep -> woken, or out of patience -> take the lock back
//   wake():  the first waiter leaves the queue and is woken; whatever it waited for is done under the lock before
//
// All calls need the runtime's lock, so no wake-up is lost between the look at a condition and the wait. Whoever runs other
// code in between, such as the release of somebody's own lock, takes a WaitPlace first: a wake-up finds it there.
//
// Law woken-once: a wake-up goes to one waiter, the first, that has not given up.
//
// What synchronisation objects (runtime/sync) are made of.
#pragma once

#include <ouro/base/lock/gil_queue.h>
#include <ouro/base/standard/clock.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace ouro {

struct LockDomain;

class WaitQueue;

/// A thread in a WaitQueue; lies on its stack.
struct ParkedThread {
  enum State : std::uint32_t { kParked, kWoken, kGaveUp, kEnding };

  /// Sleeps until somebody changes the state, or changes it to kGaveUp when time is over. Needs no lock.
  void sleep(std::chrono::steady_clock::time_point deadline) noexcept;
  /// Changes the state if the thread still waits; says whether it does. The caller sees to it that the thread stays until
  /// this returns.
  bool wake_as(State new_state) noexcept;

  std::atomic<std::uint32_t> state{kParked};
  bool outside = false;          ///< it has dropped the runtime's lock to sleep; belongs to the lock
  WaitQueue* queue = nullptr;    ///< which one, while it is in one
  ParkedThread* next = nullptr;  ///< in the queue, a ring, as `previous`
  ParkedThread* previous = nullptr;
  ParkedThread* next_of_domain = nullptr;  ///< in the ring of all that the runtime knows
  ParkedThread* previous_of_domain = nullptr;
};

/// How long somebody is willing to wait.
class Patience {
 public:
  static constexpr Patience endless() noexcept { return Patience(); }
  /// Over already: at once or not at all.
  static constexpr Patience none() noexcept {
    Patience over;
    over.deadline_ = std::chrono::steady_clock::time_point::min();
    return over;
  }
  /// From now on; at once if it is not positive.
  explicit Patience(std::chrono::nanoseconds time) noexcept;

  [[nodiscard]] bool is_endless() const noexcept { return deadline_ == std::chrono::steady_clock::time_point::max(); }
  [[nodiscard]] bool is_over() const noexcept { return !is_endless() && std::chrono::steady_clock::now() >= deadline_; }
  [[nodiscard]] std::chrono::steady_clock::time_point deadline() const noexcept { return deadline_; }

 private:
  constexpr Patience() noexcept = default;

  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
};

/// The threads that wait for one thing.
class WaitQueue {
 public:
  WaitQueue() noexcept = default;
  WaitQueue(const WaitQueue&) = delete;
  WaitQueue& operator=(const WaitQueue&) = delete;

  /// Waits until it is woken (true) or patience is over (false). SystemExit if the runtime begins to close.
  bool wait(LockDomain& domain, Patience patience);
  /// Wakes up to `count` waiters, the first ones; returns how many.
  std::size_t wake(LockDomain& domain, std::size_t count) noexcept;
  std::size_t wake_all(LockDomain& domain) noexcept { return wake(domain, std::numeric_limits<std::size_t>::max()); }
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  friend class ParkedThreads;
  friend class WaitPlace;

  void add(ParkedThread& thread) noexcept;
  void remove(ParkedThread& thread) noexcept;

  ParkedThread* first_ = nullptr;
};

/// A place in a queue. What wakes it before the wait ends the wait at once.
class [[nodiscard]] WaitPlace {
 public:
  /// Enters the queue. SystemExit if the runtime has begun to close.
  WaitPlace(WaitQueue& queue, LockDomain& domain);
  ~WaitPlace();
  WaitPlace(const WaitPlace&) = delete;
  WaitPlace& operator=(const WaitPlace&) = delete;

  /// As `WaitQueue::wait`; once.
  bool wait(Patience patience);

 private:
  LockDomain& domain_;
  ParkedThread me_;
};

/// All threads of a runtime that wait in some queue. Belongs to the lock.
class ParkedThreads {
 public:
  void add(ParkedThread& thread) noexcept;
  void remove(ParkedThread& thread) noexcept;
  /// Wakes everybody; each wait, and each that begins from now on, throws SystemExit.
  void end_waits() noexcept;
  [[nodiscard]] bool ending() const noexcept { return ending_; }
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  /// The child of a fork: they are threads of the parent, and leave their queues.
  void forget() noexcept;

 private:
  ParkedThread* first_ = nullptr;
  bool ending_ = false;
};

}  // namespace ouro
