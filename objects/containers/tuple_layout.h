// The layout of Tuple; see tuple.h for what it means. Apart, because the immortal objects contain the empty tuple.
#pragma once

#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/object.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace ouro {

/// The object of a tuple. The items lie right behind it.
struct Tuple : Object {
  static constexpr Kind kKind = Kind::kTuple;
  static constexpr Home kHome = Home::kContainers;
  static constexpr bool kDropsBackwards = true;
  static constexpr EdgeLayout kEdges = EdgeLayout::inline_array(sizeof(Object) + sizeof(Object*), sizeof(Object));

  std::uint32_t size;  ///< number of items
  Object* items[];     ///< owned, never null

  [[nodiscard]] std::span<Object* const> view() const noexcept { return {items, size}; }
};
static_assert(sizeof(Tuple) == 24);

/// Bytes of a tuple of `size` items.
[[nodiscard]] constexpr std::size_t tuple_bytes(std::size_t size) noexcept { return sizeof(Tuple) + size * sizeof(Object*); }

}  // namespace ouro
