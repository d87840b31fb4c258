// The parts of conversions from objects: how one goes on without a C++ exception, and what it says where a value does not
// fit.
#pragma once

#include <ouro/objects/core/attempt.h>
#include <ouro/objects/cpp/conversion.h>
#include <ouro/objects/cpp/native_cast.h>
#include <ouro/objects/model/failure.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <variant>

namespace ouro::detail {

template <class T>
struct From;

/// A T that was converted; empty if that failed.
template <class T>
struct ConvertedOf {
  using Type = std::optional<T>;
};
template <class T>
struct ConvertedOf<T&> {
  using Type = T*;
};
template <class T>
using Converted = typename ConvertedOf<T>::Type;

/// The T, which is there.
template <class T>
[[nodiscard]] T taken(Converted<T>&& made) {
  if constexpr (std::is_reference_v<T>) {
    return *made;
  } else {
    return *std::move(made);
  }
}

/// Does what throws, and notes that as a failure.
template <class T, class F>
[[nodiscard]] Converted<T> convert_catching(Object& object, F&& convert) {
  Heap& heap = heap_of(object);
  return fail_if_thrown(heap, [&]() -> Converted<T> {
    if constexpr (std::is_reference_v<T>) {
      return &convert();
    } else {
      return convert();
    }
  });
}

/// The T of an object. Empty: a failure is noted.
template <class T>
[[nodiscard]] Converted<T> convert_or_fail(Object& object) {
  if constexpr (requires { From<T>::try_convert(object); }) {
    return From<T>::try_convert(object);
  } else {
    return convert_catching<T>(object, [&]() -> T { return From<T>::convert(object); });
  }
}
/// The same; throws the failure.
template <class T>
[[nodiscard]] T convert_or_throw(Object& object) {
  Heap& heap = heap_of(object);
  Converted<T> made = convert_or_fail<T>(object);
  if (!made) [[unlikely]]
    raise_failure(heap);
  return taken<T>(std::move(made));
}
/// What every From has beside `try_convert`.
template <class T>
struct Throwing {
  [[nodiscard]] static T convert(Object& object) { return convert_or_throw<T>(object); }
};

/// By a program's own Conversion<T>.
template <class T>
[[nodiscard]] std::optional<T> from_own_conversion(Object& object) {
  using Result = decltype(Conversion<T>::from_object(object));
  if constexpr (std::convertible_to<Result, T>) {
    return convert_catching<T>(object, [&]() -> T { return Conversion<T>::from_object(object); });
  } else {
    Heap& heap = heap_of(object);
    Result outcome = Conversion<T>::from_object(object);
    if (!outcome.failed()) return *std::move(outcome);
    static_cast<void>(fail(heap, std::move(outcome).failure()));
    return {};
  }
}

/// True if a T refers to the object that it was converted from, or to a part of it. Whoever asks for one holds the object.
/// Nobody holds the elements of a container: an iterable may make them, and what is converted after them may drop them.
template <class T>
inline constexpr bool kBorrows = std::is_pointer_v<T> || std::is_reference_v<T> || std::same_as<T, std::string_view>;
template <class T>
inline constexpr bool kBorrows<std::optional<T>> = kBorrows<T>;
template <class... A>
inline constexpr bool kBorrows<std::variant<A...>> = (kBorrows<A> || ...);

// ---- What does not fit ----

/// TypeError "must be str, not int".
[[nodiscard]] Error must_be(std::string_view expected, const Object& given);
/// ValueError "'puce' is not a valid Colour".
[[nodiscard]] Error no_enumerator(const std::type_info& type, Object& given);

/// What errors call the type that was wanted.
template <class T>
[[nodiscard]] std::string_view expected_name([[maybe_unused]] const Object& given, [[maybe_unused]] std::string& room) {
  if constexpr (std::same_as<T, bool>) {
    return "bool";
  } else if constexpr (std::same_as<T, std::string_view>) {
    return "str";
  } else if constexpr (std::same_as<T, char>) {
    return "a str of one ASCII character";
  } else if constexpr (std::derived_from<T, Object>) {
    if constexpr (requires { T::kErrorName; }) {
      return T::kErrorName;
    } else {
      return builtins_of(given).type(T::kKind).name;
    }
  } else {
    return short_name(typeid(T), room);
  }
}
template <class T>
[[nodiscard]] Error explain_must_be(const Failure& failure) {
  std::string room;
  return must_be(expected_name<T>(*failure.subject(), room), *failure.subject());
}
/// Fails with that TypeError, its text put off.
template <class T>
[[gnu::cold, gnu::noinline]] void fail_must_be(Object& given) {
  static_cast<void>(fail(heap_of(given), Failure(error_type(ErrorKind::kTypeError), explain_must_be<T>, share(given))));
}
template <class E>
[[nodiscard]] Error explain_enumerator(const Failure& failure) {
  return no_enumerator(typeid(E), *failure.subject());
}

/// What an integer type has room for.
struct IntegerRange {
  std::int64_t least;
  std::uint64_t most;
  std::size_t bytes;
  bool is_signed;
};
// Each gives the value, or notes a failure and returns false. An object may have methods that say what it is as a number.
/// TypeError "'str' object cannot be interpreted as an integer"; OverflowError "Python int too large to convert to C int".
[[nodiscard]] bool integer_or_fail(Object& object, const IntegerRange& range, std::uint64_t& bits);
/// TypeError "must be real number, not str".
[[nodiscard]] bool double_or_fail(Object& object, double& value);
/// OverflowError "float too large to pack with f format".
[[nodiscard]] bool fits_float(Object& object, double value);
struct TickRange {
  std::int64_t least;
  std::int64_t most;
};
[[nodiscard]] bool ticks_or_fail(Object& object, std::intmax_t numerator, std::intmax_t denominator, TickRange range,
                                 std::int64_t& ticks);
/// TypeError "expected str, bytes or os.PathLike object, not int".
[[nodiscard]] bool path_or_fail(Object& object, std::string& path);

[[nodiscard]] bool is_indexable(const Object& object) noexcept;
[[nodiscard]] bool is_real_number(const Object& object) noexcept;

// ---- Where it does not fit ----

// Each puts the place in front of what the newest failure says, if that says that a value was refused: "[3]: ...",
// "'key': ...". Whatever else happened stays as it is.
void fail_at_index(Heap& heap, std::size_t index);
void fail_at_key(Heap& heap, Object& key);
/// The same of an argument: "f() argument 2 must be str, not int"; "f() argument 2 'shape': [3]: ..." if it has a name.
void fail_at_argument(Heap& heap, std::string_view where);
/// TypeError "must be tuple of length 2, not 3".
void fail_length(const Object& object, std::string_view what, std::size_t expected, std::size_t given);
// The same for an Error that was caught, thrown again.
[[noreturn, gnu::cold]] void raise_at(const Error& error, std::string_view where);
[[noreturn, gnu::cold]] void raise_at_index(const Error& error, std::size_t index);
[[noreturn, gnu::cold]] void raise_at_key(const Error& error, Object& key);

}  // namespace ouro::detail
