// Foreign code that changes a container, or drops it, while it is being looked at.
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/numbers/float.h>
#include <support/fixture.h>

#include <array>

#include <objects/dict_laws.h>
#include <objects/probe.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// A dict of `count` probes that all hash alike.
Ref<Dict> colliding_dict(Probes& probes, Builtins& builtins, int count) {
  Ref<Dict> dict = make_dict(builtins);
  for (int i = 0; i < count; ++i) dict->set(*probes.make(i), *make_int(builtins, i));
  return dict;
}

}  // namespace

TEST_CASE("A look-up ends although every comparison changes another entry of the dict", "[law-search-ends]") {
  World world;
  Probes probes(world);
  const int size = GENERATE(3, 8, 9, 40, 300);
  const Ref<Dict> dict = colliding_dict(probes, world.builtins, size);
  const Ref<> other = make_str(world.builtins, "other");
  dict->set(*other, world.builtins.none());
  const auto change = GENERATE(0, 1, 2);
  probes.hooks.comparisons = 0;
  probes.hooks.equal = [&](Object& left, Object& right) {
    const auto number = static_cast<std::int64_t>(probes.hooks.comparisons);
    if (change == 0) dict->set(*other, *make_int(world.builtins, number));
    if (change == 1) {
      static_cast<void>(dict->discard(*other));
      dict->set(*other, world.builtins.none());
    }
    if (change == 2 && number % 2 == 0) dict->set(*make_int(world.builtins, 1000 + number), world.builtins.none());
    return static_cast<Probe&>(left).label == static_cast<Probe&>(right).label;
  };
  CHECK(dict->find(*probes.make(-1)) == nullptr);
  Object* const found = dict->find(*probes.make(size - 1));
  REQUIRE(found != nullptr);
  CHECK(shown(*found) == std::to_string(size - 1));
  // CPython compares each colliding key once, and begins again only when the table grows.
  CHECK(probes.hooks.comparisons < static_cast<std::size_t>(8 * size + 40));
  require_dict_laws(*dict);
}

TEST_CASE("A look-up whose comparison removes the compared key begins again and finds what is left") {
  World world;
  Probes probes(world);
  const Ref<Dict> dict = colliding_dict(probes, world.builtins, 20);
  bool removed = false;
  probes.hooks.equal = [&](Object& left, Object& right) {
    const bool same = static_cast<Probe&>(left).label == static_cast<Probe&>(right).label;
    if (!std::exchange(removed, true)) static_cast<void>(dict->discard(left));
    return same;
  };
  CHECK(dict->find(*probes.make(19)) != nullptr);
  CHECK(dict->find(*probes.make(0)) == nullptr);
  CHECK(dict->size == 19);
  require_dict_laws(*dict);
}

TEST_CASE("A look-up survives a table that moved so often that its version is the same again", "[law-search-ends]") {
  World world;
  Probes probes(world);
  const int size = GENERATE(3, 12, 100);
  const Ref<Dict> dict = colliding_dict(probes, world.builtins, size);
  bool emptied = false;
  probes.hooks.equal = [&](Object&, Object&) {
    if (std::exchange(emptied, true)) return false;
    const std::uint32_t version = dict->version;
    dict->clear();
    dict->set(*make_int(world.builtins, 1), world.builtins.none());
    dict->version = version & 0xFF'FFFFU;  // what 2^24 moves lead to
    return false;
  };
  CHECK(dict->find(*probes.make(-1)) == nullptr);
  CHECK(dict->size == 1);
  require_dict_laws(*dict);
}

TEST_CASE("Removing and adding in any order keeps a dict's laws") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  std::uint32_t state = 12345;
  const auto random = [&](std::uint32_t below) { return (state = state * 1664525u + 1013904223u) / 65536u % below; };
  std::array<bool, 64> present{};
  for (int i = 0; i < 20'000; ++i) {
    const std::uint32_t key = random(64);
    const Ref<Int> number = make_int(world.builtins, std::int64_t{key} * 4096);
    if (random(3) != 0) {
      dict->set(*number, *number);
      present[key] = true;
    } else if (random(4) == 0 && dict->size != 0) {
      const auto [last, value] = dict->pop_item();
      present[static_cast<std::size_t>(static_cast<Int&>(*last).value / 4096)] = false;
    } else {
      CHECK(dict->discard(*number) == present[key]);
      present[key] = false;
    }
    if (i % 64 == 0) require_dict_laws(*dict);
  }
  for (std::uint32_t key = 0; key < 64; ++key)
    CHECK(dict->contains(*make_int(world.builtins, std::int64_t{key} * 4096)) == present[key]);
}

TEST_CASE("An iterator that is exhausted by its sequence's own __getitem__ does no harm", "[law-iterator-holds]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Sequence");
  Ref<> iterator;
  int depth = 0;
  type.attr("__getitem__") = make_function(rt.builtins(), "__getitem__", [&](Object& self, std::int64_t index) -> Ref<> {
    if (depth == 0 && index == 0) {
      ++depth;
      while (next(*iterator)) continue;
      static_cast<void>(rt.gc().collect());
      --depth;
      return share(self).attr("name");
    }
    if (index > 3) raise(ErrorKind::kIndexError, "end");
    return rt.from(index);
  });
  {
    const Ref<> sequence = type();
    sequence.attr("name") = "last";
    iterator = iterate(*sequence);
  }
  // The iterator alone holds the sequence now, and drops it inside the call.
  const Ref<> item = next(*iterator);
  REQUIRE(item);
  CHECK(shown(*item) == "'last'");
  CHECK_FALSE(next(*iterator));
  iterator = Ref<>();
}

TEST_CASE("The pair that an update takes from a list is held while its key is hashed") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Key");
  const auto pair = rt.list();
  type.attr("__hash__") = make_function(rt.builtins(), "__hash__", [&](Object&) {
    pair->clear();
    return 1;
  });
  pair->append(*type());
  pair->append(*rt.list(1, 2));
  const auto dict = rt.dict();
  dict->update(*rt.list(pair));
  CHECK(dict->size == 1);
  CHECK(shown(*dict->values()) == "dict_values([[1, 2]])");
}

TEST_CASE("A comparison of keys may drop the dict, the key and the value that it was called for") {
  World world;
  Probes probes(world);
  std::vector<Ref<>> handles;
  const auto drop_all = [&](Object&, Object&) {
    handles.clear();
    return false;
  };
  const int size = GENERATE(3, 40);
  const auto operands = [&] {
    probes.hooks.equal = nullptr;
    handles = {colliding_dict(probes, world.builtins, size), probes.make(-1), make_float(world.builtins, 0.5)};
    probes.hooks.equal = drop_all;
    return std::tuple<Dict&, Object&, Object&>(static_cast<Dict&>(*handles[0]), *handles[1], *handles[2]);
  };
  SECTION("set") {
    const auto [dict, key, value] = operands();
    dict.set(key, value);
  }
  SECTION("find") {
    const auto [dict, key, value] = operands();
    CHECK(dict.find(key) == nullptr);
  }
  SECTION("pop") {
    const auto [dict, key, value] = operands();
    CHECK(shown(dict.pop(key, value)) == "0.5");
  }
  SECTION("remove") {
    const auto [dict, key, value] = operands();
    CHECK(error_of([&, &dict = dict, &key = key] { return dict.remove(key), 0; }) == "KeyError: <-1>");
  }
  CHECK(handles.empty());
}
