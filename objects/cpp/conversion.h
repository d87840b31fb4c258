// Conversion and EnumNames: how a program's own C++ types become objects, and come back.
//
//   template <>
//   struct ouro::Conversion<Vec3> {
//     static Vec3 from_object(Object& object) {
//       const auto parts = ouro::from_object<std::array<double, 3>>(object);
//       return {parts[0], parts[1], parts[2]};
//     }
//     static Ref<> to_object(Builtins& builtins, const Vec3& v) {
//       return ouro::to_object(builtins, std::tuple(v.x, v.y, v.z));
//     }
//   };
//
//   template <>
//   struct ouro::EnumNames<Colour> {
//     static constexpr std::pair<Colour, std::string_view> names[]{{Colour::kRed, "red"}, {Colour::kBlue, "blue"}};
//   };
//
// One of the two functions is enough where values go one way. `from_object` throws what does not fit as TypeError,
// ValueError or OverflowError, or returns an Outcome<T> and costs no C++ exception. Both must stand before the first
// conversion of the type. An enumerator is the str of its name; "'puce' is not a valid Colour" is a ValueError, as of
// Python's enum. A type that is better an object of its own, with methods, is a class_<T> (native.h).
#pragma once

#include <ouro/base/standard/range.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>

#include <concepts>
#include <string_view>
#include <type_traits>

namespace ouro {

/// To be specialised by a program for a type of its own.
template <class T>
struct Conversion {};

/// To be specialised by a program for an enum: `names` is an array of pairs of enumerator and name.
template <class E>
struct EnumNames {};

namespace detail {

template <class T>
concept ConvertsToObject = requires(Builtins& builtins, const T& value) {
  { Conversion<T>::to_object(builtins, value) } -> std::convertible_to<Ref<>>;
};
template <class T>
concept ConvertsFromObject = requires(Object& object) {
  Conversion<T>::from_object(object);
};
template <class T>
concept NamedEnum = std::is_enum_v<T> && requires {
  std::size(EnumNames<T>::names);
};

/// The name of an enumerator; empty if it has none.
template <NamedEnum E>
[[nodiscard]] constexpr std::string_view name_of_enumerator(E value) noexcept {
  for (const auto& [enumerator, name] : EnumNames<E>::names)
    if (enumerator == value) return name;
  return {};
}

}  // namespace detail

}  // namespace ouro
