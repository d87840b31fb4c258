// `type`: attributes of types and classes, and calling them.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/type_attributes.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/classes/union_type.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

Ref<> repr_type(Object& object) {
  return make_str(builtins_of(object), fmt::format("<class '{}'>", qualified_name(static_cast<const Type&>(object))));
}

/// What the metaclass has under a name. `type` itself has nothing of other names but `mro`, which is no data descriptor.
Ref<> find_in_metaclass(const Type& type, Str& name) {
  const bool is_plain = !type.type->has(kClassType) && !text(name).starts_with("__");
  return is_plain ? Ref<>() : lookup_held(*type.type, name);
}

/// Everything was done when it was made.
void initialise_type(Object&, const Arguments& arguments) {
  const std::size_t given = arguments.positional.size();
  if (!arguments.keyword_names.empty() && given == 1)
    raise(ErrorKind::kTypeError, "type.__init__() takes no keyword arguments");
  if (given != 1 && given != 3) raise(ErrorKind::kTypeError, "type.__init__() takes 1 or 3 arguments");
}

constexpr NumberSlots kNumber{.bit_or = union_of};

bool is_type_itself(const Type& type) noexcept { return type.kind == Kind::kType && !type.has(kClassType); }

/// What making an object of a type gave, initialised if it is one (CPython: type_call).
Ref<> made_and_initialised(const Type& type, Ref<> object, const Arguments& arguments) {
  if (const auto initialise = object->type->slots->initialise; initialise != nullptr && is_instance(*object, type))
    initialise(*object, arguments);
  return object;
}

/// `type(object)`, `type(name, bases, attributes)`.
Ref<> call_type_itself(Type& type, const Arguments& arguments) {
  const auto given = arguments.positional;
  if (given.size() != 1 && given.size() != 3) raise(ErrorKind::kTypeError, "type() takes 1 or 3 arguments");
  if (given.size() == 3) return made_and_initialised(type, construct_type(type, arguments), arguments);
  if (!arguments.keyword_names.empty()) raise(ErrorKind::kTypeError, "type() takes no keyword arguments");
  return share<Object>(*given[0]->type);
}

Ref<> call_type(Object& callee, const Arguments& arguments) {
  if (Class* const made = as_class(callee)) return instantiate(*made, arguments);
  auto& type = static_cast<Type&>(callee);
  if (is_type_itself(type)) return call_type_itself(type, arguments);
  const TypeSlots& slots = *type.slots;
  if (slots.construct == nullptr) raise(ErrorKind::kTypeError, fmt::format("cannot create '{}' instances", type.name));
  return made_and_initialised(type, slots.construct(type, arguments), arguments);
}

}  // namespace

Ref<> get_type_attribute(Object& object, Object& name) {
  auto& type = static_cast<Type&>(object);
  auto& wanted = static_cast<Str&>(name);
  const Ref<> of_metaclass = find_in_metaclass(type, wanted);
  if (of_metaclass && is_read_first(*of_metaclass)) return bind(*of_metaclass, object);
  if (const Ref<> found = lookup_held(type, wanted)) return bind_to_class(*found, type);
  // What all types have: `int.mro`, `int.__call__`.
  const Ref<> found = of_metaclass ? of_metaclass : lookup_held(*type.type, wanted);
  return found ? bind(*found, object) : Ref<>();
}

void set_type_attribute(Object& object, Object& name, Object* value) {
  Class* const type = as_class(object);
  if (type == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("cannot set {} attribute of immutable type '{}'", text(*repr(name)),
                                             static_cast<const Type&>(object).name));
  auto& changed = static_cast<Str&>(name);
  const Ref<> of_metaclass = find_in_metaclass(*type, changed);
  if (of_metaclass && set_through(*of_metaclass, object, changed, value)) return;
  set_class_attribute(*type, changed, value);
}

// Foreign, so that classes among dead objects are cleared in turn: their instances need them to the last.
const TypeSlots kTypeSlots{
    .name = "type",
    .kind = Kind::kType,
    .flags = kContainerType | kWeakableType | kForeignType | kBorrowerType | kBaseType,
    .size = sizeof(Class),
    .edges = EdgeLayout::custom(),
    .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
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
    .number = &kNumber,
    .construct = construct_type,
    .initialise = initialise_type,
    .attributes = &kTypeAttributeTable,
    .copy = &kCopiedByName,
};

}  // namespace ouro::detail
