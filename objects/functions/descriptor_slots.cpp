// The behaviour of descriptors and of bound built-in methods (CPython: Objects/descrobject.c, Objects/methodobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

namespace ouro::detail {

namespace {

using Sort = Attribute::Sort;

const Descriptor& descriptor_of(const Object& object) noexcept { return static_cast<const Descriptor&>(object); }
BuiltinMethod& method_of(Object& object) noexcept { return static_cast<BuiltinMethod&>(object); }

// ---- Text ----

std::string_view sort_name(Sort sort) noexcept {
  switch (sort) {
    case Sort::kSlotWrapper:
      return "slot wrapper";
    case Sort::kProperty:
    case Sort::kClassValue:
      return "attribute";
    case Sort::kMember:
      return "member";
    default:
      return "method";
  }
}

std::string text_of(const Descriptor& descriptor) {
  if (descriptor.attribute->sort == Sort::kStaticMethod)
    return fmt::format("<built-in method {} of type object at {}>", name_of(descriptor),
                       static_cast<const void*>(descriptor.owner));
  return fmt::format("<{} '{}' of '{}' objects>", sort_name(descriptor.attribute->sort), name_of(descriptor),
                     descriptor.owner->name);
}

Ref<> repr_descriptor(Object& object) { return make_str(builtins_of(object), text_of(descriptor_of(object))); }

Ref<> repr_method(Object& object) {
  const BuiltinMethod& method = method_of(object);
  if (is_of_module(*method.descriptor))
    return make_str(builtins_of(object), fmt::format("<built-in function {}>", name_of(*method.descriptor)));
  const bool is_wrapper = method.descriptor->attribute->sort == Sort::kSlotWrapper;
  if (!is_wrapper && kind_of(*method.self) == Kind::kModule)
    return make_str(builtins_of(object), fmt::format("<built-in function {}>", name_of(*method.descriptor)));
  const std::string shown = is_wrapper ? fmt::format("method-wrapper '{}'", name_of(*method.descriptor))
                                       : fmt::format("built-in method {}", name_of(*method.descriptor));
  return make_str(builtins_of(object), fmt::format("<{} of {} object at {}>", shown, method.self->type->name,
                                                   static_cast<const void*>(method.self)));
}

/// "($self, object, /)"; empty where CPython has none.
std::string text_signature(const Attribute& attribute, bool is_function = false) {
  const Parameters& parameters = attribute.parameters;
  if (parameters.form == Parameters::Form::kBrackets || parameters.text.empty()) return {};
  const std::string_view first = attribute.sort == Sort::kClassMethod ? "$type" : is_function ? "$module" : "$self";
  const std::string_view list = parameters.text.substr(1, parameters.text.size() - 2);
  if (list.empty()) return fmt::format("({}, /)", first);
  return fmt::format("({}, {}{})", first, list.find('/') == std::string_view::npos ? "/, " : "", list);
}

Ref<> str_or_none(Builtins& builtins, std::string_view text) {
  return text.empty() ? make_none(builtins) : Ref<>(make_str(builtins, text));
}

Ref<> name_of_method(const BuiltinMethod& method) { return make_str(builtins_of(method), name_of(*method.descriptor)); }
Ref<> name_attribute(const Descriptor& descriptor) { return make_str(builtins_of(descriptor), name_of(descriptor)); }
Ref<> qualified_name_attribute(const Descriptor& descriptor) {
  return make_str(builtins_of(descriptor), fmt::format("{}.{}", descriptor.owner->name, name_of(descriptor)));
}
/// Of a bound method: "bool.bit_length", though int has it.
Ref<> bound_name_attribute(const BuiltinMethod& method) {
  if (is_of_module(*method.descriptor)) return name_of_method(method);
  return make_str(builtins_of(method), fmt::format("{}.{}", owner_name(*method.self), name_of(*method.descriptor)));
}
Ref<> doc_of_method(const BuiltinMethod& method) {
  return str_or_none(builtins_of(method), method.descriptor->attribute->doc);
}
Ref<> signature_of_method(const BuiltinMethod& method) {
  return str_or_none(builtins_of(method), text_signature(*method.descriptor->attribute, is_of_module(*method.descriptor)));
}
/// The name of the module that a function is of; None for a method.
Ref<> module_of_method(const BuiltinMethod& method) {
  if (!is_of_module(*method.descriptor)) return make_none(builtins_of(method));
  return make_str(builtins_of(method), module_name_of(*method.descriptor));
}
Ref<> doc_attribute(const Descriptor& descriptor) { return str_or_none(builtins_of(descriptor), descriptor.attribute->doc); }
Ref<> signature_attribute(const Descriptor& descriptor) {
  const bool called = descriptor.attribute->call != nullptr;
  return str_or_none(builtins_of(descriptor), called ? text_signature(*descriptor.attribute) : std::string());
}
Ref<> owner_attribute(const Descriptor& descriptor) { return share<Object>(*descriptor.owner); }

constexpr std::array kDescriptorAttributes{
    member(
        "__objclass__", [](Descriptor& self) { return owner_attribute(self); }, ""),
    member(
        "__name__", [](Descriptor& self) { return name_attribute(self); }, ""),
    property(
        "__doc__", [](Descriptor& self) { return doc_attribute(self); }, ""),
    property(
        "__qualname__", [](Descriptor& self) { return qualified_name_attribute(self); }, ""),
    property(
        "__text_signature__", [](Descriptor& self) { return signature_attribute(self); }, "")};

/// Those of methods, and of what is computed, may be bound by hand.
template <class... A>
constexpr std::array<Attribute, kDescriptorAttributes.size() + sizeof...(A)> with(A... more) {
  std::array<Attribute, kDescriptorAttributes.size() + sizeof...(A)> made{};
  std::copy(kDescriptorAttributes.begin(), kDescriptorAttributes.end(), made.begin());
  std::size_t place = kDescriptorAttributes.size();
  ((made[place++] = more), ...);
  return made;
}
/// `(getattr, (type, name))`.
constexpr Attribute kReduce = method(
    "__reduce__()", [](Descriptor& self) { return reduced_attribute(*self.owner, name_of(self)); }, "");

constexpr auto kBoundAttributes = with(get_method(), kReduce);
constexpr auto kClassMethodAttributes = with(get_method());
constexpr auto kStaticAttributes = with(kReduce);
constexpr auto kDataAttributes = with(get_method(), set_method(), delete_method());
constexpr auto kMemberAttributes = with(get_method(), set_method(), delete_method(), kReduce);

/// A function of a module goes by its name.
Ref<> reduced_bound(BuiltinMethod& self) {
  if (is_of_module(*self.descriptor)) return name_of_method(self);
  return reduced_attribute(*self.self, name_of(*self.descriptor));
}

constexpr Attribute kMethodAttributes[] = {
    method(
        "__reduce__()", [](BuiltinMethod& self) { return reduced_bound(self); }, ""),
    member(
        "__module__", [](BuiltinMethod& self) { return module_of_method(self); }, ""),
    property(
        "__doc__", [](BuiltinMethod& self) { return doc_of_method(self); }, ""),
    property(
        "__name__", [](BuiltinMethod& self) { return name_of_method(self); }, ""),
    property(
        "__qualname__", [](BuiltinMethod& self) { return bound_name_attribute(self); }, ""),
    property(
        "__self__", [](BuiltinMethod& self) { return share(*self.self); }, ""),
    property(
        "__text_signature__", [](BuiltinMethod& self) { return signature_of_method(self); }, ""),
};

constexpr Attribute kWrapperAttributes[] = {
    method(
        "__reduce__()", [](BuiltinMethod& self) { return reduced_bound(self); }, ""),
    property(
        "__objclass__", [](BuiltinMethod& self) { return owner_attribute(*self.descriptor); }, ""),
    property(
        "__name__", [](BuiltinMethod& self) { return name_attribute(*self.descriptor); }, ""),
    member(
        "__self__", [](BuiltinMethod& self) { return share(*self.self); }, ""),
    property(
        "__qualname__", [](BuiltinMethod& self) { return qualified_name_attribute(*self.descriptor); }, ""),
    property(
        "__doc__", [](BuiltinMethod& self) { return doc_attribute(*self.descriptor); }, ""),
    property(
        "__text_signature__", [](BuiltinMethod& self) { return signature_attribute(*self.descriptor); }, ""),
};

// ---- Calls ----

[[noreturn, gnu::cold]] void refuse_missing(const Descriptor& descriptor) {
  const Sort sort = descriptor.attribute->sort;
  raise(ErrorKind::kTypeError,
        sort == Sort::kMethod
            ? fmt::format("unbound method {}.{}() needs an argument", descriptor.owner->name, name_of(descriptor))
            : fmt::format("descriptor '{}' of '{}' object needs an argument", name_of(descriptor), descriptor.owner->name));
}

[[noreturn, gnu::cold]] void refuse_object(const Descriptor& descriptor, const Object& given) {
  if (descriptor.attribute->sort == Sort::kMethod)
    raise(ErrorKind::kTypeError, fmt::format("descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                                             name_of(descriptor), descriptor.owner->name, given.type->name));
  raise(ErrorKind::kTypeError, fmt::format("descriptor '{}' requires a '{}' object but received a '{}'", name_of(descriptor),
                                           descriptor.owner->name, given.type->name));
}

/// Whether a class method may be called with this in front.
void expect_derived(const Descriptor& descriptor, const Object& given) {
  if (kind_of(given) != Kind::kType)
    raise(ErrorKind::kTypeError, fmt::format("descriptor '{}' for type '{}' needs a type, not a '{}' as arg 2",
                                             name_of(descriptor), descriptor.owner->name, given.type->name));
  if (!is_subtype(static_cast<const Type&>(given), *descriptor.owner))
    raise(ErrorKind::kTypeError,
          fmt::format("descriptor '{}' requires a subtype of '{}' but received '{}'", name_of(descriptor),
                      descriptor.owner->name, static_cast<const Type&>(given).name));
}

Ref<> call_unbound(Object& callee, const Arguments& arguments) {
  const Descriptor& descriptor = descriptor_of(callee);
  if (arguments.positional.empty()) refuse_missing(descriptor);
  Object& self = *arguments.positional[0];
  if (descriptor.attribute->sort == Sort::kClassMethod) {
    expect_derived(descriptor, self);
  } else if (!is_instance(self, *descriptor.owner)) {
    refuse_object(descriptor, self);
  }
  const Ref<> held = share(self);
  return call_descriptor(descriptor, descriptor.owner->name, self,
                         {arguments.positional.subspan(1), arguments.keyword_names, arguments.keyword_values});
}

/// The collector may have taken the object away.
void expect_self(const Descriptor& descriptor, const Object& self) {
  if (self.type == descriptor.owner) return;
  if (descriptor.attribute->sort == Sort::kClassMethod) {
    expect_derived(descriptor, self);
  } else if (is_plain_method(descriptor) && !is_instance(self, *descriptor.owner)) {
    refuse_object(descriptor, self);
  }
}

Ref<> call_bound(Object& callee, const Arguments& arguments) {
  const Descriptor& descriptor = *method_of(callee).descriptor;
  const Ref<> self = share(*method_of(callee).self);
  if (is_of_module(descriptor))
    return call_module_function(static_cast<const ModuleFunction&>(descriptor), *self, arguments);
  expect_self(descriptor, *self);
  return call_descriptor(descriptor, owner_of_bound(descriptor, *self), *self, arguments);
}

Ref<> call_static(Object& callee, const Arguments& arguments) {
  const Descriptor& descriptor = descriptor_of(callee);
  return call_descriptor(descriptor, descriptor.owner->name, *descriptor.owner, arguments);
}

// ---- The rest ----

/// None in place of what is gone: calling the method would find an object of another type, and says so.
void clear_method(Object& object) noexcept { store(method_of(object).self, &builtins_of(object).none()); }

std::string name_of_edge(const Object&, std::size_t) { return ".__self__"; }

Answer compare_methods(Object& left, Object& right, Comparison op) {
  if (op != Comparison::kEqual && op != Comparison::kNotEqual) return Answer::kNotImplemented;
  if (left.type != right.type) return Answer::kNotImplemented;
  const bool same =
      method_of(left).self == method_of(right).self && method_of(left).descriptor == method_of(right).descriptor;
  return same == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

std::int64_t hash_method(Object& object) {
  const std::int64_t hash = identity_hash(method_of(object).self) ^ identity_hash(method_of(object).descriptor);
  return hash == -1 ? -2 : hash;
}

/// `place` is where the owner stands among the types, `count` the number of its attribute. A type from outside may stand
/// elsewhere in another runtime, and a type of errors may not be there yet, so `flag` says that `place` is a kind or an
/// `ErrorType`.
void note_descriptor(const Object& object, MessageNode& node, StateWriter&) {
  const Descriptor& descriptor = descriptor_of(object);
  if (!is_immortal(object)) raise(ErrorKind::kTypeError, fmt::format("cannot pickle '{}' object", object.type->name));
  const Type& owner = *descriptor.owner;
  const ErrorType* const error = error_type_of(owner);
  node.flag = owner.kind >= Kind::kCount || error != nullptr;
  node.place = error != nullptr ? reinterpret_cast<std::uintptr_t>(error)
               : node.flag      ? static_cast<std::uint64_t>(owner.kind)
                                : static_cast<std::uint64_t>(&owner - builtins_of(object).immortals->types.data());
  node.count = static_cast<std::uint32_t>(&descriptor - descriptors_of(owner));
}

Type* find_noted_owner(Builtins& builtins, const MessageNode& node) {
  Immortals& immortals = *builtins.immortals;
  if (!node.flag) return &immortals.types[node.place];
  const bool is_kind = node.place <= std::numeric_limits<std::uint8_t>::max();
  return is_kind ? immortals.outside_type(static_cast<Kind>(node.place))
                 : &builtins.type(*reinterpret_cast<const ErrorType*>(node.place));
}

Ref<> find_noted_descriptor(Type& type, const MessageNode& node, StateReader&) {
  Type* const owner = find_noted_owner(*type.heap->builtins, node);
  if (owner == nullptr) raise(ErrorKind::kAttributeError, "Can't get a type from outside that was not added to the runtime");
  const bool in_table = owner->slots->attributes != nullptr && node.count < owner->slots->attributes->size;
  const Attribute& attribute =
      in_table ? owner->slots->attributes->first[node.count] : slot_attributes()[kDescriptorsPerType - 1 - node.count];
  return share(*own_attribute_of_type(*owner, attribute.parameters.name));
}

constexpr CopySlots kDescriptorCopy{.note = note_descriptor, .make = find_noted_descriptor};

constexpr TypeSlots descriptor(std::string_view name, Ref<> (*call)(Object&, const Arguments&),
                               const AttributeTable& attributes, std::uint32_t flags = 0) noexcept {
  return {
      .name = name,
      .kind = Kind::kDescriptor,
      .flags = flags,
      .size = sizeof(Descriptor),
      .repr = repr_descriptor,
      .hash = default_hash,
      .call = call,
      .attributes = &attributes,
      .copy = &kDescriptorCopy,
  };
}

constexpr TypeSlots bound(std::string_view name, const AttributeTable& attributes, std::uint32_t flags) noexcept {
  return {
      .name = name,
      .kind = Kind::kBuiltinMethod,
      .flags = kContainerType | flags,
      .size = sizeof(BuiltinMethod),
      .edges = BuiltinMethod::kEdges,
      .dismantle = dismantle_as<BuiltinMethod>,
      .clear = clear_method,
      .edge_name = name_of_edge,
      .repr = repr_method,
      .hash = hash_method,
      .compare = compare_methods,
      .call = call_bound,
      .attributes = &attributes,
  };
}

// `__dict__` and `__weakref__` of classes (layout_entries.h) are counted, and own the class. Those of built-in types are
// immortal.

void clear_owner(Object& object) noexcept {
  auto& descriptor = static_cast<Descriptor&>(object);
  decrement(*std::exchange(descriptor.owner, &builtins_of(object).type(Kind::kObject)));
}

std::string name_of_owner(const Object&, std::size_t) { return ".__objclass__"; }

constexpr TypeSlots property_descriptor() noexcept {
  TypeSlots made = descriptor("getset_descriptor", nullptr, kAttributeTable<kDataAttributes>, kContainerType);
  made.edges = EdgeLayout::fixed(sizeof(Object), 1);
  made.clear = clear_owner;
  made.edge_name = name_of_owner;
  return made;
}

// Members that `__slots__` name are counted, and own class and name. Those of built-in types are immortal.

void release_member(Object& object) noexcept { decrement(*static_cast<SlotMember&>(object).name); }

void visit_name(const Object& object, Visitor visit) noexcept {
  if (!is_immortal(object)) visit(static_cast<const SlotMember&>(object).name);
}

void clear_member(Object& object) noexcept {
  static_cast<SlotMember&>(object).place = SlotMember::kNowhere;
  clear_owner(object);
}

constexpr TypeSlots member_descriptor() noexcept {
  TypeSlots made = descriptor("member_descriptor", nullptr, kAttributeTable<kMemberAttributes>);
  made.flags = kContainerType;
  made.size = sizeof(SlotMember);
  made.edges = EdgeLayout::fixed(sizeof(Object), 1);
  made.release = release_member;
  made.hidden = visit_name;
  made.clear = clear_member;
  made.edge_name = name_of_owner;
  return made;
}

}  // namespace

constinit const TypeSlots kDescriptorSlots =
    descriptor("method_descriptor", call_unbound, kAttributeTable<kBoundAttributes>);
constinit const TypeSlots kSlotWrapperSlots =
    descriptor("wrapper_descriptor", call_unbound, kAttributeTable<kBoundAttributes>);
constinit const TypeSlots kClassMethodDescriptorSlots =
    descriptor("classmethod_descriptor", call_unbound, kAttributeTable<kClassMethodAttributes>);
constinit const TypeSlots kStaticMethodDescriptorSlots =
    descriptor("builtin_function_or_method", call_static, kAttributeTable<kStaticAttributes>, kWeakableType);
constinit const TypeSlots kPropertyDescriptorSlots = property_descriptor();
constinit const TypeSlots kMemberDescriptorSlots = member_descriptor();
constinit const TypeSlots kBuiltinMethodSlots =
    bound("builtin_function_or_method", kAttributeTable<kMethodAttributes>, kWeakableType);
constinit const TypeSlots kMethodWrapperSlots = bound("method-wrapper", kAttributeTable<kWrapperAttributes>, 0);

}  // namespace ouro::detail
