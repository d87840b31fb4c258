// The entries `__dict__` and `__weakref__` of classes (CPython: subtype_getsets_full in Objects/typeobject.c).
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/layout_entries.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

[[noreturn, gnu::cold]] void refuse_descriptor(std::string_view name, const Object& object) {
  raise(ErrorKind::kTypeError, fmt::format("this {} descriptor does not support '{}' objects", name, object.type->name));
}

/// Of objects of the classes that have the entry; once the collector cleared its class it is asked of any object.
Ref<> dict_of_object(Object& object) {
  if (auto* const instance = as<Instance>(object)) return dict_of(*instance);
  if (dict_slot(object) == nullptr || !has_instance_dict(*object.type)) refuse_descriptor("__dict__", object);
  return dict_of_derived(object);
}

void set_dict_of_object(Object& object, Object* value) {
  if (auto* const instance = as<Instance>(object)) return replace_dict(*instance, value);
  if (dict_slot(object) == nullptr || !has_instance_dict(*object.type)) refuse_descriptor("__dict__", object);
  replace_dict_of_derived(object, value);
}

/// The first of its weak references.
Ref<> first_weakref(Object& object) {
  WeakRef* const first = heap_of(object).weak.newest(object);
  return first != nullptr ? share<Object>(*first) : make_none(builtins_of(object));
}

constexpr Attribute kDictEntry = property(
    "__dict__", [](Object& object) { return dict_of_object(object); },
    [](Object& object, Object* value) { set_dict_of_object(object, value); }, "dictionary for instance variables");
constexpr Attribute kWeakrefEntry = property(
    "__weakref__", [](Object& object) { return first_weakref(object); }, "list of weak references to the object");

bool adds_dict(const Class& type) noexcept {
  const Type& base = *type.base;
  if (!type.body->has_dict || base.kind == Kind::kType) return false;
  return !gives_dict(base);
}

bool adds_weakrefs(const Class& type) noexcept { return type.has(kWeakableType) && !type.base->has(kWeakableType); }

void add(Class& type, const Attribute& attribute) {
  Builtins& builtins = builtins_of(type);
  auto& attributes = static_cast<Dict&>(*type.attributes);
  const Ref<Str> name = intern(builtins, attribute.parameters.name);
  if (attributes.find(*name) != nullptr) return;
  Ref<> owner = share<Object>(type);
  const Ref<Descriptor> made = make<Descriptor>(builtins.immortals->type(Variant::kPropertyDescriptor), sizeof(Descriptor),
                                                [&](Descriptor& entry) noexcept {
                                                  entry.owner = static_cast<Type*>(owner.release());
                                                  entry.attribute = &attribute;
                                                });
  attributes.set(*name, *made);
}

}  // namespace

void add_layout_entries(Class& type) {
  if (adds_dict(type)) add(type, kDictEntry);
  if (adds_weakrefs(type)) add(type, kWeakrefEntry);
}

bool is_layout_entry(const Class& type, const Object& name, const Object& value) noexcept {
  const auto* const descriptor = as<Descriptor>(value);
  if (descriptor == nullptr || descriptor->owner != &type || !is<Str>(name)) return false;
  if (descriptor->attribute != &kDictEntry && descriptor->attribute != &kWeakrefEntry) return false;
  return text(static_cast<const Str&>(name)) == descriptor->attribute->parameters.name;
}

}  // namespace ouro::detail
