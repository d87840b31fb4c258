// How a C++ value becomes an object. See convert.h for the list.
#pragma once

#include <ouro/objects/dict.h>
#include <ouro/objects/float.h>
#include <ouro/objects/int.h>
#include <ouro/objects/list.h>
#include <ouro/objects/members.h>
#include <ouro/objects/none.h>
#include <ouro/objects/str.h>
#include <ouro/objects/tuple.h>

#include <array>
#include <concepts>
#include <optional>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <variant>

namespace ouro::detail {

template <class T>
concept ObjectType = std::derived_from<T, Object>;
template <class T>
concept TextLike = std::convertible_to<const T&, std::string_view> && !std::is_null_pointer_v<T>;
template <class T>
concept MapLike = RangeLike<T> && requires {
  typename T::mapped_type;
};

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

template <class T>
Ref<> to_object(Builtins& builtins, const T& value) {
  if constexpr (RefLike<T>) {
    return value ? Ref<>(value) : make_none(builtins);
  } else if constexpr (ObjectType<T>) {
    return share<Object>(const_cast<T&>(value));
  } else if constexpr (std::is_pointer_v<T> && ObjectType<std::remove_cv_t<std::remove_pointer_t<T>>>) {
    return value == nullptr ? make_none(builtins)
                            : share<Object>(*const_cast<std::remove_cv_t<std::remove_pointer_t<T>>*>(value));
  } else if constexpr (std::is_null_pointer_v<T> || std::same_as<T, std::nullopt_t> || std::same_as<T, std::monostate>) {
    return make_none(builtins);
  } else if constexpr (std::same_as<T, bool>) {
    return make_bool(builtins, value);
  } else if constexpr (std::same_as<T, char>) {
    return make_str(builtins, std::string_view(&value, 1));
  } else if constexpr (std::integral<T>) {
    return make_int(builtins, value);
  } else if constexpr (std::floating_point<T>) {
    return make_float(builtins, static_cast<double>(value));
  } else if constexpr (TextLike<T>) {
    return make_str(builtins, std::string_view(value));
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
  } else {
    static_assert(std::ranges::range<const T>, "Ouroboros: there is no object for a value of this C++ type (see convert.h)");
    return list_of(builtins, value);
  }
}

}  // namespace ouro::detail
