// The errors of what cannot be copied, as Python's module `pickle` has them.
#pragma once

#include <ouro/base/error_kinds.h>

namespace ouro {

inline constexpr ErrorType kPickleError = added_error("pickle", "PickleError", error_type(ErrorKind::kException),
                                                      "A common base class for the other pickling exceptions.");
inline constexpr ErrorType kPicklingError =
    added_error("pickle", "PicklingError", kPickleError,
                "This exception is raised when an unpicklable object is passed to the\ndump() method.\n\n");

}  // namespace ouro
