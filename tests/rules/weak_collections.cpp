// Rule 109: the weak dictionaries (CPython: test_weakref).
#include <ouro/objects/weak/weak_collections.h>

#include "stage.h"

namespace ouro::test {

namespace {

// The same scenarios with keys that die and with values that die.

/// A weak dictionary of things by number (values), or of numbers by thing (keys).
template <class D>
class Things {
 public:
  static constexpr bool kKeys = std::same_as<D, WeakKeys>;

  Things(Stage& stage, int count) : stage_(stage), type_(stage.new_class("Thing")), dictionary(make(stage.rt.builtins())) {
    for (int i = 0; i < count; ++i) {
      things.push_back(stage.make(type_, i));
      put(things.back());
    }
  }

  static Ref<D> make(Builtins& builtins) {
    if constexpr (kKeys)
      return make_weak_keys(builtins);
    else
      return make_weak_values(builtins);
  }
  Ref<> thing(int number) { return stage_.make(type_, number); }
  /// Key and value of a thing's entry.
  std::pair<Ref<>, Ref<>> entry(const Ref<>& thing) {
    const Ref<> number = thing.attr("number");
    return kKeys ? std::pair(thing, number) : std::pair(number, thing);
  }
  void put(const Ref<>& thing) {
    const auto [key, value] = entry(thing);
    dictionary->set(*key, *value);
  }
  /// The last thing dies. Returns its number.
  int destroy() {
    const int number = things.back().attr("number").template as<int>();
    things.pop_back();
    stage_.collect();
    return number;
  }
  Ref<> first_key() { return WeakLoop(*dictionary).next()->first; }

 private:
  Stage& stage_;
  Ref<Class> type_;

 public:
  Ref<D> dictionary;
  std::vector<Ref<>> things;
};

template <class F>
std::string error_kind(F&& act) {
  try {
    static_cast<void>(act());
  } catch (const Error& error) {
    return std::string(name_of(error.kind()));
  }
  return "nothing";
}

template <class D>
void entries_die(Stage& stage) {
  Things<D> t(stage, 4);
  t.things.erase(t.things.begin() + 1);
  stage.collect();
  stage.log("{} left", t.dictionary->length());
  const Ref<> key = t.entry(t.things[0]).first;
  static_cast<void>(t.dictionary->pop(*key));
  stage.log("{}", error_kind([&] { return t.dictionary->get(*key); }));
  for (const Ref<>& thing : t.things) thing.attr("me") = thing;
  t.things.erase(t.things.begin() + 1);
  stage.collect();
  stage.log("{} left", t.dictionary->length());
}

template <class D>
void destroyed_while_iterating(Stage& stage) {
  Things<D> t(stage, 10);
  std::size_t seen = 0;
  {
    WeakLoop loop(*t.dictionary);
    static_cast<void>(loop.next());
    t.destroy();
    CHECK(t.dictionary->entries().size == 10);
    while (loop.next()) ++seen;
  }
  stage.log("saw {} more, {} left", seen, t.dictionary->length());
}

template <class D>
void destroyed_and_mutated(Stage& stage) {
  Things<D> t(stage, 10);
  D& d = *t.dictionary;
  const auto while_destroyed = [&](auto act) {
    WeakLoop loop(d);
    static_cast<void>(loop.next());
    const Ref<> fresh = t.thing(t.destroy());
    const auto [key, value] = t.entry(fresh);
    act(*key, *value);
  };
  while_destroyed([&](Object& key, Object&) { stage.log("contains {}", python_bool(d.contains(key))); });
  while_destroyed([&](Object& key, Object&) {
    stage.log("{}", error_kind([&] { return d.remove(key), 0; }));
    stage.log("{}", error_kind([&] { return d.pop(key); }));
    stage.log("contains {}, {} left", python_bool(d.contains(key)), d.length());
  });
  Ref<> key_set, value_set;
  while_destroyed([&](Object& key, Object& value) {
    key_set = share(key), value_set = share(value);
    d.set(key, value);
  });
  stage.log("set {}, {} left", python_bool(d.get(*key_set).is(value_set)), d.length());
  while_destroyed([&](Object&, Object&) { d.clear(); });
  stage.log("{} left", d.length());
}

template <class D>
void removal_and_length(Stage& stage) {
  Things<D> t(stage, 10);
  D& d = *t.dictionary;
  const Ref<> other = t.thing(123456);
  std::vector<int> lengths;
  const auto note = [&] { lengths.push_back(static_cast<int>(d.length())); };
  const auto while_destroyed = [&](auto act) {
    WeakLoop loop(d);
    static_cast<void>(loop.next());
    t.destroy();
    act();
    note();
  };
  while_destroyed([&] {
    note();
    static_cast<void>(d.pop(*t.first_key()));
    note();
    t.put(other);
  });
  while_destroyed([&] { note(), static_cast<void>(d.pop_item()); });
  while_destroyed([&] { note(), d.remove(*t.first_key()); });
  while_destroyed([&] { static_cast<void>(d.pop_item()); });
  while_destroyed([&] { d.clear(); });
  note();
  stage.log("[{}]", fmt::join(lengths, ", "));
}

template <class D>
void length_raced(Stage& stage) {
  gc::Collector& gc = stage.rt.gc();
  int good = 0;
  gc.enable();
  for (int threshold = 1; threshold < 100; ++threshold) {
    gc.collect(0);
    gc.set_thresholds({threshold, threshold, threshold});
    Things<D> t(stage, 20);
    for (const Ref<>& thing : t.things) thing.attr("cycle") = thing;
    t.things.clear();
    std::size_t n1;
    {
      WeakLoop loop(*t.dictionary);
      static_cast<void>(loop.next());
      n1 = t.dictionary->length();
    }
    const std::size_t n2 = t.dictionary->length();
    good += n2 <= n1 && n1 <= 20;
  }
  gc.disable();
  stage.log("right {}", good);
}

template <class D>
void cascading(Stage& stage) {
  Things<D> t(stage, 0);
  Ref<> chain = stage.rt.none();
  for (int i = 0; i < 1000; ++i) {
    const Ref<> node = t.thing(i);
    node.attr("next") = chain;
    chain = node;
    t.put(chain);
  }
  const std::size_t before = t.dictionary->length();
  chain.reset();
  stage.log("{}, {}", before, t.dictionary->length());
}

const Scenario kEntriesDie("109 entries die",
                           [](Stage& stage, Log&) { entries_die<WeakKeys>(stage), entries_die<WeakValues>(stage); });
const Scenario kDestroyed("109 destroyed while iterating", [](Stage& stage, Log&) {
  destroyed_while_iterating<WeakKeys>(stage), destroyed_while_iterating<WeakValues>(stage);
});
const Scenario kMutated("109 destroyed and mutated while iterating", [](Stage& stage, Log&) {
  destroyed_and_mutated<WeakKeys>(stage), destroyed_and_mutated<WeakValues>(stage);
});
const Scenario kRemoval("109 removal and length while iterating", [](Stage& stage, Log&) {
  removal_and_length<WeakKeys>(stage), removal_and_length<WeakValues>(stage);
});
const Scenario kRaced("109 length raced by collections",
                      [](Stage& stage, Log&) { length_raced<WeakKeys>(stage), length_raced<WeakValues>(stage); });
const Scenario kCascading("109 cascading deletes",
                          [](Stage& stage, Log&) { cascading<WeakKeys>(stage), cascading<WeakValues>(stage); });

const Scenario kOwnKey("109 value that refers to its key", [](Stage& stage, Log& log) {
  const auto type = stage.new_class("Thing");
  Ref<WeakKeys> keys = make_weak_keys(stage.rt.builtins());
  Ref<> a = type();
  keys->set(*a, *stage.rt.list(a));
  a.reset();
  stage.collect();
  log("{} left", keys->length());
  keys->clear();
  const Ref<WeakValues> values = make_weak_values(stage.rt.builtins());
  a = type();
  a.attr("d") = values;
  values->set(*stage.rt.from(1), *a);
  a.reset();
  log("{} left", values->length());
  stage.collect();
  log("{} left", values->length());
});

}  // namespace

TEST_CASE("entries of weak dictionaries leave when their key or value dies", "[rule-109]") {
  CHECK(kEntriesDie.told() == "3 left; KeyError; 1 left; 3 left; KeyError; 1 left");
}

TEST_CASE("a loop over a weak dictionary does not notice that an entry dies", "[rule-109][law-weak-loop]") {
  CHECK(kDestroyed.told() == "saw 8 more, 9 left; saw 8 more, 9 left");
}

TEST_CASE("a weak dictionary may be changed by hand while a loop holds back what has died", "[rule-109]") {
  const std::string one = "contains False; KeyError; KeyError; contains False, 8 left; set True, 8 left; 0 left";
  CHECK(kMutated.told() == one + "; " + one);
}

TEST_CASE("the length of a weak dictionary is right while a loop holds back what has died", "[rule-109]") {
  CHECK(kRemoval.told() == "[9, 8, 9, 8, 7, 6, 5, 3, 0, 0]; [9, 8, 9, 8, 7, 6, 5, 3, 0, 0]");
}

TEST_CASE("the length of a weak dictionary is right at every threshold from 1 to 99", "[rule-109]") {
  CHECK(kRaced.told() == "right 99; right 99");
}

TEST_CASE("a chain whose links stand in a weak dictionary leaves it link by link", "[rule-109]") {
  CHECK(kCascading.told() == "1000, 0; 1000, 0");
}

TEST_CASE("a value keeps the key alive that it refers to, and a dictionary does not keep its values", "[rule-109]") {
  CHECK(kOwnKey.told() == "1 left; 0 left; 0 left");
}

TEST_CASE("weak dictionaries stand a collection at every allocation", "[rule-109]") {
  Stage stage;
  stage.rt.gc().set_stress(true);
  stage.rt.gc().enable();
  entries_die<WeakKeys>(stage), entries_die<WeakValues>(stage);
  removal_and_length<WeakKeys>(stage), removal_and_length<WeakValues>(stage);
  stage.rt.gc().disable();
  CHECK(stage.log.text() == kEntriesDie.told() + "; " + kRemoval.told());
}

TEST_CASE("a weak dictionary whose entries die after it is left alone", "[rule-109]") {
  Stage stage;
  Things<WeakKeys> keys(stage, 5);
  Things<WeakValues> values(stage, 5);
  keys.dictionary.reset(), values.dictionary.reset();
  keys.things.clear(), values.things.clear();
  CHECK(stage.fixture.unraisable.empty());
  CHECK(stage.rt.heap().weak.targets() == 0);
}

TEST_CASE("weak dictionaries show as objects, take subscripts and refuse what cannot be referred to", "[rule-109]") {
  Stage stage;
  const auto type = stage.new_class("Thing");
  const Ref<> a = type();
  const Ref<WeakKeys> keys = make_weak_keys(stage.rt.builtins());
  const Ref<WeakValues> values = make_weak_values(stage.rt.builtins());
  keys[a] = 1;
  values["a"] = a;
  CHECK(keys[a] == 1);
  CHECK(values["a"].get().is(a));
  CHECK(length(*keys) == 1);
  CHECK(contains(*values, *stage.rt.str("a")));
  CHECK_FALSE(contains(*keys, *stage.rt.from(1)));
  CHECK_THAT(shown(keys), StartsWith("<WeakKeyDictionary at 0x"));
  CHECK_THROWS_WITH(keys->set(*stage.rt.from(1), *a), "TypeError: cannot create weak reference to 'int' object");
  CHECK_THROWS_WITH(values->set(*a, *stage.rt.list()), "TypeError: cannot create weak reference to 'list' object");
  CHECK_THROWS_WITH(values->get(*stage.rt.str("b")), "KeyError: 'b'");
  CHECK_THROWS_WITH(make_weak_keys(stage.rt.builtins())->pop_item(), "KeyError: 'popitem(): dictionary is empty'");
  CHECK(keys->set_default(*a, *stage.rt.from(2)).is(stage.rt.from(1)));
  CHECK(values->set_default(*stage.rt.str("a"), *type()).is(a));
  keys[a].erase();
  CHECK(keys->length() == 0);
}

}  // namespace ouro::test
