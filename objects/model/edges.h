// Edges: where the references that an object owns lie inside it.
//
// A type names its edges once, as data. Traversal, teardown and the collector's inner loops are all derived from that one
// description, so no edge can be seen by one and forgotten by another, and the collector reads a list's items without
// knowing what a list is.
//
//   kFixed    [header | .. | ref ref ref | ..]            a number of references known to the type
//   kInline   [header | n | .. | ref ref ref ref ...]     n references inside the object       (tuple, instance)
//   kBuffer   [header | n | pointer ]--> ref ref ref ...  n references in a buffer of its own  (list)
//   kPairs    [header | n | pointer ]--> ref ref ref ...  2n references in a buffer            (dict: key, value, key, ...)
//   kCustom   the type's `traverse` slot reports them                                           (native C++ classes)
//
// A slot that holds null is no edge. Where the type says so (kOwnsType) an object also owns a reference to its type.
#pragma once

#include <ouro/objects/model/object.h>
#include <ouro/objects/model/visitor.h>

#include <cstring>

namespace ouro {

/// The edges of all objects of one type, as data.
struct EdgeLayout {
  enum class Shape : std::uint8_t { kNone, kFixed, kInline, kBuffer, kPairs, kCustom };

  Shape shape = Shape::kNone;
  std::uint16_t first = 0;  ///< bytes from the object's start to the first edge, or to the pointer to the buffer
  std::uint16_t count = 0;  ///< kFixed: the number itself; else bytes from the object's start to a 32-bit number

  [[nodiscard]] static constexpr EdgeLayout none() noexcept { return {}; }
  [[nodiscard]] static constexpr EdgeLayout fixed(std::size_t first_offset, std::size_t number) noexcept {
    return make(Shape::kFixed, first_offset, number);
  }
  [[nodiscard]] static constexpr EdgeLayout inline_array(std::size_t first_offset, std::size_t count_offset) noexcept {
    return make(Shape::kInline, first_offset, count_offset);
  }
  [[nodiscard]] static constexpr EdgeLayout buffer(std::size_t pointer_offset, std::size_t count_offset) noexcept {
    return make(Shape::kBuffer, pointer_offset, count_offset);
  }
  [[nodiscard]] static constexpr EdgeLayout pairs(std::size_t pointer_offset, std::size_t count_offset) noexcept {
    return make(Shape::kPairs, pointer_offset, count_offset);
  }
  [[nodiscard]] static constexpr EdgeLayout custom() noexcept { return make(Shape::kCustom, 0, 0); }

 private:
  static constexpr EdgeLayout make(Shape shape, std::size_t first, std::size_t count) noexcept {
    return {shape, static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(count)};
  }
};

/// A run of reference slots, some of which may be null.
struct EdgeRun {
  Object** first;
  std::size_t count;
};

/// The slots of `object` under `layout`. Empty for kNone and kCustom.
[[nodiscard]] inline EdgeRun edge_run(const Object& object, const EdgeLayout& layout) noexcept {
  auto* const start = reinterpret_cast<std::byte*>(const_cast<Object*>(&object));
  const auto load_count = [&] {
    std::uint32_t number;
    std::memcpy(&number, start + layout.count, sizeof number);
    return std::size_t{number};
  };
  switch (layout.shape) {
    case EdgeLayout::Shape::kFixed:
      return {reinterpret_cast<Object**>(start + layout.first), layout.count};
    case EdgeLayout::Shape::kInline:
      return {reinterpret_cast<Object**>(start + layout.first), load_count()};
    case EdgeLayout::Shape::kBuffer:
      return {*reinterpret_cast<Object***>(start + layout.first), load_count()};
    case EdgeLayout::Shape::kPairs:
      return {*reinterpret_cast<Object***>(start + layout.first), 2 * load_count()};
    case EdgeLayout::Shape::kNone:
    case EdgeLayout::Shape::kCustom:
      break;
  }
  return {nullptr, 0};
}

}  // namespace ouro
