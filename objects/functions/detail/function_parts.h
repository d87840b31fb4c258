// What a function holds besides what its calls need: `__dict__` and the attributes that a program may set.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/functions/function.h>

#include <cstddef>

namespace ouro::detail {

/// The attributes of functions that are made when they are asked for or set: items of a list. NotImplemented: not there.
enum class FunctionExtra : std::size_t { kDict, kName, kDoc, kModule, kAnnotations, kDefaults, kKeywordDefaults };
inline constexpr std::size_t kFunctionExtras = 7;

/// Where the list of a function's extras stands, the last word of its block. Owned; null: there are none.
[[nodiscard]] Object*& extras_of(Function& function) noexcept;

extern const AttributeTable kFunctionAttributeTable;

/// The slots `get_attribute` and `set_attribute` of functions.
[[nodiscard]] Ref<> get_function_attribute(Object& object, Object& name);
void set_function_attribute(Object& object, Object& name, Object* value);

}  // namespace ouro::detail
