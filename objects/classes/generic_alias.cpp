// `types.GenericAlias` (CPython: Objects/genericaliasobject.c).
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/model/dismantle.h>
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

Ref<> find(Object& object, std::string_view name) { return find_attribute(object, *intern(builtins_of(object), name)); }

/// How an alias shows what it is made from (CPython: ga_repr_item).
std::string shown_part(Object& part) {
  if (&part == &builtins_of(part).ellipsis()) return "...";
  const auto as_it_is = [&] { return std::string(text(*repr(part))); };
  if (find(part, "__origin__") && find(part, "__args__")) return as_it_is();
  const Ref<> name = find(part, "__qualname__");
  const Ref<> module = name ? find(part, "__module__") : Ref<>();
  if (!name || !module || is_none(*module)) return as_it_is();
  if (is<Str>(*module) && text(static_cast<const Str&>(*module)) == "builtins") return std::string(text(*str(*name)));
  return fmt::format("{}.{}", text(*str(*module)), text(*str(*name)));
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
  shown += shown_part(*origin) + "[";
  const auto items = static_cast<const Tuple&>(*args).view();
  for (std::size_t i = 0; i < items.size(); ++i) shown += (i == 0 ? "" : ", ") + shown_part(*items[i]);
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

/// Type variables are a matter of scripts: what stands for one says so by `__typing_subst__`, or has parameters itself.
void add_parameters(Object& part, List& to) {
  const auto add = [&](Object& each) {
    if (std::ranges::find(to.view(), &each) == to.view().end()) to.append(each);
  };
  if (kind_of(part) == Kind::kType) return;
  if (find(part, "__typing_subst__")) return add(part);
  const Ref<> own = find(part, "__parameters__");
  if (!own || !is<Tuple>(*own)) return;
  for (Object* const each : static_cast<const Tuple&>(*own).view()) add(*each);
}

Ref<Tuple> parameters_of(GenericAlias& alias) {
  const Ref<> args = share(*alias.args);
  const Ref<List> found = make_list(builtins_of(alias));
  for (Object* const part : static_cast<const Tuple&>(*args).view()) add_parameters(*part, *found);
  return tuple_from(*found);
}

Ref<> called_by_name(Object& object, std::string_view name, std::initializer_list<Object*> given) {
  return call_method(object, *intern(builtins_of(object), name), {{given.begin(), given.size()}, {}, {}});
}

/// The arguments that are given for the type variables of an alias, each at the place of its variable.
Ref<Tuple> given_for(GenericAlias& alias, const Tuple& open, Object& key) {
  Ref<> given = is<Tuple>(key) ? share(key) : Ref<>(make_tuple(builtins_of(alias), {&key}));
  for (Object* const variable : open.view())
    if (find(*variable, "__typing_prepare_subst__"))
      given = called_by_name(*variable, "__typing_prepare_subst__", {&alias, given.get()});
  Ref<Tuple> all = is<Tuple>(*given) ? tuple_from(*given) : make_tuple(builtins_of(alias), {given.get()});
  if (all->size == open.size) return all;
  raise(ErrorKind::kTypeError,
        fmt::format("Too {} arguments for {}; actual {}, expected {}", all->size > open.size ? "many" : "few",
                    text(*repr(alias)), all->size, open.size));
}

std::size_t place_in(const Tuple& open, const Object& variable) noexcept {
  const auto all = open.view();
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), &variable) - all.begin());
}

/// One argument of an alias with what is given in the place of its variables.
Ref<> substituted(Object& part, const Tuple& open, const Tuple& given) {
  if (kind_of(part) == Kind::kType) return share(part);
  if (find(part, "__typing_subst__")) {
    const std::size_t place = place_in(open, part);
    if (place == open.size) return share(part);
    return called_by_name(part, "__typing_subst__", {given.items[place]});
  }
  const Ref<> own = find(part, "__parameters__");
  if (!own || !is<Tuple>(*own) || static_cast<const Tuple&>(*own).size == 0) return share(part);
  const Ref<List> inner = make_list(builtins_of(part));
  for (Object* const variable : static_cast<const Tuple&>(*own).view()) {
    const std::size_t place = place_in(open, *variable);
    inner->append(place == open.size ? *variable : *given.items[place]);
  }
  return get_item(part, *tuple_from(*inner));
}

/// `alias[key]`.
Ref<> substitute(GenericAlias& alias, const Tuple& open, Object& key) {
  const Ref<Tuple> given = given_for(alias, open, key);
  const Ref<> args = share(*alias.args);
  const Ref<List> made = make_list(builtins_of(alias));
  for (Object* const part : static_cast<const Tuple&>(*args).view()) made->append(*substituted(*part, open, *given));
  return make_alias(builtins_of(alias).type(Kind::kGenericAlias), *alias.origin, *tuple_from(*made), alias.starred != 0);
}

/// What of an alias is its own. All else is its origin's.
bool is_own_name(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 11> kOwn{
      "__class__",       "__origin__",    "__args__",   "__unpacked__", "__parameters__", "__typing_unpacked_tuple_args__",
      "__mro_entries__", "__reduce_ex__", "__reduce__", "__copy__",     "__deepcopy__"};
  return std::find(kOwn.begin(), kOwn.end(), name) != kOwn.end();
}

Ref<> get_attribute_slot(Object& object, Object& name) {
  if (is_own_name(text(static_cast<const Str&>(name)))) return get_type_given_attribute(object, name);
  return get_attribute_or_fail(*share(*alias_of(object).origin), name);
}

/// The arguments with others in the place of the type variables.
Ref<> subscript_slot(Object& object, Object& key) {
  const Ref<Tuple> open = parameters_of(alias_of(object));
  if (open->size == 0) raise(ErrorKind::kTypeError, fmt::format("{} is not a generic class", text(*repr(object))));
  return substitute(alias_of(object), *open, key);
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

Ref<> reduced(GenericAlias& alias) {
  const Ref<> parts = make_tuple(builtins_of(alias), {alias.origin, alias.args});
  return make_tuple(builtins_of(alias), {&builtins_of(alias).type(Kind::kGenericAlias), parts.get()});
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
    member(
        "__origin__", [](GenericAlias& alias) { return share(*alias.origin); }, ""),
    member(
        "__args__", [](GenericAlias& alias) { return share(*alias.args); }, ""),
    member(
        "__unpacked__", [](GenericAlias& alias) { return alias.starred != 0; }, ""),
    property(
        "__typing_unpacked_tuple_args__",
        [](GenericAlias& alias) {
          const bool is_unpacked = alias.starred != 0 && alias.origin == &builtins_of(alias).type(Kind::kTuple);
          return is_unpacked ? share(*alias.args) : make_none(builtins_of(alias));
        },
        ""),
    property(
        "__parameters__", [](GenericAlias& alias) { return parameters_of(alias); }, "Type variables in the GenericAlias."),
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
    .mapping = &kMapping,
    .construct = construct,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace detail

}  // namespace ouro
