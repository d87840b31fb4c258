// Thread: a thread that is started, named and joined through the runtime (CPython: threading.Thread).
//
//   ouro::Thread reader(rt, [&] { ... inside, holding the lock ... }, {.name = "reader"});
//   reader.start();
//   reader.join();                     the lock is released meanwhile
//
// The body runs inside the runtime. What it throws goes to the thread hook (CPython: threading.excepthook); SystemExit ends
// the thread in silence. When a runtime closes it waits for the threads that are not daemons. A daemon is asked to leave:
// every safepoint it reaches, or the wait it is in, throws SystemExit. One that is outside, in a blocking call, never comes
// back.
//
// A Thread is a handle, and copies mean the same thread. It may be dropped while the thread runs.
#pragma once

#include <ouro/base/error.h>
#include <ouro/base/shared.h>
#include <ouro/base/standard/clock.h>
#include <ouro/base/standard/function.h>
#include <ouro/runtime/threads/lock_domain.h>

#include <cstdint>
#include <optional>
#include <string>

namespace ouro {

namespace detail {
struct ThreadCore;
}

/// How a thread is made.
struct ThreadOptions {
  std::string name{};   ///< empty: "Thread-1", "Thread-2" ... in the order in which threads are made
  bool daemon = false;  ///< closing the runtime does not wait for it
};

/// A thread of a runtime. Calls need the lock unless said otherwise.
class Thread {
 public:
  /// A thread that is not started yet. Throws MemoryError.
  Thread(LockDomain& domain, std::function<void()> body, ThreadOptions options = {});

  /// Starts it. RuntimeError "threads can only be started once"; "can't start new thread" if the system or a closing runtime
  /// refuses.
  void start();
  /// Waits until it has ended, for `patience` at most, and says whether it has. Any number of times, by any thread but
  /// itself. RuntimeError "cannot join thread before it is started", "cannot join current thread".
  bool join(std::optional<std::chrono::nanoseconds> patience = {});
  /// True from `start` until the body has ended. No lock needed.
  [[nodiscard]] bool is_alive() const noexcept;

  [[nodiscard]] std::string name() const;
  void set_name(std::string name);
  [[nodiscard]] bool daemon() const noexcept;
  /// RuntimeError "cannot set daemon status of active thread" once it has been started.
  void set_daemon(bool daemon);
  /// Its number in the runtime (`ThreadState::id`); empty before it runs.
  [[nodiscard]] std::optional<std::uint64_t> ident() const noexcept;

  friend bool operator==(const Thread&, const Thread&) = default;

 private:
  Shared<detail::ThreadCore> core_;
};

}  // namespace ouro
