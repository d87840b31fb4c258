// Draws an arena, one letter a pool.
#include <ouro/allocator/watch/arena_board.h>

#include <algorithm>

namespace ouro::alloc {

char board_letter(const ArenaView& arena, unsigned pool) noexcept {
  switch (arena.pools[pool].state) {
    case PoolState::kFull:
      return '#';
    case PoolState::kUsed:
      return '+';
    case PoolState::kRun:
      return 'R';
    case PoolState::kRunTail:
      return 'r';
    case PoolState::kEmpty:
      break;
  }
  return pool < arena.ntotalpools - arena.pools_not_carved ? '.' : ' ';
}

std::vector<std::string> arena_board(const ArenaView& arena, unsigned columns) {
  std::vector<std::string> lines;
  for (unsigned pool = 0; pool < arena.ntotalpools; ++pool) {
    if (pool % columns == 0) lines.emplace_back();
    lines.back() += board_letter(arena, pool);
  }
  return lines;
}

}  // namespace ouro::alloc
