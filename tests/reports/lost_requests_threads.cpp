// What somebody asked of a thread is not lost, whatever the thread is in the middle of.
#include <ouro/runtime/sync/classes.h>
#include <ouro/runtime/threads/thread.h>
#include <support/fixture.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include <unistd.h>

namespace ouro::test {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// A class whose `__del__` is `finalizer`.
template <class F>
Ref<Class> class_with_del(Runtime& rt, F finalizer) {
  Ref<Class> type = rt.new_class("Mortal");
  type.attr("__del__") = make_function(rt.builtins(), "Mortal.__del__(self)", finalizer);
  return type;
}

/// The `what()` of the error that a safepoint throws, or "".
std::string error_at_safepoint(Runtime& rt) {
  try {
    rt.safepoint();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

void wait_for(Runtime& rt, const std::atomic<bool>& flag) {
  const GilRelease released(rt);
  flag.wait(false);
}

}  // namespace

TEST_CASE("An interrupt that a finalizer reaches is thrown again outside of it", "[threads][law-request-kept]") {
  Fixture world;
  int whole = 0;
  const Ref<Class> type = class_with_del(world.rt, [&](Object&) {
    world.rt.safepoint();
    ++whole;
  });
  world.rt.attention().interrupt();
  type().reset();
  CHECK(whole == 0);
  CHECK(world.unraisable.empty());  // it is not over yet
  CHECK(error_at_safepoint(world.rt) == "KeyboardInterrupt");
  CHECK(error_at_safepoint(world.rt).empty());
}

TEST_CASE("An error for a thread that a weak callback reaches is thrown again outside of it",
          "[threads][law-request-kept]") {
  Fixture world;
  const Ref<> callback = make_function(world.rt.builtins(), "callback(reference)", [&](Object&) { world.rt.safepoint(); });
  Ref<> target = world.rt.new_class("Target")();
  const auto watch = make_weakref(*target, callback.get());
  world.rt.attention().raise_in(world.rt.threads().current()->id(), Error(ErrorKind::kValueError, "for you"));
  target.reset();
  CHECK(world.unraisable.empty());
  CHECK(error_at_safepoint(world.rt) == "ValueError: for you");
}

TEST_CASE("What an interrupt's handler throws inside a finalizer is thrown again outside of it",
          "[threads][law-request-kept]") {
  Fixture world;
  const Ref<Class> type = class_with_del(world.rt, [&](Object&) { world.rt.safepoint(); });
  int handled = 0;
  world.rt.attention().set_interrupt_handler([&] {
    ++handled;
    raise(ErrorKind::kRuntimeError, "stop");
  });
  world.rt.attention().interrupt();
  type().reset();
  CHECK(error_at_safepoint(world.rt) == "RuntimeError: stop");
  CHECK(handled == 1);
}

TEST_CASE("An error of the finalizer's own is reported as ever", "[threads][law-request-kept]") {
  Fixture world;
  const Ref<Class> type = class_with_del(world.rt, [](Object&) { raise(ErrorKind::kKeyboardInterrupt, ""); });
  type().reset();
  CHECK(world.unraisable.size() == 1);
  CHECK(error_at_safepoint(world.rt).empty());
}

TEST_CASE("An interrupt goes to the main thread, whoever holds the lock", "[threads][law-main-thread]") {
  Fixture world;
  std::atomic<bool> looked{false};
  std::string other_got = "nothing";
  Thread other(world.rt, [&] {
    world.rt.attention().interrupt();
    other_got.clear();
    for (int i = 0; i < 100; ++i) other_got += error_at_safepoint(world.rt);
    looked = true;
    looked.notify_all();
  });
  other.start();
  wait_for(world.rt, looked);
  other.join();
  CHECK(other_got.empty());
  CHECK(error_at_safepoint(world.rt) == "KeyboardInterrupt");
}

TEST_CASE("A request for a thread that waits costs those nothing who run", "[threads][law-main-thread]") {
  Fixture world;
  std::atomic<bool> done{false};
  int looks = 0;  // what counts them stays when the thread is gone
  Thread other(world.rt, [&] {
    world.rt.attention().interrupt();
    world.rt.safepoint();
    CHECK_FALSE(world.rt.gil().drop_requested());
    world.rt.attention().set_maintenance([&] { ++looks; });
    for (int i = 0; i < 100; ++i) world.rt.safepoint();
    CHECK(looks == 0);
    done = true;
    done.notify_all();
  });
  other.start();
  wait_for(world.rt, done);
  other.join();
  CHECK(error_at_safepoint(world.rt) == "KeyboardInterrupt");
}

TEST_CASE("A daemon leaves, though its finalizers and handlers reach the safepoints first", "[threads][law-request-kept]") {
  for (int round = 0; round < 5; ++round) {
    Fixture world;
    Runtime& rt = world.rt;
    std::atomic<bool> runs{false};
    {
      const Ref<Class> type = class_with_del(rt, [&](Object&) { rt.safepoint(); });
      Thread daemon(rt,
                    [&rt, &runs, held = Global<Class>(rt, type)] {
                      const Ref<Class> mine = held.get();
                      runs = true;
                      runs.notify_all();
                      for (int swallowed = 0;;) {
                        mine().reset();
                        try {
                          rt.safepoint();
                        } catch (const Error&) {
                          if (++swallowed == 3) throw;
                        }
                      }
                    },
                    {.daemon = true});
      daemon.start();
    }
    wait_for(rt, runs);
    CHECK_NOTHROW(rt.close());
    CHECK(world.unraisable.empty());
  }
}

TEST_CASE("A runtime ends at once, though a daemon is blocked outside", "[threads]") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  std::atomic<bool> blocked{false};
  std::atomic<bool> came_back{false};
  const Clock::time_point begin = Clock::now();
  {
    Runtime rt(test_options());
    Thread daemon(rt,
                  [&rt, &blocked, &came_back, in = ends[0]] {
                    {
                      const GilRelease released(rt);
                      blocked = true;
                      blocked.notify_all();
                      char byte;
                      static_cast<void>(read(in, &byte, 1));
                    }
                    came_back = true;
                  },
                  {.daemon = true});
    daemon.start();
    wait_for(rt, blocked);
  }
  CHECK(Clock::now() - begin < 5s);
  CHECK(write(ends[1], "!", 1) == 1);
  std::this_thread::sleep_for(20ms);
  CHECK_FALSE(came_back);  // it waits for ever, as in CPython
}

TEST_CASE("A daemon that does not leave keeps close waiting, and not the end", "[threads]") {
  std::atomic<bool> runs{false};
  std::atomic<bool> stop{false};
  Runtime rt(test_options());
  Thread stubborn(rt,
                  [&] {
                    runs = true;
                    runs.notify_all();
                    while (!stop) {
                      try {
                        rt.safepoint();
                      } catch (const Error&) {}
                    }
                  },
                  {.daemon = true});
  stubborn.start();
  wait_for(rt, runs);
  CHECK_THROWS_WITH(rt.close(20ms), "RuntimeError: a thread is still attached to the runtime");
  stop = true;
  CHECK_NOTHROW(rt.close());
}

TEST_CASE("What waits when a runtime closes is called or reported, whatever it throws", "[threads]") {
  Fixture world;
  int made = 0;
  world.rt.attention().call_soon([] { throw 42; });
  world.rt.attention().call_soon([] { raise(ErrorKind::kValueError, "late"); });
  world.rt.attention().call_soon([&] { ++made; });
  world.rt.attention().raise_in(world.rt.threads().current()->id(), Error(ErrorKind::kTypeError, "too late"));
  CHECK(world.rt.close().empty());
  CHECK(made == 1);
  CHECK(world.unraisable.size() == 3);
}

TEST_CASE("A leak handler that throws is reported, and the runtime closes", "[threads]") {
  std::vector<std::string> heard;
  Ref<> kept;
  {
    Options options = test_options();
    options.unraisable = [&](const Error& error, std::string_view where, const Object&) {
      heard.push_back(std::string(where) + ": " + error.what());
    };
    options.leak_handler = [](const LeakReport&) { throw std::runtime_error("full"); };
    Runtime rt(std::move(options));
    kept = rt.list(1);
    CHECK_FALSE(rt.close().empty());
  }
  CHECK(heard == std::vector<std::string>{"leak handler: RuntimeError: full"});
}

TEST_CASE("An error for a thread that ends before its next safepoint goes to the thread hook", "[threads]") {
  std::vector<std::string> heard;
  Fixture world(
      {.thread_hook = [&](const Error& error, const std::string& name) { heard.push_back(name + ": " + error.what()); }});
  std::atomic<bool> inside{false};
  Thread thread(world.rt,
                [&] {
                  const GilRelease released(world.rt);
                  inside = true;
                  inside.notify_all();
                  inside.wait(true);
                },
                {.name = "short"});
  thread.start();
  wait_for(world.rt, inside);
  CHECK(world.rt.attention().raise_in(*thread.ident(), Error(ErrorKind::kValueError, "a moment too late")));
  inside = false;
  inside.notify_all();
  thread.join();
  CHECK(heard == std::vector<std::string>{"short: ValueError: a moment too late"});
}

TEST_CASE("A thread hook that throws anything, or replaces itself, ends no process", "[threads]") {
  Fixture world({.thread_hook = [](const Error&, const std::string&) { throw 42; }});
  Thread one(world.rt, [] { raise(ErrorKind::kValueError, "one"); });
  one.start();
  CHECK(one.join());
}

}  // namespace ouro::test
