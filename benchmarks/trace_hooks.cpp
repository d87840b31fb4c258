// Hooks around CPython's allocator, which note its requests.
#if OURO_BENCH_PYTHON
#include "trace_hooks.h"

#include <algorithm>

namespace bench {

void TraceHooks::install() {
  for (Domain& domain : domains_) {
    domain.hooks = this;
    PyMem_GetAllocator(domain.name, &domain.served_by);
    PyMemAllocatorEx hooked{&domain, allocate, allocate_zeroed, reallocate, release};
    PyMem_SetAllocator(domain.name, &hooked);
  }
}

void TraceHooks::remove() {
  for (Domain& domain : domains_) PyMem_SetAllocator(domain.name, &domain.served_by);
  std::vector<Live> left;
  for (const auto& [block, live] : live_) left.push_back(live);
  // The map has them in the order of their addresses at best; slots are the same in every run.
  std::sort(left.begin(), left.end(), [](const Live& a, const Live& b) { return a.slot < b.slot; });
  for (const Live& live : left) events_.push_back(TraceEvent::release(live.slot, live.size));
}

void* TraceHooks::allocate(void* domain, std::size_t size) noexcept {
  const Domain& hooked = *static_cast<Domain*>(domain);
  void* const block = hooked.served_by.malloc(hooked.served_by.ctx, size);
  hooked.hooks->note_allocation(block, size);
  return block;
}

void* TraceHooks::allocate_zeroed(void* domain, std::size_t count, std::size_t size) noexcept {
  const Domain& hooked = *static_cast<Domain*>(domain);
  void* const block = hooked.served_by.calloc(hooked.served_by.ctx, count, size);
  hooked.hooks->note_allocation(block, count * size);
  return block;
}

/// Recorded as a release and an allocation: not every allocator that replays it has a realloc.
void* TraceHooks::reallocate(void* domain, void* block, std::size_t size) noexcept {
  const Domain& hooked = *static_cast<Domain*>(domain);
  void* const moved = hooked.served_by.realloc(hooked.served_by.ctx, block, size);
  if (moved == nullptr) return nullptr;
  hooked.hooks->note_release(block);
  hooked.hooks->note_allocation(moved, size);
  return moved;
}

void TraceHooks::release(void* domain, void* block) noexcept {
  const Domain& hooked = *static_cast<Domain*>(domain);
  hooked.hooks->note_release(block);
  hooked.served_by.free(hooked.served_by.ctx, block);
}

void TraceHooks::note_allocation(void* block, std::size_t size) {
  if (block == nullptr) return;
  if (empty_slots_.empty()) empty_slots_.push_back(slots_++);
  const Live live{empty_slots_.back(), static_cast<std::uint32_t>(std::max<std::size_t>(size, 1))};
  empty_slots_.pop_back();
  live_[block] = live;
  events_.push_back(TraceEvent::allocation(live.slot, live.size));
}

/// A block that is older than the recording is none of ours.
void TraceHooks::note_release(void* block) {
  const auto found = live_.find(block);
  if (found == live_.end()) return;
  events_.push_back(TraceEvent::release(found->second.slot, found->second.size));
  empty_slots_.push_back(found->second.slot);
  live_.erase(found);
}

}  // namespace bench
#endif
