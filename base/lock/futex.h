// Futex: to sleep on a word until another thread changes it.
//
// The kernel compares the word with what the sleeper believes it to be, so a change that comes before the sleep is not
// missed. A wake-up may come for nothing, and may be sent to a word whose owner has left: every sleeper looks again.
#pragma once

#include <ouro/base/standard/clock.h>

#include <atomic>
#include <cstdint>

namespace ouro {

/// Sleeps while `word` is `believed`, until somebody calls `futex_wake` on it or `deadline` is over. `time_point::max()` is
/// no deadline.
void futex_wait(std::atomic<std::uint32_t>& word, std::uint32_t believed,
                std::chrono::steady_clock::time_point deadline) noexcept;
/// Wakes one thread that sleeps on the word at this address, which need not exist any more.
void futex_wake(const std::atomic<std::uint32_t>* word) noexcept;

}  // namespace ouro
