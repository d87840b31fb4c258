// Immortals: the objects that live as long as their runtime.
//
//   mapping  [ types | None NotImplemented Ellipsis False True | -5 .. 256 | '' | U+0000 .. U+00FF | () ]   about seven
//   pages
//            [ types of errors ]                                                                 pages that are used
//            [ descriptors of the types' methods ]                                               pages that are used
//
// They lie in one mapping of their own, are made before anything else and are never counted nor freed.
//
// A handle may outlive its runtime, and a handle to None must then still be safe to copy and to drop. So a mapping is never
// given back to the system. When its runtime ends, its types are emptied, so that using an object of it fails at once, but
// every count stays what it was; the mapping is *parked* and serves the next runtime. There are as many mappings as there
// ever were runtimes at the same time. The list of parked mappings, which a mutex guards, is the one thing in Ouroboros that
// changes and belongs to no runtime. It holds addresses only, and a program cannot observe it.
//
// (Parked pages are not purged: a count of zero would let a handle that is copied and dropped afterwards free the object.)
//
// Laws
//   immortal-unwritten (object.h): no header in here is written to once it has been made, not even for the next runtime.
#pragma once

#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/type.h>
#include <ouro/objects/numbers/int_layout.h>
#include <ouro/objects/text/str_layout.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace ouro {

struct HashKey;
struct Descriptor;
struct ErrorType;

/// A str of one character at most, with its text.
struct ShortStr {
  Str str;
  char text[8];
};
static_assert(sizeof(ShortStr) >= Str::plain_size(2));

/// The objects themselves, in the order of the picture. Law kind-of-slots: the type at index k has Kind k; behind the kinds
/// stand their variants, and behind those the places for types from outside.
struct Immortals {
  static constexpr std::size_t kSmallInts = static_cast<std::size_t>(kSmallIntLast - kSmallIntFirst) + 1;
  static constexpr std::size_t kEmptyTupleBytes = 64;  ///< at least sizeof(Tuple)

  std::array<Type, kBuiltinTypes + kOutsideTypes> types;
  /// By the number of an outside kind: 1 + how far behind the library's types its type lies; 0: there is none in this
  /// runtime.
  std::array<std::uint8_t, kOutsideTypes> outside;
  Object none, not_implemented, ellipsis;
  std::array<Int, 2> booleans;
  std::array<Int, kSmallInts> small_ints;
  ShortStr empty_str;
  std::array<ShortStr, 256> characters;
  alignas(8) std::array<std::byte, kEmptyTupleBytes> empty_tuple;

  [[nodiscard]] Type& type(Kind kind) noexcept {
    const auto place = static_cast<std::size_t>(kind);
    return place < kKindTypes ? types[place] : *outside_type(kind);
  }
  /// The type from outside of a kind, or null if this runtime has none.
  [[nodiscard]] Type* outside_type(Kind kind) noexcept {
    const std::size_t number = static_cast<std::size_t>(kind) - static_cast<std::size_t>(Kind::kCount);
    const std::size_t place = number < outside.size() ? outside[number] : 0;
    return place == 0 ? nullptr : &types[kBuiltinTypes + place - 1];
  }
  [[nodiscard]] Type& type(Variant variant) noexcept { return types[kKindTypes + static_cast<std::size_t>(variant)]; }
  /// The int of a value for which `is_small_int` holds.
  [[nodiscard]] Int& small_int(std::int64_t value) noexcept {
    return small_ints[static_cast<std::size_t>(value - kSmallIntFirst)];
  }
  /// The str of the character U+0000 to U+00FF.
  [[nodiscard]] Str& character(unsigned char code_point) noexcept { return characters[code_point].str; }
};

/// A parked mapping, or a new one, made ready for a runtime: its types describe objects of `heap`, and its strings have the
/// hashes that `key` gives. Throws MemoryError. Takes about 10 us.
[[nodiscard]] Immortals& take_immortals(Heap& heap, const HashKey& key);

/// Describes a type from outside. ValueError if it cannot be one; MemoryError if there is no place for it.
Type& add_outside_type(Immortals& immortals, Heap& heap, const TypeSlots& slots);

/// The type that a runtime makes of a type of errors when it is first asked for it (objects/errors/error_types.cpp). A place
/// serves one type of errors for ever, so that what hangs from it stays right.
struct ErrorTypePlace {
  const ErrorType* error;  ///< null: nothing was made here yet
  TypeSlots slots;
  Type type;  ///< without slots: this runtime has not asked
};

/// How many types of errors a program may add to Python's own.
inline constexpr std::size_t kAddedErrors = 32;

/// The place of a type of errors; those of Python's own but BaseException, which is built in, stand by their number. Null if
/// there is none left for an added one.
[[nodiscard]] ErrorTypePlace* error_type_place(Immortals& immortals, const ErrorType& error) noexcept;
/// Notes that the place has been filled for this runtime.
void use_error_type(Immortals& immortals, const ErrorTypePlace& place) noexcept;
/// The type of errors that a built-in type was made of, or null.
[[nodiscard]] const ErrorType* error_type_of(const Type& type) noexcept;
/// Calls `function(const Type&)` for the built-in types and the types of errors that the runtime has.
template <class F>
void for_each_immortal_type(Immortals& immortals, F&& function);

/// Room for the descriptors of a built-in type (descriptor.h), all zero until they are made. They stay for the next runtime.
[[nodiscard]] Descriptor* descriptors_of(const Type& type) noexcept;

/// Parks the mapping. Its objects must not be used any more, but handles to them may still be dropped.
void park_immortals(Immortals& immortals) noexcept;

/// How many mappings there are, in use and parked. For tests.
[[nodiscard]] std::size_t immortal_mappings() noexcept;

namespace detail {
/// The `number`th type of errors that the runtime has, or null behind the last.
[[nodiscard]] const Type* error_type_in_use(Immortals& immortals, std::size_t number) noexcept;
}  // namespace detail

template <class F>
void for_each_immortal_type(Immortals& immortals, F&& function) {
  for (const Type& type : immortals.types) function(type);
  for (std::size_t number = 0; const Type* const type = detail::error_type_in_use(immortals, number); ++number)
    function(*type);
}

}  // namespace ouro
