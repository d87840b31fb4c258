// The name of a type without the module that some built-in ones are shown with.
#pragma once

#include <ouro/objects/model/type.h>

#include <string_view>

namespace ouro::detail {

/// `type.__name__`: "SimpleNamespace" of types.SimpleNamespace. The name of a class may have dots.
[[nodiscard]] inline std::string_view plain_name(const Type& type) noexcept {
  const std::size_t dot = type.has(kClassType) ? std::string_view::npos : type.name.rfind('.');
  return dot == std::string_view::npos ? type.name : type.name.substr(dot + 1);
}

}  // namespace ouro::detail
