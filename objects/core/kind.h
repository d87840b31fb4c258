// Kind: the built-in layouts, by number. Also the index of a built-in type in its runtime's table; variants stand behind.
#pragma once

#include <ouro/objects/core/builtin_types.h>
#include <ouro/objects/model/type.h>

#include <cstddef>

namespace ouro {

// clang-format off
#define OURO_ENUMERATOR(name) k##name,
#define OURO_NO_ENUMERATOR(name)

/// Which C++ struct an object of the type is. A class made at run time has the kind of its objects' layout.
enum class Kind : std::uint8_t {
  OURO_BUILTIN_TYPES(OURO_ENUMERATOR, OURO_NO_ENUMERATOR)
  kInstance,  ///< an object of a class made at run time
  kNative,    ///< a C++ struct registered with class_<T>
  kCount      ///< types from outside the library come behind: see `outside_kind`
};

/// Built-in types that are a kind's layout under another name, as CPython calls it. Kind::kSequenceIterator itself is
/// "iterator", Kind::kDictIterator "dict_keyiterator" and Kind::kDictView "dict_keys".
enum class Variant : std::uint8_t {
  OURO_BUILTIN_TYPES(OURO_NO_ENUMERATOR, OURO_ENUMERATOR)
  kCount
};

#undef OURO_ENUMERATOR
#undef OURO_NO_ENUMERATOR
// clang-format on

inline constexpr std::size_t kKindTypes = static_cast<std::size_t>(Kind::kInstance);  ///< one for each kind below
inline constexpr std::size_t kBuiltinTypes = kKindTypes + static_cast<std::size_t>(Variant::kCount);

/// How many types a program may add to those of the library (`add_type`).
inline constexpr std::size_t kOutsideTypes = 16;

/// The kind of the `number`th type that the program adds.
[[nodiscard]] consteval Kind outside_kind(std::size_t number) {
  if (number >= kOutsideTypes) throw "a program adds at most kOutsideTypes types";
  return static_cast<Kind>(static_cast<std::size_t>(Kind::kCount) + number);
}

/// The kind of an object's layout.
[[nodiscard]] inline Kind kind_of(const Object& object) noexcept { return object.type->kind; }

/// True if `object` has the layout of T, as objects of classes that derive from T's type do: every object type says
/// `static constexpr Kind kKind`.
template <class T>
[[nodiscard]] inline bool is(const Object& object) noexcept {
  return object.type->kind == T::kKind;
}

/// True if `object` is a T, and not of a class that derives from T's type (CPython's PyList_CheckExact, where `is` is its
/// PyList_Check). Costs what `is` costs.
template <class T>
[[nodiscard]] inline bool is_exact(const Object& object) noexcept {
  return object.type->exact == T::kKind;
}

/// `object` as a T, or null if it is something else.
template <class T>
[[nodiscard]] inline T* as(Object& object) noexcept {
  return is<T>(object) ? static_cast<T*>(&object) : nullptr;
}
template <class T>
[[nodiscard]] inline const T* as(const Object& object) noexcept {
  return is<T>(object) ? static_cast<const T*>(&object) : nullptr;
}

}  // namespace ouro
