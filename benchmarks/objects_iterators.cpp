// Cases of the iterators and functions of builtins: enumerate, zip, map, filter, reversed, range, sum, sorted, isinstance.
// Both sides are asked by the names that Python has for them.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/text/intern.h>

#include <fmt/core.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "harness.h"
#include "object_side.h"

namespace bench {
namespace {

constexpr int kRounds = 5;
constexpr std::size_t kItems = 1'000'000;

/// The functions of builtins beside an ObjectSide.
class OuroFunctions : public OuroSide {
 public:
  [[nodiscard]] Handle builtin(std::string_view name) {
    return ouro::get_item(*names_, *ouro::intern(ouro::builtins_of(*names_), name));
  }
  [[nodiscard]] Handle call(const Handle& function, std::initializer_list<const Handle*> given) {
    std::vector<ouro::Object*> arguments;
    for (const Handle* const each : given) arguments.push_back(each->get());
    return ouro::call(*function, ouro::Arguments{arguments, {}, {}});
  }
  void walk(const Handle& iterator) {
    while (const ouro::Ref<> item = ouro::next(*iterator)) escape(item.get());
  }

 private:
  ouro::Ref<ouro::Dict> names_ = ouro::builtin_functions(ouro::builtins_of(*none()));
};

#if OURO_BENCH_PYTHON
class CPythonFunctions : public CPythonSide {
 public:
  [[nodiscard]] Handle builtin(const char* name) const {
    return Handle(Py_NewRef(PyDict_GetItemString(PyEval_GetBuiltins(), name)));
  }
  [[nodiscard]] Handle call(const Handle& function, std::initializer_list<const Handle*> given) const {
    std::vector<PyObject*> arguments;
    for (const Handle* const each : given) arguments.push_back(each->get());
    return Handle(PyObject_Vectorcall(function.get(), arguments.data(), arguments.size(), nullptr));
  }
  void walk(const Handle& iterator) const {
    while (PyObject* const item = PyIter_Next(iterator.get())) {
      escape(item);
      Py_DECREF(item);
    }
  }
};
#endif

/// A side with a list of ints and a function of builtins.
template <class S>
struct Scene {
  explicit Scene(const char* name) : function(side.builtin(name)), items(side.list()) {
    side.pause_collector();
    for (std::size_t i = 0; i < kItems; ++i) {
      auto number = side.integer(static_cast<std::int64_t>(1000 + i));
      side.append(items, number);
    }
  }

  S side;
  typename S::Handle function, items;
};

/// ns for each of the million items, or calls, of `work(scene)`.
template <class S, class Work>
double time_items(const char* name, Work work) {
  Scene<S> scene(name);
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    const Stopwatch watch;
    work(scene);
    rounds.push_back(watch.nanoseconds() / static_cast<double>(kItems));
  }
  return median(std::move(rounds));
}

template <class Work>
void add_case(Cases& cases, const char* name, const char* function, const char* sentence, double limit, Work work) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [=](const Settings&) { return time_items<OuroFunctions>(function, work); }});
#if OURO_BENCH_PYTHON
  sides.push_back(
      {cpython_name(), Role::kPeer, [=](const Settings&) { return time_items<CPythonFunctions>(function, work); }});
#endif
  cases.push_back(
      {fmt::format("objects/builtins/{}", name), "ns/item", sentence, std::move(sides), {peer_over("cpython", limit)}});
}

/// Calls the function with the arguments that `given(scene)` makes, a million times.
template <class Given>
auto calls(Given given) {
  return [given](auto& scene) {
    const auto first = given(scene.side);
    const auto second = scene.side.builtin("int");
    for (std::size_t i = 0; i < kItems; ++i) {
      auto result = scene.side.call(scene.function, {&first, &second});
      escape(&result);
    }
  };
}

}  // namespace

void add_iterator_cases(Cases& cases) {
  const auto walk_one = [](auto& scene) { scene.side.walk(scene.side.call(scene.function, {&scene.items})); };
  const auto walk_two = [](auto& scene) { scene.side.walk(scene.side.call(scene.function, {&scene.items, &scene.items})); };
  const auto compute = [](auto& scene) {
    auto result = scene.side.call(scene.function, {&scene.items});
    escape(&result);
  };
  constexpr double kWalk = 1.2;
  add_case(cases, "enumerate", "enumerate", "a list of 1M ints walked through by enumerate", kWalk, walk_one);
  add_case(cases, "reversed", "reversed", "a list of 1M ints walked through by reversed", kWalk, walk_one);
  add_case(cases, "iter", "iter", "a list of 1M ints walked through", kWalk, walk_one);
  add_case(cases, "zip", "zip", "a list of 1M ints walked through by zip with itself", kWalk, walk_two);
  add_case(cases, "map_abs", "map", "abs of each of 1M ints by map", kWalk, [](auto& scene) {
    const auto abs = scene.side.builtin("abs");
    scene.side.walk(scene.side.call(scene.function, {&abs, &scene.items}));
  });
  add_case(cases, "filter_none", "filter", "1M true ints walked through by filter(None)", kWalk, [](auto& scene) {
    const auto none = scene.side.none();
    scene.side.walk(scene.side.call(scene.function, {&none, &scene.items}));
  });
  add_case(cases, "range", "range", "range(1M) walked through", kWalk, [](auto& scene) {
    const auto count = scene.side.integer(static_cast<std::int64_t>(kItems));
    const auto range = scene.side.call(scene.function, {&count});
    const auto iter = scene.side.builtin("iter");
    scene.side.walk(scene.side.call(iter, {&range}));
  });
  add_case(cases, "list_of_enumerate", "enumerate", "list(enumerate(...)) of 1M ints", kWalk, [](auto& scene) {
    const auto pairs = scene.side.call(scene.function, {&scene.items});
    auto made = scene.side.call(scene.side.builtin("list"), {&pairs});
    escape(&made);
  });
  for (const char* const name : {"sum", "max", "min", "sorted", "all", "tuple", "list"})
    add_case(cases, name, name, "of a list of 1M ints in order", 1.2, compute);
  add_case(cases, "isinstance", "isinstance", "isinstance(5, int), 1M times", 1.0,
           calls([](auto& side) { return side.integer(5); }));
  add_case(cases, "issubclass", "issubclass", "issubclass(bool, int), 1M times", 1.0,
           calls([](auto& side) { return side.builtin("bool"); }));
}

}  // namespace bench
