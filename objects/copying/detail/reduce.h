// Reduce: the pickle protocol as `object` has it, and what built-in types say by `__reduce__`.
//
//   object.__reduce_ex__(2)   (copyreg.__newobj__, (cls, *arguments), state, list items, dict items)
//   object.__reduce__()       (copyreg._reconstructor, (cls, base, value of the base)[, state])
//   iter([1]).__reduce__()    (iter, ([1],), 0)
//
// Functions of copyreg are built-in functions here. All of these may run code of classes and throw MemoryError.
#pragma once

#include <ouro/objects/copying/detail/recipe.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace ouro::detail {

/// `object.__reduce_ex__(protocol)`: what the class says by `__reduce__`, else what follows from the object. TypeError
/// "cannot pickle 'module' object", OverflowError "Python int too large to convert to C int".
[[nodiscard]] Ref<> reduce_extended(Object& object, Object& protocol);
/// `object.__reduce__()`: the same by protocol 0, past what the class says.
[[nodiscard]] Ref<> reduce_plainly(Object& object);
/// The `__reduce__` that the class of an object has in place of `object`'s, bound; empty if it has none.
[[nodiscard]] Ref<> overriding_reduce(Object& object);

/// What `object.__reduce_ex__(4)` says where no class has a `__reduce__` of its own.
[[nodiscard]] Recipe default_recipe(Object& object);
/// `object.__getstate__()`; empty for None. If it must be all that the object has: TypeError "cannot pickle 'cell' object"
/// of one that has more than attributes.
[[nodiscard]] Ref<> default_state(Object& object, bool must_be_all);

/// What `__getstate__` of an object says, None included.
[[nodiscard]] Ref<> state_of(Object& object);

// ---- What built-in types say ----

/// `(maker, (*arguments,))`, and `state` behind it if there is one.
[[nodiscard]] Ref<> reduced(Object& maker, std::initializer_list<Object*> arguments, Object* state = nullptr);
/// `(iter, (sequence,), position)` of an iterator.
[[nodiscard]] Ref<> reduced_iterator(Object& sequence, Object& position);
[[nodiscard]] Ref<> reduced_iterator(Object& sequence, std::uint64_t position);
/// `(iter, (sequence,))`, of one whose rest `sequence` holds.
[[nodiscard]] Ref<> reduced_rest(Object& sequence);
/// `(getattr, (holder, name))`, of methods.
[[nodiscard]] Ref<> reduced_attribute(Object& holder, std::string_view name);

/// The position that `__setstate__` of an iterator is given, `least` at least. TypeError "an integer is required",
/// OverflowError "Python int too large to convert to C ssize_t".
[[nodiscard]] std::int64_t iterator_state(Object& given, std::int64_t least = 0);

}  // namespace ouro::detail
