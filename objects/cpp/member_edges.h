// Member edges: where the references lie inside a C++ value.
//
//   struct Node { Ref<> left, right; std::vector<Ref<>> kids; std::optional<Pair> pair; std::string name; };
//                   |          |              |||                  | its members
//                 edge       edge         edge, edge ...         edges ...           (a string holds none)
//
// One recursive walk finds every Ref in a value: in members, in the standard's containers, in optional, variant, pair, tuple
// and unique_ptr. Traverse and clear of native classes are derived from it, so no member can be seen by one and forgotten by
// the other. What cannot be looked into (raw pointers, shared_ptr, std::function, classes whose members are unknown, see
// members.h) does not compile.
#pragma once

#include <ouro/base/assert.h>
#include <ouro/base/owned.h>
#include <ouro/base/standard/range.h>
#include <ouro/objects/cpp/members.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/visitor.h>

#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace ouro::detail {

/// Refuses at compile time a type that the walk cannot look into.
template <class T>
constexpr void expect_visible() {
  static_assert(
      !Hiding<T>,
      "Ouroboros: a raw pointer, reference, shared_ptr, weak_ptr or std::function may hide references from the collector. "
      "Hold objects by Ref<>; wrap what holds none in ouro::Untraced<...>.");
  static_assert(
      Hiding<T> || RefLike<T> || Leaf<T> || MaybeLike<T> || TupleLike<T> || RangeLike<T> || kIs<T, std::variant> ||
          Members<T>::kKnown || (std::is_empty_v<T> && std::is_trivially_destructible_v<T>),
      "Ouroboros: the members of this type are unknown, so references in it would be invisible to the collector. Either "
      "include <ouro/reflect.h> and make it a plain aggregate or describe it with BOOST_DESCRIBE_STRUCT, or list the "
      "members "
      "that hold references in it: static constexpr std::tuple edges{&T::a, &T::b}; or wrap it in ouro::Untraced<...>.");
}

/// Calls `function(Ref&)` for every Ref in `value`.
template <class F, class T>
void walk_edges(F& function, T& value) {
  using Plain = std::remove_const_t<T>;
  expect_visible<Plain>();
  if constexpr (requires { Members<Plain>::are_distinct(); })
    static_assert(Members<Plain>::are_distinct(),
                  "Ouroboros: a member is listed twice in `edges`; its object would be freed "
                  "while it is still referred to.");
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

/// Stops a traversal that meets a handle after its destructor, whose object it would report without owning a count.
inline void expect_not_destroyed([[maybe_unused]] const void* object) noexcept {
  if constexpr (kChecks >= CheckLevel::kInternal)
    if (reinterpret_cast<std::uintptr_t>(object) == kDestroyedHandle)
      law_broken("handle-destroyed", "a container of handles is traversed while it drops them; empty it with ouro::clear",
                 __FILE__, __LINE__);
}

/// Reports every reference that `value` owns.
template <class T>
void visit_edges(const T& value, Visitor visit) noexcept {
  const auto report = [&](const auto& ref) {
    expect_not_destroyed(ref.get());
    visit(ref.get());
  };
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

/// Drops every reference that `value` owns and leaves it usable. The old state is moved out first, so that what its
/// destructors run never meets a half-cleared value.
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

}  // namespace ouro::detail

namespace ouro {

/// Empties a container that is a member of a native class and may hold references. Use it in place of `container.clear()`,
/// which destroys the elements while the container still shows them: a finalizer of one that collects, or looks at the heap,
/// would meet destroyed handles (law handle-destroyed). Here what the container held is moved out first and dropped then.
/// Linear in its elements, as `clear` is; allocates nothing. `std::exchange(member, {})` does the same for any member.
template <class C>
requires detail::RangeLike<C>
void clear(C& container) noexcept {
  [[maybe_unused]] const C dropped = std::move(container);
  container.clear();
}

}  // namespace ouro
