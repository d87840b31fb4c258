// Threads as scripts see them: CPython's threading.Thread, by the names of Lib/test/test_threading.py.
#include <ouro/runtime/sync/thread_class.h>

#include <cstdlib>
#include <thread>

#include <sys/wait.h>
#include <threads/thread_fixture.h>
#include <unistd.h>

namespace ouro::test {

namespace {

/// Threads, and functions for them to run.
struct Scripts : ThreadFixture {
  explicit Scripts(Options options = {}) : ThreadFixture(std::move(options)) {}

  sync::ThreadClass thread_class{rt};
  Ref<> type = thread_class.type();

  /// The function of that name among the companions of Thread, called.
  [[nodiscard]] Ref<> now(std::string_view name) const { return Ref<>::share(thread_class.names()->find(name))(); }
  template <class F>
  [[nodiscard]] Ref<> function(std::string_view name, F work) {
    return make_function(rt.builtins(), name, work);
  }
  /// Thread(target=function, name=name, args=args)
  [[nodiscard]] Ref<> make_thread(const Ref<>& target, const Ref<>& name = {}, const Ref<>& args = {}) const {
    return type(nullptr, target, name, args ? args : Ref<>(rt.tuple()));
  }
};

std::string name_of(const Ref<>& thread) { return from_object<std::string>(Ref<>(thread.attr("name"))); }

}  // namespace

TEST_CASE("test_various_ops: a thread is initial, started and stopped, and runs its target with arguments", "[threads]") {
  Scripts s;
  const Ref<> results = s.rt.list();
  const Ref<> target =
      make_function(s.rt.builtins(), "target(results, a, b)", [](List& list, Ref<> a, Ref<> b) { list.append(*(a + b)); });
  const Ref<> thread = s.make_thread(target, {}, s.rt.tuple(results, 1, 2));
  CHECK(shown(thread) == "<Thread(Thread-1 (target), initial)>");
  CHECK_FALSE(ask(thread, "is_alive"));
  CHECK(is_none(*Ref<>(thread.attr("ident"))));
  do_call(thread, "start");
  const auto ident = from_object<int>(Ref<>(thread.attr("ident")));
  CHECK(ident > 1);
  do_call(thread, "join");
  CHECK(shown(results) == "[3]");
  CHECK_FALSE(ask(thread, "is_alive"));
  CHECK(shown(thread) == "<Thread(Thread-1 (target), stopped " + std::to_string(ident) + ")>");
  CHECK(error_of([&] { do_call(thread, "start"); }) == "RuntimeError: threads can only be started once");
}

TEST_CASE("test_args_argument: positional and keyword arguments reach the target", "[threads]") {
  Scripts s;
  const Ref<> results = s.rt.list();
  const Ref<> target = make_function(
      s.rt.builtins(), "target(a, b, c)",
      [](List& list, Ref<> a, Ref<> b, std::optional<Ref<>> c) {
        list.append(*make_tuple(builtins_of(list), a, b, c.value_or(a)));
      },
      static_ref_cast<List>(Ref<>(results)));
  const Ref<> positional = s.type(nullptr, target, nullptr, s.rt.list(1, 2));
  const Ref<> mixed = s.type(nullptr, target, nullptr, s.rt.tuple(3), s.rt.dict({{"c", 5}, {"b", 4}}));
  for (const Ref<>& thread : {positional, mixed}) {
    do_call(thread, "start");
    do_call(thread, "join");
  }
  CHECK(shown(results) == "[(1, 2, 1), (3, 4, 5)]");
}

TEST_CASE("test_name, test_boolean_target: what threads are called", "[threads]") {
  Scripts s;
  const Ref<> target = s.function("work", [] {});
  CHECK(name_of(s.make_thread(target, s.rt.from(123))) == "123");
  CHECK(name_of(s.make_thread(target)) == "Thread-1 (work)");
  CHECK(name_of(s.make_thread({})) == "Thread-2");
  CHECK(name_of(s.make_thread({}, s.rt.str(""))) == "Thread-3");
  const Ref<> named = s.make_thread(target, s.rt.str("first"));
  named.attr("name") = "second";
  CHECK(shown(named) == "<Thread(second, initial)>");
  CHECK(error_of([&] { static_cast<void>(s.type(1)); }) == "ValueError: group argument must be None for now");
}

TEST_CASE("test_daemon_param, test_repr_daemon, test_daemonize_active_thread: daemons", "[threads]") {
  Scripts s;
  const auto make_one = [&](const auto& daemon) {
    return s.type(nullptr, nullptr, s.rt.str("t"), s.rt.tuple(), s.rt.dict(), daemon);
  };
  CHECK_FALSE(truth(*Ref<>(make_one(nullptr).attr("daemon"))));
  CHECK(shown(make_one(true)) == "<Thread(t, initial daemon)>");
  const Ref<> thread = make_one(false);
  thread.attr("daemon") = true;
  CHECK(truth(*Ref<>(thread.attr("daemon"))));
  do_call(thread, "start");
  CHECK(error_of([&] { thread.attr("daemon") = false; }) == "RuntimeError: cannot set daemon status of active thread");
  do_call(thread, "join");
  const Ref<> inherits = s.rt.list();
  const Ref<> target = make_function(
      s.rt.builtins(), "target", [](List& list, Object& type) { list.append(*share(type)().attr("daemon").get()); },
      static_ref_cast<List>(Ref<>(inherits)), s.type);
  const Ref<> parent = s.type(nullptr, target, nullptr, s.rt.tuple(), s.rt.dict(), true);
  do_call(parent, "start");
  do_call(parent, "join");
  CHECK(shown(inherits) == "[True]");
}

TEST_CASE("test_joining_current_thread, test_joining_inactive_thread, test_start_thread_again: what threads refuse",
          "[threads]") {
  Scripts s;
  const Ref<> thread = s.make_thread(s.function("work", [] {}));
  CHECK(error_of([&] { do_call(thread, "join"); }) == "RuntimeError: cannot join thread before it is started");
  CHECK(error_of([&] { do_call(s.thread_class.current(), "join"); }) ==
        "RuntimeError: cannot join a thread that was not started here");
  std::string refused;
  const Ref<> self_joining = s.make_thread(s.function("work", [&refused = refused, &scripts = s] {
    refused = error_of([&] { do_call(scripts.thread_class.current(), "join"); });
  }));
  do_call(self_joining, "start");
  do_call(self_joining, "join", 60);
  CHECK(refused == "RuntimeError: cannot join current thread");
  CHECK(error_of([&] { do_call(self_joining, "join", 1e300); }) ==
        "OverflowError: timestamp too large to convert to C _PyTime_t");
  CHECK(error_of([&] { do_call(self_joining, "start"); }) == "RuntimeError: threads can only be started once");
}

TEST_CASE("A class that derives from Thread replaces run, and must call its constructor", "[threads]") {
  Scripts s;
  const auto derived = s.rt.new_class("Mine", {s.thread_class.type().get()});
  int runs = 0;
  set_class_attribute(*derived, *intern(s.rt.builtins(), "run"),
                      make_function(s.rt.builtins(), "Mine.run", [&runs = runs](Object&) { ++runs; }).get());
  const Ref<> thread = Ref<>(derived)();
  CHECK(shown(thread) == "<Mine(Thread-1, initial)>");
  do_call(thread, "start");
  do_call(thread, "join");
  CHECK(runs == 1);
  const auto careless = s.rt.new_class("Careless", {derived.get()});
  set_class_attribute(*careless, *intern(s.rt.builtins(), "__init__"),
                      make_function(s.rt.builtins(), "Careless.__init__", [](Object&) {}).get());
  const Ref<> bad = Ref<>(careless)();
  CHECK(error_of([&] { do_call(bad, "start"); }) == "RuntimeError: thread.__init__() not called");
  CHECK(error_of([&] { do_call(bad, "join"); }) == "RuntimeError: Thread.__init__() not called");
}

TEST_CASE("test_main_thread, test_enumerate_after_join, test_foreign_thread: who is there", "[threads]") {
  Scripts s;
  const Ref<> main = s.now("main_thread");
  CHECK(shown(main) == "<_MainThread(MainThread, started 1)>");
  CHECK(main.is(s.now("current_thread")));
  CHECK(from_object<int>(s.now("get_ident")) == 1);
  CHECK(from_object<int>(s.now("active_count")) == 1);
  const Ref<> gate = s.sync.event();
  const Ref<> thread = s.make_thread(gate.attr("wait"), s.rt.str("waits"));
  do_call(thread, "start");
  CHECK(from_object<int>(s.now("active_count")) == 2);
  CHECK(contains(*s.now("enumerate"), *thread));
  do_call(gate, "set");
  do_call(thread, "join");
  CHECK_FALSE(contains(*s.now("enumerate"), *thread));
  std::string foreign;
  {
    const GilRelease released(s.rt);
    std::thread([&] {
      const Attach attached(s.rt);
      foreign = shown(s.thread_class.current());
      if (from_object<int>(s.now("active_count")) != 2) foreign = "not counted";
    }).join();
  }
  CHECK(foreign.starts_with("<_DummyThread(Thread-"));
  CHECK(foreign.find(", started daemon ") != std::string::npos);
  CHECK(from_object<int>(s.now("active_count")) == 1);
}

TEST_CASE("test_no_refcycle_through_target: a finished thread holds neither target nor arguments", "[threads]") {
  Scripts s;
  const Ref<> box = s.rt.list();
  const Ref<> thread = s.make_thread(s.function("work", [](Object&) {}), {}, s.rt.tuple(box));
  CHECK(box->refcount == 2);
  do_call(thread, "start");
  do_call(thread, "join");
  CHECK(box->refcount == 1);
  const Ref<> failing =
      s.make_thread(s.function("work", [](Object&) { raise(ErrorKind::kSystemExit, ""); }), {}, s.rt.tuple(box));
  do_call(failing, "start");
  do_call(failing, "join");
  CHECK(box->refcount == 1);
}

TEST_CASE("test_leak_without_join: threads that are dropped before, while and after they run end whole", "[threads]") {
  Scripts s;
  {
    const Ref<> cycle = s.rt.list();
    const Ref<> never_started = s.make_thread(s.function("work", [](Object&) {}), {}, s.rt.tuple(cycle));
    static_cast<List&>(*cycle).append(*never_started);
  }
  CHECK(s.rt.gc().collect() >= 2);
  int ran = 0;
  for (int i = 0; i < 3; ++i) do_call(s.make_thread(s.function("work", [&ran = ran] { ++ran; })), "start");
  s.until([&] { return ran == 3; });
}

TEST_CASE("test_excepthook, test_system_exit: what a thread throws goes to the hook, with its name", "[threads]") {
  std::vector<std::string> heard;
  Scripts s(
      {.thread_hook = [&](const Error& error, const std::string& name) { heard.push_back(name + ": " + error.what()); }});
  for (const ErrorKind kind : {ErrorKind::kValueError, ErrorKind::kSystemExit}) {
    const Ref<> thread = s.make_thread(s.function("work", [kind] { raise(kind, "no"); }), s.rt.str("bad"));
    do_call(thread, "start");
    do_call(thread, "join");
  }
  CHECK(heard == std::vector<std::string>{"bad: ValueError: no"});
}

TEST_CASE("test_dummy_thread_after_fork, test_is_alive_after_fork: in the child of a fork the others are not alive",
          "[threads]") {
  Scripts s;
  const Ref<> gate = s.sync.event();
  const Ref<> other = s.make_thread(gate.attr("wait"));
  do_call(other, "start");
  const Ref<> current = s.thread_class.current();
  const pid_t child = fork();
  if (child == 0) {
    alarm(60);
    const bool right = !ask(other, "is_alive") && ask(current, "is_alive") && current.is(s.thread_class.current()) &&
                       current.is(s.now("main_thread")) && from_object<int>(s.now("active_count")) == 1;
    std::_Exit(right ? 0 : 1);
  }
  int status = 0;
  {
    const GilRelease released(s.rt);
    waitpid(child, &status, 0);
  }
  CHECK(status == 0);
  CHECK(ask(other, "is_alive"));
  do_call(gate, "set");
  do_call(other, "join");
}

TEST_CASE("A runtime that closes sends daemons away that scripts started", "[threads]") {
  auto rt = std::make_unique<Runtime>(test_options());
  {
    const sync::Classes sync(*rt);
    const sync::ThreadClass threads(*rt);
    const Ref<> gate = sync.event();
    const Ref<> thread = Ref<>(threads.type())(nullptr, gate.attr("wait"), nullptr, rt->tuple(), rt->dict(), true);
    do_call(thread, "start");
    const Ref<> late = Ref<>(threads.type())(nullptr, gate.attr("wait"));
    static_cast<void>(late);
  }
  CHECK(rt->close().empty());
}

}  // namespace ouro::test
