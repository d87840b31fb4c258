// What two threads are good for, and what two runtimes are good for.
//
//   compute in one runtime    no faster: one thread holds the lock at a time
//   wait outside              twice as fast: waiting needs no lock
//   compute in two runtimes   twice as fast on two processors: each has a lock of its own
//
// Prints times, which belong to this machine, and writes who held the lock when to lock.json in the directory given as the
// first argument, to be opened in ui.perfetto.dev. Exit status: 0 if the work came out right and the threads did take turns.
#include <ouro/fmt.h>
#include <ouro/ouro.h>
#include <ouro/runtime/threads/timeline.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>

namespace {

constexpr int kRounds = 150'000;
constexpr int kWaits = 5;

/// The sum of 0 .. kRounds - 1, in objects.
std::int64_t compute(ouro::Runtime& rt) {
  ouro::Ref<> sum = rt.from(0);
  for (int i = 0; i < kRounds; ++i) {
    sum = sum + rt.from(i);
    rt.safepoint();
  }
  return ouro::from_object<std::int64_t>(sum);
}

void wait(ouro::Runtime& rt) {
  for (int i = 0; i < kWaits; ++i) {
    const ouro::GilRelease outside(rt);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

template <class Work>
double milliseconds(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

/// One after the other, and in two threads.
template <class Work>
void compare(ouro::Runtime& rt, const char* what, Work work) {
  const double one = milliseconds([&] {
    work();
    work();
  });
  const double two = milliseconds([&] {
    ouro::Thread first(rt, work);
    ouro::Thread second(rt, work);
    first.start();
    second.start();
    first.join();
    second.join();
  });
  fmt::print("{:<28} twice in one thread {:7.1f} ms, in two threads {:7.1f} ms\n", what, one, two);
}

void compare_runtimes() {
  const auto work = [] {
    ouro::Runtime rt;
    static_cast<void>(compute(rt));
  };
  const double one = milliseconds([&] {
    work();
    work();
  });
  const double two = milliseconds([&] {
    std::thread other(work);
    work();
    other.join();
  });
  fmt::print("{:<28} one after the other {:7.1f} ms, at once       {:7.1f} ms\n", "computing in two runtimes", one, two);
}

}  // namespace

int main(int count, char** arguments) {
  ouro::Runtime rt({.switch_interval = std::chrono::milliseconds(1)});
  const ouro::Timeline timeline(rt);
  bool right = true;
  compare(rt, "computing in one runtime",
          [&] { right = right && compute(rt) == std::int64_t{kRounds} * (kRounds - 1) / 2; });
  compare(rt, "waiting outside", [&] { wait(rt); });
  compare_runtimes();
  if (count > 1) std::ofstream(std::string(arguments[1]) + "/lock.json") << timeline.to_json();
  fmt::print("the lock was held {} times, and asked for {} times\n", timeline.runs().size(), rt.gil().stats().drop_requests);
  return right && timeline.runs().size() > 4 && std::fflush(stdout) == 0 ? 0 : 1;
}
