// Waiting and waking by Linux's futex(2).
#include <ouro/base/lock/futex.h>

#include <climits>
#include <ctime>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ouro {

static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t), "the kernel compares the word itself");

void futex_wait(std::atomic<std::uint32_t>& word, std::uint32_t believed,
                std::chrono::steady_clock::time_point deadline) noexcept {
  using namespace std::chrono;
  // The clock of steady_clock is CLOCK_MONOTONIC, which is what a bitset wait without FUTEX_CLOCK_REALTIME counts by.
  const nanoseconds since_boot = duration_cast<nanoseconds>(deadline.time_since_epoch());
  const seconds whole = duration_cast<seconds>(since_boot);
  timespec end{};
  end.tv_sec = static_cast<time_t>(whole.count());
  end.tv_nsec = static_cast<long>((since_boot - whole).count());
  const timespec* const limit = deadline == steady_clock::time_point::max() ? nullptr : &end;
  syscall(SYS_futex, reinterpret_cast<std::uint32_t*>(&word), FUTEX_WAIT_BITSET_PRIVATE, believed, limit, nullptr,
          FUTEX_BITSET_MATCH_ANY);
}

void futex_wake(const std::atomic<std::uint32_t>* word) noexcept {
  syscall(SYS_futex, reinterpret_cast<const std::uint32_t*>(word), FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

}  // namespace ouro
