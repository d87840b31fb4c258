// Range: an arithmetic progression of ints, as Python's `range`.
//
//   offset 0        16      24     32     40
//          +--------+-------+------+------+--------+
//          | header | start | stop | step | length |      four ints of any size, owned
//          +--------+-------+------+------+--------+
//
// It stores what it was made from, not its items: each is computed when it is asked for. A range refers to ints alone, so it
// is an atom, and the collector never looks at it.
#pragma once

#include <ouro/objects/containers/slice.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/numbers/int.h>

#include <cstdint>

namespace ouro {

/// The object of a range. Constant time where nothing else is said; everything that makes an int may throw MemoryError.
struct Range : Object {
  static constexpr Kind kKind = Kind::kRange;
  static constexpr Home kHome = Home::kAtoms;

  Int* start;   ///< owned, as all four
  Int* stop;    ///< the first number that is no item
  Int* step;    ///< not 0
  Int* length;  ///< how many items there are
};
static_assert(sizeof(Range) == 48);

/// `range(start, stop, step)`. ValueError "range() arg 3 must not be zero"; TypeError "'str' object cannot be interpreted as
/// an integer"; MemoryError.
[[nodiscard]] Ref<Range> make_range(Object& start, Object& stop, Object& step);
[[nodiscard]] Ref<Range> make_range(Builtins& builtins, std::int64_t start, std::int64_t stop, std::int64_t step = 1);
/// `range(stop)`.
[[nodiscard]] inline Ref<Range> make_range(Builtins& builtins, std::int64_t stop) { return make_range(builtins, 0, stop); }

/// `range[index]`, negative from the end. IndexError "range object index out of range".
[[nodiscard]] Ref<Int> get(const Range& range, const Int& index);
[[nodiscard]] Ref<Int> get(const Range& range, std::int64_t index);
/// `range[start:stop:step]`.
[[nodiscard]] Ref<Range> slice(const Range& range, const Slice& part);
/// `value in range`. An int is found by arithmetic, all else by comparing with each item.
[[nodiscard]] bool contains(Range& range, Object& value);
/// `range.count(value)`. As `contains`.
[[nodiscard]] std::size_t count_of(Range& range, Object& value);
/// `range.index(value)`. ValueError "7 is not in range". As `contains`.
[[nodiscard]] Ref<Int> index_of(Range& range, Object& value);
/// `reversed(range)`.
[[nodiscard]] Ref<> reversed(Range& range);

/// The object of `iter(range)` where start, stop and step fit 64 bits.
struct RangeIterator : Object {
  static constexpr Kind kKind = Kind::kRangeIterator;
  static constexpr Home kHome = Home::kAtoms;

  std::int64_t next;
  std::int64_t step;
  std::uint64_t remaining;
  std::uint64_t length;  ///< of the whole range
};

/// The object of `iter(range)` where they do not.
struct LongRangeIterator : Object {
  static constexpr Kind kKind = Kind::kLongRangeIterator;
  static constexpr Home kHome = Home::kAtoms;

  Int* next;  ///< owned, as all four
  Int* step;
  Int* remaining;
  Int* length;  ///< of the whole range
};

}  // namespace ouro
