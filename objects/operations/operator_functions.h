// The functions of Python's `operator`, for C++ and as objects.
//
// Most are calls of protocol.h under another name: add is `apply(Operator::kAdd, a, b)`, iadd `apply_in_place`
// (in_place.h), getitem `get_item`, contains `contains`, lt `compare`. What only this module has stands here. Everything may
// run code of classes made at run time, and throw `ouro::Error`; operands are borrowed, results are owned.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/operations/in_place.h>

#include <cstddef>

namespace ouro {

struct Dict;

/// `operator.concat(left, right)`: + of sequences. TypeError "'int' object can't be concatenated".
[[nodiscard]] Ref<> concat(Object& left, Object& right);
/// `operator.iconcat(left, right)`: += of sequences.
[[nodiscard]] Ref<> concat_in_place(Object& left, Object& right);

/// `operator.countOf(iterable, value)`: how many items are equal to the value. TypeError "argument of type 'int' is not
/// iterable". Linear.
[[nodiscard]] std::size_t count_in(Object& iterable, Object& value);
/// `operator.indexOf(iterable, value)`: where the first such item stands. ValueError "sequence.index(x): x not in sequence".
[[nodiscard]] std::size_t find_in(Object& iterable, Object& value);

/// `operator.length_hint(object, fallback)`: `len(object)`, else what `__length_hint__` says, else the fallback. TypeError
/// "__length_hint__ must be an integer, not str"; ValueError "__length_hint__() should return >= 0".
[[nodiscard]] std::size_t length_hint(Object& object, std::size_t fallback = 0);

/// The names of module operator: its functions, also under the names of special methods (`__add__`), and the classes
/// itemgetter, attrgetter and methodcaller. `module` is whose functions they are; null: None. A new dict, with classes of
/// its own, at each call. Throws MemoryError.
[[nodiscard]] Ref<Dict> operator_functions(Builtins& builtins, Object* module = nullptr);

}  // namespace ouro
