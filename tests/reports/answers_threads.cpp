// Answers of threads, locks and forks: what CPython says, or the name of the broken law.
#include <ouro/runtime/threads/thread.h>
#include <support/broken_law.h>
#include <support/fixture.h>

#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

#include <lock/threads.h>

namespace ouro::test {

namespace {

constexpr bool kChecked = kChecks >= CheckLevel::kCheap;

/// A thread that is inside a runtime until it is told to go.
class Inside {
 public:
  Inside(Runtime& rt, bool holds_lock)
      : thread_([this, &rt, holds_lock] {
          const Attach attached(rt);
          std::optional<GilRelease> outside;
          if (!holds_lock) outside.emplace(rt);
          inside_ = true;
          inside_.notify_all();
          leave_.wait(false);
        }) {
    inside_.wait(false);
  }
  ~Inside() {
    leave_ = true;
    leave_.notify_all();
    thread_.join();
  }

 private:
  std::atomic<bool> inside_{false};
  std::atomic<bool> leave_{false};
  std::thread thread_;
};

}  // namespace

TEST_CASE("A standard exception is the same error from a thread as from a function", "[threads]") {
  std::vector<std::string> heard;
  Fixture world({.thread_hook = [&](const Error& error, const std::string&) { heard.emplace_back(error.what()); }});
  const auto run = [&](std::function<void()> body) {
    Thread thread(world.rt, std::move(body));
    thread.start();
    thread.join();
  };
  run([] { throw std::runtime_error("foreign"); });
  run([] { throw std::out_of_range("far"); });
  run([] { throw std::invalid_argument("bad"); });
  run([] { throw std::bad_alloc(); });
  CHECK(heard == std::vector<std::string>{"RuntimeError: foreign", "IndexError: far", "ValueError: bad", "MemoryError"});
}

TEST_CASE("A thread that was never inside forks, and the child comes in", "[threads][law-fork-whole][law-main-thread]") {
  Fixture world;
  const GilRelease released(world.rt);
  const Inside other(world.rt, /*holds_lock=*/false);
  std::atomic<int> status{-1};
  std::thread([&] {
    status = status_of_fork([&] {
      const Attach attached(world.rt);
      if (world.rt.threads().attached() != 1) return 2;
      const auto list = world.rt.list(1, 2);
      world.rt.thread_dict()->set("key", *list);
      static_cast<void>(world.rt.gc().collect());
      world.rt.attention().interrupt();  // this thread is the main one now
      try {
        world.rt.safepoint();
      } catch (const Error&) {
        return 0;
      }
      return 1;
    });
  }).join();
  CHECK(status == 0);
}

TEST_CASE("A runtime that another thread was in the middle of is closed in the child, whoever forks",
          "[threads][law-fork-whole]") {
  Fixture world;
  {
    const GilRelease released(world.rt);
    const Inside other(world.rt, /*holds_lock=*/true);
    std::atomic<int> status{-1};
    std::thread([&] { status = status_of_fork([&] { return Attach::try_attach(world.rt) ? 1 : 0; }); }).join();
    CHECK(status == 0);
  }
}

TEST_CASE("A runtime that was forked in the middle of something is not ended in the child", "[threads][law-fork-whole]") {
  auto rt = std::make_unique<Runtime>(test_options());
  {
    const GilRelease released(*rt);
    const Inside other(*rt, /*holds_lock=*/true);
    std::atomic<int> status{-1};
    std::thread([&] {
      status = status_of_fork([&] {
        rt.reset();
        return 0;
      });
    }).join();
    CHECK(status == 0);
  }
}

TEST_CASE("A runtime is ended by its maker, or after its maker's end", "[threads][law-maker-ends]") {
  std::unique_ptr<Runtime> orphan;
  std::thread([&] { orphan = std::make_unique<Runtime>(test_options()); }).join();
  orphan.reset();
  auto rt = std::make_unique<Runtime>(test_options());
  std::string refused;
  {
    const GilRelease released(*rt);
    std::thread([&] {
      const Attach attached(*rt);
      try {
        rt->close();
      } catch (const Error& error) {
        refused = error.what();
      }
    }).join();
  }
  CHECK(refused == "RuntimeError: a runtime is closed by the thread that made it");
  if constexpr (kThreadSanitizer) return;  // it starts no thread after a fork
  const std::string said = broken_law_of([&] { std::thread([&] { rt.reset(); }).join(); });
  CHECK_THAT(said, ContainsSubstring("[maker-ends]: a runtime is destroyed on another thread than its maker's"));
}

TEST_CASE("A closed runtime makes and changes nothing, and says so", "[threads][law-open-runtime]") {
  if (!kChecked) return;
  const auto said_by = [](auto action) {
    return broken_law_of([&] {
      Runtime rt(test_options());
      rt.close();
      action(rt);
    });
  };
  CHECK_THAT(said_by([](Runtime& rt) { static_cast<void>(rt.list(1)); }),
             ContainsSubstring("[open-runtime]: making an object "));
  const std::string said = broken_law_of([] {
    Runtime rt(test_options({.leak_handler = [](const LeakReport&) {}}));
    const auto list = rt.list(1);
    rt.close();
    list->append(*list);
  });
  CHECK_THAT(said, ContainsSubstring("[open-runtime]: list.append "));
  CHECK_THAT(said_by([](Runtime& rt) { rt.safepoint(); }), ContainsSubstring("[open-runtime]: Runtime::safepoint "));
  CHECK_THAT(said_by([](Runtime& rt) { static_cast<void>(rt.thread_dict()); }),
             ContainsSubstring("[open-runtime]: Runtime::thread_dict "));
}

TEST_CASE("A handle that is dropped after close may run a finalizer that makes objects", "[threads][law-open-runtime]") {
  Runtime rt(test_options({.leak_handler = [](const LeakReport&) {}}));
  const Ref<Class> type = rt.new_class("Late");
  int finalized = 0;
  type.attr("__del__") = make_function(rt.builtins(), "Late.__del__(self)", [&](Object&) {
    rt.list(1)->append(*rt.list(2));
    ++finalized;
  });
  Ref<> late = type();
  rt.close();
  late.reset();
  CHECK(finalized == 1);
}

TEST_CASE("A guard that another thread ends is named, also when its own thread has ended",
          "[threads][law-attach-same-thread]") {
  if (!kChecked || kThreadSanitizer) return;  // which starts no thread after a fork
  LockDomain domain;
  CHECK_THAT(broken_law_of([&] {
               std::unique_ptr<Attach> left;
               std::thread([&] { left = std::make_unique<Attach>(domain); }).join();
               left.reset();
             }),
             ContainsSubstring("[attach-same-thread]"));
  CHECK_THAT(broken_law_of([&] {
               const Attach attached(domain);
               auto released = std::make_unique<GilRelease>(domain);
               std::thread([&] { released.reset(); }).join();
             }),
             ContainsSubstring("[attach-same-thread]: GilRelease "));
}

TEST_CASE("The bare lock has no thread dict", "[threads]") {
  Fixture world;
  std::string said;
  {
    const GilRelease released(world.rt);
    std::thread([&] {
      const GilGuard bare(world.rt);
      try {
        static_cast<void>(world.rt.thread_dict());
      } catch (const Error& error) {
        said = error.what();
      }
    }).join();
  }
  CHECK(said == "RuntimeError: the thread is not attached to the runtime");
}

}  // namespace ouro::test
