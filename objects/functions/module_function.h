// Functions of a module, as objects: `len`, `operator.add`.
//
//   constexpr Attribute kFunctions[] = {
//       function("len(obj, /)", [](Object&, Object& object) { return length(object); }, "Return the number of items ..."),
//   };
//   constexpr char kModuleName[] = "builtins";
//   add_functions(*dict, *module, kFunctionsOf<kFunctions, kModuleName>);     dict['len'] is <built-in function len>
//
// A table of constants, as the attributes of a type are (attributes.h). The lambda takes the module first, None where there
// is none, and then what the text names. An object is made for each function when it is added.
#pragma once

#include <ouro/objects/core/attributes.h>
#include <ouro/objects/functions/descriptor.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

namespace ouro {

/// A function of a module. It has no owner, and is no object itself: its header is empty.
struct ModuleFunction : Descriptor {
  std::string_view module_name;  ///< `__module__`
};

/// One function of a table.
template <class F>
[[nodiscard]] constexpr Attribute function(std::string_view signature, F, std::string_view doc) {
  return detail::callable<F>(Attribute::Sort::kStaticMethod, signature, doc);
}

namespace detail {

template <const auto& kTable, const auto& kModuleName, std::size_t... I>
[[nodiscard]] constexpr auto make_module_functions(std::index_sequence<I...>) {
  return std::array<ModuleFunction, sizeof...(I)>{ModuleFunction{{{0, 0, nullptr}, nullptr, &kTable[I]}, kModuleName}...};
}

/// True if the descriptor is a ModuleFunction.
[[nodiscard]] inline bool is_of_module(const Descriptor& descriptor) noexcept { return descriptor.owner == nullptr; }

[[nodiscard]] inline std::string_view module_name_of(const Descriptor& function) noexcept {
  return static_cast<const ModuleFunction&>(function).module_name;
}

/// Calls one. Errors name functions of builtins alone, others with their module.
[[nodiscard]] Ref<> call_module_function(const ModuleFunction& function, Object& module, const Arguments& arguments);

}  // namespace detail

/// The functions of a table, for `add_functions`.
template <const auto& kTable, const auto& kModuleName>
inline constexpr auto kFunctionsOf =
    detail::make_module_functions<kTable, kModuleName>(std::make_index_sequence<std::size(kTable)>());

/// The object of one function. Throws MemoryError.
[[nodiscard]] Ref<BuiltinMethod> make_module_function(const ModuleFunction& function, Object& module);
/// Enters an object for each function under its name. Throws MemoryError.
void add_functions(Dict& to, Object& module, std::span<const ModuleFunction> functions);

}  // namespace ouro
