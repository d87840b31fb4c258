// Makes chosen allocations fail.
#include <ouro/allocator/allocator.h>

namespace ouro::alloc {

void FaultPlan::arm(std::uint64_t nth, std::uint64_t count) noexcept {
  clear();
  attempts_ = failures_ = 0;
  if (nth == 0) return;
  to_pass_ = nth - 1;
  to_fail_ = count;
  allocator_.add_hook(*this);
}

void FaultPlan::clear() noexcept {
  to_fail_ = 0;
  allocator_.remove_hook(*this);
}

bool FaultPlan::admit(const MemoryRequest&) noexcept {
  ++attempts_;
  if (to_fail_ == 0) return true;
  if (to_pass_ != 0) return --to_pass_, true;
  if (to_fail_ != kForever) --to_fail_;
  ++failures_;
  return false;
}

}  // namespace ouro::alloc
