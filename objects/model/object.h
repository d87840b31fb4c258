// Object: the header that every value begins with.
//
//   offset 0        4          8                       16
//          +--------+----------+-----------------------+----------------------------
//          | count  | flags    | type                  | what the type adds ...
//          +--------+----------+-----------------------+----------------------------
//
// There are no primitive values: None, an int, a list and a class are all an Object. The header holds a count of the
// references to the object and a pointer to its type, and nothing else is needed to use, count or free it. A container has
// no further header: what the collector notes about an object lies beside the heap, not in it (see tracking.h).
//
// Laws
//   header-16: the header is 16 bytes and a type's own fields begin right behind it.
//   immortal-unwritten: an object whose count has the top bit set is never counted and never written to.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ouro {

struct Type;

/// The common beginning of every object. Plain data: handles (`Ref`, `Weak`) give it meaning.
struct Object {
  std::uint32_t refcount;  ///< references that exist; see `kImmortalCount`
  std::uint32_t flags;     ///< `ObjectFlag` bits
  Type* type;              ///< never null while the object lives
};
static_assert(sizeof(Object) == 16, "law header-16");

/// The count of an immortal object: the top bit says "do not count". A count that overflows becomes immortal by itself,
/// so that 2^31 references leak one object instead of freeing it early (PEP 683 chose the same).
inline constexpr std::uint32_t kImmortalCount = 0xC000'0000;

/// What the header's flags say. All bits zero is the common case: such an object dies without ceremony.
enum ObjectFlag : std::uint32_t {
  kFinalizedFlag = 1,   ///< the finalizer has run; it runs once in an object's life (PEP 442)
  kWeakFlag = 2,        ///< weak references point here; the heap's weak table knows which
  kTrashFlag = 4,       ///< a running collection holds the object in its unreachable set
  kStorageFlag = 8,     ///< the type's `release` is to be called: of an atom that owns something, of a native object
  kOrphanFlag = 16,     ///< the object's runtime is gone; what is left of it is a header and a count
  kFirstTypeFlag = 256  ///< bits from here on belong to the type
};

/// Where the objects of a C++ struct live, as far as the struct alone tells. Where it does (`T::kHome`), making and freeing
/// one asks its type for nothing.
enum class Home : std::uint8_t {
  kAskType,     ///< the type's flags say
  kContainers,  ///< they hold references; the type is built in, so they own no count of it
  kAtoms,       ///< they hold none, and the type is built in
};

/// `T::kHome`, or kAskType for a struct that does not say.
template <class T>
[[nodiscard]] consteval Home home_of() noexcept {
  if constexpr (requires { T::kHome; }) {
    return T::kHome;
  } else {
    return Home::kAskType;
  }
}

/// True if the object is never counted: None, small ints, built-in types.
[[nodiscard]] inline bool is_immortal(const Object& object) noexcept {
  return static_cast<std::int32_t>(object.refcount) < 0;
}

/// Ends the life of an object whose count has come to 0: finalizer, weak references, its own references, its memory.
/// Depth of nesting costs no stack (see teardown.cpp). The object may come back to life in its finalizer.
void destroy(Object& object) noexcept;

/// Adds one reference. For handle types and container internals only; everybody else uses `Ref`.
inline void increment(Object& object) noexcept {
  if (!is_immortal(object)) ++object.refcount;
}

/// Takes one reference away; at 0 the object is reclaimed at once (claim C3), before this call returns.
inline void decrement(Object& object) noexcept {
  if (is_immortal(object)) return;
  if (--object.refcount == 0) destroy(object);
}

}  // namespace ouro
