// One case of an exhaustive test: build, leave to the collector, compare with the pencil.
#pragma once

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#include "small_graph.h"
#include <kit/quiet.h>

namespace ouro::test {

/// True if OURO_PROOF=all is in the environment: then nothing is left out, which takes some minutes.
[[nodiscard]] inline bool takes_everything() {
  const char* const wanted = std::getenv("OURO_PROOF");
  return wanted != nullptr && std::string_view(wanted) == "all";
}

/// Takes every so manieth case: a part that no pattern of cases falls through, the steps being primes. Checking builds
/// verify the whole heap after each collection and take fewer.
class Sampler {
 public:
  [[nodiscard]] bool takes(std::size_t step, std::size_t checking_step) {
    return everything_ || turn_++ % (kChecks == CheckLevel::kOff ? step : checking_step) == 0;
  }

 private:
  bool everything_ = takes_everything();
  std::size_t turn_ = 0;
};

/// A graph and what its nodes have, as sets of bits.
struct SmallCase {
  SmallGraph graph;
  unsigned roots;    ///< held by a handle
  unsigned silent;   ///< has a finalizer that does nothing
  unsigned rising;   ///< has a finalizer that resurrects
  unsigned watched;  ///< has a weak reference with a callback, which a handle holds
};

/// Builds one case after the other out of nodes of one graph.
class Pencil {
 public:
  explicit Pencil(Runtime& rt) : rt_(rt), graph_(rt, 5) {
    silent_.operations.emplace();
    rising_.operations = testing::parse_operations("resurrect");
  }

  void check(const SmallCase& c) {
    ++cases_;
    build(c);
    const unsigned unreachable = ~c.graph.reach(c.roots) & all(c);
    const unsigned saved = c.graph.reach(c.rising & unreachable) & unreachable;
    const std::size_t answer = rt_.gc().collect();
    bool right = answer == static_cast<std::size_t>(std::popcount(unreachable & ~saved)) + 1;
    for (unsigned i = 0; i < c.graph.nodes; ++i) {
      const bool dies = (unreachable & ~saved) >> i & 1U;
      const bool finalized = (unreachable & (c.silent | c.rising)) >> i & 1U;
      right = right && graph_.is_alive(nodes_[i]) == !dies && graph_.calls(nodes_[i]) == (finalized ? 1 : 0);
      if ((c.watched >> i & 1U) != 0) right = right && graph_.calls(watches_[i]) == (unreachable >> i & 1U);
    }
    if (!right)
      FAIL("graph of " << c.graph.nodes << " nodes, edges " << c.graph.edges << ", roots " << c.roots << ", silent "
                       << c.silent << ", rising " << c.rising << ", watched " << c.watched << ": " << graph_.text());
    graph_.forget();
  }

  [[nodiscard]] std::size_t cases() const { return cases_; }

 private:
  static unsigned all(const SmallCase& c) { return (1U << c.graph.nodes) - 1; }

  void build(const SmallCase& c) {
    static constexpr std::array<std::string_view, 5> kNames{"a", "b", "c", "d", "e"};
    static constexpr std::array<std::string_view, 5> kWatches{"va", "vb", "vc", "vd", "ve"};
    const Ref<List> keeper = make_list(rt_.builtins(), c.graph.nodes + 1);
    keeper->append(*keeper);
    for (unsigned i = 0; i < c.graph.nodes; ++i) {
      const bool is_silent = (c.silent >> i & 1U) != 0;
      nodes_[i] = graph_.make(kNames[i], is_silent ? silent_ : (c.rising >> i & 1U) != 0 ? rising_ : plain_);
      keeper->append(*graph_.object(nodes_[i]));
      if ((c.watched >> i & 1U) != 0) watches_[i] = graph_.watch(kWatches[i], nodes_[i]);
    }
    for (unsigned from = 0; from < c.graph.nodes; ++from)
      for (unsigned to = 0; to < c.graph.nodes; ++to)
        if (c.graph.has_edge(from, to)) graph_.link(nodes_[from], nodes_[to]);
    for (unsigned i = 0; i < c.graph.nodes; ++i)
      if ((c.roots >> i & 1U) == 0) graph_.drop(nodes_[i]);
  }

  Runtime& rt_;
  testing::Graph graph_;
  testing::NodeSpec plain_, silent_, rising_;
  std::array<testing::NodeId, 5> nodes_{}, watches_{};
  std::size_t cases_ = 0;
};

}  // namespace ouro::test
