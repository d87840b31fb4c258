// `object`, the root of all types.
#include <ouro/base/error_kinds.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/names.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/detail/format_value.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

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

constexpr Attribute kObjectAttributes[] = {
    method(
        "__reduce_ex__(protocol, /)", [](Object& object, Object& protocol) { return reduce_extended(object, protocol); },
        "Helper for pickle."),
    method(
        "__reduce__()", [](Object& object) { return reduce_plainly(object); }, "Helper for pickle."),
    method(
        "__getstate__()",
        [](Object& object) {
          Ref<> state = default_state(object, false);
          return state ? state : make_none(builtins_of(object));
        },
        "Helper for pickle."),
    without_signature(class_method(
        "__subclasshook__(*args)",
        [](Type& type, const Arguments& given) {
          if (!given.keyword_names.empty()) raise(ErrorKind::kTypeError, "__subclasshook__() takes no keyword arguments");
          return share(type.heap->builtins->not_implemented());
        },
        "Abstract classes can override this to customize issubclass().\n\nThis is invoked early on by "
        "abc.ABCMeta.__subclasscheck__().\nIt should return True, False or NotImplemented.  If it returns\nNotImplemented, "
        "the normal algorithm is used.  Otherwise, it\noverrides the normal algorithm (and the outcome is cached).\n")),
    without_signature(class_method(
        "__init_subclass__()", [](Type&) {},
        "This method is called when a class is subclassed.\n\nThe default implementation does nothing. It may "
        "be\noverridden to extend subclasses.\n")),
    method(
        "__format__(format_spec, /)", [](Object& object, Object& spec) { return format_as_object(object, spec); },
        "Default object formatter."),
    method(
        "__sizeof__()", [](Object& object) { return block_bytes(object); }, "Size of object in memory, in bytes."),
    method(
        "__dir__()", [](Object& object) { return names_of_object(object); }, "Default dir() implementation."),
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

/// Types and `super` look attributes up elsewhere, too; this is what remains without that.
bool has_no_own_attributes(const Object& object) noexcept {
  return kind_of(object) == Kind::kType || (!is<Instance>(object) && dict_slot(object) == nullptr);
}

/// `object.__getattribute__` (CPython: PyObject_GenericGetAttr), whatever the type of the object says.
Ref<> get_attribute_slot(Object& object, Object& name) {
  if (has_no_own_attributes(object)) return get_type_given_attribute(object, name);
  if (!is<Instance>(object)) return get_attribute_with_dict(object, name);
  return get_instance_attribute(static_cast<Instance&>(object), static_cast<Str&>(name));
}
/// `object.__setattr__`, `object.__delattr__`.
void set_attribute_slot(Object& object, Object& name, Object* value) {
  if (has_no_own_attributes(object)) return set_type_given_attribute(object, name, value);
  if (!is<Instance>(object)) return set_attribute_with_dict(object, name, value);
  set_instance_attribute(static_cast<Instance&>(object), static_cast<Str&>(name), value);
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

namespace {

/// "Can't instantiate abstract class A with abstract methods bar, foo".
[[noreturn, gnu::cold]] void refuse_abstract(Class& type) {
  const Ref<> methods = get_attribute(type, *intern(builtins_of(type), "__abstractmethods__"));
  const Ref<List> names = list_from(*methods);
  names->sort();
  const bool is_one = names->size == 1;
  std::string all;
  for (Object* const name : names->view()) {
    if (!is<Str>(*name))
      raise(ErrorKind::kTypeError, fmt::format("sequence item 0: expected str instance, {} found", name->type->name));
    if (!all.empty()) all += ", ";
    all += text(static_cast<const Str&>(*name));
  }
  raise(ErrorKind::kTypeError,
        fmt::format("Can't instantiate abstract class {} with abstract method{} {}", type.name, is_one ? "" : "s", all));
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
  if (Class* const made = as_class(type)) {
    if (made->body->is_abstract) refuse_abstract(*made);
    return make_instance(*made);
  }
  return make<Object>(type, sizeof(Object), [](Object&) noexcept {});
}

const TypeSlots kObjectSlots{
    .name = "object",
    .kind = Kind::kObject,
    .size = sizeof(Object),
    .doc =
        "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new "
        "featureless\ninstance that has no instance attributes and cannot be given any.\n",
    .repr = default_repr,
    .str = str_of_object,
    .hash = default_hash,
    .compare = compare_objects,
    .get_attribute = get_attribute_slot,
    .set_attribute = set_attribute_slot,
    .construct = construct_object,
    .initialise = initialise_object,
    .attributes = &kAttributeTable<kObjectAttributes>,
};

}  // namespace detail

}  // namespace ouro
