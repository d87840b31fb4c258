// Cases of full collections: a million nodes, live or dead, on a fresh heap and on an old one.
//
// Automatic collection is off while a graph is built, so that the collection that is timed is the first to see it (the aged
// heaps excepted, which are about graphs that have been collected before).
#include "gc_cases.h"
#include "graphs.h"

namespace bench {
namespace {

constexpr auto live_fresh = [](GraphSide auto& side, const Settings&) {
  side.pause_collector();
  const auto root = fresh_graph(side, kNodes);
  return time_collection(side, kNodes, 0);
};

constexpr auto instances_fresh = [](GraphSide auto& side, const Settings&) {
  side.pause_collector();
  const auto root = fresh_graph(side, kNodes, PointMaker(side));
  return time_collection(side, kNodes, 0);
};

/// ns for each node of the third collection: two have put the heap into the order that it stays in.
double time_third_collection(GraphSide auto& side) {
  side.collect();
  side.collect();
  return time_collection(side, kNodes, 0);
}

constexpr auto live_aged = [](GraphSide auto& side, const Settings&) {
  side.pause_collector();
  const auto root = aged_graph(side, kNodes);
  return time_third_collection(side);
};

constexpr auto instances_aged = [](GraphSide auto& side, const Settings&) {
  side.pause_collector();
  const auto root = aged_graph(side, kNodes, PointMaker(side));
  return time_third_collection(side);
};

/// live_aged over live_fresh, in one process: no machine and no neighbour is in it.
double aged_over_fresh(const Settings& settings) {
  const double fresh = on_side<OuroSide>(live_fresh)(settings);
  return on_side<OuroSide>(live_aged)(settings) / fresh;
}

constexpr auto dead_pairs = [](GraphSide auto& side, const Settings&) {
  side.pause_collector();
  drop_pairs(side, kNodes / 2);
  return time_collection(side, kNodes, kNodes);
};

constexpr auto dead_ring = [](GraphSide auto& side, const Settings&) {
  side.pause_collector();
  drop_ring(side, plain_order(kNodes));
  return time_collection(side, kNodes, kNodes);
};

constexpr auto dead_ring_shuffled = [](GraphSide auto& side, const Settings&) {
  side.pause_collector();
  drop_ring(side, shuffled_order(kNodes));
  return time_collection(side, kNodes, kNodes);
};

constexpr auto dead_tree_parents = [](GraphSide auto& side, const Settings&) {
  side.pause_collector();
  auto root = tree_with_parents(side, kNodes);
  root = {};
  return time_collection(side, kNodes, kNodes);
};

void add_live_cases(Cases& cases) {
  cases.push_back({"gc/full/live_fresh",
                   "ns/object",
                   "full collection of a million one-slot lists made in order",
                   graph_sides(live_fresh),
                   {peer_over("cpython", 2.5)}});
  cases.push_back({"gc/full/live_aged",
                   "ns/object",
                   "the third collection of the same lists, made before a root in random order",
                   graph_sides(live_aged),
                   {peer_over("cpython", 20)}});
  cases.push_back({"gc/full/instances_fresh",
                   "ns/object",
                   "full collection of a million instances with two int attributes made in order",
                   graph_sides(instances_fresh),
                   {peer_over("cpython", 3)}});
  cases.push_back({"gc/full/instances_aged",
                   "ns/object",
                   "the third collection of the same instances, made before a root in random order",
                   graph_sides(instances_aged),
                   {peer_over("cpython", 15)}});
  cases.push_back({"gc/full/aged_over_fresh",
                   "ratio",
                   "live_aged over live_fresh, both in one process",
                   {{kOuroName, Role::kOuro, aged_over_fresh}},
                   {at_most(4)}});
}

void add_dead_cases(Cases& cases) {
  cases.push_back({"gc/full/dead_pairs",
                   "ns/object",
                   "reclaiming half a million pairs that refer to each other",
                   graph_sides(dead_pairs),
                   {peer_over("cpython", 2.5)}});
  cases.push_back({"gc/full/dead_ring",
                   "ns/object",
                   "reclaiming one ring of a million lists",
                   graph_sides(dead_ring),
                   {peer_over("cpython", 2.5)}});
  cases.push_back({"gc/full/dead_ring_shuffled",
                   "ns/object",
                   "reclaiming one ring whose links go to and fro in the heap",
                   graph_sides(dead_ring_shuffled),
                   {peer_over("cpython", 8)}});
  cases.push_back({"gc/full/dead_tree_parents",
                   "ns/object",
                   "reclaiming a binary tree of lists with parent links",
                   graph_sides(dead_tree_parents),
                   {peer_over("cpython", 3)}});
}

}  // namespace

void add_gc_full_cases(Cases& cases) {
  add_live_cases(cases);
  add_dead_cases(cases);
}

}  // namespace bench
