// Stress: runtimes come and go, send, wait, give up, collect and close, over a few channels.
//
// Short by default; OURO_STRESS_SECONDS=600 goes on for ten minutes. A failure prints its seed, which OURO_STRESS_SEED
// repeats as far as the machine's own timing allows.
#include <support/fixture.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <random>
#include <thread>
#include <vector>

namespace ouro::test {

namespace {

using Clock = std::chrono::steady_clock;

std::uint32_t chosen_seed() {
  static const auto seed = number_from("OURO_STRESS_SEED", std::random_device{}() % 1'000'000);
  return seed;
}

/// What all threads share.
struct Market {
  std::array<Channel, 3> channels{Channel(1), Channel(4), Channel()};
  std::atomic<std::int64_t> sent{0};
  std::atomic<std::int64_t> received{0};
  Clock::time_point end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                             std::chrono::duration<double>(number_from("OURO_STRESS_SECONDS", 0.3)));
};

/// A runtime with two threads, one of which is a daemon that waits when the runtime closes.
class Trader {
 public:
  Trader(Market& market, std::uint32_t who) : market_(market), engine_(chosen_seed() * 31 + who) {}

  void run() {
    while (Clock::now() < market_.end) {
      Runtime rt(test_options({.leak_handler = [](const LeakReport&) {}}));
      Thread waits(rt, [&] { receive(rt, Patience::endless()); }, {.daemon = true});
      waits.start();
      for (int i = below(20); i >= 0; --i) step(rt);
    }
  }

 private:
  int below(int limit) { return static_cast<int>(engine_() % static_cast<unsigned>(limit)); }
  Channel& any() { return market_.channels[static_cast<std::size_t>(below(3))]; }

  void step(Runtime& rt) {
    const Patience patience(std::chrono::microseconds(below(300)));
    if (below(2) == 0) {
      send(rt, patience);
    } else {
      receive(rt, patience);
    }
    if (below(8) == 0) static_cast<void>(rt.gc().collect());
    rt.safepoint();
  }
  void send(Runtime& rt, Patience patience) {
    const auto value = rt.list(rt.tuple(below(1000), "text"), rt.dict({{"key", below(9)}}));
    value->append(*value);
    try {
      any().send(rt, *value, patience);
      ++market_.sent;
    } catch (const Error& error) {
      if (!error.is(kQueueFull)) throw;
    }
    value->clear();
  }
  void receive(Runtime& rt, Patience patience) {
    try {
      const Channel& channel = patience.is_endless() ? market_.channels[1] : any();
      const Ref<> value = channel.receive(rt, patience);
      ++market_.received;
      static_cast<List&>(*value).clear();
    } catch (const Error& error) {
      if (!error.is(kQueueEmpty) && error.kind() != ErrorKind::kSystemExit) throw;
    }
  }

  Market& market_;
  std::mt19937 engine_;
};

}  // namespace

TEST_CASE("Runtimes come and go and no message is lost or doubled", "[runtimes][stress][law-channel-once]") {
  INFO("OURO_STRESS_SEED=" << chosen_seed());
  Market market;
  {
    std::vector<std::jthread> threads;
    for (std::uint32_t who = 0; who < 3; ++who) threads.emplace_back([&market, who] { Trader(market, who).run(); });
  }
  std::int64_t left = 0;
  for (const Channel& channel : market.channels) {
    left += static_cast<std::int64_t>(channel.size());
    CHECK(channel.senders_waiting() == 0);
    CHECK(channel.receivers_waiting() == 0);
  }
  CHECK(market.sent > 0);
  CHECK(market.sent == market.received + left);
}

}  // namespace ouro::test
