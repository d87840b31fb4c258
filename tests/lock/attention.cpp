// Law attention-once: what is to be done at a safepoint is done once, at the next one, by the thread that holds the lock.
#include <ouro/runtime/threads/guards.h>
#include <ouro/runtime/threads/thread.h>
#include <support/catch.h>

#include <atomic>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <lock/threads.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// The `what()` of the error that a safepoint throws, or "".
std::string error_at_safepoint(LockDomain& domain) {
  try {
    safepoint(domain);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

LockDomain* interrupted_by_signal = nullptr;

}  // namespace

TEST_CASE("Calls wait for a safepoint and are made once, in the order in which they came", "[lock][law-attention-once]") {
  LockDomain domain;
  const Attach attached(domain);
  std::vector<int> made;
  for (int i = 0; i < 3; ++i) domain.attention.call_soon([&, i] { made.push_back(i); });
  CHECK(domain.attention.waiting() == 3);
  CHECK(made.empty());
  safepoint(domain);
  safepoint(domain);
  CHECK(made == std::vector<int>{0, 1, 2});
  CHECK(domain.attention.waiting() == 0);
}

TEST_CASE("test_pendingcalls_threaded: calls from many threads are all made by the one that holds the lock", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  int made = 0;
  const auto me = std::this_thread::get_id();
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) domain.attention.call_soon([&] { made += std::this_thread::get_id() == me ? 1 : 1000; });
    });
  CHECK(eventually([&] {
    safepoint(domain);
    return made == 400;
  }));
}

TEST_CASE("A call that throws makes the safepoint throw, and the others wait for the next", "[lock][law-attention-once]") {
  LockDomain domain;
  const Attach attached(domain);
  int made = 0;
  domain.attention.call_soon([] { raise(ErrorKind::kValueError, "spam"); });
  domain.attention.call_soon([&] { ++made; });
  CHECK(error_at_safepoint(domain) == "ValueError: spam");
  CHECK(made == 0);
  CHECK(error_at_safepoint(domain).empty());
  CHECK(made == 1);
}

TEST_CASE("A call is not made inside another, and one that asks again has its turn later", "[lock][law-attention-once]") {
  LockDomain domain;
  const Attach attached(domain);
  std::vector<std::string> order;
  domain.attention.call_soon([&] {
    order.emplace_back("first");
    domain.attention.call_soon([&] { order.emplace_back("again"); });
    safepoint(domain);
    order.emplace_back("first ends");
  });
  safepoint(domain);
  CHECK(order == std::vector<std::string>{"first", "first ends"});
  safepoint(domain);
  CHECK(order.back() == "again");
}

TEST_CASE("An interrupt raises KeyboardInterrupt, or calls the handler instead", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  domain.attention.interrupt();
  CHECK(error_at_safepoint(domain) == "KeyboardInterrupt");
  CHECK(error_at_safepoint(domain).empty());
  int handled = 0;
  domain.attention.set_interrupt_handler([&] { ++handled; });
  domain.attention.interrupt();
  CHECK(error_at_safepoint(domain).empty());
  CHECK(handled == 1);
}

TEST_CASE("A signal handler may interrupt", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  interrupted_by_signal = &domain;
  const auto old = std::signal(SIGUSR1, [](int) { interrupted_by_signal->attention.interrupt(); });
  CHECK(std::raise(SIGUSR1) == 0);
  CHECK(error_at_safepoint(domain) == "KeyboardInterrupt");
  std::signal(SIGUSR1, old);
}

TEST_CASE("KeyboardInterrupt and SystemExit are no Exceptions", "[lock]") {
  CHECK_FALSE(Error(ErrorKind::kKeyboardInterrupt, "").is(ErrorKind::kException));
  CHECK_FALSE(Error(ErrorKind::kSystemExit, "").is(ErrorKind::kException));
  CHECK(Error(ErrorKind::kSystemExit, "").is(ErrorKind::kBaseException));
}

TEST_CASE("test_PyThreadState_SetAsyncExc: an error reaches the thread it is for, and no other", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  CHECK_FALSE(domain.attention.raise_in(12345, Error(ErrorKind::kValueError, "nobody")));
  std::string caught;
  Thread worker(domain, [&] {
    try {
      for (;;) safepoint(domain);
    } catch (const Error& error) {
      caught = error.what();
    }
  });
  worker.start();
  while (!worker.ident()) {
    const GilRelease released(domain);
    std::this_thread::yield();
  }
  CHECK(domain.attention.raise_in(*worker.ident(), Error(ErrorKind::kValueError, "for you")));
  CHECK(error_at_safepoint(domain).empty());
  CHECK(worker.join());
  CHECK(caught == "ValueError: for you");
  domain.attention.raise_in(attached.state().id(), Error(ErrorKind::kValueError, "for me"));
  domain.attention.raise_in(attached.state().id(), std::nullopt);
  CHECK(error_at_safepoint(domain).empty());
}

TEST_CASE("An error may be sent to a thread that is just ending, and ends with it", "[lock][law-record-kept]") {
  LockDomain domain;
  const Attach attached(domain);
  for (int round = 0; round < 100; ++round) {
    std::atomic<std::uint64_t> id{0};
    std::jthread other([&] {
      const Attach inside(domain);
      id = inside.state().id();
    });
    while (id == 0) domain.gil.yield();
    while (domain.attention.raise_in(id, Error(ErrorKind::kValueError, "too late")) && round % 2 == 0) {}
    const GilRelease released(domain);
    other.join();
  }
  int looks = 0;
  domain.attention.set_maintenance([&] { ++looks; });
  for (int i = 0; i < 10; ++i) CHECK(error_at_safepoint(domain).empty());
  CHECK(looks <= 3);  // ten, if errors of dead threads were waited for
}
