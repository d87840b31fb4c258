// Lists of arenas by number of empty pools. Links are indexes into the side table of records, so they are kept by hand: an
// index is half a pointer, and a record that is zero is in no list.
#include <ouro/allocator/space/usable_arenas.h>
#include <ouro/base/assert.h>

namespace ouro::alloc {

void UsableArenas::insert(std::uint32_t index) noexcept {
  Arena& arena = arenas_[index];
  if (arena.nfreepools == 0) return;
  OURO_ASSERT_INTERNAL(arena.state == ArenaState::kInUse && arena.nfreepools <= arena.ntotalpools, "law-usable");
  std::uint32_t& head = heads_[arena.nfreepools];
  arena.prev = kNoArena;
  arena.next = head;
  if (head != kNoArena) arenas_[head].prev = index;
  head = index;
  nonempty_ |= std::uint64_t{1} << (arena.nfreepools - 1);
}

void UsableArenas::remove(std::uint32_t index) noexcept {
  Arena& arena = arenas_[index];
  if (arena.nfreepools == 0) return;
  std::uint32_t& head = heads_[arena.nfreepools];
  OURO_ASSERT_INTERNAL(arena.prev != kNoArena || head == index, "law-usable");
  if (arena.prev != kNoArena)
    arenas_[arena.prev].next = arena.next;
  else
    head = arena.next;
  if (arena.next != kNoArena) arenas_[arena.next].prev = arena.prev;
  if (head == kNoArena) nonempty_ &= ~(std::uint64_t{1} << (arena.nfreepools - 1));
}

std::uint32_t UsableArenas::fullest_with_adjacent(unsigned pools, std::size_t tries) const noexcept {
  for (unsigned bucket = pools; bucket <= kMaxPoolsPerArena; ++bucket)
    for (std::uint32_t i = heads_[bucket]; i != kNoArena; i = arenas_[i].next) {
      if (tries-- == 0) return kNoArena;
      if (find_adjacent(arenas_[i].freepools, pools) < 64) return i;
    }
  return kNoArena;
}

unsigned find_adjacent(std::uint64_t bitmap, unsigned count) noexcept {
  // After each step bit i of `bitmap` says that the `have` bits from i on were set: the width doubles until it is enough.
  for (unsigned have = 1; have < count && bitmap != 0;) {
    const unsigned step = have < count - have ? have : count - have;
    bitmap &= bitmap >> step;
    have += step;
  }
  return static_cast<unsigned>(std::countr_zero(bitmap));
}

}  // namespace ouro::alloc
