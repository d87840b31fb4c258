// Moves the buffers of containers before foreign code runs, so that a stale pointer into them shows.
#include <ouro/objects/containers/detail/dict_table.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/foreign_code_stress.h>
#include <ouro/objects/sets/detail/set_table.h>

#include <cstring>

namespace ouro {

namespace {

/// So many containers are looked at for each entry that moves nothing.
constexpr std::size_t kPerEntry = 256;

/// A copy of the buffer at another address, the old one dead; null, and nothing changed, if there is no memory. What is
/// freed last is given out first: a second buffer stands between, or the next move would bring the first address back.
void* moved(Heap& heap, void* buffer, std::size_t bytes) noexcept {
  void* const between = heap.memory.allocate_buffer(bytes);
  void* const fresh = heap.memory.allocate_buffer(bytes);
  if (between != nullptr) heap.memory.free_buffer(between, bytes);
  if (fresh == nullptr) return nullptr;
  std::memcpy(fresh, buffer, bytes);
  std::memset(buffer, ForeignCodeStress::kDead, bytes);
  heap.memory.free_buffer(buffer, bytes);
  return fresh;
}

void move_items(Heap& heap, List& list) noexcept {
  if (list.capacity == 0) return;  // that of a list that is being sorted, too
  void* const fresh = moved(heap, list.items, list.capacity * sizeof(Object*));
  if (fresh != nullptr) list.items = static_cast<Object**>(fresh);
}

void move_table(Heap& heap, Dict& dict) noexcept {
  if (dict.capacity == 0) return;
  void* const fresh = moved(heap, dict.pairs, detail::shape_of(dict).bytes());
  if (fresh == nullptr) return;
  dict.pairs = static_cast<DictPair*>(fresh);
  detail::bump_version(dict);
}

void move_table(Heap& heap, AnySet& set) noexcept {
  if (set.slot_bits == 0) return;
  void* const fresh = moved(heap, set.keys, detail::shape_of(set).bytes());
  if (fresh == nullptr) return;
  set.keys = static_cast<Object**>(fresh);
  detail::bump_version(set);
}

/// Moves what tracked lists, dicts and sets hold; returns how many containers there are. Runs no code.
std::size_t move_buffers(Heap& heap, bool tables) noexcept {
  std::size_t count = 0;
  heap.memory.containers().for_each_block([&](std::byte* block, std::size_t) {
    Object& object = *reinterpret_cast<Object*>(block);
    ++count;
    if (!heap.tracking.is_tracked(object)) return;  // not built yet, or dying
    if (List* const list = as<List>(object)) move_items(heap, *list);
    if (Dict* const dict = tables ? as<Dict>(object) : nullptr) move_table(heap, *dict);
    if (tables && is_any_set(object)) move_table(heap, static_cast<AnySet&>(object));
  });
  return count;
}

}  // namespace

// A search whose table moves begins anew, and calls `__eq__` again: tables move ever more seldom, so that it ends.
void ForeignCodeStress::foreign_code_runs(Heap& heap) noexcept {
  if (!collector_.is_stressed() || &heap.hook() != &hook_ || heap.memory.faults().armed()) return;
  if (pause_ > 0) return void(--pause_);
  if (heap.young_trigger == 0) heap.hook().collection_due();
  const bool tables = ++entries_ >= next_;
  if (tables) next_ += ++gap_;
  pause_ = move_buffers(heap, tables) / kPerEntry;
}

}  // namespace ouro
