// The module abc: ABCMeta and what its classes remember (CPython: Modules/_abc.c, Lib/abc.py).
#include <ouro/base/error.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/metaclass.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/abstract.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/wrapped_function.h>
#include <ouro/objects/modules/abc.h>
#include <ouro/objects/modules/cell.h>
#include <ouro/objects/modules/module.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/sets/set.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/weak/weak_set.h>

#include <array>
#include <string>
#include <string_view>

namespace ouro {

namespace {

bool is_type(const Object& object) noexcept { return kind_of(object) == Kind::kType; }

Ref<> attribute_of(Object& object, std::string_view name) {
  return get_attribute(object, *intern(builtins_of(object), name));
}

Ref<> called_by_name(Object& object, std::string_view name, std::initializer_list<Object*> given) {
  return call_method(object, *intern(builtins_of(object), name), {{given.begin(), given.size()}, {}, {}});
}

// ---- What a class remembers ----

/// What stands in the tuple `_abc_impl`.
enum class Part : std::uint8_t { kRegistry, kYes, kNo, kVersion, kCounter };

/// The parts of `_abc_impl` of a class, held.
class Memory {
 public:
  /// TypeError "_abc_impl is set to a wrong type".
  explicit Memory(Object& type) {
    const Ref<> found = attribute_of(type, "_abc_impl");
    const auto* const parts = as<Tuple>(*found);
    if (parts == nullptr || parts->size != parts_.size()) refuse();
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      parts_[i] = share(*parts->items[i]);
      const bool is_set = i < static_cast<std::size_t>(Part::kVersion);
      if (is_set ? !is<WeakSet>(*parts_[i]) : !is<Cell>(*parts_[i])) refuse();
    }
  }

  [[nodiscard]] WeakSet& set(Part part) const noexcept { return static_cast<WeakSet&>(at(part)); }
  /// NO answers of before the last registration do not count.
  [[nodiscard]] bool is_current() const { return number(Part::kVersion) == number(Part::kCounter); }
  void become_current() const {
    set(Part::kNo).clear();
    cell(Part::kVersion).set(*make_int(builtins_of(at(Part::kVersion)), number(Part::kCounter)));
  }
  void count_registration() const {
    cell(Part::kCounter).set(*make_int(builtins_of(at(Part::kCounter)), number(Part::kCounter) + 1));
  }
  [[nodiscard]] bool remember(Object& derived, bool answer) const {
    set(answer ? Part::kYes : Part::kNo).add(derived);
    return answer;
  }

 private:
  [[noreturn, gnu::cold]] static void refuse() { raise(ErrorKind::kTypeError, "_abc_impl is set to a wrong type"); }
  [[nodiscard]] Object& at(Part part) const noexcept { return *parts_[static_cast<std::size_t>(part)]; }
  [[nodiscard]] Cell& cell(Part part) const noexcept { return static_cast<Cell&>(at(part)); }
  [[nodiscard]] std::int64_t number(Part part) const noexcept {
    const Object* const held = cell(part).find();
    return held != nullptr && is<Int>(*held) ? static_cast<const Int&>(*held).value : 0;
  }

  std::array<Ref<>, 5> parts_;
};

Ref<Tuple> make_memory(Object& counter) {
  Builtins& builtins = builtins_of(counter);
  const Ref<> registry = make_weak_set(builtins);
  const Ref<> yes = make_weak_set(builtins);
  const Ref<> no = make_weak_set(builtins);
  const Ref<> version = make_cell(builtins, is<Cell>(counter) ? static_cast<Cell&>(counter).find() : nullptr);
  return make_tuple(builtins, {registry.get(), yes.get(), no.get(), version.get(), &counter});
}

// ---- Making a class ----

void add_own_abstracts(Object& type, Set& names) {
  const Ref<> own = attribute_of(type, "__dict__");
  const Ref<List> items = list_from(*called_by_name(*own, "items", {}));
  for (std::uint32_t i = 0; i < items->size; ++i) {
    const Ref<> item = share(*items->items[i]);
    const auto& pair = static_cast<const Tuple&>(*item);
    if (detail::is_abstract(pair.items[1])) static_cast<void>(names.add(*pair.items[0]));
  }
}

/// What is abstract in a base and still is here.
void add_inherited_abstracts(Object& type, Object& base, Set& names) {
  const Ref<> inherited = find_attribute(base, *intern(builtins_of(type), "__abstractmethods__"));
  if (!inherited) return;
  const Ref<> iterator = iterate(*inherited);
  while (const Ref<> name = next(*iterator)) {
    if (!is<Str>(*name))
      raise(ErrorKind::kTypeError, "attribute name must be string, not '" + std::string(name->type->name) + "'");
    const Ref<> value = find_attribute(type, *name);
    if (value && detail::is_abstract(value.get())) static_cast<void>(names.add(*name));
  }
}

Ref<Set> abstracts_of(Object& type) {
  Ref<Set> names = make_set(builtins_of(type));
  add_own_abstracts(type, *names);
  const Ref<Tuple> bases = tuple_from(*attribute_of(type, "__bases__"));
  for (Object* const base : bases->view()) add_inherited_abstracts(type, *base, *names);
  return names;
}

/// `ABCMeta.__new__(mcls, name, bases, namespace, **kwargs)`.
Ref<> make_abstract_class(const Arguments& given) {
  if (given.positional.empty())
    raise(ErrorKind::kTypeError,
          "ABCMeta.__new__() missing 4 required positional arguments: 'mcls', 'name', 'bases', and "
          "'namespace'");
  Object& metaclass = *given.positional[0];
  Builtins& builtins = builtins_of(metaclass);
  Ref<> made = call(*attribute_of(builtins.type(Kind::kType), "__new__"), given);
  const Ref<FrozenSet> abstracts = frozenset_from(*abstracts_of(*made));
  set_attribute(*made, *intern(builtins, "__abstractmethods__"), *abstracts);
  set_attribute(*made, *intern(builtins, "_abc_impl"), *make_memory(*attribute_of(metaclass, "_abc_counter")));
  return made;
}

// ---- Questions ----

/// What `__subclasshook__` says: 1, 0, or -1 for NotImplemented.
int said_by_hook(Object& type, Object& derived) {
  Builtins& builtins = builtins_of(type);
  const Ref<> said = called_by_name(type, "__subclasshook__", {&derived});
  if (said.get() == &builtins.not_implemented()) return -1;
  if (said.get() == &builtins.boolean(true)) return 1;
  if (said.get() == &builtins.boolean(false)) return 0;
  raise(ErrorKind::kAssertionError, "__subclasshook__ must return either False, True, or NotImplemented");
}

bool has_in_mro(Type& derived, const Object& type) {
  const Ref<Tuple> order = mro_of(derived);
  for (const Object* const step : order->view())
    if (step == &type) return true;
  return false;
}

bool is_below_any(Object& derived, const List& types) {
  for (std::uint32_t i = 0; i < types.size; ++i) {
    const Ref<> each = share(*types.items[i]);
    if (is_subclass_of(derived, *each)) return true;
  }
  return false;
}

/// `ABCMeta.__subclasscheck__(cls, subclass)`.
bool check_subclass(Object& type, Object& derived) {
  if (!is_type(derived)) raise(ErrorKind::kTypeError, "issubclass() arg 1 must be a class");
  const Memory memory(type);
  if (memory.set(Part::kYes).contains(derived)) return true;
  if (!memory.is_current()) {
    memory.become_current();
  } else if (memory.set(Part::kNo).contains(derived)) {
    return false;
  }
  if (const int said = said_by_hook(type, derived); said >= 0) return memory.remember(derived, said == 1);
  if (has_in_mro(static_cast<Type&>(derived), type)) return memory.remember(derived, true);
  const Ref<List> registered = memory.set(Part::kRegistry).living();
  if (is_below_any(derived, *registered)) return memory.remember(derived, true);
  const Ref<> below = called_by_name(type, "__subclasses__", {});
  if (!is<List>(*below)) raise(ErrorKind::kTypeError, "__subclasses__() must return a list");
  const Ref<List> derived_ones = list_from(*below);
  return memory.remember(derived, is_below_any(derived, *derived_ones));
}

bool ask(Object& type, Object& derived) { return truth(*called_by_name(type, "__subclasscheck__", {&derived})); }

/// `ABCMeta.__instancecheck__(cls, instance)`: an object may say by `__class__` that it is of another class.
bool check_instance(Object& type, Object& instance) {
  const Memory memory(type);
  const Ref<> claimed = attribute_of(instance, "__class__");
  if (is_type(*claimed) && memory.set(Part::kYes).contains(*claimed)) return true;
  const Ref<> real = share<Object>(*instance.type);
  if (claimed.is(*real)) {
    if (memory.is_current() && memory.set(Part::kNo).contains(*claimed)) return false;
    return ask(type, *claimed);
  }
  return ask(type, *claimed) || ask(type, *real);
}

/// `ABCMeta.register(cls, subclass)`.
Ref<> register_class(Object& type, Object& derived) {
  if (!is_type(derived)) raise(ErrorKind::kTypeError, "Can only register classes");
  if (is_subclass_of(derived, type)) return share(derived);
  if (is_subclass_of(type, derived)) raise(ErrorKind::kRuntimeError, "Refusing to create an inheritance cycle");
  const Memory memory(type);
  memory.set(Part::kRegistry).add(derived);
  memory.count_registration();
  return share(derived);
}

// ---- The module ----

Ref<> make_metaclass(Builtins& builtins, const Ref<Cell>& counter) {
  const Ref<Dict> body = make_dict(builtins);
  const auto define = [&](std::string_view signature, auto code) {
    const std::string_view name = signature.substr(0, signature.find('('));
    body->set(name, *make_function(builtins, std::string("ABCMeta.").append(signature), code));
  };
  body->set("__module__", *intern(builtins, "abc"));
  body->set("__doc__", *make_str(builtins, "Metaclass for defining Abstract Base Classes (ABCs)."));
  body->set("_abc_counter", *counter);
  body->set("__new__", *make_static_method(*make_function(
                           builtins, "ABCMeta.__new__", [](const Arguments& given) { return make_abstract_class(given); })));
  define("register(cls, subclass)", [](Object& type, Object& derived) { return register_class(type, derived); });
  define("__instancecheck__(cls, instance)", [](Object& type, Object& of) { return check_instance(type, of); });
  define("__subclasscheck__(cls, subclass)", [](Object& type, Object& of) { return check_subclass(type, of); });
  Object* const bases[] = {&builtins.type(Kind::kType)};
  return make_class(builtins, "ABCMeta", bases, body.get());
}

Ref<> make_base(Builtins& builtins, Object& metaclass) {
  const Ref<Dict> body = make_dict(builtins);
  body->set("__module__", *intern(builtins, "abc"));
  body->set("__doc__",
            *make_str(builtins, "Helper class that provides a standard way to create an ABC using\ninheritance.\n"));
  body->set("__slots__", builtins.empty_tuple());
  return make_class(builtins, ClassStatement{.name = "ABC", .attributes = body.get(), .metaclass = &metaclass});
}

Ref<> mark_as_abstract(Object& function) {
  set_attribute(function, *intern(builtins_of(function), "__isabstractmethod__"), builtins_of(function).boolean(true));
  return share(function);
}

}  // namespace

Ref<Module> make_abc_module(Builtins& builtins) {
  Ref<Module> made = make_module(builtins, "abc", "Abstract Base Classes (ABCs) according to PEP 3119.");
  const Ref<Cell> counter = make_cell(builtins, make_int(builtins, 0).get());
  const Ref<> metaclass = make_metaclass(builtins, counter);
  made->set("ABCMeta", *metaclass);
  made->set("ABC", *make_base(builtins, *metaclass));
  made->set("abstractmethod", *make_function(builtins, "abstractmethod(funcobj)",
                                             [](Object& function) { return mark_as_abstract(function); }));
  made->set("get_cache_token", *make_function(
                                   builtins, "get_cache_token()", [](Cell& kept) { return share(kept.get()); }, counter));
  return made;
}

}  // namespace ouro
