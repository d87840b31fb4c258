// Threads of a runtime: who is inside, and what the runtime remembers about each.
//
// A thread attaches to use a runtime's objects: it gets a record in the registry and takes the lock. Its record outlives the
// attachment, so that the next one costs a look at a thread-local list and no allocation. One thread may be attached to
// several runtimes, and several times to one.
//
//          runtime A's registry  runtime B's registry
//                 |                    |
//   thread 1 -> [record A,1] ------> [record B,1]        one list a thread: found without a lock
//                 |                    |
//   thread 2 -> [record A,2]           |                 one list a runtime: to walk over all, and to end it
//                 |                    |
//   thread 3 -> [record A,3] ------> [record B,3]
//
// A record belongs to its thread and is freed when the thread ends. The registry's block (SharedRegistry), which outlives
// either side, says whether the runtime still exists; records of a dead one are freed at their thread's next new record. A
// thread that ends inside (an attachment leaked, or one that static storage holds at exit) leaves its record to the runtime
// and drops the lock.
//
// Laws
//   attach-same-thread: an attachment is ended by the thread that made it, innermost first, and so is a GilRelease.
//   registry-order: the lock may be held while the registry's mutex is taken, and is never waited for under it.
//   main-thread: the first thread of a runtime is its main thread until it ends, in the child of a fork the one that forked.
//   fork-whole: the child of a fork finds its locks free or its own, and itself the only thread. A runtime that the forking
//     thread is inside of is forked between two safepoints of the others.
//   record-kept: another thread's record is used only under the registry's mutex, for its thread may end at any time.
//   threads-gone: a registry dies only when no thread is attached to it.
#pragma once

#include <ouro/base/error.h>
#include <ouro/base/lock/gil.h>
#include <ouro/base/lock/native_thread.h>
#include <ouro/base/shared.h>
#include <ouro/base/standard/clock.h>
#include <ouro/base/standard/function.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ouro {

namespace detail {
struct SharedRegistry;
struct ThreadRecords;
}  // namespace detail

/// What one runtime knows about one thread. Fields without another owner belong to whoever holds the lock.
class ThreadState {
 public:
  ThreadState(const ThreadState&) = delete;
  ThreadState& operator=(const ThreadState&) = delete;

  /// The thread's number in its runtime, from 1 in order of first attachment. Never used twice.
  [[nodiscard]] std::uint64_t id() const noexcept { return id_; }
  /// The thread, for the system.
  [[nodiscard]] NativeThread native_id() const noexcept { return native_id_; }
  /// "MainThread" for the first thread of a runtime, "Thread-1" for the next, until `set_name`.
  [[nodiscard]] std::string_view name() const noexcept { return name_; }
  /// Renames the thread. MemoryError leaves the old name.
  void set_name(std::string_view name);
  /// How many attachments are open; 0 while the thread is outside.
  [[nodiscard]] std::size_t depth() const noexcept { return depth_; }
  /// What the thread is to throw at its next safepoint; see `Attention::raise_in`.
  [[nodiscard]] std::optional<Error>& pending_error() noexcept { return pending_error_; }
  /// From now on every safepoint of the thread throws SystemExit, until it is outside.
  void send_away() noexcept { sent_away_ = true; }
  [[nodiscard]] bool is_sent_away() const noexcept { return sent_away_; }
  /// The runtime keeps something for the thread that is to be dropped after its end; see `ThreadRegistry::next_ended`.
  void set_has_data(bool has_data) noexcept { has_data_ = has_data; }
  [[nodiscard]] bool has_data() const noexcept { return has_data_; }

 private:
  friend class Attention;
  friend class ThreadRegistry;
  friend struct detail::SharedRegistry;
  friend struct detail::ThreadRecords;

  ThreadState(Shared<detail::SharedRegistry> registry, std::uint64_t id);

  const Shared<detail::SharedRegistry> registry_;
  const std::uint64_t id_;
  const NativeThread native_id_;
  std::string name_;
  std::optional<Error> pending_error_;
  std::optional<Error> thrown_;  ///< the last error that a safepoint threw because somebody had asked for it
  bool sent_away_ = false;
  bool has_data_ = false;
  std::size_t depth_ = 0;                  ///< written by the thread itself, under the lock
  ThreadState* next_of_thread_ = nullptr;  ///< belongs to the thread, as `previous_of_thread_`
  ThreadState* previous_of_thread_ = nullptr;
  ThreadState* next_in_registry_ = nullptr;  ///< belongs to the registry's mutex, as all below
  ThreadState* previous_in_registry_ = nullptr;
  ThreadState* next_ended_ = nullptr;  ///< in the ring of those that ended with data
  ThreadState* previous_ended_ = nullptr;
  bool left_behind_ = false;    ///< the runtime ended without the thread, which never comes in again
  bool abandoned_ = false;      ///< the thread ended inside, or is in the parent of a fork; the registry frees the record
  bool taken_to_fork_ = false;  ///< the lock was taken for the time of a fork
};

/// A copy of a record, safe to keep.
struct ThreadInfo {
  std::uint64_t id;
  NativeThread native_id;
  std::string name;
  std::size_t depth;
};

/// Calls for whoever owns a registry. All but `entered` may not throw, wait or use objects.
struct ThreadHooks {
  void* context = nullptr;
  void (*ended)(void* context) noexcept = nullptr;    ///< on a thread that ends with data, mostly without the lock
  void (*entered)(void* context) noexcept = nullptr;  ///< at the next attachment after `call_next_to_enter`
  void (*before_fork)(void* context) noexcept = nullptr;
  void (*after_fork)(void* context) noexcept = nullptr;  ///< in the parent and in the child
  void (*forked)(void* context) noexcept = nullptr;      ///< in the child, of a runtime whose objects are whole
};

/// One open attachment, as `attach` gives it and `detach` wants it back. Empty if the runtime refused.
struct Attachment {
  ThreadState* state = nullptr;
  std::size_t depth = 0;   ///< the state's depth inside it, to see that attachments end innermost first
  bool took_lock = false;  ///< the lock was not held before, and is dropped at the end

  explicit operator bool() const noexcept { return state != nullptr; }
};

/// The threads of one runtime. Belongs beside the runtime's lock and dies before it.
class ThreadRegistry {
 public:
  /// Makes the registry of the runtime whose lock is `gil`. MemoryError if there is no memory for it.
  explicit ThreadRegistry(Gil& gil);
  ~ThreadRegistry();
  ThreadRegistry(const ThreadRegistry&) = delete;
  ThreadRegistry& operator=(const ThreadRegistry&) = delete;

  /// Enters the runtime and holds the lock, waiting for it if need be. A thread that is inside already may always attach
  /// again; one outside gets RuntimeError once the lock is closed. MemoryError at a thread's first attachment only.
  [[nodiscard]] Attachment attach();
  /// As `attach`, but returns empty instead of RuntimeError; from a wait too, as soon as the lock is closed.
  [[nodiscard]] Attachment try_attach();
  /// Ends an attachment: the lock is as it was before it. The record stays.
  void detach(Attachment attachment) noexcept;

  /// True if `attachment` is this thread's, or its thread has ended: then the runtime may end here.
  [[nodiscard]] bool may_end_here(const Attachment& attachment) const noexcept;
  /// As `detach`, for the runtime that ends: also if the attachment's thread has ended before it.
  void detach_last(Attachment attachment) noexcept;

  /// The calling thread's record, or null if it never attached. No lock needed; O(runtimes this thread has used).
  [[nodiscard]] ThreadState* current() const noexcept;
  /// True if the calling thread is inside, whether it holds the lock or released it around blocking code.
  [[nodiscard]] bool attached_here() const noexcept;

  /// How many threads are inside. Exact for a caller that holds the lock.
  [[nodiscard]] std::size_t attached() const noexcept;
  /// Every thread that has a record here, in order of first attachment. The caller holds the lock.
  [[nodiscard]] std::vector<ThreadInfo> threads() const;

  /// Calls `use` with the record of that id, and says whether there is one. The caller holds the lock. A thread may end
  /// without the lock, so the registry's mutex keeps the record meanwhile: `use` must not wait, attach or touch objects.
  /// What it throws passes on.
  bool with_record(std::uint64_t id, const std::function<void(ThreadState&)>& use) const;
  /// True if a thread of that id has a record. Any thread.
  [[nodiscard]] bool knows(std::uint64_t id) const noexcept;
  /// True if `state` is the main thread's record, or the main thread has ended. Safe for any thread's own record.
  [[nodiscard]] bool is_main(const ThreadState* state) const noexcept;
  /// Makes the next attachment call the hook `entered`. Any thread.
  void call_next_to_enter() noexcept;
  /// The id of a thread that ended with data, each once; 0 if there is none. The caller holds the lock.
  [[nodiscard]] std::uint64_t next_ended() noexcept;
  /// The thread of that id, which is inside, never comes in again, if the lock asks `is_left_behind_here`. It does not count
  /// as attached any more. The caller holds the lock.
  void leave_behind(std::uint64_t id) noexcept;
  [[nodiscard]] bool is_left_behind_here() const noexcept;

  /// Who hears of the ends of threads and of forks from now on.
  void set_hooks(const ThreadHooks& hooks) noexcept;

  /// Waits until no other thread is inside, or until `deadline`; says whether they are gone. The caller is attached, holds
  /// the lock and has closed it; the lock is free for the others meanwhile, and held again afterwards.
  [[nodiscard]] bool wait_for_others(std::chrono::steady_clock::time_point deadline) noexcept;

 private:
  [[nodiscard]] ThreadState* find(std::uint64_t id) const noexcept;  ///< under the registry's mutex
  [[nodiscard]] ThreadState& current_or_new();
  [[nodiscard]] Attachment enter(ThreadState& state, bool took_lock) noexcept;

  Gil& gil_;
  const Shared<detail::SharedRegistry> registry_;
};

}  // namespace ouro
