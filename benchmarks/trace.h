// Traces: what a program asked of its allocator, in order, to be asked again of any other.
//
//   file  [TraceHead][TraceEvent][TraceEvent] ...
//
// A slot stands for the pointer that an allocation returned. It is used again, the latest freed first, so the table of
// pointers that a replay needs is no larger than the most blocks that were alive at once.
// [law-trace] An event allocates into an empty slot, or frees a full one and tells the size it was allocated with. At the
// end all slots are empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace bench {

/// One request.
class TraceEvent {
 public:
  [[nodiscard]] static constexpr TraceEvent allocation(std::uint32_t slot, std::uint32_t size) noexcept {
    return TraceEvent(slot, size);
  }
  [[nodiscard]] static constexpr TraceEvent release(std::uint32_t slot, std::uint32_t size) noexcept {
    return TraceEvent(slot, size | kRelease);
  }

  [[nodiscard]] constexpr bool is_release() const noexcept { return (size_and_kind_ & kRelease) != 0; }
  [[nodiscard]] constexpr std::uint32_t slot() const noexcept { return slot_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_and_kind_ & ~kRelease; }

 private:
  static constexpr std::uint32_t kRelease = std::uint32_t{1} << 31;  // no request that is recorded has 2 GiB

  constexpr TraceEvent(std::uint32_t slot, std::uint32_t size_and_kind) noexcept
      : slot_(slot), size_and_kind_(size_and_kind) {}

  std::uint32_t slot_;
  std::uint32_t size_and_kind_;
};

struct TraceHead {
  std::uint64_t slots;
  std::uint64_t events;
};

static_assert(sizeof(TraceEvent) == 8 && sizeof(TraceHead) % alignof(TraceEvent) == 0);

/// Writes a trace. Throws std::runtime_error if it cannot.
void write_trace(const std::string& path, std::uint64_t slots, const std::vector<TraceEvent>& events);

/// A trace in memory: the file mapped, its pages present, no allocator involved. Throws std::runtime_error if it cannot be.
class MappedTrace {
 public:
  explicit MappedTrace(const std::string& path);
  MappedTrace(const MappedTrace&) = delete;
  MappedTrace& operator=(const MappedTrace&) = delete;
  ~MappedTrace();

  [[nodiscard]] std::size_t slots() const noexcept { return head().slots; }
  [[nodiscard]] std::span<const TraceEvent> events() const noexcept {
    return {reinterpret_cast<const TraceEvent*>(&head() + 1), head().events};
  }

 private:
  [[nodiscard]] const TraceHead& head() const noexcept { return *static_cast<const TraceHead*>(start_); }

  void* start_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace bench
