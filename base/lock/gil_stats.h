// What a lock tells about itself: counters, and who held it when.
#pragma once

#include <ouro/base/lock/gil_queue.h>

#include <cstdint>

namespace ouro {

/// What a lock has done since it was made.
struct GilStats {
  std::uint64_t switches = 0;         ///< the lock went to another thread than the one before
  std::uint64_t forced_switches = 0;  ///< ... because the thread before was asked to drop it, or yielded
  std::uint64_t drop_requests = 0;    ///< a waiter's patience was over and it asked the holder
  std::uint64_t waits = 0;            ///< a take that could not be served at once
  std::uint64_t interruptions = 0;    ///< a forced switch before the holder's interval was over

  friend bool operator==(const GilStats&, const GilStats&) = default;
};

/// A time for which one thread held the lock without a break.
struct GilRun {
  Nanoseconds began;  ///< by steady_clock
  Nanoseconds ended;
  bool on_request;  ///< it gave the lock up because another thread asked, or yielded; else because it had done its part
};

/// Hears of every run when it ends, on the thread that ran, under the lock's mutex: it must not use the lock. While somebody
/// listens, every take and drop goes through the mutex.
class GilObserver {
 public:
  virtual ~GilObserver() = default;
  virtual void run_ended(const GilRun& run) noexcept = 0;
};

}  // namespace ouro
