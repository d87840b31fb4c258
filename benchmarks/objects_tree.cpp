// Cases of the realistic tree: a list of records, each of them a dict of numbers, texts, a list and another dict, with shared
// keys; a million values in all. It is built with automatic collection on, walked through, dropped and weighed.
#include <fmt/core.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "harness.h"
#include "object_side.h"
#include "shared_side.h"
#include "tree_walk.h"
#include <malloc.h>

namespace bench {
namespace {

constexpr std::size_t kRecords = 58'824;
constexpr std::size_t kNodesOfRecord = 17;  ///< the keys not counted
constexpr auto kNodes = static_cast<double>(kRecords * kNodesOfRecord);
constexpr int kWalks = 5;

template <class S>
class TreeBuilder {
 public:
  using Handle = typename S::Handle;

  explicit TreeBuilder(S& side) : side_(side) {
    for (const char* const name : {"id", "name", "score", "active", "tags", "position", "parent", "note", "x", "y", "z"})
      keys_.push_back(side.interned(name));
    for (std::size_t i = 0; i < kRecords; ++i) names_.push_back(fmt::format("node {:05}", i));
  }

  [[nodiscard]] Handle build() {
    Handle root = side_.list();
    for (std::size_t i = 0; i < kRecords; ++i) side_.append(root, record(static_cast<std::int64_t>(i)));
    return root;
  }

 private:
  enum Key : std::size_t { kId, kName, kScore, kActive, kTags, kPosition, kParent, kNote, kX, kY, kZ };

  void put(const Handle& dict, Key key, const Handle& value) { side_.put(dict, keys_[key], value); }

  // A dict of 8 values, 5 more in its list and 3 more in the dict in it.
  Handle record(std::int64_t number) {
    Handle made = side_.dict();
    put(made, kId, side_.integer(1'000'000 + number));
    put(made, kName, side_.text(names_[static_cast<std::size_t>(number)]));
    put(made, kScore, side_.real(static_cast<double>(number) * 0.25));
    put(made, kActive, side_.boolean(number % 2 == 0));
    put(made, kTags, tags(number));
    put(made, kPosition, position(number));
    put(made, kParent, side_.integer(number / 2));
    put(made, kNote, side_.text("nothing of note"));
    return made;
  }
  Handle tags(std::int64_t number) {
    Handle made = side_.list();
    for (std::int64_t i = 0; i < 5; ++i) side_.append(made, side_.integer(1000 * i + number % 1000));
    return made;
  }
  Handle position(std::int64_t number) {
    Handle made = side_.dict();
    const auto at = static_cast<double>(number);
    put(made, kX, side_.real(at));
    put(made, kY, side_.real(at * 0.5));
    put(made, kZ, side_.real(-at));
    return made;
  }

  S& side_;
  std::vector<Handle> keys_;
  std::vector<std::string> names_;
};

constexpr auto build = [](auto& side) {
  TreeBuilder builder(side);
  const Stopwatch watch;
  const auto root = builder.build();
  return watch.nanoseconds() / kNodes;
};

constexpr auto walk = [](auto& side) {
  TreeBuilder builder(side);
  const auto root = builder.build();
  double sum = tree_sum(side, root);
  const Stopwatch watch;
  for (int i = 0; i < kWalks; ++i) sum -= tree_sum(side, root) / kWalks;
  const double cost = watch.nanoseconds() / kWalks / kNodes;
  require(sum < 1 && sum > -1, "the tree is what it was");
  return cost;
};

constexpr auto drop = [](auto& side) {
  TreeBuilder builder(side);
  auto root = builder.build();
  const Stopwatch watch;
  root = {};
  if constexpr (requires { side.state(); }) static_cast<void>(side.collect());  // Lua: nothing is dropped before
  return watch.nanoseconds() / kNodes;
};

constexpr auto bytes = [](auto& side) {
  TreeBuilder builder(side);
  malloc_trim(0);
  const double before = resident_bytes();
  const auto root = builder.build();
  return (resident_bytes() - before) / kNodes;
};

template <class S, class Work>
Side side_of(std::string name, Role role, Work work) {
  return {std::move(name), role, [work](const Settings&) {
            S side;
            return work(side);
          }};
}

template <class Work>
void add(Cases& cases, const char* name, const char* unit, const char* sentence, std::vector<Bar> bars, Work work) {
  std::vector<Side> sides{side_of<OuroSide>(kOuroName, Role::kOuro, work)};
#if OURO_BENCH_PYTHON
  sides.push_back(side_of<CPythonSide>(cpython_name(), Role::kPeer, work));
#endif
#if OURO_BENCH_LUA
  sides.push_back(side_of<LuaSide>(lua_name(), Role::kPeer, work));
#endif
  sides.push_back(side_of<SharedSide>("shared_ptr", Role::kPeer, work));
  cases.push_back({fmt::format("objects/tree/{}", name), unit, sentence, std::move(sides), std::move(bars)});
}

}  // namespace

void add_tree_cases(Cases& cases) {
  add(cases, "build", "ns/node", "a tree of a million values built, with automatic collection", {peer_over("cpython", 2)},
      build);
  add(cases, "walk", "ns/node", "the tree walked through", {peer_over("cpython", 1.3)}, walk);
  add(cases, "drop", "ns/node", "the tree dropped; in Lua, a full collection",
      {peer_over("cpython", 1.2), peer_over("shared_ptr", 8)}, drop);
  add(cases, "bytes", "bytes/node", "growth of resident memory by building it",
      {peer_over("cpython", 1 / 0.7), peer_over("shared_ptr", 1 / 0.4)}, bytes);
}

}  // namespace bench
