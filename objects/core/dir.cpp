// dir(object) (CPython: object___dir___impl and type___dir___impl in Objects/typeobject.c).
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
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

void add_own_names(Object& object, Dict& to) {
  if (is<Instance>(object))
    return detail::has_instance_dict(*object.type) ? to.update(*dict_of(static_cast<Instance&>(object))) : void();
  Object* const* const place = detail::dict_slot(object);
  if (place != nullptr && *place != nullptr) to.update(*share(**place));
}

/// What a class or a module says by `__dir__`; empty if it says nothing.
Ref<> own_answer(Object& object) {
  if (class_of(object) == nullptr && kind_of(object) != Kind::kModule) return {};
  const Ref<> method = Ref<>::share(lookup(*object.type, *intern(builtins_of(object), "__dir__")));
  return method ? detail::call_found(*method, object, {}) : Ref<>();
}

}  // namespace

Ref<List> dir(Object& object) {
  const Ref<> held = share(object);
  Ref<List> names;
  if (const Ref<> answer = own_answer(object)) {
    names = list_from(*answer);
  } else {
    const Ref<Dict> all = make_dict(builtins_of(object));
    if (kind_of(object) == Kind::kType) {
      add_names_of(static_cast<Type&>(object), *all);
    } else {
      add_names_of(*object.type, *all);
      add_own_names(object, *all);
    }
    names = list_from(*all);
  }
  names->sort();
  return names;
}

}  // namespace ouro
