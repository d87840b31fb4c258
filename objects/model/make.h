// make: the one way into life for an object.
//
// `make<T>(type, bytes, build)` allocates, lets `build` fill the fields, and only then makes a container visible to the
// collector. `destroy` (teardown.cpp) is the one way out.
#pragma once

#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/one_runtime.h>
#include <ouro/objects/model/ref.h>

#include <concepts>
#include <type_traits>
#include <utility>

namespace ouro {

/// An object type whose memory layout Ouroboros can host: it begins with the header, and an 8-byte boundary is enough.
template <class T>
concept Managed = std::derived_from<T, Object> && alignof(T) <= 8 && std::is_trivially_destructible_v<T>;

/// Whether a new container is tracked from birth; a dict is tracked when the first value that can close a cycle is stored.
enum class Birth : std::uint8_t { kTracked, kUntracked };

/// Makes an object of `type` in `bytes` bytes. `build(T&)` must set every field behind the header; if it throws, the block
/// is given back and the error passes on. Returns the one owner. Throws MemoryError. Constant time apart from `build` and
/// from a collection that may come due. `home` is kAskType where `type` may be a class that derives from T's type.
template <Managed T, Birth birth = Birth::kTracked, Home home = home_of<T>(), class Build>
[[nodiscard, gnu::always_inline]] inline Ref<T> make(Type& type, std::size_t bytes, Build&& build) {
  Heap& heap = *type.heap;
  T& object = static_cast<T&>(heap.allocate<home>(type, bytes));
  if constexpr (std::is_nothrow_invocable_v<Build&, T&>) {
    build(object);
  } else {
    try {
      build(object);
    } catch (...) {
      heap.free<home>(object, type, bytes);
      if (home == Home::kAskType && type.has(kOwnsType)) decrement(type);
      throw;
    }
  }
  if constexpr (home != Home::kAtoms) expect_own_edges(object);
  if constexpr (birth == Birth::kTracked && home != Home::kAtoms) {
    if (home == Home::kContainers || type.has(kContainerType)) heap.tracking.track_new(object);
  }
  return Ref<T>::adopt(&object);
}

}  // namespace ouro
