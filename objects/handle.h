// The operators of Python on handles.
//
//   doc["self"] = doc;      doc["a"]["b"]             items
//   foo.attr("x") = 5;      foo.attr("run")(1, 2)     attributes, methods
//   a == 5, a < b, a + b, -a                          by Python's rules; a.is(b) for identity
//   for (Object& item : list), for (auto [key, value] : dict)       borrowed
//   for (Ref<> item : each(anything))                               by the iterator protocol
//
// What stands on the other side may be any C++ value that convert.h knows. Every operator may throw ouro::Error, and an empty
// handle has none of them but == and != (two empty handles are equal).
#pragma once

#include <ouro/objects/convert.h>
#include <ouro/objects/intern.h>
#include <ouro/objects/protocol.h>

#include <cstddef>
#include <functional>
#include <iterator>
#include <string_view>
#include <type_traits>

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
  [[nodiscard]] Ref<> to_ref() const { return get(); }
  operator Ref<>() const { return get(); }
  /// Reads as a C++ value.
  template <class T>
  [[nodiscard]] T as() const {
    static_assert(!std::is_reference_v<T> && !std::is_pointer_v<T> && !std::same_as<T, std::string_view>,
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
  static void set(Object& object, Object& key, Object& value) { set_item(object, key, value); }
  static void erase(Object& object, Object& key) { delete_item(object, key); }
  static Ref<> call(Object& object, Object& key, const Arguments& arguments) { return ouro::call(*get(object, key), arguments); }
};

struct AttributeAccess {
  static Ref<> get(Object& object, Object& name) { return get_attribute(object, name); }
  static void set(Object& object, Object& name, Object& value) { set_attribute(object, name, value); }
  static void erase(Object& object, Object& name) { delete_attribute(object, name); }
  static Ref<> call(Object& object, Object& name, const Arguments& arguments) { return call_method(object, name, arguments); }
};

template <class T>
concept PlaceLike = kIs<T, Place>;
/// Something whose value is an object of a runtime.
template <class T>
concept HandleLike = RefLike<T> || PlaceLike<T>;

template <class T>
[[nodiscard]] Ref<> handle_of(const Ref<T>& ref) noexcept {
  return ref;
}
template <class A>
[[nodiscard]] Ref<> handle_of(const Place<A>& place) {
  return place.get();
}

/// Both operands of an operator as objects; one of them is a handle that is not empty.
template <class L, class R, class F>
auto with_operands(const L& left, const R& right, F&& function) {
  if constexpr (HandleLike<L>) {
    const Ref<> first = handle_of(left);
    return function(*first, *operand(builtins_of(*first), right));
  } else {
    const Ref<> second = handle_of(right);
    return function(*operand(builtins_of(*second), left), *second);
  }
}

template <class L, class R>
concept OneHandle = (HandleLike<L> || HandleLike<R>) && !std::is_null_pointer_v<L> && !std::is_null_pointer_v<R>;

template <class L, class R>
[[nodiscard]] bool compare_operands(const L& left, const R& right, Comparison op) {
  return with_operands(left, right, [op](Object& first, Object& second) { return compare(first, second, op); });
}
template <class L, class R>
[[nodiscard]] Ref<> apply_operands(const L& left, const R& right, Operator op) {
  return with_operands(left, right, [op](Object& first, Object& second) { return apply(op, first, second); });
}

}  // namespace detail

template <class T>
template <class K>
auto Ref<T>::operator[](K&& key) const {
  return Place<detail::ItemAccess>(Ref<>(*this), detail::operand(builtins_of(header(*object_)), key));
}
template <class T>
template <class N>
auto Ref<T>::attr(N&& name) const {
  return Place<detail::AttributeAccess>(Ref<>(*this), detail::attribute_name(builtins_of(header(*object_)), name));
}
template <class T>
template <class... A>
Ref<Object> Ref<T>::operator()(A&&... arguments) const {
  const auto call = [this](const Arguments& converted) { return ouro::call(header(*object_), converted); };
  return detail::call_converted(builtins_of(header(*object_)), call, arguments...);
}

// ---- Comparison ----

template <class L, class R>
  requires detail::OneHandle<L, R>
[[nodiscard]] bool operator==(const L& left, const R& right) {
  if constexpr (detail::RefLike<L> && detail::RefLike<R>) {
    if (!left || !right) return !left && !right;
  }
  return detail::compare_operands(left, right, Comparison::kEqual);
}
template <class L, class R>
  requires detail::OneHandle<L, R>
[[nodiscard]] bool operator!=(const L& left, const R& right) {
  if constexpr (detail::RefLike<L> && detail::RefLike<R>) {
    if (!left || !right) return static_cast<bool>(left) != static_cast<bool>(right);
  }
  return detail::compare_operands(left, right, Comparison::kNotEqual);
}
/// True if the handle is empty. None is `rt.none()`.
template <class T>
[[nodiscard]] bool operator==(const Ref<T>& ref, std::nullptr_t) noexcept {
  return !ref;
}
template <class L, class R>
  requires detail::OneHandle<L, R>
[[nodiscard]] bool operator<(const L& left, const R& right) {
  return detail::compare_operands(left, right, Comparison::kLess);
}
template <class L, class R>
  requires detail::OneHandle<L, R>
[[nodiscard]] bool operator<=(const L& left, const R& right) {
  return detail::compare_operands(left, right, Comparison::kLessEqual);
}
template <class L, class R>
  requires detail::OneHandle<L, R>
[[nodiscard]] bool operator>(const L& left, const R& right) {
  return detail::compare_operands(left, right, Comparison::kGreater);
}
template <class L, class R>
  requires detail::OneHandle<L, R>
[[nodiscard]] bool operator>=(const L& left, const R& right) {
  return detail::compare_operands(left, right, Comparison::kGreaterEqual);
}

// ---- Arithmetic ----

template <class L, class R>
  requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> operator+(const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kAdd);
}
template <class L, class R>
  requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> operator-(const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kSubtract);
}
template <class L, class R>
  requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> operator*(const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kMultiply);
}
template <class L, class R>
  requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> operator/(const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kTrueDivide);
}
template <class L, class R>
  requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> operator%(const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kRemainder);
}
template <class T>
[[nodiscard]] Ref<> operator-(const Ref<T>& ref) {
  return negative(*ref);
}

// ---- Loops ----

/// The end of a loop is known to the cursor.
[[nodiscard]] inline ListCursor begin(const Ref<List>& list) noexcept { return list->begin(); }
[[nodiscard]] inline std::default_sentinel_t end(const Ref<List>&) noexcept { return {}; }
[[nodiscard]] inline DictCursor begin(const Ref<Dict>& dict) noexcept { return dict->begin(); }
[[nodiscard]] inline std::default_sentinel_t end(const Ref<Dict>&) noexcept { return {}; }

/// Walks any iterable. An input range of `Ref<>`.
class Each {
 public:
  class Cursor {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = Ref<>;

    explicit Cursor(Object& iterator) : iterator_(&iterator), current_(next(iterator)) {}
    [[nodiscard]] const Ref<>& operator*() const noexcept { return current_; }
    Cursor& operator++() {
      current_ = next(*iterator_);
      return *this;
    }
    void operator++(int) { ++*this; }
    [[nodiscard]] bool operator==(std::default_sentinel_t) const noexcept { return !current_; }

   private:
    Object* iterator_;
    Ref<> current_;
  };

  explicit Each(Ref<> iterator) noexcept : iterator_(std::move(iterator)) {}
  [[nodiscard]] Cursor begin() const { return Cursor(*iterator_); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  Ref<> iterator_;
};

/// `for (const Ref<>& item : each(iterable))`. TypeError "'int' object is not iterable".
template <class T>
[[nodiscard]] Each each(const Ref<T>& iterable) {
  return Each(iterate(*iterable));
}

}  // namespace ouro

/// Python's hash, so that handles are keys of unordered containers. TypeError "unhashable type: 'list'".
template <class T>
struct std::hash<ouro::Ref<T>> {
  [[nodiscard]] std::size_t operator()(const ouro::Ref<T>& ref) const {
    return ref ? static_cast<std::size_t>(ouro::hash(*ref)) : 0;
  }
};
