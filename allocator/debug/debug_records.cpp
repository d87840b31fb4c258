// The debug mode's records of raw blocks, in the order of their addresses.
#include <ouro/allocator/debug/debug_records.h>

#include <new>

namespace ouro::alloc {

DebugRecords::Entry* DebugRecords::find_or_add(const void* block) noexcept {
  try {
    const auto [place, added] = records_.try_emplace(bytes_at(block));
    if (added) place->second.state = DebugState::kDead;
    return &*place;
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

const DebugRecords::Entry* DebugRecords::before(const void* address) const noexcept {
  const auto place = records_.lower_bound(bytes_at(address));
  return place == records_.begin() ? nullptr : &*std::prev(place);
}

const DebugRecords::Entry* DebugRecords::right_behind(const Entry& entry) const noexcept {
  const auto place = records_.find(entry.first + entry.second.whole);
  return place == records_.end() ? nullptr : &*place;
}

const DebugRecords::Entry* DebugRecords::ending_at(const void* address) const noexcept {
  const Entry* const nearest = before(address);
  return nearest != nullptr && nearest->first + nearest->second.whole == bytes_at(address) ? nearest : nullptr;
}

const DebugRecords::Entry* DebugRecords::around(const void* address) const noexcept {
  const Entry* const nearest = before(bytes_at(address) + 1);
  return nearest != nullptr && bytes_at(address) < nearest->first + nearest->second.whole ? nearest : nullptr;
}

}  // namespace ouro::alloc
