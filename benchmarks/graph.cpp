// Cases of building and dropping a document, with automatic collection on, as a program would.
#include "document_graph.h"
#include "harness.h"
#include <malloc.h>

namespace bench {
namespace {

constexpr std::size_t kNodes = 1'000'000;

constexpr auto build = [](ObjectSide auto& side, const Settings& settings) {
  const Document document = load_document(settings.document);
  DocumentBuilder builder(side, document);
  const Stopwatch watch;
  const auto root = builder.template build_copies<Parents::kNone>(kNodes);
  return watch.nanoseconds() / static_cast<double>(builder.nodes(kNodes));
};

constexpr auto drop = [](ObjectSide auto& side, const Settings& settings) {
  const Document document = load_document(settings.document);
  DocumentBuilder builder(side, document);
  auto root = builder.template build_copies<Parents::kNone>(kNodes);
  const Stopwatch watch;
  root = {};
  return watch.nanoseconds() / static_cast<double>(builder.nodes(kNodes));
};

constexpr auto bytes = [](ObjectSide auto& side, const Settings& settings) {
  const Document document = load_document(settings.document);
  DocumentBuilder builder(side, document);
  // What parsing left in malloc's free lists goes back first, lest the build hide in it.
  malloc_trim(0);
  const double before = resident_bytes();
  const auto root = builder.template build_copies<Parents::kNone>(kNodes);
  return (resident_bytes() - before) / static_cast<double>(builder.nodes(kNodes));
};

}  // namespace

void add_graph_cases(Cases& cases) {
  cases.push_back(
      {"graph/json_build", "ns/node", "building the document until there are a million values", object_sides(build)});
  cases.push_back({"graph/json_drop", "ns/node", "dropping it: counting alone reclaims it", object_sides(drop)});
  cases.push_back(
      {"graph/json_bytes_per_node", "bytes/node", "growth of resident memory by building it", object_sides(bytes)});
}

}  // namespace bench
