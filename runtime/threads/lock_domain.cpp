// A runtime's lock and threads: how they close, and what they do at a fork.
#include <ouro/runtime/threads/lock_domain.h>

#include <algorithm>

namespace ouro {

namespace {

using Clock = std::chrono::steady_clock;

/// How long a daemon that is outside may take to come back and leave.
constexpr std::chrono::milliseconds kGrace{100};
constexpr std::chrono::milliseconds kLook{2};

LockDomain& domain_of(void* context) noexcept { return *static_cast<LockDomain*>(context); }

void tell_end(void* context) noexcept { domain_of(context).attention.request_maintenance(); }
void maintain(void* context) noexcept { domain_of(context).attention.maintain(); }

void lock_for_fork(void* context) noexcept {
  LockDomain& domain = domain_of(context);
  domain.attention.lock_for_fork();
  if (domain.also_locked_for_forks != nullptr) domain.also_locked_for_forks->lock();
}

void unlock_after_fork(void* context) noexcept {
  LockDomain& domain = domain_of(context);
  if (domain.also_locked_for_forks != nullptr) domain.also_locked_for_forks->unlock();
  domain.attention.unlock_after_fork();
}

void forget_others(void* context) noexcept {
  LockDomain& domain = domain_of(context);
  domain.thread_list.forget_others();
  domain.parked.forget();
}

bool is_left_behind(void* threads) noexcept { return static_cast<ThreadRegistry*>(threads)->is_left_behind_here(); }

}  // namespace

LockDomain::LockDomain() {
  set_thread_hooks();
  const auto came = [](void* self, const void* from, const void* to) noexcept {
    LockDomain& domain = domain_of(self);
    domain.attention.lock_came();
    if (domain.switched != nullptr) domain.switched(domain.switched_context, from, to);
  };
  gil.set_switch_handler(came, this);
}

// A thread that ends now finds nobody to tell: what it would tell is gone before the registry is.
LockDomain::~LockDomain() { threads.set_hooks({}); }

void LockDomain::set_thread_hooks() noexcept {
  threads.set_hooks({.context = this,
                     .ended = tell_end,
                     .entered = maintain,
                     .before_fork = lock_for_fork,
                     .after_fork = unlock_after_fork,
                     .forked = forget_others});
}

// Hooks are not changed in the middle of a fork, so what was locked is unlocked.
void LockDomain::lock_for_forks_too(std::mutex* mutex) noexcept {
  threads.set_hooks({});
  also_locked_for_forks = mutex;
  set_thread_hooks();
}

void LockDomain::drop_data_of_ended() {
  while (const std::uint64_t id = threads.next_ended())
    if (thread_ended) thread_ended(id);
}

bool LockDomain::close(Clock::time_point deadline, Remaining remaining) {
  if (!thread_list.join_all(deadline, /*daemons=*/false)) return false;
  gil.close();
  for (const std::uint64_t id : thread_list.daemons()) attention.send_away(id);
  parked.end_waits();
  return let_daemons_leave(deadline, remaining) && threads.wait_for_others(deadline);
}

bool LockDomain::let_daemons_leave(Clock::time_point deadline, Remaining remaining) {
  const Clock::time_point grace = std::min(deadline, Clock::now() + kGrace);
  for (;;) {
    if (thread_list.join_all(std::min(deadline, Clock::now() + kLook), /*daemons=*/true)) return true;
    const Clock::time_point now = Clock::now();
    const bool all_outside = thread_list.all_entered() && parked.empty() && !gil.awaited();
    const bool over = now >= deadline && remaining == Remaining::kAreLeftBehind && thread_list.all_entered();
    if ((now >= grace && all_outside) || over) {
      leave_daemons_behind();
      return true;
    }
    if (now >= deadline) return false;
  }
}

void LockDomain::leave_daemons_behind() {
  for (const std::uint64_t id : thread_list.daemons()) threads.leave_behind(id);
  thread_list.forget_daemons();
  left_behind = true;
  gil.bar(is_left_behind, &threads);
}

}  // namespace ouro
