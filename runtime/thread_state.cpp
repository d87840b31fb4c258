#include <ouro/runtime/base/error.h>
#include <ouro/runtime/thread_state.h>

#include <condition_variable>
#include <mutex>
#include <new>

namespace ouro {

namespace detail {

/// One runtime's list of records. Shared by the registry and the records, so that either side may end first.
struct ThreadRoll {
  std::mutex mutex;
  std::condition_variable left;  ///< a thread went outside after the lock was closed, or ended
  Gil* gil = nullptr;            ///< null once the registry is gone
  ThreadState* first = nullptr;
  ThreadState* last = nullptr;
  std::uint64_t last_id = 0;
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

  static void end_thread() noexcept {
    ending = true;
    while (first != nullptr) free(&first);
  }
};

constinit thread_local ThreadState* ThreadRecords::first = nullptr;
constinit thread_local bool ThreadRecords::ending = false;

}  // namespace detail

using detail::ThreadRecords;
using detail::ThreadRoll;

ThreadState::ThreadState(std::shared_ptr<ThreadRoll> roll, std::uint64_t id)
    : roll_(std::move(roll)),
      id_(id),
      native_id_(std::this_thread::get_id()),
      name_(id == 1 ? "MainThread" : "Thread-" + std::to_string(id - 1)) {}

void ThreadState::set_name(std::string_view name) {
  try {
    name_ = name;
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

ThreadRegistry::ThreadRegistry(Gil& gil) try : gil_(gil), roll_(std::make_shared<ThreadRoll>()) {
  roll_->gil = &gil;
} catch (const std::bad_alloc&) {
  raise_out_of_memory();
}

ThreadRegistry::~ThreadRegistry() {
  OURO_ASSERT(attached() == 0, "threads-gone");
  {
    const std::lock_guard locked(roll_->mutex);
    roll_->gil = nullptr;
    while (ThreadState* const state = roll_->first) {
      roll_->unlink(*state);
      if (state->abandoned_) delete state;
    }
  }
  ThreadRecords::forget_dead();
}

Attachment ThreadRegistry::attach() {
  const Attachment attachment = try_attach();
  if (!attachment) raise(ErrorKind::kRuntimeError, "can't attach a thread: the runtime is closing");
  return attachment;
}

Attachment ThreadRegistry::try_attach() {
  if (gil_.closed() && !gil_.held_by_this_thread() && !attached_here()) return {};
  ThreadState& state = current_or_new();
  if (gil_.held_by_this_thread()) return enter(state, /*took_lock=*/false);
  if (state.depth_ > 0) {
    gil_.take();
  } else if (!gil_.try_take()) {
    ThreadRecords::forget_if_ending(state);
    return {};
  }
  return enter(state, /*took_lock=*/true);
}

Attachment ThreadRegistry::enter(ThreadState& state, bool took_lock) noexcept {
  if (state.depth_++ == 0) roll_->step_inside(+1);
  return {.state = &state, .depth = state.depth_, .took_lock = took_lock};
}

void ThreadRegistry::detach(Attachment attachment) noexcept {
  ThreadState& state = *attachment.state;
  if (state.abandoned_) return;
  OURO_ASSERT(state.native_id_ == std::this_thread::get_id() && attachment.depth == state.depth_, "attach-same-thread");
  if constexpr (kChecks >= CheckLevel::kCheap)
    if (!gil_.held_by_this_thread()) law_broken("lock-not-held", "ThreadRegistry::detach", __FILE__, __LINE__);
  if (--state.depth_ == 0) {
    roll_->step_inside(-1);
    if (gil_.closed()) {
      const std::lock_guard locked(roll_->mutex);
      roll_->left.notify_all();
    }
    ThreadRecords::forget_if_ending(state);
  }
  // The drop comes last: whoever waits for the others to leave may then end the runtime at once.
  if (attachment.took_lock) gil_.drop();
}

ThreadState* ThreadRegistry::current() const noexcept { return ThreadRecords::find(roll_.get()); }

bool ThreadRegistry::attached_here() const noexcept {
  const ThreadState* const state = current();
  return state != nullptr && state->depth_ > 0;
}

ThreadState& ThreadRegistry::current_or_new() {
  if (ThreadState* const state = current()) return *state;
  try {
    return ThreadRecords::add(roll_);
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

std::size_t ThreadRegistry::attached() const noexcept {
  return roll_->inside.load(std::memory_order_relaxed) - roll_->abandoned.load(std::memory_order_relaxed);
}

std::vector<ThreadInfo> ThreadRegistry::threads() const {
  const std::lock_guard locked(roll_->mutex);
  try {
    std::vector<ThreadInfo> all;
    for (const ThreadState* state = roll_->first; state != nullptr; state = state->next_in_roll_)
      if (!state->abandoned_) all.push_back({state->id_, state->native_id_, state->name_, state->depth_});
    return all;
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

bool ThreadRegistry::wait_for_others(std::chrono::steady_clock::time_point deadline) noexcept {
  const std::size_t own = attached_here() ? 1 : 0;
  const auto alone = [&] { return attached() <= own; };
  {
    std::unique_lock locked(roll_->mutex);
    gil_.drop();
    roll_->left.wait_until(locked, deadline, alone);
  }
  gil_.take();
  return alone();
}

}  // namespace ouro
