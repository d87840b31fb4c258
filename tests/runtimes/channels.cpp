// Laws: channel-once, channel-closed. Messages between runtimes that run at the same time.
#include <ouro/runtime/channels/channel_class.h>
#include <support/fixture.h>

#include <atomic>
#include <numeric>
#include <thread>
#include <vector>

#include <lock/threads.h>
#include <runtimes/pair.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ouro::test {

namespace {

using Outcome = Channel::Outcome;

int number_in(const Ref<>& object) { return from_object<int>(object); }

/// A runtime in a thread of its own, which `work` is done in.
template <class Work>
std::jthread in_another_runtime(Work work) {
  return std::jthread([work] {
    Runtime rt(test_options());
    work(rt);
  });
}

}  // namespace

TEST_CASE("Messages come out in the order in which they went in, as copies", "[runtimes]") {
  Pair two;
  const Channel channel;
  const auto list = two.from.list(1);
  channel.send(two.from, *list);
  list->append(*two.from.from(2));
  channel.send(two.from, *list);
  CHECK(channel.size() == 2);
  CHECK(shown(channel.receive(two.to)) == "[1]");
  CHECK(shown(channel.receive(two.to)) == "[1, 2]");
  CHECK_FALSE(channel.try_receive(two.to));
}

TEST_CASE("A full channel and an empty one refuse who does not wait", "[runtimes]") {
  Fixture world;
  const Channel channel(1);
  const auto item = world.rt.from(1000);
  const Patience moment(std::chrono::milliseconds(1));
  CHECK(error_of([&] { return channel.receive(world.rt, Patience::none()); }) == "Empty");
  CHECK(error_of([&] { return channel.receive(world.rt, moment); }) == "Empty");
  CHECK(channel.try_send(world.rt, *item));
  CHECK_FALSE(channel.try_send(world.rt, *item));
  CHECK(error_of([&] { return channel.send(world.rt, *item, moment), 0; }) == "Full");
  CHECK(channel.size() == 1);
  CHECK(channel.receivers_waiting() == 0);
  CHECK(channel.senders_waiting() == 0);
}

TEST_CASE("What cannot be copied is not sent, and what cannot be unpacked is gone", "[runtimes]") {
  Pair two;
  const Channel channel;
  const auto cls = two.from.new_class("Point");
  const Ref<> point = cls();
  CHECK(error_of([&] { channel.send(two.from, *point); }) != "no error");
  CHECK(channel.size() == 0);
  two.from.exports().add(*cls);
  channel.send(two.from, *point);
  channel.send(two.from, *two.from.from(2000));
  CHECK(error_of([&] { return channel.receive(two.to); }) ==
        "AttributeError: Can't get attribute 'Point' from the exports of the runtime");
  CHECK(number_in(channel.receive(two.to)) == 2000);
}

TEST_CASE("Who waits for a message lets others into its runtime", "[runtimes]") {
  Fixture world;
  const Channel channel;
  std::atomic<bool> inside{false};
  std::jthread other([&] {
    eventually([&] { return channel.receivers_waiting() == 1; });
    {
      const Attach attached(world.rt);
      inside = true;
    }
    Runtime another(test_options());
    channel.send(another, *another.str("here"));
  });
  CHECK(shown(channel.receive(world.rt)) == "'here'");
  CHECK(inside);
}

TEST_CASE("Who waits for room goes on when a message is taken", "[runtimes]") {
  Fixture world;
  const Channel channel(1);
  const std::jthread sender = in_another_runtime([&](Runtime& rt) {
    for (int i = 0; i < 3; ++i) channel.send(rt, *rt.from(1000 + i));
    channel.close();
  });
  {
    const GilRelease released(world.rt);
    CHECK(eventually([&] { return channel.senders_waiting() == 1; }));
  }
  for (int i = 0; i < 3; ++i) CHECK(number_in(channel.receive(world.rt)) == 1000 + i);
  CHECK(error_of([&] { return channel.receive(world.rt); }) == "ShutDown");
}

TEST_CASE("Of a closed channel what is there is received, and nothing is sent", "[runtimes][law-channel-closed]") {
  Fixture world;
  const Channel channel;
  channel.send(world.rt, *world.rt.from(1));
  channel.close();
  channel.close();
  CHECK(channel.closed());
  CHECK(error_of([&] { return channel.send(world.rt, *world.rt.from(2)), 0; }) == "ShutDown");
  CHECK(error_of([&] { return channel.try_send(world.rt, *world.rt.from(2)); }) == "ShutDown");
  Message kept(world.rt.from(3000));
  CHECK(channel.send(std::move(kept)) == Outcome::kClosed);
  CHECK_FALSE(kept.empty());
  CHECK(number_in(channel.receive(world.rt)) == 1);
  CHECK(error_of([&] { return channel.receive(world.rt); }) == "ShutDown");
  CHECK(error_of([&] { return channel.try_receive(world.rt); }) == "ShutDown");
  CHECK(channel.receive(kept) == Outcome::kClosed);
}

TEST_CASE("Closing a channel sends all away that wait", "[runtimes][law-channel-closed]") {
  const Channel empty;
  const Channel full(1);
  Message first;
  {
    Fixture world;
    first = Message(world.rt.from(1));
  }
  CHECK(full.send(Message(first)) == Outcome::kDone);
  std::atomic<int> sent_away{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.push_back(in_another_runtime(
        [&](Runtime& rt) { sent_away += error_of([&] { return empty.receive(rt); }) == "ShutDown" ? 1 : 0; }));
    threads.push_back(in_another_runtime(
        [&](Runtime& rt) { sent_away += error_of([&] { return full.send(rt, *rt.from(2)), 0; }) == "ShutDown" ? 1 : 0; }));
  }
  threads.emplace_back([&] {
    Message none;
    sent_away += empty.receive(none) == Outcome::kClosed ? 1 : 0;
  });
  threads.emplace_back([&] { sent_away += full.send(Message(first)) == Outcome::kClosed ? 1 : 0; });
  CHECK(eventually([&] { return empty.receivers_waiting() == 3 && full.senders_waiting() == 3; }));
  empty.close();
  full.close();
  threads.clear();
  CHECK(sent_away == 6);
  CHECK(full.size() == 1);
}

TEST_CASE("The end of a runtime ends the waits of its threads, and of no others", "[runtimes]") {
  const Channel channel;
  std::atomic<int> received{0};
  std::jthread stays = in_another_runtime([&](Runtime& rt) { received = number_in(channel.receive(rt)); });
  std::string ended;
  {
    Fixture world;
    Thread waits(world.rt, [&] { ended = error_of([&] { return channel.receive(world.rt); }); }, {.daemon = true});
    waits.start();
    const GilRelease released(world.rt);
    CHECK(eventually([&] { return channel.receivers_waiting() == 2; }));
  }
  CHECK(ended == "SystemExit: the runtime is closing");
  CHECK(channel.receivers_waiting() == 1);
  Fixture world;
  channel.send(world.rt, *world.rt.from(77));
  stays.join();
  CHECK(received == 77);
}

TEST_CASE("Threads of several runtimes send and receive every message once", "[runtimes][law-channel-once][claim-L12]") {
  const Channel work(3);
  const Channel results;
  constexpr int kProducers = 2;
  constexpr int kConsumers = 2;
  constexpr int kEach = 60;
  std::atomic<int> producing{kProducers};
  std::vector<std::jthread> threads;
  for (int p = 0; p < kProducers; ++p)
    threads.push_back(in_another_runtime([&work, &producing, p](Runtime& rt) {
      for (int i = 0; i < kEach; ++i) {
        const auto message = rt.list(p * kEach + i, "some text");
        message->append(*message);
        work.send(rt, *message);
        message->clear();
      }
      if (--producing == 0) work.close();
    }));
  for (int c = 0; c < kConsumers; ++c)
    threads.push_back(in_another_runtime([&work, &results](Runtime& rt) {
      for (;;) {
        Ref<> message;
        const std::string ended = error_of([&] { return message = work.receive(rt); });
        if (ended == "ShutDown") return;
        auto& list = static_cast<List&>(*message);
        results.send(rt, list.get(0));
        list.clear();
      }
    }));
  threads.clear();
  std::vector<int> seen(kProducers * kEach, 0);
  Fixture world;
  while (const Ref<> result = results.try_receive(world.rt)) ++seen.at(static_cast<std::size_t>(number_in(result)));
  CHECK(seen == std::vector<int>(kProducers * kEach, 1));
}

TEST_CASE("No wake-up is lost between receivers that give up and senders that come", "[runtimes][law-channel-once]") {
  const Channel channel;
  constexpr int kMessages = 200;
  Message message;
  {
    Fixture world;
    message = Message(world.rt.from(1));
  }
  std::atomic<int> received{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([&, t] {
      for (;;) {
        Message into;
        const Patience patience = t == 0 ? Patience::endless() : Patience(std::chrono::microseconds(20 * t));
        const Outcome outcome = channel.receive(into, patience);
        if (outcome == Outcome::kClosed) return;
        if (outcome == Outcome::kDone) ++received;
      }
    });
  for (int i = 0; i < kMessages; ++i) {
    CHECK(channel.send(Message(message)) == Outcome::kDone);
    if (i % 8 == 0) CHECK(eventually([&] { return received == i + 1; }));
  }
  CHECK(eventually([&] { return received == kMessages; }));
  channel.close();
}

TEST_CASE("The child of a fork is told that channels do not survive it", "[runtimes]") {
  const Channel channel;
  const pid_t child = fork();
  if (child == 0) {
    const std::string said = error_of([&] { return channel.size(); });
    std::_Exit(said == "RuntimeError: a channel does not survive a fork" ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(status == 0);
}

TEST_CASE("Scripts send, receive, and put a channel for the answer into a request", "[runtimes]") {
  Pair two;
  const auto here = sync::channel_class(two.from);
  const auto there = sync::channel_class(two.to);
  const Channel requests;
  const Ref<> client = here.make(requests);
  const Ref<> server = there.make(requests);
  const Ref<> answers = Ref<>(here.type())(4);
  static_cast<void>(client.attr("send")(two.from.tuple("question", answers)));
  const Ref<> request = server.attr("receive")(1.0);
  auto& parts = static_cast<Tuple&>(*request);
  CHECK(shown(share(*parts.items[0])) == "'question'");
  CHECK(native_cast<sync::ChannelEnd>(*parts.items[1])->channel() == native_cast<sync::ChannelEnd>(*answers)->channel());
  static_cast<void>(share(*parts.items[1]).attr("send")("answer"));
  CHECK(shown(answers.attr("receive")()) == "'answer'");
  CHECK(error_of([&] { return answers.attr("receive")(0); }) == "Empty");
  static_cast<void>(answers.attr("close")());
  CHECK(answers.attr("closed").as<bool>());
  CHECK(error_of([&] { return Ref<>(here.type())(-1); }) ==
        "ValueError: a channel has room for no negative number of messages");
}

}  // namespace ouro::test
