// Threads started by the runtime: start, join, what they throw, their end.
#include <ouro/objects/errors/translate.h>
#include <ouro/runtime/threads/detail/thread_core.h>
#include <ouro/runtime/threads/guards.h>
#include <ouro/runtime/threads/thread.h>

#include <algorithm>
#include <cstdio>
#include <new>
#include <system_error>
#include <utility>

namespace ouro {

namespace {

using Clock = std::chrono::steady_clock;

Clock::time_point deadline_of(std::optional<std::chrono::nanoseconds> patience) noexcept {
  constexpr auto kLong = std::chrono::hours(24 * 365);
  return patience && *patience < kLong ? Clock::now() + std::max(*patience, std::chrono::nanoseconds(0))
                                       : Clock::time_point::max();
}

/// Runs the body and takes what it throws.
void run_body(detail::ThreadCore& core) noexcept {
  ThreadList& list = core.domain.thread_list;
  try {
    try {
      core.body();
      core.domain.attention.throw_if_asked();  // what somebody sent a moment too late
    } catch (const Error&) {
      throw;
    } catch (...) {
      throw detail::handled_error(core.domain.builtins);
    }
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kSystemExit)) list.report(error, core.name);
  }
  core.body = nullptr;  // what it holds is dropped under the lock
}

/// What the runtime keeps for the running thread goes with it.
void drop_data(LockDomain& domain, ThreadState& state) {
  if (!state.has_data() || !domain.thread_ended) return;
  state.set_has_data(false);
  domain.thread_ended(state.id());
}

void run_inside(detail::ThreadCore& core) {
  const Attach attached = Attach::try_attach(core.domain);
  if (!attached) return;
  core.ident.store(attached.state().id(), std::memory_order_relaxed);
  attached.state().set_name(core.name);
  run_body(core);
  drop_data(core.domain, attached.state());
  core.domain.thread_list.remove(core);
  for (; core.joining > 0; --core.joining) static_cast<void>(core.domain.gil.announce());
  core.end();  // before the lock is dropped, which waits for those who were announced
}

void run_thread(const Shared<detail::ThreadCore>& core, std::uint64_t number) {
  core->native.store(std::this_thread::get_id(), std::memory_order_relaxed);
  core->domain.gil.arrive_as(number);
  try {
    run_inside(*core);
  } catch (const Error& error) {  // no memory for the thread's record
    std::fprintf(stderr, "ouro: a thread could not enter its runtime: %s\n", error.what());
  }
  core->end();
}

}  // namespace

Thread::Thread(LockDomain& domain, std::function<void()> body, ThreadOptions options) try {
  std::string name = options.name.empty() ? domain.thread_list.next_name() : std::move(options.name);
  core_ = make_counted<detail::ThreadCore>(domain, std::move(body), std::move(name), options.daemon);
} catch (const std::bad_alloc&) {
  raise_out_of_memory();
}

void Thread::start() {
  LockDomain& domain = core_->domain;
  domain.assert_locked("Thread::start");
  if (core_->started) raise(ErrorKind::kRuntimeError, "threads can only be started once");
  if (domain.gil.closed()) raise(ErrorKind::kRuntimeError, "can't start new thread: the runtime is closing");
  domain.thread_list.add(core_);
  const std::uint64_t number = domain.gil.announce();
  core_->started = true;
  try {
    std::thread([core = core_, number] { run_thread(core, number); }).detach();
  } catch (const std::exception&) {
    core_->started = false;
    domain.thread_list.remove(*core_);
    domain.gil.revoke_announcement();
    raise(ErrorKind::kRuntimeError, "can't start new thread");
  }
}

// What is waited for is held: another thread may drop this handle meanwhile.
bool Thread::join(std::optional<std::chrono::nanoseconds> patience) {
  const Shared<detail::ThreadCore> core = core_;
  core->domain.assert_locked("Thread::join");
  if (!core->started) raise(ErrorKind::kRuntimeError, "cannot join thread before it is started");
  if (core->native.load(std::memory_order_relaxed) == std::this_thread::get_id())
    raise(ErrorKind::kRuntimeError, "cannot join current thread");
  if (core->ended.load(std::memory_order_relaxed)) return true;
  if (!patience) ++core->joining;
  const GilRelease released(core->domain);
  const bool ended = core->wait_until(deadline_of(patience));
  if (!patience) core->domain.gil.arrive_as(0);
  return ended;
}

bool Thread::is_alive() const noexcept { return core_->started && !core_->ended.load(std::memory_order_relaxed); }
std::string Thread::name() const { return core_->name; }
bool Thread::daemon() const noexcept { return core_->daemon; }

void Thread::set_name(std::string name) {
  core_->name = std::move(name);
  if (const std::optional<std::uint64_t> id = ident())
    core_->domain.threads.with_record(*id, [this](ThreadState& state) { state.set_name(core_->name); });
}

void Thread::set_daemon(bool daemon) {
  if (core_->started) raise(ErrorKind::kRuntimeError, "cannot set daemon status of active thread");
  core_->daemon = daemon;
}

std::optional<std::uint64_t> Thread::ident() const noexcept {
  const std::uint64_t id = core_->ident.load(std::memory_order_relaxed);
  return id == 0 ? std::nullopt : std::optional(id);
}

// ---- ThreadList ----

void ThreadList::report(const Error& error, const std::string& thread_name) noexcept {
  try {
    if (const ThreadHook hook = hook_) return hook(error, thread_name);  // a copy: it may replace itself
    std::fprintf(stderr, "Exception in thread %s:\n%s\n", thread_name.c_str(), error.what());
  } catch (const std::exception& second) {
    std::fprintf(stderr, "Exception in threading.excepthook:\n%s\n", second.what());
  } catch (...) {
    std::fprintf(stderr, "Exception in threading.excepthook:\nunknown C++ exception\n");
  }
}

void ThreadList::add(Shared<detail::ThreadCore> thread) {
  try {
    started_.push_back(std::move(thread));
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

void ThreadList::remove(const detail::ThreadCore& thread) noexcept {
  const auto place = std::ranges::find_if(started_, [&](const auto& other) { return other.get() == &thread; });
  if (place != started_.end()) started_.erase(place);
}

bool ThreadList::join_all(Clock::time_point deadline, bool daemons) {
  for (;;) {
    const auto next = std::ranges::find_if(started_, [&](const auto& thread) {
      return (daemons || !thread->daemon) && thread->native.load(std::memory_order_relaxed) != std::this_thread::get_id();
    });
    if (next == started_.end()) return true;
    const Shared<detail::ThreadCore> thread = *next;
    {
      const GilRelease released(thread->domain);
      if (!thread->wait_until(deadline)) return false;
    }
    remove(*thread);  // one that the closing runtime refused has not done so itself
  }
}

void ThreadList::forget_others() noexcept {
  for (const auto& thread : started_) {
    new (&thread->mutex) std::mutex;  // whoever held the old one, or waited, is not here
    new (&thread->has_ended) std::condition_variable;
    if (thread->native.load(std::memory_order_relaxed) != std::this_thread::get_id())
      thread->ended.store(true, std::memory_order_relaxed);
  }
  std::erase_if(started_, [](const auto& thread) { return thread->ended.load(std::memory_order_relaxed); });
}

std::vector<std::uint64_t> ThreadList::daemons() const {
  std::vector<std::uint64_t> ids;
  for (const auto& thread : started_)
    if (thread->daemon) ids.push_back(thread->ident.load(std::memory_order_relaxed));
  return ids;
}

bool ThreadList::all_entered() const noexcept {
  return std::ranges::all_of(started_,
                             [](const auto& thread) { return thread->ident.load(std::memory_order_relaxed) != 0; });
}

void ThreadList::forget_daemons() noexcept {
  std::erase_if(started_, [](const auto& thread) { return thread->daemon; });
}

}  // namespace ouro
