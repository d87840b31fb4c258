// Life and death of objects whose classes derive from built-in types, and how they are copied.
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/messages/message.h>

#include <array>

#include <objects/classes/derived_classes.h>
#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

std::size_t live_buffers(Runtime& rt) { return rt.heap().memory.stats().buffers.allocated_blocks; }

/// Calls of a finalizer that saves nothing.
void count_ends(const Ref<Class>& type, int& ends) {
  define(type, "__del__", [&ends](Object&) { ++ends; });
}

}  // namespace

TEST_CASE("objects of each derived class die by their count, with what they hold", "[derived][claim-C3]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::vector<Derived> all = one_of_each(rt);
  const Ref<Class> mortal = rt.new_class("Mortal");
  int ends = 0;
  count_ends(mortal, ends);
  for (Derived& each : all) {
    INFO(each.type->name);
    int own_ends = 0;
    count_ends(each.type, own_ends);
    const std::size_t buffers = live_buffers(rt);
    Ref<> object = each.type(each.argument);
    CHECK(shown(*object) ==
          shown(*call(*share<Object>(*each.type->base), {std::array<Object*, 1>{each.argument.get()}, {}, {}})));
    object.attr("held") = mortal();
    CHECK(rt.gc().is_tracked(*object));
    fixture.verify();
    Weak<> watch(object);
    object.reset();
    CHECK(own_ends == 1);
    CHECK(ends == 1);
    CHECK(watch.expired());
    CHECK(live_buffers(rt) == buffers);
    ends = 0;
  }
}

TEST_CASE("cycles through the attributes of an object of a derived class are collected", "[derived][claim-G1]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  for (Derived& each : one_of_each(rt)) {
    INFO(each.type->name);
    int ends = 0;
    count_ends(each.type, ends);
    const std::size_t buffers = live_buffers(rt);
    {
      const Ref<> object = each.type(each.argument);
      object.attr("me") = object;
      const Ref<> other = each.type(each.argument);
      object.attr("other") = other;
      other.attr("other") = object;
    }
    CHECK(ends == 0);
    rt.gc().collect();
    CHECK(ends == 2);
    CHECK(live_buffers(rt) == buffers);
  }
}

TEST_CASE("cycles through the items of an object of a derived class are collected", "[derived][claim-G1]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  int ends = 0;
  const Ref<Class> list_type = rt.new_class("L", {&rt.type<List>()});
  const Ref<Class> dict_type = rt.new_class("D", {&rt.type<Dict>()});
  const Ref<Class> tuple_type = rt.new_class("T", {&rt.type<Tuple>()});
  for (const Ref<Class>& type : {list_type, dict_type, tuple_type}) count_ends(type, ends);
  {
    const Ref<> list = list_type();
    from_object<List&>(list).append(*list);
    const Ref<> dict = dict_type();
    set_item(*dict, *rt.str("me"), *dict);
    const Ref<> inner = list_type();
    const Ref<> tuple = tuple_type(rt.list(inner));
    from_object<List&>(inner).append(*tuple);
    CHECK(rt.gc().is_tracked(*tuple));
    fixture.verify();
  }
  rt.gc().collect();
  CHECK(ends == 4);
}

TEST_CASE("a derived class that is garbage is collected together with its objects", "[derived][claim-G1]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  int ends = 0;
  {
    for (Derived& each : one_of_each(rt)) {
      count_ends(each.type, ends);
      const Ref<> object = each.type(each.argument);
      each.type.attr("one") = object;
      object.attr("me") = object;
    }
  }
  rt.gc().collect();
  CHECK(ends == 8);
}

TEST_CASE("a finalizer may save an object of a derived class with all that it holds, once", "[derived][finalizer]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  for (Derived& each : one_of_each(rt)) {
    INFO(each.type->name);
    const Ref<List> saved = rt.list();
    each.type.attr("__del__") = make_function(
        rt.builtins(), "__del__", [](List& kept, Object& self) { kept.append(self); }, saved);
    Ref<> object = each.type(each.argument);
    object.attr("x") = 1;
    const std::string before = shown(*object);
    object.attr("me") = object;
    object.reset();
    rt.gc().collect();
    REQUIRE(saved->size == 1);
    CHECK(shown(saved->get(0)) == before);
    CHECK(share(saved->get(0)).attr("x") == 1);
    share(saved->get(0)).attr("me") = nullptr;
    saved->clear();
    CHECK(each.type->finalized == 1);
  }
}

TEST_CASE("objects of derived classes may be nested to any depth", "[derived][law-deferred-address]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const int levels = std::getenv("OURO_STRESS") != nullptr ? 400 : 2000;  // each is collected at every allocation there
  for (Derived& each : one_of_each(rt)) {
    INFO(each.type->name);
    const std::size_t buffers = live_buffers(rt);
    Ref<> chain = rt.none();
    for (int depth = 0; depth < levels; ++depth) {
      Ref<> next = each.type(each.argument);
      next.attr("next") = chain;
      chain = std::move(next);
    }
    chain.reset();
    CHECK(live_buffers(rt) == buffers);
  }
}

TEST_CASE("weak references to objects of derived classes are those that CPython allows", "[derived][weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  for (Derived& each : one_of_each(rt)) {
    INFO(each.type->name);
    Ref<> object = each.type(each.argument);
    if (each.type->kind == Kind::kInt || each.type->kind == Kind::kTuple) {
      CHECK(error_of([&] { return make_weakref(*object); }) ==
            "TypeError: cannot create weak reference to '" + std::string(each.type->name) + "' object");
      continue;
    }
    const Ref<WeakRef> weak = make_weakref(*object);
    CHECK(weak().is(object));
    object.reset();
    CHECK(weak().is(rt.none()));
  }
}

TEST_CASE("wherever memory runs out while an object of a derived class is made, nothing is left", "[derived][memory]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  for (Derived& each : one_of_each(rt)) {
    INFO(each.type->name);
    const std::size_t buffers = live_buffers(rt);
    CHECK(fail_each_allocation(rt.heap(), [&] {
            const Ref<> object = each.type(each.argument);
            object.attr("x") = each.argument;
          }) > 0);
    CHECK(live_buffers(rt) <= buffers + 2);  // what is made once may stay: an interned name
  }
  CHECK(fail_each_allocation(rt.heap(), [&] { static_cast<void>(rt.new_class("X", {&rt.type<List>()})); }) > 0);
}

TEST_CASE("objects of derived classes go into messages with content and attributes, and no method of theirs runs",
          "[derived][message]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  for (Derived& each : one_of_each(rt)) {
    INFO(each.type->name);
    rt.exports().add(each.type->name, *each.type);
    define(each.type, "__init__", [](Object&, const Arguments&) {});
    Ref<> object = each.type(each.argument);
    if (is<List>(*object)) from_object<List&>(object).append(*object);
    if (is<Dict>(*object)) set_item(*object, *rt.str("me"), *object);
    object.attr("x") = rt.list(object, 1);
    define(each.type, "__init__", [](Object&, const Arguments&) { raise(ErrorKind::kRuntimeError, "called"); });
    const Message message(*object);
    const Ref<> copy = message.unpack(rt.builtins());
    CHECK(copy->type == object->type);
    CHECK(shown(*copy) == shown(*object));
    CHECK_FALSE(copy.is(object));
    CHECK(Ref<>(copy.attr("x")[0]).is(copy));
    CHECK(copy.attr("x")[1] == 1);
    object.attr("x") = nullptr;
    copy.attr("x") = nullptr;
  }
  rt.gc().collect();
}

TEST_CASE("wherever memory runs out while a copy of such an object is made, no finalizer of it runs",
          "[derived][message][law-message-whole]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  for (Derived& each : one_of_each(rt)) {
    INFO(each.type->name);
    rt.exports().add(each.type->name, *each.type);
    int ends = 0;
    count_ends(each.type, ends);
    Ref<> object = each.type(each.argument);
    object.attr("x") = rt.list(1, object);
    const Message message(*object);
    object.attr("x") = nullptr;
    Ref<> copy;
    CHECK(fail_each_allocation(rt.heap(), [&] { copy = message.unpack(rt.builtins()); }) > 0);
    CHECK(ends == 0);
    CHECK(shown(*copy) == shown(*object));
    copy.attr("x") = nullptr;
    copy.reset();
    CHECK(ends == 1);
    each.type.attr("__del__") = make_function(rt.builtins(), "__del__", [](Object&) {});
  }
}

TEST_CASE("a message does not fill a class that derives from another type there", "[derived][message]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Runtime other(test_options());
  Message message;
  {
    const Ref<Class> type = rt.new_class("X", {&rt.type<List>()});
    rt.exports().add("X", *type);
    message = Message(*type());
  }
  rt.gc().collect();
  other.exports().add("X", *other.new_class("X", {&other.type<Dict>()}));
  CHECK(error_of([&] { return message.unpack(other.builtins()); }) ==
        "TypeError: objects of class 'X' have another layout where the message comes from");
}
