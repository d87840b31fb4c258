// Biases begin and end: with a habit, with another thread that comes, with the lock, with the thread, and with a fork.
#include <ouro/base/assert.h>
#include <ouro/base/lock/detail/gil_bias.h>
#include <ouro/base/lock/gil.h>
#include <ouro/base/lock/process_barrier.h>

#include <thread>
#include <utility>

#include <pthread.h>

namespace ouro {

namespace detail {

constinit thread_local GilBias bias_here{};
constinit std::mutex GilBiases::mutex;
constinit GilBias* GilBiases::first = nullptr;

void GilBias::begin(Gil& lock) noexcept {
  verdict.store(kPending, std::memory_order_relaxed);
  held.store(true, std::memory_order_relaxed);
  gil.store(&lock, std::memory_order_relaxed);
}

bool GilBias::end() noexcept {
  gil.store(nullptr, std::memory_order_relaxed);
  if (this != &bias_here) process_barrier();
  const bool inside = held.load(std::memory_order_acquire);
  verdict.store(inside ? kHeld : kFree, std::memory_order_release);
  return inside;
}

GilBias::Verdict GilBias::await_verdict() const noexcept {
  for (;;) {
    if (const Verdict now = verdict.load(std::memory_order_acquire); now != kPending) return now;
    std::this_thread::yield();  // whoever ends the bias is a barrier away from saying it
  }
}

namespace {

struct AtThreadEnd {
  ~AtThreadEnd() { Gil::end_bias_of_thread(); }
};

void watch_thread_end() noexcept { static thread_local const AtThreadEnd at_thread_end; }

void before_fork() noexcept { GilBiases::mutex.lock(); }
void after_fork_in_parent() noexcept { GilBiases::mutex.unlock(); }
void after_fork_in_child() noexcept {
  Gil::forget_biases_of_others();
  GilBiases::mutex.unlock();
}

// Handlers that are registered first lock last. So the locks that a fork takes (thread_fork.cpp) are taken before this
// mutex, as everywhere: whoever has it waits for no lock (law bias-order).
[[maybe_unused]] const int forks_are_watched = pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);

}  // namespace

}  // namespace detail

using detail::bias_here;
using detail::GilBias;
using detail::GilBiases;

void Gil::begin_bias() noexcept {
  streak_ = 0;
  if (!has_process_barrier() || bias_here.thread_ends) return;
  const std::lock_guard biases(GilBiases::mutex);
  leave_bias();
  const std::lock_guard locked(mutex_);
  std::uint32_t alone = kHeld;
  if (!word_.compare_exchange_strong(alone, kBiased, std::memory_order_relaxed)) return;
  detail::watch_thread_end();
  if (!GilBiases::is_linked(bias_here)) GilBiases::push_front(GilBiases::first, bias_here);
  bias_ = &bias_here;
  bias_here.begin(*this);
}

void Gil::end_bias() noexcept {
  if (bias_ == nullptr) return;
  OURO_ASSERT_INTERNAL(word_.load(std::memory_order_relaxed) == kBiased, "bias-alone");
  const bool inside = bias_->end();
  bias_ = nullptr;
  word_.store(inside ? kHeld : 0, std::memory_order_release);
}

// A lock cannot die meanwhile: it would need the mutex of all biases.
void Gil::leave_bias() noexcept {
  if (Gil* const gil = bias_here.gil.load(std::memory_order_relaxed)) {
    const std::lock_guard locked(gil->mutex_);
    if (gil->bias_ == &bias_here) gil->end_bias();
  }
  static_cast<void>(bias_here.await_verdict());
}

void Gil::end_bias_of_thread() noexcept {
  const std::lock_guard biases(GilBiases::mutex);
  leave_bias();
  if (GilBiases::is_linked(bias_here)) GilBiases::remove(GilBiases::first, bias_here);
  bias_here.thread_ends = true;
}

// The memory of the threads that are gone is still there: their processes are not, and nothing has been started yet.
void Gil::forget_biases_of_others() noexcept {
  GilBias* const first = std::exchange(GilBiases::first, nullptr);
  for (GilBias* bias = first; bias != nullptr; bias = GilBiases::after(first, *bias))
    if (Gil* const gil = bias->gil.load(std::memory_order_relaxed); gil != nullptr && bias != &bias_here) gil->forget_bias();
  if (!GilBiases::is_linked(bias_here)) return;
  GilBiases::forget(bias_here);
  GilBiases::push_front(GilBiases::first, bias_here);
}

void Gil::forget_bias() noexcept {
  if (bias_ == nullptr) return;
  const bool inside = bias_->held.load(std::memory_order_relaxed);
  bias_->gil.store(nullptr, std::memory_order_relaxed);
  bias_->verdict.store(inside ? GilBias::kHeld : GilBias::kFree, std::memory_order_relaxed);
  bias_ = nullptr;
  word_.store(inside ? kHeld : 0, std::memory_order_relaxed);
}

}  // namespace ouro
