// Threads inside a runtime: one at a time, switching at safepoints.
#include <support/fixture.h>

#include <atomic>
#include <thread>

namespace ouro::test {

TEST_CASE("counts stay exact when two threads share an object through the lock", "[runtime][claim-L1][claim-L2]") {
  Fixture world;
  world.rt.set_switch_interval(std::chrono::microseconds(50));
  const auto shared = world.rt.list(1, 2, 3);
  const auto work = [&] {
    const Attach attached(world.rt);
    for (int i = 0; i < 20'000; ++i) {
      const Ref<> copy = shared;
      const auto own = world.rt.list(copy, i);
      world.rt.safepoint();
    }
  };
  std::thread one(work), two(work);
  {
    const GilRelease unlocked(world.rt);
    one.join();
    two.join();
  }
  CHECK(shared->refcount == 1);
  CHECK(world.rt.count_objects() == 1);
}

TEST_CASE("updates with a safepoint between load and store can be lost", "[runtime][claim-L4]") {
  Fixture world;
  const auto box = world.rt.list(0);
  std::atomic<bool> loaded{false}, stored{false};
  std::thread other([&] {
    const Attach attached(world.rt);
    const std::int64_t value = to_int64(static_cast<const Int&>(box->get(0)));
    loaded = true;
    {
      const GilRelease unlocked(world.rt);
      while (!stored) std::this_thread::yield();
    }
    box->set(0, *world.rt.from(value + 1));
  });
  {
    const GilRelease unlocked(world.rt);
    while (!loaded) std::this_thread::yield();
  }
  box->set(0, *world.rt.from(to_int64(static_cast<const Int&>(box->get(0))) + 1));
  stored = true;
  {
    const GilRelease unlocked(world.rt);
    other.join();
  }
  CHECK(to_int64(static_cast<const Int&>(box->get(0))) == 1);
}

TEST_CASE("a collection stops all other threads of its runtime", "[runtime][claim-G8]") {
  Fixture world;
  std::atomic<bool> stop{false};
  std::atomic<int> inside{0};
  int seen = 0;
  const auto me = std::this_thread::get_id();
  world.rt.collector().set_observer([&](const gc::CollectionReport&) {
    if (std::this_thread::get_id() == me) seen += inside.load();
  });
  std::thread other([&] {
    while (!stop) {
      const Attach attached(world.rt);
      ++inside;
      const auto garbage = world.rt.list();
      garbage->append(*garbage);
      --inside;
    }
  });
  for (int i = 0; i < 50; ++i) {
    world.rt.gc().collect();
    const GilRelease unlocked(world.rt);
    std::this_thread::yield();
  }
  stop = true;
  {
    const GilRelease unlocked(world.rt);
    other.join();
  }
  world.rt.collector().set_observer({});
  CHECK(seen == 0);
}

TEST_CASE("blocking outside the runtime lets the other thread run", "[runtime][claim-L7]") {
  Fixture world;
  std::atomic<bool> ran{false};
  std::thread other([&] {
    const Attach attached(world.rt);
    static_cast<void>(world.rt.list(1));
    ran = true;
  });
  {
    const GilRelease unlocked(world.rt);
    while (!ran) std::this_thread::yield();
    other.join();
  }
  CHECK(ran);
}

TEST_CASE("a runtime that closes refuses new threads instead of hanging them", "[runtime]") {
  Runtime rt(test_options());
  rt.close();
  std::atomic<bool> refused{false};
  std::thread late([&] { refused = !Attach::try_attach(rt); });
  late.join();
  CHECK(refused);
}

TEST_CASE("two runtimes run in two threads at the same time", "[runtime]") {
  std::array<std::size_t, 2> collected{};
  const auto work = [&](std::size_t which) {
    Runtime rt(test_options());
    rt.collector().set_stress(false);
    for (int i = 0; i < 20'000; ++i) {
      const auto list = rt.list(i);
      list->append(*list);
    }
    rt.gc().collect();
    collected[which] =
        rt.collector().stats(0).collected + rt.collector().stats(1).collected + rt.collector().stats(2).collected;
  };
  std::thread one(work, 0), two(work, 1);
  one.join();
  two.join();
  CHECK(collected == std::array<std::size_t, 2>{20'000, 20'000});
}

}  // namespace ouro::test
