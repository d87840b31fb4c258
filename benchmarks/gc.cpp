// Cases of the cycle collector: what a collection costs for each object it looks at, and for each it reclaims.
//
// Automatic collection is off while a graph is built, so that the collection that is timed is the first to see it (live_aged
// excepted, which is about a graph that has been collected before).
#include "document_graph.h"
#include "graphs.h"
#include "harness.h"

namespace bench {
namespace {

constexpr std::size_t kNodes = 1'000'000;
constexpr std::size_t kYoung = 700;  ///< the threshold of the first generation
constexpr std::size_t kYoungRounds = 301;

/// ns of a full collection for each of `nodes`. `dead` is how many containers it must find.
template <ObjectSide S>
double time_collection(S& side, std::size_t nodes, std::size_t dead) {
  const Stopwatch watch;
  const std::size_t found = side.collect();
  const double elapsed = watch.nanoseconds();
  require(found == dead, "the collection finds exactly the dead");
  return elapsed / static_cast<double>(nodes);
}

constexpr auto live_fresh = [](ObjectSide auto& side, const Settings&) {
  side.pause_collector();
  const auto root = fresh_graph(side, kNodes);
  return time_collection(side, kNodes, 0);
};

constexpr auto live_aged = [](ObjectSide auto& side, const Settings&) {
  side.pause_collector();
  const auto root = aged_graph(side, kNodes);
  side.collect();
  side.collect();
  return time_collection(side, kNodes, 0);
};

constexpr auto dead_pairs = [](ObjectSide auto& side, const Settings&) {
  side.pause_collector();
  drop_pairs(side, kNodes / 2);
  return time_collection(side, kNodes, kNodes);
};

constexpr auto dead_ring = [](ObjectSide auto& side, const Settings&) {
  side.pause_collector();
  drop_ring(side, kNodes);
  return time_collection(side, kNodes, kNodes);
};

constexpr auto dead_tree_parents = [](ObjectSide auto& side, const Settings&) {
  side.pause_collector();
  drop_tree_with_parents(side, kNodes);
  return time_collection(side, kNodes, kNodes);
};

/// ns of a collection of the first generation for each of its kYoung objects, beside a large old heap. `make(side)` gives
/// the young graph and returns what keeps it alive, if anything; `dead` is how many of them the collection must find.
template <ObjectSide S, class Make>
double time_young(S& side, std::size_t dead, Make make) {
  side.pause_collector();
  const auto old = fresh_graph(side, kNodes);
  side.collect();
  std::vector<double> rounds;
  for (std::size_t round = 0; round < kYoungRounds; ++round) {
    const auto kept = make(side);
    const Stopwatch watch;
    const std::size_t found = side.collect_young();
    rounds.push_back(watch.nanoseconds() / static_cast<double>(kYoung));
    require(found == dead, "the young collection finds exactly the dead");
  }
  return median(std::move(rounds));
}

constexpr auto live_young = [](ObjectSide auto& side, const Settings&) {
  return time_young(side, 0, [](auto& in) { return fresh_graph(in, kYoung - 1); });
};

constexpr auto dead_young = [](ObjectSide auto& side, const Settings&) {
  return time_young(side, kYoung, [](auto& in) {
    drop_pairs(in, kYoung / 2);
    return in.none();
  });
};

constexpr auto document_live = [](ObjectSide auto& side, const Settings& settings) {
  const Document document = load_document(settings.document);
  DocumentBuilder builder(side, document);
  side.pause_collector();
  const auto root = builder.template build_copies<Parents::kLinked>(kNodes);
  return time_collection(side, builder.nodes(kNodes), 0);
};

constexpr auto document_dead = [](ObjectSide auto& side, const Settings& settings) {
  const Document document = load_document(settings.document);
  DocumentBuilder builder(side, document);
  side.pause_collector();
  auto root = builder.template build_copies<Parents::kLinked>(kNodes);
  root = {};
  return time_collection(side, builder.nodes(kNodes), builder.copies(kNodes) * document.containers);
};

}  // namespace

void add_gc_cases(Cases& cases) {
  cases.push_back({"gc/full/live_fresh", "ns/object", "full collection of a million one-slot lists made in order",
                   object_sides(live_fresh)});
  cases.push_back({"gc/full/live_aged", "ns/object",
                   "the third collection of the same lists, made before a root in random order", object_sides(live_aged)});
  cases.push_back({"gc/full/dead_pairs", "ns/object", "reclaiming half a million pairs that refer to each other",
                   object_sides(dead_pairs)});
  cases.push_back({"gc/full/dead_ring", "ns/object", "reclaiming one ring of a million lists", object_sides(dead_ring)});
  cases.push_back({"gc/full/dead_tree_parents", "ns/object", "reclaiming a binary tree of lists with parent links",
                   object_sides(dead_tree_parents)});
  cases.push_back({"gc/young/live_700", "ns/object", "collecting 700 live young objects beside a million old ones",
                   object_sides(live_young)});
  cases.push_back({"gc/young/dead_700", "ns/object", "reclaiming 700 young objects in pairs beside a million old ones",
                   object_sides(dead_young)});
  cases.push_back(
      {"gc/document/live", "ns/node", "full collection of the document with parent links", object_sides(document_live)});
  cases.push_back({"gc/document/dead", "ns/node", "reclaiming the document with parent links", object_sides(document_dead)});
}

}  // namespace bench
