#include <ouro/runtime/lock_domain.h>

namespace ouro {

namespace {

/// Without memory for the call the thread's dict lives until the runtime ends.
void tell_end(void* context, std::uint64_t id) noexcept {
  auto& domain = *static_cast<LockDomain*>(context);
  try {
    domain.attention.call_soon([&domain, id] {
      if (domain.thread_ended) domain.thread_ended(id);
    });
  } catch (const Error&) {}
}

void forget_others(void* context) noexcept {
  auto& domain = *static_cast<LockDomain*>(context);
  domain.thread_list.forget_others();
  domain.parked.forget();
}

}  // namespace

LockDomain::LockDomain() { threads.set_hooks({.context = this, .ended = tell_end, .forked = forget_others}); }

// A thread that ends now finds nobody to tell: what it would tell is gone before the roll is.
LockDomain::~LockDomain() { threads.set_hooks({}); }

bool LockDomain::close(std::chrono::steady_clock::time_point deadline) {
  if (!thread_list.join_all(deadline, /*daemons=*/false)) return false;
  gil.close();
  for (const std::uint64_t id : thread_list.daemons())
    static_cast<void>(attention.raise_in(id, Error(ErrorKind::kSystemExit, "the runtime is closing")));
  parked.end_waits();
  if (!thread_list.join_all(deadline, /*daemons=*/true)) return false;
  return threads.wait_for_others(deadline);
}

}  // namespace ouro
