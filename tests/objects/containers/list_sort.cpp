// Sorting lists: order, number of comparisons, and comparisons that throw or lie.
#include <ouro/objects/containers/detail/stable_sort.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/numbers/float.h>

#include <algorithm>
#include <random>
#include <string>

#include <objects/probe.h>

namespace ouro::test {

namespace {

std::vector<std::int64_t> labels(const List& list) {
  std::vector<std::int64_t> result;
  for (Object& item : list) result.push_back(static_cast<Probe&>(item).label);
  return result;
}

std::vector<std::int64_t> values(const List& list) {
  std::vector<std::int64_t> result;
  for (Object& item : list) result.push_back(static_cast<Int&>(item).value);
  return result;
}

/// A callable that calls `hook` with its first argument.
struct Callable : Object {
  std::function<Ref<>(Object&)>* hook;
};

struct CallableType {
  explicit CallableType(World& world) {
    type.refcount = kImmortalCount;
    type.describe(kSlots, world.heap(), &world.builtins.type(Kind::kObject));
  }
  Ref<> make(std::function<Ref<>(Object&)>& hook) {
    return ouro::make<Callable>(type, sizeof(Callable), [&](Callable& made) noexcept { made.hook = &hook; });
  }
  static inline const TypeSlots kSlots{.name = "callable",
                                       .kind = Kind::kNative,
                                       .size = sizeof(Callable),
                                       .call = [](Object& self, const Arguments& arguments) {
                                         return (*static_cast<Callable&>(self).hook)(*arguments.positional[0]);
                                       }};
  Type type{};
};

/// Sequences that a merge sort meets: random, sorted, reversed, with runs, with few distinct values.
std::vector<std::int64_t> pattern(int which, std::size_t size, std::mt19937& random) {
  std::vector<std::int64_t> result(size);
  for (std::size_t i = 0; i < size; ++i) {
    const auto n = static_cast<std::int64_t>(i);
    switch (which) {
      case 0:
        result[i] = static_cast<std::int64_t>(random() % 100000);
        break;
      case 1:
        result[i] = n;
        break;
      case 2:
        result[i] = -n;
        break;
      case 3:
        result[i] = static_cast<std::int64_t>(random() % 4);
        break;
      case 4:
        result[i] = n % 37;
        break;
      case 5:
        result[i] = n < static_cast<std::int64_t>(size) / 2 ? n + 1000 : n - 1000;
        break;
      default:
        result[i] = i % 10 == 0 ? static_cast<std::int64_t>(random() % size) : n;
        break;
    }
  }
  return result;
}

}  // namespace

TEST_CASE("sorting agrees with std::stable_sort on every kind of sequence") {
  World world;
  std::mt19937 random(42);
  for (int which = 0; which < 7; ++which) {
    for (const std::size_t size : {0u, 1u, 2u, 3u, 31u, 32u, 63u, 64u, 65u, 127u, 200u, 1000u, 5000u}) {
      std::vector<std::int64_t> expected = pattern(which, size, random);
      const Ref<List> list = make_list(world.builtins);
      for (const std::int64_t value : expected) list->append(make_int(world.builtins, value));
      const Ref<List> other = list->copy();
      std::ranges::sort(expected);
      list->sort();
      REQUIRE(values(*list) == expected);
      std::ranges::reverse(expected);
      other->sort(nullptr, true);
      REQUIRE(values(*other) == expected);
    }
  }
}

TEST_CASE("sorting keeps equal items in their order, reversed too") {
  World world;
  Probes probes(world);
  std::mt19937 random(7);
  // The key is the thousands of a label; the rest says where the item stood.
  const auto less = [](std::int64_t a, std::int64_t b) { return a / 1000 < b / 1000; };
  std::function<Ref<>(Object&)> thousands = [&](Object& item) -> Ref<> {
    return make_int(world.builtins, static_cast<Probe&>(item).label / 1000);
  };
  CallableType callable(world);
  const Ref<> key = callable.make(thousands);
  for (const bool reverse : {false, true}) {
    const Ref<List> list = make_list(world.builtins);
    std::vector<std::int64_t> expected;
    for (int i = 0; i < 700; ++i) {
      expected.push_back(static_cast<std::int64_t>(random() % 9) * 1000 + i);
      list->append(probes.make(expected.back()));
    }
    std::ranges::stable_sort(expected, [&](auto a, auto b) { return reverse ? less(b, a) : less(a, b); });
    list->sort(key.get(), reverse);
    CHECK(labels(*list) == expected);
  }
}

TEST_CASE("sorted input costs n - 1 comparisons, and two sorted halves little more") {
  World world;
  Probes probes(world);
  const Ref<List> list = make_list(world.builtins);
  for (int i = 0; i < 1000; ++i) list->append(probes.make(i));
  list->sort();
  CHECK(probes.hooks.comparisons == 999);
  list->reverse();
  probes.hooks.comparisons = 0;
  list->sort();
  CHECK(probes.hooks.comparisons == 999);
  const Ref<List> rotated = list->slice({500, {}});
  rotated->extend(list->slice({0, 500})->view());
  probes.hooks.comparisons = 0;
  rotated->sort();
  CHECK(probes.hooks.comparisons < 1100);
  CHECK(labels(*rotated) == labels(*list));
}

TEST_CASE("floats, text and mixed numbers sort by value") {
  World world;
  const Ref<List> list = make_list(world.builtins);
  for (const double value : {2.5, -1.0, 1e300, 0.0}) list->append(make_float(world.builtins, value));
  list->sort();
  CHECK(shown(list) == "[-1.0, 0.0, 2.5, 1e+300]");
  list->append(make_int(world.builtins, 1));
  list->append(int_from_text(world.builtins, "100000000000000000000"));
  list->sort();
  CHECK(shown(list) == "[-1.0, 0.0, 1, 2.5, 100000000000000000000, 1e+300]");
  const Ref<List> words = make_list(world.builtins);
  for (const char* word : {"zebra", "Äpfel", "apple", "", "😀", "～"}) words->append(make_str(world.builtins, word));
  words->sort();
  CHECK(shown(words) == "['', 'apple', 'zebra', 'Äpfel', '～', '😀']");
  words->append(world.builtins.none());
  CHECK_THAT(error_of([&] { return words->sort(), 0; }), StartsWith("TypeError: '<' not supported between instances of"));
  CHECK(words->size == 7);
}

TEST_CASE("text sorts by its bytes, whatever it begins with") {
  World world;
  std::mt19937 random(5);
  const std::vector<std::string> beginnings{
      "", "a", std::string("\0", 1), "a common beginning ", "\303\244", "\360\237\230\200"};
  for (const std::string& beginning : beginnings) {
    for (const std::size_t size : {1U, 2U, 63U, 64U, 700U}) {
      std::vector<std::string> expected;
      for (std::size_t i = 0; i < size; ++i) {
        std::string made = beginning;
        for (std::size_t length = random() % 12; length > 0; --length) made += std::string("\0ab\177z", 5)[random() % 5];
        expected.push_back(made);
      }
      const Ref<List> list = make_list(world.builtins);
      for (const std::string& made : expected) list->append(make_str(world.builtins, made));
      const Ref<List> other = list->copy();
      std::ranges::sort(expected);
      list->sort();
      for (std::size_t i = 0; i < size; ++i)
        REQUIRE(text(static_cast<const Str&>(list->get(std::int64_t(i)))) == expected[i]);
      other->sort(nullptr, true);
      for (std::size_t i = 0; i < size; ++i)
        REQUIRE(text(static_cast<const Str&>(other->get(-1 - std::int64_t(i)))) == expected[i]);
    }
  }
}

TEST_CASE("equal texts keep their order, by a key and reversed too") {
  World world;
  CallableType callable(world);
  std::mt19937 random(9);
  std::function<Ref<>(Object&)> text_of_thousands = [&](Object& item) -> Ref<> {
    return make_str(world.builtins, "a key of " + std::to_string(static_cast<Int&>(item).value / 1000 % 7));
  };
  const Ref<> key = callable.make(text_of_thousands);
  for (const bool reverse : {false, true}) {
    const Ref<List> list = make_list(world.builtins);
    std::vector<std::int64_t> expected;
    for (int i = 0; i < 300; ++i) {
      const auto thousands = static_cast<std::int64_t>(random() % 7);
      expected.push_back(thousands * 1000 + i);
      list->append(make_int(world.builtins, expected.back()));
    }
    std::ranges::stable_sort(expected, [&](auto a, auto b) { return reverse ? b / 1000 < a / 1000 : a / 1000 < b / 1000; });
    list->sort(key.get(), reverse);
    CHECK(values(*list) == expected);
  }
}

TEST_CASE("a comparison that throws loses no item, wherever it happens", "[law-sort-keeps]") {
  World world;
  Probes probes(world);
  std::mt19937 random(3);
  std::vector<std::int64_t> shuffled(200);
  for (std::size_t i = 0; i < shuffled.size(); ++i) shuffled[i] = static_cast<std::int64_t>(i);
  std::ranges::shuffle(shuffled, random);
  const Ref<List> list = make_list(world.builtins);
  for (const std::int64_t label : shuffled) list->append(probes.make(label));
  std::vector<std::int64_t> all = shuffled;
  std::ranges::sort(all);
  for (int allowed = 0;; allowed += 17) {
    const Ref<List> attempt = list->copy();
    int left = allowed;
    probes.hooks.less = [&] {
      if (left-- == 0) raise(ErrorKind::kRuntimeError, "enough");
    };
    const std::string error = error_of([&] { return attempt->sort(nullptr, allowed % 2 == 1), 0; });
    std::vector<std::int64_t> kept = labels(*attempt);
    std::ranges::sort(kept);
    REQUIRE(kept == all);
    if (error == "no error") break;
    REQUIRE(error == "RuntimeError: enough");
  }
}

TEST_CASE("a comparison that contradicts itself still comes to an end and loses no item", "[law-sort-keeps]") {
  World world;
  std::mt19937 random(11);
  for (int round = 0; round < 50; ++round) {
    std::vector<int> items(300);
    for (std::size_t i = 0; i < items.size(); ++i) items[i] = static_cast<int>(i);
    std::vector<int> scratch(150);
    bool flip = false;
    detail::stable_sort(items.data(), items.size(), scratch.data(), [&](int, int) {
      flip = !flip;
      return round == 0 ? flip : random() % static_cast<unsigned>(round + 1) == 0;
    });
    std::ranges::sort(items);
    for (std::size_t i = 0; i < items.size(); ++i) REQUIRE(items[i] == static_cast<int>(i));
  }
}

TEST_CASE("a list that is being sorted looks empty, and changing it is a ValueError") {
  World world;
  Probes probes(world);
  const Ref<List> list = make_list(world.builtins);
  for (int i = 0; i < 10; ++i) list->append(probes.make(10 - i));
  std::size_t seen = 99;
  probes.hooks.less = [&] {
    seen = list->size;
    list->append(world.builtins.none());
  };
  CHECK(error_of([&] { return list->sort(), 0; }) == "ValueError: list modified during sort");
  CHECK(seen <= 10);
  CHECK(list->size == 10);
  CHECK(labels(*list).front() == 1);
  // Clearing and sorting the empty list meanwhile is no change, as in CPython.
  probes.hooks.less = [&] {
    list->clear();
    list->sort();
    list->reverse();
    static_cast<void>(list->copy());
  };
  list->reverse();
  list->sort();
  CHECK(labels(*list).front() == 1);
}

TEST_CASE("a key function is called once for each item, and its error leaves the list as it was") {
  World world;
  CallableType callable(world);
  std::size_t calls = 0;
  std::function<Ref<>(Object&)> negative_or_fail = [&](Object& item) -> Ref<> {
    if (++calls == 8) raise(ErrorKind::kValueError, "no key");
    return negative(item);
  };
  const Ref<> key = callable.make(negative_or_fail);
  const Ref<List> list = make_list(world.builtins);
  for (int i = 0; i < 5; ++i) list->append(make_int(world.builtins, i * 1000));
  list->sort(key.get());
  CHECK(calls == 5);
  CHECK(shown(list) == "[4000, 3000, 2000, 1000, 0]");
  CHECK(error_of([&] { return list->sort(key.get()), 0; }) == "ValueError: no key");
  CHECK(shown(list) == "[4000, 3000, 2000, 1000, 0]");
}

TEST_CASE("sorting without memory changes nothing") {
  World world;
  CallableType callable(world);
  std::function<Ref<>(Object&)> negate = [&](Object& item) { return negative(item); };
  const Ref<> key = callable.make(negate);
  std::uint64_t nth = 1;
  for (bool done = false; !done; ++nth) {
    const Ref<List> list = make_list(world.builtins);
    for (int i = 0; i < 4; ++i) list->append(make_int(world.builtins, 1000 + i));
    world.heap().memory.faults().fail_at(nth);
    done = error_of([&] { return list->sort(key.get()), 0; }) == "no error";
    world.heap().memory.faults().clear();
    CHECK(shown(list) == (done ? "[1003, 1002, 1001, 1000]" : "[1000, 1001, 1002, 1003]"));
  }
  CHECK(nth > 6);
}

}  // namespace ouro::test
