// Timeline: who held a runtime's lock, and when, as a picture.
//
//   Timeline timeline(rt);
//   ... threads run ...
//   write("lock.json", timeline.to_json());         open it in ui.perfetto.dev, or in a browser's developer tools
//
// The text is in the trace-event format: a row for each thread, a bar for each time it held the lock, "asked" or "done" for
// why it gave it up. While a timeline listens, every take and drop of the lock goes through its mutex.
#pragma once

#include <ouro/runtime/threads/lock_domain.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ouro {

/// Listens from its construction to its end. Made and ended, and asked, by a thread that holds the lock.
class Timeline final : private GilObserver {
 public:
  /// Remembers the first `most` runs; those that come later are counted. Throws MemoryError.
  explicit Timeline(LockDomain& domain, std::size_t most = 100'000);
  ~Timeline() override;
  Timeline(const Timeline&) = delete;
  Timeline& operator=(const Timeline&) = delete;

  struct Run {
    std::uint64_t thread;  ///< its number in the runtime; 0: it held the bare lock and is not known
    GilRun times;
  };
  /// The runs that have ended, in order.
  [[nodiscard]] const std::vector<Run>& runs() const noexcept { return runs_; }
  [[nodiscard]] std::size_t left_out() const noexcept { return left_out_; }
  /// The trace. Times are in microseconds since the timeline was made. Throws MemoryError.
  [[nodiscard]] std::string to_json() const;

 private:
  void run_ended(const GilRun& run) noexcept override;

  LockDomain& domain_;
  std::vector<Run> runs_;
  std::size_t left_out_ = 0;
  Nanoseconds began_;
};

}  // namespace ouro
