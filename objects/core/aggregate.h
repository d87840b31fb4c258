// What Python's sum, min, max, any and all make of an iterable (CPython: Python/bltinmodule.c).
//
// Each goes through the iterable once, holds what it is looking at, and reaches a safepoint at every item.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>

namespace ouro {

/// `sum(iterable, start)`; no start means 0. Ints that fit a word, and floats, are added without making objects in between;
/// the result is the same. TypeError "sum() can't sum strings [use ''.join(seq) instead]" and what `+` raises.
[[nodiscard]] Ref<> sum(Object& iterable, Object* start = nullptr);

/// `min(iterable, key=key, default=fallback)` and `max`: the first of several that are equal. ValueError "min() arg is an
/// empty sequence" if there is none and no fallback.
[[nodiscard]] Ref<> min_of(Object& iterable, Object* key = nullptr, Object* fallback = nullptr);
[[nodiscard]] Ref<> max_of(Object& iterable, Object* key = nullptr, Object* fallback = nullptr);

/// `any(iterable)` and `all(iterable)`: go no further than they need.
[[nodiscard]] bool any_of(Object& iterable);
[[nodiscard]] bool all_of(Object& iterable);

}  // namespace ouro
