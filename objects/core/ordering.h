// From C++'s orderings to the answer of a rich comparison.
#pragma once

#include <ouro/objects/model/type.h>

#include <compare>

namespace ouro::detail {

/// Whether `order` fulfils `op`. Operands without an order (a nan) are unequal, and nothing else.
[[nodiscard]] constexpr Answer answer(std::partial_ordering order, Comparison op) noexcept {
  const auto holds = [&] {
    switch (op) {
      case Comparison::kLess:
        return order < 0;
      case Comparison::kLessEqual:
        return order <= 0;
      case Comparison::kEqual:
        return order == 0;
      case Comparison::kNotEqual:
        return order != 0;
      case Comparison::kGreater:
        return order > 0;
      case Comparison::kGreaterEqual:
        return order >= 0;
    }
    return false;
  };
  return holds() ? Answer::kYes : Answer::kNo;
}

}  // namespace ouro::detail
