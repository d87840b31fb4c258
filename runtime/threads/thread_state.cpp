// Attaching threads to a runtime, and the records of them.
#include <ouro/base/error.h>
#include <ouro/runtime/threads/detail/thread_records.h>
#include <ouro/runtime/threads/thread_state.h>

#include <mutex>
#include <new>

namespace ouro {

constinit thread_local ThreadState* detail::ThreadRecords::first = nullptr;
constinit thread_local ThreadState* detail::ThreadRecords::recent = nullptr;
constinit thread_local bool detail::ThreadRecords::ending = false;

using detail::SharedRegistry;
using detail::ThreadRecords;

ThreadState::ThreadState(Shared<SharedRegistry> registry, std::uint64_t id)
    : registry_(std::move(registry)),
      id_(id),
      native_id_(NativeThread::current()),
      name_(id == 1 ? "MainThread" : "Thread-" + std::to_string(id - 1)) {}

void ThreadState::set_name(std::string_view name) {
  try {
    name_ = name;
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

ThreadRegistry::ThreadRegistry(Gil& gil) try : gil_(gil), registry_(make_counted<SharedRegistry>()) {
  registry_->gil = &gil;
  detail::SharedRegistries::enter(*registry_);
} catch (const std::bad_alloc&) {
  raise_out_of_memory();
}

ThreadRegistry::~ThreadRegistry() {
  OURO_ASSERT(attached() == 0, "threads-gone");
  detail::SharedRegistries::leave(*registry_);
  while (next_ended() != 0) {}
  {
    const std::lock_guard locked(registry_->mutex);
    registry_->gil = nullptr;
    while (ThreadState* const state = SharedRegistry::Members::pop_front(registry_->first))
      if (state->abandoned_) delete state;
  }
  ThreadRecords::forget_dead();
}

Attachment ThreadRegistry::attach() {
  const Attachment attachment = try_attach();
  if (!attachment) raise(ErrorKind::kRuntimeError, "can't attach a thread: the runtime is closing");
  return attachment;
}

Attachment ThreadRegistry::try_attach() {
  if (gil_.closed() && !gil_.held_by_this_thread() && !attached_here()) return {};
  ThreadState& state = current_or_new();
  if (gil_.held_by_this_thread()) return enter(state, /*took_lock=*/false);
  if (state.depth_ > 0) {
    gil_.take();
  } else if (!gil_.try_take()) {
    ThreadRecords::forget_if_ending(state);
    return {};
  }
  return enter(state, /*took_lock=*/true);
}

Attachment ThreadRegistry::enter(ThreadState& state, bool took_lock) noexcept {
  if (state.depth_++ == 0) registry_->step_inside(+1);
  const Attachment attachment{.state = &state, .depth = state.depth_, .took_lock = took_lock};
  if (registry_->calls_next.load(std::memory_order_relaxed)) [[unlikely]]
    registry_->call_entered();
  return attachment;
}

void ThreadRegistry::detach(Attachment attachment) noexcept {
  ThreadState& state = *attachment.state;
  if (state.abandoned_) {  // what static storage holds ends after its thread's records
    OURO_ASSERT(ThreadRecords::ending && state.native_id_ == NativeThread::current(), "attach-same-thread");
    return;
  }
  OURO_ASSERT(state.native_id_ == NativeThread::current() && attachment.depth == state.depth_, "attach-same-thread");
  if constexpr (kChecks >= CheckLevel::kCheap)
    if (!gil_.held_by_this_thread()) law_broken("lock-not-held", "ThreadRegistry::detach", __FILE__, __LINE__);
  if (--state.depth_ == 0) {
    registry_->step_inside(-1);
    if (gil_.closed()) {
      const std::lock_guard locked(registry_->mutex);
      registry_->left.notify_all();
    }
    ThreadRecords::forget_if_ending(state);
  }
  // The drop comes last: whoever waits for the others to leave may then end the runtime at once.
  if (attachment.took_lock) gil_.drop();
}

bool ThreadRegistry::may_end_here(const Attachment& attachment) const noexcept {
  const std::lock_guard locked(registry_->mutex);
  return attachment.state->abandoned_ || attachment.state->native_id_ == NativeThread::current();
}

void ThreadRegistry::detach_last(Attachment attachment) noexcept {
  if (!attachment.state->abandoned_) detach(attachment);
}

ThreadState* ThreadRegistry::current() const noexcept { return ThreadRecords::find(registry_.get()); }

bool ThreadRegistry::attached_here() const noexcept {
  const ThreadState* const state = current();
  return state != nullptr && state->depth_ > 0;
}

ThreadState& ThreadRegistry::current_or_new() {
  if (ThreadState* const state = current()) return *state;
  try {
    return ThreadRecords::add(registry_);
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

std::size_t ThreadRegistry::attached() const noexcept {
  return registry_->inside.load(std::memory_order_relaxed) - registry_->abandoned.load(std::memory_order_relaxed);
}

std::vector<ThreadInfo> ThreadRegistry::threads() const {
  const std::lock_guard locked(registry_->mutex);
  try {
    std::vector<ThreadInfo> all;
    const ThreadState* const first = registry_->first;
    for (const ThreadState* state = first; state != nullptr; state = SharedRegistry::Members::after(first, *state))
      if (!state->abandoned_) all.push_back({state->id_, state->native_id_, state->name_, state->depth_});
    return all;
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

bool ThreadRegistry::with_record(std::uint64_t id, const std::function<void(ThreadState&)>& use) const {
  const std::lock_guard locked(registry_->mutex);
  ThreadState* const state = find(id);
  if (state != nullptr) use(*state);
  return state != nullptr;
}

bool ThreadRegistry::knows(std::uint64_t id) const noexcept {
  const std::lock_guard locked(registry_->mutex);
  return find(id) != nullptr;
}

bool ThreadRegistry::is_main(const ThreadState* state) const noexcept {
  const std::uint64_t main = registry_->main.load(std::memory_order_relaxed);
  return main == 0 || (state != nullptr && state->id_ == main);
}

void ThreadRegistry::call_next_to_enter() noexcept { registry_->calls_next.store(true, std::memory_order_release); }

std::uint64_t ThreadRegistry::next_ended() noexcept {
  const std::lock_guard locked(registry_->mutex);
  ThreadState* const state = SharedRegistry::Ended::pop_front(registry_->ended);
  if (state == nullptr) return 0;
  const std::uint64_t id = state->id_;
  if (!state->abandoned_) delete state;
  return id;
}

void ThreadRegistry::leave_behind(std::uint64_t id) noexcept {
  const std::lock_guard locked(registry_->mutex);
  ThreadState* const state = find(id);
  if (state == nullptr || state->depth_ == 0) return;
  state->left_behind_ = true;
  registry_->count_out(*state);
}

bool ThreadRegistry::is_left_behind_here() const noexcept {
  const ThreadState* const state = current();
  return state != nullptr && state->left_behind_;
}

ThreadState* ThreadRegistry::find(std::uint64_t id) const noexcept {
  ThreadState* const first = registry_->first;
  ThreadState* state = first;
  while (state != nullptr && (state->id_ != id || state->abandoned_)) state = SharedRegistry::Members::after(first, *state);
  return state;
}

void ThreadRegistry::set_hooks(const ThreadHooks& hooks) noexcept {
  const std::lock_guard locked(registry_->mutex);
  registry_->hooks = hooks;
}

bool ThreadRegistry::wait_for_others(std::chrono::steady_clock::time_point deadline) noexcept {
  const std::size_t own = attached_here() ? 1 : 0;
  const auto alone = [&] { return attached() <= own; };
  {
    std::unique_lock locked(registry_->mutex);
    gil_.drop();
    registry_->left.wait_until(locked, deadline, alone);
  }
  gil_.take();
  return alone();
}

}  // namespace ouro
