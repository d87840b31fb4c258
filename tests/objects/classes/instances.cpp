// Instances: attributes, their order, and where they are kept.
#include <ouro/objects/classes/instance.h>
#include <support/fixture.h>
#include <support/python_oracle.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

Instance& instance(const Ref<>& object) { return static_cast<Instance&>(*object); }

}  // namespace

TEST_CASE("an instance takes attributes", "[instance][claim-O3]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  const Ref<> foo = type();
  foo.attr("x") = 5;
  foo.attr("y") = "text";
  CHECK(foo.attr("x") == 5);
  foo.attr("x") = 2.5;
  CHECK(foo.attr("x") == 2.5);
  foo.attr("x").erase();
  CHECK(error_of([&] { return foo.attr("x").get(); }) == "AttributeError: 'Foo' object has no attribute 'x'");
  CHECK(error_of([&] { return foo.attr("x").erase(), 0; }) == "AttributeError: 'Foo' object has no attribute 'x'");
  CHECK(foo.attr("__class__").get().is(type));
  CHECK(error_of([&] { return type(1); }) == "TypeError: Foo() takes no arguments");
  CHECK(error_of([&] { return foo(); }) == "TypeError: 'Foo' object is not callable");
}

TEST_CASE("an instance of two attributes takes 56 bytes at most", "[instance][law-instance-inline]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  for (int i = 0; i < 3; ++i) {
    const Ref<> foo = type();
    foo.attr("x") = i;
    foo.attr("y") = i;
    CHECK(block_bytes(*foo) <= 56);
    CHECK(instance(foo).dict == nullptr);
  }
}

TEST_CASE("the first instances of a class get attributes later than others without a dict", "[instance]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Node");
  Ref<> first = type();
  first.attr("name") = "first";
  Ref<> second = type();
  second.attr("name") = "second";
  first.attr("other") = second;
  second.attr("other") = first;
  CHECK(instance(first).dict == nullptr);
  CHECK(instance(second).dict == nullptr);
  first.reset();
  second.reset();
  CHECK(rt.gc().collect() == 2);
}

TEST_CASE("a class learns how many attributes its instances have", "[instance]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  const auto make = [&] {
    const Ref<> foo = type();
    for (char name = 'a'; name < 'k'; ++name) foo.attr(std::string(1, name)) = int{name};
    return foo;
  };
  static_cast<void>(make());
  const Ref<> foo = make();
  CHECK(instance(foo).dict == nullptr);
  for (char name = 'a'; name < 'k'; ++name) CHECK(foo.attr(std::string(1, name)) == int{name});
}

TEST_CASE("attributes keep the order in which they were set, as in Python", "[instance][law-attribute-order]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<Class> type;
  Ref<> object;
  std::string ours;
  // Each case is one step: a new class, a new instance, an attribute set or deleted; then the dict as Python shows it.
  compare_with_python(R"(
for round in range(COUNT(60)):
    cls = type('Foo', (), {}); case(0, 0, '')
    for one in range(6):
        foo = cls(); case(1, 0, '')
        if rng.randrange(8) == 0: foo.__dict__; case(4, 0, '')
        for step in range(rng.randrange(25)):
            name = rng.randrange(6 if round % 3 else 40)
            if rng.randrange(4) or not hasattr(foo, 'n%d' % name):
                setattr(foo, 'n%d' % name, step); case(2, name, '')
            else:
                delattr(foo, 'n%d' % name); case(3, name, '')
            if round % 2: case(5, 0, repr(foo.__dict__))
        case(5, 0, repr(foo.__dict__))
)",
                      3000, [&, step = 0](const PythonCase& one) mutable {
                        const std::string name = "n" + std::to_string(one.integer(1));
                        switch (one.integer(0)) {
                          case 0:
                            object.reset();
                            type = rt.new_class("Foo");
                            break;
                          case 1:
                            object = type();
                            step = 0;
                            break;
                          case 2:
                            object.attr(name) = step++;
                            break;
                          case 3:
                            object.attr(name).erase();
                            ++step;
                            break;
                          case 4:
                            static_cast<void>(object.attr("__dict__").get());
                            break;
                          default:
                            return Verdict{shown(object.attr("__dict__").get()), one.text(2)};
                        }
                        return Verdict{"", ""};
                      });
  fixture.verify();
}

TEST_CASE("order is right also where the attributes stay in slots", "[instance][law-attribute-order]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  const Ref<> first = type();
  for (const char* name : {"a", "b", "c"}) first.attr(name) = 1;
  const Ref<> gap = type();
  gap.attr("a") = 1;
  gap.attr("c") = 2;
  CHECK(instance(gap).dict == nullptr);
  gap.attr("c").erase();
  gap.attr("b") = 3;
  CHECK(instance(gap).dict == nullptr);
  gap.attr("a").erase();
  gap.attr("a") = 4;
  CHECK(instance(gap).dict == nullptr);
  CHECK(shown(gap.attr("__dict__").get()) == "{'b': 3, 'a': 4}");
}

TEST_CASE("reading __dict__ moves the attributes into it for good", "[instance][law-one-place]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  const Ref<> foo = type();
  foo.attr("x") = 1;
  const Ref<> dict = foo.attr("__dict__");
  CHECK(shown(dict) == "{'x': 1}");
  dict["y"] = 2;
  CHECK(foo.attr("y") == 2);
  foo.attr("x") = 3;
  CHECK(dict["x"] == 3);
  CHECK(foo.attr("__dict__").get().is(dict));
}

TEST_CASE("a name that is not interned finds the attribute all the same", "[instance]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> foo = rt.new_class("Foo")();
  const Ref<Str> name = rt.str("some_attribute");
  REQUIRE_FALSE(name->is_interned());
  CHECK_FALSE(find_attribute(*foo, *name));
  foo.attr("some_attribute") = 5;
  CHECK(from_object<int>(get_attribute(*foo, *name)) == 5);
  const Ref<Str> other = rt.str("other_attribute");
  set_attribute(*foo, *other, *rt.from(6));
  CHECK(foo.attr("other_attribute") == 6);
  delete_attribute(*foo, *rt.str("some_attribute"));
  CHECK_FALSE(find_attribute(*foo, *name));
}

TEST_CASE("two instances that refer to each other are found by the collector", "[instance][claim-G1]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  Ref<> a = type();
  Ref<> b = type();
  a.attr("other") = b;
  b.attr("other") = a;
  a.reset();
  b.reset();
  CHECK(rt.gc().collect() == 2);
}

TEST_CASE("an instance that refers to itself counts as one object, its values lie inline", "[instance][claim-G1]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  Ref<> a = type();
  a.attr("a") = a;
  a.reset();
  CHECK(rt.gc().collect() == 1);
  Ref<> with_dict = type();
  with_dict.attr("__dict__").get()["a"] = with_dict;
  with_dict.reset();
  CHECK(rt.gc().collect() == 2);
}

TEST_CASE("an instance is tracked from birth, a dict of its atoms is not", "[instance][claim-G3]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> foo = rt.new_class("Foo")();
  foo.attr("x") = 1;
  CHECK(rt.gc().is_tracked(*foo));
  CHECK_FALSE(rt.gc().is_tracked(*foo.attr("__dict__").get()));
}

TEST_CASE("dropping an instance drops what only it refers to", "[instance][claim-C3]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  Ref<> foo = type();
  Ref<List> list = rt.list(1);
  foo.attr("list") = list;
  CHECK(list->refcount == 2);
  Weak<List> watch(list);
  list.reset();
  CHECK_FALSE(watch.expired());
  foo.reset();
  CHECK(watch.expired());
}

TEST_CASE("replacing an attribute stores first and drops afterwards", "[instance][law-store-first]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  const Ref<> foo = type();
  const auto noisy = rt.new_class("Noisy");
  int seen = 0;
  noisy.attr("__del__") = make_function(
      rt.builtins(), "__del__(self)",
      [&seen](Object& owner, Object&) { seen = from_object<int>(get_attribute(owner, *make_str(builtins_of(owner), "x"))); },
      Ref<>(foo));
  foo.attr("x") = noisy();
  foo.attr("x") = 42;
  CHECK(seen == 42);
}
