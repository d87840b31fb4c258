// ThreadCore: what the handles of one thread share with it.
#pragma once

#include <ouro/runtime/threads/lock_domain.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace ouro::detail {

/// One thread started, or to be started, through the API.
struct ThreadCore {
  ThreadCore(LockDomain& home, std::function<void()> work, std::string title, bool is_daemon)
      : domain(home), body(std::move(work)), name(std::move(title)), daemon(is_daemon) {}

  LockDomain& domain;
  std::function<void()> body;
  std::string name;
  bool daemon;
  std::size_t joining = 0;                ///< joins without a time limit that wait
  bool started = false;                   ///< belongs to the lock, as the fields above
  std::atomic<std::uint64_t> ident{0};    ///< 0 before it is inside
  std::atomic<std::thread::id> native{};  ///< whose thread it is
  std::atomic<bool> ended{false};         ///< written under `mutex`
  std::mutex mutex;
  std::condition_variable has_ended;

  /// Tells those who wait that it has ended. Once or more.
  void end() {
    const std::lock_guard locked(mutex);
    ended.store(true, std::memory_order_relaxed);
    has_ended.notify_all();
  }
  /// Waits for the end without the lock; says whether it came by `deadline`.
  [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock locked(mutex);
    const auto over = [&] { return ended.load(std::memory_order_relaxed); };
    if (deadline == std::chrono::steady_clock::time_point::max()) {
      has_ended.wait(locked, over);
      return true;
    }
    return has_ended.wait_until(locked, deadline, over);
  }
};

}  // namespace ouro::detail
