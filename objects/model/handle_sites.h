// Where handles were made: for each `Ref` that exists the calls that led to it, so that the code that leaks one can
// be found.
//
//   Options options;
//   options.trace_handles = true;            // why_alive and the leak report then say where a handle was made
//
// Handles are noted in builds that check (OURO_CHECKS of 2 and more) and only while a HandleSites exists for their heap. In
// other builds no handle carries any code for it, and nothing is noted. Where it is compiled in but off, making and dropping
// a handle costs one call and two loads more; where it is on, some microseconds for the walk of the stack.
//
// A handle that moves keeps its site. Handles to immortal objects are not noted. A Ref that is a member of a native object
// is a handle like any other, but lies in the heap; `sites_of` leaves it out. One in a std::vector of such an object it
// cannot tell from the program's own.
#pragma once

#include <ouro/allocator/watch/allocation_site.h>
#include <ouro/base/config.h>
#include <ouro/base/owned.h>
#include <ouro/objects/model/object.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ouro {

class Heap;

/// Notes the handles to the objects of one heap, from its making to its end. Must end before the heap; under the lock.
class HandleSites {
 public:
  static constexpr bool kAvailable = kChecks >= CheckLevel::kInternal;

  explicit HandleSites(Heap& heap);
  ~HandleSites();
  HandleSites(const HandleSites&) = delete;
  HandleSites& operator=(const HandleSites&) = delete;

  /// The calls that made the handles to `object` that lie outside the heap, in no order. Linear in the handles. May throw
  /// std::bad_alloc.
  [[nodiscard]] std::vector<alloc::CallStack> sites_of(const Object& object) const;
  /// Handles noted.
  [[nodiscard]] std::size_t size() const noexcept;
  /// Handles there was no memory to note.
  [[nodiscard]] std::size_t lost() const noexcept { return lost_; }

  /// What is known of a handle.
  struct Noted {
    const Object* object;
    alloc::CallStack made;
  };
  void note(const void* handle, const Noted& noted) noexcept;
  [[nodiscard]] std::optional<Noted> take(const void* handle) noexcept;

 private:
  struct Table;

  Heap& heap_;
  Owned<Table> table_;
  std::size_t lost_ = 0;
};

/// The sites of handles to an object as lines of text: the innermost call of the program each. Empty if nothing is noted.
[[nodiscard]] std::vector<std::string> handle_sites_of(const Heap& heap, const Object& object);

}  // namespace ouro
