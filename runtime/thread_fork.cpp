// Forks: the child has one thread, and its locks are free or its own (law fork-whole).
#include <ouro/runtime/base/assert.h>
#include <ouro/runtime/detail/thread_records.h>

#include <pthread.h>

namespace ouro::detail {

void ThreadRecords::watch_forks() {
  [[maybe_unused]] static const int watched = pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

// A runtime that this thread is inside of is taken, so that no other thread is in the middle of anything. One that it is
// outside of is forked as it stands. If another thread held its lock, nobody can say what its objects are in the middle of,
// and the child finds it closed.
void ThreadRecords::before_fork() noexcept {
  for (ThreadState* state = first; state != nullptr; state = state->next_of_thread_) {
    state->taken_to_fork_ = state->depth_ > 0 && !state->roll_->gil->held_by_this_thread();
    if (state->taken_to_fork_) state->roll_->gil->take();
  }
  for (ThreadState* state = first; state != nullptr; state = state->next_of_thread_) state->roll_->mutex.lock();
}

void ThreadRecords::after_fork_in_parent() noexcept {
  for (ThreadState* state = first; state != nullptr; state = state->next_of_thread_) {
    state->roll_->mutex.unlock();
    if (state->taken_to_fork_) state->roll_->gil->drop();
  }
}

void ThreadRecords::after_fork_in_child() noexcept {
  for (ThreadState* state = first; state != nullptr; state = state->next_of_thread_) {
    ThreadRoll& roll = *state->roll_;
    roll.mutex.unlock();  // this thread locked it
    if (roll.gil == nullptr) continue;
    roll.forget_all_but(*state);
    const bool whole = roll.gil->held_by_this_thread();
    roll.gil->reset_after_fork(whole);
    if (whole && roll.hooks.forked != nullptr) roll.hooks.forked(roll.hooks.context);
    if (state->taken_to_fork_) roll.gil->drop();
  }
}

}  // namespace ouro::detail
