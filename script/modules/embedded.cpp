// Finds the text of a module that is written in Python.
#include <ouro/script/modules/embedded.h>

#include <algorithm>
#include <iterator>

namespace ouro::script {

namespace {

constexpr EmbeddedModule kModules[] = {
#include <python_texts.inc>
};

}  // namespace

EmbeddedModule find_embedded_module(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(kModules, name, &EmbeddedModule::name);
  return found != std::end(kModules) ? *found : EmbeddedModule();
}

bool is_embedded_package(std::string_view name) noexcept {
  return std::ranges::any_of(kModules, [name](const EmbeddedModule& module) {
    return module.name.size() > name.size() && module.name.starts_with(name) && module.name[name.size()] == '.';
  });
}

}  // namespace ouro::script
