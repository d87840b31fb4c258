// The end of instances and of runtimes, when what they held begins something new.
#include <ouro/objects/classes/instance.h>
#include <ouro/runtime/threads/global.h>

#include <reports/defined_class.h>

namespace ouro::test {

namespace {

/// Sets an attribute of its owner when it dies.
struct Heir {
  Heir(Runtime& runtime, Ref<> object) : home{&runtime}, owner(std::move(object)) {}
  Heir(const Heir&) = delete;
  Heir& operator=(const Heir&) = delete;
  ~Heir() {
    if (owner) set_attribute(*owner, *(*home)->str("second"), *(*home)->list(2));
  }
  Untraced<Runtime*> home;
  Ref<> owner;
  static constexpr std::tuple edges{&Heir::owner};
};

/// Holds an object by a handle that the collector does not see.
struct Keeper {
  Untraced<Global<>> kept;
  static constexpr std::tuple edges{};
};

}  // namespace

// The slots were emptied one by one, and what was set meanwhile took the place of a value that nobody dropped.
TEST_CASE("an instance that the collector clears loses nothing to what is set meanwhile",
          "[foreign-code][law-held-across]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Defined type(rt, "A");
  const auto heirs = rt.class_<Heir>("Heir");
  Ref<> watched = rt.list(1);
  {
    const Ref<> object = type.make();
    object.attr("first") = heirs.make(rt, object);
    object.attr("second") = watched;
  }
  rt.gc().collect();
  CHECK(watched->refcount == 1);
}

// The cell of a handle that was dropped while the runtime took all counts back was freed, and stood in the list.
TEST_CASE("a global handle that dies with another's object at the end of its runtime is harmless",
          "[foreign-code][law-global-one-count]") {
  std::vector<Global<>> outlive;
  {
    Runtime rt;
    const auto keepers = rt.class_<Keeper>("Keeper");
    for (int i = 0; i < 3; ++i) {
      const Ref<> keeper = keepers.make(Keeper{{Global<>(rt, rt.list(i))}});
      outlive.emplace_back(rt, keeper);
    }
  }
  for (const Global<>& handle : outlive) CHECK(!handle.get());
}

TEST_CASE("a call that asks for itself again does not keep a runtime from closing", "[foreign-code][law-attention-once]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  struct Again {
    Runtime& rt;
    int& calls;
    void operator()() const {
      ++calls;
      rt.attention().call_soon(*this);
    }
  };
  int calls = 0;
  int failures = 0;
  rt.attention().call_soon(Again{rt, calls});
  for (int i = 0; i < 100; ++i)
    rt.attention().call_soon([&failures] {
      ++failures;
      raise(ErrorKind::kValueError, "no");
    });
  rt.close();
  CHECK(failures == 100);  // each was made all the same
  CHECK(calls > 0);
  CHECK(rt.attention().waiting() == 0);
}

TEST_CASE("a value of a thread's dict that comes again does not keep a runtime from closing",
          "[foreign-code][law-made-once]") {
  LeakReport leaks;
  Options options;
  options.leak_handler = [](const LeakReport&) {};
  Runtime rt(std::move(options));
  {
    Defined type(rt, "Phoenix");
    Class* const made = type.type().get();
    type("__del__", [&rt, made](Object&) { rt.thread_dict()->set("value", *make_instance(*made)); });
    rt.thread_dict()->set("value", *type.make());
  }
  leaks = rt.close();
  CHECK(!leaks.empty());  // and it is told
}

}  // namespace ouro::test
