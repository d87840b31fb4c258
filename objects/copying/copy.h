// copy and deepcopy: copies of objects within one runtime (CPython: the module copy).
//
//   Ref<> other = copy(*node);          a new object that refers to the same ones
//   Ref<> whole = deepcopy(*node);      new objects all the way down; what was one object stays one
//
// What never changes is its own copy: None, numbers, text, types, functions. A class says how its objects are copied by
// `__copy__` and `__deepcopy__(memo)`, by `__reduce_ex__` or `__reduce__`, or by `__getnewargs__`, `__getstate__` and
// `__setstate__`; of all others the attributes and items are copied.
//
// `copy_to` (runtime/channels/copy.h) is another thing: it copies into another runtime, by the rules of messages, and runs
// no code of classes.
#pragma once

#include <ouro/base/error_kinds.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>

namespace ouro {

struct Dict;

/// What cannot be copied because its class says that it has no `__reduce_ex__`.
inline constexpr ErrorType kCopyError = added_error("copy", "Error", error_type(ErrorKind::kException));

/// `copy.copy(object)`. Linear in its items and attributes. TypeError "cannot pickle 'module' object"; copy.Error
/// "un(shallow)copyable object of type <class 'Foo'>"; what code of classes throws; MemoryError.
[[nodiscard]] Ref<> copy(Object& object);

/// `copy.deepcopy(object, memo)`. Linear in what `object` leads to. `memo` has what was copied already, by address, and is
/// given to `__deepcopy__`, which passes it on; null: a new one. What a memo has the address of it keeps alive. Cycles are
/// copied as cycles. RecursionError "maximum recursion depth exceeded while calling a Python object" where objects are
/// nested deeper than the runtime's limit; otherwise as `copy`.
[[nodiscard]] Ref<> deepcopy(Object& object, Dict* memo = nullptr);

}  // namespace ouro
