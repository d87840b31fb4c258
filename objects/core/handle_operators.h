// Comparison and arithmetic of handles with handles and with C++ values, by Python's rules.
#pragma once

#include <ouro/objects/core/ordering.h>
#include <ouro/objects/core/place.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/numbers/in_block.h>
#include <ouro/objects/operations/in_place.h>
#include <ouro/objects/text/str_append.h>

#include <concepts>
#include <iosfwd>
#include <type_traits>

namespace ouro {

namespace detail {

template <class T>
concept PlaceLike = kIs<T, ouro::Place>;
/// Something whose value is an object of a runtime.
template <class T>
concept HandleLike = RefLike<T> || PlaceLike<T>;
/// What may stand on the other side of << and >>; a stream may not.
template <class T>
concept ShiftOperand = HandleLike<T> || std::integral<T>;

template <class T>
[[nodiscard]] Ref<> handle_of(const Ref<T>& ref) {
  return share(usable(ref));
}
template <class A>
[[nodiscard]] Ref<> handle_of(const ouro::Place<A>& place) {
  return place.to_ref();
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
  if constexpr (RefLike<L> && Int64Like<R>)
    if (const auto order = compare_integer(usable(left), right)) return answer(*order, op) == Answer::kYes;
  return with_operands(left, right, [op](Object& first, Object& second) { return compare(first, second, op); });
}
template <class L, class R>
[[nodiscard]] Ref<> apply_operands(const L& left, const R& right, Operator op) {
  if constexpr (RefLike<L> && Int64Like<R>) {
    const Ref<> first = handle_of(left);
    return apply_to_integer(op, *first, right);
  } else {
    return with_operands(left, right, [op](Object& first, Object& second) { return apply(op, first, second); });
  }
}

/// `left op= right` in the block of `left`, if the handle alone has it. False, and nothing is done, if not.
template <class T, class R>
[[nodiscard]] bool changed_in_block(Ref<T>& left, const R& right, Operator op) {
  if constexpr (Int64Like<R>) {
    return apply_in_block(op, usable(left), std::int64_t{right});
  } else if constexpr (RefLike<R>) {
    return right && apply_in_block(op, usable(left), static_cast<Object&>(*right));
  } else {
    return false;
  }
}
/// Text behind text, in place where nobody else counts it. False if it is none.
inline bool appended(Ref<>& left, Object& right) { return append_if_str(left, right); }
inline bool appended(Ref<Str>& left, Object& right) {
  if (!is_exact<Str>(*left) || !is_exact<Str>(right)) return false;
  return append(left, static_cast<Str&>(right)), true;
}
template <class T>
bool appended(Ref<T>&, Object&) noexcept {
  return false;
}

/// `apply_operands` of a handle that its owner gives up. If that throws, the owner has it still.
template <class T, class R>
[[nodiscard]] Ref<> apply_given_up(Ref<T>& left, const R& right, Operator op) {
  if (changed_in_block(left, right, op)) return std::move(left);
  if constexpr (Int64Like<R>) {
    return apply_operands(left, right, op);
  } else {
    const Ref<> other = operand(builtins_of(usable(left)), right);
    if (op == Operator::kAdd && appended(left, *other)) return std::move(left);
    const Ref<> first = handle_of(left);
    return apply(op, *first, *other);
  }
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
// A handle that is given up, as the one that `a + b` returns in `a + b + c`, lends its block to the result where nobody else
// has it.
template <class T, class R>
requires detail::OneHandle<Ref<T>, R>
[[nodiscard]] Ref<> operator+(Ref<T>&& left, const R& right) { return detail::apply_given_up(left, right, Operator::kAdd); }
template <class T, class R>
requires detail::OneHandle<Ref<T>, R>
[[nodiscard]] Ref<> operator-(Ref<T>&& left, const R& right) {
  return detail::apply_given_up(left, right, Operator::kSubtract);
}
template <class T, class R>
requires detail::OneHandle<Ref<T>, R>
[[nodiscard]] Ref<> operator*(Ref<T>&& left, const R& right) {
  return detail::apply_given_up(left, right, Operator::kMultiply);
}
template <class L, class R>
requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> operator%(const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kRemainder);
}
template <class L, class R>
requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> operator|(const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kBitOr);
}
template <class L, class R>
requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> operator&(const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kBitAnd);
}
template <class L, class R>
requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> operator^(const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kBitXor);
}
template <class L, class R>
requires(detail::OneHandle<L, R>&& detail::ShiftOperand<L>&& detail::ShiftOperand<R>) [[nodiscard]] Ref<> operator<<(
    const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kLeftShift);
}
template <class L, class R>
requires(detail::OneHandle<L, R>&& detail::ShiftOperand<L>&& detail::ShiftOperand<R>) [[nodiscard]] Ref<> operator>>(
    const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kRightShift);
}
/// `left // right`, `left ** right` and `divmod(left, right)`, for which C++ has no operators.
template <class L, class R>
requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> floordiv(const L& left, const R& right) {
  return detail::apply_operands(left, right, Operator::kFloorDivide);
}
template <class L, class R>
requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> pow(const L& left, const R& right) { return detail::apply_operands(left, right, Operator::kPower); }
template <class L, class R>
requires detail::OneHandle<L, R>
[[nodiscard]] Ref<> divmod(const L& left, const R& right) { return detail::apply_operands(left, right, Operator::kDivmod); }

template <detail::HandleLike T>
[[nodiscard]] Ref<> operator-(const T& handle) {
  const Ref<> held = detail::handle_of(handle);
  return negative(*held);
}
template <detail::HandleLike T>
[[nodiscard]] Ref<> operator+(const T& handle) {
  const Ref<> held = detail::handle_of(handle);
  return positive(*held);
}
template <detail::HandleLike T>
[[nodiscard]] Ref<> operator~(const T& handle) {
  const Ref<> held = detail::handle_of(handle);
  return invert(*held);
}

// ---- In place: the handle has the result afterwards ----

namespace detail {
template <class T, class R>
void change_handle(Ref<T>& left, const R& right, Operator op) {
  if (changed_in_block(left, right, op)) return;
  const Ref<> other = operand(builtins_of(usable(left)), right);
  if (op == Operator::kAdd && left && appended(left, *other)) return;
  const Ref<> held = handle_of(left);
  left = convert_or_throw<Ref<T>>(*apply_in_place(op, *held, *other));
}
}  // namespace detail

/// `left += right`. TypeError as of a conversion if the result is no T.
template <class T, class R>
Ref<T>& operator+=(Ref<T>& left, const R& right) {
  detail::change_handle(left, right, Operator::kAdd);
  return left;
}
template <class T, class R>
Ref<T>& operator-=(Ref<T>& left, const R& right) {
  detail::change_handle(left, right, Operator::kSubtract);
  return left;
}
template <class T, class R>
Ref<T>& operator*=(Ref<T>& left, const R& right) {
  detail::change_handle(left, right, Operator::kMultiply);
  return left;
}
template <class T, class R>
Ref<T>& operator/=(Ref<T>& left, const R& right) {
  detail::change_handle(left, right, Operator::kTrueDivide);
  return left;
}
template <class T, class R>
Ref<T>& operator%=(Ref<T>& left, const R& right) {
  detail::change_handle(left, right, Operator::kRemainder);
  return left;
}
template <class T, class R>
Ref<T>& operator|=(Ref<T>& left, const R& right) {
  detail::change_handle(left, right, Operator::kBitOr);
  return left;
}
template <class T, class R>
Ref<T>& operator&=(Ref<T>& left, const R& right) {
  detail::change_handle(left, right, Operator::kBitAnd);
  return left;
}
template <class T, class R>
Ref<T>& operator^=(Ref<T>& left, const R& right) {
  detail::change_handle(left, right, Operator::kBitXor);
  return left;
}
template <class T, class R>
Ref<T>& operator<<=(Ref<T>& left, const R& right) {
  detail::change_handle(left, right, Operator::kLeftShift);
  return left;
}
template <class T, class R>
Ref<T>& operator>>=(Ref<T>& left, const R& right) {
  detail::change_handle(left, right, Operator::kRightShift);
  return left;
}

// ---- Streams ----

/// str() of the object, "(empty)" of an empty handle. <ostream> is the caller's.
template <class Stream, detail::HandleLike T>
requires std::derived_from<Stream, std::basic_ostream<char>> Stream& operator<<(Stream& stream, const T& handle) {
  if constexpr (detail::RefLike<T>) {
    if (!handle) return stream << "(empty)", stream;
  }
  const Ref<> held = detail::handle_of(handle);
  return stream << text(*str(*held)), stream;
}

}  // namespace ouro
