// The look-up cache of a class: how it grows and forgets.
#include <ouro/objects/classes/detail/lookup_cache.h>

#include <algorithm>
#include <new>
#include <utility>

namespace ouro::detail {

void LookupCache::put(Heap& heap, Str& name, Object* value) noexcept {
  if ((used_ + 1) * 2 > mask_ + 1 && find(name) == nullptr && !grow(heap)) forget(heap);
  Entry& place = place_for(name);
  place.value = value;
  if (place.name != nullptr) return;
  increment(name);
  place.name = &name;
  ++used_;
}

bool LookupCache::grow(Heap& heap) noexcept {
  const std::size_t places = std::size_t{mask_} + 1;
  if (places == kMostPlaces) return false;
  void* const memory = heap.memory.allocate_buffer(2 * places * sizeof(Entry));
  if (memory == nullptr) return false;
  auto* const fresh = static_cast<Entry*>(memory);
  for (std::size_t i = 0; i < 2 * places; ++i) new (&fresh[i]) Entry{};
  Entry* const old = std::exchange(entries_, fresh);
  mask_ = static_cast<std::uint32_t>(2 * places - 1);
  for (std::size_t i = 0; i < places; ++i)
    if (old[i].name != nullptr) place_for(*old[i].name) = old[i];
  old == first_.data() ? first_.fill({}) : heap.memory.free_buffer(old, places * sizeof(Entry));
  return true;
}

// A table that is nearly empty goes, so that forgetting does not cost what it once held.
void LookupCache::forget(Heap& heap) noexcept {
  const bool is_large = mask_ + 1 > 8 * used_ && entries_ != first_.data();
  for (std::size_t place = 0; used_ != 0; ++place) {
    Entry& entry = entries_[place];
    if (entry.name == nullptr) continue;
    --used_;
    entry.value = nullptr;
    decrement(*std::exchange(entry.name, nullptr));
  }
  if (is_large) give_back_places(heap);
}

void LookupCache::give_back_places(Heap& heap) noexcept {
  heap.memory.free_buffer(std::exchange(entries_, first_.data()), (std::size_t{mask_} + 1) * sizeof(Entry));
  mask_ = kPlacesAtFirst - 1;
}

}  // namespace ouro::detail
