// Sequences, weak dictionaries and queues whose items run code that drops or changes what is being used.
#include <ouro/objects/core/aggregate.h>
#include <ouro/objects/text/str_methods.h>
#include <ouro/objects/weak/weak_collections.h>
#include <ouro/runtime/sync/classes.h>
#include <ouro/runtime/sync/thread_class.h>

#include <functional>

#include <reports/defined_class.h>

namespace ouro::test {

namespace {

/// Objects that only a list holds, and a class whose methods clear that list.
struct Shelf {
  explicit Shelf(Runtime& runtime) : rt(runtime), drops(runtime, "Drops") {
    drops("__eq__", [this](Object&, Object&) { return held->clear(), false; });
    drops("__lt__", [this](Object&, Object&) { return held->clear(), Ref<>::share(rt.builtins().not_implemented()); });
    drops("__add__", [this](Object&, Object&) { return held->clear(), Ref<>::share(rt.builtins().not_implemented()); });
    drops("__repr__", [this](Object&) { return held->clear(), "dropped"; });
    drops("__hash__", [this](Object&) { return held->clear(), 7; });
    drops("__index__", [this](Object&) { return held->clear(), 0; });
  }
  /// Puts them on the shelf and gives the first one back, borrowed.
  template <class... V>
  Object& put(const V&... objects) {
    held->clear();
    (held->append(*rt.from(objects)), ...);
    return held->get(0);
  }

  Runtime& rt;
  Ref<List> held = rt.list();
  Defined drops;
};

/// A native object whose constructor runs what a test says.
struct Meddler {
  Meddler() { meddle(); }
  int number = 0;
  static inline std::function<void()> meddle = [] {};
  static constexpr std::tuple edges{};
  static constexpr std::tuple copied{&Meddler::number};
};

}  // namespace

TEST_CASE("a sequence is searched to its end though a comparison drops the last other handle to it",
          "[foreign-code][law-held-across]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Shelf shelf(rt);
  const Ref<> two = rt.from(2);
  const auto list = [&]() -> List& { return static_cast<List&>(shelf.put(rt.list(shelf.drops.make(), 1, 2, 2))); };
  const auto tuple = [&]() -> Tuple& { return static_cast<Tuple&>(shelf.put(rt.tuple(shelf.drops.make(), 1, 2, 2))); };
  CHECK(list().contains(*two));
  CHECK(list().count(*two) == 2);
  CHECK(list().index(*two) == 2);
  list().remove(*two);
  CHECK(contains(list(), *two));
  CHECK(contains(tuple(), *two));
  CHECK(count_of(tuple(), *two) == 2);
  CHECK(index_of(tuple(), *two) == 2);
  shelf.drops("__iter__", [&](Object&) { return shelf.held->clear(), iterate(*rt.list(3)); });
  shelf.put(rt.list(1), shelf.drops.make());
  static_cast<List&>(shelf.held->get(0)).extend(shelf.held->get(1));
}

TEST_CASE("operands live until an operator has its answer, though a special method drops the last other handle to them",
          "[foreign-code][law-held-across]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Shelf shelf(rt);
  const auto one = [&] { return shelf.drops.make(); };
  const auto with_both = [&](const Ref<>& first, const Ref<>& second, auto act) {
    shelf.put(first, second);
    return act(shelf.held->get(0), shelf.held->get(1));
  };
  CHECK_FALSE(with_both(one(), one(), equal));
  CHECK(error_of([&] {
          return with_both(one(), one(), [](Object& a, Object& b) { return compare(a, b, Comparison::kLess); });
        }) == "TypeError: '<' not supported between instances of 'Drops' and 'Drops'");
  CHECK(error_of([&] {
          return with_both(one(), rt.list(), [](Object& a, Object& b) { return apply(Operator::kAdd, a, b); });
        }) == "TypeError: unsupported operand type(s) for +: 'Drops' and 'list'");
  CHECK_FALSE(with_both(rt.list(one(), 1), rt.list(one(), 2), equal));
  CHECK(text(*repr(shelf.put(rt.list(one(), 1, 2)))) == "[dropped, 1, 2]");
  CHECK(text(*str(shelf.put(rt.tuple(one(), 1)))) == "(dropped, 1)");
  CHECK(hash(shelf.put(rt.tuple(one(), 1, 2))) == hash(*rt.tuple(7, 1, 2)));
  CHECK(get_item(shelf.put(rt.list(5, 6)), *one()).is(*rt.from(5)));
  with_both(rt.list(5, 6), rt.list(1), [&](Object& list, Object& item) { set_item(list, *one(), item); });
  CHECK(error_of([&] { return delete_item(shelf.put(rt.tuple(5)), *one()), 0; }) ==
        "TypeError: 'tuple' object doesn't support item deletion");
}

TEST_CASE("an aggregate holds its key function and what it adds", "[foreign-code][law-held-across]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Shelf shelf(rt);
  const Ref<List> numbers = rt.list(3, 1, 2);
  const auto drop = [&shelf, &numbers](Object& value) { return shelf.held->clear(), numbers->clear(), share(value); };
  const auto key = [&] { return make_function(rt.builtins(), "key", drop); };
  CHECK(min_of(*numbers, &shelf.put(key())).is(*rt.from(3)));
  CHECK(numbers->size == 0);
  numbers->append(*rt.from(4));
  CHECK(max_of(shelf.put(numbers), key().get()).is(*rt.from(4)));
  numbers->append(*shelf.drops.make());
  CHECK(error_of([&] { return sum(*numbers, &shelf.put(rt.list())); }).starts_with("TypeError: can only concatenate list"));
}

TEST_CASE("a slice is assigned where it lies after the iterable changed the list", "[foreign-code]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<List> list = rt.list(1, 2, 3, 4);
  Defined changes(rt, "Changes");
  changes("__iter__", [&list, &rt](Object&) { return list->clear(), iterate(*rt.list(9, 8)); });
  list->set_slice({-1, {}, 1}, *changes.make());
  CHECK(shown(list) == "[9, 8]");
  CHECK(error_of([&] {
          return list->set_slice({{}, {}, 2}, *changes.make()), 0;
        }) == "ValueError: attempt to assign sequence of size 2 to extended slice of size 1");
  list->extend(*changes.make());
  CHECK(shown(list) == "[9, 8]");
}

TEST_CASE("no finalizer finds the items that a tuple is made from", "[foreign-code]") {
  // It could empty the list of them, which a collection reads while the tuple is allocated.
  for (std::uint32_t threshold = 1; threshold < 8; ++threshold) {
    Fixture fixture;
    Runtime& rt = fixture.rt;
    const Ref<List> source = rt.list();
    for (int i = 0; i < 1000; ++i) source->append(*rt.from(i + 1000));
    Defined clears(rt, "Clears");
    clears("__del__", [&rt, &source](Object&) {
      const auto all = rt.gc().get_objects();
      for (Object& object : all)
        if (List* const list = as<List>(object); list != nullptr && list != source.get() && list->size == 1000)
          list->clear();
    });
    rt.gc().set_threshold(threshold);
    Ref<> dead = clears.make();
    dead.attr("self") = dead;
    dead.reset();
    const Ref<Tuple> made = tuple_from(*source);
    CHECK(made->size == 1000);
    CHECK(equal(*list_from(*made), *source));
    static_cast<void>(rt.gc().collect());
  }
}

TEST_CASE("an entry set while a dead one is looked for stays in a WeakValueDictionary", "[foreign-code]") {
  for (int when = 1; when < 4; ++when) {
    Fixture fixture;
    Runtime& rt = fixture.rt;
    const Ref<WeakValues> values = make_weak_values(rt.builtins());
    const Ref<> value = rt.new_class("Value")();
    int comparisons = 0;
    bool armed = true;
    Ref<> key;
    Defined keys(rt, "Key");
    keys("__hash__", [](Object&) { return 1; });
    keys("__eq__", [&](Object&, Object&) {
      if (++comparisons == when && armed) values->set(*key, *value);
      return false;
    });
    const Ref<> before = keys.make();
    key = keys.make();
    values->set(*before, *value);
    Ref<> dying = rt.new_class("Dies")();
    values->set(*key, *dying);
    comparisons = 0;
    dying.reset();
    const bool was_set = comparisons >= when;
    armed = false;
    CHECK(values->find(*key).is(was_set ? value : Ref<>()));
  }
}

TEST_CASE("a weak dictionary lives until its look-up has ended", "[foreign-code][law-held-across]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Shelf shelf(rt);
  const Ref<> value = rt.new_class("Value")();
  Defined keys(rt, "Key");
  keys("__hash__", [](Object&) { return 1; })("__eq__", [&](Object&, Object&) { return shelf.held->clear(), false; });
  const Ref<> key = keys.make();
  const auto by_key = [&]() -> WeakKeys& {
    auto& made = static_cast<WeakKeys&>(shelf.put(make_weak_keys(rt.builtins())));
    made.set(*key, *value);
    return made;
  };
  const auto by_value = [&]() -> WeakValues& {
    auto& made = static_cast<WeakValues&>(shelf.put(make_weak_values(rt.builtins())));
    made.set(*key, *value);
    return made;
  };
  CHECK_FALSE(by_key().find(*keys.make()));
  CHECK_FALSE(by_key().contains(*keys.make()));
  by_key().set(*keys.make(), *value);
  CHECK(by_key().set_default(*keys.make(), *value).is(value));
  CHECK_FALSE(by_value().find(*keys.make()));
  by_value().set(*keys.make(), *value);
  CHECK(by_value().set_default(*keys.make(), *value).is(value));
  CHECK(error_of([&] { return by_value().pop(*keys.make()); }).starts_with("KeyError"));
}

TEST_CASE("clearing a weak dictionary drops the last entry first, and each may look at the dictionary", "[foreign-code]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<WeakKeys> dictionary = make_weak_keys(rt.builtins());
  std::string order;
  Defined values(rt, "Value");
  values("__del__",
         [&](Object& self) { order += shown(share(self).attr("number")) + std::to_string(dictionary->length()) + " "; });
  std::vector<Ref<>> keys;
  for (int i = 0; i < 3; ++i) {
    keys.push_back(rt.new_class("Key")());
    Ref<> value = values.make();
    value.attr("number") = i;
    dictionary->set(*keys.back(), *value);
  }
  dictionary->clear();
  CHECK(order == "22 11 00 ");
}

TEST_CASE("what a priority queue compares may not use the queue, and harms nothing by trying", "[foreign-code]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const sync::Classes sync(rt);
  const Ref<> queue = sync.queue(0, sync::Order::kLeast);
  std::string refused;
  Defined items(rt, "Item");
  items("__lt__", [&](Object&, Object&) {
    refused = error_of([&] { return queue.attr("put")(5); });
    CHECK(error_of([&] { return queue.attr("get_nowait")(); }) == refused);
    return false;
  });
  static_cast<void>(queue.attr("put")(items.make()));
  static_cast<void>(queue.attr("put")(items.make()));
  CHECK(refused == "RuntimeError: a queue cannot be used by what it compares");
  CHECK(queue.attr("qsize")() == 2);
  static_cast<void>(queue.attr("get")());
  static_cast<void>(queue.attr("get")());
}

TEST_CASE("a thread has one object though a finalizer asks for it while it is made", "[foreign-code]") {
  for (std::uint32_t threshold = 1; threshold < 12; ++threshold) {
    Fixture fixture;
    Runtime& rt = fixture.rt;
    const sync::ThreadClass threads(rt);
    const Ref<List> seen = rt.list();
    Defined asks(rt, "Asks");
    asks("__del__", [&](Object&) { seen->append(threads.current()); });
    Ref<> dead = asks.make();
    dead.attr("self") = dead;
    rt.gc().set_threshold(threshold);
    dead.reset();
    const Ref<> mine = threads.current();
    static_cast<void>(rt.gc().collect());
    REQUIRE(seen->size == 1);
    CHECK(mine.is(seen->get(0)));
    CHECK(mine.is(threads.current()));
  }
}

TEST_CASE("a constructor that meddles with a graph that is being unpacked changes nothing of it", "[foreign-code]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("Thing");
  const auto meddlers = rt.class_<Meddler>("Meddler");
  rt.exports().add(*type);
  rt.exports().add(*meddlers.type());
  const Ref<> thing = type();
  thing.attr("x") = 1;
  static_cast<void>(thing.attr("__dict__").get());
  const Message message(rt.list(thing, meddlers.make()));
  Meddler::meddle = [&] {
    rt.exports().remove("Thing");
    const auto all = rt.gc().get_objects();
    for (Object& object : all)
      if (object.type == type.get() && &object != thing.get()) share(object).attr("y") = 2;
  };
  const Ref<> copy = message.unpack(rt.builtins());
  Meddler::meddle = [] {};
  const Ref<> other = copy[0];
  CHECK(other.attr("x") == 1);
  CHECK_FALSE(find_attribute(*other, *rt.str("y")));
}

}  // namespace ouro::test
