// The records of threads: one list for each runtime, one for each thread. See thread_state.h.
#pragma once

#include <ouro/base/detail/ring.h>
#include <ouro/base/shared.h>
#include <ouro/runtime/threads/thread_state.h>

#include <condition_variable>
#include <mutex>
#include <utility>

namespace ouro::detail {

/// One runtime's list of records. Shared by the ThreadRegistry and the records, so that either side may end first.
struct SharedRegistry {
  std::mutex mutex;
  std::condition_variable left;  ///< a thread went outside after the lock was closed, or ended
  Gil* gil = nullptr;            ///< null once the registry is gone
  ThreadState* first = nullptr;
  ThreadState* ended = nullptr;  ///< records of threads that ended with data
  std::uint64_t last_id = 0;
  ThreadHooks hooks;
  std::atomic<std::size_t> inside{0};       ///< threads with an open attachment; written under the lock
  std::atomic<std::size_t> abandoned{0};    ///< those of them that have ended; written under the mutex
  std::atomic<std::uint64_t> main{1};       ///< the main thread; 0 after its end
  std::atomic<bool> calls_next{false};      ///< the next thread that comes in calls a hook
  SharedRegistry* next_registry = nullptr;  ///< in the ring of all, as `previous_registry`
  SharedRegistry* previous_registry = nullptr;

  /// The rings of a registry, in order of first attachment, and of those that ended.
  using Members = Ring<ThreadState, &ThreadState::next_in_registry_, &ThreadState::previous_in_registry_>;
  using Ended = Ring<ThreadState, &ThreadState::next_ended_, &ThreadState::previous_ended_>;

  /// Under the mutex: the thread of that record does not count any more, whatever attachments it has.
  void count_out(ThreadState& state) noexcept {
    if (state.abandoned_) return;
    state.abandoned_ = true;
    if (state.depth_ > 0) abandoned.fetch_add(1, std::memory_order_relaxed);
    if (state.id_ == main.load(std::memory_order_relaxed)) main.store(0, std::memory_order_relaxed);
  }

  /// Under the mutex: the thread ends, or is not here; the runtime is to drop what it keeps for it.
  void note_end(ThreadState& state) noexcept {
    if (!std::exchange(state.has_data_, false)) return;
    Ended::push_front(ended, state);
    if (hooks.ended != nullptr) hooks.ended(hooks.context);
  }

  /// The other threads are not in this process. Their records stay until the registry ends, which frees them.
  void forget_all_but(const ThreadState* own) noexcept {
    for (ThreadState* state = first; state != nullptr; state = Members::after(first, *state)) {
      if (state == own || state->abandoned_) continue;
      note_end(*state);
      count_out(*state);
    }
    main.store(own == nullptr ? 0 : own->id_, std::memory_order_relaxed);
  }

  /// The hook that waits for the next thread to come in.
  void call_entered() noexcept {
    if (calls_next.exchange(false, std::memory_order_acquire) && hooks.entered != nullptr) hooks.entered(hooks.context);
  }

  void step_inside(std::ptrdiff_t step) noexcept {
    inside.store(inside.load(std::memory_order_relaxed) + static_cast<std::size_t>(step), std::memory_order_relaxed);
  }
};

/// All registries of the process: a fork needs to find them, whoever forks. The list's mutex is locked before any
/// registry's; no lock of a runtime is waited for under either.
struct SharedRegistries : Ring<SharedRegistry, &SharedRegistry::next_registry, &SharedRegistry::previous_registry> {
  static std::mutex mutex;
  static SharedRegistry* first;

  static void enter(SharedRegistry& registry) noexcept {
    const std::lock_guard locked(mutex);
    push_front(first, registry);
  }
  static void leave(SharedRegistry& registry) noexcept {
    const std::lock_guard locked(mutex);
    remove(first, registry);
  }
};

/// The records of the running thread.
struct ThreadRecords {
  [[gnu::tls_model("initial-exec")]] static constinit thread_local ThreadState* first;
  /// The record that was found last: a thread that has been in many runtimes works in one for a while.
  [[gnu::tls_model("initial-exec")]] static constinit thread_local ThreadState* recent;
  /// The thread's destructors are running: no record may stay, for nobody would free it.
  [[gnu::tls_model("initial-exec")]] static constinit thread_local bool ending;

  using Own = Ring<ThreadState, &ThreadState::next_of_thread_, &ThreadState::previous_of_thread_>;

  /// Frees the records when its thread ends.
  struct AtThreadEnd {
    ~AtThreadEnd() { ThreadRecords::end_thread(); }
  };

  static ThreadState* find(const SharedRegistry* registry) noexcept {
    if (recent != nullptr && recent->registry_.get() == registry) return recent;
    ThreadState* state = first;
    while (state != nullptr && state->registry_.get() != registry) state = Own::after(first, *state);
    if (state != nullptr) recent = state;
    return state;
  }

  static ThreadState& add(const Shared<SharedRegistry>& registry) {
    static thread_local AtThreadEnd at_thread_end;
    watch_forks();
    forget_dead();
    const std::lock_guard locked(registry->mutex);
    auto* const state = new ThreadState(registry, registry->last_id + 1);
    ++registry->last_id;
    SharedRegistry::Members::push_back(registry->first, *state);
    Own::push_front(first, *state);
    return *state;
  }

  static void free(ThreadState& state) noexcept {
    Own::remove(first, state);
    if (recent == &state) recent = nullptr;
    const Shared<SharedRegistry> registry = state.registry_;
    std::unique_lock locked(registry->mutex);
    const bool alive = registry->gil != nullptr;
    const bool keeps_record = alive && state.has_data_;
    if (alive) registry->note_end(state);
    if (alive && state.depth_ > 0) {
      abandon(state, *registry);
      return;
    }
    if (alive) {
      if (state.id_ == registry->main.load(std::memory_order_relaxed)) registry->main.store(0, std::memory_order_relaxed);
      SharedRegistry::Members::remove(registry->first, state);
    }
    locked.unlock();
    if (!keeps_record) delete &state;
  }

  static void abandon(ThreadState& state, SharedRegistry& registry) noexcept {
    registry.count_out(state);
    if (registry.gil->held_by_this_thread()) registry.gil->drop();
    registry.left.notify_all();
  }

  /// Frees the records of runtimes that are gone.
  static void forget_dead() noexcept {
    for (ThreadState* state = first; state != nullptr;) {
      ThreadState* const next = Own::after(first, *state);
      if (state->depth_ == 0 && is_dead(*state->registry_)) free(*state);
      state = next;
    }
  }

  static bool is_dead(SharedRegistry& registry) noexcept {
    const std::lock_guard locked(registry.mutex);
    return registry.gil == nullptr;
  }

  /// Frees the record of a thread that is past `end_thread`, unless it is inside.
  static void forget_if_ending(ThreadState& state) noexcept {
    if (ending && state.depth_ == 0) free(state);
  }

  /// Calls the three below around every fork of this process, from the first record on.
  static void watch_forks();
  static void before_fork() noexcept;
  static void after_fork_in_parent() noexcept;
  static void after_fork_in_child() noexcept;

  static void end_thread() noexcept {
    ending = true;
    while (first != nullptr) free(*first);
  }
};

}  // namespace ouro::detail
