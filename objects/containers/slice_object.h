// SliceObject: Python's `slice`, the key of `object[start:stop:step]`.
//
//   offset 0        16      24     32
//          +--------+-------+------+------+
//          | header | start | stop | step |      three objects of any type, its edges; None where nothing was written
//          +--------+-------+------+------+
//
// It keeps what was written. What that means is asked when a sequence is given it: `unpack` makes the Slice of it (slice.h),
// which has numbers in place of objects, and `resolve` the positions in a sequence of known length. A slice never changes
// and has no hash.
#pragma once

#include <ouro/objects/containers/slice.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/edges.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>

namespace ouro {

struct Int;
struct Tuple;

/// The object of a slice.
struct SliceObject : Object {
  static constexpr Kind kKind = Kind::kSliceObject;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 3);

  Object* start;  ///< owned, as all three; never null
  Object* stop;
  Object* step;
};
static_assert(sizeof(SliceObject) == 40);

/// `slice(start, stop, step)`. Constant time. MemoryError.
[[nodiscard]] Ref<SliceObject> make_slice(Object& start, Object& stop, Object& step);
/// The same of numbers: None where a bound is missing, and for a step of 1.
[[nodiscard]] Ref<SliceObject> make_slice(Builtins& builtins, const Slice& part);

/// What the slice says, in numbers; those too large for 64 bits are clipped. Runs `__index__` of its parts, so a sequence is
/// asked for its length afterwards. TypeError "slice indices must be integers or None or have an __index__ method";
/// ValueError "slice step cannot be zero".
[[nodiscard]] Slice unpack(const SliceObject& slice);
/// The positions that the slice means in a sequence of `length` items. Errors as for `unpack`.
[[nodiscard]] SliceRange resolve(const SliceObject& slice, std::size_t length);

/// Where a slice begins and ends, and how far it steps, in ints of any size.
struct SliceBounds {
  Ref<Int> start, stop, step;
};
/// The same as `resolve` for a sequence of any length: its bounds, clipped. Errors as for `unpack`.
[[nodiscard]] SliceBounds resolve(const SliceObject& slice, Int& length);
/// `slice.indices(length)`: those bounds as a tuple. ValueError "length should not be negative".
[[nodiscard]] Ref<Tuple> indices_of(const SliceObject& slice, Object& length);

namespace detail {
/// Bounds counted from the front and clipped to a sequence of `length` items. A bound that was not written is empty. The
/// step is not 0.
[[nodiscard]] SliceBounds clip_bounds(const SliceBounds& written, Int& length);
}  // namespace detail

}  // namespace ouro
