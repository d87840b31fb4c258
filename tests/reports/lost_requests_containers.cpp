// What an error says about an object must not change which error it is; and what is no error is not swallowed on the way.
#include <support/fixture.h>

#include <objects/dict_laws.h>
#include <objects/probe.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("A missing key is a KeyError whatever its repr does", "[law-error-kind]") {
  World world;
  Probes probes(world);
  const Ref<Dict> dict = make_dict(world.builtins);
  dict->set(*make_int(world.builtins, 1), world.builtins.none());
  const Ref<Probe> key = probes.make(5);
  CHECK(error_of([&] { return &dict->get(*key); }) == "KeyError: <5>");
  const ErrorKind kind = GENERATE(ErrorKind::kZeroDivisionError, ErrorKind::kRecursionError, ErrorKind::kMemoryError,
                                  ErrorKind::kValueError, ErrorKind::kTypeError, ErrorKind::kKeyError);
  probes.hooks.shown = [&] { raise(kind, "no repr"); };
  const std::string missing = "KeyError: <unprintable probe object>";
  CHECK(error_of([&] { return &dict->get(*key); }) == missing);
  CHECK(error_of([&] { return get_item(*dict, *key); }) == missing);
  CHECK(error_of([&] { return dict->pop(*key); }) == missing);
  CHECK(error_of([&] { return dict->remove(*key), 0; }) == missing);
  CHECK(error_of([&] { return delete_item(*dict, *key), 0; }) == missing);
  CHECK(error_of([&] { return make_list(world.builtins)->index(*key); }) ==
        "ValueError: <unprintable probe object> is not in list");
}

TEST_CASE("An int over the digit limit that is no key is a KeyError") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  const Ref<> big = apply(Operator::kPower, *make_int(world.builtins, 10), *make_int(world.builtins, 5000));
  CHECK(error_of([&] { return get_item(*dict, *big); }) == "KeyError: <unprintable int object>");
  CHECK(error_of([&] { return get_item(*dict, *make_tuple(world.builtins, {big.get()})); }) ==
        "KeyError: <unprintable tuple object>");
}

TEST_CASE("An interrupt that arrives in the repr of a missing key is not lost") {
  World world;
  Probes probes(world);
  const Ref<Dict> dict = make_dict(world.builtins);
  const ErrorKind kind = GENERATE(ErrorKind::kKeyboardInterrupt, ErrorKind::kSystemExit);
  probes.hooks.shown = [&] { raise(kind, "leave"); };
  CHECK(error_of([&] { return get_item(*dict, *probes.make(5)); }) == std::string(name_of(kind)) + ": leave");
}

TEST_CASE("A dict grows into what a collection frees at the memory limit, and keeps its laws", "[memory-limit]") {
  Options options;
  options.memory_limit = std::size_t{32} << 20;
  options.debug_memory = false;  // what rests there would count
  Fixture fixture(options);
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  std::vector<Ref<>> keys;
  for (int i = 0; i < 20'000; ++i) keys.push_back(rt.from(i));
  for (int round = 0; round < 100; ++round) {
    const auto dict = rt.dict();
    for (const Ref<>& key : keys) dict->set(*key, *key);
    dict->set(*keys[0], *dict->copy());
    dict->set(*keys[1], *dict);
    REQUIRE(dict->size == keys.size());
    if (round % 25 == 0) require_dict_laws(*dict);
  }
}
