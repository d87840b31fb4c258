// How an object becomes a C++ value. See convert.h for the list.
#pragma once

#include <ouro/objects/float.h>
#include <ouro/objects/int.h>
#include <ouro/objects/model/weak_table.h>
#include <ouro/objects/native_cast.h>
#include <ouro/objects/none.h>
#include <ouro/objects/protocol.h>
#include <ouro/objects/to_object.h>

#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ouro::detail {

/// TypeError "must be str, not int".
[[noreturn, gnu::cold]] void refuse_type(std::string_view expected, const Object& given);
/// The same for a class_<T>.
[[noreturn, gnu::cold]] void refuse_native(const std::type_info& expected, const Object& given);
/// TypeError "must be tuple of length 2, not 3".
[[noreturn, gnu::cold]] void refuse_length(std::size_t expected, std::size_t given);
/// Raises `error` again, with where it happened in front: "[3]: ...".
[[noreturn, gnu::cold]] void raise_at(const Error& error, std::string_view where);
[[noreturn, gnu::cold]] void raise_at_index(const Error& error, std::size_t index);

/// An int within bounds. TypeError "'str' object cannot be interpreted as an integer"; OverflowError "Python int too
/// large to convert to C int".
[[nodiscard]] std::int64_t signed_from(Object& object, std::int64_t least, std::int64_t most, std::size_t bytes);
[[nodiscard]] std::uint64_t unsigned_from(Object& object, std::uint64_t most, std::size_t bytes);
/// TypeError "must be real number, not str".
[[nodiscard]] double double_from(Object& object);
[[nodiscard]] bool bool_from(Object& object);
[[nodiscard]] std::string_view text_from(Object& object);

/// `convert(object)` gives the T. This one: a value inside an object of a native class, copied.
template <class T>
struct From {
  static_assert(std::is_class_v<T> && !kIs<T, std::shared_ptr> && !kIs<T, std::function>,
                "Ouroboros: an object cannot be converted to this C++ type (see convert.h)");
  static T convert(Object& object);
};

template <class T>
struct From<T&> {
  static T& convert(Object& object) {
    using Plain = std::remove_cv_t<T>;
    if constexpr (std::same_as<Plain, Object>) {
      return object;
    } else if constexpr (std::same_as<Plain, Int>) {
      if (Int* const number = as_int(object)) return *number;
      refuse_type("int", object);
    } else if constexpr (std::same_as<Plain, Class>) {
      if (Class* const type = as_class(object)) return *type;
      refuse_type("type", object);
    } else if constexpr (std::same_as<Plain, WeakRef>) {
      if (object.type->has(kWeakRefType)) return static_cast<WeakRef&>(object);
      refuse_type("weakref", object);
    } else if constexpr (ObjectType<Plain>) {
      if (Plain* const wanted = ouro::as<Plain>(object)) return *wanted;
      refuse_type(builtins_of(object).type(Plain::kKind).name, object);
    } else {
      if (Plain* const value = native_cast<Plain>(object)) return *value;
      refuse_native(typeid(Plain), object);
    }
  }
};

template <class T>
T From<T>::convert(Object& object) {
  return From<T&>::convert(object);
}

template <class T>
struct From<T*> {
  static T* convert(Object& object) { return is_none(object) ? nullptr : &From<T&>::convert(object); }
};
template <>
struct From<const char*> {
  static const char* convert(Object& object) { return text_from(object).data(); }
};
template <class T>
struct From<Ref<T>> {
  static Ref<T> convert(Object& object) { return share(From<T&>::convert(object)); }
};

template <>
struct From<bool> {
  static bool convert(Object& object) { return bool_from(object); }
};
template <std::signed_integral T>
requires(!std::same_as<T, char>) struct From<T> {
  static T convert(Object& object) {
    if (is<Int>(object)) [[likely]] {
      const auto& number = static_cast<const Int&>(object);
      if (!number.is_big() && std::in_range<T>(number.value)) [[likely]]
        return static_cast<T>(number.value);
    }
    return static_cast<T>(signed_from(object, std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), sizeof(T)));
  }
};
template <std::unsigned_integral T>
requires(!std::same_as<T, bool> && !std::same_as<T, char>) struct From<T> {
  static T convert(Object& object) {
    return static_cast<T>(unsigned_from(object, std::numeric_limits<T>::max(), sizeof(T)));
  }
};
template <std::floating_point T>
struct From<T> {
  static T convert(Object& object) {
    return static_cast<T>(is<Float>(object) ? static_cast<const Float&>(object).value : double_from(object));
  }
};
template <>
struct From<std::string_view> {
  static std::string_view convert(Object& object) { return text_from(object); }
};
template <>
struct From<std::string> {
  static std::string convert(Object& object) { return std::string(text_from(object)); }
};

template <class T>
struct From<std::optional<T>> {
  static std::optional<T> convert(Object& object) {
    if (is_none(object)) return {};
    return From<T>::convert(object);
  }
};

template <class T>
struct From<std::vector<T>> {
  static std::vector<T> convert(Object& object) {
    if (is<Str>(object)) refuse_type("list", object);
    std::vector<T> result;
    const Ref<> iterator = iterate(object);
    while (const Ref<> element = next(*iterator)) {
      try {
        result.push_back(From<T>::convert(*element));
      } catch (const Error& error) {
        raise_at_index(error, result.size());
      }
    }
    return result;
  }
};

template <class M>
struct FromMap {
  static M convert(Object& object) {
    M result;
    for (auto [key, value] : From<Dict&>::convert(object)) {
      try {
        result.insert_or_assign(From<typename M::key_type>::convert(key), From<typename M::mapped_type>::convert(value));
      } catch (const Error& error) {
        raise_at(error, text(*ouro::repr(key)));
      }
    }
    return result;
  }
};
template <class... A>
struct From<std::map<A...>> : FromMap<std::map<A...>> {};
template <class... A>
struct From<std::unordered_map<A...>> : FromMap<std::unordered_map<A...>> {};

template <class T, std::size_t... kIndexes>
[[nodiscard]] T tuple_from_parts(const Tuple& parts, std::index_sequence<kIndexes...>) {
  return T{From<std::tuple_element_t<kIndexes, T>>::convert(*parts.items[kIndexes])...};
}
template <TupleLike T>
struct From<T> {
  static T convert(Object& object) {
    const Ref<Tuple> parts =
        is<Tuple>(object) ? share(static_cast<Tuple&>(object)) : tuple_from(From<List&>::convert(object));
    constexpr std::size_t kSize = std::tuple_size_v<T>;
    if (parts->size != kSize) refuse_length(kSize, parts->size);
    return tuple_from_parts<T>(*parts, std::make_index_sequence<kSize>());
  }
};

template <class... A>
struct From<std::variant<A...>> {
  static std::variant<A...> convert(Object& object) {
    std::optional<std::variant<A...>> result;
    static_cast<void>((try_one<A>(object, result) || ...));
    if (!result) refuse_type("of one of several other types", object);
    return *std::move(result);
  }

 private:
  template <class T>
  static bool try_one(Object& object, std::optional<std::variant<A...>>& result) {
    try {
      result.emplace(std::in_place_type<T>, From<T>::convert(object));
    } catch (const Error& error) {
      if (!error.is(ErrorKind::kTypeError) && !error.is(ErrorKind::kOverflowError)) throw;
    }
    return result.has_value();
  }
};

}  // namespace ouro::detail
