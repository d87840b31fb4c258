// The synchronisation classes as scripts see them: constructors, reprs, inheritance, and conditions with any lock.
#include <threads/thread_fixture.h>

namespace ouro::test {

namespace {

/// A lock of somebody's own: a Lock in a class made at run time, with acquire and release and nothing else. It counts calls.
struct ForeignLock {
  explicit ForeignLock(ThreadFixture& w) : type(w.rt.new_class("Foreign")) {
    const auto define = [&](std::string_view name, const Ref<Function>& function) {
      set_class_attribute(*type, *intern(w.rt.builtins(), name), function.get());
    };
    const auto forward = [](std::string_view method) {
      return [method](Object& self, Arguments rest) {
        const Ref<> calls = get_attribute(self, *intern(builtins_of(self), "calls"));
        static_cast<List&>(*calls).append(*make_str(builtins_of(self), method));
        const Ref<> inner = get_attribute(self, *intern(builtins_of(self), "inner"));
        return call(*inner.attr(method).get(), rest);
      };
    };
    define("acquire", make_function(w.rt.builtins(), "Foreign.acquire", forward("acquire")));
    define("release", make_function(w.rt.builtins(), "Foreign.release", forward("release")));
    define("_is_owned", make_function(w.rt.builtins(), "Foreign._is_owned", forward("_is_owned")));
    define("_release_save", make_function(w.rt.builtins(), "Foreign._release_save", forward("_release_save")));
    define("_acquire_restore", make_function(w.rt.builtins(), "Foreign._acquire_restore", forward("_acquire_restore")));
  }
  [[nodiscard]] Ref<> make(ThreadFixture& w, const Ref<>& inner) const {
    Ref<> made = Ref<>(type)();
    made.attr("inner") = inner;
    made.attr("calls") = w.rt.list();
    return made;
  }
  void forget(ThreadFixture& w, std::string_view name) const {
    set_class_attribute(*type, *intern(w.rt.builtins(), name), nullptr);
  }
  Ref<Class> type;
};

/// A `_release_save` that notifies first, as another thread might at a safepoint in the middle of the release.
struct NotifyAndRelease {
  Untraced<sync::Condition*> condition;
  Ref<> operator()(Object& self) {
    (*condition)->notify();
    return get_attribute(self, *intern(builtins_of(self), "inner")).attr("_release_save")();
  }
  static constexpr std::tuple edges{};
};

std::string calls_of(const Ref<>& lock) { return std::string(text(*str(*Ref<>(lock.attr("calls"))))); }

}  // namespace

TEST_CASE("test_repr, test_locked_repr: locks, conditions, semaphores, events and barriers show as in CPython",
          "[threads]") {
  ThreadFixture w;
  const auto shown = [](const Ref<>& object) { return text_without_address(object); };
  const Ref<> lock = w.sync.lock();
  CHECK(shown(lock) == "<unlocked _thread.lock object at 0x>");
  do_call(lock, "acquire");
  CHECK(shown(lock) == "<locked _thread.lock object at 0x>");
  const Ref<> rlock = w.sync.rlock();
  CHECK(shown(rlock) == "<unlocked _thread.RLock object owner=0 count=0 at 0x>");
  do_call(rlock, "acquire");
  do_call(rlock, "acquire");
  CHECK(shown(rlock) == "<locked _thread.RLock object owner=1 count=2 at 0x>");
  CHECK(shown(w.sync.condition()) == "<Condition(<unlocked _thread.RLock object owner=0 count=0 at 0x>, 0)>");
  CHECK(shown(w.sync.semaphore(3)) == "<threading.Semaphore at 0x: value=3>");
  const Ref<> bounded = w.sync.bounded_semaphore(3);
  do_call(bounded, "acquire");
  CHECK(shown(bounded) == "<threading.BoundedSemaphore at 0x: value=2/3>");
  const Ref<> event = w.sync.event();
  CHECK(shown(event) == "<threading.Event at 0x: unset>");
  do_call(event, "set");
  CHECK(shown(event) == "<threading.Event at 0x: set>");
  const Ref<> barrier = w.sync.barrier(3);
  CHECK(shown(barrier) == "<threading.Barrier at 0x: waiters=0/3>");
  do_call(barrier, "abort");
  CHECK(shown(barrier) == "<threading.Barrier at 0x: broken>");
}

TEST_CASE("LifoQueue and PriorityQueue are Queues, and a BoundedSemaphore is a Semaphore", "[threads]") {
  ThreadFixture w;
  CHECK(is_instance(*w.sync.queue(0, sync::Order::kLastIn), *w.sync.queue_class.type()));
  CHECK(is_subtype(*w.sync.priority_queue_class.type(), *w.sync.queue_class.type()));
  CHECK(is_instance(*w.sync.bounded_semaphore(), *w.sync.semaphore_class.type()));
  CHECK_FALSE(is_instance(*w.sync.semaphore(), *w.sync.bounded_semaphore_class.type()));
  CHECK_FALSE(is_instance(*w.sync.simple_queue(), *w.sync.queue_class.type()));
  const auto refused = error_of([&] { static_cast<void>(w.rt.new_class("Mine", {w.sync.lock_class.type().get()})); });
  CHECK(refused == "TypeError: type 'lock' is not an acceptable base type");
  const Ref<> mine = w.rt.new_class("Mine", {w.sync.queue_class.type().get()})(2);
  mine.attr("tag") = "it is a queue with attributes";
  mine.attr("put")(1);
  CHECK(mine.attr("qsize")() == 1);
}

TEST_CASE("Every class is made by its name, with CPython's arguments", "[threads]") {
  ThreadFixture w;
  const auto names = w.sync.names();
  CHECK(names->size == 11);
  const auto make_one = [&](std::string_view name, const auto&... arguments) {
    return Ref<>::share(names->find(name))(arguments...);
  };
  for (const char* name : {"Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore"}) {
    const Ref<> made = make_one(name);
    CHECK(ask(made, "__enter__"));
    do_call(made, "__exit__", nullptr, nullptr, nullptr);
  }
  const Ref<> bounded = make_one("BoundedSemaphore", 2);
  CHECK(error_of([&] { do_call(bounded, "release"); }) == "ValueError: Semaphore released too many times");
  CHECK(error_of([&] { static_cast<void>(make_one("Semaphore", -1)); }) ==
        "ValueError: semaphore initial value must be >= 0");
  const Ref<> by_keyword = [&] {
    const Ref<Str> value = w.rt.str("value");
    const Ref<> two = w.rt.from(2);
    Object* const keys[] = {value.get()};
    Object* const values[] = {two.get()};
    return call(*names->find("Semaphore"), Arguments{{}, keys, values});
  }();
  CHECK(in<sync::Semaphore>(by_keyword).value() == 2);
  const Ref<> lifo = make_one("LifoQueue");
  const Ref<> least = make_one("PriorityQueue", 3);
  for (const int item : {2, 3, 1}) {
    do_call(lifo, "put", item);
    do_call(least, "put", item);
  }
  CHECK(from_object<int>(lifo.attr("get")()) == 1);
  CHECK(from_object<int>(least.attr("get")()) == 1);
  CHECK_FALSE(ask(least, "full"));
}

TEST_CASE("test__is_owned, test_recursion_count, test_release_save_unacquired: what a condition asks of an RLock",
          "[threads]") {
  ThreadFixture w;
  const Ref<> lock = w.sync.rlock();
  CHECK_FALSE(ask(lock, "_is_owned"));
  CHECK(error_of([&] { do_call(lock, "_release_save"); }) == "RuntimeError: cannot release un-acquired lock");
  do_call(lock, "acquire");
  do_call(lock, "acquire");
  CHECK(from_object<int>(lock.attr("_recursion_count")()) == 2);
  bool owned_elsewhere = true;
  int depth_elsewhere = -1;
  w.start([&] {
    owned_elsewhere = ask(lock, "_is_owned");
    depth_elsewhere = from_object<int>(lock.attr("_recursion_count")());
  });
  w.join();
  CHECK_FALSE(owned_elsewhere);
  CHECK(depth_elsewhere == 0);
  const Ref<> saved = lock.attr("_release_save")();
  CHECK(text(*str(*saved)) == "(2, 1)");
  CHECK_FALSE(ask(lock, "_is_owned"));
  do_call(lock, "_acquire_restore", saved);
  CHECK(from_object<int>(lock.attr("_recursion_count")()) == 2);
  do_call(lock, "release");
  do_call(lock, "release");
}

TEST_CASE("A condition takes any object that can be acquired and released", "[threads]") {
  ThreadFixture w;
  const ForeignLock foreign(w);
  for (const char* name : {"_is_owned", "_release_save", "_acquire_restore"}) foreign.forget(w, name);
  const Ref<> lock = foreign.make(w, w.sync.lock());
  const Ref<> object = w.sync.condition(lock);
  auto& condition = in<sync::Condition>(object);
  CHECK(error_of([&] { condition.wait(); }) == "RuntimeError: cannot wait on un-acquired lock");
  CHECK(error_of([&] { condition.notify(); }) == "RuntimeError: cannot notify on un-acquired lock");
  bool notified = false;
  w.start([&] {
    condition.acquire();
    notified = condition.wait();
    condition.release();
  });
  w.until([&] { return condition.waiting() == 1; });
  CHECK(condition.acquire(true, 10));
  condition.notify();
  condition.release();
  w.join();
  CHECK(notified);
  CHECK_FALSE(ask(Ref<>(lock.attr("inner")), "locked"));
}

TEST_CASE("A condition uses what its lock has in place of acquire and release around a wait", "[threads]") {
  ThreadFixture w;
  const ForeignLock foreign(w);
  const Ref<> lock = foreign.make(w, w.sync.rlock());
  const Ref<> object = w.sync.condition(lock);
  auto& condition = in<sync::Condition>(object);
  condition.acquire();
  condition.acquire();
  CHECK_FALSE(condition.wait(0.001));
  CHECK(calls_of(lock) == "['acquire', 'acquire', '_is_owned', '_release_save', '_acquire_restore']");
  CHECK(from_object<int>(Ref<>(lock.attr("inner")).attr("_recursion_count")()) == 2);
  condition.release();
  condition.release();
}

TEST_CASE("A notification that comes while a condition's lock is being released is not lost", "[threads][law-woken-once]") {
  ThreadFixture w;
  const ForeignLock foreign(w);
  const Ref<> lock = foreign.make(w, w.sync.rlock());
  const Ref<> object = w.sync.condition(lock);
  auto& condition = in<sync::Condition>(object);
  set_class_attribute(*foreign.type, *intern(w.rt.builtins(), "_release_save"),
                      make_function(w.rt.builtins(), "_release_save", NotifyAndRelease{{&condition}}).get());
  condition.acquire();
  CHECK(condition.wait());  // without end, if the notification were lost
  condition.release();
}

TEST_CASE("A lock whose release fails leaves no waiter behind", "[threads]") {
  ThreadFixture w;
  const ForeignLock foreign(w);
  const Ref<> lock = foreign.make(w, w.sync.rlock());
  const Ref<> object = w.sync.condition(lock);
  auto& condition = in<sync::Condition>(object);
  set_class_attribute(
      *foreign.type, *intern(w.rt.builtins(), "_release_save"),
      make_function(w.rt.builtins(), "_release_save", [](Object&) { raise(ErrorKind::kValueError, "no"); }).get());
  condition.acquire();
  CHECK(error_of([&] { condition.wait(); }) == "ValueError: no");
  CHECK(condition.waiting() == 0);
  condition.notify();
  condition.release();
}

}  // namespace ouro::test
