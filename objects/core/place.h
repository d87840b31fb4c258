// Place: what `object[key]` and `object.attr(name)` are, read when used as a value and written when assigned to.
#pragma once

#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/text/intern.h>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ouro {

namespace detail {

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

/// Calls `callee` with converted arguments.
template <class Call, class... A>
[[nodiscard]] Ref<> call_converted(Builtins& builtins, Call&& call, const A&... arguments) {
  const Ref<> owned[sizeof...(A) + 1] = {to_object(builtins, arguments)..., Ref<>()};
  Object* borrowed[sizeof...(A) + 1];
  for (std::size_t i = 0; i < sizeof...(A); ++i) borrowed[i] = owned[i].get();
  return call(Arguments{{borrowed, sizeof...(A)}, {}, {}});
}

}  // namespace detail

/// What `object[key]` and `object.attr(name)` are: read when used as a value, written when assigned to.
template <class Access>
class [[nodiscard]] Place {
 public:
  Place(Ref<> object, Ref<> key) noexcept : object_(std::move(object)), key_(std::move(key)) {}
  Place(const Place&) = default;

  /// Reads. KeyError, IndexError or AttributeError if there is nothing.
  [[nodiscard]] Ref<> get() const { return Access::get(*object_, *key_); }
  /// The same without a C++ exception where there is nothing.
  Outcome<Ref<>> try_get() const { return Access::try_get(*object_, *key_); }
  [[nodiscard]] Ref<> to_ref() const { return get(); }
  operator Ref<>() const { return get(); }
  /// Reads as a C++ value.
  template <class T>
  [[nodiscard]] T as() const {
    static_assert(!detail::kBorrows<T>,
                  "Ouroboros: the object read may die at the end of the expression; take the value or a Ref");
    return from_object<T>(*get());
  }

  /// Writes.
  template <class V>
  const Place& operator=(const V& value) const {
    Access::set(*object_, *key_, *to_object(builtins_of(*object_), value));
    return *this;
  }
  const Place& operator=(const Place& other) const { return *this = other.get(); }
  /// `del object[key]`, `del object.name`.
  void erase() const { Access::erase(*object_, *key_); }

  template <class K>
  auto operator[](K&& key) const {
    return get()[std::forward<K>(key)];
  }
  template <class N>
  auto attr(N&& name) const {
    return get().attr(std::forward<N>(name));
  }
  /// Calls what is there; a method without making a bound one first.
  template <class... A>
  Ref<> operator()(A&&... arguments) const {
    const auto call = [&](const Arguments& converted) { return Access::call(*object_, *key_, converted); };
    return detail::call_converted(builtins_of(*object_), call, arguments...);
  }

 private:
  Ref<> object_;
  Ref<> key_;
};

namespace detail {

struct ItemAccess {
  static Ref<> get(Object& object, Object& key) { return get_item(object, key); }
  static Outcome<Ref<>> try_get(Object& object, Object& key) { return try_get_item(object, key); }
  static void set(Object& object, Object& key, Object& value) { set_item(object, key, value); }
  static void erase(Object& object, Object& key) { delete_item(object, key); }
  static Ref<> call(Object& object, Object& key, const Arguments& arguments) {
    return ouro::call(*get(object, key), arguments);
  }
};

struct AttributeAccess {
  static Ref<> get(Object& object, Object& name) { return get_attribute(object, name); }
  static Outcome<Ref<>> try_get(Object& object, Object& name) { return try_get_attribute(object, name); }
  static void set(Object& object, Object& name, Object& value) { set_attribute(object, name, value); }
  static void erase(Object& object, Object& name) { delete_attribute(object, name); }
  static Ref<> call(Object& object, Object& name, const Arguments& arguments) {
    return call_method(object, name, arguments);
  }
};

}  // namespace detail

// A handle may be changed or dropped by what its operator calls, so each works on a handle of its own.

template <class T>
template <class K>
auto Ref<T>::operator[](K&& key) const {
  Ref<> held = ouro::share(usable(*this));
  Ref<> wanted = detail::operand(builtins_of(*held), key);
  return Place<detail::ItemAccess>(std::move(held), std::move(wanted));
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
