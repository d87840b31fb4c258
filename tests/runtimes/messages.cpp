// Laws: message-apart, message-tuples. What a message carries from one runtime to another.
#include <support/fixture.h>

#include <cmath>
#include <memory>
#include <thread>

#include <runtimes/pair.h>

namespace ouro::test {

TEST_CASE("What every runtime has is mapped to the target's own", "[runtimes]") {
  Pair two;
  CHECK(two.copy(two.from.none()).is(two.to.builtins().none()));
  CHECK(two.copy(two.from.from(true)).is(two.to.builtins().boolean(true)));
  CHECK(two.copy(share(two.from.builtins().not_implemented())).is(two.to.builtins().not_implemented()));
  CHECK(two.copy(two.from.from(-5)).is(two.to.from(-5)));
  CHECK(two.copy(two.from.from(256)).is(two.to.from(256)));
  CHECK(two.copy(two.from.str("")).is(two.to.str("")));
  CHECK(two.copy(two.from.str("\u00e9")).is(two.to.str("\u00e9")));
  CHECK(two.copy(two.from.tuple()).is(two.to.tuple()));
  CHECK(two.copy(share<Object>(two.from.builtins().type(Kind::kDict))).is(two.to.builtins().type(Kind::kDict)));
  CHECK(Message(two.from.from(7)).objects() == 0);
}

TEST_CASE("Values keep their value and type, and belong to the target", "[runtimes]") {
  Pair two;
  const auto big = two.from.from(3) * two.from.from(std::int64_t{1} << 62) * two.from.from(std::int64_t{1} << 62);
  const auto list =
      two.from.list(1'000'000, -257, 2.5, -0.0, "text", "\u20ac\U0001F600", nullptr, big, two.from.from(0) - big);
  const Ref<> copy = two.copy(list);
  CHECK(&heap_of(*copy) == &two.to.heap());
  for (Object* const item : static_cast<List&>(*copy).view()) CHECK(&heap_of(*item) == &two.to.heap());
  CHECK(shown(copy) == shown(list));
  CHECK(std::signbit(from_object<double>(static_cast<List&>(*copy).get(3))));
  CHECK_FALSE(copy.is(list));
}

TEST_CASE("Long texts keep their characters and their interning", "[runtimes]") {
  Pair two;
  std::string long_text;
  for (int i = 0; i < 300; ++i) long_text += "\u20ac";
  const Ref<> copy = two.copy(two.from.list(long_text, intern(two.from.builtins(), "a name"), two.from.str("no name")));
  const auto items = static_cast<List&>(*copy).view();
  CHECK(from_object<std::string>(*items[0]) == long_text);
  CHECK(static_cast<Str&>(*items[0]).code_points == 300);
  CHECK(intern(two.to.builtins(), "a name").is(*items[1]));
  CHECK_FALSE(static_cast<Str&>(*items[2]).is_interned());
}

TEST_CASE("What is shared stays shared, and what is equal but two stays two", "[runtimes]") {
  Pair two;
  const auto shared = two.from.list(1);
  const Ref<> copy = two.copy(two.from.list(shared, shared, two.from.list(1), 1000, 1000));
  const auto items = static_cast<List&>(*copy).view();
  CHECK(items[0] == items[1]);
  CHECK(items[0] != items[2]);
  CHECK(items[3] != items[4]);
  CHECK(items[0]->refcount == 2);
}

TEST_CASE("A dict keeps its order and finds its keys", "[runtimes]") {
  Pair two;
  const auto dict = two.from.dict({{"z", 1}, {3, "three"}, {2.5, nullptr}, {"a", 2}, {nullptr, 0}, {true, 5}});
  for (int i = 1000; i < 1100; ++i) dict->set(*two.from.from(i), *two.from.from(-i));
  dict->remove(*two.from.from(1050));
  dict->set(*two.from.tuple(1, two.from.tuple("deep")), *two.from.str("by tuple"));
  const Ref<> copy = two.copy(dict);
  CHECK(shown(copy) == shown(dict));
  auto& copied = static_cast<Dict&>(*copy);
  CHECK(copied.size == dict->size);
  CHECK(from_object<int>(copied.get("a")) == 2);
  CHECK(from_object<int>(copied.get(*two.to.from(1051))) == -1051);
  CHECK(copied.find(*two.to.from(1050)) == nullptr);
  CHECK(from_object<std::string>(copied.get(*two.to.tuple(1, two.to.tuple("deep")))) == "by tuple");
}

TEST_CASE("A cycle arrives as a cycle", "[runtimes][claim-L12]") {
  Pair two;
  const auto list = two.from.list();
  list->append(*list);
  const Ref<> copy = two.copy(list);
  CHECK(&static_cast<List&>(*copy).get(0) == copy.get());
  const auto dict = two.from.dict();
  dict->set("self", *dict);
  const Ref<> other = two.copy(dict);
  CHECK(&static_cast<Dict&>(*other).get("self") == other.get());
  for (Object* const open : {static_cast<Object*>(list.get()), copy.get()}) static_cast<List&>(*open).clear();
  for (Object* const open : {static_cast<Object*>(dict.get()), other.get()}) static_cast<Dict&>(*open).clear();
}

TEST_CASE("Tuples in a cycle are made when their items exist, whichever is reached first",
          "[runtimes][law-message-tuples]") {
  Pair two;
  const auto list = two.from.list();
  const auto outer = two.from.tuple(list, 1);
  const auto inner = two.from.tuple(outer, two.from.tuple(outer, list), 2);
  list->append(*inner);
  list->append(*outer);
  for (const Ref<>& root : {Ref<>(list), Ref<>(outer), Ref<>(inner)}) {
    const Ref<> copy = two.copy(root);
    CHECK(shown(copy) == shown(root));
    const Ref<> copied_list = is<List>(*copy) ? copy
                                              : share(*static_cast<Tuple&>(is<Tuple>(*static_cast<Tuple&>(*copy).items[0])
                                                                               ? *static_cast<Tuple&>(*copy).items[0]
                                                                               : *copy)
                                                           .items[0]);
    const auto items = static_cast<List&>(*copied_list).view();
    CHECK(static_cast<Tuple&>(*items[0]).items[0] == items[1]);
    CHECK(static_cast<Tuple&>(*items[1]).items[0] == copied_list.get());
    static_cast<List&>(*copied_list).clear();
  }
  list->clear();
}

TEST_CASE("An object that refers to itself and has no other reference is copied once", "[runtimes]") {
  Pair two;
  const auto holder = two.from.list(two.from.list());
  auto& inner = static_cast<List&>(holder->get(0));
  inner.append(*holder);
  Object& only = inner;  // borrowed: its one reference is the holder's
  REQUIRE(only.refcount == 1);
  const Message message(only);
  CHECK(message.objects() == 2);
  const Ref<> copy = message.unpack(two.to.builtins());
  auto& copied_holder = static_cast<List&>(static_cast<List&>(*copy).get(0));
  CHECK(&copied_holder.get(0) == copy.get());
  copied_holder.clear();
  inner.clear();
}

TEST_CASE("A million levels of nesting are copied without deep recursion", "[runtimes]") {
  Pair two;
  for (Runtime* const rt : {&two.from, &two.to}) {
    rt->collector().set_stress(false);
    rt->gc().disable();
  }
  constexpr int kDepth = 1'000'000;
  Ref<> nest = two.from.list();
  for (int i = 1; i < kDepth; ++i) nest = i % 2 == 0 ? Ref<>(two.from.list(nest)) : Ref<>(two.from.tuple(nest));
  Ref<> copy = two.copy(nest);
  int depth = 1;
  for (const Object* level = copy.get();; ++depth) {
    const auto items = is<List>(*level) ? static_cast<const List&>(*level).view() : static_cast<const Tuple&>(*level).view();
    if (items.empty()) break;
    level = items[0];
  }
  CHECK(depth == kDepth);
}

TEST_CASE("A message outlives its runtime, is unpacked any number of times and dropped on any thread",
          "[runtimes][law-message-apart]") {
  Message message;
  CHECK(message.empty());
  {
    Fixture gone;
    const auto list = gone.rt.list("text", 1000);
    list->append(*list);
    message = Message(list);
    list->clear();
  }
  Fixture world;
  for (int i = 0; i < 2; ++i) {
    const Ref<> copy = message.unpack(world.rt.builtins());
    CHECK(shown(copy) == "['text', 1000, [...]]");
    static_cast<List&>(*copy).clear();
  }
  std::thread([copy = message, moved = std::move(message)] { CHECK(copy.bytes() > 0); }).join();
  CHECK(error_of([&] { return Message().unpack(world.rt.builtins()); }) == "ValueError: the message is empty");
}

TEST_CASE("A copy within one runtime shares nothing that can change", "[runtimes]") {
  Fixture world;
  const auto list = world.rt.list(world.rt.list(1));
  const Ref<> copy = copy_to(world.rt, list);
  CHECK(equal(*copy, *list));
  CHECK(&static_cast<List&>(*copy).get(0) != &list->get(0));
}

TEST_CASE("Reading a graph makes no object and changes no count", "[runtimes]") {
  Fixture world;
  const auto cls = world.rt.new_class("Point");
  world.rt.exports().add(*cls);
  const auto point = cls();
  point.attr("x") = 1000;
  const auto list = world.rt.list(point, point, "x");
  const std::size_t before = world.rt.count_objects();
  const std::uint32_t count = point->refcount;
  const Message message(list);
  CHECK(world.rt.count_objects() == before);
  CHECK(point->refcount == count);
  CHECK(message.objects() == 4);  // the list, the point, its class, and 1000
}

}  // namespace ouro::test
