// `object.__reduce__` and `object.__reduce_ex__`, the functions of copyreg that they name, and what iterators and methods
// say (CPython: _common_reduce in Objects/typeobject.c, Lib/copyreg.py).
#include <ouro/base/error.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/detail/plain_name.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::detail {

namespace {

Ref<> attribute_of(Object& object, std::string_view name) {
  return get_attribute(object, *intern(builtins_of(object), name));
}

std::string_view type_name(const Object& type) noexcept {
  return kind_of(type) == Kind::kType ? static_cast<const Type&>(type).name : type.type->name;
}

// ---- copyreg ----

/// `__newobj__(cls, *args)`.
Ref<> make_new_object(const Arguments& given) {
  if (given.positional.empty()) raise(ErrorKind::kTypeError, "__newobj__() missing 1 required positional argument: 'cls'");
  const Ref<> maker = attribute_of(*given.positional[0], "__new__");
  return call(*maker, given);
}

/// `__newobj_ex__(cls, args, kwargs)`.
Ref<> make_with_keywords(Object& type, Object& arguments, Object& keywords) {
  const Ref<> maker = attribute_of(type, "__new__");
  const Ref<List> positional = make_list(builtins_of(type));
  positional->append(type);
  const Ref<> rest = iterate(arguments);
  while (const Ref<> argument = next(*rest)) positional->append(*argument);
  if (!is<Dict>(keywords))
    raise(ErrorKind::kTypeError,
          fmt::format("{}.__new__() argument after ** must be a mapping, not {}", type_name(type), keywords.type->name));
  const Ref<List> names = list_from(keywords);
  const Ref<List> values = make_list(builtins_of(type), names->size);
  for (std::uint32_t i = 0; i < names->size; ++i) {
    const Ref<> name = share(*names->items[i]);
    if (!is<Str>(*name)) raise(ErrorKind::kTypeError, "keywords must be strings");
    values->append(*get_item(keywords, *name));
  }
  return call(*maker, Arguments{positional->view(), names->view(), values->view()});
}

/// `_reconstructor(cls, base, state)`.
Ref<> reconstruct(Object& type, Object& base, Object& state) {
  Object& root = builtins_of(type).type(Kind::kObject);
  Object* const given[] = {&type, &state};
  if (&base == &root) return call(*attribute_of(root, "__new__"), Arguments{{given, 1}, {}, {}});
  Ref<> made = call(*attribute_of(base, "__new__"), Arguments{given, {}, {}});
  const Ref<> initialise = attribute_of(base, "__init__");
  if (equal(*initialise, *attribute_of(root, "__init__"))) return made;
  Object* const initialised[] = {made.get(), &state};
  static_cast<void>(call(*initialise, Arguments{initialised, {}, {}}));
  return made;
}

constexpr Attribute kFunctions[] = {
    function(
        "__newobj__(*args, **kwargs)", [](Object&, const Arguments& given) { return make_new_object(given); }, ""),
    function(
        "__newobj_ex__(cls, args, kwargs)",
        [](Object&, Object& type, Object& arguments, Object& keywords) {
          return make_with_keywords(type, arguments, keywords);
        },
        "Used by pickle protocol 4, instead of __newobj__ to allow classes with\nkeyword-only arguments to be pickled "
        "correctly."),
    function(
        "_reconstructor(cls, base, state)",
        [](Object&, Object& type, Object& base, Object& state) { return reconstruct(type, base, state); }, ""),
};
constexpr char kModuleName[] = "copyreg";

enum class CopyregFunction : std::uint8_t { kNewObject, kNewObjectWithKeywords, kReconstruct };

Ref<> copyreg(Builtins& builtins, CopyregFunction which) {
  return make_module_function(kFunctionsOf<kFunctions, kModuleName>[static_cast<std::size_t>(which)], builtins.none());
}

// ---- Protocols 0 and 1 ----

/// The built-in type that a class derives from.
Type& built_in_base(Type& type) {
  const Ref<Tuple> order = mro_of(type);
  for (Object* const step : order->view())
    if (as_class(*step) == nullptr) return static_cast<Type&>(*step);  // immortal
  return type.heap->builtins->type(Kind::kObject);
}

/// What the part of the object is made from that a built-in base has; None where that is `object`.
Ref<> value_of(Object& object, Type& base) {
  Builtins& builtins = builtins_of(object);
  if (&base == &builtins.type(Kind::kObject)) return make_none(builtins);
  if (&base == object.type) raise(ErrorKind::kTypeError, fmt::format("cannot pickle '{}' object", plain_name(*object.type)));
  Object* const given[] = {&object};
  return call(base, Arguments{given, {}, {}});
}

/// The attributes, which slots must not have a part in unless the class says how.
Ref<> old_state(Object& object) {
  Builtins& builtins = builtins_of(object);
  const Ref<Str> name = intern(builtins, "__getstate__");
  const Ref<> getter = get_attribute(object, *name);
  if (lookup(*object.type, *name) == lookup(builtins.type(Kind::kObject), *name)) {
    const Ref<> slots = find_attribute(object, *intern(builtins, "__slots__"));
    if (slots && truth(*slots))
      raise(ErrorKind::kTypeError, "a class that defines __slots__ without defining __getstate__ cannot be pickled");
  }
  return call(*getter, {});
}

Ref<> reduce_by_old_protocol(Object& object) {
  Type& base = built_in_base(*object.type);
  const Ref<> value = value_of(object, base);
  const Ref<> state = old_state(object);
  const Ref<> maker = copyreg(builtins_of(object), CopyregFunction::kReconstruct);
  return reduced(*maker, {object.type, &base, value.get()}, truth(*state) ? state.get() : nullptr);
}

// ---- Protocols 2 and above ----

Ref<Tuple> with_class_in_front(Type& type, Object& arguments) {
  const Ref<List> all = make_list(*type.heap->builtins);
  all->append(type);
  const Ref<> rest = iterate(arguments);
  while (const Ref<> argument = next(*rest)) all->append(*argument);
  return tuple_from(*all);
}

Ref<> reduce_by_new_protocol(Object& object) {
  Builtins& builtins = builtins_of(object);
  const Recipe recipe = default_recipe(object);
  const bool has_keywords = recipe.keywords && static_cast<const Dict&>(*recipe.keywords).size != 0;
  const Ref<> maker =
      copyreg(builtins, has_keywords ? CopyregFunction::kNewObjectWithKeywords : CopyregFunction::kNewObject);
  const Ref<> arguments = has_keywords ? make_tuple(builtins, {object.type, recipe.arguments.get(), recipe.keywords.get()})
                                       : with_class_in_front(*object.type, *recipe.arguments);
  const auto or_none = [&](const Ref<>& part) { return part ? part.get() : &builtins.none(); };
  return make_tuple(builtins, {maker.get(), arguments.get(), or_none(recipe.state), or_none(recipe.list_items),
                               or_none(recipe.dict_items)});
}

}  // namespace

Ref<> overriding_reduce(Object& object) {
  const Ref<Str> name = intern(builtins_of(object), "__reduce__");
  const bool is_own = lookup(*object.type, *name) != lookup(builtins_of(object).type(Kind::kObject), *name);
  return is_own ? find_attribute(object, *name) : Ref<>();
}

Ref<> reduce_extended(Object& object, Object& protocol) {
  const Ref<> held = share(object);
  const int number = c_int_argument(&protocol, 0);
  if (const Ref<> own = overriding_reduce(object)) return call(*own, {});
  return number >= 2 ? reduce_by_new_protocol(object) : reduce_by_old_protocol(object);
}

Ref<> reduce_plainly(Object& object) {
  const Ref<> held = share(object);
  return reduce_by_old_protocol(object);
}

// ---- What built-in types say ----

Ref<> reduced(Object& maker, std::initializer_list<Object*> arguments, Object* state) {
  const Ref<> held[] = {share(maker), Ref<>::share(state)};
  Builtins& builtins = builtins_of(maker);
  const Ref<> given = make_tuple(builtins, arguments);
  if (state == nullptr) return make_tuple(builtins, {&maker, given.get()});
  return make_tuple(builtins, {&maker, given.get(), state});
}

Ref<> reduced_iterator(Object& sequence, Object& position) {
  return reduced(*builtin_function(builtins_of(sequence), "iter"), {&sequence}, &position);
}

Ref<> reduced_iterator(Object& sequence, std::uint64_t position) {
  const Ref<> held = share(sequence);
  return reduced_iterator(sequence, *make_int(builtins_of(sequence), position));
}

Ref<> reduced_rest(Object& sequence) {
  const Ref<> held = share(sequence);
  return reduced(*builtin_function(builtins_of(sequence), "iter"), {&sequence});
}

Ref<> reduced_attribute(Object& holder, std::string_view name) {
  const Ref<> held = share(holder);
  const Ref<Str> called = intern(builtins_of(holder), name);
  return reduced(*builtin_function(builtins_of(holder), "getattr"), {&holder, called.get()});
}

std::int64_t iterator_state(Object& given, std::int64_t least) {
  if (!is<Int>(given) && kind_of(given) != Kind::kBool) raise(ErrorKind::kTypeError, "an integer is required");
  const Ref<Int> number = index(given);
  if (number->is_big()) raise(ErrorKind::kOverflowError, "Python int too large to convert to C ssize_t");
  return std::max(number->value, least);
}

}  // namespace ouro::detail
