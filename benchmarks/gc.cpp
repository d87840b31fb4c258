// Cases of young collections, which must not cost more because the old heap is large, and of the document's collection.
//
// Automatic collection is off while a graph is built, so that the collection that is timed is the first to see it.
#include "document_graph.h"
#include "gc_cases.h"
#include "graphs.h"

namespace bench {
namespace {

constexpr std::size_t kYoung = 700;  ///< the threshold of the first generation
constexpr std::size_t kYoungRounds = 301;

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
  cases.push_back({"gc/young/live_700",
                   "ns/object",
                   "collecting 700 live young objects beside a million old ones",
                   object_sides(live_young),
                   {peer_over("cpython", 2)}});
  cases.push_back({"gc/young/dead_700",
                   "ns/object",
                   "reclaiming 700 young objects in pairs beside a million old ones",
                   object_sides(dead_young),
                   {peer_over("cpython", 2.5)}});
  cases.push_back({"gc/document/live",
                   "ns/node",
                   "full collection of the document with parent links",
                   object_sides(document_live),
                   {peer_over("cpython", 4)}});
  cases.push_back({"gc/document/dead",
                   "ns/node",
                   "reclaiming the document with parent links",
                   object_sides(document_dead),
                   {peer_over("cpython", 3)}});
}

}  // namespace bench
