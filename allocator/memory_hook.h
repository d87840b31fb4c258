// Who listens to requests for memory and to releases, and may refuse them.
//
// While an allocator has a hook its magazines are closed, so each request takes the slow road, which tells the hooks. An
// allocator without hooks pays nothing, not even a test, for their being possible [law-closed]. Failing allocations
// (fault_plan.h) and the trace of allocation sites (allocation_trace.h) are hooks like any other.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ouro::alloc {

/// The kind of memory, as statistics and hooks tell it apart (PEP 445 calls these raw, mem and obj).
enum class Domain : std::uint8_t {
  kRaw,      ///< over 512 bytes, from the general-purpose allocator
  kBuffers,  ///< item arrays and tables up to 512 bytes
  kObjects,  ///< containers of any size, other objects up to 512 bytes
};

/// What the memory is for.
enum class Purpose : std::uint8_t { kContainer, kAtom, kBuffer };

[[nodiscard]] const char* name_of(Domain domain) noexcept;
[[nodiscard]] const char* name_of(Purpose purpose) noexcept;

/// The domain that serves `bytes` for the purpose.
[[nodiscard]] Domain domain_of(Purpose purpose, std::size_t bytes) noexcept;

/// A request or a release.
struct MemoryRequest {
  Domain domain;
  Purpose purpose;
  std::size_t bytes;  ///< as they were asked for
};

/// A listener. Called under the runtime's lock, in the middle of an allocation: it must not call back into the allocator,
/// make or drop objects, or throw.
class MemoryHook {
 public:
  virtual ~MemoryHook() = default;

  /// Before a request is served. False refuses it: it fails as if there were no memory, and nothing has changed. Hooks are
  /// asked in the order of their coming, up to the first that refuses.
  [[nodiscard]] virtual bool admit([[maybe_unused]] const MemoryRequest& request) noexcept { return true; }
  /// After a request was served. The block's content is undefined.
  virtual void allocated([[maybe_unused]] const MemoryRequest& request, [[maybe_unused]] void* block) noexcept {}
  /// Before a block is given back. Its content is still there.
  virtual void freeing([[maybe_unused]] const MemoryRequest& request, [[maybe_unused]] void* block) noexcept {}
  /// After a block got another size; `moved` may be the same address.
  virtual void reallocated([[maybe_unused]] const MemoryRequest& before, [[maybe_unused]] void* block,
                           [[maybe_unused]] const MemoryRequest& after, [[maybe_unused]] void* moved) noexcept {}
};

}  // namespace ouro::alloc
