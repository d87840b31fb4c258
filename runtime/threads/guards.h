// Guards: a scope that is inside a runtime, a scope that waits outside of it, a scope that holds the lock.
//
//   void worker(Runtime& rt) {
//     Attach attached{rt};                  // this thread is inside and holds the lock
//     ...                                   // use objects
//     {
//       GilRelease released{rt};            // others run meanwhile
//       read(fd, buffer, size);             // touches no object
//     }                                     // holds the lock again, also after an exception
//   }                                       // outside
//
// Each takes a `LockDomain&`, to which a Runtime converts. A guard ends on the thread that made it, innermost first.
#pragma once

#include <ouro/runtime/threads/lock_domain.h>

namespace ouro {

/// Attaches this thread and holds the lock. Nests; an attachment inside a `GilRelease` retakes the lock for its scope.
class [[nodiscard]] Attach {
 public:
  /// Waits for the lock. RuntimeError if the runtime is closing and this thread is not inside yet; MemoryError as `attach`.
  explicit Attach(LockDomain& domain) : threads_(domain.threads), attachment_(threads_.attach()) {}
  /// The same, but an empty guard if the runtime is closing. Returns from a wait as soon as closing begins.
  static Attach try_attach(LockDomain& domain) { return Attach(domain.threads, domain.threads.try_attach()); }
  ~Attach() {
    if (attachment_) threads_.detach(attachment_);
  }
  Attach(const Attach&) = delete;
  Attach& operator=(const Attach&) = delete;

  /// False for the empty guard of a refused `try_attach`.
  explicit operator bool() const noexcept { return static_cast<bool>(attachment_); }
  /// This thread's record. Only of a guard that is not empty.
  [[nodiscard]] ThreadState& state() const noexcept { return *attachment_.state; }

 private:
  Attach(ThreadRegistry& threads, Attachment attachment) noexcept : threads_(threads), attachment_(attachment) {}

  ThreadRegistry& threads_;
  Attachment attachment_;
};

/// Releases the lock for a scope of blocking code, which must touch no object. The thread stays inside.
class [[nodiscard]] GilRelease {
 public:
  explicit GilRelease(Gil& gil) noexcept : gil_(gil), thread_(Gil::mark_of_thread()) {
    if constexpr (kChecks >= CheckLevel::kCheap)
      if (!gil.held_by_this_thread()) law_broken("lock-not-held", "GilRelease", __FILE__, __LINE__);
    gil_.drop();
  }
  explicit GilRelease(LockDomain& domain) noexcept : GilRelease(domain.gil) {}
  ~GilRelease() {
    if constexpr (kChecks >= CheckLevel::kCheap)
      if (thread_ != Gil::mark_of_thread()) law_broken("attach-same-thread", "GilRelease", __FILE__, __LINE__);
    gil_.take();
  }
  GilRelease(const GilRelease&) = delete;
  GilRelease& operator=(const GilRelease&) = delete;

 private:
  Gil& gil_;
  const void* thread_;  ///< whose it is
};

/// Holds the bare lock for a scope, without a record of the thread: for a few counts or fields, not for object code.
class [[nodiscard]] GilGuard {
 public:
  explicit GilGuard(Gil& gil) noexcept : gil_(gil) { gil_.take(); }
  explicit GilGuard(LockDomain& domain) noexcept : GilGuard(domain.gil) {}
  ~GilGuard() { gil_.drop(); }
  GilGuard(const GilGuard&) = delete;
  GilGuard& operator=(const GilGuard&) = delete;

 private:
  Gil& gil_;
};

}  // namespace ouro
