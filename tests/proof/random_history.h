// Histories at random: what a program could do to a graph of some two dozen nodes.
#pragma once

#include <ouro/testing/history.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

namespace ouro::test {

/// What a random history may contain.
struct HistoryTaste {
  std::size_t steps = 500;
  unsigned nodes = 24;
  unsigned weak = 8;
  std::vector<testing::NodeKind> kinds{testing::NodeKind::kNode, testing::NodeKind::kInstance, testing::NodeKind::kList,
                                       testing::NodeKind::kDict};
  /// Verbs of finalizers and callbacks; `hold` alone resurrects.
  std::vector<testing::Verb> scripted{
      testing::Verb::kHold,    testing::Verb::kLink,  testing::Verb::kUnlink,   testing::Verb::kDrop, testing::Verb::kClear,
      testing::Verb::kCollect, testing::Verb::kThrow, testing::Verb::kAllocate, testing::Verb::kMake, testing::Verb::kWatch};
  /// Whether finalizers act on nodes other than their own. Then what comes out depends on the order of finalizers.
  bool meddling = true;
};

/// A source of histories; the same seed gives the same ones.
class HistorySource {
 public:
  HistorySource(std::uint32_t seed, HistoryTaste taste) : random_(seed), taste_(std::move(taste)) {}

  [[nodiscard]] testing::History history() {
    testing::History made{.width = 4};
    while (made.steps.size() < taste_.steps) made.steps.push_back(step());
    return made;
  }

 private:
  using Verb = testing::Verb;

  [[nodiscard]] unsigned below(unsigned bound) { return std::uniform_int_distribution<unsigned>(0, bound - 1)(random_); }
  template <class T>
  [[nodiscard]] T one_of(const std::vector<T>& choices) {
    return choices[below(static_cast<unsigned>(choices.size()))];
  }
  [[nodiscard]] std::string node() { return "n" + std::to_string(below(taste_.nodes)); }
  [[nodiscard]] std::string weak() { return "w" + std::to_string(below(taste_.weak)); }
  [[nodiscard]] std::string anything() { return below(6) == 0 ? weak() : node(); }
  [[nodiscard]] std::string scripted_node() { return !taste_.meddling || below(2) == 0 ? "self" : anything(); }

  [[nodiscard]] testing::Operation step() {
    static constexpr std::array<std::pair<unsigned, Verb>, 9> kShares{{{22, Verb::kMake},
                                                                       {28, Verb::kWatch},
                                                                       {54, Verb::kLink},
                                                                       {60, Verb::kUnlink},
                                                                       {64, Verb::kHold},
                                                                       {90, Verb::kDrop},
                                                                       {92, Verb::kClear},
                                                                       {93, Verb::kAllocate},
                                                                       {100, Verb::kCollect}}};
    const unsigned draw = below(100);
    return operation(
        std::find_if(kShares.begin(), kShares.end(), [&](const auto& share) { return draw < share.first; })->second, false);
  }

  [[nodiscard]] testing::Operation operation(Verb verb, bool scripted) {
    const auto target = [&] { return scripted ? scripted_node() : anything(); };
    switch (verb) {
      case Verb::kMake:
        return {.verb = verb, .first = node(), .spec = scripted ? testing::NodeSpec{} : spec()};
      case Verb::kWatch:
        return {.verb = verb, .first = weak(), .second = target(), .spec = {testing::NodeKind::kWeak, callback(scripted)}};
      case Verb::kLink:
      case Verb::kUnlink:
        return {.verb = verb, .first = target(), .second = scripted && !taste_.meddling ? "self" : anything()};
      case Verb::kCollect:
        return {.verb = verb, .number = std::min(2U, below(5) / 2)};
      case Verb::kAllocate:
        return {.verb = verb, .number = 1 + below(3)};
      case Verb::kThrow:
        return {.verb = verb};
      case Verb::kDrop:
        return {.verb = verb, .first = anything()};
      default:
        return {.verb = verb, .first = target()};
    }
  }

  [[nodiscard]] testing::NodeSpec spec() {
    testing::NodeSpec made;
    made.kind = one_of(taste_.kinds);
    if (made.kind <= testing::NodeKind::kInstance && below(3) == 0) made.operations = operations();
    return made;
  }
  [[nodiscard]] testing::Operations callback(bool scripted) {
    return scripted || below(2) == 0 ? testing::Operations() : operations();
  }
  [[nodiscard]] testing::Operations operations() {
    testing::Operations made;
    for (unsigned left = below(4); left > 0; --left) made.push_back(operation(one_of(taste_.scripted), true));
    return made;
  }

  std::mt19937 random_;
  HistoryTaste taste_;
};

}  // namespace ouro::test
