// How an object becomes a C++ value; from_container.h has what holds several. See convert.h for the list.
#pragma once

#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/native_cast.h>
#include <ouro/objects/cpp/to_object.h>
#include <ouro/objects/model/weak_table.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace ouro::detail {

/// TypeError "must be str, not int".
[[noreturn, gnu::cold]] void refuse_type(std::string_view expected, const Object& given);
/// The same for a class_<T>.
[[noreturn, gnu::cold]] void refuse_native(const std::type_info& expected, const Object& given);

/// An int within bounds. TypeError "'str' object cannot be interpreted as an integer"; OverflowError "Python int too
/// large to convert to C int".
[[nodiscard]] std::int64_t signed_from(Object& object, std::int64_t least, std::int64_t most, std::size_t bytes);
[[nodiscard]] std::uint64_t unsigned_from(Object& object, std::uint64_t most, std::size_t bytes);
/// TypeError "must be real number, not str".
[[nodiscard]] double double_from(Object& object);
/// OverflowError "float too large to pack with f format".
[[nodiscard]] float float_from(Object& object);
[[nodiscard]] bool bool_from(Object& object);
[[nodiscard]] std::string_view text_from(Object& object);
/// Text that ends at its first zero. ValueError "embedded null character" if that is not its end.
[[nodiscard]] const char* terminated_text_from(Object& object);

/// True if a T refers to the object that it was converted from, or to a part of it. Whoever asks for one holds the object.
/// Nobody holds the elements of a container: an iterable may make them, and what is converted after them may drop them.
template <class T>
inline constexpr bool kBorrows = std::is_pointer_v<T> || std::is_reference_v<T> || std::same_as<T, std::string_view>;
template <class T>
inline constexpr bool kBorrows<std::optional<T>> = kBorrows<T>;
template <class... A>
inline constexpr bool kBorrows<std::variant<A...>> = (kBorrows<A> || ...);

/// What errors call an object type: as it says itself (`kErrorName`), or as the built-in type is called.
template <class T>
[[nodiscard]] std::string_view name_of_type(const Object& given) noexcept {
  if constexpr (requires { T::kErrorName; }) {
    return T::kErrorName;
  } else {
    return builtins_of(given).type(T::kKind).name;
  }
}

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
    } else if constexpr (ObjectType<Plain>) {
      if (has_kind_of<Plain>(object)) return static_cast<Plain&>(object);
      refuse_type(name_of_type<Plain>(object), object);
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
  static const char* convert(Object& object) { return terminated_text_from(object); }
};
template <class T>
struct From<Ref<T>> {
  static Ref<T> convert(Object& object) { return share(From<T&>::convert(object)); }
};

template <>
struct From<bool> {
  static bool convert(Object& object) { return bool_from(object); }
};
/// A number that fits 64 bits and is not a character.
template <class T>
concept Number = std::integral<T> && sizeof(T) <= sizeof(std::int64_t) && !std::same_as<T, bool> && !std::same_as<T, char> &&
                 !std::same_as<T, char8_t> && !WideLike<T>;
template <std::signed_integral T>
requires Number<T>
struct From<T> {
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
requires Number<T>
struct From<T> {
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
struct From<float> {
  static float convert(Object& object) { return float_from(object); }
};
template <>
struct From<std::string_view> {
  static std::string_view convert(Object& object) { return text_from(object); }
};
template <>
struct From<std::string> {
  static std::string convert(Object& object) { return std::string(text_from(object)); }
};

/// The error that a conversion to T is certain to raise, as far as that shows without trying: no method of the object is
/// asked.
[[nodiscard]] std::optional<ErrorKind> integer_refusal(const Object& object, std::int64_t least,
                                                       std::uint64_t most) noexcept;
[[nodiscard]] bool is_real_number(const Object& object) noexcept;

template <class T>
[[nodiscard]] std::optional<ErrorKind> refusal(const Object& object) noexcept {
  const auto unless = [](bool fits) { return fits ? std::optional<ErrorKind>() : ErrorKind::kTypeError; };
  if constexpr (std::same_as<T, bool>) {
    return unless(kind_of(object) == Kind::kBool);
  } else if constexpr (Number<T>) {
    return integer_refusal(object, std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
  } else if constexpr (std::floating_point<T>) {
    return unless(is_real_number(object));
  } else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::string_view> || std::same_as<T, const char*>) {
    return unless(is<Str>(object));
  } else if constexpr (kIs<T, std::optional>) {
    return is_none(object) ? std::nullopt : refusal<typename T::value_type>(object);
  } else if constexpr (RefLike<T>) {
    return unless(has_kind_of<std::remove_cvref_t<decltype(*std::declval<T&>())>>(object));
  } else {
    return std::nullopt;
  }
}

/// What that error says.
template <class T>
[[nodiscard]] Error explain_refusal(const Failure& failure) {
  static_cast<void>(From<T>::convert(*failure.subject()));
  return {ErrorKind::kSystemError, "a conversion that was refused succeeds"};
}

template <class T>
struct From<std::optional<T>> {
  static std::optional<T> convert(Object& object) {
    if (is_none(object)) return {};
    return From<T>::convert(object);
  }
};

}  // namespace ouro::detail
