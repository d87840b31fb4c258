// The statistics of an allocator: those of its areas and of the raw allocator, added up by domain.
#include <ouro/allocator/allocator.h>
#include <ouro/allocator/debug/debug_blocks.h>

namespace ouro::alloc {

namespace {

DomainStats domain_of(const SpaceStats& space) noexcept {
  return {.live_blocks = space.allocated_blocks,
          .live_bytes = space.allocated_bytes,
          .held_bytes = space.held_bytes(),
          .peak_bytes = space.peak_bytes,
          .total_bytes = space.obtained_bytes};
}

DomainStats operator+(const DomainStats& a, const DomainStats& b) noexcept {
  return {.live_blocks = a.live_blocks + b.live_blocks,
          .live_bytes = a.live_bytes + b.live_bytes,
          .held_bytes = a.held_bytes + b.held_bytes,
          .peak_bytes = a.peak_bytes + b.peak_bytes,
          .total_bytes = a.total_bytes + b.total_bytes};
}

}  // namespace

AllocatorStats Allocator::stats() const noexcept {
  AllocatorStats result{};
  result.containers = containers_.stats();
  result.atoms = atoms_.stats();
  result.buffers = buffers_.stats();
  result.raw = raw_.stats();
  result.raw_domain = {.live_blocks = result.raw.live_blocks,
                       .live_bytes = result.raw.live_bytes,
                       .held_bytes = result.raw.live_bytes,
                       .peak_bytes = result.raw.peak_bytes,
                       .total_bytes = result.raw.total_bytes};
  if (debugged()) {
    result.raw_domain.live_blocks -= debug_->resting_raw_blocks();
    result.raw_domain.live_bytes -= debug_->resting_raw_bytes();
  }
  result.buffers_domain = domain_of(result.buffers);
  result.objects_domain = domain_of(result.containers) + domain_of(result.atoms);
  result.budget_used = budget_.used();
  result.budget_peak = budget_.peak();
  result.budget_limit = budget_.limit();
  return result;
}

}  // namespace ouro::alloc
