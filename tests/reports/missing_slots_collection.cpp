// Calls that teardown and the collector make themselves: looked up and guarded like all others.
#include <support/fixture.h>

namespace ouro::test {

namespace {

/// How an object dies: by its count or by a collection.
Ref<> make_target(const Ref<Class>& type, bool cyclic) {
  Ref<> target = type();
  if (cyclic) target.attr("me") = target;
  return target;
}

struct Link {
  Untraced<Ref<>> next;
  static constexpr std::tuple<> edges{};
};

}  // namespace

TEST_CASE("a weak callback that is not callable is reported with CPython's words, and all goes on",
          "[missing_slots][law-call-guarded]") {
  for (const bool cyclic : {false, true}) {
    std::vector<std::string> contexts;
    Options options;
    options.unraisable = [&](const Error& error, std::string_view, const Object& context) {
      contexts.push_back(std::string(context.type->name) + ": " + error.what());
    };
    Fixture fixture(std::move(options));
    Runtime& rt = fixture.rt;
    const Ref<Class> type = rt.new_class("A");
    Ref<> target = make_target(type, cyclic);
    int calls = 0;
    const Ref<Function> good = make_function(rt.builtins(), "cb", [&calls](Object&) { ++calls; });
    const Ref<WeakRef> first = make_weakref(*target, good.get());
    const Ref<WeakRef> second = make_weakref(*target, rt.from(5).get());
    target.reset();
    rt.gc().collect();
    CHECK(first->target == nullptr);
    CHECK(second->target == nullptr);
    CHECK(calls == 1);
    CHECK(contexts == std::vector<std::string>{"int: TypeError: 'int' object is not callable"});
  }
}

TEST_CASE("a weak callback whose class has lost __call__ is reported", "[missing_slots]") {
  for (const bool cyclic : {false, true}) {
    Fixture fixture;
    Runtime& rt = fixture.rt;
    const auto type = rt.new_class("C");
    type.attr("__call__") = make_function(rt.builtins(), "__call__", [](Object&, Object&) {});
    Ref<> target = make_target(rt.new_class("A"), cyclic);
    const Ref<WeakRef> watch = make_weakref(*target, type().get());
    type.attr("__call__").erase();
    target.reset();
    rt.gc().collect();
    CHECK(fixture.unraisable == std::vector<std::string>{"weak reference callback: TypeError: 'C' object is not callable"});
  }
}

TEST_CASE("a callback that makes and drops a watched object ends with RecursionError", "[missing_slots][law-call-guarded]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  const Ref<Class> type = rt.new_class("A");
  const Ref<List> watches = rt.list();
  int calls = 0;
  Ref<Function> callback;
  callback = make_function(rt.builtins(), "cb", [&](Object&) {
    if (++calls == 40'000) return;
    const Ref<> next = type();
    watches->append(*make_weakref(*next, callback.get()));
  });
  {
    const Ref<> first = type();
    watches->append(*make_weakref(*first, callback.get()));
  }
  CHECK(calls < 40'000);
  REQUIRE(fixture.unraisable.size() == 1);
  CHECK_THAT(fixture.unraisable[0], ContainsSubstring("RecursionError: maximum recursion depth exceeded"));
}

TEST_CASE("a finalizer that makes and drops another of its kind ends with RecursionError", "[missing_slots]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  const auto type = rt.new_class("A");
  int calls = 0;
  type.attr("__del__") = make_function(rt.builtins(), "__del__", [&](Object&) {
    if (++calls < 40'000) static_cast<void>(type());
  });
  static_cast<void>(type());
  CHECK(calls < 40'000);
  REQUIRE(fixture.unraisable.size() == 1);
  CHECK_THAT(fixture.unraisable[0], ContainsSubstring("RecursionError"));
}

TEST_CASE("a finalizer that waited is not called when its class has lost it", "[missing_slots]") {
  Options options;
  options.deferred_finalizers = true;
  Fixture fixture(std::move(options));
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  int calls = 0;
  type.attr("__del__") = make_function(rt.builtins(), "__del__", [&](Object&) { ++calls; });
  static_cast<void>(make_target(type, true));
  rt.gc().collect();
  CHECK(rt.collector().deferred() == 1);
  type.attr("__del__").erase();
  CHECK(rt.gc().run_deferred_finalizers() == 1);
  CHECK(calls == 0);
}

TEST_CASE("hooks may replace themselves while they are called", "[missing_slots]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::string seen;
  const std::string long_text(100, 'x');  // the hooks own memory
  rt.collector().set_observer([&, long_text](const gc::CollectionReport&) {
    rt.collector().set_observer({});
    seen += "observer " + long_text.substr(0, 1);
  });
  rt.gc().set_debug(gc::kDebugStats);
  rt.collector().set_debug_output([&, long_text](std::string_view) {
    rt.collector().set_debug_output([](std::string_view) {});
    seen += "output " + long_text.substr(0, 1) + " ";
  });
  rt.gc().collect();
  CHECK(seen == "output x observer x");
  rt.gc().set_debug(0);
  rt.heap().set_unraisable([&, long_text](const Error&, std::string_view, const Object&) {
    rt.heap().set_unraisable([](const Error&, std::string_view, const Object&) {});
    seen = "unraisable " + long_text.substr(0, 1);
  });
  Ref<> target = rt.new_class("A")();
  const Ref<WeakRef> watch = make_weakref(*target, rt.from(5).get());
  target.reset();
  CHECK(seen == "unraisable x");
}

TEST_CASE("what a collection's observer throws goes to the unraisable hook", "[missing_slots]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_observer([](const gc::CollectionReport&) { raise(ErrorKind::kValueError, "observed"); });
  rt.gc().collect();
  rt.collector().set_observer({});
  REQUIRE_FALSE(fixture.unraisable.empty());
  CHECK(fixture.unraisable[0] == "collection observer: ValueError: observed");
}

TEST_CASE("atoms that own each other without the collector's knowledge are dropped in constant stack", "[missing_slots]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  const auto type = rt.class_<Link>("Link");
  Ref<> chain = rt.none();
  for (int i = 0; i < 300'000; ++i) chain = type.make(Untraced<Ref<>>{chain});
  chain.reset();
  CHECK(type.type()->made == type.type()->freed);
}

}  // namespace ouro::test
