// `staticmethod` and `classmethod` (CPython: Objects/funcobject.c).
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/abstract.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/functions/wrapped_function.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <string>
#include <utility>

namespace ouro {

namespace {

template <class T>
Ref<T> make_empty(Type& type) {
  const auto build = [](T& made) noexcept { made.callable = made.dict = nullptr; };
  if (!type.has(kClassType)) return make<T>(type, sizeof(T), build);
  return make<T, Birth::kTracked, Home::kAskType>(type, sizeof(T), build);
}

/// What the callable is called and says of itself becomes its own (CPython: functools_wraps).
void take_over(WrappedFunction& wrapper, Object& callable) {
  for (const std::string_view each : {"__module__", "__name__", "__qualname__", "__doc__", "__annotations__"}) {
    const Ref<Str> name = intern(builtins_of(wrapper), each);
    if (const Ref<> value = find_attribute(callable, *name)) set_attribute(wrapper, *name, *value);
  }
}

void fill(WrappedFunction& wrapper, Object& callable) {
  const Ref<> held = share(callable);
  store(wrapper.callable, share(callable).release());
  take_over(wrapper, callable);
}

template <class T>
Ref<T> make_from(Object& callable) {
  const Ref<> held = share(callable);
  Ref<T> made = make_empty<T>(builtins_of(callable).type(T::kKind));
  fill(*made, callable);
  return made;
}

}  // namespace

Ref<StaticMethod> make_static_method(Object& callable) { return make_from<StaticMethod>(callable); }
Ref<ClassMethod> make_class_method(Object& callable) { return make_from<ClassMethod>(callable); }

namespace detail {

namespace {

WrappedFunction& wrapper_of(Object& object) noexcept { return static_cast<WrappedFunction&>(object); }

[[noreturn, gnu::cold]] void refuse_empty(std::string_view what) {
  raise(ErrorKind::kRuntimeError, fmt::format("uninitialized {} object", what));
}

}  // namespace

Ref<> get_static_method(const StaticMethod& found) {
  if (found.callable == nullptr) refuse_empty("staticmethod");
  return share(*found.callable);
}

Ref<> get_class_method(const ClassMethod& found, Object& owner) {
  if (found.callable == nullptr) refuse_empty("classmethod");
  const Ref<> callable = share(*found.callable);
  if (is_descriptor(*callable)) return get_through(*callable, &owner, &owner);
  return make_method(*callable, owner);
}

namespace {

Ref<> callable_attribute(const WrappedFunction& wrapper) {
  return wrapper.callable != nullptr ? share(*wrapper.callable) : make_none(builtins_of(wrapper));
}

void set_dict(WrappedFunction& wrapper, Object* value) {
  if (value == nullptr) raise(ErrorKind::kTypeError, "cannot delete __dict__");
  if (!is<Dict>(*value))
    raise(ErrorKind::kTypeError, fmt::format("__dict__ must be set to a dictionary, not a '{}'", value->type->name));
  store(wrapper.dict, share(*value).release());
}

constexpr Attribute callable_member(std::string_view name) {
  return member(
      name, [](WrappedFunction& wrapper) { return callable_attribute(wrapper); }, "");
}

constexpr Attribute kAttributes[] = {
    callable_member("__func__"),
    callable_member("__wrapped__"),
    ouro::property(
        "__isabstractmethod__", [](WrappedFunction& wrapper) { return is_abstract(wrapper.callable); }, ""),
    ouro::property(
        "__dict__", [](WrappedFunction& wrapper) { return dict_of_derived(wrapper); },
        [](WrappedFunction& wrapper, Object* value) { set_dict(wrapper, value); }, ""),
    get_method(),
};

template <class T>
Ref<> construct(Type& type, const Arguments&) {
  return make_empty<T>(type);
}

void initialise(Object& object, const Arguments& arguments, std::string_view name) {
  if (!arguments.keyword_names.empty()) raise(ErrorKind::kTypeError, fmt::format("{}() takes no keyword arguments", name));
  if (arguments.positional.size() != 1)
    raise(ErrorKind::kTypeError, fmt::format("{} expected 1 argument, got {}", name, arguments.positional.size()));
  fill(wrapper_of(object), *arguments.positional[0]);
}
void initialise_static(Object& object, const Arguments& arguments) { initialise(object, arguments, "staticmethod"); }
void initialise_class(Object& object, const Arguments& arguments) { initialise(object, arguments, "classmethod"); }

Ref<> show(Object& object, std::string_view name) {
  const Ref<> callable = Ref<>::share(wrapper_of(object).callable);
  const std::string shown = callable ? std::string(text(*repr(*callable))) : "<NULL>";
  return make_str(builtins_of(object), fmt::format("<{}({})>", name, shown));
}
Ref<> repr_static(Object& object) { return show(object, "staticmethod"); }
Ref<> repr_class(Object& object) { return show(object, "classmethod"); }

Ref<> call_static(Object& callee, const Arguments& arguments) {
  return call_or_fail(*get_static_method(static_cast<StaticMethod&>(callee)), arguments);
}

void clear(Object& object) noexcept {
  store(wrapper_of(object).callable, nullptr);
  store(wrapper_of(object).dict, nullptr);
}

std::string edge_name(const Object& object, std::size_t number) {
  const bool has_callable = static_cast<const WrappedFunction&>(object).callable != nullptr;
  return number == 0 && has_callable ? ".__func__" : ".__dict__";
}

/// What both types have.
constexpr TypeSlots kShared{
    .name = {},
    .flags = kContainerType | kBaseType,
    .size = sizeof(WrappedFunction),
    .edges = WrappedFunction::kEdges,
    .dict_offset = sizeof(Object) + sizeof(Object*),
    .clear = clear,
    .edge_name = edge_name,
    .hash = default_hash,
    .get_attribute = get_attribute_with_dict,
    .set_attribute = set_attribute_with_dict,
    .attributes = &kAttributeTable<kAttributes>,
};

constexpr TypeSlots static_slots() {
  TypeSlots made = kShared;
  made.name = "staticmethod";
  made.kind = Kind::kStaticMethod;
  made.doc =
      "staticmethod(function) -> method\n\nConvert a function to be a static method.\n\nA static method does not receive an "
      "implicit first argument.\nTo declare a static method, use this idiom:\n\n     class C:\n         @staticmethod\n     "
      "    def f(arg1, arg2, argN):\n             ...\n\nIt can be called either on the class (e.g. C.f()) or on an "
      "instance\n(e.g. C().f()). Both the class and the instance are ignored, and\nneither is passed implicitly as the "
      "first "
      "argument to the method.\n\nStatic methods in Python are similar to those found in Java or C++.\nFor a more advanced "
      "concept, see the classmethod builtin.";
  made.dismantle = dismantle_as<StaticMethod>;
  made.repr = repr_static;
  made.call = call_static;
  made.construct = construct<StaticMethod>;
  made.initialise = initialise_static;
  return made;
}

constexpr TypeSlots class_slots() {
  TypeSlots made = kShared;
  made.name = "classmethod";
  made.kind = Kind::kClassMethod;
  made.doc =
      "classmethod(function) -> method\n\nConvert a function to be a class method.\n\nA class method receives the class as "
      "implicit first argument,\njust like an instance method receives the instance.\nTo declare a class method, use this "
      "idiom:\n\n  class C:\n      @classmethod\n      def f(cls, arg1, arg2, argN):\n          ...\n\nIt can be called "
      "either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()).  The instance is ignored except for its "
      "class.\nIf a class method is called for a derived class, the derived class\nobject is passed as the implied first "
      "argument.\n\nClass methods are different than C++ or Java static methods.\nIf you want those, see the staticmethod "
      "builtin.";
  made.dismantle = dismantle_as<ClassMethod>;
  made.repr = repr_class;
  made.construct = construct<ClassMethod>;
  made.initialise = initialise_class;
  return made;
}

}  // namespace

constinit const TypeSlots kStaticMethodSlots = static_slots();
constinit const TypeSlots kClassMethodSlots = class_slots();

}  // namespace detail

}  // namespace ouro
