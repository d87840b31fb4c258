// Chooses the allocator by the option and by OURO_MALLOC.
#include <ouro/base/error.h>
#include <ouro/runtime/detail/memory_choice.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace ouro::detail {

bool wants_debug_memory(std::optional<bool> chosen) {
  if (chosen) return *chosen;
  const char* const value = std::getenv("OURO_MALLOC");
  const std::string_view name = value == nullptr ? "" : value;
  if (name.empty() || name == "default" || name == "pymalloc") return false;
  if (name == "debug") return true;
  raise(ErrorKind::kValueError,
        "OURO_MALLOC: unknown allocator '" + std::string(name) + "' (expected default, pymalloc or debug)");
}

}  // namespace ouro::detail
