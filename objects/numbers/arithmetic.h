// The functions of `builtins` that calculate with any object: round, divmod, pow.
//
// Operands are borrowed, results are owned; all may run code of classes made at run time and throw `ouro::Error`.
#pragma once

#include <ouro/objects/model/ref.h>

namespace ouro {

/// `round(number, digits)`: what the type's `__round__` gives; without digits, and with None, that of no arguments.
/// TypeError "type str doesn't define __round__ method". Linear for numbers.
[[nodiscard]] Ref<> round(Object& number, Object* digits = nullptr);

/// `divmod(left, right)`. TypeError "unsupported operand type(s) for divmod(): 'int' and 'str'".
[[nodiscard]] Ref<> divmod(Object& left, Object& right);

/// `pow(base, exponent)`, which is `base ** exponent`.
[[nodiscard]] Ref<> pow(Object& base, Object& exponent);
/// `pow(base, exponent, modulus)`; None is no modulus. A class has its `__pow__` called with two arguments; no `__rpow__`
/// is. ValueError "pow() 3rd argument cannot be 0", "base is not invertible for the given modulus"; TypeError "pow() 3rd
/// argument not allowed unless all arguments are integers", "unsupported operand type(s) for ** or pow(): 'str', 'int',
/// 'int'". Between ints logarithmic in the exponent, quadratic in the modulus.
[[nodiscard]] Ref<> pow(Object& base, Object& exponent, Object& modulus);

}  // namespace ouro
