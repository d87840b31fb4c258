// What list and tuple have in common as text and in comparisons.
#pragma once

#include <ouro/objects/core/ordering.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/str_builder.h>

#include <cstddef>

namespace ouro::detail {

/// Appends the reprs of a sequence's items with commas between. Holds each item while its repr runs, and looks at the size
/// again afterwards: a repr may change the sequence. `Sequence` has `items` and `size`.
template <class Sequence>
void append_reprs(StrBuilder& out, const Sequence& sequence) {
  for (std::size_t i = 0; i < sequence.size; ++i) {
    if (i != 0) out.append(", ");
    const Ref<> item = share(*sequence.items[i]);
    out.append(*repr(*item));
  }
}

[[nodiscard]] constexpr Answer answer(bool yes) noexcept { return yes ? Answer::kYes : Answer::kNo; }

[[nodiscard]] constexpr bool is_equality(Comparison op) noexcept {
  return op == Comparison::kEqual || op == Comparison::kNotEqual;
}

/// Lexicographic comparison. Items are held around every comparison of items, and sizes and items looked at again
/// afterwards: what stands where two items differed decides, and the sizes if nothing stands there any more.
template <class Sequence>
[[nodiscard]] Answer compare_sequences(const Sequence& left, const Sequence& right, Comparison op) {
  std::size_t i = 0;
  for (; i < left.size && i < right.size; ++i) {
    if (left.items[i] == right.items[i]) continue;
    const Ref<> mine = share(*left.items[i]);
    const Ref<> other = share(*right.items[i]);
    if (!equal(*mine, *other)) break;
  }
  if (i >= left.size || i >= right.size) return answer(left.size <=> right.size, op);
  if (is_equality(op)) return answer(op == Comparison::kNotEqual);
  const Ref<> mine = share(*left.items[i]);
  const Ref<> other = share(*right.items[i]);
  return answer(compare(*mine, *other, op));
}

}  // namespace ouro::detail
