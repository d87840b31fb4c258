// Calls, exceptions and requests that wait for a thread's next safepoint.
#include <ouro/runtime/threads/attention.h>
#include <ouro/runtime/threads/thread_state.h>

#include <algorithm>
#include <new>
#include <utility>

namespace ouro {

namespace {

/// While calls are made none is made inside.
struct AttendingHere {
  bool& attending;
  explicit AttendingHere(bool& flag) : attending(flag) { attending = true; }
  ~AttendingHere() { attending = false; }
};

}  // namespace

Attention::Attention(Gil& gil, ThreadRegistry& threads) : gil_(gil), threads_(threads) {
  gil.set_attention_handler([](void* self) { static_cast<Attention*>(self)->attend(); }, this);
}

void Attention::call_soon(std::function<void()> call) {
  try {
    const std::lock_guard locked(mutex_);
    calls_.push_back(std::move(call));
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
  gil_.request_attention();
}

// Another thread looks when the lock comes to it.
bool Attention::raise_in(std::uint64_t thread_id, std::optional<Error> error) {
  const bool found = threads_.with_record(thread_id, [&](ThreadState& state) { state.pending_error().swap(error); });
  lock_came();
  return found;
}

void Attention::send_away(std::uint64_t thread_id) {
  threads_.with_record(thread_id, [](ThreadState& state) { state.send_away(); });
  lock_came();
}

void Attention::lock_came() noexcept {
  const ThreadState* const state = threads_.current();
  const bool interrupted = interrupted_.load(std::memory_order_relaxed) && threads_.is_main(state);
  if (interrupted || (state != nullptr && (state->pending_error_ || state->sent_away_))) gil_.request_attention();
}

void Attention::request_maintenance() noexcept {
  threads_.call_next_to_enter();
  gil_.request_attention();
}

void Attention::attend() {
  gil_.accept_attention();
  struct LookAgain {
    Attention& self;
    const ThreadState* state;
    LookAgain(Attention& attention, const ThreadState* current) : self(attention), state(current) {}
    ~LookAgain() {
      if (self.waits_for(state)) self.gil_.request_attention();
    }
  };
  const LookAgain again(*this, threads_.current());
  maintain();
  be_interrupted();
  run_calls();
  count_safepoint();
  throw_if_asked();
}

void Attention::attend_last() {
  attending_ = false;
  attend();
}

// Calls that wait while others are made are for the outer look, and what waits for another thread is for that one.
bool Attention::waits_for(const ThreadState* state) const {
  if (has_budget() || (!attending_ && waiting() > 0)) return true;
  if (interrupted_.load(std::memory_order_relaxed) && threads_.is_main(state)) return true;
  return state != nullptr && (state->pending_error_ || state->sent_away_);
}

void Attention::maintain() {
  if (attending_) return threads_.call_next_to_enter();
  if (!maintenance_) return;
  const AttendingHere here(attending_);
  maintenance_();
}

void Attention::be_interrupted() {
  ThreadState* const state = threads_.current();
  if (!threads_.is_main(state) || !interrupted_.exchange(false, std::memory_order_relaxed)) return;
  try {
    if (!on_interrupt_) raise(ErrorKind::kKeyboardInterrupt, "");
    const std::function<void()> handler = on_interrupt_;  // it may replace itself
    handler();
  } catch (const Error& error) {
    if (state != nullptr) state->thrown_ = error;
    throw;
  }
}

void Attention::set_budget(const RunBudget& budget) noexcept {
  budget_ = budget;
  safepoints_left_ = budget.safepoints;
  deadline_ = std::chrono::steady_clock::now() + budget.time;
  is_used_up_ = false;
  if (has_budget()) gil_.request_attention();
}

RunBudget Attention::budget() const noexcept {
  RunBudget left = budget_;
  if (left.safepoints != 0) left.safepoints = std::max<std::uint64_t>(safepoints_left_, 1);
  if (left.time.count() != 0)
    left.time =
        std::max<std::chrono::nanoseconds>(deadline_ - std::chrono::steady_clock::now(), std::chrono::nanoseconds(1));
  return left;
}

void Attention::count_safepoint() {
  if (!has_budget()) return;
  if (budget_.safepoints != 0 && safepoints_left_ == 0) is_used_up_ = true;
  if (budget_.time.count() != 0 && std::chrono::steady_clock::now() >= deadline_) is_used_up_ = true;
  if (safepoints_left_ != 0) --safepoints_left_;
  if (is_used_up_) raise(kBudgetUsedUp, "the budget is used up");
}

std::function<void()> Attention::next_call() {
  const std::lock_guard locked(mutex_);
  if (made_ == calls_.size()) return {};
  std::function<void()> call = std::move(calls_[made_++]);
  if (made_ < calls_.size() / 2) return call;  // what was made is moved away when it is half: constant time a call
  calls_.erase(calls_.begin(), calls_.begin() + static_cast<std::ptrdiff_t>(made_));
  made_ = 0;
  return call;
}

// Those that waited at first, so that a call that asks to be called again does not keep the thread here.
void Attention::run_calls() {
  if (attending_) return;
  const AttendingHere here(attending_);
  for (std::size_t left = waiting(); left > 0; --left) {
    const std::function<void()> call = next_call();
    if (call == nullptr) return;
    call();
  }
}

void Attention::throw_if_asked() {
  ThreadState* const state = threads_.current();
  if (state == nullptr) return;
  if (state->pending_error_) {
    state->thrown_ = std::exchange(state->pending_error_, std::nullopt);
    throw Error(*state->thrown_);
  }
  if (state->sent_away_) raise(ErrorKind::kSystemExit, "the runtime is closing");
}

// Copies of an error share their text, so one is told from another of the same kind.
bool Attention::keep(const Error& error) noexcept {
  ThreadState* const state = threads_.current();
  if (state == nullptr) return false;
  if (state->sent_away_ && error.is(ErrorKind::kSystemExit)) return true;
  if (is_used_up_ && error.is(kBudgetUsedUp)) return true;
  if (!state->thrown_ || state->thrown_->what() != error.what() || state->pending_error_) return false;
  state->pending_error_ = std::exchange(state->thrown_, std::nullopt);
  gil_.request_attention();
  return true;
}

void Attention::forget_calls() noexcept {
  std::vector<std::function<void()>> dropped;  // when the mutex is free: what they hold may run anything
  const std::lock_guard locked(mutex_);
  dropped.swap(calls_);
  made_ = 0;
}

std::size_t Attention::waiting() const {
  const std::lock_guard locked(mutex_);
  return calls_.size() - made_;
}

}  // namespace ouro
