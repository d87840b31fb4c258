// Cell: a place for one value that several functions share (types.CellType).
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

namespace ouro {

/// The object of a cell.
struct Cell : Object {
  static constexpr Kind kKind = Kind::kCell;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 1);

  Object* contents;  ///< owned; null: the cell is empty

  /// `cell.cell_contents`, borrowed. ValueError "Cell is empty".
  [[nodiscard]] Object& get() const;
  /// The same, or null.
  [[nodiscard]] Object* find() const noexcept { return contents; }
  /// `cell.cell_contents = value`.
  void set(Object& value);
  /// `del cell.cell_contents`, which an empty cell allows.
  void clear() noexcept { store(contents, nullptr); }
};
static_assert(sizeof(Cell) == 24);

/// `types.CellType(contents)`, empty for null. Throws MemoryError.
[[nodiscard]] Ref<Cell> make_cell(Builtins& builtins, Object* contents = nullptr);

}  // namespace ouro
