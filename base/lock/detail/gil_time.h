// What the sources of the lock share: its clock and its counters.
#pragma once

#include <ouro/base/lock/gil_queue.h>

#include <atomic>
#include <chrono>
#include <cstdint>

namespace ouro::detail {

[[nodiscard]] inline Nanoseconds now_in_nanoseconds() noexcept {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Adds one to a counter that only one thread at a time writes: cheaper than an atomic read-modify-write.
inline void count(std::atomic<std::uint64_t>& counter) noexcept {
  counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

}  // namespace ouro::detail
