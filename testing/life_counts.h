// Life counts: how many objects of each type there are, and were.
//
//   const LifeCounts before(rt);
//   ... the test ...
//   const LifeCounts change = LifeCounts(rt) - before;
//   change.of("Node").alive == 0
//   change.text()                          "Node: alive +0, made 4, finalized 4, freed 4"
//
// Who lives is found by walking the heap, in every build. Lives are counted by the types themselves: finalizers always,
// births and deaths in checking builds only (OURO_CHECKS of 1 or more), since a release build has no counter on that path;
// there `made` and `freed` are those that the living account for, so what was made and freed in between is not seen.
#pragma once

#include <ouro/base/config.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ouro {
class Runtime;
struct Type;
}  // namespace ouro

namespace ouro::testing {

/// A state, or the difference of two.
class LifeCounts {
 public:
  /// Whether `made` and `freed` count every object.
  static constexpr bool kCountsLives = kChecks >= CheckLevel::kCheap;

  /// One type. In a difference `alive` may be negative.
  struct Row {
    const Type* type = nullptr;  ///< borrowed, for comparing only: a class may be gone
    std::string name{};
    std::int64_t alive = 0;
    std::int64_t made = 0;
    std::int64_t finalized = 0;
    std::int64_t freed = 0;
  };

  /// Counts. Linear in the heap; makes no object and changes none.
  explicit LifeCounts(const Runtime& rt);

  /// What happened between `earlier` and this one. A class that is gone has lost all its objects.
  [[nodiscard]] LifeCounts operator-(const LifeCounts& earlier) const;

  /// The sum of all types of that name; zero if there is none.
  [[nodiscard]] Row of(std::string_view name) const;
  [[nodiscard]] const std::vector<Row>& rows() const noexcept { return rows_; }
  /// One line for each type about which there is something to say, by name. "nothing" if there is none.
  [[nodiscard]] std::string text() const;

 private:
  LifeCounts() = default;

  std::vector<Row> rows_;
  bool is_difference_ = false;
};

}  // namespace ouro::testing
