// The call of a function made of a C++ callable: what its type's slot `call` does, for callers that know what it is.
#pragma once

#include <ouro/objects/functions/function_layout.h>
#include <ouro/objects/model/foreign_code.h>
#include <ouro/objects/model/heap.h>

namespace ouro::detail {

/// An operator answers NotImplemented to an operand that does not fit.
[[gnu::cold, gnu::noinline]] inline Ref<> answer_refusal(const Function& function) {
  static_cast<void>(heap_of(function).failures.take());
  return Ref<>::share(builtins_of(function).not_implemented());
}

/// `function(...)`; an empty handle is a failure. The caller guards the recursion and holds what it needs.
[[nodiscard, gnu::always_inline]] inline Ref<> call_native(Function& function, const Arguments& arguments) {
  enter_foreign_code(heap_of(function));
  bool refused = false;
  Ref<> result = function.behaviour->call(function, arguments, refused);
  if (refused && function.role == FunctionRole::kOperator && arguments.positional.size() == 2) [[unlikely]]
    result = answer_refusal(function);
  return result;
}

}  // namespace ouro::detail
