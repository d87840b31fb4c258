// What the debug mode knows about a block. Kept beside the memory, so that no damage of a block reaches its record.
#pragma once

#include <ouro/allocator/memory_hook.h>
#include <ouro/allocator/watch/allocation_site.h>

#include <algorithm>

namespace ouro::alloc {

/// Whether a block is in use.
enum class DebugState : std::uint8_t {
  kLive,
  kDead,      ///< freed, its memory still there and filled with 0xdd
  kReturned,  ///< freed, its memory given back to the system
};

/// One call to the allocator: the nth, under which label, by whom.
struct DebugCall {
  static constexpr unsigned kFrames = 6;

  std::uint64_t serial = 0;    ///< 0: there was no such call
  const char* site = nullptr;  ///< the label (AllocationSite), or null
  std::array<void*, kFrames> frames{};
  unsigned depth = 0;

  [[nodiscard]] CallStack stack() const noexcept {
    CallStack stack{.frames = {}, .depth = depth};
    std::copy_n(frames.begin(), depth, stack.frames.begin());
    return stack;
  }
};

/// A block, live or dead:
///
///     |<----------------- whole ----------------->|
///     | what was asked for | guard, 8 bytes or more |
struct DebugRecord {
  MemoryRequest request{};
  std::size_t whole = 0;  ///< the guard included
  DebugState state = DebugState::kLive;
  DebugCall made;
  DebugCall freed;
  std::array<char, 40> type{};  ///< the name of the type when the block was freed
};

}  // namespace ouro::alloc
