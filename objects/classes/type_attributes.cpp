// The attributes of `type` (CPython: type_getsets and type_methods in Objects/typeobject.c).
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/type_attributes.h>
#include <ouro/objects/classes/mapping_proxy.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/names.h>
#include <ouro/objects/core/detail/plain_name.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

Builtins& builtins_at(const Type& type) noexcept { return *type.heap->builtins; }

/// What a class itself has under a name. Null for a built-in type.
Ref<> own_value(Type& type, std::string_view name) {
  const Class* const made = as_class(type);
  if (made == nullptr || made->attributes == nullptr) return {};
  return Ref<>::share(static_cast<const Dict&>(*made->attributes).find(name));
}

/// The class whose attribute is set. Built-in types were refused before.
Class& changed_class(Type& type, const Object* value, std::string_view name) {
  Class* const made = as_class(type);
  if (made == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("cannot set '{}' attribute of immutable type '{}'", name, type.name));
  if (value == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("cannot delete '{}' attribute of immutable type '{}'", name, type.name));
  return *made;
}

Str& expect_text(const Type& type, Object& value, std::string_view name) {
  if (is<Str>(value)) return static_cast<Str&>(value);
  raise(ErrorKind::kTypeError, fmt::format("can only assign string to {}.{}, not '{}'", type.name, name, value.type->name));
}

void set_in_dict(Class& type, std::string_view name, Object* value) {
  set_class_attribute(type, *intern(builtins_at(type), name), value);
}

// ---- Names ----

/// The slots and errors view the text of the name, so the old one goes last.
void set_name(Type& type, Object* value) {
  Class& made = changed_class(type, value, "__name__");
  Str& name = expect_text(made, *value, "__name__");
  if (text(name).find('\0') != std::string_view::npos)
    raise(ErrorKind::kValueError, "type name must not contain null characters");
  Ref<Str> qualified = make_str(builtins_at(type), qualname(made));
  Ref<Str> interned = intern(name);
  made.name = made.body->slots.name = text(*interned);
  if (made.body->qualified == nullptr) made.body->qualified = qualified.release();
  store(made.label, interned.release());
}

void set_qualified_name(Type& type, Object* value) {
  Class& made = changed_class(type, value, "__qualname__");
  store(made.body->qualified, share<Object>(expect_text(made, *value, "__qualname__")).release());
}

Ref<> name_of_type(Type& type) { return make_str(builtins_at(type), plain_name(type)); }

Ref<> module_of(Type& type) {
  if (Ref<> own = own_value(type, "__module__")) return own;
  const std::string full = qualified_name(type);
  const std::size_t dot = full.rfind('.');
  return make_str(builtins_at(type), dot == std::string::npos ? "builtins" : std::string_view(full).substr(0, dot));
}

// ---- Bases ----

Ref<> bases_of(Type& type) {
  if (Class* const made = as_class(type)) return Ref<>::share(made->bases);
  Builtins& builtins = builtins_at(type);
  if (type.base == nullptr) return share<Object>(builtins.empty_tuple());
  if (type.slots->second_base == nullptr) return make_tuple(builtins, {type.base});
  return make_tuple(builtins, {type.base, type.slots->second_base(type)});
}

Ref<> base_of(Type& type) { return type.base == nullptr ? make_none(builtins_at(type)) : Ref<>(share<Object>(*type.base)); }

// ---- Attributes ----

Ref<Dict> attributes_of_builtin(const Type& type) {
  Ref<Dict> attributes = make_dict(builtins_at(type));
  add_own_attributes(type, *attributes);
  attributes->set("__doc__", *doc_of(type));
  return attributes;
}

Ref<> attributes_of(Type& type) {
  const Class* const made = as_class(type);
  if (made == nullptr) return make_mapping_proxy(*attributes_of_builtin(type));
  if (made->attributes == nullptr) return make_mapping_proxy(*make_dict(builtins_at(type)));
  return make_mapping_proxy(*made->attributes);
}

/// What the type itself says, not what a base does.
Ref<> own_doc(Type& type) {
  if (as_class(type) == nullptr) return doc_of(type);
  const Ref<> found = own_value(type, "__doc__");
  return found ? bind_to_class(*found, type) : make_none(builtins_at(type));
}

/// Made when it is first asked for.
Ref<> annotations_of(Type& type) {
  Class* const made = as_class(type);
  if (made == nullptr)
    raise(ErrorKind::kAttributeError, fmt::format("type object '{}' has no attribute '__annotations__'", type.name));
  if (const Ref<> found = own_value(type, "__annotations__")) return bind_to_class(*found, type);
  Ref<Dict> fresh = make_dict(builtins_at(type));
  set_in_dict(*made, "__annotations__", fresh.get());
  return fresh;
}

void set_annotations(Type& type, Object* value) {
  Class* const made = as_class(type);
  if (made == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("cannot set '__annotations__' attribute of immutable type '{}'", type.name));
  if (value == nullptr && !own_value(type, "__annotations__")) raise(ErrorKind::kAttributeError, "__annotations__");
  set_in_dict(*made, "__annotations__", value);
}

Ref<> abstract_methods_of(Type& type) {
  if (Ref<> own = own_value(type, "__abstractmethods__")) return own;
  raise(ErrorKind::kAttributeError, "__abstractmethods__");
}

void set_abstract_methods(Type& type, Object* value) {
  Class* const made = as_class(type);
  if (made == nullptr || (value == nullptr && !own_value(type, "__abstractmethods__")))
    raise(ErrorKind::kAttributeError, "__abstractmethods__");
  const bool is_abstract = value != nullptr && truth(*value);
  set_in_dict(*made, "__abstractmethods__", value);
  made->body->is_abstract = is_abstract;
}

/// Those of CPython's bits that say what is true here as well.
std::int64_t flags_of(const Type& type) noexcept {
  constexpr std::int64_t kHeapType = 1 << 9, kBaseTypeBit = 1 << 10, kCollected = 1 << 14, kAbstract = 1 << 20;
  const Class* const made = type.has(kClassType) ? static_cast<const Class*>(&type) : nullptr;
  std::int64_t flags = type.has(kContainerType) ? kCollected : 0;
  if (made != nullptr) flags |= kHeapType | (made->body->is_abstract ? kAbstract : 0);
  return made != nullptr || type.has(kBaseType) || type.kind == Kind::kObject ? flags | kBaseTypeBit : flags;
}

constexpr Attribute kAttributes[] = {
    method(
        "mro()",
        [](Type& type) {
          Class* const made = as_class(type);
          return list_from(made != nullptr ? *linearise(*made) : *mro_of(type));
        },
        "Return a type's method resolution order."),
    method(
        "__subclasses__()", [](Type& type) { return subclasses_of(type); }, "Return a list of immediate subclasses."),
    without_signature(class_method(
        "__prepare__(*args)", [](Type& type, const Arguments&) { return make_dict(builtins_at(type)); },
        "__prepare__() -> dict\nused to create the namespace for the class statement")),
    method(
        "__instancecheck__(instance, /)", [](Type& type, Object& instance) { return is_real_instance(instance, type); },
        "Check if an object is an instance."),
    method(
        "__subclasscheck__(subclass, /)", [](Type& type, Object& subclass) { return is_real_subclass(subclass, type); },
        "Check if a class is a subclass."),
    method(
        "__dir__()", [](Type& type) { return names_of_type(type); }, "Specialized __dir__ implementation for types."),
    method(
        "__sizeof__()", [](Type& type) { return block_bytes(type); }, "Return memory consumption of the type object."),
    member(
        "__basicsize__", [](Type& type) { return type.size; }, ""),
    member(
        "__itemsize__", [](Type& type) { return type.size == 0 ? 1 : 0; }, ""),
    member(
        "__flags__", [](Type& type) { return flags_of(type); }, ""),
    member(
        "__weakrefoffset__", [](Type&) { return 0; }, ""),
    member(
        "__base__", [](Type& type) { return base_of(type); }, ""),
    member(
        "__dictoffset__", [](Type& type) { return type.slots->dict_offset; }, ""),
    member(
        "__mro__", [](Type& type) { return mro_of(type); }, ""),
    property(
        "__name__", [](Type& type) { return name_of_type(type); }, [](Type& type, Object* value) { set_name(type, value); },
        ""),
    property(
        "__qualname__", [](Type& type) { return make_str(builtins_at(type), qualname(type)); },
        [](Type& type, Object* value) { set_qualified_name(type, value); }, ""),
    property(
        "__bases__", [](Type& type) { return bases_of(type); },
        [](Type& type, Object* value) {
          Class& changed = changed_class(type, value, "__bases__");  // refuses null
          set_bases(changed, *value);
        },
        ""),
    property(
        "__module__", [](Type& type) { return module_of(type); },
        [](Type& type, Object* value) { set_in_dict(changed_class(type, value, "__module__"), "__module__", value); }, ""),
    property(
        "__abstractmethods__", [](Type& type) { return abstract_methods_of(type); },
        [](Type& type, Object* value) { set_abstract_methods(type, value); }, ""),
    property(
        "__dict__", [](Type& type) { return attributes_of(type); }, ""),
    property(
        "__doc__", [](Type& type) { return own_doc(type); },
        [](Type& type, Object* value) { set_in_dict(changed_class(type, value, "__doc__"), "__doc__", value); }, ""),
    property(
        "__text_signature__", [](Type& type) { return make_none(builtins_at(type)); }, ""),
    property(
        "__annotations__", [](Type& type) { return annotations_of(type); },
        [](Type& type, Object* value) { set_annotations(type, value); }, ""),
};

}  // namespace

const AttributeTable kTypeAttributeTable = kAttributeTable<kAttributes>;

}  // namespace ouro::detail
