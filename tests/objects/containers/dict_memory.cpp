// What a dict does with memory: how much it keeps, what happens without, how its keys spread.
#include <ouro/objects/containers/dict.h>

#include <algorithm>

#include <objects/dict_laws.h>
#include <objects/probe.h>

namespace ouro::test {

namespace {

/// {0: 0, 1: 10, 2: 20 ...}
Ref<Dict> tens(World& world, int size) {
  Ref<Dict> dict = make_dict(world.builtins);
  for (int i = 0; i < size; ++i) dict->set(*number(world, i), *number(world, 10 * i));
  return dict;
}

}  // namespace

TEST_CASE("deleted entries cost neither memory nor time for ever") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  // A queue: one goes in at the back, one leaves at the front.
  for (int i = 0; i < 20000; ++i) {
    dict->set(*number(world, i), world.builtins.none());
    if (i >= 10) dict->remove(*number(world, i - 10));
  }
  require_dict_laws(*dict);
  CHECK(dict->capacity < 64);
  const Ref<Dict> large = tens(world, 5000);
  for (int i = 0; i < 4990; ++i) large->remove(*number(world, i));
  require_dict_laws(*large);
  CHECK(large->capacity < 200);
  while (large->size > 0) static_cast<void>(large->pop_item());
  CHECK(large->used == 0);
}

TEST_CASE("a failing allocation leaves a dict as it was", "[law-dict-whole]") {
  World world;
  const Ref<Str> key = make_str(world.builtins, "key");
  for (const int size : {0, 3, 5, 8, 10, 15, 170}) {
    const Ref<Dict> dict = tens(world, size);
    const std::string before = shown(dict);
    const Ref<Dict> more = tens(world, size + 50);
    REQUIRE(dict->used == dict->capacity);
    const auto fails = [&](auto act) {
      world.heap().memory.faults().fail_from(1);
      CHECK(error_of([&] { return act(), 0; }) == "MemoryError");
      world.heap().memory.faults().clear();
      CHECK(shown(dict) == before);
      require_dict_laws(*dict);
    };
    fails([&] { dict->set(*key, *key); });
    fails([&] { dict->set("another", *key); });
    fails([&] { static_cast<void>(dict->set_default(*key, *key)); });
    fails([&] { dict->reserve(1000); });
    fails([&] { static_cast<void>(dict->copy()); });
    fails([&] { dict->update(*more); });
    CHECK(key->refcount == 1);
    const std::size_t failures = fail_each_allocation(world.heap(), [&] {
      const Ref<Dict> copy = dict->copy();
      copy->set("fresh", *key);
      require_dict_laws(*copy);
    });
    CHECK(failures >= 3);
  }
}

TEST_CASE("without memory a dict still becomes smaller") {
  World world;
  const Ref<Dict> dict = tens(world, 1000);
  world.heap().memory.faults().fail_from(1);
  while (dict->size > 1) {
    const Ref<> key = share((*dict->begin()).key);
    dict->remove(*key);
  }
  world.heap().memory.faults().clear();
  CHECK(shown(dict) == "{999: 9990}");
  require_dict_laws(*dict);
}

TEST_CASE("hashes that differ only in high or low bits spread over the index") {
  // A probe sequence longer than 64 for any of these would mean that the mixing loses bits.
  World world;
  for (const int shift : {0, 8, 16, 32, 40, 48}) {
    const Ref<Dict> dict = make_dict(world.builtins);
    for (std::int64_t i = 0; i < 4096; ++i) dict->set(*number(world, i << shift), world.builtins.none());
    require_dict_laws(*dict);
    std::uint32_t longest = 0;
    detail::with_slot_type(dict->index_bits, [&]<class Slot>(Slot) {
      for (std::uint32_t pair = 0; pair < dict->used; ++pair) {
        std::uint32_t looked_at = 1;
        for (detail::ProbeSequence probe(*dict, detail::hashes_of(*dict)[pair]);
             (detail::index_of<Slot>(*dict)[probe.slot()] & probe.mask()) != pair; probe.advance())
          ++looked_at;
        longest = std::max(longest, looked_at);
      }
    });
    INFO("keys are multiples of 2^" << shift);
    CHECK(longest < 64);
  }
}

}  // namespace ouro::test
