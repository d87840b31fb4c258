// Which allocator a runtime gets: what its options say, else the environment (CPython: PYTHONMALLOC).
#pragma once

#include <optional>

namespace ouro::detail {

/// True if the debug mode is to be used. `chosen` decides; not set, the variable OURO_MALLOC does: empty, "default" and
/// "pymalloc" mean no, "debug" means yes. Throws ValueError for any other value.
[[nodiscard]] bool wants_debug_memory(std::optional<bool> chosen);

}  // namespace ouro::detail
