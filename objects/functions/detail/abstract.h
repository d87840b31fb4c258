// Whether something is marked as abstract, as property, staticmethod and classmethod tell of what they wrap.
#pragma once

#include <ouro/objects/model/ref.h>

namespace ouro::detail {

/// `bool(getattr(object, '__isabstractmethod__', False))` (CPython: _PyObject_IsAbstract). False for null.
[[nodiscard]] bool is_abstract(Object* object);

}  // namespace ouro::detail
