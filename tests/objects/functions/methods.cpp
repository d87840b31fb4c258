// Functions found on a class: bound methods and properties.
#include <ouro/objects/functions/method.h>
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("a function found on a class is bound to the instance", "[method]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("M");
  type.attr("add") =
      make_function(rt.builtins(), "M.add(self, x)", [](Object& self, int x) { return share(self).attr("base") + x; });
  const Ref<> m = type();
  m.attr("base") = 10;
  const Ref<> bound = m.attr("add");
  CHECK(is<Method>(*bound));
  CHECK(bound(5) == 15);
  CHECK(m.attr("add")(7) == 17);
  CHECK(type.attr("add")(m, 1) == 11);
  CHECK_THAT(std::string(text(*repr(*bound))),
             StartsWith("<bound method M.add of <__main__.M object at 0x") && EndsWith(">>"));
  CHECK(error_of([&] { return bound(); }) == "TypeError: M.add() missing 1 required positional argument: 'x'");
  CHECK(error_of([&] { return m.attr("add")(1, 2); }) == "TypeError: M.add() takes 2 positional arguments but 3 were given");
  CHECK(bound.attr("__self__").get().is(m));
  CHECK(bound.attr("__func__").get().is(type.attr("add").get()));
  CHECK(bound.attr("__name__") == "add");
}

TEST_CASE("bound methods are equal if function and object are", "[method]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("M");
  type.attr("f") = make_function(rt.builtins(), "f", [](Object&) {});
  const Ref<> a = type();
  const Ref<> b = type();
  CHECK(a.attr("f").get() == a.attr("f").get());
  CHECK(a.attr("f").get() != b.attr("f").get());
  CHECK(hash(*a.attr("f").get()) == hash(*a.attr("f").get()));
}

TEST_CASE("what an instance holds itself is not bound, nor is what is no function", "[method]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("M");
  const auto f = make_function(rt.builtins(), "f", [](Object&) { return "own"; });
  const Ref<> m = type();
  type.attr("f") = make_function(rt.builtins(), "f", [](Object&) { return "class"; });
  type.attr("number") = 5;
  CHECK(m.attr("f")() == "class");
  m.attr("f") = f;
  CHECK(m.attr("f").get().is(f));
  CHECK(m.attr("f")(1) == "own");
  CHECK(m.attr("number") == 5);
}

TEST_CASE("a bound method stored on its object is a cycle, and collected", "[method][claim-G1]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  type.attr("f") = make_function(rt.builtins(), "f", [](Object&) {});
  Ref<> a = type();
  a.attr("init") = a.attr("f");
  a.reset();
  CHECK(rt.gc().collect() == 2);
}

TEST_CASE("calling a method makes no bound method", "[method]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  type.attr("f") = make_function(rt.builtins(), "f", [](Object&) {});
  const Ref<> a = type();
  if constexpr (kChecks < CheckLevel::kCheap) return;
  const std::uint64_t before = rt.builtins().type(Kind::kMethod).made;
  static_cast<void>(a.attr("f")());
  CHECK(rt.builtins().type(Kind::kMethod).made == before);
  static_cast<void>(a.attr("f").get()());
  CHECK(rt.builtins().type(Kind::kMethod).made == before + 1);
}

TEST_CASE("a property is called when it is read and when it is written", "[method]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  type.attr("half") = make_property(rt.builtins(), "half", [](Object& self, std::optional<int> value) -> Ref<> {
    if (!value) return Ref<>(share(self).attr("whole").get()) / 2;
    share(self).attr("whole") = *value * 2;
    return {};
  });
  type.attr("fixed") = make_property(rt.builtins(), "fixed", [](Object&) { return 3; });
  const Ref<> a = type();
  a.attr("half") = 21;
  CHECK(a.attr("whole") == 42);
  CHECK(a.attr("half") == 21.0);
  CHECK(a.attr("fixed") == 3);
  CHECK(error_of([&] {
          a.attr("fixed") = 4;
          return 0;
        }) == "AttributeError: property 'fixed' of 'A' object has no setter");
  CHECK(error_of([&] { return a.attr("fixed").erase(), 0; }) ==
        "AttributeError: property 'fixed' of 'A' object has no deleter");
}
