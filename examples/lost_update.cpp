// The lost update: two threads add one to the same number, and the sum is too small.
//
//   thread a: load 0 ........ store 1
//   thread b: ....... load 0 ......... store 1        two increments, and the number is 1
//
// The lock of the runtime does not help: it is handed over at safepoints, and one lies between the load and the store. With a
// schedule by seed the same updates are lost each time the program runs. The cures: one thread after the other, or a Lock.
// Exit status: 0 if updates are lost without a cure, the same ones twice, and none with either.
#include <ouro/fmt.h>
#include <ouro/ouro.h>
#include <ouro/runtime/sync/classes.h>

#include <cstdint>
#include <functional>

namespace {

constexpr int kTimes = 10;
constexpr std::uint64_t kSeed = 2026;

using Section = std::function<void(const std::function<void()>&)>;

/// x = x + one(): the call is a safepoint, as a call in a script is.
void increment(ouro::Runtime& rt, ouro::Dict& names) {
  const auto x = ouro::from_object<std::int64_t>(*names.find("x"));
  rt.safepoint();
  names.set(*rt.str("x"), *rt.from(x + 1));
}

/// Two threads that increment `kTimes` times each; returns what is missing from the sum.
std::int64_t missing(bool at_once, bool with_lock) {
  ouro::Runtime rt({.schedule_seed = kSeed});
  const ouro::sync::Classes sync(rt);
  const auto lock = sync.lock();
  const auto names = rt.dict({{"x", 0}});
  const auto work = [&] {
    for (int i = 0; i < kTimes; ++i) {
      if (with_lock) static_cast<void>(lock.attr("acquire")());
      increment(rt, *names);
      if (with_lock) static_cast<void>(lock.attr("release")());
    }
  };
  ouro::Thread one(rt, work);
  ouro::Thread two(rt, work);
  one.start();
  if (!at_once) one.join();
  two.start();
  one.join();
  two.join();
  return 2 * kTimes - ouro::from_object<std::int64_t>(*names->find("x"));
}

}  // namespace

int main() {
  const std::int64_t lost = missing(true, false);
  const std::int64_t lost_again = missing(true, false);
  const std::int64_t in_turn = missing(false, false);
  const std::int64_t with_lock = missing(true, true);
  fmt::print("seed {}: two threads, {} increments each\n", kSeed, kTimes);
  fmt::print("  at once              {} lost\n", lost);
  fmt::print("  at once, once more   {} lost\n", lost_again);
  fmt::print("  one after the other  {} lost\n", in_turn);
  fmt::print("  with a Lock          {} lost\n", with_lock);
  return lost > 0 && lost == lost_again && in_turn == 0 && with_lock == 0 ? 0 : 1;
}
