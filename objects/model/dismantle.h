// dismantle: the last step of an object's life, when it is invisible and nobody can reach it any more.
//
//   leave the target's list  ->  drop its references  ->  free its buffers  ->  give its block back  ->  drop its type
//   (weak references)                                                                                   (where it owns that)
//
// The order is the same for every type and stands here once, in `dismantle`. A weak reference leaves its target's list
// before anything else, because dropping its callback may run code that ends the target. Two questions are open, and
// parameters:
//
//   what is known of the object?       AskType: nothing, its type is asked (dismantle_any)
//                                      ToldBy<T>: where its references lie and how long its block is, compiled in
//                                      (dismantle_as)
//   what does dropping a reference do? DropReference: what `decrement` does
//                                      the collector's: members of the unreachable set are passed over (gc/deletion.cpp)
#pragma once

#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/weak_table.h>

#include <concepts>
#include <cstddef>
#include <limits>

namespace ouro::detail {

/// Whether a function was given as a template argument. Asked of its type: under UndefinedBehaviorSanitizer GCC takes no
/// comparison of a function's address for a constant.
template <class F>
inline constexpr bool is_given = !std::same_as<F, std::nullptr_t>;

/// Of an object of any type.
struct AskType {
  static constexpr Home kHome = Home::kAskType;
  static constexpr bool kBackwards = false;
  [[nodiscard]] static bool is_weak_reference(const Type& type) noexcept { return type.has(kWeakRefType); }
  [[nodiscard]] static bool owns_type(const Type& type) noexcept { return type.has(kOwnsType); }
  [[nodiscard]] static const EdgeLayout& edges(const Type& type) noexcept { return type.edges; }
  static void release(const Type& type, Object& object) noexcept {
    const bool owns_storage = type.has(kContainerType) || (object.flags & kStorageFlag) != 0;
    if (owns_storage && type.slots->release != nullptr) type.slots->release(object);
  }
};

/// Of an object whose struct T says all. `release_storage` is the slot `release`, if the type has one.
template <class T, auto release_storage>
struct ToldBy {
  static_assert(home_of<T>() != Home::kAskType, "T must name its home: static constexpr Home kHome");
  static constexpr Home kHome = T::kHome;
  static constexpr bool kBackwards = requires { T::kDropsBackwards; };
  [[nodiscard]] static constexpr bool is_weak_reference(const Type&) noexcept { return std::same_as<T, WeakRef>; }
  [[nodiscard]] static constexpr bool owns_type(const Type&) noexcept { return false; }
  [[nodiscard]] static constexpr EdgeLayout edges(const Type&) noexcept {
    if constexpr (kHome == Home::kContainers) {
      return T::kEdges;
    } else {
      return EdgeLayout::none();
    }
  }
  static void release(const Type&, Object& object) noexcept {
    if constexpr (is_given<decltype(release_storage)>) {
      if (kHome == Home::kContainers) return release_storage(object);
      if ((object.flags & kStorageFlag) != 0) [[unlikely]]
        release_storage(object);
    }
  }
};

/// Drops one reference for good.
struct DropReference {
  /// False if it was not dropped.
  [[gnu::always_inline]] bool operator()(Object& target) const noexcept {
    decrement(target);
    return true;
  }
  /// True if it would not be dropped.
  [[nodiscard]] static constexpr bool refuses(const Object&) noexcept { return false; }
};

/// What `empty` and `dismantle` return if nothing was refused.
inline constexpr std::size_t kAllDropped = std::numeric_limits<std::size_t>::max();

/// Drops the references of a dead object and frees its buffers. If `drop` refuses one, nothing more is done, and how many
/// slots before it are done with is returned; all of them, if it is the type that is refused. That one is not dropped here.
template <class Known, class Drop>
[[gnu::always_inline]] inline std::size_t empty(Type& type, Object& object, const Drop drop) noexcept {
  const EdgeRun run = edge_run(object, Known::edges(type));
  if constexpr (Known::kBackwards) {  // the order of CPython's lists and tuples
    static_assert(std::same_as<Drop, DropReference>, "nothing refuses while it goes backwards");
    for (std::size_t i = run.count; i-- > 0;)
      if (Object* const target = run.first[i]; target != nullptr) static_cast<void>(drop(*target));
  } else {
    for (std::size_t i = 0; i < run.count; ++i)
      if (Object* const target = run.first[i]; target != nullptr && !drop(*target)) return i;
  }
  if (Known::owns_type(type) && drop.refuses(type)) return run.count;
  Known::release(type, object);
  return kAllDropped;
}

/// The whole way. `bytes` are those of the block. Returns what `empty` does.
template <class Known, class Drop>
[[gnu::always_inline]] inline std::size_t dismantle(Heap& heap, Type& type, Object& object, std::size_t bytes,
                                                    const Drop drop) noexcept {
  if (Known::is_weak_reference(type)) heap.weak.unlink(static_cast<WeakRef&>(object));
  if (const std::size_t dropped = empty<Known>(type, object, drop); dropped != kAllDropped) return dropped;
  heap.free<Known::kHome>(object, type, bytes);
  if (Known::owns_type(type)) static_cast<void>(drop(type));
  return kAllDropped;
}

/// For the `dismantle` slot of a built-in type whose objects are T, which says `kHome` and, if it is a container, `kEdges`.
/// T::kDropsBackwards, if there is one, says that the last reference goes first. `release` and `bytes` are the slots of
/// these names, if the type has them. An atom's `release` is called if its kStorageFlag is set, a container's always.
template <class T, auto release = nullptr, auto bytes = nullptr>
void dismantle_as(Heap& heap, Type& type, Object& object) noexcept {
  std::size_t size = sizeof(T);
  if constexpr (is_given<decltype(bytes)>) size = bytes(object);
  static_cast<void>(dismantle<ToldBy<T, release>>(heap, type, object, size, DropReference{}));
}

}  // namespace ouro::detail
