// Comparison and arithmetic of handles with handles and with C++ values, by Python's rules.
#pragma once

#include <ouro/objects/core/place.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/convert.h>

#include <type_traits>

namespace ouro {

namespace detail {

template <class T>
concept PlaceLike = kIs<T, ouro::Place>;
/// Something whose value is an object of a runtime.
template <class T>
concept HandleLike = RefLike<T> || PlaceLike<T>;

template <class T>
[[nodiscard]] Ref<> handle_of(const Ref<T>& ref) {
  return share(usable(ref));
}
template <class A>
[[nodiscard]] Ref<> handle_of(const ouro::Place<A>& place) {
  return place.get();
}

/// Both operands of an operator as objects, held while it runs. One of them is a handle, which must not be empty; the other
/// may be any value, and an empty handle is None there.
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
concept OneHandle = (HandleLike<L> || HandleLike<R>)&&!std::is_null_pointer_v<L> && !std::is_null_pointer_v<R>;

template <class L, class R>
[[nodiscard]] bool compare_operands(const L& left, const R& right, Comparison op) {
  return with_operands(left, right, [op](Object& first, Object& second) { return compare(first, second, op); });
}
template <class L, class R>
[[nodiscard]] Ref<> apply_operands(const L& left, const R& right, Operator op) {
  return with_operands(left, right, [op](Object& first, Object& second) { return apply(op, first, second); });
}

}  // namespace detail

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
[[nodiscard]] Ref<> operator+(const L& left, const R& right) { return detail::apply_operands(left, right, Operator::kAdd); }
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
  const Ref<> held = detail::handle_of(ref);
  return negative(*held);
}

}  // namespace ouro
