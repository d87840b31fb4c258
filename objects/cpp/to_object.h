// How a C++ value becomes an object. See convert.h for the list.
#pragma once

#include <ouro/base/standard/clock.h>
#include <ouro/base/standard/range.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/conversion.h>
#include <ouro/objects/cpp/members.h>
#include <ouro/objects/cpp/native_cast.h>
#include <ouro/objects/model/one_runtime.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <array>
#include <concepts>
#include <cstring>
#include <optional>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <variant>

namespace ouro::detail {

template <class T>
concept ObjectType = std::derived_from<T, Object>;
template <class T>
concept TextLike = std::convertible_to<const T&, std::string_view> && !std::is_null_pointer_v<T>;
/// The same in char8_t, which says that it is UTF-8.
template <class T>
concept Utf8Like = std::convertible_to<const T&, std::u8string_view> && !std::is_null_pointer_v<T>;
/// Text or a character in an encoding that depends on the machine, or in one that is not a str's.
template <class T>
concept WideLike = !std::is_null_pointer_v<T> &&
                   (std::same_as<T, wchar_t> || std::same_as<T, char16_t> || std::same_as<T, char32_t> ||
                    std::convertible_to<const T&, std::wstring_view> || std::convertible_to<const T&, std::u16string_view> ||
                    std::convertible_to<const T&, std::u32string_view>);
/// std::filesystem::path, known by its parts so that its header is not needed here. It is a range of itself.
template <class T>
concept PathLike = std::same_as<typename T::string_type, std::string> && requires(const T& value) {
  { value.native() } -> std::same_as<const std::string&>;
};
template <class T>
concept MapLike = RangeLike<T> && requires {
  typename T::mapped_type;
};
/// A map that may have several values for a key, which a dict cannot.
template <class T>
concept MultiMapLike = MapLike<T> && !requires(const T& map, const typename T::key_type& key) {
  map.at(key);
};
/// Each element is a range of the same type: taking it apart would never end.
template <class T>
concept RangeOfItself =
    std::ranges::range<const T> && std::same_as<std::remove_cvref_t<std::ranges::range_reference_t<const T>>, T>;

/// OverflowError "float too large to pack with f format": `format` is C's letter, f or d, as in Python's struct.
[[noreturn, gnu::cold]] void raise_float_too_large(std::string_view format);

/// The object for `value`.
template <class T>
[[nodiscard]] Ref<> to_object(Builtins& builtins, const T& value);

template <class T>
[[nodiscard]] Ref<> list_of(Builtins& builtins, const T& range) {
  Ref<List> list = make_list(builtins);
  for (const auto& element : range) list->append(to_object(builtins, element));
  return list;
}

template <class T>
[[nodiscard]] Ref<> dict_of_map(Builtins& builtins, const T& map) {
  Ref<Dict> dict = make_dict(builtins, map.size());
  for (const auto& [key, value] : map) dict->set(*to_object(builtins, key), *to_object(builtins, value));
  return dict;
}

template <class... T>
[[nodiscard]] Ref<> tuple_of(Builtins& builtins, const T&... parts) {
  const std::array<Ref<>, sizeof...(T)> items{to_object(builtins, parts)...};
  return build_tuple(builtins, items.size(), [&](std::size_t i) noexcept { return i < items.size() ? items[i] : Ref<>(); });
}

/// An object that exists. Law one-runtime.
[[nodiscard]] inline Ref<> share_own(Builtins& builtins, const Object& object) noexcept {
  expect_one_runtime(builtins.heap, object);
  return share(const_cast<Object&>(object));
}

/// A char array as text: to its first zero, or to its end if there is none.
template <std::size_t kSize>
[[nodiscard]] std::string_view text_of_array(const char (&text)[kSize]) noexcept {
  return {text, strnlen(text, kSize)};
}

/// The str of `text`: a char array is read to its first zero, or to its end if there is none.
template <class T>
[[nodiscard]] Ref<> str_of(Builtins& builtins, const T& text) {
  if constexpr (std::is_bounded_array_v<T>) {
    const auto* const first = reinterpret_cast<const char*>(&text);
    return make_str(builtins, std::string_view(first, strnlen(first, sizeof text)));
  } else if constexpr (Utf8Like<T>) {
    const std::u8string_view view(text);
    return make_str(builtins, std::string_view(reinterpret_cast<const char*>(view.data()), view.size()));
  } else {
    return make_str(builtins, std::string_view(text));
  }
}

/// OverflowError for a long double beyond the range of a double, which would become infinity.
template <class T>
[[nodiscard]] Ref<> float_of(Builtins& builtins, T value) {
  const auto narrowed = static_cast<double>(value);
  if constexpr (sizeof(T) > sizeof(double))
    if (__builtin_isinf(narrowed) && !__builtin_isinf(value)) raise_float_too_large("d");
  return make_float(builtins, narrowed);
}

/// The str of an enumerator's name. ValueError "7 is not a valid Colour" for a value that has none.
[[nodiscard]] Ref<> str_of_enumerator(Builtins& builtins, const std::type_info& type, std::string_view name,
                                      std::int64_t value);
/// The class_<T> of the runtime. TypeError "there is no class_<Vec3> in this runtime".
[[nodiscard]] Class& class_for(Builtins& builtins, const std::type_info& type);
/// A new object of that class, of what lies at `value`, which is moved from, or copied where `move` is not set. If the class
/// of the value's own type is not known, that of `type`. TypeError if C++ cannot do that.
[[nodiscard]] Ref<> object_of_native(Builtins& builtins, const std::type_info& type, void* value, bool move);

/// A struct that may have a class_<T>, as far as can be seen without knowing it.
template <class T>
concept NativeLike = std::is_class_v<T> && !std::ranges::range<const T> && !Hiding<T> && !RefLike<T> && !ObjectType<T> &&
                     !Leaf<T> && !MaybeLike<T> && !TupleLike<T> && !kIs<T, std::variant> && !TextLike<T> && !Utf8Like<T> &&
                     !PathLike<T> && !std::same_as<T, std::nullopt_t> && !ConvertsToObject<T> && !requires(const T& value) {
  value.to_ref();
};

/// The object for a value that nobody else needs: a struct of a native class, or what a unique_ptr holds, is moved into it.
template <class T>
[[nodiscard]] Ref<> object_of_result(Builtins& builtins, T&& value) {
  using Plain = std::remove_cvref_t<T>;
  if constexpr (UniqueLike<Plain> && !std::is_reference_v<T>) {
    using Held = typename Plain::element_type;
    if (value == nullptr) return make_none(builtins);
    if constexpr (std::is_polymorphic_v<Held>) {
      return object_of_native(builtins, typeid(*value), dynamic_cast<void*>(value.get()), true);
    } else {
      return object_of_result(builtins, std::move(*value));
    }
  } else if constexpr (NativeLike<Plain> && !std::is_reference_v<T>) {
    return object_of_native(builtins, typeid(Plain), std::addressof(value), true);
  } else {
    return detail::to_object(builtins, value);  // not what stands in ouro, which would come back here
  }
}

template <class T>
Ref<> to_object(Builtins& builtins, const T& value) {
  static_assert(!WideLike<T>, "Ouroboros: a str is made from UTF-8, in char or char8_t; convert other encodings first");
  static_assert(!MultiMapLike<T>, "Ouroboros: a dict has one value for each key; make a map of lists");
  if constexpr (std::is_pointer_v<T>)
    if (value == nullptr) return make_none(builtins);
  if constexpr (WideLike<T>) {
    return {};  // for compilers: it was refused
  } else if constexpr (ConvertsToObject<T>) {
    return Conversion<T>::to_object(builtins, value);
  } else if constexpr (NamedEnum<T>) {
    return str_of_enumerator(builtins, typeid(T), name_of_enumerator(value), static_cast<std::int64_t>(value));
  } else if constexpr (RefLike<T>) {
    return value ? share_own(builtins, *value) : make_none(builtins);
  } else if constexpr (ObjectType<T>) {
    return share_own(builtins, value);
  } else if constexpr (std::is_pointer_v<T> && ObjectType<std::remove_cv_t<std::remove_pointer_t<T>>>) {
    return share_own(builtins, *value);
  } else if constexpr (std::is_null_pointer_v<T> || std::same_as<T, std::nullopt_t> || std::same_as<T, std::monostate>) {
    return make_none(builtins);
  } else if constexpr (std::same_as<T, bool>) {
    return make_bool(builtins, value);
  } else if constexpr (std::same_as<T, char> || std::same_as<T, char8_t>) {
    const auto character = static_cast<char>(value);
    return make_str(builtins, std::string_view(&character, 1));
  } else if constexpr (std::integral<T>) {
    static_assert(sizeof(T) <= sizeof(std::int64_t),
                  "Ouroboros: ints of more than 64 bits are made from text (int_from_text)");
    return make_int(builtins, value);
  } else if constexpr (std::floating_point<T>) {
    return float_of(builtins, value);
  } else if constexpr (TextLike<T> || Utf8Like<T>) {
    return str_of(builtins, value);
  } else if constexpr (PathLike<T>) {
    return make_str(builtins, value.native());
  } else if constexpr (kIs<T, std::chrono::duration>) {
    return make_float(builtins, std::chrono::duration<double>(value).count());
  } else if constexpr (kIs<T, std::chrono::time_point>) {
    return make_float(builtins, std::chrono::duration<double>(value.time_since_epoch()).count());
  } else if constexpr (kIs<T, std::optional>) {
    return value ? to_object(builtins, *value) : make_none(builtins);
  } else if constexpr (kIs<T, std::variant>) {
    return std::visit([&](const auto& held) { return to_object(builtins, held); }, value);
  } else if constexpr (TupleLike<T>) {
    return std::apply([&](const auto&... parts) { return tuple_of(builtins, parts...); }, value);
  } else if constexpr (MapLike<T>) {
    return dict_of_map(builtins, value);
  } else if constexpr (requires { value.to_ref(); }) {
    return value.to_ref();
  } else if constexpr (NativeLike<T>) {
    return object_of_native(builtins, typeid(T), const_cast<T*>(std::addressof(value)), false);
  } else {
    static_assert(std::ranges::range<const T> && !RangeOfItself<T>,
                  "Ouroboros: there is no object for a value of this C++ type (see convert.h). Specialise "
                  "ouro::Conversion<T>, or ouro::EnumNames<T> for an enum");
    return list_of(builtins, value);
  }
}

}  // namespace ouro::detail
