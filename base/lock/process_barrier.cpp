// A memory barrier in all threads of the process, by membarrier(2).
#include <ouro/base/assert.h>
#include <ouro/base/lock/process_barrier.h>

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ouro {

namespace {

[[nodiscard]] bool membarrier(int command) noexcept { return syscall(SYS_membarrier, command, 0, 0) == 0; }

// Registered when the program starts: in a process with several threads that takes the kernel ten milliseconds.
const bool has_barrier =
    membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) && membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);

}  // namespace

bool has_process_barrier() noexcept { return has_barrier; }

void process_barrier() noexcept {
  if (membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED)) return;
  // The child of a fork may have to register anew.
  if (membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) && membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED)) return;
  law_broken("process-barrier", "membarrier(2) worked before and fails now", __FILE__, __LINE__);
}

}  // namespace ouro
