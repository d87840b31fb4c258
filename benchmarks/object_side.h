// ObjectSide: the little that a graph needs from an object system, so that every graph is built by one text.
//
// Both sides do the same steps in the same order: a value is made, put into its container, and the builder's own reference
// is dropped. The calls are inline and thin; what is measured is the object system behind them.
#pragma once

#include "cases.h"
#include "ouro_side.h"
#if OURO_BENCH_PYTHON
#include "cpython_side.h"
#endif

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

/// A runtime in which graphs can be built. `Handle` owns one reference and is movable; moving it counts nothing.
template <class S>
concept ObjectSide = requires(S side, const typename S::Handle& value, const typename S::Handle& key,
                              std::string_view text) {
  requires std::movable<typename S::Handle>;
  { side.none() } -> std::same_as<typename S::Handle>;
  { side.boolean(true) } -> std::same_as<typename S::Handle>;
  { side.integer(std::int64_t{}) } -> std::same_as<typename S::Handle>;
  { side.real(1.0) } -> std::same_as<typename S::Handle>;
  { side.text(text) } -> std::same_as<typename S::Handle>;
  { side.interned(text) } -> std::same_as<typename S::Handle>;
  { side.list() } -> std::same_as<typename S::Handle>;
  { side.dict() } -> std::same_as<typename S::Handle>;
  side.append(value, value);                              // list, item
  side.put(value, key, value);                            // dict, key, item
  side.pause_collector();                                 // no automatic collection from here ...
  side.resume_collector();                                // ... to here
  { side.collect() } -> std::same_as<std::size_t>;        // a full collection; containers found dead
  { side.collect_young() } -> std::same_as<std::size_t>;  // the first generation only
};

static_assert(ObjectSide<OuroSide>);
#if OURO_BENCH_PYTHON
static_assert(ObjectSide<CPythonSide>);
#endif

/// One side for each object system there is. `work(side, settings)` is a generic callable that returns the sample; it gets a
/// runtime that was made for it.
template <class Work>
[[nodiscard]] std::vector<Side> object_sides(Work work) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [work](const Settings& settings) {
                     OuroSide side;
                     return work(side, settings);
                   }});
#if OURO_BENCH_PYTHON
  sides.push_back({cpython_name(), Role::kPeer, [work](const Settings& settings) {
                     CPythonSide side;
                     return work(side, settings);
                   }});
#endif
  return sides;
}

}  // namespace bench
