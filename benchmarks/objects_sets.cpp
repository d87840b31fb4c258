// Cases of sets: adding, looking for elements that are there and that are not, union, intersection and difference,
// iterating, and small sets made and dropped.
#include <ouro/objects/sets/set.h>
#include <ouro/objects/sets/set_iterator.h>

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "harness.h"
#include "object_side.h"
#include "shuffle.h"

namespace bench {
namespace {

constexpr int kRounds = 5;

/// What the cases need of a runtime beside an ObjectSide.
class OuroSets : public OuroSide {
 public:
  [[nodiscard]] Handle set() { return ouro::make_set(ouro::builtins_of(*none())); }
  void add(const Handle& set, const Handle& element) { static_cast<ouro::Set&>(*set).add(*element); }
  [[nodiscard]] bool has(const Handle& set, const Handle& element) {
    return ouro::contains(static_cast<const ouro::AnySet&>(*set), *element);
  }
  [[nodiscard]] Handle both(const Handle& left, const Handle& right) {
    return ouro::apply(ouro::Operator::kBitAnd, *left, *right);
  }
  [[nodiscard]] Handle either(const Handle& left, const Handle& right) {
    return ouro::apply(ouro::Operator::kBitOr, *left, *right);
  }
  [[nodiscard]] Handle rest(const Handle& left, const Handle& right) {
    return ouro::apply(ouro::Operator::kSubtract, *left, *right);
  }
  void walk(const Handle& set) {
    const ouro::Ref<> iterator = ouro::iterate(*set);
    while (const ouro::Ref<> element = ouro::next(*iterator)) escape(element.get());
  }
};

#if OURO_BENCH_PYTHON
class CPythonSets : public CPythonSide {
 public:
  [[nodiscard]] Handle set() const { return Handle(PySet_New(nullptr)); }
  void add(const Handle& set, const Handle& element) const { require(PySet_Add(set.get(), element.get()) == 0, "added"); }
  [[nodiscard]] bool has(const Handle& set, const Handle& element) const {
    return PySet_Contains(set.get(), element.get()) == 1;
  }
  [[nodiscard]] Handle both(const Handle& left, const Handle& right) const {
    return Handle(PyNumber_And(left.get(), right.get()));
  }
  [[nodiscard]] Handle either(const Handle& left, const Handle& right) const {
    return Handle(PyNumber_Or(left.get(), right.get()));
  }
  [[nodiscard]] Handle rest(const Handle& left, const Handle& right) const {
    return Handle(PyNumber_Subtract(left.get(), right.get()));
  }
  void walk(const Handle& set) const {
    const Handle iterator(PyObject_GetIter(set.get()));
    while (PyObject* const element = PyIter_Next(iterator.get())) {
      escape(element);
      Py_DECREF(element);
    }
  }
};
#endif

/// A set of `size` elements, and one that has half of them and as many others. All keys exist before.
template <class S>
class Sets {
 public:
  Sets(std::size_t size, bool texts) {
    side.pause_collector();
    for (std::size_t i = 0; i < 2 * size; ++i) keys.push_back(texts ? side.text(fmt::format("key {}", i)) : number(i));
    order = shuffled_order(size);
    set = filled(0);
    other = filled(size / 2);
  }

  [[nodiscard]] typename S::Handle filled(std::size_t first) {
    typename S::Handle made = side.set();
    for (const std::size_t i : order) side.add(made, keys[first + i]);
    return made;
  }

  S side;
  std::vector<typename S::Handle> keys;
  std::vector<std::size_t> order;
  typename S::Handle set, other;

 private:
  /// Beyond the small ints, and with gaps.
  [[nodiscard]] typename S::Handle number(std::size_t i) { return side.integer(static_cast<std::int64_t>(1000 + 3 * i)); }
};

/// ns for each element of `work(sets)`, which is done often enough for the clock.
template <class S, class Work>
double time_elements(std::size_t size, bool texts, Work work) {
  Sets<S> sets(size, texts);
  const std::size_t repeats = std::max<std::size_t>(1, 1'000'000 / size);
  work(sets);
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    const Stopwatch watch;
    for (std::size_t i = 0; i < repeats; ++i) work(sets);
    rounds.push_back(watch.nanoseconds() / static_cast<double>(repeats * size));
  }
  return median(std::move(rounds));
}

template <class Work>
std::vector<Side> set_sides(std::size_t size, bool texts, Work work) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [=](const Settings&) { return time_elements<OuroSets>(size, texts, work); }});
#if OURO_BENCH_PYTHON
  sides.push_back(
      {cpython_name(), Role::kPeer, [=](const Settings&) { return time_elements<CPythonSets>(size, texts, work); }});
#endif
  return sides;
}

template <class Work>
void add_sizes(Cases& cases, const char* name, const char* sentence, double limit, Work work) {
  struct Size {
    const char* name;
    std::size_t count;
  };
  for (const Size& size : {Size{"1k", 1'000}, Size{"1M", 1'000'000}})
    for (const bool texts : {false, true})
      cases.push_back({fmt::format("objects/set/{}_{}_{}", name, texts ? "str" : "int", size.name),
                       "ns/element",
                       fmt::format(fmt::runtime(sentence), size.name),
                       set_sides(size.count, texts, work),
                       {peer_over("cpython", limit)}});
}

void add_small_case(Cases& cases) {
  const auto make_and_drop = [](auto& sets) {
    auto made = sets.side.set();
    for (std::size_t i = 0; i < 5; ++i) sets.side.add(made, sets.keys[i]);
    escape(&made);
  };
  cases.push_back({"objects/set/make_drop_5",
                   "ns/element",
                   "a set made, five str added, and dropped; a fifth of it",
                   set_sides(5, true, make_and_drop),
                   {peer_over("cpython", 1.5)}});
}

}  // namespace

void add_set_cases(Cases& cases) {
  add_small_case(cases);
  add_sizes(cases, "add", "a set of {} elements filled, and dropped", 1.3, [](auto& sets) {
    auto made = sets.filled(0);
    escape(&made);
  });
  add_sizes(cases, "hit", "each of {} elements looked for in a set that has it", 1.3, [](auto& sets) {
    for (const std::size_t i : sets.order) escape(sets.side.has(sets.set, sets.keys[i]) ? &sets : nullptr);
  });
  add_sizes(cases, "miss", "each of {} elements looked for in a set that has it not", 1.3, [](auto& sets) {
    for (const std::size_t i : sets.order)
      escape(sets.side.has(sets.set, sets.keys[sets.order.size() + i]) ? &sets : nullptr);
  });
  add_sizes(cases, "union", "two sets of {} elements, half of them the same, united", 1.3, [](auto& sets) {
    auto made = sets.side.either(sets.set, sets.other);
    escape(&made);
  });
  add_sizes(cases, "intersection", "two sets of {} elements, half of them the same: those that both have", 1.3,
            [](auto& sets) {
              auto made = sets.side.both(sets.set, sets.other);
              escape(&made);
            });
  add_sizes(cases, "difference", "two sets of {} elements, half of them the same: those that one has alone", 1.3,
            [](auto& sets) {
              auto made = sets.side.rest(sets.set, sets.other);
              escape(&made);
            });
  add_sizes(cases, "iterate", "a set of {} elements walked through", 1.3, [](auto& sets) { sets.side.walk(sets.set); });
}

}  // namespace bench
