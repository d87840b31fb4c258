// What the dict of a new class holds (CPython: type_new_set_attrs in Objects/typeobject.c), and the names of types.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/layout_entries.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/plain_name.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/functions/wrapped_function.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

namespace detail {

namespace {

/// Functions of these names are no methods.
void wrap_functions(Dict& attributes) {
  const auto function_named = [&](std::string_view name) {
    Object* const found = attributes.find(name);
    return found != nullptr && is_function(*found) ? share(*found) : Ref<>();
  };
  if (const Ref<> maker = function_named("__new__")) attributes.set("__new__", *make_static_method(*maker));
  for (const std::string_view name : {"__init_subclass__", "__class_getitem__"})
    if (const Ref<> function = function_named(name)) attributes.set(name, *make_class_method(*function));
}

void set_default(Dict& attributes, std::string_view name, Object& value) {
  if (attributes.find(name) == nullptr) attributes.set(name, value);
}

/// A class that says what equals its instances, but not how they hash, makes them unhashable.
void forbid_hash_of_equals(Builtins& builtins, Dict& attributes) {
  if (attributes.find("__eq__") != nullptr) set_default(attributes, "__hash__", builtins.none());
}

}  // namespace

Ref<Dict> prepared_attributes(Builtins& builtins, const ClassPlan& plan) {
  Ref<Dict> attributes = plan.attributes == nullptr ? make_dict(builtins) : plan.attributes->copy();
  if (plan.native == nullptr) {
    set_default(*attributes, "__module__", *intern(builtins, "__main__"));
    wrap_functions(*attributes);
  }
  return attributes;
}

void add_defaults(Class& type) {
  Builtins& builtins = builtins_of(type);
  auto& attributes = static_cast<Dict&>(*type.attributes);
  if (type.native == nullptr || type.slots->dict_offset != 0) {
    add_layout_entries(type);
    set_default(attributes, "__doc__", builtins.none());
  }
  forbid_hash_of_equals(builtins, attributes);
}

Ref<> take_qualified_name(Dict& attributes) {
  const Ref<> given = Ref<>::share(attributes.find("__qualname__"));
  if (!given) return {};
  if (!is<Str>(*given))
    raise(ErrorKind::kTypeError, fmt::format("type __qualname__ must be a str, not {}", given->type->name));
  attributes.discard(*intern(builtins_of(attributes), "__qualname__"));
  return given;
}

Ref<Cell> take_class_cell(Dict& attributes) {
  const Ref<> given = Ref<>::share(attributes.find("__classcell__"));
  if (!given) return {};
  if (!is<Cell>(*given))
    raise(ErrorKind::kTypeError,
          fmt::format("__classcell__ must be a nonlocal cell, not {}", text(*repr(static_cast<Object&>(*given->type)))));
  attributes.discard(*intern(builtins_of(attributes), "__classcell__"));
  return static_ref_cast<Cell>(given);
}

std::string_view qualname(const Type& type) noexcept {
  if (!type.has(kClassType)) return plain_name(type);
  const Object* const qualified = static_cast<const Class&>(type).body->qualified;
  return qualified != nullptr ? text(static_cast<const Str&>(*qualified)) : type.name;
}

}  // namespace detail

std::string qualified_name(const Type& type) {
  if (!type.has(kClassType)) {
    const ErrorType* const error = error_type_of(type);
    const bool has_module = error != nullptr && !error->module_name.empty();
    return has_module ? fmt::format("{}.{}", error->module_name, error->name) : std::string(type.name);
  }
  const auto& made = static_cast<const Class&>(type);
  if (made.attributes == nullptr && made.native == nullptr)  // the collector cleared it
    return fmt::format("__main__.{}", detail::qualname(type));
  const Object* const attributes = made.attributes;
  const Object* const module = attributes != nullptr ? static_cast<const Dict&>(*attributes).find("__module__") : nullptr;
  if (module == nullptr || !is<Str>(*module) || text(static_cast<const Str&>(*module)) == "builtins")
    return std::string(type.name);
  return fmt::format("{}.{}", text(static_cast<const Str&>(*module)), detail::qualname(type));
}

}  // namespace ouro
