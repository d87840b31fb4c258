// itemgetter, attrgetter and methodcaller of Python's `operator`, as classes of a runtime.
#pragma once

#include <ouro/objects/containers/dict.h>

namespace ouro::detail {

/// Makes the three classes and enters them under their names. Throws MemoryError.
void add_getters(Dict& to);

}  // namespace ouro::detail
