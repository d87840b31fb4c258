// ThreadList: the threads that were started through the runtime and have not ended.
#pragma once

#include <ouro/base/error.h>
#include <ouro/base/lock/gil.h>
#include <ouro/base/shared.h>
#include <ouro/base/standard/clock.h>
#include <ouro/base/standard/function.h>

#include <cstdint>
#include <string>
#include <vector>

namespace ouro {

namespace detail {
struct ThreadCore;
}

/// What a thread that throws is told to: its error and its name. Called on that thread, with the lock.
using ThreadHook = std::function<void(const Error& error, const std::string& thread_name)>;

/// The started threads of one runtime. Belongs to the lock.
class ThreadList {
 public:
  ThreadList() = default;
  ThreadList(const ThreadList&) = delete;
  ThreadList& operator=(const ThreadList&) = delete;

  /// Replaces the hook. An empty one prints CPython's lines on standard error.
  void set_hook(ThreadHook hook) { hook_ = std::move(hook); }
  /// Hands the error to the hook; what that throws is printed.
  void report(const Error& error, const std::string& thread_name) noexcept;

  /// "Thread-1", "Thread-2", ...
  [[nodiscard]] std::string next_name() { return "Thread-" + std::to_string(++last_name_); }
  /// Throws MemoryError.
  void add(Shared<detail::ThreadCore> thread);
  void remove(const detail::ThreadCore& thread) noexcept;
  /// Waits for the threads, except the running one; says whether they have ended by `deadline`.
  [[nodiscard]] bool join_all(std::chrono::steady_clock::time_point deadline, bool daemons);
  /// The child of a fork: they are threads of the parent. The running one stays.
  void forget_others() noexcept;
  /// The ids of the daemons that run; 0 for one that is not inside yet.
  [[nodiscard]] std::vector<std::uint64_t> daemons() const;
  /// True if none is still on its way in.
  [[nodiscard]] bool all_entered() const noexcept;
  /// They are not waited for any more.
  void forget_daemons() noexcept;

 private:
  std::vector<Shared<detail::ThreadCore>> started_;
  std::uint64_t last_name_ = 0;
  ThreadHook hook_;
};

}  // namespace ouro
