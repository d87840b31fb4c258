// What `object.__reduce_ex__(4)` says of an object: what `__new__` is given, and its state (CPython: reduce_newobj and
// object_getstate in Objects/typeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/recipe.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace ouro::detail {

namespace {

Ref<> none_as_empty(Ref<> value) noexcept { return value && !is_none(*value) ? std::move(value) : Ref<>(); }

[[noreturn, gnu::cold]] void refuse(const Object& object) {
  const bool is_sized = kind_of(object) == Kind::kMemoryView || kind_of(object) == Kind::kType;  // of variable size
  raise(ErrorKind::kTypeError, is_sized ? fmt::format("cannot pickle {} objects", object.type->name)
                                        : fmt::format("cannot pickle '{}' object", object.type->name));
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
  if (made == nullptr) return kind_of(object) == Kind::kObject || is_none(object);
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

/// The `__dict__` in which the object keeps its attributes, empty if there is none or nothing is in it.
Ref<> dict_state(Object& object) {
  Ref<> found;
  if (is<Instance>(object)) {
    if (has_instance_dict(*object.type)) found = dict_of(static_cast<Instance&>(object));
  } else if (Object* const* const place = dict_slot(object); place != nullptr) {
    found = Ref<>::share(*place);
  }
  const bool is_empty = found && is<Dict>(*found) && static_cast<const Dict&>(*found).size == 0;
  return is_empty ? Ref<>() : found;
}

Ref<> slots_state(Object& object, const List& names) {
  Ref<Dict> values = make_dict(builtins_of(object));
  for (std::uint32_t i = 0; i < names.size; ++i) {
    const Ref<> name = share(*names.items[i]);
    if (const Ref<> value = find_attribute(object, *name)) values->set(*name, *value);
  }
  return values->size != 0 ? Ref<>(std::move(values)) : Ref<>();
}

}  // namespace

Ref<> default_state(Object& object, bool must_be_all) {
  if (must_be_all && kind_of(object) == Kind::kMemoryView) refuse(object);
  Ref<> attributes = dict_state(object);
  const Ref<List> names = class_of(object) != nullptr ? slot_names(*object.type) : make_list(builtins_of(object));
  if (must_be_all && !has_only_attributes(object)) refuse(object);
  if (names->size == 0) return attributes;
  const Ref<> slots = slots_state(object, *names);
  if (!slots) return attributes;
  Builtins& builtins = builtins_of(object);
  return make_tuple(builtins, {attributes ? attributes.get() : &builtins.none(), slots.get()});
}

Ref<> state_of(Object& object) {
  if (const Ref<> own = own_method(object, "__getstate__")) return call(*own, {});
  Ref<> state = default_state(object, false);
  return state ? state : make_none(builtins_of(object));
}

Recipe default_recipe(Object& object) {
  Recipe recipe;
  recipe.type = share(*object.type);
  const bool is_list = is<List>(object);
  const bool is_dict = is<Dict>(object);
  if (object.type->slots->construct == nullptr) refuse(object);
  const bool says_all = take_new_arguments(object, recipe) || is_list || is_dict;
  const Ref<> own = own_method(object, "__getstate__");
  recipe.state = own ? none_as_empty(call(*own, {})) : default_state(object, !says_all);
  if (is_list) recipe.list_items = iterate(object);
  if (is_dict) recipe.dict_items = iterate(*call_method(object, *intern(builtins_of(object), "items"), {}));
  return recipe;
}

}  // namespace ouro::detail
