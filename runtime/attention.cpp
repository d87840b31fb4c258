#include <ouro/runtime/attention.h>
#include <ouro/runtime/thread_state.h>

#include <new>
#include <utility>

namespace ouro {

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

bool Attention::raise_in(std::uint64_t thread_id, std::optional<Error> error) {
  const bool found = threads_.with_record(thread_id, [&](ThreadState& state) { state.pending_error().swap(error); });
  errors_waiting_ = threads_.pending_errors();
  if (errors_waiting_ > 0) gil_.request_attention();
  return found;
}

void Attention::attend() {
  gil_.accept_attention();
  if (attending_) return;  // the outer call looks again
  struct Attending {
    Attention& self;
    explicit Attending(Attention& attention) : self(attention) { self.attending_ = true; }
    ~Attending() {
      self.attending_ = false;
      if (self.errors_waiting_ > 0) self.errors_waiting_ = self.threads_.pending_errors();  // a thread ends with its error
      const bool interrupted = self.interrupted_.load(std::memory_order_relaxed);
      if (interrupted || self.errors_waiting_ > 0 || self.waiting() > 0) self.gil_.request_attention();
    }
  };
  const Attending attending(*this);
  if (housekeeping_) housekeeping_();
  if (interrupted_.exchange(false, std::memory_order_relaxed)) {
    if (!on_interrupt_) raise(ErrorKind::kKeyboardInterrupt, "");
    const std::function<void()> handler = on_interrupt_;  // it may replace itself
    handler();
  }
  run_calls();
  throw_if_asked();
}

std::function<void()> Attention::next_call() {
  const std::lock_guard locked(mutex_);
  if (calls_.empty()) return {};
  std::function<void()> call = std::move(calls_.front());
  calls_.pop_front();
  return call;
}

// Those that waited at first, so that a call that asks to be called again does not keep the thread here.
void Attention::run_calls() {
  for (std::size_t left = waiting(); left > 0; --left) {
    const std::function<void()> call = next_call();
    if (call == nullptr) return;
    call();
  }
}

void Attention::throw_if_asked() {
  if (errors_waiting_ == 0) return;
  ThreadState* const state = threads_.current();
  if (state == nullptr || !state->pending_error()) return;
  const Error error = *std::exchange(state->pending_error(), std::nullopt);
  throw error;
}

std::size_t Attention::waiting() const {
  const std::lock_guard locked(mutex_);
  return calls_.size();
}

}  // namespace ouro
