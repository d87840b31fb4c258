// Forks: the child has one thread, and its locks are free or its own (law fork-whole).
#include <ouro/base/assert.h>
#include <ouro/runtime/threads/detail/thread_records.h>

#include <new>

#include <pthread.h>

namespace ouro::detail {

constinit std::mutex SharedRegistries::mutex;
constinit SharedRegistry* SharedRegistries::first = nullptr;

void ThreadRecords::watch_forks() {
  [[maybe_unused]] static const int watched = pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

// A runtime that this thread is inside of is taken, so that no other thread is in the middle of anything. One that it is
// outside of, or has never been in, is forked as it stands. If another thread held its lock, nobody can say what its objects
// are in the middle of, and the child finds it closed.
void ThreadRecords::before_fork() noexcept {
  for (ThreadState* state = first; state != nullptr; state = Own::after(first, *state)) {
    Gil* const gil = state->registry_->gil;
    state->taken_to_fork_ = gil != nullptr && state->depth_ > 0 && !gil->held_by_this_thread();
    if (state->taken_to_fork_) gil->take();
  }
  SharedRegistries::mutex.lock();
  for (SharedRegistry* registry = SharedRegistries::first; registry != nullptr;
       registry = SharedRegistries::after(SharedRegistries::first, *registry)) {
    registry->mutex.lock();
    if (registry->hooks.before_fork != nullptr) registry->hooks.before_fork(registry->hooks.context);
  }
}

void ThreadRecords::after_fork_in_parent() noexcept {
  for (SharedRegistry* registry = SharedRegistries::first; registry != nullptr;
       registry = SharedRegistries::after(SharedRegistries::first, *registry)) {
    if (registry->hooks.after_fork != nullptr) registry->hooks.after_fork(registry->hooks.context);
    registry->mutex.unlock();
  }
  SharedRegistries::mutex.unlock();
  for (ThreadState* state = first; state != nullptr; state = Own::after(first, *state))
    if (state->taken_to_fork_) state->registry_->gil->drop();
}

// This thread locked the mutexes, so it may unlock them; those who waited at the condition are not here.
void ThreadRecords::after_fork_in_child() noexcept {
  for (SharedRegistry* registry = SharedRegistries::first; registry != nullptr;
       registry = SharedRegistries::after(SharedRegistries::first, *registry)) {
    if (registry->hooks.after_fork != nullptr) registry->hooks.after_fork(registry->hooks.context);
    new (&registry->left) std::condition_variable;
    const ThreadState* const own = find(registry);
    registry->forget_all_but(own);
    registry->mutex.unlock();
    registry->gil->reset_after_fork(/*held=*/registry->gil->held_by_this_thread());
    if (!registry->gil->torn() && registry->hooks.forked != nullptr) registry->hooks.forked(registry->hooks.context);
  }
  SharedRegistries::mutex.unlock();
  for (ThreadState* state = first; state != nullptr; state = Own::after(first, *state))
    if (state->taken_to_fork_) state->registry_->gil->drop();
}

}  // namespace ouro::detail
