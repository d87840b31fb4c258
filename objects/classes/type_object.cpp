// `type`: what can be done with types and classes themselves.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/detail/type_calls.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

Ref<> repr_type(Object& object) {
  return make_str(builtins_of(object), fmt::format("<class '{}'>", qualified_name(static_cast<const Type&>(object))));
}

Ref<> bases_of(Type& type) {
  if (Class* const made = as_class(type)) return Ref<>::share(made->bases);
  Builtins& builtins = *type.heap->builtins;
  return type.base == nullptr ? Ref<>(share(builtins.empty_tuple())) : Ref<>(make_tuple(builtins, {type.base}));
}

/// A copy: whoever changed the dict itself would go past the slots that depend on it.
Ref<> attributes_of(Type& type) {
  const Class* const made = as_class(type);
  if (made == nullptr || made->attributes == nullptr) return make_dict(*type.heap->builtins);
  return static_cast<Dict*>(made->attributes)->copy();
}

Ref<> base_of(Type& type) {
  return type.base == nullptr ? make_none(*type.heap->builtins) : Ref<>(share<Object>(*type.base));
}

/// What every type has, whatever its class body says. Empty if `name` is none of these.
Ref<> type_property(Type& type, std::string_view name) {
  if (!name.starts_with("__")) return {};
  if (name == "__class__") return share<Object>(*type.type);
  if (name == "__name__" || name == "__qualname__") return make_str(*type.heap->builtins, type.name);
  if (name == "__mro__") return mro_of(type);
  if (name == "__bases__") return bases_of(type);
  if (name == "__base__") return base_of(type);
  if (name == "__dict__") return attributes_of(type);
  return {};
}

Ref<> get_type_attribute(Object& object, Object& name) {
  auto& type = static_cast<Type&>(object);
  auto& wanted = static_cast<Str&>(name);
  if (Ref<> property = type_property(type, text(wanted))) return property;
  const Ref<> found = Ref<>::share(lookup(type, wanted));
  return found ? bind_to_class(*found, type) : Ref<>();
}

void set_type_attribute(Object& object, Object& name, Object* value) {
  auto& changed = static_cast<Str&>(name);
  Class* const type = as_class(object);
  if (type == nullptr) {
    raise(ErrorKind::kTypeError, fmt::format("cannot set '{}' attribute of immutable type '{}'", text(changed),
                                             static_cast<const Type&>(object).name));
  }
  if (type_property(*type, text(changed)))
    raise(ErrorKind::kAttributeError, fmt::format("attribute '{}' of 'type' objects is not writable", text(changed)));
  set_class_attribute(*type, changed, value);
}

Ref<> call_type(Object& callee, const Arguments& arguments) {
  Class* const type = as_class(callee);
  if (type == nullptr) return call_builtin_type(static_cast<Type&>(callee), arguments);
  return instantiate(*type, arguments);
}

}  // namespace

// Foreign, so that classes among dead objects are cleared in turn: their instances need them to the last.
const TypeSlots kTypeSlots{
    .name = "type",
    .kind = Kind::kType,
    .flags = kContainerType | kWeakableType | kForeignType | kBorrowerType,
    .size = sizeof(Class),
    .edges = EdgeLayout::custom(),
    .release = release_class,
    .traverse = traverse_class,
    .clear = clear_class,
    .edge_name = edge_name_of_class,
    .hidden = visit_hidden_of_class,
    .repr = repr_type,
    .hash = default_hash,
    .call = call_type,
    .get_attribute = get_type_attribute,
    .set_attribute = set_type_attribute,
};

}  // namespace ouro::detail
