// The lost update: two threads add one to the same number, and the sum is too small.
//
//   thread a: load 0 ........ store 1
//   thread b: ....... load 0 ......... store 1        two increments, and the number is 1
//
// The lock of the runtime does not help: it is handed over at safepoints, and one lies between the load and the store. With
// a schedule by seed the same updates are lost each time the program runs. Without one it is a matter of chance: many
// increments lose a few. The cures, with and without: one thread after the other, or a Lock.
// Exit status: 0 if updates are lost by the seed, the same ones twice, and none with either cure. Chance has no part in it:
// the program tries until an update is lost, and says so if none was in ten seconds.
#include <ouro/fmt.h>
#include <ouro/ouro.h>
#include <ouro/runtime/sync/classes.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>

namespace {

constexpr int kTimes = 10;
constexpr int kManyTimes = 20'000;
constexpr std::uint64_t kSeed = 2026;

/// x = x + one(): the call is a safepoint, as a call in a script is.
void increment(ouro::Runtime& rt, ouro::Dict& names) {
  const auto x = ouro::from_object<std::int64_t>(*names.find("x"));
  rt.safepoint();
  names.set(*rt.str("x"), *rt.from(x + 1));
}

/// What cures the program.
enum class Cure { kNone, kInTurn, kLock };

/// Two threads that increment `times` times each; returns what is missing from the sum. Without a seed they change places
/// whenever one has waited for a microsecond.
std::int64_t missing(Cure cure, int times, std::optional<std::uint64_t> seed) {
  ouro::Runtime rt({.switch_interval = std::chrono::microseconds(1), .schedule_seed = seed});
  const ouro::sync::Classes sync(rt);
  const auto lock = sync.lock();
  const auto names = rt.dict({{"x", 0}});
  const auto work = [&] {
    for (int i = 0; i < times; ++i) {
      if (cure == Cure::kLock) static_cast<void>(lock.attr("acquire")());
      increment(rt, *names);
      if (cure == Cure::kLock) static_cast<void>(lock.attr("release")());
    }
  };
  ouro::Thread one(rt, work);
  ouro::Thread two(rt, work);
  one.start();
  if (cure == Cure::kInTurn) one.join();
  two.start();
  one.join();
  two.join();
  return 2 * times - ouro::from_object<std::int64_t>(*names->find("x"));
}

/// Shows the race by its seed; says whether all was as it should be.
bool by_seed() {
  const std::int64_t lost = missing(Cure::kNone, kTimes, kSeed);
  const std::int64_t lost_again = missing(Cure::kNone, kTimes, kSeed);
  const std::int64_t in_turn = missing(Cure::kInTurn, kTimes, kSeed);
  const std::int64_t with_lock = missing(Cure::kLock, kTimes, kSeed);
  fmt::print("seed {}: two threads, {} increments each\n", kSeed, kTimes);
  fmt::print("  at once              {} lost\n", lost);
  fmt::print("  at once, once more   {} lost\n", lost_again);
  fmt::print("  one after the other  {} lost\n", in_turn);
  fmt::print("  with a Lock          {} lost\n", with_lock);
  return lost > 0 && lost == lost_again && in_turn == 0 && with_lock == 0;
}

/// Shows it by chance; says whether the cures held.
bool by_chance() {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  std::int64_t lost = 0;
  while (lost == 0 && std::chrono::steady_clock::now() < end) lost = missing(Cure::kNone, kManyTimes, {});
  const std::int64_t in_turn = missing(Cure::kInTurn, kManyTimes, {});
  const std::int64_t with_lock = missing(Cure::kLock, kManyTimes, {});
  fmt::print("by chance: two threads, {} increments each\n", kManyTimes);
  fmt::print("  at once              {}\n", lost > 0 ? "some lost" : "none lost in ten seconds, which is luck");
  fmt::print("  one after the other  {} lost\n", in_turn);
  fmt::print("  with a Lock          {} lost\n", with_lock);
  return in_turn == 0 && with_lock == 0;
}

}  // namespace

int main() {
  const bool seed_shows = by_seed();
  const bool cures_hold = by_chance();
  return seed_shows && cures_hold && std::fflush(stdout) == 0 ? 0 : 1;
}
