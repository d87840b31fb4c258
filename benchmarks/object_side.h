// GraphSide, ObjectSide: the little that a graph needs from an object system, so that every graph is built by one text.
//
// All sides do the same steps in the same order: a value is made, put into its container, and the builder's own reference
// is dropped. The calls are inline and thin; what is measured is the object system behind them.
#pragma once

#include "cases.h"
#include "ouro_side.h"
#if OURO_BENCH_PYTHON
#include "cpython_side.h"
#endif
#if OURO_BENCH_LUA
#include "lua_side.h"
#endif

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

namespace bench {

/// A runtime in which graphs can be built. `Handle` owns one reference and is movable; moving it counts nothing.
template <class S>
concept GraphSide = requires(S side, const typename S::Handle& value, const typename S::Handle& key, std::string_view text) {
  requires std::movable<typename S::Handle>;
  { side.none() } -> std::same_as<typename S::Handle>;
  { side.integer(std::int64_t{}) } -> std::same_as<typename S::Handle>;
  { side.interned(text) } -> std::same_as<typename S::Handle>;
  { side.list() } -> std::same_as<typename S::Handle>;
  { side.list_of(value) } -> std::same_as<typename S::Handle>;  // [item], no room for more
  { side.new_class(text) } -> std::same_as<typename S::Handle>;
  { side.instance(value) } -> std::same_as<typename S::Handle>;  // of a class
  side.append(value, value);                                     // list, item
  side.set_item(value, std::size_t{}, value);                    // list, index, item
  side.set_attribute(value, key, value);                         // object, name, value
  side.pause_collector();                                        // no automatic collection from here ...
  side.resume_collector();                                       // ... to here
  // A full collection; the number of containers found dead, if the runtime says.
  { side.collect() } -> std::convertible_to<std::optional<std::size_t>>;
};

/// One that CPython's values can be built in, and whose collector has generations.
template <class S>
concept ObjectSide = GraphSide<S> && requires(S side, const typename S::Handle& value, std::string_view text) {
  { side.boolean(true) } -> std::same_as<typename S::Handle>;
  { side.real(1.0) } -> std::same_as<typename S::Handle>;
  { side.text(text) } -> std::same_as<typename S::Handle>;
  { side.dict() } -> std::same_as<typename S::Handle>;
  side.put(value, value, value);                          // dict, key, item
  { side.collect_young() } -> std::same_as<std::size_t>;  // the first generation only; containers found dead
};

static_assert(ObjectSide<OuroSide>);
#if OURO_BENCH_PYTHON
static_assert(ObjectSide<CPythonSide>);
#endif
#if OURO_BENCH_LUA
static_assert(GraphSide<LuaSide>);
#endif

/// A measurement of `work(side, settings)`, which gets a runtime that was made for it.
template <GraphSide S, class Work>
[[nodiscard]] Measure on_side(Work work) {
  return [work](const Settings& settings) {
    S side;
    return work(side, settings);
  };
}

/// Ouroboros, and CPython if it is installed. `measure_on(std::type_identity<S>{})` gives the measurement of side S.
template <class MeasureOn>
[[nodiscard]] std::vector<Side> object_sides_by(MeasureOn measure_on) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, measure_on(std::type_identity<OuroSide>{})});
#if OURO_BENCH_PYTHON
  sides.push_back({cpython_name(), Role::kPeer, measure_on(std::type_identity<CPythonSide>{})});
#endif
  return sides;
}

/// The same, and the runtimes that have less than Python's values.
template <class MeasureOn>
[[nodiscard]] std::vector<Side> graph_sides_by(MeasureOn measure_on) {
  std::vector<Side> sides = object_sides_by(measure_on);
#if OURO_BENCH_LUA
  sides.push_back({lua_name(), Role::kPeer, measure_on(std::type_identity<LuaSide>{})});
#endif
  return sides;
}

/// One side for each object system there is. `work(side, settings)` is a generic callable that returns the sample.
template <class Work>
[[nodiscard]] std::vector<Side> object_sides(Work work) {
  return object_sides_by([work]<class S>(std::type_identity<S>) { return on_side<S>(work); });
}
template <class Work>
[[nodiscard]] std::vector<Side> graph_sides(Work work) {
  return graph_sides_by([work]<class S>(std::type_identity<S>) { return on_side<S>(work); });
}

}  // namespace bench
