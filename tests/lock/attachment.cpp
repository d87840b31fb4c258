// Laws: attachments nest and leave the lock as it was; a record is kept for its thread and ends with it or its runtime.
#include <ouro/runtime/threads/guards.h>
#include <support/catch.h>

#include <atomic>
#include <memory>
#include <optional>
#include <thread>

#include <lock/threads.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("An attached thread holds the lock for the guard's scope", "[lock]") {
  LockDomain domain;
  CHECK(domain.threads.current() == nullptr);
  {
    const Attach attached(domain);
    CHECK(attached);
    CHECK(domain.gil.held_by_this_thread());
    CHECK(domain.threads.attached_here());
    CHECK(domain.threads.attached() == 1);
  }
  CHECK_FALSE(domain.gil.held_by_this_thread());
  CHECK_FALSE(domain.threads.attached_here());
  CHECK(domain.threads.attached() == 0);
}

TEST_CASE("Attachments nest, and the outermost drops the lock", "[lock]") {
  LockDomain domain;
  const Attach outer(domain);
  {
    const Attach inner = Attach::try_attach(domain);
    CHECK(&inner.state() == &outer.state());
    CHECK(outer.state().depth() == 2);
  }
  CHECK(outer.state().depth() == 1);
  CHECK(domain.gil.held_by_this_thread());
  CHECK(domain.threads.attached() == 1);
}

TEST_CASE("An attachment around a held lock leaves it held", "[lock]") {
  LockDomain domain;
  const GilGuard guard(domain);
  { const Attach attached(domain); }
  CHECK(domain.gil.held_by_this_thread());
}

TEST_CASE("A callback from blocking code attaches again and leaves the lock released", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  {
    const GilRelease released(domain);
    CHECK(domain.threads.attached_here());
    {
      const Attach callback(domain);
      CHECK(domain.gil.held_by_this_thread());
      CHECK(callback.state().depth() == 2);
    }
    CHECK_FALSE(domain.gil.held_by_this_thread());
  }
  CHECK(domain.gil.held_by_this_thread());
  CHECK(attached.state().depth() == 1);
}

TEST_CASE("A thread that attaches again finds its record", "[lock]") {
  LockDomain domain;
  ThreadState* first = nullptr;
  {
    const Attach attached(domain);
    first = &attached.state();
    first->set_name("reader");
  }
  const Attach again(domain);
  CHECK(&again.state() == first);
  CHECK(domain.threads.current() == first);
  CHECK(again.state().id() == 1);
  CHECK(again.state().name() == "reader");
  CHECK(again.state().native_id() == NativeThread::current());
}

TEST_CASE("Threads are numbered and named in the order they come", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  std::atomic<int> inside{0};
  std::atomic<bool> leave{false};
  const auto stay = [&] {
    const Attach worker(domain);
    ++inside;
    const GilRelease released(domain);
    while (!leave) std::this_thread::sleep_for(100us);
  };
  std::jthread second(stay);
  while (inside < 1) domain.gil.yield();
  std::jthread third(stay);
  while (inside < 2) domain.gil.yield();
  const std::vector<ThreadInfo> threads = domain.threads.threads();
  leave = true;
  REQUIRE(threads.size() == 3);
  CHECK(threads[0].name == "MainThread");
  CHECK(threads[1].name == "Thread-1");
  CHECK(threads[2].name == "Thread-2");
  CHECK(threads[2].id == 3);
  CHECK(threads[1].native_id == NativeThread{second.native_handle()});
  CHECK(threads[1].depth == 1);
  const GilRelease released(domain);
  second.join();
  third.join();
}

TEST_CASE("A record ends with its thread, and its number is not used again", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  std::uint64_t id = 0;
  for (std::uint64_t expected = 2; expected < 5; ++expected) {
    {
      const GilRelease released(domain);
      std::thread([&] { id = Attach(domain).state().id(); }).join();
    }
    CHECK(id == expected);
    CHECK(domain.threads.threads().size() == 1);
  }
}

TEST_CASE("A thread that ends inside drops the lock and counts as gone", "[lock]") {
  LockDomain domain;
  std::thread([&] { static_cast<void>(domain.threads.attach()); }).join();
  const Attach attached(domain);
  CHECK(domain.threads.attached() == 1);
  CHECK(domain.threads.threads().size() == 1);
  CHECK(domain.close(Clock::now() + 30s));
}

TEST_CASE("A guard that outlives its thread's records ends quietly", "[lock]") {
  // What happens to a runtime in static storage: at exit the main thread's records end before it does.
  LockDomain domain;
  std::thread([&] {
    struct Late {
      std::optional<Attach> attached;
    };
    static thread_local Late late;  // made before the thread's records, so it ends after them
    late.attached.emplace(domain);
  }).join();
  const Attach attached(domain);
  CHECK(domain.threads.attached() == 1);
}

TEST_CASE("A destructor that runs late in its thread may still attach", "[lock]") {
  LockDomain domain;
  std::atomic<int> ran{0};
  std::thread([&] {
    struct Late {
      LockDomain* used = nullptr;
      std::atomic<int>* ran = nullptr;
      ~Late() {
        for (int i = 0; i < 2; ++i)
          if (Attach(*used).state().depth() == 1) ++*ran;
      }
    };
    static thread_local Late late;
    late.used = &domain;
    late.ran = &ran;
    const Attach attached(domain);
  }).join();
  CHECK(ran == 2);
  const Attach attached(domain);
  CHECK(domain.threads.threads().size() == 1);
}

TEST_CASE("A runtime may end before the threads that used it", "[lock]") {
  auto first = std::make_unique<LockDomain>();
  LockDomain second;
  std::atomic<int> step{0};
  std::jthread thread([&] {
    { const Attach attached(*first); }
    step = 1;
    while (step != 2) std::this_thread::yield();
    const Attach attached(second);
    if (second.threads.current() != &attached.state()) std::abort();
    step = 3;
  });
  CHECK(eventually([&] { return step == 1; }));
  first.reset();
  step = 2;
  CHECK(eventually([&] { return step == 3; }));
}

TEST_CASE("A new runtime at a dead one's address does not find the dead one's record", "[lock]") {
  std::optional<LockDomain> domain;
  for (int i = 0; i < 100; ++i) {
    domain.emplace();
    CHECK(domain->threads.current() == nullptr);
    const Attach attached(*domain);
    CHECK(attached.state().id() == 1);
  }
}

TEST_CASE("Runtimes and threads may end at the same moment", "[lock][law-registry-order]") {
  for (int round = 0; round < 300; ++round) {
    auto domain = std::make_unique<LockDomain>();
    std::atomic<bool> outside{false};
    std::jthread thread([&] {
      { const Attach attached(*domain); }
      outside = true;
    });
    while (!outside) std::this_thread::yield();
    domain.reset();
  }
}

TEST_CASE("Threads may come and go by the hundred", "[lock]") {
  LockDomain domain;
  domain.gil.set_switch_interval(100us);
  long counter = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 100; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        const Attach attached(domain);
        ++counter;
        safepoint(domain);
      }
    });
  threads.clear();
  const Attach attached(domain);
  CHECK(counter == 1000);
  CHECK(attached.state().id() == 101);
  CHECK(domain.threads.threads().size() == 1);
}
