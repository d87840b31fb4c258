// Type variables among the arguments of generic aliases and unions (CPython: _Py_make_parameters and _Py_subs_parameters in
// Objects/genericaliasobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/classes/detail/type_parameters.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace ouro::detail {

namespace {

Ref<> find(Object& object, std::string_view name) { return find_attribute(object, *intern(builtins_of(object), name)); }

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

Ref<> called_by_name(Object& object, std::string_view name, std::initializer_list<Object*> given) {
  return call_method(object, *intern(builtins_of(object), name), {{given.begin(), given.size()}, {}, {}});
}

/// The arguments that are given for the type variables of an alias, each at the place of its variable.
Ref<Tuple> given_for(Object& alias, const Tuple& open, Object& key) {
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

}  // namespace

std::string shown_type(Object& part) {
  if (&part == &builtins_of(part).ellipsis()) return "...";
  const auto as_it_is = [&] { return std::string(text(*repr(part))); };
  if (find(part, "__origin__") && find(part, "__args__")) return as_it_is();
  const Ref<> name = find(part, "__qualname__");
  const Ref<> module = name ? find(part, "__module__") : Ref<>();
  if (!name || !module || is_none(*module)) return as_it_is();
  if (is<Str>(*module) && text(static_cast<const Str&>(*module)) == "builtins") return std::string(text(*str(*name)));
  return fmt::format("{}.{}", text(*str(*module)), text(*str(*name)));
}

Ref<Tuple> open_parameters(const Tuple& args) {
  const Ref<> held = share(const_cast<Tuple&>(args));
  const Ref<List> found = make_list(builtins_of(args));
  for (Object* const part : args.view()) add_parameters(*part, *found);
  return tuple_from(*found);
}

Ref<List> substituted_parts(Object& of, const Tuple& args, Object& key) {
  const Ref<Tuple> open = open_parameters(args);
  if (open->size == 0) raise(ErrorKind::kTypeError, fmt::format("{} is not a generic class", text(*repr(of))));
  const Ref<Tuple> given = given_for(of, *open, key);
  Ref<List> made = make_list(builtins_of(of));
  for (Object* const part : args.view()) made->append(*substituted(*part, *open, *given));
  return made;
}

}  // namespace ouro::detail
