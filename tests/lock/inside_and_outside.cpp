// What keeps other threads waiting is being inside, whether one computes there or waits.
#include <ouro/runtime/threads/guards.h>
#include <support/catch.h>

#include <atomic>
#include <thread>

#include <lock/threads.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("Others run while a thread computes outside the runtime", "[lock][claim-L8]") {
  Gil gil;
  std::atomic<bool> other_ran{false};
  gil.take();
  std::jthread other([&] {
    const GilGuard guard(gil);
    other_ran = true;
  });
  std::uint64_t steps = 0;
  {
    const GilRelease released(gil);
    const Clock::time_point deadline = Clock::now() + 30s;
    while (!other_ran && Clock::now() < deadline) ++steps;
  }
  CHECK(other_ran);
  gil.drop();
}

TEST_CASE("Nobody runs while a thread waits inside the runtime", "[lock][claim-L8]") {
  Gil gil;
  gil.set_switch_interval(1ms);
  std::atomic<bool> other_ran{false};
  gil.take();
  std::jthread other([&] {
    const GilGuard guard(gil);
    other_ran = true;
  });
  REQUIRE(eventually([&] { return gil.stats().waits > 0; }));
  std::this_thread::sleep_for(30ms);  // a blocking call that forgot to release the lock
  CHECK_FALSE(other_ran);
  gil.drop();
}
