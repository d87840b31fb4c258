// dir(object) (CPython: object___dir___impl and type___dir___impl in Objects/typeobject.c).
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/names.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

namespace ouro {

namespace {

/// What a type and those that it derives from have.
void add_names_of(Type& type, Dict& to) {
  const Ref<Tuple> order = mro_of(type);
  for (Object* const step : order->view()) {
    const Class* const made = as_class(*step);
    if (made == nullptr) {
      detail::add_own_attributes(static_cast<const Type&>(*step), to);
      to.set("__doc__", *step);
    } else if (made->attributes != nullptr) {
      to.update(*made->attributes);
    }
  }
}

/// The same of what stands in for a class: it has `__dict__` and `__bases__` (CPython: merge_class_dict).
void add_names_said_by(Object& stand_in, Dict& to) {
  if (kind_of(stand_in) == Kind::kType) return add_names_of(static_cast<Type&>(stand_in), to);
  Builtins& builtins = builtins_of(stand_in);
  if (const Ref<> names = find_attribute(stand_in, *intern(builtins, "__dict__"))) to.update(*names);
  const Ref<> bases = find_attribute(stand_in, *intern(builtins, "__bases__"));
  if (!bases) return;
  const RecursionGuard guard(builtins, " in __dir__");
  const Ref<> iterator = iterate(*bases);
  while (const Ref<> base = next(*iterator)) add_names_said_by(*base, to);
}

/// True of the two methods that the runtime's own names follow from.
bool is_default(const Object& method, const Type& type) {
  Builtins& builtins = builtins_of(type);
  const Ref<Str> name = intern(builtins, "__dir__");
  return &method == lookup(builtins.type(Kind::kObject), *name) || &method == lookup(builtins.type(Kind::kType), *name);
}

}  // namespace

Ref<List> detail::names_of_object(Object& object) {
  const Ref<> held = share(object);
  Builtins& builtins = builtins_of(object);
  const Ref<Dict> all = make_dict(builtins);
  if (const Ref<> own = find_attribute(object, *intern(builtins, "__dict__")); own && is<Dict>(*own)) all->update(*own);
  if (const Ref<> type = find_attribute(object, *intern(builtins, "__class__"))) add_names_said_by(*type, *all);
  return list_from(*all);
}

Ref<List> detail::names_of_type(Type& type) {
  const Ref<> held = share<Object>(type);
  const Ref<Dict> all = make_dict(builtins_of(type));
  add_names_of(type, *all);
  return list_from(*all);
}

Ref<List> dir(Object& object) {
  const Ref<> held = share(object);
  const Ref<> method = Ref<>::share(lookup(*object.type, *intern(builtins_of(object), "__dir__")));
  if (!method) raise(ErrorKind::kTypeError, "object does not provide __dir__");
  Ref<List> names;
  if (!is_default(*method, *object.type)) {
    names = list_from(*detail::call_found(*method, object, {}));
  } else if (kind_of(object) == Kind::kType) {
    names = detail::names_of_type(static_cast<Type&>(object));
  } else {
    names = detail::names_of_object(object);
  }
  names->sort();
  return names;
}

}  // namespace ouro
