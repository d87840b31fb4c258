// Members: what a C++ value is made of, as far as references can lie in it.
//
// The members of a struct T are known if
//   - T says so: `static constexpr std::tuple edges{&T::left, &T::kids};` names those that hold references, or
//   - <ouro/reflect.h> is included, and T is an aggregate (Boost.PFR) or described (BOOST_DESCRIBE_STRUCT).
#pragma once

#include <ouro/base/standard/clock.h>
#include <ouro/base/standard/function.h>
#include <ouro/base/standard/range.h>
#include <ouro/objects/model/ref.h>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace ouro {

/// A value that holds no references, whatever its type looks like: the collector does not look into it. A Ref inside is a
/// cycle that can leak.
template <class T>
struct Untraced {
  T value{};

  T& operator*() noexcept { return value; }
  const T& operator*() const noexcept { return value; }
  T* operator->() noexcept { return &value; }
  const T* operator->() const noexcept { return &value; }
};

namespace detail {

/// How the members of T are known: `Types`, a std::tuple of their types, `for_each(value, function)` and, with their names,
/// `for_each_named`. This one: they are not.
template <class T>
struct Members {
  static constexpr bool kKnown = false;
};

/// How the compiler spells this function with a member as the template's argument; the member's name stands last in it.
template <auto Member>
constexpr std::string_view spelled() noexcept {
  return __PRETTY_FUNCTION__;
}
/// The last name in what `spelled` says: "left" of "... [with auto Member = &Node::left; ...]".
constexpr std::string_view last_name(std::string_view text) noexcept {
  constexpr auto is_part = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  text = text.substr(0, text.find("; std::"));
  while (!text.empty() && !is_part(text.back())) text.remove_suffix(1);
  std::size_t first = text.size();
  while (first > 0 && is_part(text[first - 1])) --first;
  return text.substr(first);
}

template <class M>
struct MemberPointer;
template <class T, class M>
struct MemberPointer<M T::*> {
  using Type = M;
};

/// T names them itself.
template <class T>
requires requires { std::tuple_size<std::remove_cvref_t<decltype(T::edges)>>::value; }
struct Members<T> {
  static constexpr bool kKnown = true;

  template <class... P>
  static std::tuple<typename MemberPointer<P>::Type...> types(const std::tuple<P...>&);
  using Types = decltype(types(T::edges));

  template <class Value, class F>
  static void for_each(Value& value, F&& function) {
    std::apply([&](auto... member) { (function(value.*member), ...); }, T::edges);
  }
  /// The same with names: `function(member, name)`.
  template <class Value, class F>
  static void for_each_named(Value& value, F&& function) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (function(value.*std::get<I>(T::edges), last_name(spelled<std::get<I>(T::edges)>())), ...);
    }
    (std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<decltype(T::edges)>>>());
  }

  /// True if no member is named twice: it would be counted twice, and its object freed early.
  static constexpr bool are_distinct() noexcept {
    return []<std::size_t... I>(std::index_sequence<I...>) { return (is_first<I>() && ...); }
    (std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<decltype(T::edges)>>>());
  }

 private:
  template <std::size_t I>
  static constexpr bool is_first() noexcept {
    return []<std::size_t... J>(std::index_sequence<J...>) {
      return (!same(std::get<I>(T::edges), std::get<J>(T::edges)) && ...);
    }
    (std::make_index_sequence<I>());
  }
  template <class A, class B>
  static constexpr bool same(A one, B other) noexcept {
    if constexpr (std::same_as<A, B>) return one == other;
    return false;
  }
};

template <class T, template <class...> class Of>
inline constexpr bool kIs = false;
template <template <class...> class Of, class... A>
inline constexpr bool kIs<Of<A...>, Of> = true;

template <class T>
concept RefLike = kIs<T, Ref>;
/// std::unique_ptr, known by its parts so that <memory>, which brings the streams, is not needed here.
template <class T>
concept UniqueLike = requires(T& pointer) {
  typename T::element_type;
  typename T::deleter_type;
  { pointer.release() } -> std::same_as<typename T::pointer>;
};
/// std::shared_ptr and weak_ptr, likewise.
template <class T>
concept SharedLike = requires(const T& pointer) {
  typename T::element_type;
  pointer.use_count();
  pointer.owner_before(pointer);
};
template <class T>
concept Leaf = std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_null_pointer_v<T> ||
    std::same_as<T, std::monostate> || kIs<T, std::basic_string> || kIs<T, std::basic_string_view> || kIs<T, Untraced> ||
    kIs<T, std::chrono::duration> || kIs<T, std::chrono::time_point>;
template <class T>
concept MaybeLike = kIs<T, std::optional> || UniqueLike<T>;
template <class T>
concept TupleLike = kIs<T, std::tuple> || kIs<T, std::pair>;
template <class T>
concept RangeLike = std::ranges::range<T> && !Leaf<T>;
template <class T>
concept Hiding = std::is_pointer_v<T> || std::is_reference_v<T> || std::is_member_pointer_v<T> || SharedLike<T> ||
    kIs<T, std::function> || kIs<T, std::reference_wrapper>;

/// The types in whose values T's edges may lie.
template <class T>
struct Parts {
  using Types = std::tuple<>;
};
template <class T>
requires(!Leaf<T> && !RefLike<T> && !RangeLike<T> && Members<T>::kKnown) struct Parts<T> {
  using Types = typename Members<T>::Types;
};
template <MaybeLike T>
struct Parts<T> {
  using Types = std::tuple<std::remove_reference_t<decltype(*std::declval<T&>())>>;
};
template <TupleLike T>
struct Parts<T> {
  template <template <class...> class Of, class... A>
  static std::tuple<A...> types(const Of<A...>*);
  using Types = decltype(types(static_cast<const T*>(nullptr)));
};
template <class... A>
struct Parts<std::variant<A...>> {
  using Types = std::tuple<A...>;
};
template <RangeLike T>
struct Parts<T> {
  using Types = std::tuple<std::ranges::range_value_t<T>>;
};

/// True if a value of T may hold a Ref. `Seen` are the types around it, so that a recursive type comes to an end.
template <class T, class... Seen>
consteval bool has_edges() {
  if constexpr (std::is_const_v<T>) {
    return has_edges<std::remove_const_t<T>, Seen...>();
  } else if constexpr (RefLike<T>) {
    return true;
  } else if constexpr ((std::same_as<T, Seen> || ...)) {
    return false;
  } else {
    return []<class... P>(std::type_identity<std::tuple<P...>>) {
      return (has_edges<P, T, Seen...>() || ...);
    }(std::type_identity<typename Parts<T>::Types>());
  }
}

}  // namespace detail

}  // namespace ouro
