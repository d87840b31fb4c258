// Weak references in every position: two nodes, two weak references, every target and every set of holders.
//
// A weak reference may be held by a handle, by one node, by both or by nobody; it may be outside the trash or in it, its
// target too; and a finalizer may bring back either. CPython's rules: what is trash is never called back; a weak reference
// to trash dies before any finalizer runs; one that is trash itself sees nothing afterwards, even if it is saved.
#include <array>

#include "exhaustive.h"

namespace ouro::test {

namespace {

constexpr unsigned kRoot = 4;  ///< in a set of holders: a handle; 1 and 2 are the nodes

struct Position {
  unsigned target;
  unsigned holders;
};

struct WeakCase {
  SmallGraph graph;  ///< of two nodes
  unsigned roots;
  unsigned rising;
  std::array<Position, 2> weak;
};

/// What is expected: sets of bits; bits 0 and 1 are the nodes, 2 and 3 the weak references.
struct Expected {
  unsigned exists = 0;       ///< before the collection
  unsigned unreachable = 0;  ///< by the collection
  unsigned saved = 0;        ///< of these

  explicit Expected(const WeakCase& c) : case_(c) {
    for (unsigned w = 0; w < 2; ++w)
      if (c.weak[w].holders != 0) exists |= 4U << w;
    exists |= 3;
    unsigned roots = c.roots;
    for (unsigned w = 0; w < 2; ++w)
      if ((c.weak[w].holders & kRoot) != 0) roots |= 4U << w;
    unreachable = exists & ~reach(roots);
    saved = reach(c.rising & unreachable) & unreachable;
  }
  [[nodiscard]] unsigned dead() const { return unreachable & ~saved; }
  [[nodiscard]] bool calls_back(unsigned w) const {
    const bool is_outside = ((exists & ~unreachable) >> (2 + w) & 1U) != 0;
    return is_outside && (unreachable >> case_.weak[w].target & 1U) != 0;
  }
  [[nodiscard]] bool sees_target(unsigned w) const {
    return ((unreachable >> (2 + w) | unreachable >> case_.weak[w].target) & 1U) == 0;
  }

 private:
  [[nodiscard]] unsigned reach(unsigned marked) const {
    marked |= case_.graph.reach(marked & 3);
    for (unsigned w = 0; w < 2; ++w)
      if ((case_.weak[w].holders & marked & 3) != 0) marked |= 4U << w;
    return marked & exists;
  }

  const WeakCase& case_;
};

/// Builds one case after the other.
class WeakPencil {
 public:
  explicit WeakPencil(Runtime& rt) : rt_(rt), graph_(rt, 4) { rising_.operations = testing::parse_operations("resurrect"); }

  void check(const WeakCase& c) {
    ++cases_;
    build(c);
    const Expected expected(c);
    const std::size_t answer = rt_.gc().collect();
    bool right = answer == static_cast<std::size_t>(std::popcount(expected.dead())) + 1;
    for (unsigned i = 0; i < 4; ++i)
      right = right && graph_.is_alive(ids_[i]) == (((expected.exists & ~expected.dead()) >> i & 1U) != 0);
    for (unsigned i = 0; i < 2; ++i) right = right && finalizer_ran(c, expected, i) && weak_is_right(expected, i);
    if (!right)
      FAIL("edges " << c.graph.edges << ", roots " << c.roots << ", rising " << c.rising << ", weak references to "
                    << c.weak[0].target << " held by " << c.weak[0].holders << ", to " << c.weak[1].target << " held by "
                    << c.weak[1].holders << ": answer " << answer << ", left " << graph_.text());
    graph_.forget();
  }

  [[nodiscard]] std::size_t cases() const { return cases_; }

 private:
  void build(const WeakCase& c) {
    static constexpr std::array<std::string_view, 4> kNames{"a", "b", "v", "w"};
    const Ref<List> keeper = make_list(rt_.builtins(), 3);
    keeper->append(*keeper);
    for (unsigned i = 0; i < 2; ++i) {
      ids_[i] = graph_.make(kNames[i], (c.rising >> i & 1U) != 0 ? rising_ : plain_);
      keeper->append(*graph_.object(ids_[i]));
    }
    for (unsigned from = 0; from < 2; ++from)
      for (unsigned to = 0; to < 2; ++to)
        if (c.graph.has_edge(from, to)) graph_.link(ids_[from], ids_[to]);
    for (unsigned w = 0; w < 2; ++w) {
      ids_[2 + w] = graph_.watch(kNames[2 + w], ids_[c.weak[w].target]);
      for (unsigned holder = 0; holder < 2; ++holder)
        if ((c.weak[w].holders >> holder & 1U) != 0) graph_.link(ids_[holder], ids_[2 + w]);
      if ((c.weak[w].holders & kRoot) == 0) graph_.drop(ids_[2 + w]);
    }
    for (unsigned i = 0; i < 2; ++i)
      if ((c.roots >> i & 1U) == 0) graph_.drop(ids_[i]);
  }

  bool finalizer_ran(const WeakCase& c, const Expected& expected, unsigned node) const {
    return graph_.calls(ids_[node]) == ((c.rising & expected.unreachable) >> node & 1U);
  }

  bool weak_is_right(const Expected& expected, unsigned w) const {
    if (graph_.calls(ids_[2 + w]) != (expected.calls_back(w) ? 1 : 0)) return false;
    const Object* const reference = graph_.object(ids_[2 + w]);
    return reference == nullptr || (static_cast<const WeakRef*>(reference)->target != nullptr) == expected.sees_target(w);
  }

  Runtime& rt_;
  testing::Graph graph_;
  testing::NodeSpec plain_, rising_;
  std::array<testing::NodeId, 4> ids_{};
  std::size_t cases_ = 0;
};

}  // namespace

TEST_CASE("a weak reference in any position is dead, called back or silent as CPython's rules say",
          "[proof][rule-94][rule-95][rule-97][rule-104]") {
  QuietFixture world;
  WeakPencil pencil(world.rt);
  // Target 0 or 1 and a set of holders make 16 positions; two weak references 256 pairs.
  constexpr unsigned kAll = 16 * 4 * 4 * 256;
  Sampler sampler;
  for (unsigned number = 0; number < kAll; ++number) {
    if (!sampler.takes(1, 53)) continue;
    const auto position = [](unsigned which) { return Position{which & 1U, which >> 1 & 7U}; };
    pencil.check({{2, number & 15U},
                  number >> 4 & 3U,
                  number >> 6 & 3U,
                  {position(number >> 8 & 15U), position(number >> 12 & 15U)}});
  }
  CHECK(pencil.cases() >= kAll / 53);
}

}  // namespace ouro::test
