// Kind: the built-in layouts, by number. Also the index of a built-in type in its runtime's table; variants stand behind.
#pragma once

#include <ouro/objects/model/type.h>

#include <cstddef>

namespace ouro {

/// Which C++ struct an object of the type is.
enum class Kind : std::uint8_t {
  kObject,            ///< `object`, the root of all types; no members
  kType,              ///< a built-in type (Type) or a class made at run time (Class)
  kNone,              ///< None
  kNotImplemented,    ///< NotImplemented
  kBool,              ///< True, False: an Int of value 1 or 0
  kInt,               ///< Int
  kFloat,             ///< Float
  kStr,               ///< Str
  kTuple,             ///< Tuple
  kList,              ///< List
  kDict,              ///< Dict
  kSequenceIterator,  ///< over list, tuple and str
  kDictIterator,      ///< over the keys, values or items of a dict
  kDictView,          ///< dict.keys(), dict.values(), dict.items()
  kFunction,          ///< a native function
  kMethod,            ///< a function bound to an object
  kWeakRef,           ///< weakref
  kWeakKeys,          ///< weakref.WeakKeyDictionary
  kWeakValues,        ///< weakref.WeakValueDictionary
  kFinalize,          ///< weakref.finalize
  kInstance,          ///< an object of a class made at run time
  kNative,            ///< a C++ struct registered with class_<T>
  kCount
};

/// Built-in types that are a kind's layout under another name, as CPython calls it. Kind::kSequenceIterator itself is
/// "iterator", Kind::kDictIterator "dict_keyiterator" and Kind::kDictView "dict_keys".
enum class Variant : std::uint8_t {
  kListIterator,
  kTupleIterator,
  kStrIterator,
  kAsciiIterator,  ///< over a str of ASCII characters only
  kDictValueIterator,
  kDictItemIterator,
  kDictValues,
  kDictItems,
  kCount
};

inline constexpr std::size_t kKindTypes = static_cast<std::size_t>(Kind::kInstance);  ///< one for each kind below
inline constexpr std::size_t kBuiltinTypes = kKindTypes + static_cast<std::size_t>(Variant::kCount);

/// The kind of an object's layout.
[[nodiscard]] inline Kind kind_of(const Object& object) noexcept { return object.type->kind; }

/// True if `object` has the layout of T: every object type says `static constexpr Kind kKind`.
template <class T>
[[nodiscard]] inline bool is(const Object& object) noexcept {
  return object.type->kind == T::kKind;
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
