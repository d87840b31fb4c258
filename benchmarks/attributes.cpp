// Cases of instances: reading and writing attributes, and calling methods and native functions.
#include "attributes.h"

#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/handle.h>
#include <ouro/objects/functions/function.h>

#include <fmt/core.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "gc_cases.h"

namespace bench {
namespace {

// What the sides are not asked for elsewhere: reading attributes, making classes with slots and with a base, calling.

OuroSide::Handle attribute(OuroSide&, const OuroSide::Handle& object, const OuroSide::Handle& name) {
  return ouro::get_attribute(*object, *name);
}
/// `class Derived(base): pass`.
OuroSide::Handle derive(OuroSide& side, const OuroSide::Handle& base) {
  ouro::Object* const bases[]{base.get()};
  return make_class(side.runtime().builtins(), "Derived", bases);
}
/// A class with `__slots__ = ('x', 'y', 'z')`.
OuroSide::Handle slotted(OuroSide& side) {
  ouro::Builtins& builtins = side.runtime().builtins();
  const auto attributes = make_dict(builtins);
  attributes->set("__slots__", *side.runtime().tuple("x", "y", "z"));
  return make_class(builtins, "Slotted", {}, attributes.get());
}
bool lacks(OuroSide&, const OuroSide::Handle& object, const OuroSide::Handle& name) {
  return !ouro::find_attribute(*object, *name);
}
/// `object.name` by a name that C++ spells, as a C++ integer.
std::int64_t number_at(OuroSide&, const OuroSide::Handle& object, const char* name) {
  return object.attr(std::string_view(name)).as<std::int64_t>();
}
/// Gives a class a native method that returns its object, or a native function of two arguments that returns the first.
void give_method(OuroSide& side, const OuroSide::Handle& type, const OuroSide::Handle& name) {
  ouro::set_attribute(*type, *name,
                      *make_function(side.runtime().builtins(), "m(self)", [](ouro::Object& self) { return share(self); }));
}
OuroSide::Handle function_of_two(OuroSide& side) {
  return make_function(side.runtime().builtins(), "f", [](ouro::Object& first, ouro::Object&) { return share(first); });
}
OuroSide::Handle call_method(OuroSide&, const OuroSide::Handle& object, const OuroSide::Handle& name) {
  return ouro::call_method(*object, *name, {});
}
OuroSide::Handle call_with(OuroSide&, const OuroSide::Handle& function, const OuroSide::Handle& first,
                           const OuroSide::Handle& second) {
  ouro::Object* const arguments[]{first.get(), second.get()};
  return ouro::call(*function, {arguments, {}, {}});
}

#if OURO_BENCH_PYTHON
CPythonSide::Handle attribute(CPythonSide&, const CPythonSide::Handle& object, const CPythonSide::Handle& name) {
  return CPythonSide::Handle(PyObject_GetAttr(object.get(), name.get()));
}
CPythonSide::Handle derive(CPythonSide& side, const CPythonSide::Handle& base) {
  const CPythonSide::Handle name = side.interned("Derived");
  const CPythonSide::Handle bases(PyTuple_Pack(1, base.get()));
  const CPythonSide::Handle members = side.dict();
  return CPythonSide::Handle(PyObject_CallFunctionObjArgs(reinterpret_cast<PyObject*>(&PyType_Type), name.get(), bases.get(),
                                                          members.get(), nullptr));
}
CPythonSide::Handle slotted(CPythonSide& side) {
  const CPythonSide::Handle name = side.interned("Slotted");
  const CPythonSide::Handle bases(PyTuple_New(0));
  const CPythonSide::Handle members = side.dict();
  const CPythonSide::Handle slots(Py_BuildValue("(sss)", "x", "y", "z"));
  PyDict_SetItemString(members.get(), "__slots__", slots.get());
  return CPythonSide::Handle(PyObject_CallFunctionObjArgs(reinterpret_cast<PyObject*>(&PyType_Type), name.get(), bases.get(),
                                                          members.get(), nullptr));
}
bool lacks(CPythonSide&, const CPythonSide::Handle& object, const CPythonSide::Handle& name) {
  if (PyObject_GetAttr(object.get(), name.get()) != nullptr || PyErr_ExceptionMatches(PyExc_AttributeError) == 0)
    return false;
  PyErr_Clear();
  return true;
}
std::int64_t number_at(CPythonSide&, const CPythonSide::Handle& object, const char* name) {
  const CPythonSide::Handle value(PyObject_GetAttrString(object.get(), name));
  return PyLong_AsLongLong(value.get());
}
PyObject* self_of(PyObject* self, PyObject*) { return Py_NewRef(self); }
PyMethodDef kSelfOf{"m", self_of, METH_NOARGS, nullptr};
void give_method(CPythonSide& side, const CPythonSide::Handle& type, const CPythonSide::Handle& name) {
  side.set_attribute(type, name,
                     CPythonSide::Handle(PyDescr_NewMethod(reinterpret_cast<PyTypeObject*>(type.get()), &kSelfOf)));
}
PyObject* first_of(PyObject*, PyObject* const* given, Py_ssize_t count) {
  return count == 2 ? Py_NewRef(given[0]) : nullptr;
}
PyMethodDef kFirstOf{"f", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(first_of)), METH_FASTCALL, nullptr};
CPythonSide::Handle function_of_two(CPythonSide&) { return CPythonSide::Handle(PyCFunction_New(&kFirstOf, nullptr)); }
CPythonSide::Handle call_method(CPythonSide&, const CPythonSide::Handle& object, const CPythonSide::Handle& name) {
  return CPythonSide::Handle(PyObject_CallMethodNoArgs(object.get(), name.get()));
}
CPythonSide::Handle call_with(CPythonSide&, const CPythonSide::Handle& function, const CPythonSide::Handle& first,
                              const CPythonSide::Handle& second) {
  PyObject* const arguments[]{first.get(), second.get()};
  return CPythonSide::Handle(PyObject_Vectorcall(function.get(), arguments, 2, nullptr));
}
#endif

/// ns of `step(side, object, name, value)` with an instance that has three attributes; its class has one more, "c".
template <class Step>
auto with_attributes(const char* name, Step step) {
  return [=](GraphSide auto& side, const Settings&) {
    constexpr int kTimes = 2'000'000;
    side.pause_collector();
    const auto type = side.new_class("Point");
    const auto object = side.instance(type);
    const auto value = side.integer(5);
    for (const char* own : {"x", "y", "z"}) side.set_attribute(object, side.interned(own), value);
    side.set_attribute(type, side.interned("c"), value);
    const auto wanted = side.interned(name);
    const Stopwatch watch;
    for (int i = 0; i < kTimes; ++i) step(side, object, wanted, value);
    return watch.nanoseconds() / kTimes;
  };
}

/// The same with a class that has slots.
template <class Step>
auto with_slots(Step step) {
  return [=](GraphSide auto& side, const Settings&) {
    constexpr int kTimes = 2'000'000;
    side.pause_collector();
    const auto type = slotted(side);
    const auto object = side.instance(type);
    const auto value = side.integer(5);
    for (const char* own : {"x", "y", "z"}) side.set_attribute(object, side.interned(own), value);
    const auto wanted = side.interned("y");
    const Stopwatch watch;
    for (int i = 0; i < kTimes; ++i) step(side, object, wanted, value);
    return watch.nanoseconds() / kTimes;
  };
}

/// ns for each attribute set of instances that get theirs in the order `names`, after one that got them as x, y, z.
auto in_order(std::array<const char*, 3> names) {
  return [=](GraphSide auto& side, const Settings&) {
    constexpr int kInstances = 100'000;
    side.pause_collector();
    const auto type = side.new_class("Point");
    const auto value = side.integer(5);
    const auto first = side.instance(type);
    for (const char* own : {"x", "y", "z"}) side.set_attribute(first, side.interned(own), value);
    const std::array wanted{side.interned(names[0]), side.interned(names[1]), side.interned(names[2])};
    std::vector<std::remove_cvref_t<decltype(first)>> made;
    for (int i = 0; i < kInstances; ++i) made.push_back(side.instance(type));
    const Stopwatch watch;
    for (const auto& object : made)
      for (const auto& name : wanted) side.set_attribute(object, name, value);
    return watch.nanoseconds() / (3.0 * kInstances);
  };
}

/// ns to read, through an instance, each of 100 attributes that its class has.
constexpr auto hundred_of_class = [](GraphSide auto& side, const Settings&) {
  constexpr int kRounds = 20'000;
  constexpr int kNames = 100;
  side.pause_collector();
  const auto type = side.new_class("Wide");
  const auto object = side.instance(type);
  const auto value = side.integer(5);
  std::vector<std::remove_cvref_t<decltype(value)>> names;
  for (int i = 0; i < kNames; ++i) {
    names.push_back(side.interned(fmt::format("method_{}", i).c_str()));
    side.set_attribute(type, names.back(), value);
  }
  const Stopwatch watch;
  for (int i = 0; i < kRounds; ++i)
    for (const auto& name : names) escape(attribute(side, object, name).get());
  return watch.nanoseconds() / (double{kRounds} * kNames);
};

/// Bytes of memory for each instance that gets its three attributes in another order than the first one.
constexpr auto bytes_in_other_order = [](GraphSide auto& side, const Settings&) {
  constexpr int kInstances = 100'000;
  side.pause_collector();
  const auto type = side.new_class("Point");
  const auto value = side.integer(5);
  const std::array wanted{side.interned("z"), side.interned("x"), side.interned("y")};
  std::vector<std::remove_cvref_t<decltype(value)>> made;
  made.reserve(kInstances);
  made.push_back(side.instance(type));
  for (const char* own : {"x", "y", "z"}) side.set_attribute(made.front(), side.interned(own), value);
  const double before = resident_bytes();
  while (made.size() < kInstances) {
    made.push_back(side.instance(type));
    for (const auto& name : wanted) side.set_attribute(made.back(), name, value);
  }
  return (resident_bytes() - before) / kInstances - sizeof(value);
};

/// ns to make an instance, to set one attribute and to drop it.
constexpr auto make_and_drop = [](GraphSide auto& side, const Settings&) {
  constexpr int kTimes = 500'000;
  side.pause_collector();
  const auto type = side.new_class("Point");
  const auto name = side.interned("x");
  const auto value = side.integer(5);
  side.set_attribute(side.instance(type), name, value);
  const Stopwatch watch;
  for (int i = 0; i < kTimes; ++i) {
    const auto object = side.instance(type);
    side.set_attribute(object, name, value);
    escape(object.get());
  }
  return watch.nanoseconds() / kTimes;
};

/// ns of a call of a method that the class of the object inherits from the base of its base.
constexpr auto inherited_method = [](GraphSide auto& side, const Settings&) {
  constexpr int kTimes = 1'000'000;
  side.pause_collector();
  const auto first = side.new_class("Root");
  const auto second = derive(side, first);
  const auto third = derive(side, second);
  const auto name = side.interned("method");
  give_method(side, first, name);
  const auto object = side.instance(third);
  side.set_attribute(object, side.interned("x"), side.integer(5));
  const Stopwatch watch;
  for (int i = 0; i < kTimes; ++i) escape(call_method(side, object, name).get());
  return watch.nanoseconds() / kTimes;
};

/// ns of a call of one of the 100 methods of a class, in turn.
constexpr auto hundred_methods = [](GraphSide auto& side, const Settings&) {
  constexpr int kRounds = 10'000;
  constexpr int kNames = 100;
  side.pause_collector();
  const auto type = side.new_class("Wide");
  const auto object = side.instance(type);
  std::vector<std::remove_cvref_t<decltype(object)>> names;
  for (int i = 0; i < kNames; ++i) {
    names.push_back(side.interned(fmt::format("method_{}", i)));
    give_method(side, type, names.back());
  }
  const Stopwatch watch;
  for (int i = 0; i < kRounds; ++i)
    for (const auto& name : names) escape(call_method(side, object, name).get());
  return watch.nanoseconds() / (double{kRounds} * kNames);
};

/// ns of a call of a native function with two arguments.
constexpr auto native_call = [](GraphSide auto& side, const Settings&) {
  constexpr int kTimes = 1'000'000;
  side.pause_collector();
  const auto function = function_of_two(side);
  const auto first = side.integer(5);
  const auto second = side.integer(6);
  const Stopwatch watch;
  for (int i = 0; i < kTimes; ++i) escape(call_with(side, function, first, second).get());
  return watch.nanoseconds() / kTimes;
};

constexpr auto ask_missing = [](auto& side, const auto& object, const auto& name, const auto&) {
  if (!lacks(side, object, name)) escape(nullptr);
};
constexpr auto read_number = [](auto& side, const auto& object, const auto&, const auto&) {
  std::int64_t number = number_at(side, object, opaque("y"));
  escape(&number);
};
constexpr auto read = [](auto& side, const auto& object, const auto& name, const auto&) {
  escape(attribute(side, object, name).get());
};
constexpr auto write = [](auto& side, const auto& object, const auto& name, const auto& value) {
  side.set_attribute(object, name, value);
};

template <class Work>
void add(Cases& cases, std::string name, const char* unit, std::string what, Work work, double bar = 1.0) {
  cases.push_back({std::move(name), unit, std::move(what), object_sides(work), {best_peer_over(bar)}});
}

}  // namespace

void add_attribute_cases(Cases& cases) {
  add(cases, "objects/attr/get_own", "ns/read", "an attribute of an instance read", with_attributes("y", read), 1.3);
  add(cases, "objects/attr/set_own", "ns/write", "an attribute of an instance written again", with_attributes("y", write),
      1.3);
  add(cases, "objects/attr/get_class", "ns/read", "an attribute of the class read in an instance",
      with_attributes("c", read));
  add(cases, "objects/attr/get_class_100", "ns/read", "each of 100 attributes of the class read in an instance",
      hundred_of_class);
  add(cases, "objects/attr/find_missing", "ns/read", "an attribute asked for that there is not, which CPython raises",
      with_attributes("spam", ask_missing), 10);
  add(cases, "objects/attr/as_int", "ns/read", "an attribute named by C++ text, read as a C++ integer",
      with_attributes("y", read_number));
  add(cases, "objects/attr/set_new", "ns/write", "attributes given to instances in the order of the first one",
      in_order({"x", "y", "z"}));
  add(cases, "objects/attr/set_new_other_order", "ns/write", "attributes given to instances in another order",
      in_order({"z", "x", "y"}));
  add(cases, "objects/attr/bytes_other_order", "bytes/instance", "memory of an instance with three of those",
      bytes_in_other_order);
  add(cases, "objects/attr/make_drop", "ns/object", "an instance made, given one attribute and dropped", make_and_drop, 1.5);
  add(cases, "objects/slots/get", "ns/read", "a slot of an instance read", with_slots(read), 1.3);
  add(cases, "objects/slots/set", "ns/write", "a slot of an instance written again", with_slots(write), 1.3);
  add(cases, "objects/call/method_inherited", "ns/call", "a native method of the base's base called", inherited_method, 1.3);
  add(cases, "objects/call/method_of_100", "ns/call", "each of 100 native methods of a class called", hundred_methods);
  add(cases, "objects/call/native_2", "ns/call", "a native function called with two arguments", native_call, 1.3);
}

}  // namespace bench
