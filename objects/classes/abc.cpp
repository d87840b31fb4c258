// ABCMeta, what marks attributes as abstract, and the names of module abc (CPython: Lib/abc.py).
#include <ouro/objects/classes/abc.h>
#include <ouro/objects/classes/detail/abc_parts.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/metaclass.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/functions/detail/abstract.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/wrapped_function.h>
#include <ouro/objects/messages/exports.h>
#include <ouro/objects/sets/set.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

#include <string_view>

namespace ouro {

namespace detail {

namespace {

constexpr std::string_view kMetaName = "abc.ABCMeta";
constexpr std::string_view kBaseName = "abc.ABC";
constexpr std::string_view kCounterName = "_abc_counter";
constexpr std::string_view kMark = "__isabstractmethod__";
constexpr std::string_view kNames = "__abstractmethods__";

// ---- Which attributes are abstract ----

/// Adds the names of the class's own attributes that are marked. A copy is looked through: asking for a mark may run code.
void add_own(Set& names, Class& type) {
  const Ref<Dict> own = static_cast<const Dict&>(*type.attributes).copy();
  for (const auto [name, value] : *own)
    if (is_abstract(&value)) names.add(name);
}

/// Adds the names that a base says are abstract and that still are in the class.
void add_inherited(Set& names, Object& type, Object& base) {
  const Ref<> theirs = find_attribute(base, *intern(builtins_of(type), kNames));
  if (!theirs) return;
  const Ref<> iterator = iterate(*theirs);
  while (const Ref<> name = next(*iterator))
    if (const Ref<> value = find_attribute(type, *name); value && is_abstract(value.get())) names.add(*name);
}

}  // namespace

void find_abstract_methods(Object& type) {
  const Ref<> held = share(type);
  Builtins& builtins = builtins_of(type);
  const Ref<Set> names = make_set(builtins);
  if (Class* const own = as_class(type); own != nullptr && own->attributes != nullptr) add_own(*names, *own);
  const Ref<> bases = get_attribute(type, *intern(builtins, "__bases__"));
  const Ref<List> all = list_from(*bases);
  for (Object* const base : all->view()) add_inherited(*names, type, *base);
  set_attribute(type, *intern(builtins, kNames), *frozenset_from(*names));
}

// ---- ABCMeta ----

namespace {

Ref<> new_abstract_class(Object& counter, Class& data_type, Object& metaclass, const Arguments& rest) {
  const Ref<> held[] = {share(counter), share<Object>(data_type), share(metaclass)};
  if (kind_of(metaclass) != Kind::kType)
    raise(ErrorKind::kTypeError, fmt::format("type.__new__(X): X is not a type object ({})", metaclass.type->name));
  const Ref<> made = construct_type(static_cast<Type&>(metaclass), rest);
  find_abstract_methods(*made);
  prepare_abstract_class(*made, data_type, counter);
  return made;
}

/// Gives a class a method, named as its member.
template <class F, class... Kept>
void define(Class& type, std::string_view signature, F code, const Ref<Kept>&... kept) {
  set_member(type, signature, *make_function(builtins_of(type), qualified(type, signature), code, kept...));
}

Ref<Class> make_meta(Builtins& builtins) {
  Ref<Class> meta = make_class(builtins, "ABCMeta", {&builtins.type(Kind::kType)});
  const NativeClass<AbcCounter> counter_type(builtins, "_abc_counter");
  const Ref<> counter = counter_type.make();
  set_member(*meta, "__module__", *intern(builtins, "abc"));
  set_member(*meta, kCounterName, *counter);
  const Ref<Function> maker = make_function(
      builtins, "ABCMeta.__new__(mcls, name, bases, namespace)",
      [](Object& count, Class& data_type, Object& metaclass, Object& name, Object& bases, Object& space,
         const Arguments& rest) {
        Object* const given[] = {&name, &bases, &space};
        return new_abstract_class(count, data_type, metaclass, {given, rest.keyword_names, rest.keyword_values});
      },
      counter, make_abc_data_type(builtins));
  set_member(*meta, "__new__", *make_static_method(*maker));
  define(*meta, "register(cls, subclass)", [](Object& base, Object& subclass) { return abc_register(base, subclass); });
  define(*meta, "__instancecheck__(cls, instance)",
         [](Object& base, Object& instance) { return abc_instance_check(base, instance); });
  define(*meta, "__subclasscheck__(cls, subclass)",
         [](Object& base, Object& subclass) { return abc_subclass_check(base, subclass); });
  define(*meta, "_abc_registry_clear(cls)", [](Object& base) { abc_clear_registry(base); });
  define(*meta, "_abc_caches_clear(cls)", [](Object& base) { abc_clear_caches(base); });
  return meta;
}

/// A class that the runtime keeps under a name.
Ref<Class> kept_class(Builtins& builtins, std::string_view name, Ref<Class> (*make)(Builtins&)) {
  if (Object* const found = builtins.exports->find(name)) return share(static_cast<Class&>(*found));
  Ref<Class> made = make(builtins);
  builtins.exports->add(name, *made);
  return made;
}

Ref<Class> make_base(Builtins& builtins) {
  const Ref<Dict> body = make_dict(builtins);
  body->set("__slots__", builtins.empty_tuple());
  body->set("__module__", *intern(builtins, "abc"));
  return make_abstract_class(builtins, "ABC", {}, body.get());
}

// ---- Classes that mark what they are made of ----

/// A class that derives from classmethod or staticmethod, whose objects are abstract.
Ref<Class> abstract_wrapper(Builtins& builtins, std::string_view name, Kind kind) {
  Ref<Class> made = make_class(builtins, name, {&builtins.type(kind)});
  set_member(*made, "__module__", *intern(builtins, "abc"));
  set_member(*made, kMark, builtins.boolean(true));
  if (kind == Kind::kProperty) return made;
  const Ref<> base = share<Object>(builtins.type(kind));
  define(
      *made, "__init__(self, callable)",
      [](Object& wrapped, Object& self, Object& callable) {
        static_cast<void>(mark_abstract(callable));
        Object* const given[] = {&self, &callable};
        static_cast<void>(call(*get_attribute(wrapped, *intern(builtins_of(self), "__init__")), {given, {}, {}}));
      },
      base);
  return made;
}

}  // namespace

}  // namespace detail

Ref<Class> abc_meta(Builtins& builtins) { return detail::kept_class(builtins, detail::kMetaName, detail::make_meta); }
Ref<Class> abc_base(Builtins& builtins) { return detail::kept_class(builtins, detail::kBaseName, detail::make_base); }

Ref<Class> make_abstract_class(Builtins& builtins, std::string_view name, std::span<Object* const> bases, Dict* attributes) {
  const Ref<Class> meta = abc_meta(builtins);
  const ClassStatement statement{.name = name, .bases = bases, .attributes = attributes, .metaclass = meta.get()};
  return static_ref_cast<Class>(make_class(builtins, statement));
}

Ref<> mark_abstract(Object& function) {
  const Ref<> held = share(function);
  Builtins& builtins = builtins_of(function);
  set_attribute(function, *intern(builtins, detail::kMark), builtins.boolean(true));
  return held;
}

void update_abstract_methods(Object& type) {
  if (has_attribute(type, *intern(builtins_of(type), detail::kNames))) detail::find_abstract_methods(type);
}

void register_subclass(Object& base, Object& subclass) { static_cast<void>(detail::abc_register(base, subclass)); }

std::uint64_t abc_cache_token(Builtins& builtins) {
  const Ref<> counter = get_attribute(*abc_meta(builtins), *intern(builtins, detail::kCounterName));
  const auto* const count = native_cast<detail::AbcCounter>(*counter);
  if (count == nullptr) raise(ErrorKind::kTypeError, "_abc_counter is set to a wrong type");
  return count->value;
}

Ref<Dict> abc_functions(Builtins& builtins) {
  Ref<Dict> made = make_dict(builtins);
  made->set("ABCMeta", *abc_meta(builtins));
  made->set("ABC", *abc_base(builtins));
  made->set("abstractclassmethod", *detail::abstract_wrapper(builtins, "abstractclassmethod", Kind::kClassMethod));
  made->set("abstractstaticmethod", *detail::abstract_wrapper(builtins, "abstractstaticmethod", Kind::kStaticMethod));
  made->set("abstractproperty", *detail::abstract_wrapper(builtins, "abstractproperty", Kind::kProperty));
  const auto add = [&](std::string_view name, const Ref<Function>& function) { made->set(name, *function); };
  add("abstractmethod",
      make_function(builtins, "abstractmethod(funcobj)", [](Object& function) { return mark_abstract(function); }));
  add("get_cache_token", make_function(builtins, "get_cache_token()", [&builtins] { return abc_cache_token(builtins); }));
  add("update_abstractmethods", make_function(builtins, "update_abstractmethods(cls)", [](Object& type) {
        update_abstract_methods(type);
        return share(type);
      }));
  return made;
}

}  // namespace ouro
