// What `__reduce_ex__(4)` says of an object (CPython: object___reduce_ex__ and reduce_newobj in Objects/typeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/copy.h>
#include <ouro/objects/copying/detail/recipe.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/exception.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <array>

namespace ouro::detail {

namespace {

Ref<> none_as_empty(Ref<> value) noexcept { return value && !is_none(*value) ? std::move(value) : Ref<>(); }

// ---- What the class says itself ----

/// The tuple that `__reduce_ex__` returned, taken apart as the call `_reconstruct(object, memo, *returned)` does.
Recipe take_apart_returned(Object& returned) {
  Recipe recipe;
  recipe.is_itself = is<Str>(returned);
  if (recipe.is_itself) return recipe;
  const TypeSlots& slots = *returned.type->slots;
  if (slots.iterate == nullptr && (slots.sequence == nullptr || slots.sequence->item == nullptr))
    raise(ErrorKind::kTypeError, fmt::format("Value after * must be an iterable, not {}", returned.type->name));
  const Ref<List> parts = list_from(returned);
  if (parts->size == 0)
    raise(ErrorKind::kTypeError, "_reconstruct() missing 2 required positional arguments: 'func' and 'args'");
  if (parts->size == 1) raise(ErrorKind::kTypeError, "_reconstruct() missing 1 required positional argument: 'args'");
  if (parts->size > 5)
    raise(ErrorKind::kTypeError,
          fmt::format("_reconstruct() takes from 4 to 7 positional arguments but {} were given", parts->size + 2));
  const auto part = [&](std::uint32_t place) {
    return place < parts->size ? none_as_empty(share(*parts->items[place])) : Ref<>();
  };
  recipe.maker = share(*parts->items[0]);
  recipe.arguments = share(*parts->items[1]);
  recipe.state = part(2);
  recipe.list_items = part(3);
  recipe.dict_items = part(4);
  return recipe;
}

/// copy.Error "un(deep)copyable object of type <class 'Foo'>".
[[noreturn, gnu::cold]] void refuse_to_copy(const Object& object, std::string_view error) {
  const Ref<Str> shown = str(*object.type);
  const Ref<> message = make_str(builtins_of(object), fmt::format("{} {}", error, text(*shown)));
  raise(*make_exception(builtins_of(object).type(kCopyError), std::array<Object*, 1>{message.get()}));
}

// ---- Who says it ----

/// True if the class of the object, or one that it derives from, has an attribute in place of object's.
bool class_says(const Object& object, std::string_view name) {
  Builtins& builtins = builtins_of(object);
  const Ref<Str> interned = intern(builtins, name);
  return lookup(*object.type, *interned) != lookup(builtins.type(Kind::kObject), *interned);
}

/// True if a class made at run time says how attributes are found.
bool asks_program(const Object& object) {
  const Object* const found = lookup(*object.type, *intern(builtins_of(object), "__getattribute__"));
  return found != nullptr && !is<Descriptor>(*found);
}

/// True if the attribute is one of the object alone.
bool instance_has(const Object& object, Str& name) {
  if (is<Instance>(object)) return own_attribute(static_cast<const Instance&>(object), name) != nullptr;
  Object* const* const dict = dict_slot(object);
  return dict != nullptr && *dict != nullptr && static_cast<const Dict&>(**dict).find(name) != nullptr;
}

/// What `object.__reduce_ex__(4)` says: by the `__reduce__` that the class has in place of `object`'s, if it has one.
Recipe recipe_of_class(Object& object) {
  const Ref<> own = overriding_reduce(object);
  return own ? take_apart_returned(*call(*own, {})) : default_recipe(object);
}

}  // namespace

Ref<> own_method(Object& object, std::string_view name) {
  const Ref<Str> interned = intern(builtins_of(object), name);
  const bool is_own = asks_program(object) || class_says(object, name) || instance_has(object, *interned);
  return is_own ? find_attribute(object, *interned) : Ref<>();
}

// `object.__reduce_ex__` calls a `__reduce__` that the class has, not one of the object alone.
Recipe recipe_of(Object& object, std::string_view error) {
  Builtins& builtins = builtins_of(object);
  const Ref<> extended = own_method(object, "__reduce_ex__");
  if (!extended) return recipe_of_class(object);
  if (!is_none(*extended)) {
    const Ref<> protocol = make_int(builtins, 4);
    Object* const given[] = {protocol.get()};
    return take_apart_returned(*call(*extended, Arguments{given, {}, {}}));
  }
  const Ref<> plain = find_attribute(object, *intern(builtins, "__reduce__"));
  if (!plain || !truth(*plain)) refuse_to_copy(object, error);
  return take_apart_returned(*call(*plain, {}));
}

Ref<> make_anew(Type& type, Object& arguments, Object* keywords) {
  Builtins& builtins = *type.heap->builtins;
  const Ref<Tuple> positional = tuple_from(arguments);
  const Ref<Tuple> names = keywords != nullptr ? tuple_from(*keywords) : make_tuple(builtins, {});
  const Ref<List> found = make_list(builtins, names->size);
  for (Object* const name : names->view()) {
    if (!is<Str>(*name)) raise(ErrorKind::kTypeError, "keywords must be strings");
    found->append(get_item(*keywords, *name));
  }
  const Ref<Tuple> values = tuple_from(*found);
  const Arguments given{positional->view(), names->view(), values->view()};
  if (!has_new_method(type)) {
    if (type.slots->construct == nullptr)
      raise(ErrorKind::kTypeError, fmt::format("cannot create '{}' instances", type.name));
    return type.slots->construct(type, given);
  }
  const Ref<> maker = get_attribute(type, *intern(builtins, "__new__"));
  return call_with_self(*maker, type, given);
}

Pair unpack_pair(Object& object) {
  const TypeSlots& slots = *object.type->slots;
  if (slots.iterate == nullptr && (slots.sequence == nullptr || slots.sequence->item == nullptr))
    raise(ErrorKind::kTypeError, fmt::format("cannot unpack non-iterable {} object", object.type->name));
  const Ref<> iterator = iterate(object);
  Ref<> first = next(*iterator);
  Ref<> second = first ? next(*iterator) : Ref<>();
  if (!second) raise(ErrorKind::kValueError, fmt::format("not enough values to unpack (expected 2, got {})", first ? 1 : 0));
  if (next(*iterator)) raise(ErrorKind::kValueError, "too many values to unpack (expected 2)");
  return {std::move(first), std::move(second)};
}

}  // namespace ouro::detail
