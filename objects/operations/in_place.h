// The in-place operators, and @.
#pragma once

#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/ref.h>

namespace ouro {

/// What `left op= right` binds to its left side: what the `__iadd__` of the left operand gives, mostly that operand,
/// changed; else what `apply` gives. TypeError "unsupported operand type(s) for +=: 'int' and 'str'". There is no in-place
/// divmod: kDivmod is refused.
[[nodiscard]] Ref<> apply_in_place(Operator op, Object& left, Object& right);

/// `left @ right`, which only classes have, by `__matmul__` and `__rmatmul__`. TypeError "unsupported operand type(s) for @:
/// 'int' and 'int'".
[[nodiscard]] Ref<> matrix_multiply(Object& left, Object& right);
/// `left @= right`.
[[nodiscard]] Ref<> matrix_multiply_in_place(Object& left, Object& right);

}  // namespace ouro
