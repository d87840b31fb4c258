// Bars: what a row is meant to reach. They stand beside the numbers so that nobody has to remember them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bench {

struct Row;

/// One bar of a case.
struct Bar {
  enum class Kind {
    kBestPeer,  ///< the cheapest peer costs at least `limit` times as much as Ouroboros
    kPeer,      ///< the peer whose name begins with `peer` does
    kFloor,     ///< Ouroboros costs at most `limit` times as much as the floor
    kCost,      ///< Ouroboros costs at most `limit`
  };

  Kind kind;
  double limit;
  std::string peer = {};
};

[[nodiscard]] inline Bar best_peer_over(double limit) { return {Bar::Kind::kBestPeer, limit}; }
[[nodiscard]] inline Bar peer_over(std::string peer, double limit) { return {Bar::Kind::kPeer, limit, std::move(peer)}; }
[[nodiscard]] inline Bar within_floor(double limit) { return {Bar::Kind::kFloor, limit}; }
[[nodiscard]] inline Bar at_most(double limit) { return {Bar::Kind::kCost, limit}; }

/// A bar and what was measured.
struct Verdict {
  std::string against;  ///< "best peer", "cpython", "floor", "ouro"
  bool is_least;        ///< the limit is the least that will do, else the most
  double limit;
  std::optional<double> value;  ///< nothing if the row lacks the side that it compares with

  [[nodiscard]] bool met() const noexcept { return value && (is_least ? *value >= limit : *value <= limit); }
};

/// What `row` says of its bars, in their order.
[[nodiscard]] std::vector<Verdict> verdicts(const Row& row);

}  // namespace bench
