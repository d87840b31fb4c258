// Finding the attributes of built-in types, and what reading, setting and calling them does (CPython:
// Objects/descrobject.c).
#include <ouro/base/assert.h>
#include <ouro/base/error_kinds.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

namespace ouro::detail {

namespace {

using Sort = Attribute::Sort;

Type& type_for(Immortals& immortals, Sort sort) noexcept {
  switch (sort) {
    case Sort::kMethod:
      return immortals.type(Kind::kDescriptor);
    case Sort::kSlotWrapper:
      return immortals.type(Variant::kSlotWrapper);
    case Sort::kClassMethod:
      return immortals.type(Variant::kClassMethodDescriptor);
    case Sort::kStaticMethod:
      return immortals.type(Variant::kStaticMethodDescriptor);
    case Sort::kMember:
      return immortals.type(Variant::kMemberDescriptor);
    default:
      return immortals.type(Variant::kPropertyDescriptor);
  }
}

/// The descriptor at a place of its type's. Makes it if it is asked for the first time.
Descriptor& descriptor_at(const Type& owner, std::size_t number, const Attribute& attribute) noexcept {
  Descriptor& place = descriptors_of(owner)[number];
  if (place.type == nullptr) {
    place.refcount = kImmortalCount;
    place.flags = 0;
    place.type = &type_for(*owner.heap->builtins->immortals, attribute.sort);
    place.owner = const_cast<Type*>(&owner);
    place.attribute = &attribute;
  }
  return place;
}

/// Those of the table come first, the slot wrappers last.
Descriptor& descriptor_of_table(const Type& owner, const Attribute& attribute) noexcept {
  const auto number = static_cast<std::size_t>(&attribute - owner.slots->attributes->first);
  OURO_ASSERT(number + slot_attributes().size() < kDescriptorsPerType, "descriptor-place");
  return descriptor_at(owner, number, attribute);
}
Descriptor& descriptor_of_slot(const Type& owner, const Attribute& attribute) noexcept {
  const auto number = static_cast<std::size_t>(&attribute - slot_attributes().data());
  return descriptor_at(owner, kDescriptorsPerType - 1 - number, attribute);
}

const TypeSlots* base_slots(const Type& type) noexcept { return type.base != nullptr ? type.base->slots : nullptr; }

bool is_unhashable(const Type& type) noexcept { return type.slots->hash == nullptr; }

/// Those of Python's types of errors that have a `__new__` of their own only by the slot.
bool takes_new_from_base(ErrorKind kind) noexcept {
  for (const ErrorKind base :
       {ErrorKind::kSystemExit, ErrorKind::kAttributeError, ErrorKind::kImportError, ErrorKind::kNameError,
        ErrorKind::kStopIteration, ErrorKind::kSyntaxError, ErrorKind::kKeyError, ErrorKind::kOSError})
    if (derives_from(kind, base)) return true;
  return false;
}

/// Python's types of errors have `__init__`, and most of them `__new__`, themselves, also where the slot is that of their
/// base.
bool is_own_of_error(const Type& type, std::string_view name) noexcept {
  if (name != "__init__" && name != "__new__") return false;
  const ErrorType* const error = error_type_of(type);
  if (error == nullptr || error != &error_type(error->kind) || error->second_base != nullptr) return false;
  return name == "__init__" || !takes_new_from_base(error->kind);
}

Object* own_special(const Type& type, std::string_view name) noexcept {
  const Attribute* const slot = slot_attribute(name);
  if (slot == nullptr) return nullptr;
  if (has_own_slot(*type.slots, base_slots(type), *slot) || is_own_of_error(type, name))
    return &descriptor_of_slot(type, *slot);
  return name == "__hash__" && is_unhashable(type) ? &type.heap->builtins->none() : nullptr;
}

Ref<> make_builtin_method(const Descriptor& descriptor, Object& self) {
  Immortals& immortals = *builtins_of(self).immortals;
  Ref<> held = share(self);  // making the method may collect
  Type& type = descriptor.attribute->sort == Sort::kSlotWrapper ? immortals.type(Variant::kMethodWrapper)
                                                                : immortals.type(Kind::kBuiltinMethod);
  return make<BuiltinMethod>(type, sizeof(BuiltinMethod), [&](BuiltinMethod& made) noexcept {
    made.self = held.release();
    made.descriptor = &descriptor;
  });
}

/// CPython's wrapper of such a slot words it with a space in front.
bool is_worded_with_space(const Descriptor& descriptor) noexcept {
  const std::string_view name = descriptor.attribute->parameters.name;
  if (name == "__setattr__" || name == "__setitem__" || name == "__imul__" || name == "__set__") return true;
  if (name == "__pow__" || name == "__rpow__") return true;
  const NumberSlots* const number = descriptor.owner->slots->number;
  return (name == "__mul__" || name == "__rmul__") && (number == nullptr || number->multiply == nullptr);
}

[[noreturn, gnu::cold]] void refuse_slot_arguments(const Descriptor& descriptor, const Arguments& given) {
  const Parameters& parameters = descriptor.attribute->parameters;
  if (!given.keyword_names.empty())
    raise(ErrorKind::kTypeError, fmt::format("wrapper {}() takes no keyword arguments", parameters.name));
  const std::size_t count = given.positional.size();
  const std::size_t bound = count < parameters.required ? parameters.required : parameters.count;
  const std::string_view how = parameters.required == parameters.count ? "" : count < bound ? "at least " : "at most ";
  raise(ErrorKind::kTypeError, fmt::format("{}expected {}{} argument{}, got {}", is_worded_with_space(descriptor) ? " " : "",
                                           how, bound, bound == 1 ? "" : "s", count));
}

/// A slot may run any code, and holds nothing itself.
Ref<> call_slot(const Descriptor& descriptor, Object& self, const Arguments& given) {
  const Attribute& attribute = *descriptor.attribute;
  if (attribute.parameters.form == Parameters::Form::kAnything) return attribute.call(*descriptor.owner, self, given);
  const std::size_t count = given.positional.size();
  const Parameters& parameters = attribute.parameters;
  if (!given.keyword_names.empty() || count < parameters.required || count > parameters.count)
    refuse_slot_arguments(descriptor, given);
  const std::array held{share(self), count > 0 ? share(*given.positional[0]) : Ref<>(),
                        count > 1 ? share(*given.positional[1]) : Ref<>()};
  std::array<Object*, 2> borrowed{held[1].get(), held[2].get()};
  return attribute.call(*descriptor.owner, self, {{borrowed.data(), count}, {}, {}});
}

Ref<> call_placed(const Descriptor& descriptor, std::string_view owner, Object& self, const Arguments& given) {
  const Attribute& attribute = *descriptor.attribute;
  std::array<Object*, Parameters::kMost> places{};
  place_arguments(attribute.parameters, owner, given, places);
  return attribute.call(*descriptor.owner, self, {{places.data(), attribute.parameters.count}, {}, {}});
}

}  // namespace

Object* own_attribute_of_type(const Type& type, std::string_view name) noexcept {
  if (const AttributeTable* const table = type.slots->attributes)
    if (const Attribute* const found = table->find(name)) return &descriptor_of_table(type, *found);
  return own_special(type, name);
}

Object* builtin_attribute(const Type& type, std::string_view name) noexcept {
  for (const Type* step = &type; step != nullptr; step = step->base)
    if (Object* const found = own_attribute_of_type(*step, name)) return found;
  return nullptr;
}

namespace {

/// Special methods that stand for slots, in the order of CPython's slotdefs.
constexpr std::string_view kOfObjectsAndNumbers[] = {
    "__new__",      "__repr__",      "__hash__",    "__call__",     "__str__",       "__getattribute__", "__setattr__",
    "__delattr__",  "__lt__",        "__le__",      "__eq__",       "__ne__",        "__gt__",           "__ge__",
    "__iter__",     "__next__",      "__get__",     "__set__",      "__delete__",    "__init__",         "__del__",
    "__await__",    "__aiter__",     "__anext__",   "__add__",      "__radd__",      "__sub__",          "__rsub__",
    "__mul__",      "__rmul__",      "__mod__",     "__rmod__",     "__divmod__",    "__rdivmod__",      "__pow__",
    "__rpow__",     "__neg__",       "__pos__",     "__abs__",      "__bool__",      "__invert__",       "__lshift__",
    "__rlshift__",  "__rshift__",    "__rrshift__", "__and__",      "__rand__",      "__xor__",          "__rxor__",
    "__or__",       "__ror__",       "__int__",     "__float__",    "__iadd__",      "__isub__",         "__imul__",
    "__imod__",     "__ipow__",      "__ilshift__", "__irshift__",  "__iand__",      "__ixor__",         "__ior__",
    "__floordiv__", "__rfloordiv__", "__truediv__", "__rtruediv__", "__ifloordiv__", "__itruediv__",     "__index__",
    "__matmul__",   "__rmatmul__",   "__imatmul__",
};
constexpr std::string_view kOfContainers[] = {"__len__", "__getitem__", "__setitem__",  "__delitem__", "__add__",
                                              "__mul__", "__rmul__",    "__contains__", "__iadd__",    "__imul__"};

bool is_of_containers(std::string_view name) noexcept {
  return std::ranges::find(kOfContainers, name) != std::end(kOfContainers);
}

bool adds_numbers(const Type& type) noexcept { return type.slots->number != nullptr && type.slots->number->add != nullptr; }

/// Where CPython enters what is no slot: methods, fields, computed attributes.
int group_of(Sort sort) noexcept {
  return sort == Sort::kMember ? 1 : sort == Sort::kProperty || sort == Sort::kClassValue ? 2 : 0;
}

}  // namespace

void add_own_attributes(const Type& type, Dict& to) {
  const auto add = [&](std::string_view name) {
    if (Object* const found = own_attribute_of_type(type, name)) to.set(*intern(*type.heap->builtins, name), *found);
  };
  for (const std::string_view name : kOfObjectsAndNumbers)
    if (adds_numbers(type) || !is_of_containers(name)) add(name);
  for (const std::string_view name : kOfContainers) add(name);
  const AttributeTable* const table = type.slots->attributes;
  for (int group = 0; table != nullptr && group < 3; ++group)
    for (const Attribute& attribute : std::span(table->first, table->size))
      if (group_of(attribute.sort) == group) add(attribute.parameters.name);
}

namespace {

/// A class may have what belongs to another type: `real = int.real`.
void expect_applicable(const Descriptor& found, const Object& self) {
  if (self.type == found.owner || found.owner->kind == Kind::kObject || is_instance(self, *found.owner)) return;
  if (found.attribute->sort == Sort::kStaticMethod) return;
  raise(ErrorKind::kTypeError, fmt::format("descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                                           found.attribute->parameters.name, found.owner->name, self.type->name));
}

}  // namespace

Ref<> bind_descriptor(const Descriptor& found, Object& self) {
  if (is_slot_member(found)) return get_member(static_cast<const SlotMember&>(found), self);
  expect_applicable(found, self);
  switch (found.attribute->sort) {
    case Sort::kMethod:
    case Sort::kSlotWrapper:
      return make_builtin_method(found, self);
    case Sort::kClassMethod:
      return make_builtin_method(found, *self.type);
    case Sort::kStaticMethod:
      return make_builtin_method(found, *found.owner);
    default:
      break;
  }
  const Ref<> held = share(self);
  return found.attribute->get(self);
}

Ref<> bind_descriptor_to_class(Descriptor& found, Type& type) {
  if (found.attribute->sort == Sort::kClassMethod) return make_builtin_method(found, type);
  return found.attribute->sort == Sort::kStaticMethod ? make_builtin_method(found, *found.owner) : share<Object>(found);
}

bool is_data_descriptor(const Descriptor& descriptor) noexcept {
  return descriptor.attribute->sort == Sort::kProperty || descriptor.attribute->sort == Sort::kMember;
}

void set_descriptor(const Descriptor& descriptor, Object& self, Object* value) {
  if (is_slot_member(descriptor)) return set_member(static_cast<const SlotMember&>(descriptor), self, value);
  const Attribute& attribute = *descriptor.attribute;
  expect_applicable(descriptor, self);
  if (attribute.set == nullptr) {
    if (attribute.sort == Sort::kMember) raise(ErrorKind::kAttributeError, "readonly attribute");
    raise(ErrorKind::kAttributeError,
          fmt::format("attribute '{}' of '{}' objects is not writable", attribute.parameters.name, descriptor.owner->name));
  }
  const std::array held{share(self), value != nullptr ? share(*value) : Ref<>()};
  attribute.set(self, value);
}

bool is_plain_method(const Descriptor& descriptor) noexcept {
  return descriptor.attribute->sort == Sort::kMethod || descriptor.attribute->sort == Sort::kSlotWrapper;
}

Ref<> call_descriptor(const Descriptor& descriptor, std::string_view owner, Object& self, const Arguments& arguments) {
  const Attribute& attribute = *descriptor.attribute;
  if (attribute.sort == Sort::kSlotWrapper) return call_slot(descriptor, self, arguments);
  const Parameters& parameters = attribute.parameters;
  const bool complete = arguments.keyword_names.empty() && arguments.positional.size() == parameters.count &&
                        parameters.count == parameters.positional;
  if (complete || parameters.form == Parameters::Form::kAnything) [[likely]]
    return attribute.call(*descriptor.owner, self, arguments);
  return call_placed(descriptor, owner, self, arguments);
}

std::string_view owner_of_bound(const Descriptor& descriptor, const Object& self) noexcept {
  return descriptor.attribute->parameters.form == Parameters::Form::kBrackets ? std::string_view() : owner_name(self);
}

std::string_view owner_name(const Object& self) noexcept {
  return kind_of(self) == Kind::kType ? qualname(static_cast<const Type&>(self)) : self.type->name;
}

}  // namespace ouro::detail
