// isinstance and issubclass (CPython: object_isinstance and object_issubclass in Objects/abstract.c).
#include <ouro/base/error.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/union_type.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/text/intern.h>

#include <string_view>

namespace ouro {

namespace {

constexpr std::string_view kInstanceInfo = "isinstance() arg 2 must be a type, a tuple of types, or a union";
constexpr std::string_view kSubclassInfo = "issubclass() arg 2 must be a class, a tuple of classes, or a union";

Type* as_type(Object& object) noexcept { return kind_of(object) == Kind::kType ? static_cast<Type*>(&object) : nullptr; }

Ref<> find(Object& object, std::string_view name) { return find_attribute(object, *intern(builtins_of(object), name)); }

/// `object.__bases__`, if it is a tuple: what stands in for a class has that.
Ref<Tuple> bases_of(Object& object) {
  const Ref<> bases = find(object, "__bases__");
  return bases && is<Tuple>(*bases) ? static_ref_cast<Tuple>(bases) : Ref<Tuple>();
}

void expect_class(Object& object, std::string_view complaint) {
  if (!bases_of(object)) raise(ErrorKind::kTypeError, complaint);
}

/// Whether `derived` is `wanted` or has it among its bases, going by `__bases__`.
bool is_below(Object& derived, Object& wanted) {
  for (Ref<> step = share(derived);;) {
    if (step.get() == &wanted) return true;
    const Ref<Tuple> bases = bases_of(*step);
    if (!bases || bases->size == 0) return false;
    if (bases->size == 1) {
      step = share(*bases->items[0]);
      continue;
    }
    const RecursionGuard guard(builtins_of(derived), " in __issubclass__");
    for (Object* const base : bases->view())
      if (is_below(*base, wanted)) return true;
    return false;
  }
}

/// Where no `__instancecheck__` says otherwise. An object may claim another class by `__class__`.
bool is_plainly_instance(Object& object, Object& info) {
  Type* const type = as_type(info);
  if (type != nullptr && is_instance(object, *type)) return true;
  if (type == nullptr) expect_class(info, kInstanceInfo);
  const Ref<> claimed = find(object, "__class__");
  if (!claimed) return false;
  if (type == nullptr) return is_below(*claimed, info);
  const Type* const other = as_type(*claimed);
  return other != nullptr && other != object.type && is_subtype(*other, *type);
}

bool is_plainly_subclass(Object& derived, Object& info) {
  const Type* const below = as_type(derived);
  const Type* const type = as_type(info);
  if (below != nullptr && type != nullptr) return is_subtype(*below, *type);
  expect_class(derived, "issubclass() arg 1 must be a class");
  expect_class(info, kSubclassInfo);
  return is_below(derived, info);
}

bool is_exactly_type(const Object& object) noexcept { return object.type == &builtins_of(object).type(Kind::kType); }

using PlainCheck = bool (*)(Object& subject, Object& info);

/// What stands for several: the items of a tuple, the types of a union. Null: it is one.
const Tuple* several_in(Object& info) noexcept {
  if (const auto* const one_of = as<UnionType>(info)) return static_cast<const Tuple*>(one_of->args);
  return as<Tuple>(info);
}

/// What both have in common: any of a tuple or a union will do, and a metaclass may say by the special method `hook`. The
/// object's own class is one of its classes, whatever a metaclass says.
bool check(Object& subject, Object& info, std::string_view hook, std::string_view doing, PlainCheck plain) {
  if (plain == is_plainly_instance && subject.type == &info) return true;
  if (is_exactly_type(info)) return plain(subject, info);
  const Ref<> held[] = {share(subject), share(info)};
  if (const Tuple* const several = several_in(info)) {
    const RecursionGuard guard(builtins_of(info), doing);
    const Ref<> all = share(const_cast<Tuple&>(*several));
    for (Object* const each : several->view())
      if (check(subject, *each, hook, doing, plain)) return true;
    return false;
  }
  const Ref<> method = Ref<>::share(lookup(*info.type, *intern(builtins_of(info), hook)));
  if (!method) return plain(subject, info);
  const RecursionGuard guard(builtins_of(info), doing);
  return truth(*detail::call_found(*method, info, {&subject}));
}

}  // namespace

bool is_instance_of(Object& object, Object& info) {
  return check(object, info, "__instancecheck__", " in __instancecheck__", is_plainly_instance);
}

bool is_subclass_of(Object& derived, Object& info) {
  return check(derived, info, "__subclasscheck__", " in __subclasscheck__", is_plainly_subclass);
}

}  // namespace ouro
