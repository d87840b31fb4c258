// The slow half of the allocator of a runtime: which floor serves a request that no magazine has served.
#include <ouro/allocator/allocator.h>
#include <ouro/allocator/debug/debug_blocks.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace ouro::alloc {

Allocator::Allocator(const AllocatorOptions& options) noexcept
    : budget_(options.memory_limit),
      debug_(options.debug ? new (std::nothrow)
                                 DebugBlocks({containers_, atoms_, buffers_, raw_, site_, caller_}, options.space.arena_hook)
                           : nullptr),
      containers_(options_of_areas(options), &budget_),
      atoms_(options_of_areas(options), &budget_),
      buffers_(options_of_areas(options), &budget_),
      raw_(budget_) {
  // Memcheck would take the debug mode's own looks at freed blocks for errors.
  if (ValgrindHook::is_running() && !debugged()) add_hook(valgrind_);
  complete_ = !options.debug || (debug_ != nullptr && debug_->open());
  // One area's reserve, or what rests, must not make another's request fail.
  budget_.set_reclaimer(
      [](void* self) noexcept {
        auto& allocator = *static_cast<Allocator*>(self);
        if (allocator.debugged()) allocator.debug_->flush();
        allocator.containers_.return_reserve();
        allocator.atoms_.return_reserve();
        allocator.buffers_.return_reserve();
      },
      this);
}

Allocator::~Allocator() {
  if (!debugged()) return;
  debug_->expect_sound();
  debug_->flush();
}

SpaceOptions Allocator::options_of_areas(const AllocatorOptions& options) const noexcept {
  SpaceOptions space = options.space;
  // Valgrind has few addresses to grant, and has granted them all before it refuses some.
  if (ValgrindHook::is_running() && space.reservation_bytes == 0) space.reservation_bytes = std::size_t{1} << 32;
  return debugged() ? debug_->options_for(space) : space;
}

/// The order of choice: by what the memory is for, then by size. Containers stay in their area whatever their size.
void* Allocator::choose(Purpose purpose, std::size_t bytes) noexcept {
  if (purpose == Purpose::kContainer)
    return is_small(bytes) ? containers_.allocate(container_class(bytes)) : containers_.allocate_run(bytes);
  return is_small(bytes) ? area_of(purpose).allocate(size_class_of(bytes)) : raw_.allocate(bytes);
}

/// Before a request fails, whatever waits in magazines or serves nobody is given up for it.
void* Allocator::serve(Purpose purpose, std::size_t bytes) noexcept {
  if (void* const memory = choose(purpose, bytes)) [[likely]]
    return memory;
  const bool containers = containers_.reclaim();
  const bool atoms = atoms_.reclaim();
  const bool buffers = buffers_.reclaim();
  return containers || atoms || buffers ? choose(purpose, bytes) : nullptr;
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
  if (is_watched()) [[unlikely]] {
    caller_ = __builtin_return_address(0);
    return serve_watched({domain_of(purpose, bytes), purpose, bytes});
  }
  return serve(purpose, bytes);
}

void Allocator::free_slowly(Purpose purpose, void* memory, std::size_t bytes) noexcept {
  if (is_watched()) [[unlikely]] {
    caller_ = __builtin_return_address(0);
    return release_watched({domain_of(purpose, bytes), purpose, bytes}, memory);
  }
  release(purpose, memory, bytes);
}

void* Allocator::reallocate_buffer(void* buffer, std::size_t old_bytes, std::size_t new_bytes) noexcept {
  if (buffer == nullptr) return allocate_buffer(new_bytes);
  if (is_watched()) [[unlikely]] {
    caller_ = __builtin_return_address(0);
    return resize_watched(buffer, old_bytes, new_bytes);
  }
  return resize(buffer, old_bytes, new_bytes);
}

void* Allocator::resize(void* buffer, std::size_t old_bytes, std::size_t new_bytes) noexcept {
  if (same_block(old_bytes, new_bytes)) return buffer;
  if (!is_small(old_bytes) && !is_small(new_bytes)) return raw_.reallocate(buffer, old_bytes, new_bytes);
  void* const moved = serve(Purpose::kBuffer, new_bytes);
  if (moved == nullptr) return nullptr;
  if (is_watched()) ValgrindHook::make_writable(moved, new_bytes);  // the hooks hear of it when it is filled
  std::memcpy(moved, buffer, std::min(old_bytes, new_bytes));
  release(Purpose::kBuffer, buffer, old_bytes);
  return moved;
}

std::size_t Allocator::trim() noexcept {
  if (debugged()) {
    debug_->expect_sound();
    debug_->flush();
  }
  const std::size_t bytes = containers_.trim() + atoms_.trim() + buffers_.trim();
  RawAllocator::trim();
  return bytes;
}

void Allocator::seal() noexcept {
  if (debugged()) return;
  containers_.seal();
  atoms_.seal();
  buffers_.seal();
}

void Allocator::check_blocks(Report& report) const noexcept {
  if (debugged()) debug_->check(report);
}

void Allocator::set_describer(const BlockDescriber* describer) noexcept {
  if (debugged()) debug_->set_describer(describer);
}

void Allocator::verify(Report& report) const noexcept {
  check_blocks(report);
  containers_.verify(report);
  atoms_.verify(report);
  buffers_.verify(report);
  const std::size_t held = containers_.stats().held_bytes() + atoms_.stats().held_bytes() + buffers_.stats().held_bytes() +
                           raw_.stats().live_bytes;
  if (held + budget_.scratch() != budget_.used())
    report.add("law-budget", &budget_, "%zu bytes are held, %zu are charged", held, budget_.used());
}

}  // namespace ouro::alloc
