// How an object becomes a C++ value; from_container.h has what holds several. See convert.h for the list.
//
// `From<T>::try_convert(object)` gives the value, or nothing and a failure noted with the heap (failure.h): a conversion
// that does not fit costs no C++ exception, and its text is made when somebody asks. It lets through what is no matter of
// the value, std::bad_alloc for one. A From that only has `convert`, which throws, does as well: it is called for it.
#pragma once

#include <ouro/base/standard/clock.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/conversion.h>
#include <ouro/objects/cpp/converted.h>
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

/// A number that fits 64 bits and is not a character.
template <class T>
concept Number = std::integral<T> && sizeof(T) <= sizeof(std::int64_t) && !std::same_as<T, bool> && !std::same_as<T, char> &&
                 !std::same_as<T, char8_t> && !WideLike<T>;

/// A value that is no container: what the program says, an enumerator by its name, or what is inside an object of a native
/// class, copied.
template <class T>
struct From : Throwing<T> {
  static_assert(ConvertsFromObject<T> || NamedEnum<T> || (std::is_class_v<T> && !SharedLike<T> && !kIs<T, std::function>),
                "Ouroboros: an object cannot be converted to this C++ type (see convert.h). Specialise ouro::Conversion<T>, "
                "or ouro::EnumNames<T> for an enum");
  static Converted<T> try_convert(Object& object);
};

template <class T>
struct From<T&> : Throwing<T&> {
  static T* try_convert(Object& object) {
    using Plain = std::remove_cv_t<T>;
    if constexpr (std::same_as<Plain, Object>) {
      return &object;
    } else if constexpr (ObjectType<Plain>) {
      if (has_kind_of<Plain>(object)) [[likely]]
        return &static_cast<Plain&>(object);
      return fail_must_be<Plain>(object), nullptr;
    } else {
      if (Plain* const value = native_cast<Plain>(object)) [[likely]]
        return value;
      return fail_must_be<Plain>(object), nullptr;
    }
  }
};

template <class T>
struct From<T*> : Throwing<T*> {
  static std::optional<T*> try_convert(Object& object) {
    if (is_none(object)) return nullptr;
    T* const found = From<T&>::try_convert(object);
    return found != nullptr ? std::optional<T*>(found) : std::nullopt;
  }
};
template <class T>
struct From<Ref<T>> : Throwing<Ref<T>> {
  static std::optional<Ref<T>> try_convert(Object& object) {
    T* const found = From<T&>::try_convert(object);
    return found != nullptr ? std::optional<Ref<T>>(share(*found)) : std::nullopt;
  }
};

// What follows is made only for who uses it: a full specialisation would be compiled by every source.
template <std::same_as<bool> T>
struct From<T> : Throwing<T> {
  static std::optional<bool> try_convert(Object& object) {
    if (kind_of(object) == Kind::kBool) [[likely]]
      return static_cast<const Int&>(object).value != 0;
    fail_must_be<bool>(object);
    return {};
  }
};

template <class T>
requires Number<T>
struct From<T> : Throwing<T> {
  static std::optional<T> try_convert(Object& object) {
    if (is<Int>(object)) [[likely]] {
      const auto& number = static_cast<const Int&>(object);
      if (!number.is_big() && std::in_range<T>(number.value)) [[likely]]
        return static_cast<T>(number.value);
    }
    constexpr IntegerRange kRange{std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), sizeof(T),
                                  std::is_signed_v<T>};
    std::uint64_t bits = 0;
    return integer_or_fail(object, kRange, bits) ? std::optional<T>(static_cast<T>(bits)) : std::nullopt;
  }
};
template <std::floating_point T>
struct From<T> : Throwing<T> {
  static std::optional<T> try_convert(Object& object) {
    double value = 0;
    if (is<Float>(object)) [[likely]]
      value = static_cast<const Float&>(object).value;
    else if (!double_or_fail(object, value))
      return {};
    if constexpr (sizeof(T) < sizeof(double))
      if (!fits_float(object, value)) return {};
    return static_cast<T>(value);
  }
};

template <std::same_as<std::string_view> T>
struct From<T> : Throwing<T> {
  static std::optional<std::string_view> try_convert(Object& object) {
    if (is<Str>(object)) [[likely]]
      return text(static_cast<const Str&>(object));
    fail_must_be<std::string_view>(object);
    return {};
  }
};
template <std::same_as<std::string> T>
struct From<T> : Throwing<T> {
  static std::optional<std::string> try_convert(Object& object) {
    const auto found = From<std::string_view>::try_convert(object);
    return found ? std::optional<std::string>(*found) : std::nullopt;
  }
};
template <std::same_as<const char> T>
struct From<T*> : Throwing<T*> {
  static std::optional<const char*> try_convert(Object& object) {
    const auto found = From<std::string_view>::try_convert(object);
    if (!found) return {};
    if (found->find('\0') == std::string_view::npos) return found->data();
    static_cast<void>(fail(object, ErrorKind::kValueError, "embedded null character"));
    return {};
  }
};
/// A str of one ASCII character.
template <std::same_as<char> T>
struct From<T> : Throwing<T> {
  static std::optional<char> try_convert(Object& object) {
    const std::string_view found = is<Str>(object) ? text(static_cast<const Str&>(object)) : std::string_view();
    if (found.size() == 1) return found[0];
    fail_must_be<char>(object);
    return {};
  }
};
/// A str, or what `__fspath__` gives, as of os.fspath.
template <class T>
requires PathLike<T>
struct From<T> : Throwing<T> {
  static std::optional<T> try_convert(Object& object) {
    std::string path;
    return path_or_fail(object, path) ? std::optional<T>(std::move(path)) : std::nullopt;
  }
};

/// Seconds, as Python's functions of time take them: an int or a float, rounded half to even where the C++ type counts whole
/// ticks. OverflowError "timestamp too large to convert to C _PyTime_t", ValueError "Invalid value NaN (not a number)".
template <class R, class P>
struct From<std::chrono::duration<R, P>> : Throwing<std::chrono::duration<R, P>> {
  using Duration = std::chrono::duration<R, P>;
  static std::optional<Duration> try_convert(Object& object) {
    if constexpr (std::floating_point<R>) {
      const std::optional<double> seconds = From<double>::try_convert(object);
      if (!seconds) return {};
      return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(*seconds));
    } else {
      std::int64_t ticks = 0;
      if (!ticks_or_fail(object, P::num, P::den, {std::numeric_limits<R>::min(), std::numeric_limits<R>::max()}, ticks))
        return {};
      return Duration(static_cast<R>(ticks));
    }
  }
};
/// Seconds since the epoch of the clock.
template <class C, class D>
struct From<std::chrono::time_point<C, D>> : Throwing<std::chrono::time_point<C, D>> {
  static std::optional<std::chrono::time_point<C, D>> try_convert(Object& object) {
    const std::optional<D> since = From<D>::try_convert(object);
    return since ? std::optional(std::chrono::time_point<C, D>(*since)) : std::nullopt;
  }
};

template <class T>
struct From<std::optional<T>> : Throwing<std::optional<T>> {
  static std::optional<std::optional<T>> try_convert(Object& object) {
    std::optional<std::optional<T>> made(std::in_place);
    if (is_none(object)) return made;
    Converted<T> value = convert_or_fail<T>(object);
    if (!value) return {};
    *made = taken<T>(std::move(value));
    return made;
  }
};

template <class T>
Converted<T> From<T>::try_convert(Object& object) {
  if constexpr (ConvertsFromObject<T>) {
    return from_own_conversion<T>(object);
  } else if constexpr (NamedEnum<T>) {
    const auto name = From<std::string_view>::try_convert(object);
    if (!name) return {};
    for (const auto& [enumerator, known] : EnumNames<T>::names)
      if (known == *name) return enumerator;
    static_cast<void>(
        fail(heap_of(object), Failure(error_type(ErrorKind::kValueError), explain_enumerator<T>, share(object))));
    return {};
  } else {
    T* const found = From<T&>::try_convert(object);
    return found != nullptr ? Converted<T>(*found) : Converted<T>();
  }
}

/// True if a conversion to T is certain to be refused with a TypeError, as far as that shows without trying: no method of
/// the object is asked.
template <class T>
[[nodiscard]] bool is_refused(const Object& object) noexcept {
  if constexpr (std::same_as<T, bool>) {
    return kind_of(object) != Kind::kBool;
  } else if constexpr (Number<T>) {
    return !is_indexable(object);
  } else if constexpr (std::floating_point<T>) {
    return !is_real_number(object);
  } else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::string_view> || std::same_as<T, const char*>) {
    return !is<Str>(object);
  } else if constexpr (kIs<T, std::optional>) {
    return !is_none(object) && is_refused<typename T::value_type>(object);
  } else if constexpr (RefLike<T>) {
    return !has_kind_of<std::remove_cvref_t<decltype(*std::declval<T&>())>>(object);
  } else {
    return false;
  }
}

}  // namespace ouro::detail
