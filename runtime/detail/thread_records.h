// The records of threads: one list for each runtime, one for each thread. See thread_state.h.
#pragma once

#include <ouro/runtime/thread_state.h>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace ouro::detail {

/// One runtime's list of records. Shared by the registry and the records, so that either side may end first.
struct ThreadRoll {
  std::mutex mutex;
  std::condition_variable left;  ///< a thread went outside after the lock was closed, or ended
  Gil* gil = nullptr;            ///< null once the registry is gone
  ThreadState* first = nullptr;
  ThreadState* last = nullptr;
  std::uint64_t last_id = 0;
  ThreadHooks hooks;
  std::atomic<std::size_t> inside{0};     ///< threads with an open attachment; written under the lock
  std::atomic<std::size_t> abandoned{0};  ///< those of them that have ended; written under the mutex

  void link(ThreadState& state) noexcept {
    state.previous_in_roll_ = last;
    (last == nullptr ? first : last->next_in_roll_) = &state;
    last = &state;
  }

  void unlink(ThreadState& state) noexcept {
    (state.previous_in_roll_ == nullptr ? first : state.previous_in_roll_->next_in_roll_) = state.next_in_roll_;
    (state.next_in_roll_ == nullptr ? last : state.next_in_roll_->previous_in_roll_) = state.previous_in_roll_;
    state.next_in_roll_ = state.previous_in_roll_ = nullptr;
  }

  /// The other threads are not in this process. Their records stay until the registry ends, which frees them.
  void forget_all_but(const ThreadState& own) noexcept {
    std::size_t gone = 0;
    for (ThreadState* state = first; state != nullptr; state = state->next_in_roll_) {
      if (state == &own || state->abandoned_) continue;
      state->abandoned_ = true;
      gone += state->depth_ > 0 ? 1 : 0;
    }
    abandoned.store(abandoned.load(std::memory_order_relaxed) + gone, std::memory_order_relaxed);
  }

  void step_inside(std::ptrdiff_t step) noexcept {
    inside.store(inside.load(std::memory_order_relaxed) + static_cast<std::size_t>(step), std::memory_order_relaxed);
  }
};

/// The records of the running thread.
struct ThreadRecords {
  [[gnu::tls_model("initial-exec")]] static constinit thread_local ThreadState* first;
  /// The thread's destructors are running: no record may stay, for nobody would free it.
  [[gnu::tls_model("initial-exec")]] static constinit thread_local bool ending;

  /// Frees the records when its thread ends.
  struct AtThreadEnd {
    ~AtThreadEnd() { ThreadRecords::end_thread(); }
  };

  static ThreadState* find(const ThreadRoll* roll) noexcept {
    ThreadState* state = first;
    while (state != nullptr && state->roll_.get() != roll) state = state->next_of_thread_;
    return state;
  }

  static ThreadState& add(const std::shared_ptr<ThreadRoll>& roll) {
    static thread_local AtThreadEnd at_thread_end;
    watch_forks();
    forget_dead();
    const std::lock_guard locked(roll->mutex);
    auto* const state = new ThreadState(roll, roll->last_id + 1);
    ++roll->last_id;
    roll->link(*state);
    state->next_of_thread_ = first;
    first = state;
    return *state;
  }

  static void free(ThreadState** link) noexcept {
    ThreadState* const state = *link;
    *link = state->next_of_thread_;
    const std::shared_ptr<ThreadRoll> roll = state->roll_;
    std::unique_lock locked(roll->mutex);
    const bool alive = roll->gil != nullptr;
    if (alive && roll->hooks.ended != nullptr) roll->hooks.ended(roll->hooks.context, state->id_);
    if (alive && state->depth_ > 0) {
      abandon(*state, *roll);
      return;
    }
    if (alive) roll->unlink(*state);
    locked.unlock();
    delete state;
  }

  static void abandon(ThreadState& state, ThreadRoll& roll) noexcept {
    state.abandoned_ = true;
    roll.abandoned.fetch_add(1, std::memory_order_relaxed);
    if (roll.gil->held_by_this_thread()) roll.gil->drop();
    roll.left.notify_all();
  }

  /// Frees the records of runtimes that are gone.
  static void forget_dead() noexcept {
    for (ThreadState** link = &first; *link != nullptr;) {
      if ((*link)->depth_ == 0 && is_dead(*(*link)->roll_))
        free(link);
      else
        link = &(*link)->next_of_thread_;
    }
  }

  static bool is_dead(ThreadRoll& roll) noexcept {
    const std::lock_guard locked(roll.mutex);
    return roll.gil == nullptr;
  }

  /// Frees the record of a thread that is past `end_thread`, unless it is inside.
  static void forget_if_ending(ThreadState& state) noexcept {
    if (!ending || state.depth_ > 0) return;
    ThreadState** link = &first;
    while (*link != &state) link = &(*link)->next_of_thread_;
    free(link);
  }

  /// Calls the three below around every fork of this process, from the first record on.
  static void watch_forks();
  static void before_fork() noexcept;
  static void after_fork_in_parent() noexcept;
  static void after_fork_in_child() noexcept;

  static void end_thread() noexcept {
    ending = true;
    while (first != nullptr) free(&first);
  }
};

}  // namespace ouro::detail
