// The records of all blocks that the debug mode knows, in address order.
#pragma once

#include <ouro/allocator/debug/debug_record.h>

#include <map>

namespace ouro::alloc {

/// Records by the address of their block.
class DebugRecords {
 public:
  using Map = std::map<const std::byte*, DebugRecord>;
  using Entry = Map::value_type;

  /// The record of the block that begins at the address, or null.
  [[nodiscard]] Entry* find(const void* block) noexcept { return entry_or_null(records_.find(bytes_at(block))); }
  /// The same; a new one, dead and of no size, if there was none. Null if there is no memory for it.
  [[nodiscard]] Entry* find_or_add(const void* block) noexcept;
  void remove(const void* block) noexcept { records_.erase(bytes_at(block)); }

  /// The block that begins before the address and is the nearest to it, or null.
  [[nodiscard]] const Entry* before(const void* address) const noexcept;
  /// The block that begins right where this one ends, or null.
  [[nodiscard]] const Entry* right_behind(const Entry& entry) const noexcept;
  /// The block right before, ending where this address is, or null.
  [[nodiscard]] const Entry* ending_at(const void* address) const noexcept;
  /// The block that the address lies in, its guard included; or null.
  [[nodiscard]] const Entry* around(const void* address) const noexcept;

  /// Calls `visit(entry)` for every block that begins in the range.
  template <class F>
  void for_each_in(const void* start, std::size_t bytes, F&& visit) {
    for (auto place = records_.lower_bound(bytes_at(start));
         place != records_.end() && place->first < bytes_at(start) + bytes;)
      visit(*place++);
  }
  void remove_in(const void* start, std::size_t bytes) noexcept {
    records_.erase(records_.lower_bound(bytes_at(start)), records_.lower_bound(bytes_at(start) + bytes));
  }
  [[nodiscard]] Map::const_iterator begin() const noexcept { return records_.begin(); }
  [[nodiscard]] Map::const_iterator end() const noexcept { return records_.end(); }

 private:
  [[nodiscard]] static const std::byte* bytes_at(const void* address) noexcept {
    return static_cast<const std::byte*>(address);
  }
  [[nodiscard]] Entry* entry_or_null(Map::iterator place) noexcept { return place == records_.end() ? nullptr : &*place; }

  Map records_;
};

}  // namespace ouro::alloc
