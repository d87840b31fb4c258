// Methods of built-in types as objects: where they lie, what keeps what alive, what calls find.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/messages/message.h>
#include <support/fixture.h>

#include <string>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("a descriptor exists once per runtime, is never counted and is no object of the heap",
          "[law-descriptor-place][law-immortal-unwritten]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> list = share<Object>(rt.builtins().type(Kind::kList));
  const std::size_t objects = rt.count_objects();
  const Ref<> append = list.attr("append");
  CHECK(append.is(list.attr("append").get()));
  CHECK(is_immortal(*append));
  CHECK(is<Descriptor>(*append));
  CHECK_FALSE(append.is(list.attr("extend").get()));
  CHECK(rt.count_objects() <= objects + 2);  // the names, interned
}

TEST_CASE_METHOD(Fixture, "a method read from an object is bound to it, and equal to another of the same object",
                 "[types]") {
  const Ref<List> list = rt.list(3, 1);
  const Ref<> append = Ref<>(list).attr("append");
  CHECK(append == Ref<>(list).attr("append").get());
  CHECK_FALSE(append == Ref<>(rt.list(3, 1)).attr("append").get());
  CHECK(hash(*append) == hash(*Ref<>(list).attr("append").get()));
  static_cast<void>(append(7));
  CHECK(shown(list) == "[3, 1, 7]");
  CHECK(append.attr("__self__").get().is(Ref<>(list)));
}

TEST_CASE_METHOD(Fixture, "methods of built-in types are called by name, through the type and through a bound method",
                 "[types]") {
  const Ref<> list = rt.list(3, 1, 2);
  const Ref<> type = share<Object>(rt.builtins().type(Kind::kList));
  static_cast<void>(list.attr("sort")());
  static_cast<void>(type.attr("append")(list, 5));
  CHECK(shown(list) == "[1, 2, 3, 5]");
  CHECK(list.attr("__len__")().is(rt.from(4)));
  CHECK(shown(rt.from("a,b").attr("split")(",")) == "['a', 'b']");
  CHECK(shown(rt.from(5).attr("__add__")(3)) == "8");
  CHECK(shown(rt.dict().attr("fromkeys")(rt.list(1, 2), 0)) == "{1: 0, 2: 0}");
  CHECK(has_attribute(*list, *rt.str("append")));
  CHECK_FALSE(has_attribute(*list, *rt.str("add")));
}

TEST_CASE_METHOD(Fixture, "a cycle through a bound method is collected, and a method that lost its object says so",
                 "[types]") {
  const Ref<List> list = rt.list();
  const Weak<> watched{Ref<>(list)};
  Ref<> append = Ref<>(list).attr("append");
  list->append(append);
  append->type->slots->clear(*append);
  CHECK(error_of([&] { return append(1); }) ==
        "TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'NoneType' object");
  list->clear();
  list->append(Ref<>(list).attr("pop").get());
  const_cast<Ref<List>&>(list).reset();
  append.reset();
  rt.gc().collect();
  CHECK(watched.expired());
}

TEST_CASE_METHOD(Fixture, "dir names what an object, its type and its bases have, sorted", "[types]") {
  const Ref<Class> type = rt.new_class("A");
  Ref<>(type).attr("m") = 1;
  const Ref<> object = Ref<>(type)();
  object.attr("x") = 2;
  const Ref<List> names = dir(*object);
  CHECK(names->contains(*rt.str("x")));
  CHECK(names->contains(*rt.str("m")));
  CHECK(names->contains(*rt.str("__class__")));
  CHECK(dir(*rt.list())->contains(*rt.str("append")));
  const Ref<List> sorted = names->copy();
  sorted->sort();
  CHECK(Ref<>(sorted) == Ref<>(names));
}

TEST_CASE_METHOD(Fixture, "an instance of a class has what `object` has, and its class may replace it", "[types]") {
  const Ref<Class> type = rt.new_class("A");
  const Ref<> object = Ref<>(type)();
  CHECK(shown(object.attr("__eq__")(object)) == "True");
  CHECK(shown(object.attr("__doc__")) == "None");
  object.attr("__doc__") = 3;
  CHECK(shown(object.attr("__doc__")) == "3");
  CHECK(shown(Ref<>(type).attr("__repr__")) == "<slot wrapper '__repr__' of 'object' objects>");
  Ref<>(type).attr("__repr__") = share<Object>(rt.builtins().type(Kind::kObject)).attr("__str__").get();
  CHECK(error_of([&] { return repr(*object); }).starts_with("RecursionError"));
}

TEST_CASE_METHOD(Fixture, "descriptors go into messages as what they are", "[types]") {
  const Ref<> list = share<Object>(rt.builtins().type(Kind::kList));
  const Message message(rt.list(list.attr("append").get(), list.attr("__len__").get()));
  Runtime other;
  const Ref<> copy = message.unpack(other.builtins());
  CHECK(shown(copy) == "[<method 'append' of 'list' objects>, <slot wrapper '__len__' of 'list' objects>]");
}
