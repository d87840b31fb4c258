// Cases of dicts: keys that are there and that are not, filling, loops, look-ups by text, update, items, small dicts made
// and dropped; beside boost::unordered_flat_map, a table without objects, which keeps no order.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/iterator.h>

#include <boost/unordered/unordered_flat_map.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness.h"
#include "object_side.h"
#include "shuffle.h"

namespace bench {
namespace {

constexpr int kRounds = 5;

/// Beyond the small ints, and with gaps.
std::int64_t number_of(std::size_t i) { return static_cast<std::int64_t>(1000 + 3 * i); }
std::string text_of(std::size_t i) { return fmt::format("key {}", i); }

class OuroDicts : public OuroSide {
 public:
  using Table = Handle;

  [[nodiscard]] Handle key(bool texts, std::size_t i) { return texts ? text(text_of(i)) : integer(number_of(i)); }
  [[nodiscard]] void* find_text(const Table& table, const std::string& key) {
    return static_cast<ouro::Dict&>(*table).find(std::string_view(key));
  }
  void walk(const Table& table) {
    for (const auto& [key, value] : static_cast<const ouro::Dict&>(*table)) escape(&key), escape(&value);
  }
  void walk_items(const Table& table) {
    const ouro::Ref<> iterator = ouro::iterate(*static_cast<ouro::Dict&>(*table).items());
    while (const ouro::Ref<> item = ouro::next(*iterator)) escape(item.get());
  }
  void update(const Table& table, const Table& other) { static_cast<ouro::Dict&>(*table).update(*other); }
};

#if OURO_BENCH_PYTHON
class CPythonDicts : public CPythonSide {
 public:
  using Table = Handle;

  [[nodiscard]] Handle key(bool texts, std::size_t i) const { return texts ? text(text_of(i)) : integer(number_of(i)); }
  /// Without what PyDict_GetItem does to hide errors.
  [[nodiscard]] void* find(const Table& table, const Handle& key) const {
    return PyDict_GetItemWithError(table.get(), key.get());
  }
  [[nodiscard]] void* find_text(const Table& table, const std::string& key) const {
    return PyDict_GetItemString(table.get(), key.c_str());
  }
  void walk(const Table& table) const {
    Py_ssize_t position = 0;
    PyObject* key = nullptr;
    PyObject* value = nullptr;
    while (PyDict_Next(table.get(), &position, &key, &value) != 0) escape(key), escape(value);
  }
  void walk_items(const Table& table) const {
    const Handle items(PyObject_CallMethod(table.get(), "items", nullptr));
    const Handle iterator(PyObject_GetIter(items.get()));
    while (PyObject* const item = PyIter_Next(iterator.get())) {
      escape(item);
      Py_DECREF(item);
    }
  }
  void update(const Table& table, const Table& other) const {
    require(PyDict_Update(table.get(), other.get()) == 0, "updated");
  }
};
#endif

/// What a C++ program takes that has keys of one type and shares its values.
template <class Key>
class BoostDicts {
 public:
  using Handle = Key;
  using Value = std::shared_ptr<std::int64_t>;
  using Table = boost::unordered_flat_map<Key, Value>;

  void pause_collector() {}
  [[nodiscard]] Table dict() { return {}; }
  [[nodiscard]] Value integer(std::int64_t value) { return std::make_shared<std::int64_t>(value); }
  [[nodiscard]] Key key(bool, std::size_t i) {
    if constexpr (std::is_same_v<Key, std::string>) {
      return text_of(i);
    } else {
      return number_of(i);
    }
  }
  void put(Table& table, const Key& key, const Value& value) { table.insert_or_assign(key, value); }
  [[nodiscard]] void* find(const Table& table, const Key& key) {
    const auto found = table.find(key);
    return found == table.end() ? nullptr : found->second.get();
  }
  void walk(const Table& table) {
    for (const auto& entry : table) escape(const_cast<Key*>(&entry.first)), escape(entry.second.get());
  }
};

/// A dict of `size` keys, inserted one after the other, and as many keys that it has not.
template <class S>
class Dicts {
 public:
  Dicts(std::size_t size, bool texts) : value(side.integer(100'000)) {
    side.pause_collector();
    for (std::size_t i = 0; i < 2 * size; ++i) keys.push_back(side.key(texts, i));
    if (texts)
      for (std::size_t i = 0; i < size; ++i) spelled.push_back(text_of(i));
    order = shuffled_order(size);
    table = filled();
  }

  [[nodiscard]] typename S::Table filled() {
    typename S::Table made = side.dict();
    for (std::size_t i = 0; i < order.size(); ++i) side.put(made, keys[i], value);
    return made;
  }

  S side;
  decltype(S().integer(1)) value;
  std::vector<typename S::Handle> keys;
  std::vector<std::string> spelled;
  std::vector<std::size_t> order;
  typename S::Table table;
};

/// ns for each key of `work(dicts)`, which is done often enough for the clock.
template <class S, class Work>
double time_keys(std::size_t size, bool texts, Work work) {
  Dicts<S> dicts(size, texts);
  const std::size_t repeats = std::max<std::size_t>(1, 1'000'000 / size);
  work(dicts);
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    const Stopwatch watch;
    for (std::size_t i = 0; i < repeats; ++i) work(dicts);
    rounds.push_back(watch.nanoseconds() / static_cast<double>(repeats * size));
  }
  return median(std::move(rounds));
}

template <class Work>
std::vector<Side> object_sides_of(std::size_t size, bool texts, Work work) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [=](const Settings&) { return time_keys<OuroDicts>(size, texts, work); }});
#if OURO_BENCH_PYTHON
  sides.push_back(
      {cpython_name(), Role::kPeer, [=](const Settings&) { return time_keys<CPythonDicts>(size, texts, work); }});
#endif
  return sides;
}

template <class Work>
std::vector<Side> all_sides(std::size_t size, bool texts, Work work) {
  std::vector<Side> sides = object_sides_of(size, texts, work);
  sides.push_back({"boost.flat_map", Role::kPeer, [=](const Settings&) {
                     return texts ? time_keys<BoostDicts<std::string>>(size, texts, work)
                                  : time_keys<BoostDicts<std::int64_t>>(size, texts, work);
                   }});
  return sides;
}

struct Size {
  const char* name;
  std::size_t count;
};
constexpr Size kSizes[] = {{"8", 8}, {"1k", 1'000}, {"100k", 100'000}, {"1M", 1'000'000}};

/// A case for each size and type of keys, beside CPython and boost.
template <class Work>
void add_sizes(Cases& cases, const char* name, const char* sentence, Work work) {
  for (const Size& size : kSizes) {
    for (const bool texts : {false, true}) {
      std::vector<Bar> bars{peer_over("cpython", 1.2)};
      if (size.count > 8) bars.push_back(peer_over("boost", 1.0));
      cases.push_back({fmt::format("objects/dict/{}_{}_{}", name, texts ? "str" : "int", size.name), "ns/key",
                       fmt::format(fmt::runtime(sentence), size.name), all_sides(size.count, texts, work), std::move(bars)});
    }
  }
}

void add_loop_cases(Cases& cases) {
  for (const Size& size : kSizes)
    cases.push_back({fmt::format("objects/dict/iterate_{}", size.name),
                     "ns/key",
                     fmt::format("a dict of {} str keys walked through", size.name),
                     all_sides(size.count, true, [](auto& dicts) { dicts.side.walk(dicts.table); }),
                     {peer_over("cpython", size.count < 100'000 ? 1.2 : 4.0)}});
  cases.push_back({"objects/dict/items_1k",
                   "ns/key",
                   "the items of a dict of 1k str keys, as tuples from an iterator",
                   object_sides_of(1'000, true, [](auto& dicts) { dicts.side.walk_items(dicts.table); }),
                   {peer_over("cpython", 1.0)}});
}

void add_spelled_cases(Cases& cases) {
  const auto look_up = [](auto& dicts) {
    for (const std::size_t i : dicts.order) escape(dicts.side.find_text(dicts.table, dicts.spelled[i]));
  };
  for (const Size& size : kSizes)
    cases.push_back({fmt::format("objects/dict/string_view_{}", size.name),
                     "ns/key",
                     fmt::format("each of {} str keys looked up by the text of a C++ string", size.name),
                     object_sides_of(size.count, true, look_up),
                     {peer_over("cpython", 4.0)}});
}

void add_whole_cases(Cases& cases) {
  const auto update = [](auto& dicts) {
    auto made = dicts.side.dict();
    dicts.side.update(made, dicts.table);
    escape(&made);
  };
  for (const Size& size : kSizes)
    cases.push_back({fmt::format("objects/dict/update_{}", size.name),
                     "ns/key",
                     fmt::format("an empty dict updated with one of {} str keys, and dropped", size.name),
                     object_sides_of(size.count, true, update),
                     {peer_over("cpython", 1.0)}});
  const auto make_and_drop = [](auto& dicts) {
    auto made = dicts.side.dict();
    for (std::size_t i = 0; i < 5; ++i) dicts.side.put(made, dicts.keys[i], dicts.value);
    escape(&made);
  };
  cases.push_back({"objects/dict/make_drop_5",
                   "ns/key",
                   "a dict made, five str keys set, and dropped; a fifth of it",
                   object_sides_of(5, true, make_and_drop),
                   {peer_over("cpython", 1.5)}});
}

}  // namespace

void add_dict_cases(Cases& cases) {
  add_sizes(cases, "hit", "each of {} keys looked up in a dict that has it", [](auto& dicts) {
    for (const std::size_t i : dicts.order) escape(dicts.side.find(dicts.table, dicts.keys[i]));
  });
  add_sizes(cases, "miss", "each of {} keys looked up in a dict that has it not", [](auto& dicts) {
    for (const std::size_t i : dicts.order) escape(dicts.side.find(dicts.table, dicts.keys[dicts.order.size() + i]));
  });
  add_sizes(cases, "insert", "a dict of {} keys filled, and dropped", [](auto& dicts) {
    auto made = dicts.filled();
    escape(&made);
  });
  add_loop_cases(cases);
  add_spelled_cases(cases);
  add_whole_cases(cases);
}

}  // namespace bench
