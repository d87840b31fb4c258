// What a dict does, and in which order, with which errors.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/numbers/float.h>

#include <objects/dict_laws.h>
#include <objects/probe.h>

namespace ouro::test {

namespace {

Ref<Str> word(World& world, std::string_view text) { return make_str(world.builtins, text); }

/// {0: 0, 1: 10, 2: 20 ...}
Ref<Dict> tens(World& world, int size) {
  Ref<Dict> dict = make_dict(world.builtins);
  for (int i = 0; i < size; ++i) dict->set(*number(world, i), *number(world, 10 * i));
  return dict;
}

bool is_tracked(World& world, const Dict& dict) { return world.heap().tracking.is_tracked(dict); }

std::size_t bytes_of(const Dict& dict) {
  return sizeof(Dict) + alloc::block_bytes_of(alloc::size_class_of(detail::shape_of(dict).bytes()));
}

}  // namespace

TEST_CASE("a dict keeps the order of insertion, and a replaced value keeps its place", "[law-dict-order]") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  dict->set("b", *number(world, 1));
  dict->set("a", *number(world, 2));
  dict->set("b", *number(world, 3));
  CHECK(shown(dict) == "{'b': 3, 'a': 2}");
  dict->remove(*word(world, "b"));
  dict->set("b", *number(world, 4));
  CHECK(shown(dict) == "{'a': 2, 'b': 4}");
  CHECK(shown(*make_dict(world.builtins)) == "{}");
}

TEST_CASE("a dict of five str keys takes at most 160 bytes", "[law-dict-40]") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  for (const char* key : {"id", "name", "tags", "size", "parent"}) dict->set(key, world.builtins.none());
  CHECK(bytes_of(*dict) == 152);
}

TEST_CASE("keys are found by text without making a str") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  for (int i = 0; i < 40; ++i) dict->set("key" + std::to_string(i), *number(world, i));
  const std::size_t atoms = world.live_atoms();
  CHECK(shown(dict->get("key39")) == "39");
  CHECK(dict->find("key40") == nullptr);
  CHECK(dict->find("") == nullptr);
  CHECK(world.live_atoms() == atoms);
  CHECK(error_of([&] { return &dict->get("it's"); }) == "KeyError: \"it's\"");
}

TEST_CASE("a missing key is a KeyError that shows the key, an unhashable one a TypeError") {
  World world;
  const Ref<Dict> dict = tens(world, 3);
  const Ref<Str> missing = word(world, "x");
  CHECK(error_of([&] { return get_item(*dict, *missing); }) == "KeyError: 'x'");
  CHECK(error_of([&] { return delete_item(*dict, *missing), 0; }) == "KeyError: 'x'");
  CHECK(error_of([&] { return dict->pop(*missing); }) == "KeyError: 'x'");
  CHECK(error_of([&] { return make_dict(world.builtins)->pop_item(), 0; }) == "KeyError: 'popitem(): dictionary is empty'");
  const Ref<List> list = make_list(world.builtins);
  CHECK(error_of([&] { return dict->find(*list); }) == "TypeError: unhashable type: 'list'");
  CHECK(error_of([&] { return dict->set(*dict, *list), 0; }) == "TypeError: unhashable type: 'dict'");
  CHECK(dict->size == 3);
}

TEST_CASE("numbers that are equal are one key") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  dict->set(*number(world, 1), *word(world, "int"));
  CHECK(shown(dict->get(world.builtins.boolean(true))) == "'int'");
  CHECK(shown(dict->get(*make_float(world.builtins, 1.0))) == "'int'");
  dict->set(*make_float(world.builtins, 1.0), *word(world, "float"));
  CHECK(shown(dict) == "{1: 'float'}");
  const Ref<Int> big = int_from_text(world.builtins, "123456789012345678901234567890");
  const Ref<Int> twin = int_from_text(world.builtins, "123456789012345678901234567890");
  dict->set(*big, *big);
  CHECK(dict->find(*twin) == big.get());
  CHECK(dict->find(*make_tuple(world.builtins, {big.get()})) == nullptr);
}

TEST_CASE("pop, popitem, setdefault and discard") {
  World world;
  const Ref<Dict> dict = tens(world, 4);
  CHECK(shown(dict->pop(*number(world, 1))) == "10");
  CHECK(dict->pop(*number(world, 1), world.builtins.none()).get() == &world.builtins.none());
  const auto [key, value] = dict->pop_item();
  CHECK(shown(key) == "3");
  CHECK(shown(value) == "30");
  CHECK(shown(dict->set_default(*number(world, 0), world.builtins.none())) == "0");
  CHECK(shown(dict->set_default(*number(world, 9), *number(world, 90))) == "90");
  CHECK(dict->discard(*number(world, 9)));
  CHECK_FALSE(dict->discard(*number(world, 9)));
  CHECK(shown(dict) == "{0: 0, 2: 20}");
}

TEST_CASE("dicts are equal whatever their order") {
  World world;
  const Ref<Dict> dict = tens(world, 20);
  const Ref<Dict> other = make_dict(world.builtins);
  for (int i = 19; i >= 0; --i) other->set(*number(world, i), *number(world, 10 * i));
  CHECK(equal(*dict, *other));
  other->set(*number(world, 5), *number(world, 51));
  CHECK_FALSE(equal(*dict, *other));
  CHECK(compare(*dict, *tens(world, 19), Comparison::kNotEqual));
  CHECK(error_of([&] { return compare(*dict, *other, Comparison::kLess); }) ==
        "TypeError: '<' not supported between instances of 'dict' and 'dict'");
}

TEST_CASE("update takes dicts and pairs, and says which element is no pair") {
  World world;
  const Ref<Dict> dict = tens(world, 2);
  dict->update(*tens(world, 3));
  dict->update(*dict);
  const Ref<List> pairs = make_list(world.builtins);
  pairs->append(make_tuple(world.builtins, {word(world, "k").get(), word(world, "v").get()}));
  pairs->append(word(world, "xy"));
  dict->update(*pairs);
  CHECK(shown(dict) == "{0: 0, 1: 10, 2: 20, 'k': 'v', 'x': 'y'}");
  pairs->append(word(world, "xyz"));
  CHECK(error_of([&] { return dict->update(*pairs), 0; }) ==
        "ValueError: dictionary update sequence element #2 has length 3; 2 is required");
  pairs->set(2, *number(world, 1));
  CHECK(error_of([&] { return dict_from(*pairs); }) ==
        "TypeError: cannot convert dictionary update sequence element #2 to a sequence");
  CHECK(shown(apply(Operator::kBitOr, *tens(world, 1), *tens(world, 2))) == "{0: 0, 1: 10}");
}

TEST_CASE("a copy has the same entries and a life of its own") {
  World world;
  const Ref<Dict> dict = tens(world, 100);
  for (int i = 0; i < 100; i += 3) dict->remove(*number(world, i));
  const Ref<Dict> copy = dict->copy();
  require_dict_laws(*copy);
  CHECK(shown(copy) == shown(dict));
  copy->clear();
  CHECK(dict->size == 66);
  CHECK(shown(dict_from(*dict)) == shown(dict));
}

TEST_CASE("a dict that contains itself shows dots") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  dict->set("self", *dict);
  CHECK(shown(dict) == "{'self': {...}}");
  dict->clear();
}

TEST_CASE("a loop over a dict sees borrowed pairs and refuses a change of size") {
  World world;
  const Ref<Dict> dict = tens(world, 50);
  dict->remove(*number(world, 0));
  dict->remove(*number(world, 25));
  std::int64_t keys = 0;
  std::int64_t values = 0;
  for (const auto [key, value] : *dict) {
    keys += static_cast<Int&>(key).value;
    values += static_cast<Int&>(value).value;
    dict->set(key, value);
  }
  CHECK(keys == 49 * 50 / 2 - 25);
  CHECK(values == 10 * keys);
  CHECK(error_of([&] {
          for (const auto [key, value] : *dict) dict->set("new", value);
          return 0;
        }) == "RuntimeError: dictionary changed size during iteration");
}

TEST_CASE("a dict is born untracked and tracked when it first holds what could lead back to it",
          "[claim-G3][law-dict-late]") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  const auto may_untrack = [&] { return dict->type->slots->may_untrack(*dict); };
  dict->set("atom", *number(world, 1000));
  dict->set("type", world.builtins.type(Kind::kList));
  const Ref<Tuple> atoms = make_tuple(world.builtins, {&world.builtins.none()});
  world.heap().tracking.untrack(*atoms);
  dict->set("atoms", *atoms);
  CHECK_FALSE(is_tracked(world, *dict));
  CHECK(may_untrack());

  SECTION("a value that is a container") {
    dict->set("list", *make_list(world.builtins));
    CHECK(is_tracked(world, *dict));
    CHECK(is_tracked(world, *dict->copy()));
    CHECK_FALSE(may_untrack());
    // Deleting it does not untrack the dict; only a full collection does (rule 116).
    dict->remove(*word(world, "list"));
    CHECK(is_tracked(world, *dict));
    CHECK(may_untrack());
  }
  SECTION("a value that replaces an atom") {
    dict->set("atom", *make_dict(world.builtins));
    CHECK(is_tracked(world, *dict));
  }
  SECTION("a key that is a tracked tuple") {
    dict->set(*make_tuple(world.builtins, {&world.builtins.none()}), world.builtins.none());
    CHECK(is_tracked(world, *dict));
  }
  SECTION("a value given by setdefault") {
    static_cast<void>(dict->set_default(*number(world, 1), *make_list(world.builtins)));
    CHECK(is_tracked(world, *dict));
  }
}

TEST_CASE("keys that collide are told apart by comparison, and the search starts again when that changes the dict") {
  World world;
  Probes probes(world);
  const Ref<Dict> dict = make_dict(world.builtins);
  std::vector<Ref<Probe>> keys;
  for (int i = 0; i < 30; ++i) {
    keys.push_back(probes.make(i));
    dict->set(*keys.back(), *number(world, i));
    require_dict_laws(*dict);
  }
  CHECK(shown(dict->get(*probes.make(29))) == "29");
  CHECK(dict->find(*probes.make(30)) == nullptr);

  // The first comparison removes the very key that is being compared, and adds others.
  bool meddled = false;
  probes.hooks.equal = [&](Object& left, Object& right) {
    if (!std::exchange(meddled, true)) {
      dict->discard(*keys[0]);
      for (int i = 100; i < 200; ++i) dict->set(*number(world, i), world.builtins.none());
    }
    return static_cast<Probe&>(left).label == static_cast<Probe&>(right).label;
  };
  CHECK(shown(dict->get(*probes.make(29))) == "29");
  CHECK(meddled);
  require_dict_laws(*dict);

  // Comparisons that empty the dict each time end in "not there".
  probes.hooks.equal = [&](Object&, Object&) { return dict->clear(), true; };
  CHECK(dict->find(*probes.make(29)) == nullptr);
}

TEST_CASE("a comparison that throws leaves the dict as it was", "[law-dict-whole]") {
  World world;
  Probes probes(world);
  const Ref<Dict> dict = make_dict(world.builtins);
  dict->set(*probes.make(1), world.builtins.none());
  probes.hooks.equal = [](Object&, Object&) -> bool { raise(ErrorKind::kValueError, "no answer"); };
  const Ref<Probe> other = probes.make(2);
  CHECK(error_of([&] { return dict->set(*other, *other), 0; }) == "ValueError: no answer");
  CHECK(error_of([&] { return dict->pop(*other); }) == "ValueError: no answer");
  CHECK(shown(dict) == "{<1>: None}");
  CHECK(other->refcount == 1);
}

TEST_CASE("dropping a value may change the dict it was in", "[law-store-first]") {
  World world;
  struct Dying : Object {
    Dict* dict;
  };
  static const TypeSlots kDyingSlots{.name = "dying",
                                     .kind = Kind::kNative,
                                     .flags = kFinalizerType,
                                     .size = sizeof(Dying),
                                     .finalize = [](Object& object) {
                                       Dict& dict = *static_cast<Dying&>(object).dict;
                                       for (int i = 0; i < 20; ++i) dict.set(std::to_string(i), builtins_of(object).none());
                                       dict.discard(*make_str(builtins_of(object), "0"));
                                     }};
  Type type{};
  type.refcount = kImmortalCount;
  type.describe(kDyingSlots, world.heap(), &world.builtins.type(Kind::kObject));
  const Ref<Dict> dict = make_dict(world.builtins);
  const auto add = [&] {
    dict->set("x", *make<Dying>(type, sizeof(Dying), [&](Dying& made) noexcept { made.dict = dict.get(); }));
  };
  const auto check = [&](std::size_t size) {
    CHECK(dict->size == size);
    require_dict_laws(*dict);
    dict->clear();
  };
  add();
  dict->set("x", world.builtins.none());
  check(20);
  add();
  dict->remove(*word(world, "x"));
  check(19);
  add();
  dict->clear();
  check(19);
  add();
  static_cast<void>(dict->pop_item());
  check(19);
}

}  // namespace ouro::test
