// `types.GenericAlias` (CPython: Objects/genericaliasobject.c).
#include <ouro/objects/classes/detail/type_parameters.h>
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/classes/union_type.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace ouro {

namespace {

GenericAlias& alias_of(Object& object) noexcept { return static_cast<GenericAlias&>(object); }

Ref<GenericAlias> make_alias(Type& type, Object& origin, Object& args, bool starred) {
  Ref<> held = share(origin);
  const Ref<> given = share(args);
  Ref<> tuple = is<Tuple>(args) ? given : Ref<>(make_tuple(*type.heap->builtins, {&args}));
  const auto build = [&](GenericAlias& made) noexcept {
    made.origin = held.release();
    made.args = tuple.release();
    made.starred = starred;
  };
  if (type.has(kClassType)) return detail::make_derived<GenericAlias>(type, sizeof(GenericAlias), build);
  return make<GenericAlias>(type, sizeof(GenericAlias), build);
}

}  // namespace

Ref<GenericAlias> make_generic_alias(Object& origin, Object& args) {
  return make_alias(builtins_of(origin).type(Kind::kGenericAlias), origin, args, false);
}

namespace detail {

Ref<> class_getitem_code(const Type&, Object& type, const Arguments& given) {
  return make_generic_alias(type, *given.positional[0]);
}

namespace {

Ref<> repr_slot(Object& object) {
  const GenericAlias& alias = alias_of(object);
  const RecursionGuard guard(builtins_of(object), " while getting the repr of an object");
  const Ref<> origin = share(*alias.origin);
  const Ref<> args = share(*alias.args);
  std::string shown = alias.starred != 0 ? "*" : "";
  shown += shown_type(*origin) + "[";
  const auto items = static_cast<const Tuple&>(*args).view();
  for (std::size_t i = 0; i < items.size(); ++i) shown += (i == 0 ? "" : ", ") + shown_type(*items[i]);
  return make_str(builtins_of(object), shown + (items.empty() ? "()]" : "]"));
}

std::int64_t hash_slot(Object& object) {
  const Ref<> origin = share(*alias_of(object).origin);
  const Ref<> args = share(*alias_of(object).args);
  const std::int64_t mixed = hash(*origin) ^ hash(*args);
  return mixed == -1 ? -2 : mixed;
}

Answer compare_slot(Object& left, Object& right, Comparison op) {
  const bool orders = op != Comparison::kEqual && op != Comparison::kNotEqual;
  if (orders || !is<GenericAlias>(left) || !is<GenericAlias>(right)) return Answer::kNotImplemented;
  const std::array held{share(*alias_of(left).origin), share(*alias_of(right).origin), share(*alias_of(left).args),
                        share(*alias_of(right).args)};
  const bool same = alias_of(left).starred == alias_of(right).starred && same_or_equal(*held[0], *held[1]) &&
                    same_or_equal(*held[2], *held[3]);
  return same == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

/// Tells the object what it was made as, if it can be told.
void tell_class(Object& made, Object& alias) {
  try {
    set_attribute(made, *intern(builtins_of(alias), "__orig_class__"), alias);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kAttributeError) && !error.is(ErrorKind::kTypeError)) throw;
  }
}

Ref<> call_slot(Object& callee, const Arguments& arguments) {
  const Ref<> origin = share(*alias_of(callee).origin);
  Ref<> made = call_or_fail(*origin, arguments);
  if (made) tell_class(*made, callee);
  return made;
}

/// `alias[key]`: the arguments with others in the place of the type variables.
Ref<> subscript_slot(Object& object, Object& key) {
  GenericAlias& alias = alias_of(object);
  const Ref<> held[] = {share(object), share(*alias.origin), share(*alias.args)};
  const Ref<List> parts = substituted_parts(object, static_cast<const Tuple&>(*held[2]), key);
  Type& type = builtins_of(object).type(Kind::kGenericAlias);
  return make_alias(type, *held[1], *tuple_from(*parts), alias.starred != 0);
}

/// What of an alias is its own. All else is its origin's.
constexpr std::array<std::string_view, 11> kOwnNames{
    "__class__",       "__origin__",    "__args__",   "__unpacked__", "__parameters__", "__typing_unpacked_tuple_args__",
    "__mro_entries__", "__reduce_ex__", "__reduce__", "__copy__",     "__deepcopy__"};

bool is_own_name(std::string_view name) noexcept {
  return std::find(kOwnNames.begin(), kOwnNames.end(), name) != kOwnNames.end();
}

Ref<> get_attribute_slot(Object& object, Object& name) {
  if (is_own_name(text(static_cast<const Str&>(name)))) return get_type_given_attribute(object, name);
  return get_attribute_or_fail(*share(*alias_of(object).origin), name);
}

/// `*list[int]`, once.
Ref<> iterate_slot(Object& object) {
  const GenericAlias& alias = alias_of(object);
  const Ref<> starred = make_alias(builtins_of(object).type(Kind::kGenericAlias), *alias.origin, *alias.args, true);
  return iterate(*make_tuple(builtins_of(object), {starred.get()}));
}

Ref<> refuse_check(std::string_view what) {
  raise(ErrorKind::kTypeError, fmt::format("{}() argument 2 cannot be a parameterized generic", what));
}

/// One that is starred is what iterating over the plain one gives next.
Ref<> reduced(GenericAlias& alias) {
  if (alias.starred != 0) {
    Builtins& builtins = builtins_of(alias);
    const Ref<> iterator = iterate(*make_generic_alias(*share(*alias.origin), *share(*alias.args)));
    return detail::reduced(*builtin_function(builtins, "next"), {iterator.get()});
  }
  const Ref<> parts = make_tuple(builtins_of(alias), {alias.origin, alias.args});
  return make_tuple(builtins_of(alias), {&builtins_of(alias).type(Kind::kGenericAlias), parts.get()});
}

/// Of `*tuple[int, str]` the arguments, else None.
Ref<> unpacked_arguments(GenericAlias& alias) {
  const bool is_tuple = alias.origin == &builtins_of(alias).type(Kind::kTuple);
  return alias.starred != 0 && is_tuple ? share(*alias.args) : make_none(builtins_of(alias));
}

/// Those of the origin, and what of an alias is its own.
Ref<List> names_of(GenericAlias& alias) {
  const Ref<> origin = share(*alias.origin);
  Ref<List> names = dir(*origin);
  for (const std::string_view own : kOwnNames) {
    const Ref<Str> name = intern(builtins_of(alias), own);
    if (!contains(*names, *name)) names->append(*name);
  }
  return names;
}

constexpr Attribute kAttributes[] = {
    without_signature(method(
        "__mro_entries__(bases, /)",
        [](GenericAlias& alias, Object&) { return make_tuple(builtins_of(alias), {alias.origin}); }, "")),
    without_signature(method(
        "__instancecheck__(instance, /)", [](GenericAlias&, Object&) { return refuse_check("isinstance"); }, "")),
    without_signature(method(
        "__subclasscheck__(type, /)", [](GenericAlias&, Object&) { return refuse_check("issubclass"); }, "")),
    without_signature(method(
        "__reduce__()", [](GenericAlias& alias) { return reduced(alias); }, "")),
    without_signature(method(
        "__dir__()", [](GenericAlias& alias) { return names_of(alias); }, "")),
    member(
        "__origin__", [](GenericAlias& alias) { return share(*alias.origin); }, ""),
    member(
        "__args__", [](GenericAlias& alias) { return share(*alias.args); }, ""),
    member(
        "__unpacked__", [](GenericAlias& alias) { return alias.starred != 0; }, ""),
    property(
        "__parameters__",
        [](GenericAlias& alias) { return open_parameters(static_cast<const Tuple&>(*share(*alias.args))); },
        "Type variables in the GenericAlias."),
    property(
        "__typing_unpacked_tuple_args__", [](GenericAlias& alias) { return unpacked_arguments(alias); }, ""),
};

Ref<> construct(Type& type, const Arguments& arguments) {
  const auto given = arguments.positional;
  if (!arguments.keyword_names.empty()) raise(ErrorKind::kTypeError, "GenericAlias() takes no keyword arguments");
  if (given.size() != 2)
    raise(ErrorKind::kTypeError, fmt::format("GenericAlias expected 2 arguments, got {}", given.size()));
  return make_alias(type, *given[0], *given[1], false);
}

/// None in place of what is gone.
void clear(Object& object) noexcept {
  store(alias_of(object).origin, &builtins_of(object).none());
  store(alias_of(object).args, &builtins_of(object).empty_tuple());
}

std::string edge_name(const Object&, std::size_t number) { return number == 0 ? ".__origin__" : ".__args__"; }

constexpr MappingSlots kMapping{.subscript = subscript_slot};
constexpr NumberSlots kNumber{.bit_or = union_of};

}  // namespace

constinit const TypeSlots kGenericAliasSlots{
    .name = "types.GenericAlias",
    .kind = Kind::kGenericAlias,
    .flags = kContainerType | kWeakableType | kBaseType,
    .size = sizeof(GenericAlias),
    .edges = GenericAlias::kEdges,
    .doc = "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
    .dismantle = dismantle_as<GenericAlias>,
    .clear = clear,
    .edge_name = edge_name,
    .repr = repr_slot,
    .hash = hash_slot,
    .compare = compare_slot,
    .iterate = iterate_slot,
    .call = call_slot,
    .get_attribute = get_attribute_slot,
    .number = &kNumber,
    .mapping = &kMapping,
    .construct = construct,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace detail

}  // namespace ouro
