// The slow half of the allocator of a runtime: which floor serves a request that no magazine has served.
#include <ouro/allocator/allocator.h>

#include <algorithm>
#include <cstring>

namespace ouro::alloc {

namespace {

[[nodiscard]] bool same_block(std::size_t old_bytes, std::size_t new_bytes) noexcept {
  return is_small(old_bytes) && is_small(new_bytes) && size_class_of(old_bytes) == size_class_of(new_bytes);
}

}  // namespace

Allocator::Allocator(const AllocatorOptions& options) noexcept
    : budget_(options.memory_limit),
      containers_(options.space, &budget_),
      atoms_(options.space, &budget_),
      buffers_(options.space, &budget_),
      raw_(budget_) {
  // One area's reserve must not make another's request fail.
  budget_.set_reclaimer(
      [](void* self) noexcept {
        auto& allocator = *static_cast<Allocator*>(self);
        allocator.containers_.return_reserve();
        allocator.atoms_.return_reserve();
        allocator.buffers_.return_reserve();
      },
      this);
}

/// The order of choice: by what the memory is for, then by size. Containers stay in their area whatever their size.
void* Allocator::serve(Purpose purpose, std::size_t bytes) noexcept {
  if (purpose == Purpose::kContainer)
    return is_small(bytes) ? containers_.allocate(container_class(bytes)) : containers_.allocate_run(bytes);
  return is_small(bytes) ? area_of(purpose).allocate(size_class_of(bytes)) : raw_.allocate(bytes);
}

/// The same order, backwards.
void Allocator::release(Purpose purpose, void* memory, std::size_t bytes) noexcept {
  if (purpose == Purpose::kContainer)
    return is_small(bytes) ? containers_.deallocate(memory, container_class(bytes))
                           : containers_.deallocate_run(memory, bytes);
  is_small(bytes) ? area_of(purpose).deallocate(memory, size_class_of(bytes)) : raw_.deallocate(memory, bytes);
}

Space& Allocator::area_of(Purpose purpose) noexcept {
  if (purpose == Purpose::kContainer) return containers_;
  return purpose == Purpose::kAtom ? atoms_ : buffers_;
}

void* Allocator::allocate_slowly(Purpose purpose, std::size_t bytes) noexcept {
  if (is_watched()) [[unlikely]]
    return caller_ = __builtin_return_address(0), serve_watched({domain_of(purpose, bytes), purpose, bytes});
  return serve(purpose, bytes);
}

void Allocator::free_slowly(Purpose purpose, void* memory, std::size_t bytes) noexcept {
  if (is_watched()) [[unlikely]]
    return release_watched({domain_of(purpose, bytes), purpose, bytes}, memory);
  release(purpose, memory, bytes);
}

void* Allocator::reallocate_buffer(void* buffer, std::size_t old_bytes, std::size_t new_bytes) noexcept {
  if (buffer == nullptr) return allocate_buffer(new_bytes);
  if (is_watched()) [[unlikely]]
    return caller_ = __builtin_return_address(0), resize_watched(buffer, old_bytes, new_bytes);
  return resize(buffer, old_bytes, new_bytes);
}

void* Allocator::resize(void* buffer, std::size_t old_bytes, std::size_t new_bytes) noexcept {
  if (same_block(old_bytes, new_bytes)) return buffer;
  if (!is_small(old_bytes) && !is_small(new_bytes)) return raw_.reallocate(buffer, old_bytes, new_bytes);
  void* const moved = serve(Purpose::kBuffer, new_bytes);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, buffer, std::min(old_bytes, new_bytes));
  release(Purpose::kBuffer, buffer, old_bytes);
  return moved;
}

void Allocator::verify(Report& report) const noexcept {
  containers_.verify(report);
  atoms_.verify(report);
  buffers_.verify(report);
  const std::size_t held = containers_.stats().held_bytes() + atoms_.stats().held_bytes() + buffers_.stats().held_bytes() +
                           raw_.stats().live_bytes;
  if (held != budget_.used())
    report.add("law-budget", &budget_, "%zu bytes are held, %zu are charged", held, budget_.used());
}

}  // namespace ouro::alloc
