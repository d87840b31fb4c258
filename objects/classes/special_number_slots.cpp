// Arithmetic of classes: `__add__`, `__radd__` and their relatives (CPython: SLOT1BINFULL in Objects/typeobject.c).
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/core/detail/operators.h>
#include <ouro/objects/core/kind.h>

#include <array>
#include <utility>

namespace ouro::detail {

namespace {

/// Empty if there is no such method or it answers NotImplemented.
Ref<> try_special(Object& self, Special which, Object& other) {
  Object* const method = special_method(self, which);
  if (method == nullptr) return {};
  Ref<> result = call_found(*share(*method), self, {&other});
  return kind_of(*result) == Kind::kNotImplemented ? Ref<>() : result;
}

/// True if `right`'s class has a reflected method of its own, so that it goes first although it derives from `left`'s.
bool overrides(const Object& right, const Object& left, Special reflected) noexcept {
  const Object* const method = special_method(right, reflected);
  return method != nullptr && method != special_method(left, reflected);
}

/// An operator, either of whose operands is of a class whose slot is `slot`.
Ref<> dispatch(std::size_t op, BinarySlot slot, Object& left, Object& right) {
  const Special direct = offset(Special::kAdd, op);
  const Special reflected = offset(direct, kReflection);
  const std::array held{share(left), share(right)};
  const bool left_has = number_slot(*left.type, kOperators[op].slot) == slot;
  bool right_has = left.type != right.type && number_slot(*right.type, kOperators[op].slot) == slot;
  if (left_has) {
    if (right_has && is_subtype(*right.type, *left.type) && overrides(right, left, reflected)) {
      if (Ref<> result = try_special(right, reflected, left)) return result;
      right_has = false;
    }
    if (Ref<> result = try_special(left, direct, right)) return result;
  }
  return right_has ? try_special(right, reflected, left) : Ref<>();
}

template <std::size_t kOp>
Ref<> binary(Object& left, Object& right) {
  return dispatch(kOp, &binary<kOp>, left, right);
}

template <Special kWhich>
Ref<> unary(Object& self) {
  return call_special(self, kWhich);
}

template <std::size_t... kOps>
void connect_binary(ClassBody& body, std::index_sequence<kOps...>) noexcept {
  const auto offered = [&](std::size_t op) {
    const Special direct = offset(Special::kAdd, op);
    return body.method(direct) != nullptr || body.method(offset(direct, kReflection)) != nullptr;
  };
  ((body.number.*kOperators[kOps].slot = offered(kOps) ? &binary<kOps> : nullptr), ...);
}

template <Special kWhich>
UnarySlot unary_if_offered(const ClassBody& body) noexcept {
  return body.method(kWhich) != nullptr ? &unary<kWhich> : nullptr;
}

}  // namespace

void connect_numbers(ClassBody& body) noexcept {
  connect_binary(body, std::make_index_sequence<kOperators.size()>());
  body.number.negative = unary_if_offered<Special::kNegative>(body);
  body.number.positive = unary_if_offered<Special::kPositive>(body);
  body.number.absolute = unary_if_offered<Special::kAbsolute>(body);
  body.number.invert = unary_if_offered<Special::kInvert>(body);
  body.number.to_int = unary_if_offered<Special::kToInt>(body);
  body.number.to_float = unary_if_offered<Special::kToFloat>(body);
  body.number.index = unary_if_offered<Special::kIndex>(body);
  body.slots.number = &body.number;
}

}  // namespace ouro::detail
