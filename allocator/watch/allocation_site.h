// Where an allocation was asked for: a label that the program sets, and the calls that led to it.
//
//   AllocationSite site{runtime.heap().memory, "loading the document"};   // until the end of the block
//
// Who looks at allocations (the debug mode, a trace) notes both. A call stack is addresses only; they become names when
// somebody reads them, because that is slow and takes memory.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace ouro::alloc {

class Allocator;

inline constexpr std::size_t kMostFrames = 16;  ///< the longest call stack that is kept

/// Return addresses, the innermost call first.
struct CallStack {
  std::array<void*, kMostFrames> frames;
  unsigned depth;  ///< how many of them are there
};

/// The calls that led here: at most `most`, without the innermost `skip`. 0 skips none: the first frame is the caller.
/// Asks no allocator for memory.
[[nodiscard]] CallStack capture(unsigned skip, unsigned most) noexcept;

/// "function+0x1a (program)", or "program+0x1a2b" where the function's name is not exported: addr2line reads that.
[[nodiscard]] std::string name_of_frame(const void* frame);

/// One line for each frame: `indent`, then its name, then the end of the line.
[[nodiscard]] std::string describe_frames(const CallStack& stack, const char* indent = "  ");

/// A label for the allocations of a scope. Labels nest: the end of one brings the outer one back. A label belongs to the
/// allocator, so it also covers what other threads allocate while the scope gives the runtime's lock up.
class [[nodiscard]] AllocationSite {
 public:
  /// `label` is borrowed, and must live as long as what is allocated under it: a string literal.
  AllocationSite(Allocator& allocator, const char* label) noexcept;
  ~AllocationSite();
  AllocationSite(const AllocationSite&) = delete;
  AllocationSite& operator=(const AllocationSite&) = delete;

 private:
  Allocator& allocator_;
  const char* outer_;
};

}  // namespace ouro::alloc
