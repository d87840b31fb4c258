// Forks: the child has one thread, and its locks are free or its own (law fork-whole).
#include <ouro/base/assert.h>
#include <ouro/runtime/threads/detail/thread_records.h>

#include <new>

#include <pthread.h>

namespace ouro::detail {

constinit std::mutex ThreadRolls::mutex;
constinit ThreadRoll* ThreadRolls::first = nullptr;

void ThreadRecords::watch_forks() {
  [[maybe_unused]] static const int watched = pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

// A runtime that this thread is inside of is taken, so that no other thread is in the middle of anything. One that it is
// outside of, or has never been in, is forked as it stands. If another thread held its lock, nobody can say what its objects
// are in the middle of, and the child finds it closed.
void ThreadRecords::before_fork() noexcept {
  for (ThreadState* state = first; state != nullptr; state = state->next_of_thread_) {
    Gil* const gil = state->roll_->gil;
    state->taken_to_fork_ = gil != nullptr && state->depth_ > 0 && !gil->held_by_this_thread();
    if (state->taken_to_fork_) gil->take();
  }
  ThreadRolls::mutex.lock();
  for (ThreadRoll* roll = ThreadRolls::first; roll != nullptr; roll = roll->next_roll) {
    roll->mutex.lock();
    if (roll->hooks.before_fork != nullptr) roll->hooks.before_fork(roll->hooks.context);
  }
}

void ThreadRecords::after_fork_in_parent() noexcept {
  for (ThreadRoll* roll = ThreadRolls::first; roll != nullptr; roll = roll->next_roll) {
    if (roll->hooks.after_fork != nullptr) roll->hooks.after_fork(roll->hooks.context);
    roll->mutex.unlock();
  }
  ThreadRolls::mutex.unlock();
  for (ThreadState* state = first; state != nullptr; state = state->next_of_thread_)
    if (state->taken_to_fork_) state->roll_->gil->drop();
}

// This thread locked the mutexes, so it may unlock them; those who waited at the condition are not here.
void ThreadRecords::after_fork_in_child() noexcept {
  for (ThreadRoll* roll = ThreadRolls::first; roll != nullptr; roll = roll->next_roll) {
    if (roll->hooks.after_fork != nullptr) roll->hooks.after_fork(roll->hooks.context);
    new (&roll->left) std::condition_variable;
    const ThreadState* const own = find(roll);
    roll->forget_all_but(own);
    roll->mutex.unlock();
    roll->gil->reset_after_fork(/*held=*/roll->gil->held_by_this_thread());
    if (!roll->gil->torn() && roll->hooks.forked != nullptr) roll->hooks.forked(roll->hooks.context);
  }
  ThreadRolls::mutex.unlock();
  for (ThreadState* state = first; state != nullptr; state = state->next_of_thread_)
    if (state->taken_to_fork_) state->roll_->gil->drop();
}

}  // namespace ouro::detail
