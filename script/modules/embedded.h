// The modules that are written in Python and are part of the program: script/modules/python.
#pragma once

#include <string_view>

namespace ouro::script {

/// The text of one of them; `text` is null if there is none of that name.
struct EmbeddedModule {
  std::string_view name{};
  const char* text = nullptr;
};
[[nodiscard]] EmbeddedModule find_embedded_module(std::string_view name) noexcept;
/// True if others have names below its own: `collections` of `collections.abc`.
[[nodiscard]] bool is_embedded_package(std::string_view name) noexcept;

}  // namespace ouro::script
