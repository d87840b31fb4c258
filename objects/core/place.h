// Place: what `object[key]` and `object.attr(name)` are, read when used as a value and written when assigned to.
//
//   doc["a"]["b"]   list[-1]   list[Slice{1, 3}]   foo.attr("x") = 5   foo.attr("run")(1, "b"_a = 2)   doc["n"] += 1
//
// A Place lives as long as the expression it stands in. `auto x = doc["a"]` would be a name for the place, not for the item
// that is there now: nothing can be done with such a name but `x.to_ref()`. Write `Ref<> x = doc["a"]`.
//
// `if (doc["a"])` asks for the truth of the item, as in Python; of a handle it asks whether there is an object.
#pragma once

#include <ouro/objects/core/access.h>
#include <ouro/objects/core/call_arguments.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/operations/in_place.h>
#include <ouro/objects/text/intern.h>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ouro {

/// What a call gives that C++ writes on a Place: `lock.attr("acquire")();` may drop it without a warning.
class Called : public Ref<> {
 public:
  explicit Called(Ref<> result) noexcept : Ref<>(std::move(result)) {}
};
namespace detail {
template <>
inline constexpr bool kIs<Called, Ref> = true;

/// The object for one operand, given the runtime of the other.
template <class V>
[[nodiscard]] Ref<> operand(Builtins& builtins, const V& value) {
  return to_object(builtins, value);
}
/// An attribute's name: interned, so that looking it up compares addresses.
template <class N>
[[nodiscard]] Ref<> attribute_name(Builtins& builtins, const N& name) {
  if constexpr (TextLike<N>) {
    return intern(builtins, std::string_view(name));
  } else {
    return to_object(builtins, name);
  }
}

template <class T>
inline constexpr bool kNever = false;

}  // namespace detail

/// What `object[key]` and `object.attr(name)` are.
template <class Access>
class [[nodiscard]] Place {
 public:
  using Key = typename Access::Key;

  Place(Ref<> object, Key key) noexcept : object_(std::move(object)), key_(std::move(key)) {}
  Place(const Place&) = delete;

  // ---- Reading ----

  /// What is there. KeyError, IndexError or AttributeError if there is nothing.
  [[nodiscard]] Ref<> get() && { return to_ref(); }
  template <class T = void>
  Ref<> get() const& {
    static_assert(detail::kNever<T>,
                  "Ouroboros: this names a place, which may hold something else by now; write Ref<> x = ...");
    return {};
  }
  operator Ref<>() && { return to_ref(); }
  /// The same, for whoever was given the place.
  [[nodiscard]] Ref<> to_ref() const { return Access::get(*object_, key_); }
  /// The same without a C++ exception where there is nothing.
  Outcome<Ref<>> try_get() const { return Access::try_get(*object_, key_); }
  /// Reads as a C++ value.
  template <class T>
  [[nodiscard]] T as() && {
    static_assert(!detail::kBorrows<T>,
                  "Ouroboros: the object read may die at the end of the expression; take the value or a Ref");
    return from_object<T>(*to_ref());
  }
  /// `bool(object[key])`.
  [[nodiscard]] explicit operator bool() const { return truth(*to_ref()); }

  // ---- Writing ----

  template <class V>
  void operator=(const V& value) && {
    set(value);
  }
  void operator=(const Place& other) && { set(other); }
  template <class V>
  void operator=(const V&) & {
    static_assert(detail::kNever<V>, "Ouroboros: this names a place; write object[key] = value, or Ref<> x = object[key]");
  }
  /// `del object[key]`, `del object.name`.
  void erase() && { Access::erase(*object_, key_); }

  // `object[key] += value` and its relatives: reads, adds in place, writes.
  template <class V>
  void operator+=(const V& value) && {
    change(Operator::kAdd, value);
  }
  template <class V>
  void operator-=(const V& value) && {
    change(Operator::kSubtract, value);
  }
  template <class V>
  void operator*=(const V& value) && {
    change(Operator::kMultiply, value);
  }
  template <class V>
  void operator/=(const V& value) && {
    change(Operator::kTrueDivide, value);
  }
  template <class V>
  void operator%=(const V& value) && {
    change(Operator::kRemainder, value);
  }
  template <class V>
  void operator|=(const V& value) && {
    change(Operator::kBitOr, value);
  }
  template <class V>
  void operator&=(const V& value) && {
    change(Operator::kBitAnd, value);
  }
  template <class V>
  void operator^=(const V& value) && {
    change(Operator::kBitXor, value);
  }

  // ---- What is there, as a handle ----

  template <class K>
  auto operator[](K&& key) && {
    return to_ref()[std::forward<K>(key)];
  }
  template <class N>
  auto attr(N&& name) && {
    return to_ref().attr(std::forward<N>(name));
  }
  /// Calls what is there; a method without making a bound one first. The result may be dropped.
  template <class... A>
  Called operator()(A&&... arguments) && {
    const auto call = [&](const Arguments& converted) { return Access::call(*object_, key_, converted); };
    return Called(detail::call_converted(builtins_of(*object_), call, arguments...));
  }

 private:
  template <class V>
  void set(const V& value) {
    Access::set(*object_, key_, *detail::to_object(builtins_of(*object_), value));
  }
  template <class V>
  void change(Operator op, const V& value) {
    const Ref<> operand = detail::to_object(builtins_of(*object_), value);
    Access::set(*object_, key_, *apply_in_place(op, *to_ref(), *operand));
  }

  Ref<> object_;
  Key key_;
};

namespace detail {

/// How an object is asked for a key of a C++ type.
template <class K>
[[nodiscard]] constexpr auto access_for() noexcept {
  if constexpr (std::signed_integral<K> && Number<K>) {
    return IndexAccess();
  } else if constexpr (std::unsigned_integral<K> && Number<K> && sizeof(K) < sizeof(std::int64_t)) {
    return IndexAccess();
  } else if constexpr (std::same_as<K, Slice>) {
    return SliceAccess();
  } else if constexpr (TextLike<K> && !ConvertsToObject<K>) {
    return TextAccess();
  } else {
    return ItemAccess();
  }
}

}  // namespace detail

// A handle may be changed or dropped by what its operator calls, so each works on a handle of its own.

template <class T>
template <class K>
auto Ref<T>::operator[](K&& key) const {
  using Plain = std::remove_cvref_t<K>;
  using Access = decltype(detail::access_for<Plain>());
  Ref<> held = ouro::share(usable(*this));
  if constexpr (std::same_as<Access, detail::TextAccess>) {
    if constexpr (std::is_bounded_array_v<Plain>) {
      return Place<Access>(std::move(held), detail::text_of_array(key));
    } else {
      return Place<Access>(std::move(held), std::string_view(key));
    }
  } else if constexpr (std::same_as<Access, detail::ItemAccess>) {
    Ref<> wanted = detail::operand(builtins_of(*held), key);
    return Place<Access>(std::move(held), std::move(wanted));
  } else {
    return Place<Access>(std::move(held), static_cast<typename Access::Key>(key));
  }
}
template <class T>
template <class N>
auto Ref<T>::attr(N&& name) const {
  Ref<> held = ouro::share(usable(*this));
  Ref<> wanted = detail::attribute_name(builtins_of(*held), name);
  return Place<detail::AttributeAccess>(std::move(held), std::move(wanted));
}
template <class T>
template <class... A>
Ref<Object> Ref<T>::operator()(A&&... arguments) const {
  const Ref<> callee = ouro::share(usable(*this));
  const auto call = [&callee](const Arguments& converted) { return ouro::call(*callee, converted); };
  return detail::call_converted(builtins_of(*callee), call, arguments...);
}

/// `callee(...)` with converted arguments, without a C++ exception where it fails (attempt.h).
template <class T, class... A>
Outcome<Ref<>> try_call(const Ref<T>& callee, const A&... arguments) {
  const Ref<> held = share(usable(callee));
  const auto call = [&held](const Arguments& converted) { return detail::call_or_fail(*held, converted); };
  return detail::attempt(heap_of(*held), [&] { return detail::call_converted(builtins_of(*held), call, arguments...); });
}
/// `next(iterator)`, likewise; an empty handle when it is exhausted.
template <class T>
Outcome<Ref<>> try_next(const Ref<T>& iterator) {
  const Ref<> held = share(usable(iterator));
  return try_next(*held);
}

}  // namespace ouro
