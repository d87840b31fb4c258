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
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/exception.h>
#include <ouro/objects/errors/raise.h>
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

// ---- What follows from the object ----

[[noreturn, gnu::cold]] void refuse(const Object& object) {
  const bool is_view = kind_of(object) == Kind::kMemoryView;  // of variable size
  raise(ErrorKind::kTypeError, is_view ? fmt::format("cannot pickle {} objects", object.type->name)
                                       : fmt::format("cannot pickle '{}' object", object.type->name));
}

/// copy.Error "un(deep)copyable object of type <class 'Foo'>".
[[noreturn, gnu::cold]] void refuse_to_copy(const Object& object, std::string_view error) {
  const Ref<Str> shown = str(*object.type);
  const Ref<> message = make_str(builtins_of(object), fmt::format("{} {}", error, text(*shown)));
  raise(*make_exception(builtins_of(object).type(kCopyError), std::array<Object*, 1>{message.get()}));
}

Ref<> special_of_type(Object& object, std::string_view name) {
  const Ref<> found = Ref<>::share(lookup(*object.type, *intern(builtins_of(object), name)));
  return found ? call_found(*found, object, {}) : Ref<>();
}

/// `__getnewargs_ex__`: arguments and keywords.
bool take_new_arguments_with_keywords(Object& object, Recipe& recipe) {
  const Ref<> given = special_of_type(object, "__getnewargs_ex__");
  if (!given) return false;
  if (!is<Tuple>(*given))
    raise(ErrorKind::kTypeError, fmt::format("__getnewargs_ex__ should return a tuple, not '{}'", given->type->name));
  const auto items = static_cast<const Tuple&>(*given).view();
  if (items.size() != 2)
    raise(ErrorKind::kValueError, fmt::format("__getnewargs_ex__ should return a tuple of length 2, not {}", items.size()));
  if (!is<Tuple>(*items[0]))
    raise(ErrorKind::kTypeError,
          fmt::format("first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{}'",
                      items[0]->type->name));
  if (!is<Dict>(*items[1]))
    raise(ErrorKind::kTypeError,
          fmt::format("second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{}'",
                      items[1]->type->name));
  recipe.arguments = share(*items[0]);
  recipe.keywords = share(*items[1]);
  return true;
}

/// What a class derived from an immutable built-in type is made from: the value itself, of that type.
Ref<> value_of_base(Object& object) {
  Builtins& builtins = builtins_of(object);
  switch (kind_of(object)) {
    case Kind::kInt:
      return exact_int(static_cast<Int&>(object));
    case Kind::kFloat:
      return make_float(builtins, static_cast<const Float&>(object).value);
    case Kind::kStr:
      return exact_str(static_cast<const Str&>(object));
    case Kind::kTuple:
      return make_tuple(builtins, static_cast<const Tuple&>(object).view());
    default:
      return {};
  }
}

/// True if the object says what its `__new__` is to be given.
bool take_new_arguments(Object& object, Recipe& recipe) {
  if (take_new_arguments_with_keywords(object, recipe)) return true;
  Ref<> given = special_of_type(object, "__getnewargs__");
  if (given && !is<Tuple>(*given))
    raise(ErrorKind::kTypeError, fmt::format("__getnewargs__ should return a tuple, not '{}'", given->type->name));
  if (!given) {
    const Ref<> value = derives_from_builtin(*object.type) ? value_of_base(object) : Ref<>();
    if (value) given = make_tuple(builtins_of(object), {value.get()});
  }
  const bool is_given = static_cast<bool>(given);
  recipe.arguments = is_given ? std::move(given) : share<Object>(builtins_of(object).empty_tuple());
  return is_given;
}

/// True if attributes are all that its objects have: `object` and what classes add to it.
bool has_only_attributes(const Object& object) noexcept {
  const Class* const made = class_of(object);
  if (made == nullptr) return kind_of(object) == Kind::kObject;
  return made->native == nullptr && (is<Instance>(object) || !derives_from_builtin(*object.type));
}

// ---- Its state ----

std::string mangled(const Class& owner, std::string_view name) {
  if (!name.starts_with("__") || name.ends_with("__")) return std::string(name);
  std::string_view stripped = owner.name;
  while (stripped.starts_with('_')) stripped.remove_prefix(1);
  return stripped.empty() ? std::string(name) : fmt::format("_{}{}", stripped, name);
}

void add_slots_of(Class& step, Object& slots, List& names) {
  const Ref<> given = is<Str>(slots) ? Ref<>(make_tuple(builtins_of(slots), {&slots})) : share(slots);
  const Ref<> iterator = iterate(*given);
  while (const Ref<> name = next(*iterator)) {
    if (!is<Str>(*name)) continue;
    const std::string_view called = text(static_cast<const Str&>(*name));
    if (called != "__dict__" && called != "__weakref__") names.append(intern(builtins_of(slots), mangled(step, called)));
  }
}

/// The names of all `__slots__` of a class and its bases (CPython: copyreg._slotnames).
Ref<List> slot_names(Type& type) {
  Ref<List> names = make_list(*type.heap->builtins);
  const Ref<Tuple> order = mro_of(type);
  for (Object* const step : order->view()) {
    Class* const made = as_class(*step);
    if (made == nullptr || made->attributes == nullptr) continue;
    const Ref<> slots = Ref<>::share(static_cast<Dict*>(made->attributes)->find("__slots__"));
    if (slots) add_slots_of(*made, *slots, *names);
  }
  return names;
}

/// `object.__dict__`, empty if there is none or nothing is in it.
Ref<> dict_state(Object& object) {
  Ref<> found = find_attribute(object, *intern(builtins_of(object), "__dict__"));
  if (!found || (is<Dict>(*found) && static_cast<const Dict&>(*found).size == 0)) return {};
  return found;
}

Ref<> slots_state(Object& object, const List& names) {
  Ref<Dict> values = make_dict(builtins_of(object));
  for (std::uint32_t i = 0; i < names.size; ++i) {
    const Ref<> name = share(*names.items[i]);
    if (const Ref<> value = find_attribute(object, *name)) values->set(*name, *value);
  }
  return values->size != 0 ? Ref<>(std::move(values)) : Ref<>();
}

Ref<> default_state(Object& object) {
  if (class_of(object) == nullptr) return {};
  Ref<> attributes = dict_state(object);
  const Ref<List> names = slot_names(*object.type);
  if (names->size == 0) return attributes;
  const Ref<> slots = slots_state(object, *names);
  if (!slots) return attributes;
  Builtins& builtins = builtins_of(object);
  return make_tuple(builtins, {attributes ? attributes.get() : &builtins.none(), slots.get()});
}

Ref<> state_of(Object& object) {
  if (const Ref<> own = own_method(object, "__getstate__")) return none_as_empty(call(*own, {}));
  return default_state(object);
}

Recipe default_recipe(Object& object) {
  Recipe recipe;
  recipe.type = share(*object.type);
  const bool is_list = is<List>(object);
  const bool is_dict = is<Dict>(object);
  if (object.type->slots->construct == nullptr) refuse(object);
  const bool has_arguments = take_new_arguments(object, recipe);
  if (!has_arguments && !is_list && !is_dict && !has_only_attributes(object)) refuse(object);
  recipe.state = state_of(object);
  if (is_list) recipe.list_items = iterate(object);
  if (is_dict) recipe.dict_items = iterate(*call_method(object, *intern(builtins_of(object), "items"), {}));
  return recipe;
}

// ---- Who says it ----

/// True if the class of the object, or one that it derives from, has an attribute in place of object's.
bool class_says(const Object& object, std::string_view name) {
  Builtins& builtins = builtins_of(object);
  const Ref<Str> interned = intern(builtins, name);
  return lookup(*object.type, *interned) != lookup(builtins.type(Kind::kObject), *interned);
}

/// True if the attribute is one of the object alone.
bool instance_has(const Object& object, Str& name) {
  if (is<Instance>(object)) return own_attribute(static_cast<const Instance&>(object), name) != nullptr;
  Object* const* const dict = dict_slot(object);
  return dict != nullptr && *dict != nullptr && static_cast<const Dict&>(**dict).find(name) != nullptr;
}

}  // namespace

Ref<> own_method(Object& object, std::string_view name) {
  const Ref<Str> interned = intern(builtins_of(object), name);
  const bool is_own = class_says(object, "__getattribute__") || class_says(object, name) || instance_has(object, *interned);
  return is_own ? find_attribute(object, *interned) : Ref<>();
}

// `object.__reduce_ex__` calls a `__reduce__` that the class has, not one of the object alone.
Recipe recipe_of(Object& object, std::string_view error) {
  Builtins& builtins = builtins_of(object);
  const Ref<> extended = own_method(object, "__reduce_ex__");
  const bool is_refused = extended && is_none(*extended);
  if (extended && !is_refused) {
    const Ref<> protocol = make_int(builtins, 4);
    Object* const given[] = {protocol.get()};
    return take_apart_returned(*call(*extended, Arguments{given, {}, {}}));
  }
  const bool is_asked = is_refused || class_says(object, "__reduce__");
  const Ref<> plain = is_asked ? own_method(object, "__reduce__") : Ref<>();
  if (plain && (!is_refused || truth(*plain))) return take_apart_returned(*call(*plain, {}));
  if (is_refused && plain) refuse_to_copy(object, error);
  return default_recipe(object);
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
