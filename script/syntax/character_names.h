// Characters by their names in Unicode 14, as "\N{...}" takes them.
#pragma once

#include <optional>
#include <string_view>

namespace ouro::script {

/// Also aliases; the case of letters does not matter.
[[nodiscard]] std::optional<char32_t> find_character(std::string_view name);

}  // namespace ouro::script
