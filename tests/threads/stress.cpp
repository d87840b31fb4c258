// Stress: threads that create, share, collect, finalize, attach, detach, wait and end, with random pauses.
//
// Short by default; OURO_STRESS_SECONDS=600 goes on for ten minutes. A failure prints its seed, which OURO_STRESS_SEED repeats
// as far as the machine's own timing allows.
#include <ouro/runtime/sync/classes.h>
#include <support/fixture.h>

#include <atomic>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace ouro::test {

namespace {

using Clock = std::chrono::steady_clock;

double number_from(const char* variable, double otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::atof(text);
}

/// How long each test goes on.
Clock::duration duration() {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(number_from("OURO_STRESS_SECONDS", 0.4)));
}

std::uint32_t chosen_seed() {
  static const auto seed = static_cast<std::uint32_t>(number_from("OURO_STRESS_SEED", std::random_device{}() % 1'000'000));
  return seed;
}

/// A thread's own chance.
class Chance {
 public:
  explicit Chance(std::uint32_t who) : engine_(chosen_seed() * 31 + who) {}
  int below(int limit) { return static_cast<int>(engine_() % static_cast<unsigned>(limit)); }
  bool one_in(int limit) { return below(limit) == 0; }
  void sleep() { std::this_thread::sleep_for(std::chrono::microseconds(below(200))); }

 private:
  std::mt19937 engine_;
};

/// What the threads share, and the operations on it.
struct Arena {
  Runtime& rt;
  const sync::Classes& sync;
  Ref<List> shared = rt.list();
  Ref<> lock = sync.lock();
  Ref<> queue = sync.queue(8);
  std::int64_t guarded = 0;
  std::int64_t expected = 0;
  std::atomic<int> native_threads{0};

  void change_list(Chance& chance) {
    if (shared->size < 50) {
      const auto item = rt.list(chance.below(100));
      item->append(*item);
      shared->append(*item);
    } else {
      shared->clear();
    }
  }
  void count_guarded() {
    const sync::Holding<sync::Lock> held(*native_cast<sync::Lock>(*lock));
    const std::int64_t loaded = guarded;
    rt.safepoint();
    guarded = loaded + 1;
    ++expected;
  }
  void use_queue(Chance& chance) {
    auto& items = *native_cast<sync::Queue>(*queue);
    try {
      if (chance.one_in(2)) {
        items.put(rt.list(1), true, 1e-4);
      } else {
        static_cast<void>(items.get(true, 1e-4));
      }
    } catch (const Error& error) {
      if (!error.is(ErrorKind::kEmpty) && !error.is(ErrorKind::kFull)) throw;
    }
  }
  void step(Chance& chance) {
    switch (chance.below(10)) {
      case 0:
        static_cast<void>(rt.gc().collect(chance.below(3)));
        break;
      case 1:
        count_guarded();
        break;
      case 2:
        use_queue(chance);
        break;
      case 3: {
        const GilRelease released(rt);
        chance.sleep();
        break;
      }
      case 4: {
        Global<List> global(rt, rt.list(1));
        const GilRelease released(rt);
        global.reset();
        break;
      }
      case 5:
        rt.thread_dict()->set("last", *rt.list(chance.below(9)));
        break;
      default:
        change_list(chance);
    }
    rt.safepoint();
  }
};

}  // namespace

TEST_CASE("threads create, share, collect, wait and end without losing anything", "[threads][stress]") {
  INFO("OURO_STRESS_SEED=" << chosen_seed());
  Fixture world({.switch_interval = std::chrono::microseconds(100)});
  const sync::Classes sync(world.rt);
  Arena arena{world.rt, sync};
  const Clock::time_point end = Clock::now() + duration();
  std::vector<Thread> threads;
  for (std::uint32_t t = 0; t < 3; ++t)
    threads.emplace_back(world.rt, [&, t] {
      Chance chance(t);
      while (Clock::now() < end) arena.step(chance);
    });
  for (Thread& thread : threads) thread.start();
  std::jthread comes_and_goes([&] {
    Chance chance(77);
    while (Clock::now() < end) {
      std::thread([&] {
        const Attach attached(world.rt);
        arena.step(chance);
      }).join();
      chance.sleep();
    }
  });
  for (Thread& thread : threads) CHECK(thread.join());
  {
    const GilRelease released(world.rt);
    comes_and_goes.join();
  }
  CHECK(arena.guarded == arena.expected);
  arena.shared->clear();
  world.rt.safepoint();
}

TEST_CASE("runtimes close while threads come, compute, wait and fork", "[threads][stress]") {
  INFO("OURO_STRESS_SEED=" << chosen_seed());
  const Clock::time_point end = Clock::now() + duration();
  Chance chance(5);
  int rounds = 0;
  for (; rounds < 3 || Clock::now() < end; ++rounds) {
    std::atomic<bool> over{false};
    std::jthread late;
    struct Over {
      std::atomic<bool>& flag;
      ~Over() { flag = true; }
    };
    const Over whatever_happens{over};
    Runtime rt(test_options({.switch_interval = std::chrono::microseconds(50), .leak_handler = [](const LeakReport&) {}}));
    {
      const sync::Classes sync(rt);
      const Ref<> gate = sync.event();
      auto& event = *native_cast<sync::Event>(*gate);
      Thread computing(rt,
                       [&rt] {
                         for (;;) rt.safepoint();
                       },
                       {.daemon = true});
      Thread waiting(rt, [&event] { event.wait(); }, {.daemon = true});
      Thread short_lived(rt, [&rt] { static_cast<void>(rt.list(1)); });
      computing.start();
      waiting.start();
      short_lived.start();
      late = std::jthread([&] {
        while (!over)
          if (const Attach attached = Attach::try_attach(rt)) static_cast<void>(rt.list(1));
      });
      const GilRelease released(rt);
      chance.sleep();
      if (rounds == 0) {
        const pid_t child = fork();
        if (child == 0) {
          alarm(60);
          const Attach attached(rt);
          static_cast<void>(rt.gc().collect());
          std::_Exit(rt.threads().attached() == 1 ? 0 : 1);
        }
        int status = 0;
        waitpid(child, &status, 0);
        CHECK(status == 0);
      }
      const Attach attached(rt);
      const LeakReport left = rt.close();  // what the daemons and the test hold is alive: that is all that is asked
      over = true;
    }
    const GilRelease released(rt);
    late.join();
  }
  CHECK(rounds >= 3);
}

}  // namespace ouro::test
