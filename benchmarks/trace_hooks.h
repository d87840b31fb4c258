// Hooks around CPython's allocator that write down every request of its MEM and OBJ domains.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "trace.h"
#include <Python.h>

namespace bench {

/// A recording. One at a time, and only while the interpreter's lock is held, as CPython calls these two domains.
class TraceHooks {
 public:
  TraceHooks() = default;
  TraceHooks(const TraceHooks&) = delete;
  TraceHooks& operator=(const TraceHooks&) = delete;

  /// Every request is recorded from here ...
  void install();
  /// ... to here. What is alive then is freed in the trace.
  void remove();

  [[nodiscard]] const std::vector<TraceEvent>& events() const noexcept { return events_; }
  /// The most blocks that were alive at once.
  [[nodiscard]] std::uint32_t slots() const noexcept { return slots_; }

 private:
  /// One hooked domain: who records, and who serves.
  struct Domain {
    PyMemAllocatorDomain name;
    TraceHooks* hooks = nullptr;
    PyMemAllocatorEx served_by{};
  };
  /// A block that was allocated during the recording.
  struct Live {
    std::uint32_t slot;
    std::uint32_t size;
  };

  static void* allocate(void* domain, std::size_t size) noexcept;
  static void* allocate_zeroed(void* domain, std::size_t count, std::size_t size) noexcept;
  static void* reallocate(void* domain, void* block, std::size_t size) noexcept;
  static void release(void* domain, void* block) noexcept;

  void note_allocation(void* block, std::size_t size);
  void note_release(void* block);

  std::array<Domain, 2> domains_{{{PYMEM_DOMAIN_MEM}, {PYMEM_DOMAIN_OBJ}}};
  std::vector<TraceEvent> events_;
  std::unordered_map<void*, Live> live_;
  std::vector<std::uint32_t> empty_slots_;
  std::uint32_t slots_ = 0;
};

}  // namespace bench
