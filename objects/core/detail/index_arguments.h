// Arguments that say a position, as methods of built-in types take them.
#pragma once

#include <ouro/objects/model/ref.h>

#include <cstdint>

namespace ouro::detail {

/// A position or number of items; `fallback` if it was not given. TypeError "'str' object cannot be interpreted as an
/// integer"; OverflowError "Python int too large to convert to C ssize_t".
[[nodiscard]] std::int64_t size_argument(Object* given, std::int64_t fallback);

/// Where a search begins or ends: an int too large is as good as the end. TypeError "slice indices must be integers or have
/// an __index__ method".
[[nodiscard]] std::int64_t bound_argument(Object* given, std::int64_t fallback);
/// The same, where None is as good as nothing: "slice indices must be integers or None or have an __index__ method".
[[nodiscard]] std::int64_t bound_or_none_argument(Object* given, std::int64_t fallback);

/// A C int. OverflowError "Python int too large to convert to C int"; TypeError "'str' object cannot be interpreted as an
/// integer".
[[nodiscard]] int c_int_argument(Object* given, int fallback);

/// A flag that is written as an int: `reverse=1`. Errors as for `c_int_argument`.
[[nodiscard]] bool flag_argument(Object* given);

}  // namespace ouro::detail
