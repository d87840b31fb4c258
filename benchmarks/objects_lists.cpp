// Cases of lists: appending, reading, walking through, sorting, and a tuple of their items.
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/handle.h>

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "harness.h"
#include "object_side.h"
#include "random.h"

namespace bench {
namespace {

constexpr int kRounds = 5;
constexpr std::size_t kMany = 10'000'000;
constexpr std::size_t kSorted = 1'000'000;

/// What the cases need of a runtime beside an ObjectSide.
class OuroLists : public OuroSide {
 public:
  void read_all(const Handle& list) {
    const auto& items = static_cast<const ouro::List&>(*list);
    for (std::size_t i = 0; i < items.size; ++i) escape(&items.get(static_cast<std::int64_t>(opaque(i))));
  }
  void read_all_by_handle(const Handle& list) {
    const ouro::Ref<ouro::List> items = ouro::static_ref_cast<ouro::List>(list);
    for (std::size_t i = 0; i < items->size; ++i) {
      const ouro::Ref<> item = items[static_cast<std::int64_t>(opaque(i))];
      escape(item.get());
    }
  }
  void walk(const Handle& list) {
    const ouro::Ref<> iterator = ouro::iterate(*list);
    while (const ouro::Ref<> item = ouro::next(*iterator)) escape(item.get());
  }
  void sort(const Handle& list) { static_cast<ouro::List&>(*list).sort(); }
  [[nodiscard]] Handle copy(const Handle& list) { return static_cast<const ouro::List&>(*list).copy(); }
  [[nodiscard]] Handle tuple(const Handle& list) { return ouro::tuple_from(*list); }
};

#if OURO_BENCH_PYTHON
class CPythonLists : public CPythonSide {
 public:
  void read_all(const Handle& list) {
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list.get()); ++i) escape(PyList_GetItem(list.get(), opaque(i)));
  }
  void read_all_by_handle(const Handle& list) {
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list.get()); ++i) {
      const Handle item(PySequence_GetItem(list.get(), opaque(i)));
      escape(item.get());
    }
  }
  void walk(const Handle& list) const {
    const Handle iterator(PyObject_GetIter(list.get()));
    while (PyObject* const item = PyIter_Next(iterator.get())) {
      escape(item);
      Py_DECREF(item);
    }
  }
  void sort(const Handle& list) { require(PyList_Sort(list.get()) == 0, "the list is sorted"); }
  [[nodiscard]] Handle copy(const Handle& list) {
    return Handle(PyList_GetSlice(list.get(), 0, PyList_GET_SIZE(list.get())));
  }
  [[nodiscard]] Handle tuple(const Handle& list) { return Handle(PySequence_Tuple(list.get())); }
};
#endif

/// `work` of each side, by a measurement that is a template of the side.
template <class Work>
void add(Cases& cases, std::string name, const char* sentence, double limit, Work work) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [=](const Settings&) { return work(std::type_identity<OuroLists>()); }});
#if OURO_BENCH_PYTHON
  sides.push_back({cpython_name(), Role::kPeer, [=](const Settings&) { return work(std::type_identity<CPythonLists>()); }});
#endif
  cases.push_back({std::move(name), "ns/item", sentence, std::move(sides), {peer_over("cpython", limit)}});
}

/// The median of several rounds of `once()`, for each of `count` items.
template <class Once>
double time_rounds(std::size_t count, Once once) {
  once();
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    const Stopwatch watch;
    once();
    rounds.push_back(watch.nanoseconds() / static_cast<double>(count));
  }
  return median(std::move(rounds));
}

template <class S>
typename S::Handle filled(S& side, std::size_t count) {
  typename S::Handle list = side.list();
  const typename S::Handle item = side.integer(1'000'000'007);
  for (std::size_t i = 0; i < count; ++i) side.append(list, item);
  return list;
}

/// A case of `work(side, list)` on a long list.
template <class Work>
void add_long(Cases& cases, const char* name, const char* sentence, double limit, Work work) {
  add(cases, fmt::format("objects/list/{}", name), sentence, limit, [work]<class S>(std::type_identity<S>) {
    S side;
    side.pause_collector();
    const auto list = filled(side, kMany);
    return time_rounds(kMany, [&] { work(side, list); });
  });
}

/// A case of sorting a list of what `make(side, number)` makes of random numbers.
template <class Make>
void add_sort(Cases& cases, const char* name, const char* sentence, Make make) {
  add(cases, fmt::format("objects/sort/{}", name), sentence, 1.2, [make]<class S>(std::type_identity<S>) {
    S side;
    side.pause_collector();
    const typename S::Handle list = side.list();
    Random random;
    for (std::size_t i = 0; i < kSorted; ++i) side.append(list, make(side, random.next()));
    std::vector<double> rounds;
    for (int round = 0; round < kRounds; ++round) {
      const typename S::Handle copied = side.copy(list);
      const Stopwatch watch;
      side.sort(copied);
      rounds.push_back(watch.nanoseconds() / static_cast<double>(kSorted));
    }
    return median(std::move(rounds));
  });
}

void add_sorts(Cases& cases) {
  add_sort(cases, "int_1M", "1M random ints sorted",
           [](auto& side, std::uint64_t number) { return side.integer(static_cast<std::int64_t>(number >> 8)); });
  add_sort(cases, "float_1M", "1M random floats sorted",
           [](auto& side, std::uint64_t number) { return side.real(static_cast<double>(number >> 11) / 1e9); });
  add_sort(cases, "str_1M", "1M random str of 10 characters sorted",
           [](auto& side, std::uint64_t number) { return side.text(fmt::format("{:010}", number % 10'000'000'000)); });
  add_sort(cases, "str_prefix_1M", "1M random str that begin alike sorted", [](auto& side, std::uint64_t number) {
    return side.text(fmt::format("a common prefix {:010}", number % 10'000'000'000));
  });
  add_sort(cases, "mixed_1M", "1M random ints and floats sorted", [](auto& side, std::uint64_t number) {
    return number % 2 == 0 ? side.integer(static_cast<std::int64_t>(number >> 20))
                           : side.real(static_cast<double>(number >> 20));
  });
}

}  // namespace

void add_list_cases(Cases& cases) {
  add(cases, "objects/list/append_10M", "10M appended to an empty list", 1.4, []<class S>(std::type_identity<S>) {
    S side;
    side.pause_collector();
    return time_rounds(kMany, [&] { escape(filled(side, kMany).get()); });
  });
  add_long(cases, "index_10M", "each item of 10M read, borrowed", 1.4,
           [](auto& side, const auto& list) { side.read_all(list); });
  add_long(cases, "index_by_handle_10M", "each of 10M read by list[i], as a handle", 1.0,
           [](auto& side, const auto& list) { side.read_all_by_handle(list); });
  add_long(cases, "iterate_10M", "a list of 10M walked through by iter and next", 1.4,
           [](auto& side, const auto& list) { side.walk(list); });
  add_long(cases, "copy_10M", "a list of 10M copied, and dropped", 1.0,
           [](auto& side, const auto& list) { escape(side.copy(list).get()); });
  add_long(cases, "tuple_10M", "a tuple of a list of 10M, and dropped", 1.0,
           [](auto& side, const auto& list) { escape(side.tuple(list).get()); });
  add_sorts(cases);
}

}  // namespace bench
