// Finalizers of instances that die by their count (rules 57 to 60 and 74), and nesting of any depth.
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/method.h>
#include <support/fixture.h>
#include <support/tries.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// A class whose `__del__` is `finalizer`.
template <class F>
Ref<Class> class_with_del(Runtime& rt, F finalizer) {
  const auto type = rt.new_class("Mortal");
  type.attr("__del__") = make_function(rt.builtins(), "Mortal.__del__(self)", finalizer);
  return type;
}

}  // namespace

TEST_CASE("a finalizer runs once when the last reference goes", "[finalizer][claim-C3]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  int calls = 0;
  const auto type = class_with_del(rt, [&calls](Object&) { ++calls; });
  Ref<> a = type();
  Weak<> watch(a);
  a.reset();
  CHECK(calls == 1);
  CHECK(watch.expired());
  CHECK(type->finalized == 1);
  rt.gc().collect();
  CHECK(calls == 1);
}

TEST_CASE("an object that its finalizer saves lives on, weak references to it too, and is not finalized again",
          "[finalizer]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  int calls = 0;
  Ref<List> survivors = rt.list();
  const auto type = rt.new_class("Mortal");
  type.attr("__del__") = make_function(
      rt.builtins(), "Mortal.__del__",
      [&calls](List& saved, Object& self) {
        ++calls;
        saved.append(self);
      },
      survivors);
  Ref<> a = type();
  const Object* const address = a.get();
  Weak<> watch(a);
  const Ref<WeakRef> weak = make_weakref(*a);
  a.reset();
  CHECK(calls == 1);
  REQUIRE(survivors->size == 1);
  CHECK(&survivors->get(0) == address);
  CHECK_FALSE(watch.expired());
  CHECK(weak->target == address);
  CHECK(gc::Collector::is_finalized(survivors->get(0)));
  survivors->clear();
  CHECK(calls == 1);
  CHECK(watch.expired());
}

TEST_CASE("an error in a finalizer goes to the unraisable hook and the object is freed", "[finalizer]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = class_with_del(rt, [](Object&) { raise(ErrorKind::kValueError, "in the end"); });
  Ref<> a = type();
  Weak<> watch(a);
  a.reset();
  CHECK(watch.expired());
  REQUIRE(fixture.unraisable.size() == 1);
  CHECK(fixture.unraisable[0] == "finalizer: ValueError: in the end");
}

TEST_CASE("a finalizer set on a base later runs for instances that exist, one deleted does not",
          "[finalizer][law-special-current]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto base = rt.new_class("Base");
  const auto derived = rt.new_class("Derived", {base.get()});
  Ref<> a = derived();
  Ref<> b = derived();
  int calls = 0;
  base.attr("__del__") = make_function(rt.builtins(), "__del__", [&calls](Object&) { ++calls; });
  CHECK(derived->has(kFinalizerType));
  a.reset();
  CHECK(calls == 1);
  base.attr("__del__").erase();
  CHECK_FALSE(derived->has(kFinalizerType));
  b.reset();
  CHECK(calls == 1);
}

TEST_CASE("a finalizer sees the object whole, and a weak reference made in it is dead afterwards", "[finalizer]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<List> log = rt.list();
  const auto type = rt.new_class("Mortal");
  type.attr("__del__") = make_function(
      rt.builtins(), "__del__",
      [](List& kept, Object& self) {
        kept.append(get_attribute(self, *make_str(builtins_of(self), "x")));
        kept.append(make_weakref(self));
      },
      log);
  Ref<> a = type();
  a.attr("x") = 5;
  a.reset();
  REQUIRE(log->size == 2);
  CHECK(from_object<int>(log->get(0)) == 5);
  CHECK(static_cast<WeakRef&>(log->get(1)).target == nullptr);
}

TEST_CASE("a cycle of instances is finalized once each, then freed", "[finalizer][claim-G1]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  int calls = 0;
  const auto type = class_with_del(rt, [&calls](Object& self) {
    ++calls;
    CHECK(share(self).attr("next").get());
  });
  Ref<> a = type();
  Ref<> b = type();
  a.attr("next") = b;
  b.attr("next") = a;
  Weak<> watch(a);
  a.reset();
  b.reset();
  CHECK(rt.gc().collect() == 2);
  CHECK(calls == 2);
  CHECK(watch.expired());
}

TEST_CASE("a finalizer that drops its class's last other reference does no harm", "[finalizer]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  int calls = 0;
  Ref<Class> type = class_with_del(rt, [&calls](Object&) { ++calls; });
  Ref<> a = type();
  type.reset();
  rt.gc().collect();
  a.reset();
  CHECK(calls == 1);
  rt.gc().collect();
}

TEST_CASE("instances nested deep are dropped in constant stack", "[finalizer][nesting]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);  // depth is what counts here, and a million collections would take a minute
  const int depth = tries(1'000'000);
  const auto type = rt.new_class("Link");
  const Ref<Str> next = intern(rt.builtins(), "next");
  Ref<> chain = type();
  const std::size_t before = rt.heap().memory.stats().containers.allocated_blocks;
  for (int i = 0; i < depth; ++i) {
    Ref<> link = make_instance(*type);
    set_attribute(*link, *next, *chain);
    chain = std::move(link);
  }
  chain.reset();
  CHECK(rt.heap().memory.stats().containers.allocated_blocks == before - 1);
}

TEST_CASE("methods, functions and weak references nested deep are dropped in constant stack", "[finalizer][nesting]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);  // depth is what counts here, and a million collections would take a minute
  Ref<> chain = rt.list();
  for (int i = 0; i < 100'000; ++i) {
    const Ref<Function> keeper = make_function(
        rt.builtins(), "keeper", [](Object&) {}, chain);
    chain = make_method(*keeper, *chain);
  }
  chain.reset();
  rt.gc().collect();
}

// The orders are CPython's (Objects/listobject.c, tupleobject.c, dictobject.c), which a program can see.
TEST_CASE("lists and tuples drop their items from the end, dicts and instances from the beginning", "[finalizer]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::string died;
  const auto type = class_with_del(rt, [&died](Object& self) {
    const Ref<> name = make_str(builtins_of(self), "name");
    died += text(*str(*get_attribute(self, *name)));
  });
  const auto mortal = [&](std::string_view name) {
    Ref<> made = type();
    made.attr("name") = rt.str(name);
    return made;
  };
  const auto order_of = [&](auto make_and_drop) {
    died.clear();
    make_and_drop();
    return died;
  };
  const auto abcd = [&] { return rt.list(mortal("a"), mortal("b"), mortal("c"), mortal("d")); };
  const auto abc = [&] { return rt.tuple(mortal("a"), mortal("b"), mortal("c")); };
  const auto ab = [&] { return rt.dict({{1, mortal("a")}, {2, mortal("b")}}); };
  CHECK(order_of([&] { abcd().reset(); }) == "dcba");
  CHECK(order_of([&] { abcd()->clear(); }) == "dcba");
  CHECK(order_of([&] { abc().reset(); }) == "cba");
  CHECK(order_of([&] { ab().reset(); }) == "ab");
  CHECK(order_of([&] { ab()->clear(); }) == "ab");
  CHECK(order_of([&] {
          const Ref<List> list = abcd();
          list->set_slice({1, 3}, *rt.list());
          died += '|';
        }) == "cb|da");
  CHECK(order_of([&] {
          const Ref<List> list = abcd();
          list->erase_slice({{}, {}, 2});
          died += '|';
        }) == "ac|db");
  CHECK(order_of([&] {
          const Ref<List> list = abcd();
          list->set_slice({{}, {}, 2}, *rt.list(1, 2));
          died += '|';
        }) == "ac|db");
}
