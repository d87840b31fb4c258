// Looks in the memory of objects for references that their types do not report, and for ones reported twice.
#include <ouro/gc/check/check_edges.h>
#include <ouro/gc/explain/edge_names.h>
#include <ouro/gc/explain/heap_graph.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace ouro::gc {

namespace {

using Node = HeapGraph::Node;

int length_of(std::string_view text) noexcept { return static_cast<int>(text.size()); }

/// Only code of the embedder's frees an atom that could own a reference in secret.
bool is_scanned(const Type& type) noexcept {
  return !type.has(kBorrowerType) && (type.has(kContainerType) || type.has(kForeignType));
}

/// A word of a block that is the address of a live object.
struct Word {
  Node target;
  std::size_t offset;
};

std::vector<Word> words_of(const HeapGraph& graph, Node node) {
  std::vector<Word> words;
  const Object& object = graph.object(node);
  const auto* const block = reinterpret_cast<const std::byte*>(&object);
  const std::size_t bytes = block_bytes(object);
  for (std::size_t offset = sizeof(Object); offset + sizeof(void*) <= bytes; offset += sizeof(void*)) {
    const void* word;
    std::memcpy(&word, block + offset, sizeof word);
    if (const Node target = graph.find(word); target != HeapGraph::kNone) words.push_back({target, offset});
  }
  return words;
}

/// Takes out of `words` those that traverse reports, and those whose counts are accounted for.
void leave_suspects(const HeapGraph& graph, Node node, std::vector<Word>& words) {
  std::erase_if(words, [&](const Word& word) { return graph.from_outside(word.target) == 0; });
  if (words.empty()) return;
  const std::span<const Node> targets = graph.targets(node);
  std::vector<Node> reported(targets.begin(), targets.end());
  std::ranges::sort(reported);
  std::ranges::sort(words, {}, &Word::target);
  // Both are in order now: each word uses one report up.
  auto next = reported.cbegin();
  std::erase_if(words, [&](const Word& word) {
    next = std::lower_bound(next, reported.cend(), word.target);
    return next != reported.cend() && *next == word.target && (++next, true);
  });
}

void scan(const HeapGraph& graph, Node node, alloc::Report& findings) {
  std::vector<Word> words = words_of(graph, node);
  leave_suspects(graph, node, words);
  for (const Word& word : words) {
    const Object& object = graph.object(node);
    const Object& target = graph.object(word.target);
    findings.add("edge-missed", &object, "%.*s: the word at offset %zu is a %.*s at %p that traverse does not report",
                 length_of(object.type->name), object.type->name.data(), word.offset, length_of(target.type->name),
                 target.type->name.data(), static_cast<const void*>(&target));
  }
}

/// True if the holder reports `node` more often than its block holds the address, which it does.
bool doubles(const HeapGraph& graph, Node holder, Node node) {
  if (graph.object(holder).type->edges.shape != EdgeLayout::Shape::kCustom) return false;
  const std::ptrdiff_t held = std::ranges::count(words_of(graph, holder), node, &Word::target);
  return held != 0 && std::ranges::count(graph.targets(holder), node) > held;
}

/// Of those that refer to `node` one that doubles an edge, or else the last.
Node suspect(const HeapGraph& graph, Node node) {
  const std::vector<Node> holders = graph.holders(node);
  const auto found = std::ranges::find_if(holders, [&](Node holder) { return doubles(graph, holder, node); });
  return found != holders.end() ? *found : holders.back();
}

void check_count(const HeapGraph& graph, Node node, alloc::Report& findings) {
  const Object& object = graph.object(node);
  if (graph.is_dying(node) || is_immortal(object) || object.refcount >= graph.seen(node)) return;
  const Node holder = suspect(graph, node);
  std::string edges;
  for (const std::string& name : edge_names(graph.object(holder), object, 2)) edges += (edges.empty() ? "" : ", ") + name;
  const std::string_view type = graph.object(holder).type->name;
  findings.add("counts-cover-edges", &object, "%.*s has count %u but %u references, of them %.*s at %p: %s",
               length_of(object.type->name), object.type->name.data(), object.refcount, graph.seen(node), length_of(type),
               type.data(), static_cast<const void*>(&graph.object(holder)), edges.c_str());
}

}  // namespace

void check_edges(const Heap& heap, alloc::Report& findings) {
  const HeapGraph graph(heap);
  for (Node node = 0; node < graph.size(); ++node) {
    check_count(graph, node, findings);
    if (!graph.is_dying(node) && is_scanned(*graph.object(node).type)) scan(graph, node, findings);
  }
}

}  // namespace ouro::gc
