// The claims about counting and collection, on lists, dicts, tuples and instances as a user makes them.
#include <support/fixture.h>

namespace ouro::test {

TEST_CASE("binding, passing and storing each add one reference; dropping takes one",
          "[claim-C1][claim-C2][claim-C5][claim-C6][claim-O3]") {
  Fixture world;
  Ref<List> x = world.rt.list();
  CHECK(x->refcount == 1);  // getrefcount(x) would say 2: it counts its own argument
  Ref<List> y = x;
  CHECK(x->refcount == 2);
  const auto holder = world.rt.list(x);
  CHECK(x->refcount == 3);
  y.reset();
  CHECK(x->refcount == 2);
  const Weak<List> watch(x);
  x.reset();
  CHECK_FALSE(watch.expired());
  CHECK(holder->get(0).refcount == 1);
  holder->clear();
  CHECK(watch.expired());
}

TEST_CASE("a list that contains itself reads one reference more", "[claim-C5]") {
  Fixture world;
  const auto list = world.rt.list();
  list->append(*list);
  CHECK(list->refcount == 2);
  list->clear();
}

TEST_CASE("a list that contains itself is one dead object to the collector", "[claim-G1][rule-1]") {
  Fixture world;
  world.rt.gc().collect();
  world.rt.gc().disable();
  auto list = world.rt.list();
  list->append(*list);
  const Weak<List> watch(list);
  list.reset();
  CHECK_FALSE(watch.expired());
  CHECK(world.rt.gc().collect() == 1);
  CHECK(watch.expired());
}

TEST_CASE("a dict that contains itself is one, a tuple and a list that contain each other are two", "[rule-2][rule-3]") {
  Fixture world;
  world.rt.gc().disable();
  {
    const auto dict = world.rt.dict();
    dict->set("self", *dict);
  }
  CHECK(world.rt.gc().collect() == 1);
  {
    const auto list = world.rt.list();
    list->append(*world.rt.tuple(list));
  }
  CHECK(world.rt.gc().collect() == 2);
}

TEST_CASE("two instances that refer to each other are reclaimed together", "[claim-G1][rule-5]") {
  Fixture world;
  world.rt.gc().disable();
  const auto Foo = world.rt.new_class("Foo");
  CHECK(world.rt.gc().collect() == 0);
  {
    const auto foo = Foo();
    const auto bar = Foo();
    foo.attr("other") = bar;
    bar.attr("other") = foo;
  }
  CHECK(world.rt.gc().collect() == 2);
}

TEST_CASE("a dropped class is itself garbage that only the collector frees", "[rule-4]") {
  Fixture world;
  world.rt.gc().disable();
  const std::size_t before = world.rt.count_objects();
  {
    const auto Foo = world.rt.new_class("Foo");
    static_cast<void>(Foo());
  }
  CHECK(world.rt.count_objects() > before);
  CHECK(world.rt.gc().collect() > 0);
  CHECK(world.rt.count_objects() == before);
}

TEST_CASE("atoms are never tracked, a tuple of atoms ceases to be, lists and instances always are",
          "[claim-G2][claim-G3][rule-40][rule-114]") {
  Fixture world;
  world.rt.gc().disable();
  const gc::Collector& gc = world.rt.collector();
  for (const Ref<>& atom : {world.rt.from(1), world.rt.from(1LL << 40), world.rt.from(1.5), world.rt.from("text"),
                            world.rt.none(), world.rt.from(true)})
    CHECK_FALSE(gc.is_tracked(*atom));
  const auto atoms = world.rt.tuple(1, 2.5, "three");
  const auto mixed = world.rt.tuple(1, world.rt.list());
  const auto list = world.rt.list(1, 2);
  const auto Foo = world.rt.new_class("Foo");
  const auto foo = Foo();
  CHECK(gc.is_tracked(*atoms));
  world.rt.gc().collect(0);
  CHECK_FALSE(gc.is_tracked(*atoms));
  CHECK(gc.is_tracked(*mixed));
  CHECK(gc.is_tracked(*list));
  CHECK(gc.is_tracked(*foo));
}

TEST_CASE("a dict is tracked from its first container on, and untracked by a full collection only", "[rule-116]") {
  Fixture world;
  world.rt.gc().disable();
  gc::Collector& gc = world.rt.collector();
  const auto dict = world.rt.dict({{"a", 1}});
  CHECK_FALSE(gc.is_tracked(*dict));
  dict->set("b", *world.rt.list());
  CHECK(gc.is_tracked(*dict));
  dict->remove(*world.rt.str("b"));
  CHECK(gc.is_tracked(*dict));
  gc.collect(0);
  CHECK(gc.is_tracked(*dict));
  gc.collect(1);
  CHECK(gc.is_tracked(*dict));
  gc.collect(2);
  CHECK_FALSE(gc.is_tracked(*dict));
}

TEST_CASE("collection of a large tangle returns its memory", "[claim-M17]") {
  Fixture world;
  world.rt.collector().set_stress(false);
  const std::size_t arenas = world.rt.heap().memory.stats().containers.arenas_in_use;
  {
    const auto root = world.rt.list();
    for (int i = 0; i < 50'000; ++i) root->append(*world.rt.list(root, i));
  }
  CHECK(world.rt.count_objects() > 50'000);
  world.rt.gc().collect();
  world.rt.trim();
  CHECK(world.rt.count_objects() == 0);
  CHECK(world.rt.heap().memory.stats().containers.arenas_in_use <= arenas + 1);
}

TEST_CASE("nested lists of any depth are dropped without overflow", "[rule-111]") {
  Fixture world;
  world.rt.collector().set_stress(false);
  const std::size_t depth = kChecks == CheckLevel::kOff ? 10'000'000 : 300'000;
  auto nest = world.rt.list();
  for (std::size_t i = 0; i < depth; ++i) {
    auto outer = make_list(world.rt.builtins(), 1);
    outer->append(*nest);
    nest = std::move(outer);
  }
  nest.reset();
  CHECK(world.rt.count_objects() == 0);
}

TEST_CASE("nested dicts, tuples and instances of any depth are dropped without overflow", "[rule-111]") {
  Fixture world;
  world.rt.collector().set_stress(false);
  const int depth = kChecks == CheckLevel::kOff ? 300'000 : 50'000;
  const auto Foo = world.rt.new_class("Foo");
  Ref<> nest = world.rt.none();
  for (int i = 0; i < depth; ++i) {
    const auto dict = world.rt.dict();
    dict->set("inner", *nest);
    const Ref<> foo = Foo();
    foo.attr("inner") = world.rt.tuple(dict, i);
    nest = foo;
  }
  nest.reset();
  world.rt.gc().collect();
  CHECK(world.rt.count_objects() < 50);
}

TEST_CASE("names may be bound to values of any type, and addition asks both types",
          "[claim-O1][claim-O2][claim-O4][law-header-16]") {
  Fixture world;
  Ref<> x = world.rt.from(1);
  CHECK(x->type == &world.rt.builtins().type(Kind::kInt));
  x = world.rt.from("one");
  CHECK(x->type == &world.rt.builtins().type(Kind::kStr));
  const Ref<> one = world.rt.from(1);
  CHECK(to_int64(static_cast<const Int&>(*apply(Operator::kAdd, *one, *one))) == 2);
  CHECK_THROWS_WITH(apply(Operator::kAdd, *one, *x), "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
  CHECK(sizeof(Object) == 16);
}

TEST_CASE("every allocation of a small program may fail, and nothing is lost", "[stress]") {
  Fixture world;
  world.rt.collector().set_stress(false);
  const auto Foo = world.rt.new_class("Foo");
  const std::size_t before = (world.rt.gc().collect(), world.rt.count_objects());
  auto& faults = world.rt.heap().memory.faults();
  const auto program = [&] {
    const auto doc = world.rt.dict({{"id", 1LL << 61}, {"tags", world.rt.list("a", 2.5, world.rt.tuple(1, "b"))}});
    doc->set("self", *doc);
    const Ref<> foo = Foo();
    foo.attr("doc") = doc;
    doc->set("foo", *foo);
    static_cast<void>(repr(*doc));
    static_cast<void>(equal(*doc, *doc->copy()));
  };
  std::size_t failures = 0;
  for (std::uint64_t nth = 1;; ++nth) {
    faults.fail_at(nth);
    bool failed = false;
    try {
      program();
    } catch (const Error& error) {
      failed = true;
      REQUIRE(error.kind() == ErrorKind::kMemoryError);
    }
    const bool reached = !faults.armed();
    faults.clear();
    world.rt.gc().collect();
    REQUIRE(world.rt.count_objects() <= before + 2);  // interned names may be new
    world.verify();
    if (!reached) break;
    REQUIRE(failed);
    ++failures;
  }
  CHECK(failures > 10);
}

}  // namespace ouro::test
