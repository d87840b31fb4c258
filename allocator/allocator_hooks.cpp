// An allocator with somebody listening: every request comes by here.
#include <ouro/allocator/allocator.h>
#include <ouro/allocator/debug/debug_blocks.h>

#include <algorithm>

namespace ouro::alloc {

const char* name_of(Domain domain) noexcept {
  constexpr std::array<const char*, 3> kNames{"raw", "buffers", "objects"};
  return kNames[static_cast<std::size_t>(domain)];
}

const char* name_of(Purpose purpose) noexcept {
  constexpr std::array<const char*, 3> kNames{"container", "atom", "buffer"};
  return kNames[static_cast<std::size_t>(purpose)];
}

Domain domain_of(Purpose purpose, std::size_t bytes) noexcept {
  if (purpose == Purpose::kContainer) return Domain::kObjects;
  if (!is_small(bytes)) return Domain::kRaw;
  return purpose == Purpose::kAtom ? Domain::kObjects : Domain::kBuffers;
}

bool Allocator::add_hook(MemoryHook& hook, unsigned domains) noexcept {
  remove_hook(hook);
  if (listeners_in_use_ == kMostHooks) return false;
  if (!is_watched()) close_magazines(true);
  listeners_[listeners_in_use_++] = {&hook, domains};
  return true;
}

void Allocator::remove_hook(const MemoryHook& hook) noexcept {
  const auto end = listeners_.begin() + static_cast<std::ptrdiff_t>(listeners_in_use_);
  const auto place = std::find_if(listeners_.begin(), end, [&](const Listener& known) { return known.hook == &hook; });
  if (place == end) return;
  std::move(place + 1, end, place);
  --listeners_in_use_;
  if (!is_watched()) close_magazines(false);
}

void Allocator::close_magazines(bool closed) noexcept {
  containers_.close_magazines(closed);
  atoms_.close_magazines(closed);
  buffers_.close_magazines(closed);
}

/// Calls `tell(hook)` for each hook that listens to the domain.
template <class Tell>
void Allocator::tell(Domain domain, Tell tell) noexcept {
  for (std::size_t i = 0; i < listeners_in_use_; ++i)
    if ((listeners_[i].domains >> static_cast<unsigned>(domain) & 1U) != 0) tell(*listeners_[i].hook);
}

/// True if no hook refuses the request.
bool Allocator::admitted(const MemoryRequest& request) noexcept {
  bool so_far = true;
  tell(request.domain, [&](MemoryHook& hook) { so_far = so_far && hook.admit(request); });
  return so_far;
}

void* Allocator::serve_watched(const MemoryRequest& request) noexcept {
  if (!admitted(request)) return nullptr;
  void* const block = debugged() ? debug_->allocate(request) : serve(request.purpose, request.bytes);
  if (block != nullptr) tell(request.domain, [&](MemoryHook& hook) { hook.allocated(request, block); });
  return block;
}

void Allocator::release_watched(const MemoryRequest& request, void* memory) noexcept {
  if (debugged()) debug_->approve(request, memory);
  tell(request.domain, [&](MemoryHook& hook) { hook.freeing(request, memory); });
  debugged() ? debug_->release(request, memory) : release(request.purpose, memory, request.bytes);
}

void* Allocator::resize_watched(void* buffer, std::size_t old_bytes, std::size_t new_bytes) noexcept {
  const MemoryRequest before{domain_of(Purpose::kBuffer, old_bytes), Purpose::kBuffer, old_bytes};
  const MemoryRequest after{domain_of(Purpose::kBuffer, new_bytes), Purpose::kBuffer, new_bytes};
  const bool asks_for_nothing =
      is_small(old_bytes) && is_small(new_bytes) && size_class_of(old_bytes) == size_class_of(new_bytes);
  if (!asks_for_nothing && !admitted(after)) return nullptr;
  void* const moved = debugged() ? debug_->resize(before, buffer, after) : resize(buffer, old_bytes, new_bytes);
  if (moved != nullptr) tell(after.domain, [&](MemoryHook& hook) { hook.reallocated(before, buffer, after, moved); });
  return moved;
}

}  // namespace ouro::alloc
