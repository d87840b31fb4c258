// Making an object again from its recipe (CPython: _reconstruct in Lib/copy.py).
#include <ouro/base/error.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/instance_values.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/copier.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <string>

namespace ouro::detail {

namespace {

// ---- Arguments ----

/// "list()", as CPython calls a callee.
std::string name_of_callee(Object& callee) {
  if (kind_of(callee) == Kind::kType) return qualified_name(static_cast<const Type&>(callee)) + "()";
  const Ref<> name = find_attribute(callee, *intern(builtins_of(callee), "__qualname__"));
  return name && is<Str>(*name) ? fmt::format("{}()", text(static_cast<const Str&>(*name)))
                                : std::string(text(*str(callee)));
}

bool is_iterable(const Object& object) noexcept {
  const TypeSlots& slots = *object.type->slots;
  return slots.iterate != nullptr || (slots.sequence != nullptr && slots.sequence->item != nullptr);
}

/// The arguments of the maker, copied as the rest is. A tuple, which nobody can change while it is passed on.
Ref<Tuple> arguments_of(const Recipe& recipe, Copier& copier) {
  Object& given = *recipe.arguments;
  const bool is_copied = copier.is_deep() && truth(given);
  if (!is_copied && !is_iterable(given) && recipe.maker)
    raise(ErrorKind::kTypeError,
          fmt::format("{} argument after * must be an iterable, not {}", name_of_callee(*recipe.maker), given.type->name));
  const Ref<> iterator = iterate(given);
  const Ref<List> arguments = make_list(builtins_of(given));
  while (const Ref<> argument = next(*iterator)) arguments->append(is_copied ? copier.of(*argument) : argument);
  return tuple_from(*arguments);
}

Ref<> make_again(const Recipe& recipe, Copier& copier) {
  const Ref<Tuple> arguments = arguments_of(recipe, copier);
  if (recipe.maker) return call(*recipe.maker, Arguments{arguments->view(), {}, {}});
  const Ref<> keywords = recipe.keywords ? copier.of(*recipe.keywords) : Ref<>();
  return make_anew(*recipe.type, *arguments, keywords.get());
}

// ---- State ----

/// `made.__dict__.update(state)`.
void update_attributes(Object& made, Object& state) {
  Builtins& builtins = builtins_of(made);
  const Ref<> attributes = get_attribute(made, *intern(builtins, "__dict__"));
  if (is_exact<Dict>(*attributes)) return static_cast<Dict&>(*attributes).update(state);
  Object* const given[] = {&state};
  static_cast<void>(call_method(*attributes, *intern(builtins, "update"), Arguments{given, {}, {}}));
}

void set_slots(Object& made, Object& values) {
  const Ref<> items = call_method(values, *intern(builtins_of(made), "items"), {});
  const Ref<> iterator = iterate(*items);
  while (const Ref<> item = next(*iterator)) {
    const Pair pair = unpack_pair(*item);
    set_attribute(made, *pair.first, *pair.second);
  }
}

void set_state(Object& made, const Ref<>& state) {
  if (const Ref<> own = find_attribute(made, *intern(builtins_of(made), "__setstate__"))) {
    Object* const given[] = {state.get()};
    return static_cast<void>(call(*own, Arguments{given, {}, {}}));
  }
  Ref<> attributes = state;
  Ref<> slots;
  if (const auto* const both = as<Tuple>(*state); both != nullptr && both->size == 2) {
    attributes = share(*both->items[0]);
    slots = share(*both->items[1]);
  }
  if (!is_none(*attributes)) update_attributes(made, *attributes);
  if (slots && !is_none(*slots)) set_slots(made, *slots);
}

// ---- Items ----

void append_items(Object& made, Object& items, Copier& copier) {
  const Ref<Str> append = intern(builtins_of(made), "append");
  const Ref<> iterator = iterate(items);
  while (const Ref<> item = next(*iterator)) {
    const Ref<> copied = copier.of(*item);
    Object* const given[] = {copied.get()};
    static_cast<void>(call_method(made, *append, Arguments{given, {}, {}}));
  }
}

void set_items(Object& made, Object& items, Copier& copier) {
  const Ref<> iterator = iterate(items);
  while (const Ref<> item = next(*iterator)) {
    const Pair pair = unpack_pair(*item);
    const Ref<> key = copier.of(*pair.first);
    const Ref<> value = copier.of(*pair.second);
    set_item(made, *key, *value);
  }
}

// ---- Plain instances ----

/// Methods by which a class says how its objects are copied or attributes restored.
constexpr std::string_view kMethodsOfCopying[] = {"__reduce_ex__", "__reduce__",      "__getstate__",   "__setstate__",
                                                  "__slots__",     "__new__",         "__getnewargs__", "__getnewargs_ex__",
                                                  "__getattr__",   "__getattribute__"};

bool has_no_say(const Object& object) {
  Builtins& builtins = builtins_of(object);
  const Type& root = builtins.type(Kind::kObject);
  for (const std::string_view name : kMethodsOfCopying) {
    const Ref<Str> interned = intern(builtins, name);
    if (lookup(*object.type, *interned) != lookup(root, *interned)) return false;
  }
  return true;
}

/// True of attributes that an instance may have in place of its class's, and that change how it is copied.
bool changes_copying(std::string_view name) noexcept { return name == "__reduce_ex__" || name == "__getstate__"; }

struct NamedValue {
  Ref<> name, value;
};

}  // namespace

bool is_own_copy(const Object& object) noexcept {
  switch (object.type->exact) {
    case Kind::kNone:
    case Kind::kNotImplemented:
    case Kind::kEllipsis:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kComplex:
    case Kind::kStr:
    case Kind::kBytes:
    case Kind::kRange:
    case Kind::kFunction:
    case Kind::kWeakRef:
    case Kind::kProperty:
      return true;
    case Kind::kBuiltinMethod:
      return static_cast<const BuiltinMethod&>(object).descriptor->attribute->sort != Attribute::Sort::kSlotWrapper;
    case Kind::kDescriptor:
      return static_cast<const Descriptor&>(object).attribute->call != nullptr;
    default:
      return kind_of(object) == Kind::kType;
  }
}

Ref<> copy_plain_instance(Object& object, Copier& copier) {
  if (!is<Instance>(object) || static_cast<const Instance&>(object).dict != nullptr || !has_no_say(object)) return {};
  auto& instance = static_cast<Instance&>(object);
  const Ref<Class> type = share(static_cast<Class&>(*object.type));  // the object may be given another one meanwhile
  const Shape& shape = shape_of(instance);
  if (type->body->members > shape.size()) return {};  // so many slots that not all names are at hand
  SmallVector<NamedValue, 8> attributes(heap_of(object));
  for (std::uint32_t slot = 0; slot < instance.next; ++slot) {
    if (instance.values[slot] == nullptr) continue;
    if (changes_copying(text(shape.name(slot)))) return {};
    attributes.push_back({share<Object>(shape.name(slot)), share(*instance.values[slot])});
  }
  Ref<Instance> made = make_instance(*type);
  copier.remember(object, *made);
  for (const NamedValue& attribute : attributes) {
    const Ref<> copied = copier.of(*attribute.value);
    auto& name = static_cast<Str&>(*attribute.name);
    const bool is_free = own_attribute(*made, name) == nullptr || !type->body->has_dict;
    is_free ? set_own_attribute(*made, name, *copied) : dict_of(*made)->set(name, *copied);  // code of a class was quicker
  }
  return made;
}

Ref<> make_by_recipe(Object& object, const Recipe& recipe, Copier& copier) {
  Ref<> made = make_again(recipe, copier);
  copier.remember(object, *made);
  if (recipe.state) set_state(*made, copier.of(*recipe.state));
  if (recipe.list_items) append_items(*made, *recipe.list_items, copier);
  if (recipe.dict_items) set_items(*made, *recipe.dict_items, copier);
  return made;
}

}  // namespace ouro::detail
