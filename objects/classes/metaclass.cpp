// Which metaclass makes a class, and calling it (CPython: type_new in Objects/typeobject.c, __build_class__ in
// Python/bltinmodule.c).
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/metaclass.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/model/one_runtime.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ouro {

namespace {

bool is_type(const Object& object) noexcept { return kind_of(object) == Kind::kType; }

/// What an object among the bases says that it stands for; empty for a type, and for what says nothing.
Ref<> entries_for(Object& base, Tuple& bases) {
  if (is_type(base)) return {};
  const Ref<> method = find_attribute(base, *intern(builtins_of(base), "__mro_entries__"));
  if (!method) return {};
  Object* const argument = &bases;
  Ref<> entries = call(*method, {{&argument, 1}, {}, {}});
  if (!is<Tuple>(*entries)) raise(ErrorKind::kTypeError, "__mro_entries__ must return a tuple");
  return entries;
}

/// The bases that a class statement means (CPython: update_bases in Python/bltinmodule.c): the same tuple if all stand for
/// themselves.
Ref<Tuple> resolved(Tuple& bases) {
  if (std::ranges::all_of(bases.view(), [](const Object* base) { return is_type(*base); })) return share(bases);
  const Ref<List> all = make_list(builtins_of(bases));
  bool is_other = false;
  for (Object* const base : bases.view()) {
    const Ref<> entries = entries_for(*base, bases);
    is_other = is_other || entries;
    entries ? all->extend(*entries) : all->append(*base);
  }
  return is_other ? tuple_from(*all) : share(bases);
}

/// What the metaclass, or its `__prepare__`, is called with.
struct HeldStatement {
  HeldStatement(Builtins& builtins, const ClassStatement& statement)
      : given(make_tuple(builtins, statement.bases)),
        bases(resolved(*given)),
        name(intern(builtins, statement.name)),
        said(statement) {}

  /// What is called: the given metaclass, or the type of the first base, and if it is a type the most derived one.
  [[nodiscard]] Ref<> metaclass() const {
    Object* called = said.metaclass;
    if (called == nullptr) called = bases->size == 0 ? &builtins_of(*bases).type(Kind::kType) : bases->items[0]->type;
    return share(is_type(*called) ? detail::winning_metaclass(static_cast<Type&>(*called), bases->view()) : *called);
  }
  /// The attributes, with the bases that were written down if others are meant.
  [[nodiscard]] Ref<Dict> attributes() const {
    Ref<Dict> all = said.attributes != nullptr ? share(*said.attributes) : make_dict(builtins_of(*bases));
    if (bases.is(given)) return all;
    all = all->copy();
    all->set("__orig_bases__", *given);
    return all;
  }
  [[nodiscard]] Ref<> pass_to(Object& callee, Object* attributes) const {
    const std::array<Object*, 3> positional{name.get(), bases.get(), attributes};
    return call(callee, {{positional.data(), attributes != nullptr ? 3u : 2u}, said.keyword_names, said.keyword_values});
  }

  Ref<Tuple> given;
  Ref<Tuple> bases;
  Ref<Str> name;
  const ClassStatement& said;
};

/// The class that a statement makes whose bases have a metaclass of a program's own, or stand for others.
Ref<Class> made_by(Builtins& builtins, const ClassStatement& statement) {
  const Ref<> made = make_class(builtins, statement);
  Class* const type = as_class(*made);
  if (type == nullptr) raise(ErrorKind::kTypeError, "the metaclass did not make a class");
  return share(*type);
}

}  // namespace

Ref<> make_class(Builtins& builtins, const ClassStatement& statement) {
  const Ref<> kept = Ref<>::share(statement.attributes);
  const HeldStatement held(builtins, statement);
  const Ref<> metaclass = held.metaclass();
  return held.pass_to(*metaclass, held.attributes().get());
}

Ref<> prepare_namespace(Builtins& builtins, const ClassStatement& statement) {
  const HeldStatement held(builtins, statement);
  const Ref<> metaclass = held.metaclass();
  const Ref<> prepare = find_attribute(*metaclass, *intern(builtins, "__prepare__"));
  return prepare ? held.pass_to(*prepare, nullptr) : Ref<>(make_dict(builtins));
}

Ref<Class> make_class(Builtins& builtins, std::string_view name, std::span<Object* const> bases, Dict* attributes) {
  Type& plain = builtins.type(Kind::kType);
  const bool are_types = std::ranges::all_of(bases, [](const Object* base) { return is_type(*base); });
  if (!are_types || &detail::winning_metaclass(plain, bases) != &plain)
    return made_by(builtins, {.name = name, .bases = bases, .attributes = attributes, .metaclass = &plain});
  return detail::make_class_of(plain, name, bases, attributes, {});
}

Ref<Class> make_class(Builtins& builtins, std::string_view name, std::initializer_list<Type*> bases) {
  detail::SmallVector<Object*, 8> objects(builtins.heap);
  objects.assign(bases.begin(), bases.end());
  return make_class(builtins, name, objects);
}

namespace detail {

Type& winning_metaclass(Type& metaclass, std::span<Object* const> bases) {
  Type* winner = &metaclass;
  for (const Object* const base : bases) {
    expect_one_runtime(metaclass, *base);
    Type& type = *base->type;
    if (is_subtype(*winner, type)) continue;
    if (!is_subtype(type, *winner))
      raise(ErrorKind::kTypeError,
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of "
            "the metaclasses of all its bases");
    winner = &type;
  }
  return *winner;
}

Ref<Class> make_class_of(Type& metaclass, std::string_view name, std::span<Object* const> bases, Dict* attributes,
                         const Arguments& keywords) {
  Ref<Class> made = make_class(*metaclass.heap->builtins, {name, bases, attributes, nullptr, nullptr, &metaclass});
  tell_of_new_class(*made, {{}, keywords.keyword_names, keywords.keyword_values});
  return made;
}

namespace {

[[noreturn, gnu::cold]] void refuse_argument(int position, std::string_view expected, const Object& given) {
  raise(ErrorKind::kTypeError, fmt::format("type.__new__() argument {} must be {}, not {}", position, expected,
                                           is_none(given) ? "None" : given.type->name));
}

/// Only a class statement looks for what an object among the bases stands for.
void expect_no_entries(const Tuple& bases) {
  for (Object* const base : bases.view())
    if (!is_type(*base) && has_attribute(*base, *intern(builtins_of(bases), "__mro_entries__")))
      raise(ErrorKind::kTypeError, "type() doesn't support MRO entry resolution; use types.new_class()");
}

}  // namespace

Ref<> construct_type(Type& type, const Arguments& arguments) {
  const auto given = arguments.positional;
  if (given.size() != 3)
    raise(ErrorKind::kTypeError, fmt::format("type.__new__() takes exactly 3 arguments ({} given)", given.size()));
  const Str* const name = as<Str>(*given[0]);
  const Tuple* const bases = as<Tuple>(*given[1]);
  Dict* const attributes = as<Dict>(*given[2]);
  if (name == nullptr) refuse_argument(1, "str", *given[0]);
  if (bases == nullptr) refuse_argument(2, "tuple", *given[1]);
  if (attributes == nullptr) refuse_argument(3, "dict", *given[2]);
  expect_no_entries(*bases);
  Type& winner = winning_metaclass(type, bases->view());
  if (&winner != &type && has_new_method(winner)) return make_object(static_cast<Class&>(winner), arguments);
  return make_class_of(winner, text(*name), bases->view(), attributes, arguments);
}

}  // namespace detail

}  // namespace ouro
