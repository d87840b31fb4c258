// Member edges: where the references lie inside a C++ value.
//
//   struct Node { Ref<> left, right; std::vector<Ref<>> kids; std::optional<Pair> pair; std::string name; };
//                   |          |              |||                  | its members
//                 edge       edge         edge, edge ...         edges ...           (a string holds none)
//
// One recursive walk finds every Ref in a value: in members, in the standard's containers, in optional, variant, pair, tuple and
// unique_ptr. Traverse and clear of native classes are derived from it, so no member can be seen by one and forgotten by the
// other. What cannot be looked into (raw pointers, shared_ptr, std::function, classes whose members are unknown) does not compile.
//
// The members of a struct T are known if
//   - T says so: `static constexpr std::tuple edges{&T::left, &T::kids};` names those that hold references, or
//   - <ouro/reflect.h> is included, and T is an aggregate (Boost.PFR) or described (BOOST_DESCRIBE_STRUCT).
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/visitor.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace ouro {

/// A value that holds no references, whatever its type looks like: the collector does not look into it. A Ref inside is a cycle
/// that can leak.
template <class T>
struct Untraced {
  T value{};

  T& operator*() noexcept { return value; }
  const T& operator*() const noexcept { return value; }
  T* operator->() noexcept { return &value; }
  const T* operator->() const noexcept { return &value; }
};

namespace detail {

/// How the members of T are known: `Types`, a std::tuple of their types, and `for_each(value, function)`. This one: they are not.
template <class T>
struct Members {
  static constexpr bool kKnown = false;
};

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
};

template <class T, template <class...> class Of>
inline constexpr bool kIs = false;
template <template <class...> class Of, class... A>
inline constexpr bool kIs<Of<A...>, Of> = true;

template <class T>
concept RefLike = kIs<T, Ref>;
template <class T>
concept Leaf = std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_null_pointer_v<T> || std::same_as<T, std::monostate> ||
               kIs<T, std::basic_string> || kIs<T, std::basic_string_view> || kIs<T, Untraced> || kIs<T, std::chrono::duration> ||
               kIs<T, std::chrono::time_point>;
template <class T>
concept MaybeLike = kIs<T, std::optional> || kIs<T, std::unique_ptr>;
template <class T>
concept TupleLike = kIs<T, std::tuple> || kIs<T, std::pair>;
template <class T>
concept RangeLike = std::ranges::range<T> && !Leaf<T>;
template <class T>
concept Hiding = std::is_pointer_v<T> || std::is_reference_v<T> || std::is_member_pointer_v<T> || kIs<T, std::shared_ptr> ||
                 kIs<T, std::weak_ptr> || kIs<T, std::function> || kIs<T, std::reference_wrapper>;

/// The types in whose values T's edges may lie.
template <class T>
struct Parts {
  using Types = std::tuple<>;
};
template <class T>
  requires(!Leaf<T> && !RefLike<T> && !RangeLike<T> && Members<T>::kKnown)
struct Parts<T> {
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

/// Refuses at compile time a type that the walk cannot look into.
template <class T>
constexpr void expect_visible() {
  static_assert(!Hiding<T>,
                "Ouroboros: a raw pointer, reference, shared_ptr, weak_ptr or std::function may hide references from the collector. "
                "Hold objects by Ref<>; wrap what holds none in ouro::Untraced<...>.");
  static_assert(Hiding<T> || RefLike<T> || Leaf<T> || MaybeLike<T> || TupleLike<T> || RangeLike<T> || kIs<T, std::variant> ||
                    Members<T>::kKnown || (std::is_empty_v<T> && std::is_trivially_destructible_v<T>),
                "Ouroboros: the members of this type are unknown, so references in it would be invisible to the collector. Either "
                "include <ouro/reflect.h> and make it a plain aggregate or describe it with BOOST_DESCRIBE_STRUCT, or list the members "
                "that hold references in it: static constexpr std::tuple edges{&T::a, &T::b}; or wrap it in ouro::Untraced<...>.");
}

/// Calls `function(Ref&)` for every Ref in `value`.
template <class F, class T>
void walk_edges(F& function, T& value) {
  using Plain = std::remove_const_t<T>;
  expect_visible<Plain>();
  if constexpr (RefLike<Plain>) {
    function(value);
  } else if constexpr (!has_edges<Plain>() && !Members<Plain>::kKnown) {
    if constexpr (RangeLike<Plain>) expect_visible<std::remove_const_t<std::ranges::range_value_t<Plain>>>();
  } else if constexpr (MaybeLike<Plain>) {
    if (value) walk_edges(function, *value);
  } else if constexpr (kIs<Plain, std::variant>) {
    if (!value.valueless_by_exception()) std::visit([&](auto& alternative) { walk_edges(function, alternative); }, value);
  } else if constexpr (TupleLike<Plain>) {
    std::apply([&](auto&... part) { (walk_edges(function, part), ...); }, value);
  } else if constexpr (RangeLike<Plain>) {
    for (auto& element : value) walk_edges(function, element);
  } else {
    Members<Plain>::for_each(value, [&](auto& member) { walk_edges(function, member); });
  }
}

/// Reports every reference that `value` owns.
template <class T>
void visit_edges(const T& value, Visitor visit) noexcept {
  const auto report = [&](const auto& ref) { visit(ref.get()); };
  walk_edges(report, value);
}

/// Drops the references of a value that cannot be replaced as a whole, one by one.
template <class T>
void drop_each(T& value) noexcept {
  if constexpr (RefLike<T>) {
    value.reset();
  } else if constexpr (!has_edges<T>()) {
  } else if constexpr (MaybeLike<T>) {
    [[maybe_unused]] T dead = std::move(value);
    value.reset();
  } else if constexpr (RangeLike<T> && requires { value.clear(); }) {
    [[maybe_unused]] T dead = std::move(value);
    value.clear();
  } else if constexpr (RangeLike<T>) {
    for (auto& element : value) drop_each(element);
  } else if constexpr (kIs<T, std::variant>) {
    std::visit([](auto& alternative) { drop_each(alternative); }, value);
  } else if constexpr (TupleLike<T>) {
    std::apply([](auto&... part) { (drop_each(part), ...); }, value);
  } else {
    Members<T>::for_each(value, [](auto& member) { drop_each(member); });
  }
}

/// Drops every reference that `value` owns and leaves it usable. The old state is moved out first, so that what its destructors
/// run never meets a half-cleared value.
template <class T>
void drop_edges(T& value) noexcept {
  if constexpr (std::is_nothrow_default_constructible_v<T> && std::is_nothrow_move_constructible_v<T> &&
                std::is_nothrow_move_assignable_v<T>) {
    [[maybe_unused]] T dead = std::move(value);
    value = T{};
  } else {
    drop_each(value);
  }
}

}  // namespace detail

}  // namespace ouro
