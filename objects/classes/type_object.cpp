// `type`: what can be done with types and classes themselves.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/plain_name.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/messages/copied.h>
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
  if (type.base == nullptr) return share(builtins.empty_tuple());
  if (type.slots->second_base == nullptr) return make_tuple(builtins, {type.base});
  return make_tuple(builtins, {type.base, type.slots->second_base(type)});
}

Ref<> attributes_of_builtin(const Type& type) {
  Ref<Dict> attributes = make_dict(*type.heap->builtins);
  add_own_attributes(type, *attributes);
  attributes->set("__doc__", *doc_of(type));
  return attributes;
}

/// A copy: whoever changed the dict itself would go past the slots that depend on it.
Ref<> attributes_of(Type& type) {
  const Class* const made = as_class(type);
  if (made == nullptr) return attributes_of_builtin(type);
  if (made->attributes == nullptr) return make_dict(*type.heap->builtins);
  return static_cast<Dict*>(made->attributes)->copy();
}

/// `type.__doc__`: what the type itself says, not what a base does.
Ref<> own_doc(Type& type) {
  const Class* const made = as_class(type);
  if (made == nullptr) return doc_of(type);
  Object* const found = made->attributes != nullptr ? static_cast<Dict*>(made->attributes)->find("__doc__") : nullptr;
  return found != nullptr ? bind_to_class(*share(*found), type) : make_none(*type.heap->builtins);
}

Ref<> base_of(Type& type) {
  return type.base == nullptr ? make_none(*type.heap->builtins) : Ref<>(share<Object>(*type.base));
}

/// What every type has, whatever its class body says. Empty if `name` is none of these.
Ref<> type_property(Type& type, std::string_view name) {
  if (!name.starts_with("__")) return {};
  if (name == "__class__") return share<Object>(*type.type);
  if (name == "__name__" || name == "__qualname__") return make_str(*type.heap->builtins, detail::plain_name(type));
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
  if (text(wanted) == "__doc__") return own_doc(type);
  if (const Ref<> found = Ref<>::share(lookup(type, wanted))) return bind_to_class(*found, type);
  // What all types have: `int.mro`, `int.__call__`.
  const Ref<> found = Ref<>::share(lookup(*type.type, wanted));
  return found ? bind(*found, object) : Ref<>();
}

/// Everything was done when it was made.
void initialise_type(Object&, const Arguments& arguments) {
  const std::size_t given = arguments.positional.size();
  if (!arguments.keyword_names.empty() && given == 1)
    raise(ErrorKind::kTypeError, "type.__init__() takes no keyword arguments");
  if (given != 1 && given != 3) raise(ErrorKind::kTypeError, "type.__init__() takes 1 or 3 arguments");
}

constexpr Attribute kTypeAttributes[] = {
    method(
        "mro()", [](Type& type) { return list_from(*mro_of(type)); }, "Return a type's method resolution order."),
};

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
  if (Class* const made = as_class(callee)) return instantiate(*made, arguments);
  auto& type = static_cast<Type&>(callee);
  const TypeSlots& slots = *type.slots;
  if (slots.construct == nullptr) raise(ErrorKind::kTypeError, fmt::format("cannot create '{}' instances", type.name));
  Ref<> object = slots.construct(type, arguments);
  if (const auto initialise = object->type->slots->initialise; initialise != nullptr && is_instance(*object, type))
    initialise(*object, arguments);
  return object;
}

/// `type(name, bases, attributes)`.
Ref<> class_from(Builtins& builtins, std::span<Object* const> arguments) {
  const Str* const name = as<Str>(*arguments[0]);
  const Tuple* const bases = as<Tuple>(*arguments[1]);
  Dict* const attributes = as<Dict>(*arguments[2]);
  const auto refuse = [&](int position, std::string_view expected, const Object& given) {
    raise(ErrorKind::kTypeError,
          fmt::format("type.__new__() argument {} must be {}, not {}", position, expected, given.type->name));
  };
  if (name == nullptr) refuse(1, "str", *arguments[0]);
  if (bases == nullptr) refuse(2, "tuple", *arguments[1]);
  if (attributes == nullptr) refuse(3, "dict", *arguments[2]);
  return ouro::make_class(builtins, text(*name), bases->view(), attributes);
}

/// `type(object)`, `type(name, bases, attributes)`.
Ref<> construct_type(Type& type, const Arguments& arguments) {
  const auto given = arguments.positional;
  if (given.size() != 1 && given.size() != 3) raise(ErrorKind::kTypeError, "type() takes 1 or 3 arguments");
  if (!arguments.keyword_names.empty()) raise(ErrorKind::kTypeError, "type() takes no keyword arguments");
  return given.size() == 1 ? share<Object>(*given[0]->type) : class_from(*type.heap->builtins, given);
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
    .construct = construct_type,
    .initialise = initialise_type,
    .attributes = &kAttributeTable<kTypeAttributes>,
    .copy = &kCopiedByName,
};

}  // namespace ouro::detail
