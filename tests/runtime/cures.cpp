// Updates that two threads lose, and the two cures: one thread after the other, or a lock around load and store.
#include <support/fixture.h>

#include <latch>
#include <mutex>
#include <thread>

namespace ouro::test {

namespace {

constexpr std::int64_t kTimes = 500;

/// `box[0] += 1`: a load and a store, and whoever waits for the lock has its turn in between.
void add_one(Runtime& rt, List& box) {
  const std::int64_t value = to_int64(static_cast<const Int&>(box.get(0)));
  rt.gil().yield();
  box.set(0, *rt.from(value + 1));
}

/// A lock that scripts could hold. Waiting for it is waiting outside the runtime, or its holder could never go on.
class Section {
 public:
  explicit Section(Runtime& rt) : rt_(rt) {}
  void lock() {
    const GilRelease unlocked(rt_);
    mutex_.lock();
  }
  void unlock() { mutex_.unlock(); }

 private:
  Runtime& rt_;
  std::mutex mutex_;
};

/// What the box holds after two threads did `work` on it, both at once or one after the other.
template <typename Work>
std::int64_t total(Runtime& rt, bool at_once, Work work) {
  const auto box = rt.list(0);
  std::latch both(at_once ? 2 : 1);
  const auto run = [&] {
    if (at_once) both.arrive_and_wait();
    const Attach attached(rt);
    for (std::int64_t i = 0; i < kTimes; ++i) work(*box);
  };
  {
    const GilRelease unlocked(rt);
    std::thread one(run);
    if (!at_once) one.join();
    std::thread two(run);
    if (at_once) one.join();
    two.join();
  }
  return to_int64(static_cast<const Int&>(box->get(0)));
}

}  // namespace

// Each thread stands between its first load and its first store until the other one does: chance has no part in it.
TEST_CASE("two threads that update at once lose updates", "[runtime][claim-L4]") {
  Fixture world;
  std::latch loaded(2);
  const auto add_one_together = [&](List& box) {
    const std::int64_t value = to_int64(static_cast<const Int&>(box.get(0)));
    if (value == 0) {
      const GilRelease unlocked(world.rt);
      loaded.arrive_and_wait();
    }
    box.set(0, *world.rt.from(value + 1));
  };
  CHECK(total(world.rt, true, add_one_together) < 2 * kTimes);
}

TEST_CASE("no update is lost when one thread ends before the other begins", "[runtime][claim-L5]") {
  Fixture world;
  CHECK(total(world.rt, false, [&](List& box) { add_one(world.rt, box); }) == 2 * kTimes);
}

TEST_CASE("no update is lost when a lock surrounds load and store", "[runtime][claim-L5]") {
  Fixture world;
  Section section(world.rt);
  const std::uint64_t switches = world.rt.gil().stats().switches;
  CHECK(total(world.rt, true, [&](List& box) {
          const std::lock_guard inside(section);
          add_one(world.rt, box);
        }) == 2 * kTimes);
  CHECK(world.rt.gil().stats().switches > switches);  // the threads did take turns
}

}  // namespace ouro::test
