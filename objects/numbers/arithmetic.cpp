// round, divmod and pow of any objects (CPython: builtin_round in Python/bltinmodule.c, ternary_op in Objects/abstract.c).
#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/detail/operators.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/numbers/arithmetic.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/complex_parts.h>
#include <ouro/objects/numbers/detail/float_parts.h>
#include <ouro/objects/numbers/detail/int_parts.h>
#include <ouro/objects/numbers/detail/power_modulo.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

namespace ouro {

namespace {

using detail::number_slot;

BinarySlot power_of(const TypeSlots& slots) noexcept { return slots.number->power; }

Ref<> power_modulo_of_ints(Object& base, Object& exponent, Object& modulus) {
  const Int* const a = as_int(base);
  const Int* const b = as_int(exponent);
  const Int* const m = as_int(modulus);
  if (a == nullptr || b == nullptr || m == nullptr) return {};
  return detail::with_standard_memory(heap_of(base), [&] {
    const detail::LongWork work(*a, *b);
    return detail::make_int(builtins_of(base),
                            detail::power_modulo(detail::big_value(*a), detail::big_value(*b), detail::big_value(*m)));
  });
}

/// The types of both operands are asked before the modulus is looked at.
Ref<> power_modulo_of_complex(Object& base, Object& exponent) {
  ComplexValue value;
  if (!detail::read_complex(base, &value) || !detail::read_complex(exponent, &value)) return {};
  raise(ErrorKind::kValueError, "complex modulo");
}

/// `base.__pow__(exponent, modulus)` of a class that has it.
Ref<> power_modulo_of_class(Object& base, Object& exponent, Object& modulus) {
  if (!base.type->has(kClassType)) return {};
  const Ref<Str> name = intern(builtins_of(base), "__pow__");
  Object* const method = lookup(*base.type, *name);
  if (method == nullptr) return {};
  Ref<> result = detail::call_found(*share(*method), base, {&exponent, &modulus});
  return kind_of(*result) == Kind::kNotImplemented ? Ref<>() : result;
}

Ref<> try_power(BinarySlot slot, Object& base, Object& exponent, Object& modulus) {
  return detail::is_number_power(slot) ? detail::power_modulo(slot, base, exponent, modulus)
                                       : power_modulo_of_class(base, exponent, modulus);
}

/// The slots of the three operands' types, each once, in the order in which they are asked.
Ref<> try_powers(Object& base, Object& exponent, Object& modulus) {
  const auto slot_of = [](const Object& object) { return number_slot(*object.type, &NumberSlots::power); };
  const BinarySlot first = slot_of(base);
  BinarySlot second = base.type == exponent.type ? nullptr : slot_of(exponent);
  if (second == first) second = nullptr;
  if (first != nullptr) {
    if (second != nullptr && is_subtype(*exponent.type, *base.type)) {
      if (Ref<> result = try_power(second, base, exponent, modulus)) return result;
      second = nullptr;
    }
    if (Ref<> result = try_power(first, base, exponent, modulus)) return result;
  }
  if (second != nullptr)
    if (Ref<> result = try_power(second, base, exponent, modulus)) return result;
  const BinarySlot third = slot_of(modulus);
  return third != nullptr && third != first && third != second ? try_power(third, base, exponent, modulus) : Ref<>();
}

/// What a type has as `__round__`, borrowed, or null. Numbers need no look-up.
Object* find_round(const Object& number) {
  const Ref<Str> name = intern(builtins_of(number), "__round__");
  return lookup(*number.type, *name);
}

}  // namespace

bool detail::is_number_power(BinarySlot slot) noexcept {
  return slot == power_of(kIntSlots) || slot == power_of(kFloatSlots) || slot == power_of(kComplexSlots);
}

Ref<> detail::power_modulo(BinarySlot slot, Object& base, Object& exponent, Object& modulus) {
  if (slot == power_of(kIntSlots)) return power_modulo_of_ints(base, exponent, modulus);
  if (slot == power_of(kComplexSlots)) return power_modulo_of_complex(base, exponent);
  if (slot != power_of(kFloatSlots)) return {};
  raise(ErrorKind::kTypeError, "pow() 3rd argument not allowed unless all arguments are integers");
}

Ref<> round(Object& number, Object* digits) {
  const Ref<> held = share(number);
  const bool has_digits = digits != nullptr && !is_none(*digits);
  if (is_exact<Float>(number)) return detail::rounded_float(static_cast<Float&>(number), digits);
  if (is_exact<Int>(number)) return detail::rounded_int(static_cast<Int&>(number), has_digits ? digits : nullptr);
  const Ref<> held_digits = Ref<>::share(digits);
  Object* const method = find_round(number);
  if (method == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("type {} doesn't define __round__ method", number.type->name));
  const Ref<> held_method = share(*method);
  return has_digits ? detail::call_found(*method, number, {digits}) : detail::call_found(*method, number, {});
}

Ref<> divmod(Object& left, Object& right) { return apply(Operator::kDivmod, left, right); }

Ref<> pow(Object& base, Object& exponent) { return apply(Operator::kPower, base, exponent); }

Ref<> pow(Object& base, Object& exponent, Object& modulus) {
  if (is_none(modulus)) return pow(base, exponent);
  const Ref<> held[] = {share(base), share(exponent), share(modulus)};
  if (Ref<> result = try_powers(base, exponent, modulus)) return result;
  raise(ErrorKind::kTypeError, fmt::format("unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'", base.type->name,
                                           exponent.type->name, modulus.type->name));
}

}  // namespace ouro
