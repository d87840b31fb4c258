// Weak references (rules 87, 89 to 93, 105 as far as counting goes, 106 and 110).
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("a weak reference gives its target until that dies, then None", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<> a = rt.new_class("M")();
  const Ref<WeakRef> weak = make_weakref(*a);
  CHECK(weak().is(a));
  CHECK(a->refcount == 1);
  CHECK_THAT(shown(*weak), StartsWith("<weakref at 0x") && ContainsSubstring("; to 'M' at 0x"));
  a.reset();
  CHECK(weak().is(rt.none()));
  CHECK_THAT(shown(*weak), EndsWith("; dead>"));
}

TEST_CASE("a weak reference shows the name of a target that has one", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("M");
  const auto f = make_function(rt.builtins(), "f", [] {});
  CHECK_THAT(shown(*make_weakref(*type)), ContainsSubstring("; to 'type' at 0x") && EndsWith(" (M)>"));
  CHECK_THAT(shown(*make_weakref(*f)), ContainsSubstring("; to 'function' at 0x") && EndsWith(" (f)>"));
}

TEST_CASE("types without weak references say so", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(error_of([&] { return make_weakref(*rt.from(5)); }) == "TypeError: cannot create weak reference to 'int' object");
  CHECK(error_of([&] { return make_weakref(*rt.list()); }) == "TypeError: cannot create weak reference to 'list' object");
  CHECK(error_of([&] { return make_weakref(*rt.dict()); }) == "TypeError: cannot create weak reference to 'dict' object");
  CHECK(error_of([&] { return make_weakref(*rt.tuple(1)); }) == "TypeError: cannot create weak reference to 'tuple' object");
  CHECK(error_of([&] { return make_weakref(*rt.str("a longer text")); }) ==
        "TypeError: cannot create weak reference to 'str' object");
}

TEST_CASE("the C++ handle works on any object that can die", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<List> list = rt.list(1);
  Ref<Str> str = rt.str("a longer text");
  Weak<List> watch_list{list};
  Weak<> watch_str{str};
  Weak<> nothing;
  CHECK(nothing.expired());
  CHECK_FALSE(nothing.lock());
  CHECK(watch_list.lock().is(list));
  Weak<List> copy = watch_list;
  list.reset();
  str.reset();
  CHECK(watch_list.expired());
  CHECK(copy.expired());
  CHECK(watch_str.expired());
  CHECK_FALSE(copy.lock());
  CHECK(error_of([&] { return Weak<>(rt.none()); }) == "TypeError: cannot create weak reference to 'NoneType' object");
}

TEST_CASE("a lock keeps the object alive", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<List> list = rt.list();
  Weak<List> watch{list};
  Ref<List> locked = watch.lock();
  list.reset();
  CHECK_FALSE(watch.expired());
  locked.reset();
  CHECK(watch.expired());
}

TEST_CASE("all weak references are dead before the first callback, and callbacks go newest first",
          "[weakref][law-weak-first]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<> a = rt.new_class("M")();
  const Ref<WeakRef> silent = make_weakref(*a);
  std::string order;
  std::vector<Ref<WeakRef>> all;
  for (int i = 1; i <= 3; ++i) {
    const auto callback = make_function(rt.builtins(), "callback(reference)", [&order, &all, i](WeakRef& reference) {
      order += std::to_string(i);
      CHECK(reference.callback == nullptr);
      for (const Ref<WeakRef>& other : all) CHECK(other->target == nullptr);
    });
    all.push_back(make_weakref(*a, callback.get()));
  }
  CHECK(all[0].attr("__callback__").get());
  a.reset();
  CHECK(order == "321");
  CHECK(silent->target == nullptr);
  CHECK(all[0].attr("__callback__").get().is(rt.none()));
}

TEST_CASE("a callback that fails is unraisable and the others still run", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<> a = rt.new_class("M")();
  int calls = 0;
  const auto good = make_function(rt.builtins(), "good", [&calls](Object&) { ++calls; });
  const auto bad = make_function(rt.builtins(), "bad", [](Object&) { raise(ErrorKind::kRuntimeError, "in the callback"); });
  const Ref<WeakRef> first = make_weakref(*a, good.get());
  const Ref<WeakRef> second = make_weakref(*a, bad.get());
  const Ref<WeakRef> third = make_weakref(*a, good.get());
  a.reset();
  CHECK(calls == 2);
  REQUIRE(fixture.unraisable.size() == 1);
  CHECK(fixture.unraisable[0] == "weak reference callback: RuntimeError: in the callback");
}

TEST_CASE("references without a callback are shared, those with one are not", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> a = rt.new_class("M")();
  const auto callback = make_function(rt.builtins(), "callback", [](Object&) {});
  const Ref<WeakRef> first = make_weakref(*a);
  CHECK(make_weakref(*a).is(first));
  CHECK(make_weakref(*a, &rt.builtins().none()).is(first));
  const Ref<WeakRef> own = make_weakref(*a, callback.get());
  CHECK_FALSE(own.is(first));
  CHECK_FALSE(make_weakref(*a, callback.get()).is(own));
  CHECK(Weak<>(a).lock().is(a));
  CHECK(make_weakref(*a).is(first));
}

TEST_CASE("a dead weak reference's callback is not called", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<> a = rt.new_class("M")();
  int calls = 0;
  const auto callback = make_function(rt.builtins(), "callback", [&calls](Object&) { ++calls; });
  Ref<WeakRef> weak = make_weakref(*a, callback.get());
  weak.reset();
  a.reset();
  CHECK(calls == 0);
}

TEST_CASE("by the count, the finalizer runs before the callback and still sees the weak reference alive",
          "[weakref][finalizer]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::string order;
  Ref<WeakRef> weak;
  const auto type = rt.new_class("M");
  type.attr("__del__") = make_function(rt.builtins(), "__del__", [&](Object&) {
    order += weak->target != nullptr ? "finalizer(alive) " : "finalizer(dead) ";
  });
  Ref<> a = type();
  weak = make_weakref(*a, make_function(rt.builtins(), "callback", [&](Object&) { order += "callback"; }).get());
  a.reset();
  CHECK(order == "finalizer(alive) callback");
  weak.reset();
}

TEST_CASE("live references compare by their targets, dead ones by identity", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("M");
  type.attr("__eq__") = make_function(rt.builtins(), "__eq__", [](Object&, Object&) { return true; });
  Ref<> a = type();
  Ref<> b = type();
  const Ref<WeakRef> to_a = make_weakref(*a);
  const Ref<WeakRef> to_b = make_weakref(*b);
  CHECK(to_a == to_b);
  CHECK_FALSE(to_a != to_b);
  CHECK(error_of([&] { return to_a < to_b; }) ==
        "TypeError: '<' not supported between instances of 'weakref.ReferenceType' and 'weakref.ReferenceType'");
  a.reset();
  CHECK(to_a != to_b);
  CHECK(to_a == to_a);
  CHECK_FALSE(to_a != to_a);
}

TEST_CASE("a reference hashes as its target, dead only if it was asked before", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("M");
  Ref<> a = type();
  Ref<> b = type();
  const Ref<WeakRef> asked = make_weakref(*a);
  const Ref<WeakRef> never_asked = make_weakref(*b);
  const std::int64_t expected = hash(*a);
  CHECK(hash(*asked) == expected);
  a.reset();
  b.reset();
  CHECK(hash(*asked) == expected);
  CHECK(error_of([&] { return hash(*never_asked); }) == "TypeError: weak object has gone away");
}

TEST_CASE("a weak reference is called without arguments", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> a = rt.new_class("M")();
  const Ref<WeakRef> weak = make_weakref(*a);
  CHECK(error_of([&] { return weak(1); }) == "TypeError: weakref expected 0 arguments, got 1");
}

TEST_CASE("weak references among parents that die in a deep chain leave no trace", "[weakref][nesting]") {
  // A weak reference whose teardown was put off stood in its target's list with a broken header; the target's death found
  // it.
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Parent");
  const auto callback = make_function(rt.builtins(), "callback", [](Object&) {});
  for (int depth : {10, 49, 50, 51, 52, 53, 100, 1000}) {
    Ref<> chain = type();
    for (int i = 0; i < depth; ++i) {
      Ref<> parent = type();
      parent.attr("child") = chain;
      parent.attr("weak") = make_weakref(*chain, callback.get());
      chain = std::move(parent);
    }
    chain.reset();
    CHECK(rt.heap().weak.targets() == 0);
  }
}

TEST_CASE("making a weak reference survives the failure of every allocation", "[weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("M");
  const Ref<> a = type();
  Ref<WeakRef> weak;
  const auto failures = fail_each_allocation(rt.heap(), [&] { weak = make_weakref(*a); });
  CHECK(failures > 0);
  CHECK(weak->target == a.get());
}
