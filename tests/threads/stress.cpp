// Stress: threads that create, share, collect, finalize, attach, detach, wait, fork and end, with random pauses.
//
// Short by default; OURO_STRESS_SECONDS=600 goes on for ten minutes. A failure prints its seed, which OURO_STRESS_SEED
// repeats as far as the machine's own timing allows.
#include <ouro/objects/weak/weakref.h>
#include <ouro/runtime/sync/thread_class.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <threads/stress.h>
#include <threads/thread_fixture.h>
#include <unistd.h>

namespace ouro::test {

namespace {

/// What the threads share, and the operations on it. Each leaves the counts at the end of the struct right.
struct Shop {
  Runtime& rt;
  const sync::Classes& sync;
  const sync::ThreadClass thread_class{rt};
  Ref<List> shared = rt.list();
  Ref<List> dropped = rt.list();
  Ref<Class> mortal = rt.new_class("Mortal");
  Ref<> lock = sync.lock();
  Ref<> rlock = sync.rlock();
  Ref<> condition = sync.condition(lock);
  Ref<> semaphore = sync.bounded_semaphore(2);
  Ref<> event = sync.event();
  Ref<> barrier = sync.barrier(2);
  Ref<> queue = sync.queue(8);
  Global<List> everywhere{rt, rt.list(1)};
  Progress progress{"shop"};

  std::int64_t guarded = 0, expected = 0;  ///< under `lock`
  int inside = 0, most_inside = 0;         ///< the semaphore
  std::int64_t put = 0, got = 0;
  std::int64_t short_threads = 0, short_ended = 0;
  std::atomic<std::int64_t> asked{0};
  std::int64_t called = 0;

  Shop(Runtime& runtime, const sync::Classes& classes) : rt(runtime), sync(classes) {
    const auto finalizer = make_function(
        rt.builtins(), "Mortal.__del__",
        [](List& saved, Object& self) {
          if (saved.size < 20) saved.append(self);
        },
        dropped);
    set_class_attribute(*mortal, *intern(rt.builtins(), "__del__"), finalizer.get());
  }

  void change_list(Chance& chance) {
    if (shared->size >= 50) return shared->clear();
    const auto item = rt.list(chance.below(100));
    item->append(*item);
    shared->append(*item);
  }
  void make_mortals() {
    const Ref<> one = Ref<>(mortal)();
    const Ref<> other = Ref<>(mortal)();
    one.attr("other") = other;
    other.attr("other") = one;
    shared->append(*make_weakref(*one));
    if (dropped->size >= 10) dropped->clear();
  }
  void count_guarded() {
    const sync::Holding held(in<sync::Lock>(lock));
    const std::int64_t loaded = guarded;
    rt.safepoint();
    guarded = loaded + 1;
    ++expected;
  }
  void use_rlock() {
    const sync::Holding outer(in<sync::RLock>(rlock));
    rt.safepoint();
    const sync::Holding inner(in<sync::RLock>(rlock));
    rt.safepoint();
  }
  void use_condition(Chance& chance) {
    auto& waits = in<sync::Condition>(condition);
    const sync::Holding held(in<sync::Lock>(lock));
    if (chance.one_in(2)) {
      static_cast<void>(waits.wait(chance.patience()));
    } else {
      waits.notify(static_cast<std::size_t>(chance.below(3)));
    }
  }
  void use_semaphore(Chance& chance) {
    auto& room = in<sync::Semaphore>(semaphore);
    if (!room.acquire(true, chance.patience())) return;
    struct Leave {
      Shop& shop;
      ~Leave() {
        --shop.inside;
        in<sync::Semaphore>(shop.semaphore).release();
      }
    };
    const Leave leave{*this};
    most_inside = std::max(most_inside, ++inside);
    rt.safepoint();
  }
  void use_event(Chance& chance) {
    auto& flag = in<sync::Event>(event);
    if (chance.one_in(3)) return flag.set();
    flag.wait(chance.patience());
    flag.clear();
  }
  void use_barrier(Chance& chance) {
    auto& gate = in<sync::Barrier>(barrier);
    const std::string refused = error_of([&] { gate.wait(chance.patience()); });
    if (refused != "no error" && chance.one_in(2)) gate.reset();
  }
  void use_queue(Chance& chance) {
    auto& items = in<sync::Queue>(queue);
    try {
      if (chance.one_in(2)) {
        items.put(rt.list(1), true, chance.patience());
        ++put;
      } else {
        static_cast<void>(items.get(true, chance.patience()));
        ++got;
      }
    } catch (const Error& error) {
      if (!error.is(kQueueEmpty) && !error.is(kQueueFull)) throw;
    }
  }
  void use_global() {
    Global<List> copy(everywhere);
    Global<List> own(rt, rt.list(1));
    const GilRelease released(rt);
    own = copy;
    copy.reset();
  }
  void ask_for_call() {
    rt.attention().call_soon([this] { ++called; });
    ++asked;
  }
  /// Sends an error to some thread. It may come up at any safepoint; `step` takes it.
  void disturb(Chance& chance) {
    const std::vector<ThreadInfo> threads = rt.threads().threads();
    const ThreadInfo& victim = threads[static_cast<std::size_t>(chance.below(static_cast<int>(threads.size())))];
    if (victim.id != 1) rt.attention().raise_in(victim.id, Error(ErrorKind::kKeyboardInterrupt, "disturbed"));
  }
  void start_short_thread(Chance& chance) {
    const Ref<> work = make_function(rt.builtins(), "work", [this] { ++short_ended; });
    const Ref<> thread = Ref<>(thread_class.type())(nullptr, work);
    do_call(thread, "start");
    ++short_threads;
    if (chance.one_in(2)) do_call(thread, "join", chance.patience());
  }
  /// The child has this thread, its objects and a lock that works. Not with AddressSanitizer: see stress_closing.cpp.
  void fork_here() {
    const pid_t child = fork();
    if (child == 0) {
      alarm(120);
      bool ran = kThreadSanitizer;  // it starts no thread after a fork
      if (!ran) {
        Thread thread(rt, [&] { ran = rt.list(1)->size == 1; });
        thread.start();
        thread.join();
      }
      static_cast<void>(rt.gc().collect());
      std::_Exit(ran && rt.threads().attached() == 1 ? 0 : 1);
    }
    const GilRelease released(rt);
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0) std::abort();
  }

  void use_objects(Chance& chance) {
    switch (chance.below(12)) {
      case 0:
        return static_cast<void>(rt.gc().collect(chance.below(3)));
      case 1: {
        const GilRelease released(rt);
        return chance.sleep();
      }
      case 2:
        return use_global();
      case 3:
        return rt.thread_dict()->set("last", *rt.list(chance.below(9)));
      case 4:
        return ask_for_call();
      case 5:
        return disturb(chance);
      case 6:
        return make_mortals();
      case 7:
        return chance.one_in(20) ? start_short_thread(chance) : change_list(chance);
      case 8:
        return !kAddressSanitizer && chance.one_in(2000) ? fork_here() : change_list(chance);
      default:
        return change_list(chance);
    }
  }
  void use_locks(Chance& chance) {
    switch (chance.below(8)) {
      case 0:
      case 1:
        return count_guarded();
      case 2:
        return use_queue(chance);
      case 3:
        return use_rlock();
      case 4:
        return use_condition(chance);
      case 5:
        return use_semaphore(chance);
      case 6:
        return use_event(chance);
      default:
        return use_barrier(chance);
    }
  }
  void step(Chance& chance) {
    try {
      chance.one_in(2) ? use_objects(chance) : use_locks(chance);
      rt.safepoint();
    } catch (const Error& error) {
      if (!error.is(ErrorKind::kKeyboardInterrupt)) throw;
    }
    progress.step();
  }

  void check() {
    CHECK(guarded == expected);
    CHECK(most_inside <= 2);
    CHECK(in<sync::Semaphore>(semaphore).value() == 2);
    CHECK(in<sync::RLock>(rlock).depth() == 0);
    CHECK(in<sync::Queue>(queue).size() == static_cast<std::size_t>(put - got));
    CHECK(called == asked);
    CHECK(short_ended == short_threads);
  }
};

}  // namespace

TEST_CASE("threads create, share, collect, wait and end without losing anything", "[threads][stress]") {
  INFO("OURO_STRESS_SEED=" << stress_seed());
  std::vector<std::string> failed;
  ThreadFixture w(
      {.switch_interval = std::chrono::microseconds(100), .thread_hook = [&](const Error& error, const std::string&) {
         if (!error.is(ErrorKind::kKeyboardInterrupt)) failed.emplace_back(error.what());
       }});
  Shop shop(w.rt, w.sync);
  const StressClock::time_point end = StressClock::now() + stress_duration();
  for (std::uint32_t t = 0; t < 3; ++t)
    w.start([&, t] {
      Chance chance(t);
      while (StressClock::now() < end) shop.step(chance);
    });
  std::jthread comes_and_goes([&] {
    Chance chance(77);
    while (StressClock::now() < end) {
      std::thread([&] {
        const Attach attached(w.rt);
        shop.step(chance);
      }).join();
      chance.sleep();
    }
  });
  w.join();
  {
    const GilRelease released(w.rt);
    comes_and_goes.join();
  }
  w.until([&] { return shop.short_ended == shop.short_threads; });
  while (w.rt.attention().waiting() > 0) w.rt.safepoint();
  CHECK(failed.empty());
  shop.check();
  shop.shared->clear();
  shop.dropped->clear();
  set_class_attribute(*shop.mortal, *intern(w.rt.builtins(), "__del__"), nullptr);
  w.rt.safepoint();
}

}  // namespace ouro::test
