#include <ouro/allocator/allocator.h>

#include <cstring>

namespace ouro::alloc {

namespace {

DomainStats domain_of(const SpaceStats& space) noexcept {
  return {.live_blocks = space.allocated_blocks, .live_bytes = space.allocated_bytes, .held_bytes = space.held_bytes()};
}

DomainStats operator+(const DomainStats& a, const DomainStats& b) noexcept {
  return {.live_blocks = a.live_blocks + b.live_blocks,
          .live_bytes = a.live_bytes + b.live_bytes,
          .held_bytes = a.held_bytes + b.held_bytes};
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

void* Allocator::reallocate_buffer(void* buffer, std::size_t old_bytes, std::size_t new_bytes) noexcept {
  if (buffer == nullptr) return allocate_buffer(new_bytes);
  if (is_small(old_bytes) && is_small(new_bytes) && size_class_of(old_bytes) == size_class_of(new_bytes)) return buffer;
  if (!is_small(old_bytes) && !is_small(new_bytes))
    return fails_on_demand() ? nullptr : raw_.reallocate(buffer, old_bytes, new_bytes);
  void* const moved = allocate_buffer(new_bytes);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, buffer, std::min(old_bytes, new_bytes));
  free_buffer(buffer, old_bytes);
  return moved;
}

AllocatorStats Allocator::stats() const noexcept {
  AllocatorStats result{};
  result.containers = containers_.stats();
  result.atoms = atoms_.stats();
  result.buffers = buffers_.stats();
  result.raw = raw_.stats();
  result.raw_domain = {result.raw.live_blocks, result.raw.live_bytes, result.raw.live_bytes};
  result.buffers_domain = domain_of(result.buffers);
  result.objects_domain = domain_of(result.containers) + domain_of(result.atoms);
  result.budget_used = budget_.used();
  result.budget_peak = budget_.peak();
  result.budget_limit = budget_.limit();
  return result;
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
