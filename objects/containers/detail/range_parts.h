// What the sources of range share among themselves.
#pragma once

#include <ouro/objects/containers/range.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/core/protocol.h>

namespace ouro::detail {

/// An operator of two ints whose result is an int.
[[nodiscard]] Ref<Int> apply_ints(Operator op, Int& left, Int& right);
/// `start + index * step`, whether or not that is an item.
[[nodiscard]] Ref<Int> compute_item(const Range& range, Int& index);
/// A range of `type`. ValueError "range() arg 3 must not be zero".
[[nodiscard]] Ref<Range> make_range_of(Type& type, Int& start, Int& stop, Int& step);
/// `range[part]`, in ints of any size.
[[nodiscard]] Ref<Range> slice_by(const Range& range, const SliceObject& part);
/// `iter(range)`.
[[nodiscard]] Ref<> make_range_iterator(const Range& range);

}  // namespace ouro::detail
