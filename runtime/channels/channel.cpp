// The queue of a channel, and the threads that wait for it.
#include <ouro/base/detail/ring.h>
#include <ouro/base/error.h>
#include <ouro/runtime/channels/channel.h>
#include <ouro/runtime/runtime.h>

#include <deque>
#include <mutex>
#include <new>
#include <optional>
#include <utility>

#include <unistd.h>

namespace ouro {

namespace {

/// Threads that wait for the same, first come, first woken. Belongs to the channel's mutex.
class Waiters {
 public:
  void add(ParkedThread& thread) noexcept { Ring::push_back(first_, thread); }
  void remove(ParkedThread& thread) noexcept { Ring::remove(first_, thread); }
  /// The first that has not given up leaves and is woken. A woken thread takes the mutex before it goes on, so it stays
  /// here.
  bool wake_one() noexcept {
    for (ParkedThread* thread = first_; thread != nullptr; thread = Ring::after(first_, *thread)) {
      if (!thread->wake_as(ParkedThread::kWoken)) continue;
      remove(*thread);
      return true;
    }
    return false;
  }
  void wake_all() noexcept {
    while (wake_one()) {}
  }
  [[nodiscard]] std::size_t size() const noexcept {
    std::size_t count = 0;
    for (const ParkedThread* thread = first_; thread != nullptr; thread = Ring::after(first_, *thread)) ++count;
    return count;
  }

 private:
  using Ring = detail::Ring<ParkedThread, &ParkedThread::next, &ParkedThread::previous>;

  ParkedThread* first_ = nullptr;
};

}  // namespace

struct Channel::State {
  explicit State(std::size_t room) noexcept : most(room) {}

  using Locked = std::unique_lock<std::mutex>;

  /// The mutex. RuntimeError in the child of a fork.
  [[nodiscard]] Locked enter() {
    if (getpid() != process) raise(ErrorKind::kRuntimeError, "a channel does not survive a fork");
    return Locked(mutex);
  }
  [[nodiscard]] bool is_full() const noexcept { return most != 0 && messages.size() >= most; }

  [[nodiscard]] Outcome send(Message&& message, Patience patience, LockDomain* domain);
  [[nodiscard]] Outcome receive(Message& into, Patience patience, LockDomain* domain);
  void wait(Locked& locked, Waiters& waiters, Patience patience, LockDomain* domain);

  const std::size_t most;
  const pid_t process = getpid();
  std::mutex mutex;
  std::deque<Message> messages;
  Waiters senders;
  Waiters receivers;
  bool closed = false;
};

Channel::Outcome Channel::State::send(Message&& message, Patience patience, LockDomain* domain) {
  Locked locked = enter();
  while (!closed && is_full()) {
    if (patience.is_over()) return Outcome::kTimedOut;
    wait(locked, senders, patience, domain);
  }
  if (closed) return Outcome::kClosed;
  try {
    messages.push_back(std::move(message));
  } catch (const std::bad_alloc&) {
    senders.wake_one();  // who may have more luck
    raise_out_of_memory();
  }
  receivers.wake_one();
  return Outcome::kDone;
}

Channel::Outcome Channel::State::receive(Message& into, Patience patience, LockDomain* domain) {
  Locked locked = enter();
  while (messages.empty()) {
    if (closed) return Outcome::kClosed;
    if (patience.is_over()) return Outcome::kTimedOut;
    wait(locked, receivers, patience, domain);
  }
  std::swap(into, messages.front());
  const Message old = std::move(messages.front());  // dropped when the mutex is free
  messages.pop_front();
  senders.wake_one();
  locked.unlock();
  return Outcome::kDone;
}

// A thread that was woken looks again whatever else happened meanwhile, so that its wake-up is not lost.
void Channel::State::wait(Locked& locked, Waiters& waiters, Patience patience, LockDomain* domain) {
  if (domain != nullptr && domain->parked.ending()) raise(ErrorKind::kSystemExit, "the runtime is closing");
  ParkedThread me;
  waiters.add(me);
  locked.unlock();
  if (domain != nullptr) {
    domain->parked.add(me);
    domain->gil.drop();
  }
  me.sleep(patience.deadline());
  if (domain != nullptr) {
    domain->gil.take();
    domain->parked.remove(me);
  }
  locked.lock();
  const std::uint32_t state = me.state.load(std::memory_order_acquire);
  if (state != ParkedThread::kWoken) waiters.remove(me);
  if (state == ParkedThread::kEnding) raise(ErrorKind::kSystemExit, "the runtime is closing");
}

Channel::Channel(std::size_t most) try : state_(make_counted<State>(most)) {
} catch (const std::bad_alloc&) {
  raise_out_of_memory();
}

// Each call holds the state itself: another thread may drop the handle while this one waits.

void Channel::send(Runtime& from, const Object& value, Patience patience) const {
  expect_one_runtime(from.heap(), value);
  const Shared<State> state = state_;
  const Outcome outcome = state->send(Message(value), patience, &static_cast<LockDomain&>(from));
  if (outcome == Outcome::kTimedOut) raise(kQueueFull, "");
  if (outcome == Outcome::kClosed) raise(kQueueShutDown, "");
}

bool Channel::try_send(Runtime& from, const Object& value) const {
  expect_one_runtime(from.heap(), value);
  const Shared<State> state = state_;
  const Outcome outcome = state->send(Message(value), Patience::none(), &static_cast<LockDomain&>(from));
  if (outcome == Outcome::kClosed) raise(kQueueShutDown, "");
  return outcome == Outcome::kDone;
}

Ref<> Channel::receive(Runtime& to, Patience patience) const {
  const Shared<State> state = state_;
  Message message;
  const Outcome outcome = state->receive(message, patience, &static_cast<LockDomain&>(to));
  if (outcome == Outcome::kTimedOut) raise(kQueueEmpty, "");
  if (outcome == Outcome::kClosed) raise(kQueueShutDown, "");
  return message.unpack(to.builtins());
}

Ref<> Channel::try_receive(Runtime& to) const {
  const Shared<State> state = state_;
  Message message;
  const Outcome outcome = state->receive(message, Patience::none(), &static_cast<LockDomain&>(to));
  if (outcome == Outcome::kClosed) raise(kQueueShutDown, "");
  return outcome == Outcome::kDone ? message.unpack(to.builtins()) : Ref<>();
}

Channel::Outcome Channel::send(Message&& message, Patience patience) const {
  const Shared<State> state = state_;
  return state->send(std::move(message), patience, nullptr);
}

Channel::Outcome Channel::receive(Message& into, Patience patience) const {
  const Shared<State> state = state_;
  return state->receive(into, patience, nullptr);
}

void Channel::close() const {
  const State::Locked locked = state_->enter();
  state_->closed = true;
  state_->senders.wake_all();
  state_->receivers.wake_all();
}

bool Channel::closed() const {
  const State::Locked locked = state_->enter();
  return state_->closed;
}

std::size_t Channel::size() const {
  const State::Locked locked = state_->enter();
  return state_->messages.size();
}

std::size_t Channel::senders_waiting() const {
  const State::Locked locked = state_->enter();
  return state_->senders.size();
}

std::size_t Channel::receivers_waiting() const {
  const State::Locked locked = state_->enter();
  return state_->receivers.size();
}

}  // namespace ouro
