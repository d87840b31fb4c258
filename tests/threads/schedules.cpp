// Hunts for deadlocks and lost wake-ups: small programs over each synchronisation object, run under many schedules.
//
// Every safepoint and every wait is a place where the seed decides who goes on, so a seed that hangs or breaks a count is a
// defect, and repeats. A run that hangs is ended by a watchdog, which prints the seed.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>

#include <threads/thread_fixture.h>

namespace ouro::test {

namespace {

/// How many seeds each program is run by; OURO_SCHEDULE_SEEDS=10000 tries more.
std::uint64_t seeds() { return number_from("OURO_SCHEDULE_SEEDS", std::uint64_t{30}); }

/// Aborts with the seed if a run does not end. Generous: the machine may be slow and shared.
class Watchdog {
 public:
  void begin(std::uint64_t seed) noexcept { seed_ = seed; }

 private:
  void watch(const std::stop_token& stop) const {
    for (std::uint64_t last = 0; !stop.stop_requested();) {
      for (int i = 0; i < 1200 && !stop.stop_requested(); ++i) std::this_thread::sleep_for(50ms);
      if (!stop.stop_requested() && seed_ == last) {
        std::fprintf(stderr, "schedule seed %llu does not end\n", static_cast<unsigned long long>(last));
        std::abort();
      }
      last = seed_;
    }
  }

  std::atomic<std::uint64_t> seed_{0};
  std::jthread thread_{[this](const std::stop_token& stop) { watch(stop); }};
};

/// A runtime in which programs are run by seeds.
struct Schedules : ThreadFixture {
  Watchdog watchdog;

  /// Runs `program(seed)`, which starts threads, under each seed, waits for the threads, and checks `holds()`.
  template <class Program, class Holds>
  void run(Program program, Holds holds) {
    for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
      watchdog.begin(seed);
      rt.gil().set_schedule(seed);
      program();
      join();
      INFO("schedule seed " << seed);
      REQUIRE(holds());
    }
  }
  /// A place where others may go on.
  void step() { rt.safepoint(); }
};

}  // namespace

TEST_CASE("No schedule lets two threads into a Lock, or leaves one waiting", "[threads][stress]") {
  Schedules s;
  const Ref<> object = s.sync.lock();
  auto& lock = in<sync::Lock>(object);
  int sum = 0;
  const auto work = [&] {
    for (int i = 0; i < 3; ++i) {
      while (!lock.acquire(i != 1)) s.step();  // the second round does not wait
      const int loaded = sum;
      s.step();
      sum = loaded + 1;
      lock.release();
    }
  };
  const auto program = [&] {
    sum = 0;
    for (int t = 0; t < 3; ++t) s.start(work);
  };
  s.run(program, [&] { return sum == 9 && !lock.locked(); });
}

TEST_CASE("No schedule lets two threads into an RLock, however deep, or leaves one waiting", "[threads][stress]") {
  Schedules s;
  const Ref<> object = s.sync.rlock();
  auto& lock = in<sync::RLock>(object);
  int sum = 0;
  const auto work = [&] {
    for (int i = 0; i < 2; ++i) {
      const sync::Holding<sync::RLock> outer(lock);
      s.step();
      const sync::Holding<sync::RLock> inner(lock);
      const int loaded = sum;
      s.step();
      sum = loaded + 1;
    }
  };
  const auto program = [&] {
    sum = 0;
    for (int t = 0; t < 3; ++t) s.start(work);
  };
  s.run(program, [&] { return sum == 6 && lock.depth() == 0; });
}

TEST_CASE("No schedule lets too many past a Semaphore, or leaves one waiting", "[threads][stress]") {
  Schedules s;
  const Ref<> object = s.sync.bounded_semaphore(2);
  auto& semaphore = in<sync::Semaphore>(object);
  int inside = 0;
  int most = 0;
  int done = 0;
  const auto work = [&] {
    for (int i = 0; i < 2; ++i) {
      semaphore.acquire();
      most = std::max(most, ++inside);
      s.step();
      --inside;
      semaphore.release();
      s.step();
    }
    ++done;
  };
  const auto program = [&] {
    most = done = 0;
    for (int t = 0; t < 4; ++t) s.start(work);
  };
  s.run(program, [&] { return done == 4 && most <= 2 && semaphore.value() == 2; });
}

TEST_CASE("No schedule leaves a thread waiting for an Event that was set", "[threads][stress]") {
  Schedules s;
  const Ref<> object = s.sync.event();
  auto& event = in<sync::Event>(object);
  int through = 0;
  const auto program = [&] {
    through = 0;
    event.clear();
    for (int t = 0; t < 3; ++t)
      s.start([&] {
        s.step();
        through += event.wait() ? 1 : 0;
      });
    s.start([&] {
      s.step();
      event.set();
    });
  };
  s.run(program, [&] { return through == 3; });
}

TEST_CASE("No schedule lets a thread through a Barrier alone, or leaves one behind", "[threads][stress]") {
  Schedules s;
  const Ref<> object = s.sync.barrier(3);
  auto& barrier = in<sync::Barrier>(object);
  int arrived = 0;
  bool early = false;
  std::int64_t places = 0;
  const auto work = [&] {
    for (int round = 1; round <= 3; ++round) {
      ++arrived;
      s.step();
      places += barrier.wait();
      early = early || arrived < 3 * round;
    }
  };
  const auto program = [&] {
    arrived = 0;
    places = 0;
    for (int t = 0; t < 3; ++t) s.start(work);
  };
  s.run(program, [&] { return !early && places == 9 && barrier.waiting() == 0; });
}

TEST_CASE("No schedule loses a notification of a Condition", "[threads][stress]") {
  Schedules s;
  const Ref<> lock = s.sync.rlock();
  const Ref<> first = s.sync.condition(lock);
  const Ref<> second = s.sync.condition(lock);
  auto& has_room = in<sync::Condition>(first);
  auto& has_item = in<sync::Condition>(second);
  constexpr int kItems = 6;
  int items = 0;  // one fits
  int taken = 0;
  const auto produce = [&] {
    for (int i = 0; i < kItems; ++i) {
      has_room.acquire();
      while (items == 1) has_room.wait();
      s.step();
      ++items;
      has_item.notify();
      has_room.release();
    }
  };
  const auto consume = [&] {
    for (int i = 0; i < kItems / 2; ++i) {
      has_item.acquire();
      has_item.wait_for([&] { return items == 1; });
      s.step();
      --items;
      ++taken;
      has_room.notify();
      has_item.release();
    }
  };
  const auto program = [&] {
    taken = 0;
    s.start(produce);
    s.start(consume);
    s.start(consume);
  };
  s.run(program, [&] { return taken == kItems && items == 0; });
}

TEST_CASE("No schedule loses or doubles an item of a Queue, or leaves a thread waiting at it", "[threads][stress]") {
  Schedules s;
  const sync::Order order = GENERATE(sync::Order::kFirstIn, sync::Order::kLeast);
  const Ref<> object = s.sync.queue(1, order);
  auto& queue = in<sync::Queue>(object);
  constexpr int kItems = 4;
  int sum = 0;
  const auto produce = [&] {
    for (int i = 1; i <= kItems; ++i) queue.put(s.rt.from(i));
  };
  const auto consume = [&] {
    for (int i = 0; i < kItems; ++i) {
      sum += from_object<int>(queue.get());
      s.step();
      queue.task_done();
    }
  };
  const auto program = [&] {
    sum = 0;
    s.start(produce);
    s.start(produce);
    s.start(consume);
    s.start(consume);
    s.start([&] { queue.join(); });
  };
  s.run(program, [&] { return sum == kItems * (kItems + 1) && queue.empty(); });
}

TEST_CASE("No schedule keeps a thread at a Queue that was shut down", "[threads][stress]") {
  Schedules s;
  int refused = 0;
  Ref<> object;
  const auto counts_refusal = [&](const std::function<void()>& action) {
    refused += error_of(action) == "ShutDown" ? 1 : 0;
  };
  const auto program = [&] {
    refused = 0;
    object = s.sync.queue(1);
    auto& queue = in<sync::Queue>(object);
    s.start([&] {
      counts_refusal([&] {
        for (;;) queue.put(s.rt.from(1));
      });
    });
    s.start([&] {
      counts_refusal([&] {
        for (;;) static_cast<void>(queue.get());
      });
    });
    s.start([&] {
      for (int i = 0; i < 5; ++i) s.step();
      queue.shutdown();
    });
  };
  s.run(program, [&] { return refused == 2; });
}

}  // namespace ouro::test
