// Arithmetic of classes: `__add__`, `__radd__` and their relatives (CPython: SLOT1BINFULL in Objects/typeobject.c).
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/core/detail/operators.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/functions/descriptor.h>

#include <array>
#include <utility>

namespace ouro::detail {

namespace {

/// The special method, or what the built-in base has under the name, or null.
Object* method_or_base(const Object& self, Special which) noexcept {
  if (Object* const method = special_method(self, which)) return method;
  const Type* const layout = derives_from_builtin(*self.type) ? layout_of(*self.type) : nullptr;
  return layout != nullptr ? builtin_attribute(*layout, name_of(which)) : nullptr;
}

/// Empty if there is no such method or it answers NotImplemented.
Ref<> try_special(Object& self, Special which, Object& other) {
  Object* const method = method_or_base(self, which);
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
  ((offered(kOps) ? static_cast<void>(body.number.*kOperators[kOps].slot = &binary<kOps>) : void()), ...);
}

template <Special kWhich>
void connect_unary(ClassBody& body, UnarySlot NumberSlots::*member) noexcept {
  if (body.method(kWhich) != nullptr) body.number.*member = &unary<kWhich>;
}

}  // namespace

void connect_numbers(ClassBody& body) noexcept {
  const TypeSlots* const base = body.slots.base;
  body.number = base != nullptr && base->number != nullptr ? *base->number : NumberSlots{};
  connect_binary(body, std::make_index_sequence<kOperators.size()>());
  connect_unary<Special::kNegative>(body, &NumberSlots::negative);
  connect_unary<Special::kPositive>(body, &NumberSlots::positive);
  connect_unary<Special::kAbsolute>(body, &NumberSlots::absolute);
  connect_unary<Special::kInvert>(body, &NumberSlots::invert);
  connect_unary<Special::kToInt>(body, &NumberSlots::to_int);
  connect_unary<Special::kToFloat>(body, &NumberSlots::to_float);
  connect_unary<Special::kIndex>(body, &NumberSlots::index);
  body.slots.number = &body.number;
}

}  // namespace ouro::detail
