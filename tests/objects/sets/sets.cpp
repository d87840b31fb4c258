// Sets as C++ sees them: making, changing, walking, their table, and what foreign code can do to them.
#include <ouro/objects/core/foreign_code_stress.h>
#include <ouro/objects/sets/set.h>
#include <ouro/objects/sets/set_iterator.h>
#include <support/broken_law.h>

#include <random>
#include <set>

#include <objects/probe.h>
#include <objects/sets/set_laws.h>

namespace ouro::test {

namespace {

Ref<Set> numbers_from(World& world, std::int64_t first, std::int64_t last) {
  Ref<Set> set = make_set(world.builtins);
  for (std::int64_t i = first; i < last; ++i) set->add(*number(world, i));
  return set;
}

}  // namespace

TEST_CASE("a set has each element once, and a small one shows them as they were added", "[sets][law-set-40]") {
  World world;
  const Ref<Set> set = make_set(world.builtins);
  CHECK(set->add(*number(world, 2)));
  CHECK(set->add(*number(world, 1)));
  CHECK_FALSE(set->add(*number(world, 2)));
  CHECK_FALSE(set->add(world.builtins.boolean(true)));
  CHECK(shown(*set) == "{2, 1}");
  CHECK(set->add(*make_str(world.builtins, "word")));
  CHECK(contains(*set, "word"));
  CHECK_FALSE(contains(*set, "other"));
  CHECK(contains(*set, *number(world, 1)));
  CHECK(set->discard(*number(world, 2)));
  CHECK_FALSE(set->discard(*number(world, 2)));
  CHECK(error_of([&] { return set->remove(*number(world, 2)), 0; }) == "KeyError: 2");
  CHECK(shown(*set->pop()) == "'word'");
  CHECK(shown(*set) == "{1}");
  set->clear();
  CHECK(error_of([&] { return set->pop(); }) == "KeyError: 'pop from an empty set'");
  CHECK(error_of([&] { return set->add(*make_set(world.builtins)); }) == "TypeError: unhashable type: 'set'");
}

TEST_CASE("a set in C++ can be walked, and says if it changes meanwhile", "[sets]") {
  World world;
  const Ref<Set> set = numbers_from(world, 0, 5);
  std::int64_t sum = 0;
  for (Object& element : *set) sum += static_cast<Int&>(element).value;
  CHECK(sum == 10);
  const auto grow = [&] {
    for (Object& element : *set) set->add(*number(world, static_cast<Int&>(element).value + 100));
    return 0;
  };
  CHECK(error_of(grow) == "RuntimeError: Set changed size during iteration");
  const Ref<SetIterator> iterator = make_set_iterator(*set);
  // As many come as go: a walk ends all the same.
  std::size_t steps = 0;
  while (const Ref<> element = next_of(*iterator)) {
    set->discard(*element);
    set->add(*number(world, 1000 + static_cast<std::int64_t>(++steps)));
    REQUIRE(steps < 100);
  }
}

TEST_CASE("random changes leave a set with what a std::set has, and its table in order", "[sets]") {
  World world;
  std::mt19937 random(3);
  const Ref<Set> set = make_set(world.builtins);
  std::set<std::int64_t> expected;
  for (int step = 0; step < 20'000; ++step) {
    const bool grows = step / 2500 % 2 == 0;
    const std::int64_t value = static_cast<std::int64_t>(random() % 3000) * (step % 3 == 0 ? 1 : 4096);
    if (random() % 10 < (grows ? 8U : 2U)) {
      CHECK(set->add(*number(world, value)) == expected.insert(value).second);
    } else if (random() % 4 == 0 && set->size != 0) {
      expected.erase(static_cast<Int&>(*set->pop()).value);
    } else {
      CHECK(set->discard(*number(world, value)) == (expected.erase(value) != 0));
    }
    if (step % 500 == 0) require_set_laws(*set);
  }
  REQUIRE(set->size == expected.size());
  for (const std::int64_t value : expected) REQUIRE(contains(*set, *number(world, value)));
  require_set_laws(*set);
  while (set->size > 3) static_cast<void>(set->pop());
  for (int i = 0; i < 100; ++i) set->add(*number(world, i));
  require_set_laws(*set);
}

TEST_CASE("sets of sets of numbers: union, intersection and differences over many sizes", "[sets]") {
  World world;
  const auto in_order = [](AnySet& set) {
    std::set<std::int64_t> values;
    for (Object& element : set) values.insert(static_cast<Int&>(element).value);
    REQUIRE(values.size() == set.size);
    return values;
  };
  for (const std::int64_t size : {0, 1, 5, 8, 9, 30, 200, 3000}) {
    for (const std::int64_t shift : {std::int64_t{0}, std::int64_t{1}, size / 2, size, 5000L}) {
      const Ref<Set> left = numbers_from(world, 0, size);
      const Ref<Set> right = numbers_from(world, shift, shift + size + 3);
      std::set<std::int64_t> all, both, rest, either;
      for (std::int64_t i = 0; i < size; ++i) (i >= shift && i < shift + size + 3 ? both : rest).insert(i);
      all = either = rest;
      for (std::int64_t i = shift; i < shift + size + 3; ++i) {
        all.insert(i);
        if (!both.contains(i)) either.insert(i);
      }
      CHECK(in_order(*union_of(*left, *right)) == all);
      CHECK(in_order(*intersection_of(*left, *right)) == both);
      CHECK(in_order(*difference_of(*left, *right)) == rest);
      CHECK(in_order(*symmetric_difference_of(*left, *right)) == either);
      CHECK(is_disjoint(*left, *right) == both.empty());
      require_set_laws(*union_of(*left, *right));
      require_set_laws(*intersection_of(*left, *right));
      require_set_laws(*difference_of(*left, *right));
      require_set_laws(*copy_of(*left));
      const Ref<Set> changed = numbers_from(world, 0, size);
      changed->symmetric_difference_update(*right);
      CHECK(in_order(*changed) == either);
      changed->intersection_update(*left);
      CHECK(in_order(*changed) == rest);
      changed->update(*right);
      CHECK(in_order(*changed) == all);
      changed->difference_update(*left);
      require_set_laws(*changed);
      CHECK(is_subset(*changed, *right));
      CHECK(is_superset(*right, *changed));
    }
  }
}

TEST_CASE("without memory a set stays as it was, and each operation fails at each of its allocations",
          "[sets][law-set-whole]") {
  World world;
  for (const std::int64_t size : {0, 8, 10, 15, 170}) {
    const Ref<Set> set = numbers_from(world, 0, size);
    const Ref<Set> other = numbers_from(world, size / 2, 2 * size + 20);
    const std::string before = shown(*set);
    const auto fails = [&](auto act) {
      world.heap().memory.faults().fail_from(1);
      CHECK(error_of([&] { return act(), 0; }) == "MemoryError");
      world.heap().memory.faults().clear();
      CHECK(shown(*set) == before);
      require_set_laws(*set);
    };
    const Ref<Str> word = make_str(world.builtins, "word");
    if (set->room == 0) fails([&] { set->add(*word); });
    fails([&] { static_cast<void>(union_of(*set, *other)); });
    fails([&] { static_cast<void>(intersection_of(*set, *other)); });
    fails([&] { static_cast<void>(difference_of(*set, *other)); });
    fails([&] { static_cast<void>(symmetric_difference_of(*set, *other)); });
    fails([&] { static_cast<void>(copy_of(*set)); });
    fails([&] { static_cast<void>(frozenset_from(*set)); });
    fails([&] { set->intersection_update(*other); });
    fails([&] { set->reserve(1000); });
    fails([&] { static_cast<void>(repr(*set)); });
    fails([&] { static_cast<void>(contains(*set, *other)); });
    const std::size_t failures = fail_each_allocation(world.heap(), [&] {
      const Ref<Set> made = set_from(*set);
      made->update(*other);
      made->symmetric_difference_update(*other);
      static_cast<void>(intersection_of(*made, *other));
      static_cast<void>(difference_of(*made, *other));
      made->difference_update(*other);
      made->add(*word);
      const Ref<FrozenSet> frozen = frozenset_from(*made);
      static_cast<void>(hash(*frozen));
      static_cast<void>(list_from(*iterate(*frozen)));
      require_set_laws(*made);
    });
    CHECK(failures >= 5);
  }
}

TEST_CASE("code of the elements may change the sets that are being looked at", "[sets]") {
  World world;
  // Each operation is tried with each attack, at each comparison.
  const auto act = [](std::size_t which, Set& set, AnySet& other, Object& element) {
    switch (which) {
      case 0:
        return void(set.add(element));
      case 1:
        return void(set.discard(element));
      case 2:
        return void(contains(set, element));
      case 3:
        return set.update(other);
      case 4:
        return void(intersection_of(set, other));
      case 5:
        return void(difference_of(set, other));
      case 6:
        return void(symmetric_difference_of(set, other));
      case 7:
        return set.symmetric_difference_update(other);
      case 8:
        return set.difference_update(other);
      case 9:
        return void(is_subset(set, other));
      case 10:
        return void(is_disjoint(set, other));
      case 11:
        return set.intersection_update(other);
      case 12:
        return void(equal(set, other));
      default:
        return void(union_of(set, other));
    }
  };
  for (std::size_t which = 0; which < 14; ++which) {
    for (int attack = 0; attack < 5; ++attack) {
      for (std::size_t at = 1; at < 12; ++at) {
        Probes probes(world);
        Ref<Set> set = make_set(world.builtins);
        Ref<Set> other = make_set(world.builtins);
        for (int i = 0; i < 6; ++i) set->add(*probes.make(i, 5));
        for (int i = 3; i < 10; ++i) other->add(*probes.make(i, 5));
        probes.hooks.comparisons = 0;
        Ref<> element = probes.make(4, 5);
        Object& given = *element;
        Set& mine = *set;
        Set& others = *other;
        const Ref<> held[] = {share<Object>(mine), share<Object>(others), share(given)};
        probes.hooks.equal = [&](Object& left, Object& right) {
          const bool same = static_cast<Probe&>(left).label == static_cast<Probe&>(right).label;
          if (probes.hooks.comparisons != at) return same;
          if (attack == 0) mine.clear();
          if (attack == 1) others.clear();
          if (attack == 2) mine.reserve(100), others.reserve(100);
          if (attack == 3) {
            const Ref<> last = others.size != 0 ? others.pop() : Ref<>();
            for (int i = 100; i < 130; ++i) mine.add(*number(world, i));
          }
          if (attack == 4) set.reset(), other.reset(), element.reset();
          return same;
        };
        act(which, mine, others, given);
        require_set_laws(mine);
        require_set_laws(others);
        probes.hooks.equal = nullptr;
      }
    }
  }
}

TEST_CASE("elements that code compares stand among numbers, and that code may change the sets", "[sets]") {
  World world;
  for (const std::int64_t size : {0, 9, 40, 300}) {
    for (std::size_t at = 0; at < 5; ++at) {  // 0: nothing is changed
      Probes probes(world);
      const Ref<Set> left = numbers_from(world, 0, size);
      const Ref<Set> right = numbers_from(world, size / 2, 2 * size);
      for (int i = 0; i < 6; ++i) left->add(*probes.make(i, 5 + 20 * i));
      for (int i = 3; i < 10; ++i) right->add(*probes.make(i, 5 + 20 * i));
      probes.hooks.comparisons = 0;
      probes.hooks.equal = [&](Object& one, Object& other) {  // some numbers have the hashes of probes
        const bool same = is<Probe>(other) && static_cast<Probe&>(one).label == static_cast<Probe&>(other).label;
        if (probes.hooks.comparisons == at) at % 2 == 0 ? right->clear() : left->reserve(2000);
        return same;
      };
      const auto half = static_cast<std::uint32_t>(size / 2);
      const Ref<AnySet> both = intersection_of(*left, *right);
      require_set_laws(*both);
      if (at == 0) CHECK(both->size == static_cast<std::uint32_t>(size) - half + 3);
      const Ref<AnySet> rest = difference_of(*left, *right);
      require_set_laws(*rest);
      if (at == 0) CHECK(rest->size == half + 3);
      probes.hooks.equal = nullptr;
    }
  }
}

TEST_CASE("keys that crowd, and sets whose elements come and go, keep the groups of a table in order",
          "[sets][law-set-groups][law-set-load]") {
  World world;
  for (const std::int64_t stride : {std::int64_t{1}, std::int64_t{16}, std::int64_t{4096}, std::int64_t{1} << 24}) {
    const Ref<Set> set = make_set(world.builtins);
    for (std::int64_t i = 0; i < 3000; ++i) set->add(*number(world, i * stride));
    require_set_laws(*set);
    for (std::int64_t i = 0; i < 3000; ++i) REQUIRE(contains(*set, *number(world, i * stride)));
    for (std::int64_t i = 3000; i < 3100; ++i) REQUIRE_FALSE(contains(*set, *number(world, i * stride)));
    // The oldest goes, a new one comes.
    for (std::int64_t i = 3000; i < 9000; ++i) {
      set->remove(*number(world, (i - 3000) * stride));
      set->add(*number(world, i * stride));
      if (i % 1000 == 0) require_set_laws(*set);
    }
    REQUIRE(set->size == 3000);
    REQUIRE(set->slot_bits <= 13);
    require_set_laws(*copy_of(*set));
    while (set->size != 0) {
      REQUIRE(static_cast<Int&>(*set->pop()).value % stride == 0);
      if (set->size % 500 == 0) require_set_laws(*set);
    }
  }
}

TEST_CASE("a search ends although each comparison adds an element, and finds what a comparison added", "[sets]") {
  World world;
  Probes probes(world);
  const Ref<Set> set = make_set(world.builtins);
  for (int i = 0; i < 12; ++i) set->add(*probes.make(i, 5));
  std::int64_t added = 1000;
  probes.hooks.equal = [&](Object& left, Object& right) {
    set->add(*number(world, added++));
    return static_cast<Probe&>(left).label == static_cast<Probe&>(right).label;
  };
  CHECK_FALSE(contains(*set, *probes.make(99, 5)));
  CHECK(set->add(*probes.make(99, 5)));
  CHECK(added < 2000);
  // One comes, another goes.
  probes.hooks.equal = [&](Object& left, Object& right) {
    set->discard(*number(world, added - 1));
    set->add(*number(world, added++));
    return static_cast<Probe&>(left).label == static_cast<Probe&>(right).label;
  };
  CHECK_FALSE(contains(*set, *probes.make(98, 5)));
  CHECK(added < 3000);
  // A comparison adds what is being added.
  const Ref<Probe> wanted = probes.make(200, 5);
  bool is_added = false;
  probes.hooks.equal = [&](Object& left, Object& right) {
    if (!std::exchange(is_added, true)) set->add(*wanted);
    return static_cast<Probe&>(left).label == static_cast<Probe&>(right).label;
  };
  CHECK_FALSE(set->add(*probes.make(200, 5)));
  require_set_laws(*set);
  probes.hooks.equal = nullptr;
}

TEST_CASE("a growing set neither hashes nor compares its elements again", "[sets][law-table-hashes]") {
  World world;
  Probes probes(world);
  const Ref<Set> set = make_set(world.builtins);
  std::vector<Ref<Probe>> elements;
  for (int i = 0; i < 20; ++i) {
    elements.push_back(probes.make(i, i));
    set->add(*elements.back());
  }
  for (const Ref<Probe>& element : elements) element->hash = 12345;  // what __hash__ would say by now
  probes.hooks.comparisons = 0;
  for (int i = 1000; i < 4000; ++i) set->add(*number(world, i));
  const Ref<AnySet> copy = copy_of(*set);
  for (int i = 1000; i < 4000; ++i) set->remove(*number(world, i));
  CHECK(probes.hooks.comparisons == 0);
  require_set_laws(*set);
  require_set_laws(*copy);
  for (int i = 0; i < 20; ++i) CHECK(contains(*set, *probes.make(i, i)));
}

TEST_CASE("adding a key to a full table breaks a law", "[sets][law-set-room]") {
  if (kChecks < CheckLevel::kInternal) return;
  World world;
  const Ref<Set> set = numbers_from(world, 0, 8);
  REQUIRE(set->room == 0);
  CHECK_THAT(broken_law_of([&] { detail::put_key(*set, 0, 1, world.builtins.none()); }), ContainsSubstring("[set-room]"));
}

}  // namespace ouro::test
