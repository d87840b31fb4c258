// `object`, the root of all types.
#include <ouro/base/error_kinds.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/class_body.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/detail/format_value.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

std::string qualified_name(const Type& type) {
  const ErrorType* const error = error_type_of(type);
  if (error != nullptr && !error->module_name.empty()) return fmt::format("{}.{}", error->module_name, error->name);
  const bool is_run_time = type.has(kClassType) && static_cast<const Class&>(type).native == nullptr;
  std::string name = is_run_time ? "__main__." : "";
  return name += type.name;
}

Ref<> default_repr(Object& object) {
  return make_str(builtins_of(object),
                  fmt::format("<{} object at {}>", qualified_name(*object.type), static_cast<const void*>(&object)));
}

namespace detail {

Ref<> doc_of(const Type& type) {
  Builtins& builtins = *type.heap->builtins;
  return type.slots->doc.empty() ? make_none(builtins) : Ref<>(make_str(builtins, type.slots->doc));
}

namespace {

/// The class of an object does not change: an instance of a run-time class says so otherwise than one of a built-in type.
void set_class(const Object& object, const Object* value) {
  if (value == nullptr) raise(ErrorKind::kTypeError, "can't delete __class__ attribute");
  if (kind_of(*value) != Kind::kType)
    raise(ErrorKind::kTypeError, fmt::format("__class__ must be set to a class, not '{}' object", value->type->name));
  if (class_of(object) != nullptr) raise(ErrorKind::kTypeError, "attribute '__class__' is read-only");
  raise(ErrorKind::kTypeError, "__class__ assignment only supported for mutable types or ModuleType subclasses");
}

constexpr Attribute kObjectAttributes[] = {
    method(
        "__format__(format_spec, /)", [](Object& object, Object& spec) { return format_as_object(object, spec); },
        "Default object formatter."),
    property(
        "__class__", [](Object& object) { return share<Object>(*object.type); },
        [](Object& object, Object* value) { set_class(object, value); }, "the object's class"),
    class_value(
        "__doc__", [](Object& object) { return doc_of(*object.type); }, ""),
};

Ref<> str_of_object(Object& object) { return repr(object); }

Answer compare_objects(Object& left, Object& right, Comparison op) {
  if (op == Comparison::kEqual && &left == &right) return Answer::kYes;
  if (op != Comparison::kNotEqual) return Answer::kNotImplemented;
  const auto equal = left.type->slots->compare;
  const Answer answer = equal != nullptr ? equal(left, right, Comparison::kEqual) : Answer::kNotImplemented;
  if (answer == Answer::kNotImplemented) return &left == &right ? Answer::kNo : Answer::kNotImplemented;
  return answer == Answer::kYes ? Answer::kNo : Answer::kYes;
}

bool is_empty(const Arguments& arguments) noexcept {
  return arguments.positional.empty() && arguments.keyword_names.empty();
}

void initialise_object(Object& object, const Arguments& arguments);

bool has_own_init(const TypeSlots& slots) noexcept {
  return slots.initialise != nullptr && slots.initialise != initialise_object;
}

/// What is left over for `object.__init__` is a mistake unless the type takes arguments of its own (CPython: object_init).
void initialise_object(Object& object, const Arguments& arguments) {
  if (is_empty(arguments)) return;
  const TypeSlots& slots = *object.type->slots;
  const bool has_own = has_own_init(slots);
  if (!has_own && (slots.construct != construct_object || has_new_method(*object.type))) return;
  raise(ErrorKind::kTypeError, fmt::format("{}.__init__() takes exactly one argument (the instance to initialize)",
                                           has_own ? "object" : object.type->name));
}

}  // namespace

bool has_new_method(const Type& type) noexcept {
  return type.has(kClassType) && static_cast<const Class&>(type).body->method(Special::kNew) != nullptr;
}

Ref<> construct_object(Type& type, const Arguments& arguments) {
  if (!is_empty(arguments) && has_new_method(type))
    raise(ErrorKind::kTypeError, "object.__new__() takes exactly one argument (the type to instantiate)");
  if (!is_empty(arguments) && !has_own_init(*type.slots))
    raise(ErrorKind::kTypeError, fmt::format("{}() takes no arguments", type.name));
  if (Class* const made = as_class(type)) return make_instance(*made);
  return make<Object>(type, sizeof(Object), [](Object&) noexcept {});
}

const TypeSlots kObjectSlots{
    .name = "object",
    .kind = Kind::kObject,
    .size = sizeof(Object),
    .repr = default_repr,
    .str = str_of_object,
    .hash = default_hash,
    .compare = compare_objects,
    .get_attribute = get_type_given_attribute,
    .set_attribute = set_type_given_attribute,
    .construct = construct_object,
    .initialise = initialise_object,
    .attributes = &kAttributeTable<kObjectAttributes>,
};

}  // namespace detail

}  // namespace ouro
