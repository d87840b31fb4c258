// A model of the lock, and every order in which three threads can go through it.
//
// The steps below are those of base/lock/gil.cpp, gil_wait.cpp and gil_hand_over.cpp, cut where another thread may come
// between: each access to the word, each section under the mutex, each step of falling asleep and waking. Time is left out,
// so a wake-up that is lost is not repaired by a waiter that looks again after its interval. Only where a drop calls nobody,
// because it counts on a waiter that sleeps by the clock, may that one wake by itself.
#include <support/catch.h>

#include <array>
#include <cstring>
#include <string>
#include <unordered_set>
#include <vector>

namespace {

enum Step : signed char {
  kOutside,
  kRegister,
  kPause,
  kFallAsleep,
  kAsleepNow,
  kCheck,
  kRelock,
  kInside,
  kDrop,
  kYield,
  kWakeThenOutside,
  kWakeThenPause,
  kRefused,
  kDone
};
enum Waiting : signed char { kAwake, kAsleep, kCalled, kGranted };
constexpr std::size_t kThreads = 3;

/// Which rule the model leaves out, to see that the search finds what follows.
enum class Fault { kNone, kSleepUnseen, kForgetToRegister, kNoWatcher };

struct Thread {
  Step step = kOutside;
  Waiting state = kAwake;
  signed char rounds = 0;
  signed char to_wake = -1;
  bool timed = false;
  bool called = false;
  bool bypassed = false;
  bool refusable = false;
};

struct Lock {
  std::array<Thread, kThreads> threads;
  std::array<signed char, kThreads> queue{-1, -1, -1};
  signed char waiters = 0;  ///< the word, upper bits
  signed char queued = 0;
  bool held = false;
  bool kept = false;  ///< free, and nobody was called: the first waiter finds it by its clock
  bool closed = false;
  bool closer_done = true;

  [[nodiscard]] std::string key() const { return {reinterpret_cast<const char*>(this), sizeof *this}; }
};
static_assert(std::has_unique_object_representations_v<Lock>);

void enqueue(Lock& lock, std::size_t me) {
  lock.queue[static_cast<std::size_t>(lock.queued++)] = static_cast<signed char>(me);
}

void dequeue(Lock& lock, signed char me) {
  std::size_t to = 0;
  for (std::size_t from = 0; from < kThreads; ++from)
    if (lock.queue[from] != me) lock.queue[to++] = lock.queue[from];
  for (; to < kThreads; ++to) lock.queue[to] = -1;
  --lock.queued;
}

/// Sets a waiter's state; returns it if it sleeps and is to be woken, else -1.
signed char tell(Lock& lock, signed char who, Waiting state) {
  Thread& waiter = lock.threads[static_cast<std::size_t>(who)];
  const bool asleep = waiter.state == kAsleep;
  waiter.state = state;
  return asleep ? who : static_cast<signed char>(-1);
}

signed char call(Lock& lock, signed char who) {
  lock.threads[static_cast<std::size_t>(who)].called = true;
  return tell(lock, who, kCalled);
}

void wake_sleeper(Lock& lock, signed char who) {
  if (who < 0) return;
  Thread& sleeper = lock.threads[static_cast<std::size_t>(who)];
  if (sleeper.step == kAsleepNow) sleeper.step = kCheck;
}

/// The first waiter is to sleep by the clock. The wake-up is part of the step: it is sent under the mutex.
void name_watcher(Lock& lock, Fault fault) {
  if (lock.queued == 0 || fault == Fault::kNoWatcher) return;
  if (!lock.threads[static_cast<std::size_t>(lock.queue[0])].timed) wake_sleeper(lock, tell(lock, lock.queue[0], kCalled));
}

signed char grant(Lock& lock, Fault fault) {
  const signed char first = lock.queue[0];
  dequeue(lock, first);
  --lock.waiters;
  name_watcher(lock, fault);
  return tell(lock, first, kGranted);
}

void begin_hold(Lock& lock, Thread& me) {
  lock.held = true;
  lock.kept = false;
  if (lock.queued > 0) {
    Thread& first = lock.threads[static_cast<std::size_t>(lock.queue[0])];
    first.bypassed = first.bypassed || first.called;
  }
  me.step = kInside;
}

void look(Lock& lock, std::size_t i, Fault fault) {
  Thread& me = lock.threads[i];
  if (me.state == kGranted) {
    me.step = kInside;
    return;
  }
  me.state = kAwake;
  me.called = false;
  me.step = kPause;
  if (me.refusable && lock.closed) {
    dequeue(lock, static_cast<signed char>(i));
    --lock.waiters;
    name_watcher(lock, fault);
    // The call that it does not answer may have been the only one.
    me.to_wake = !lock.held && lock.queued > 0 ? call(lock, lock.queue[0]) : static_cast<signed char>(-1);
    me.step = kRefused;
  } else if (!lock.held) {
    dequeue(lock, static_cast<signed char>(i));
    --lock.waiters;
    begin_hold(lock, me);
    name_watcher(lock, fault);
  } else {
    me.timed = lock.queue[0] == static_cast<signed char>(i);
  }
}

[[nodiscard]] bool first_looks_itself(const Lock& lock) {
  if (lock.queued == 0) return false;
  const Thread& first = lock.threads[static_cast<std::size_t>(lock.queue[0])];
  return first.timed || first.state == kCalled;
}

/// `keeps_turn`: the thread is one that comes back at once, so nobody is called.
void pass_on(Lock& lock, Thread& me, bool keeps_turn, Fault fault) {
  me.to_wake = -1;
  if (lock.queued == 0) {
    lock.held = false;
  } else if (const Thread& first = lock.threads[static_cast<std::size_t>(lock.queue[0])];
             first.bypassed || first.state == kAwake) {
    me.to_wake = grant(lock, fault);
  } else {
    lock.held = false;
    lock.kept = keeps_turn && (first_looks_itself(lock) || fault == Fault::kNoWatcher);
    if (!lock.kept) me.to_wake = call(lock, lock.queue[0]);
  }
  me.step = kWakeThenOutside;
}

void wake(Lock& lock, Thread& me) {
  wake_sleeper(lock, me.to_wake);
  me.to_wake = -1;
}

void go_outside(Thread& me) {
  me.step = --me.rounds > 0 ? kOutside : kDone;
  me.state = kAwake;
  me.bypassed = false;
}

/// The states that one step of thread `i` leads to. A mutex is never seen taken: what it guards is one step.
std::vector<Lock> steps_of(const Lock& lock, std::size_t i, Fault fault) {
  std::vector<Lock> next;
  const auto step = [&](auto action) {
    next.push_back(lock);
    action(next.back(), next.back().threads[i]);
  };
  const Thread& now = lock.threads[i];
  switch (now.step) {
    case kOutside:
      step([](Lock& l, Thread& me) {
        const bool free = !l.held && l.waiters == 0;
        l.held = l.held || free;
        me.step = free ? kInside : kRegister;
      });
      break;
    case kRegister:
      step([&](Lock& l, Thread& me) {
        me.state = kAwake;
        me.bypassed = me.called = me.timed = false;
        if (!(me.refusable && l.closed) && !l.held) return begin_hold(l, me);
        if (fault != Fault::kForgetToRegister) ++l.waiters;
        enqueue(l, i);
        look(l, i, fault);
        if (fault == Fault::kForgetToRegister && me.step == kInside) ++l.waiters;
      });
      break;
    case kRelock:
      step([&](Lock& l, Thread&) { look(l, i, fault); });
      break;
    case kPause:
      if (now.state != kAwake) step([](Lock&, Thread& me) { me.step = kCheck; });
      if (now.state == kAwake || fault == Fault::kSleepUnseen)
        step([](Lock&, Thread& me) {
          me.state = kAsleep;
          me.step = kFallAsleep;
        });
      break;
    case kFallAsleep:
      step([](Lock&, Thread& me) { me.step = me.state == kAsleep ? kAsleepNow : kCheck; });
      break;
    case kCheck:
      step([](Lock&, Thread& me) { me.step = me.state == kGranted ? kInside : kRelock; });
      break;
    case kInside:
      step([](Lock& l, Thread& me) {
        const bool alone = l.waiters == 0;
        if (!alone) return void(me.step = kDrop);
        l.held = false;
        go_outside(me);
      });
      step([](Lock&, Thread& me) { me.step = kYield; });
      break;
    case kDrop:
      step([&](Lock& l, Thread& me) { pass_on(l, me, /*keeps_turn=*/false, fault); });
      step([&](Lock& l, Thread& me) { pass_on(l, me, /*keeps_turn=*/true, fault); });
      break;
    case kYield:
      step([&](Lock& l, Thread& me) {
        if (l.queued == 0) return void(me.step = kDrop);  // yields once a round, so that the search ends
        me.state = kAwake;
        me.bypassed = me.called = false;
        me.timed = true;
        ++l.waiters;
        enqueue(l, i);
        me.to_wake = grant(l, fault);
        me.step = kWakeThenPause;
      });
      break;
    case kWakeThenOutside:
      step([](Lock& l, Thread& me) {
        wake(l, me);
        go_outside(me);
      });
      break;
    case kWakeThenPause:
      step([](Lock& l, Thread& me) {
        wake(l, me);
        me.step = kPause;
      });
      break;
    case kRefused:
      step([](Lock& l, Thread& me) {
        wake(l, me);
        me.step = kDone;
      });
      break;
    case kAsleepNow:
      if (now.timed && lock.kept) step([](Lock&, Thread& me) { me.step = kCheck; });
      break;
    case kDone:
      break;
  }
  return next;
}

/// The closing thread calls every refusable waiter; it is one step under the mutex, the wake-ups included.
Lock close(const Lock& lock) {
  Lock next = lock;
  next.closed = true;
  next.closer_done = true;
  for (signed char place = 0; place < next.queued; ++place) {
    Thread closer;
    const signed char who = next.queue[static_cast<std::size_t>(place)];
    if (!next.threads[static_cast<std::size_t>(who)].refusable) continue;
    closer.to_wake = call(next, who);
    wake(next, closer);
  }
  return next;
}

bool is_inside(const Thread& thread) {
  return thread.step == kInside || thread.step == kDrop || thread.step == kYield ||
         (thread.state == kGranted && thread.step != kDone && thread.step != kOutside && thread.step != kRegister &&
          thread.step != kWakeThenOutside);
}

/// What the search found.
struct Findings {
  std::size_t states = 0;
  std::size_t both_inside = 0;
  std::size_t stuck = 0;
};

Findings search(signed char rounds, bool with_close, Fault fault) {
  Lock start;
  std::memset(static_cast<void*>(&start), 0, sizeof start);
  start = Lock{};
  for (Thread& thread : start.threads) thread.rounds = rounds;
  if (with_close) start.threads[0].refusable = start.threads[1].refusable = true;
  start.closer_done = !with_close;
  Findings found;
  std::unordered_set<std::string> seen{start.key()};
  std::vector<Lock> open{start};
  while (!open.empty()) {
    const Lock lock = open.back();
    open.pop_back();
    ++found.states;
    std::vector<Lock> next;
    std::size_t inside = 0;
    bool all_done = true;
    for (std::size_t i = 0; i < kThreads; ++i) {
      inside += is_inside(lock.threads[i]) ? 1 : 0;
      all_done = all_done && lock.threads[i].step == kDone;
      for (Lock& one : steps_of(lock, i, fault)) next.push_back(one);
    }
    if (!lock.closer_done) next.push_back(close(lock));
    found.both_inside += inside > 1 ? 1 : 0;
    found.stuck += next.empty() && !all_done ? 1 : 0;
    for (const Lock& one : next)
      if (seen.insert(one.key()).second) open.push_back(one);
  }
  return found;
}

}  // namespace

TEST_CASE("In no order of their steps are two threads inside, or does a thread wait for ever",
          "[lock][law-registered-waiter]") {
  const Findings found = search(2, /*with_close=*/false, Fault::kNone);
  CHECK(found.states > 5'000);
  CHECK(found.both_inside == 0);
  CHECK(found.stuck == 0);
}

TEST_CASE("Closing in any order of steps leaves nobody waiting", "[lock][law-registered-waiter]") {
  const Findings found = search(1, /*with_close=*/true, Fault::kNone);
  CHECK(found.states > 1'000);
  CHECK(found.both_inside == 0);
  CHECK(found.stuck == 0);
}

TEST_CASE("The search finds who sleeps without looking, whom a drop cannot see, and a drop that counts on nobody",
          "[lock]") {
  CHECK(search(1, false, Fault::kSleepUnseen).stuck > 0);
  const Findings unseen = search(1, false, Fault::kForgetToRegister);
  CHECK(unseen.stuck + unseen.both_inside > 0);
  CHECK(search(2, false, Fault::kNoWatcher).stuck > 0);
}
