// Every operation that may run foreign code, attacked from within that code (law held-across).
#include <map>
#include <optional>
#include <variant>

#include <reports/hostile_scene.h>

using namespace ouro;
using namespace ouro::test;

extern "C" int __asan_address_is_poisoned(void const volatile* address) noexcept;

namespace {

struct Operation {
  const char* name;
  void (*act)(Scene&);
};

void run(std::initializer_list<Operation> operations) {
  if constexpr (!Hostile::kAvailable) return;
  for (const Operation& operation : operations) {
    INFO(operation.name);
    Fixture fixture;
    fixture.rt.collector().set_stress(false);  // each attack collects
    CHECK(attack_everywhere(fixture, operation.act) > 0);
    CHECK(fixture.unraisable.empty());
  }
}

/// An item of the scene's list: operands belong to the caller, who holds them.
Ref<> item(const Scene& scene, std::int64_t position) { return share(scene.list->get(position)); }

/// Shows its item when it goes.
struct Shower {
  Ref<> item;
  Untraced<std::string*> seen;
  static constexpr std::tuple edges{&Shower::item};

  Shower(const Ref<>& shown, std::string* result) : item(shown), seen{result} {}
  ~Shower() {
    if (item) **seen = text(*repr(*item));
  }
};

void drain(Object& iterable) {
  const Ref<> iterator = iterate(iterable);
  while (const Ref<> item = next(*iterator)) static_cast<void>(repr(*item));
}

}  // namespace

TEST_CASE("a pointer into a list or dict that is kept across foreign code is found under stress", "[law-held-across]") {
  if constexpr (!Hostile::kAvailable) return;
  Options options;
  options.collect_at_every_allocation = true;
  Runtime rt(options);
  const Ref<List> list = rt.list("kept", "items");
  const Ref<Dict> dict = rt.dict({{"key", rt.list()}});
  const Ref<> foreign = make_function(rt.builtins(), "foreign", [] {});
  // The mistake: a borrowed pointer into each buffer, used after the call.
  const auto* const item = reinterpret_cast<const volatile unsigned char*>(list->items);
  const auto* const pair = reinterpret_cast<const volatile unsigned char*>(dict->pairs);
  static_cast<void>(foreign());
  for (const volatile unsigned char* const stale : {item, pair}) {
    if constexpr (kAddressSanitizer)
      CHECK(__asan_address_is_poisoned(const_cast<const unsigned char*>(stale)) != 0);
    else
      CHECK(*stale == ForeignCodeStress::kDead);
  }
  CHECK(text(*repr(*list)) == "['kept', 'items']");
  CHECK(dict->contains(*rt.str("key")));
}

TEST_CASE("lists survive what foreign code does to them", "[law-held-across][no-stress]") {
  run({
      {"index", [](Scene& s) { static_cast<void>(s.list->index(*other(s))); }},
      {"count", [](Scene& s) { static_cast<void>(s.list->count(*other(s))); }},
      {"contains", [](Scene& s) { static_cast<void>(s.list->contains(*other(s))); }},
      {"remove", [](Scene& s) { s.list->remove(*other(s)); }},
      {"extend by an iterable", [](Scene& s) { s.list->extend(*other(s)); }},
      {"extend by itself",
       [](Scene& s) {
         s.list->extend(*s.list);
         s.list->clear();
       }},
      {"list of an iterable", [](Scene& s) { static_cast<void>(list_from(*other(s))); }},
      {"sort", [](Scene& s) { s.list->sort(); }},
      {"sort backwards", [](Scene& s) { s.list->sort(nullptr, true); }},
      {"sort by a key", [](Scene& s) { s.list->sort(share(s.functions->get(0)).get()); }},
      {"assign a slice",
       [](Scene& s) {
         s.list->set_slice({1, 3, 1}, *other(s));
       }},
      {"assign an extended slice",
       [](Scene& s) {
         s.list->set_slice({0, {}, 2}, *other(s));
       }},
      {"erase a slice",
       [](Scene& s) {
         s.list->erase_slice({1, 3, 1});
       }},
      {"pop", [](Scene& s) { static_cast<void>(s.list->pop(0)); }},
      {"clear", [](Scene& s) { s.list->clear(); }},
      {"item by __index__", [](Scene& s) { static_cast<void>(get_item(*s.list, *other(s))); }},
      {"set item by __index__", [](Scene& s) { set_item(*s.list, *other(s), *other(s)); }},
      {"delete item by __index__", [](Scene& s) { delete_item(*s.list, *other(s)); }},
      {"repr", [](Scene& s) { static_cast<void>(repr(*s.list)); }},
      {"equal",
       [](Scene& s) { static_cast<void>(equal(*s.list, *s.rt.list(other(s), other(s), other(s), other(s), other(s)))); }},
      {"less", [](Scene& s) { static_cast<void>(compare(*s.list, *s.pairs, Comparison::kLess)); }},
      {"repeat by __index__", [](Scene& s) { static_cast<void>(apply(ouro::Operator::kMultiply, *s.list, *other(s))); }},
      {"iterate", [](Scene& s) { drain(*s.list); }},
      {"iterate by __getitem__", [](Scene& s) { drain(*item(s, 0)); }},
  });
}

TEST_CASE("dicts survive what foreign code does to them", "[law-held-across][no-stress]") {
  run({
      {"find", [](Scene& s) { static_cast<void>(s.dict->find(*other(s))); }},
      {"get", [](Scene& s) { static_cast<void>(s.dict->get(*other(s))); }},
      {"set", [](Scene& s) { s.dict->set(*other(s), *other(s)); }},
      {"set default", [](Scene& s) { s.dict->set_default(*other(s), *other(s)); }},
      {"remove", [](Scene& s) { s.dict->remove(*other(s)); }},
      {"discard", [](Scene& s) { s.dict->discard(*other(s)); }},
      {"pop", [](Scene& s) { static_cast<void>(s.dict->pop(*other(s))); }},
      {"pop with a fallback", [](Scene& s) { static_cast<void>(s.dict->pop(*other(s), *other(s))); }},
      {"pop item", [](Scene& s) { s.dict->pop_item(); }},
      {"clear", [](Scene& s) { s.dict->clear(); }},
      {"update by a dict",
       [](Scene& s) {  // an empty one takes the table over, which runs nothing
         const Ref<Dict> into = s.rt.dict({{"there", 1}});
         into->update(*s.dict);
       }},
      {"update a dict that grows",
       [](Scene& s) {
         s.dict->update(*s.dict->copy());
         s.dict->update(*s.pairs);
       }},
      {"update by pairs", [](Scene& s) { s.rt.dict()->update(*s.pairs); }},
      {"update by an iterable", [](Scene& s) { s.dict->update(*other(s)); }},
      {"dict of pairs", [](Scene& s) { static_cast<void>(dict_from(*s.pairs)); }},
      {"copy",
       [](Scene& s) {
         static_cast<void>(s.dict->copy());
         static_cast<void>(s.dict->find(*other(s)));
       }},
      {"repr", [](Scene& s) { static_cast<void>(repr(*s.dict)); }},
      {"equal", [](Scene& s) { static_cast<void>(equal(*s.dict, *dict_from(*s.pairs))); }},
      {"equal values",
       [](Scene& s) {
         const Ref<Dict> twin = s.rt.dict();
         for (int i = 0; i < 5; ++i) twin->set("key" + std::to_string(i), *other(s));
         static_cast<void>(equal(*s.counts, *twin));
       }},
      {"a key in the keys", [](Scene& s) { static_cast<void>(contains(*s.dict->keys(), *other(s))); }},
      {"a value in the values", [](Scene& s) { static_cast<void>(contains(*s.dict->values(), *other(s))); }},
      {"a pair in the items",
       [](Scene& s) { static_cast<void>(contains(*s.dict->items(), *s.rt.tuple(other(s), other(s)))); }},
      {"equal keys", [](Scene& s) { static_cast<void>(equal(*s.dict->keys(), *dict_from(*s.pairs)->keys())); }},
      {"repr of the items", [](Scene& s) { static_cast<void>(repr(*s.dict->items())); }},
      {"iterate over the items", [](Scene& s) { drain(*s.dict->items()); }},
  });
}

TEST_CASE("tuples, texts and numbers survive what foreign code does", "[law-held-across][no-stress]") {
  run({
      {"tuple of an iterable", [](Scene& s) { static_cast<void>(tuple_from(*other(s))); }},
      {"hash of a tuple", [](Scene& s) { static_cast<void>(hash(*tuple_from(*s.list))); }},
      {"index in a tuple", [](Scene& s) { static_cast<void>(index_of(*tuple_from(*s.list), *other(s))); }},
      {"repr of a tuple", [](Scene& s) { static_cast<void>(repr(*tuple_from(*s.list))); }},
      {"less", [](Scene& s) { static_cast<void>(compare(*tuple_from(*s.list), *tuple_from(*s.pairs), Comparison::kLess)); }},
      {"join", [](Scene& s) { static_cast<void>(join(*s.rt.str(","), *other(s))); }},
      {"operators",
       [](Scene& s) {
         for (int op = 0; op < 13; ++op) static_cast<void>(apply(static_cast<ouro::Operator>(op), *item(s, 0), *item(s, 1)));
       }},
      {"reflected operators",
       [](Scene& s) {
         for (int op = 0; op < 13; ++op)
           static_cast<void>(apply(static_cast<ouro::Operator>(op), *s.rt.from(1), *item(s, 1)));
       }},
      {"truth and length", [](Scene& s) { static_cast<void>(truth(*item(s, 0)) && length(*item(s, 1)) != 0); }},
      {"a member of an item", [](Scene& s) { static_cast<void>(contains(*item(s, 0), *item(s, 1))); }},
  });
}

TEST_CASE("calls and attributes survive what foreign code does", "[law-held-across][no-stress]") {
  run({
      {"call an item", [](Scene& s) { static_cast<void>(call(*item(s, 0), {})); }},
      {"call a function that is dropped", [](Scene& s) { static_cast<void>(call(*share(s.functions->get(0)), {})); }},
      {"call with borrowed arguments",
       [](Scene& s) {
         const Ref<> held = item(s, 0);
         Object* const argument = held.get();
         static_cast<void>(call(*share(s.functions->get(0)), Arguments{{&argument, 1}, {}, {}}));
       }},
      {"ask __getattr__", [](Scene& s) { static_cast<void>(get_attribute(*item(s, 0), *s.rt.str("absent"))); }},
      {"replace an attribute", [](Scene& s) { set_attribute(*s.instance, *s.rt.str("name0"), *other(s)); }},
      {"delete an attribute", [](Scene& s) { delete_attribute(*s.instance, *s.rt.str("name0")); }},
      {"__dict__", [](Scene& s) { static_cast<void>(repr(*dict_of(*s.instance))); }},
      {"replace a method",
       [](Scene& s) {
         s.type.attr("__str__") = s.type.attr("__repr__").get();
         static_cast<void>(str(*item(s, 0)));
       }},
      {"bound method", [](Scene& s) { static_cast<void>(call(*get_attribute(*item(s, 0), *s.rt.str("__len__")), {})); }},
      {"make an object",
       [](Scene& s) {
         s.type.attr("__init__") = make_function(s.rt.builtins(), "Item.__init__", [](Object&) {});
         static_cast<void>(s.type());
       }},
      {"weak callback",
       [](Scene& s) {
         const Ref<> watch = make_weakref(*item(s, 0), share(s.functions->get(0)).get());
         s.list->erase(0);
       }},
      {"weak references of an item",
       [](Scene& s) {
         const Ref<> watch = make_weakref(*item(s, 0)), second = make_weakref(*item(s, 1));
         static_cast<void>(equal(*watch, *second));
         static_cast<void>(hash(*watch));
       }},
  });
}

TEST_CASE("conversions survive what foreign code does", "[law-held-across][no-stress]") {
  run({
      {"vector of floats", [](Scene& s) { static_cast<void>(from_object<std::vector<double>>(*s.list)); }},
      {"vector of floats of an iterable", [](Scene& s) { static_cast<void>(from_object<std::vector<double>>(*other(s))); }},
      {"vector of ints", [](Scene& s) { static_cast<void>(from_object<std::vector<int>>(*s.list)); }},
      {"vector of pairs", [](Scene& s) { static_cast<void>(from_object<std::vector<std::pair<int, double>>>(*s.pairs)); }},
      {"map of floats", [](Scene& s) { static_cast<void>(from_object<std::map<std::string, double>>(*s.counts)); }},
      {"map of items", [](Scene& s) { static_cast<void>(from_object<std::map<int, double>>(*s.dict)); }},
      {"optional", [](Scene& s) { static_cast<void>(from_object<std::optional<double>>(*item(s, 0))); }},
      {"variant", [](Scene& s) { static_cast<void>(from_object<std::variant<int, double>>(*item(s, 0))); }},
      {"tuple", [](Scene& s) { static_cast<void>(from_object<std::tuple<int, double>>(*share(s.pairs->get(0)))); }},
  });
}

TEST_CASE("weak collections survive what foreign code does", "[law-held-across][no-stress]") {
  run({
      {"find a key", [](Scene& s) { static_cast<void>(s.weak_keys->find(*other(s))); }},
      {"set a key", [](Scene& s) { s.weak_keys->set(*other(s), *other(s)); }},
      {"remove a key", [](Scene& s) { s.weak_keys->remove(*other(s)); }},
      {"clear keys", [](Scene& s) { s.weak_keys->clear(); }},
      {"find a value", [](Scene& s) { static_cast<void>(s.weak_values->find(*other(s))); }},
      {"set a value", [](Scene& s) { s.weak_values->set(*other(s), *other(s)); }},
      {"remove a value", [](Scene& s) { s.weak_values->remove(*other(s)); }},
      {"values die",
       [](Scene& s) {
         s.list->clear();
         static_cast<void>(s.weak_values->length());
       }},
      {"loop over keys",
       [](Scene& s) {
         WeakLoop loop(*s.weak_keys);
         while (const auto item = loop.next()) static_cast<void>(repr(*item->first));
       }},
  });
}

TEST_CASE("a class that dies keeps its methods until it is cleared itself", "[law-held-across]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::string seen;
  {
    const auto base = rt.new_class("Base");
    const auto derived = rt.new_class("Derived", {base.get()});
    for (const auto& type : {base, derived}) {
      type.attr("__hash__") = make_function(rt.builtins(), "__hash__", [](Object&) { return 1; });
      type.attr("__repr__") = make_function(rt.builtins(), "__repr__", [](Object&) { return "an item"; });
    }
    const Ref<> item = derived();
    const Ref<List> ring = rt.list();
    const auto shower = rt.class_<Shower>("Shower");
    item.attr("ring") = ring;
    for (int i = 0; i < 50; ++i) {  // of those that hold one another some die before the collector comes to them
      const Ref<> holder = rt.dict();
      holder["shower"] = shower.make(item, &seen);
      ring->append(*holder);
    }
  }
  rt.gc().collect();
  CHECK_FALSE(seen.empty());
}
