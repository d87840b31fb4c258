// When a dict runs foreign code and when it does not: laws table-hashes and dict-recheck.
#include <ouro/objects/containers/detail/dict_table.h>
#include <support/broken_law.h>

#include <objects/dict_laws.h>
#include <objects/probe.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("a growing dict neither hashes nor compares its keys again",
          "[law-table-hashes][law-table-index][law-table-load]") {
  World world;
  Probes probes(world);
  const Ref<Dict> dict = make_dict(world.builtins);
  std::vector<Ref<Probe>> keys;
  for (int i = 0; i < 20; ++i) {
    keys.push_back(probes.make(i, i));
    dict->set(*keys.back(), *make_int(world.builtins, i));
  }
  for (const Ref<Probe>& key : keys) key->hash = 12345;  // what __hash__ would say by now
  probes.hooks.comparisons = 0;
  for (int i = 1000; i < 4000; ++i) dict->set(*make_int(world.builtins, i), world.builtins.none());
  for (int i = 1000; i < 4000; ++i) dict->remove(*make_int(world.builtins, i));
  CHECK(probes.hooks.comparisons == 0);
  require_dict_laws(*dict);
  for (int i = 0; i < 20; ++i) CHECK(shown(dict->get(*probes.make(i, i))) == std::to_string(i));
}

TEST_CASE("a dict that changes while another takes its pairs ends the update", "[law-dict-recheck]") {
  World world;
  Probes probes(world);
  const Ref<Dict> source = make_dict(world.builtins);
  for (int i = 0; i < 10; ++i) source->set(*probes.make(i), world.builtins.none());
  const Ref<Dict> dict = make_dict(world.builtins);
  dict->set(*probes.make(0), world.builtins.none());
  probes.hooks.equal = [&](Object& left, Object& right) {
    source->clear();  // drops the pair that is being set
    return static_cast<Probe&>(left).label == static_cast<Probe&>(right).label;
  };
  CHECK(error_of([&] { return dict->update(*source), 0; }) == "RuntimeError: dict mutated during update");
  CHECK(source->size == 0);
  CHECK(shown(dict) == "{<0>: None}");
  require_dict_laws(*dict);
}

TEST_CASE("adding a pair to a full table breaks a law", "[law-dict-room]") {
  if (kChecks < CheckLevel::kInternal) return;
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  while (dict->used == 0 || dict->used < dict->capacity)
    dict->set(*make_int(world.builtins, dict->used), world.builtins.none());
  Object& none = world.builtins.none();
  CHECK_THAT(broken_law_of([&] { detail::append_pair(*dict, 1, {&none, &none}); }), ContainsSubstring("[dict-room]"));
}
