// The board: an arena as a picture, one letter a pool, in address order.
//
//   ########
//   ###+##++     # full   + used   R r a run and its further pages
//   #+..+#..     . empty  blank: never carved
//
// for_each_arena (space_walk.h) gives the views to draw.
#pragma once

#include <ouro/allocator/space/space.h>

#include <optional>
#include <string>
#include <vector>

namespace ouro::alloc {

/// The letter of one pool of the arena.
[[nodiscard]] char board_letter(const ArenaView& arena, unsigned pool) noexcept;

/// The lines of the board, each of `columns` letters; the last may be shorter. `columns` is at least 1. May throw
/// std::bad_alloc.
[[nodiscard]] std::vector<std::string> arena_board(const ArenaView& arena, unsigned columns = 8);

/// The arena with the most to see, partly taken rather than full or empty; the lowest of equals. None is in use: nullopt.
template <Geometry G>
[[nodiscard]] std::optional<ArenaView> most_telling_arena(const BasicSpace<G>& space) {
  std::optional<ArenaView> chosen;
  unsigned best = 0;
  space.for_each_arena([&](const ArenaView& arena) {
    const unsigned variety = 1 + std::min(arena.nfreepools, arena.ntotalpools - arena.nfreepools);
    if (variety > best) best = variety, chosen = arena;
  });
  return chosen;
}

}  // namespace ouro::alloc
