// Cases of errors that are expected: a missing key, index or attribute, the end of an iterator, a conversion that does not
// fit. "failed" is the way without a C++ exception, on both sides; "thrown" is what C++ code pays that wants one.
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/handle.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/functions/function.h>
#include <ouro/runtime/runtime.h>

#include <fmt/core.h>

#include <string>

#include "gc_cases.h"

namespace bench {
namespace {

// `object[key]`, `object.name`, `next(object)`, `int(object)` that fail, and an iterator whose `__next__` is native. Each
// says whether it failed as it should.

bool lacks_item(OuroSide&, const OuroSide::Handle& object, const OuroSide::Handle& key) {
  return ouro::try_get_item(*object, *key).failed();
}
bool lacks_attribute(OuroSide&, const OuroSide::Handle& object, const OuroSide::Handle& name) {
  return ouro::try_get_attribute(*object, *name).failed();
}
bool is_exhausted(OuroSide&, const OuroSide::Handle& iterator) {
  const auto item = ouro::try_next(*iterator);
  return item && !*item;
}
bool is_no_integer(OuroSide&, const OuroSide::Handle& object) {
  return ouro::try_from_object<std::int64_t>(*object).failed();
}
bool call_fails(OuroSide&, const OuroSide::Handle& function) { return ouro::try_call(*function, {}).failed(); }
bool call_throws(OuroSide&, const OuroSide::Handle& function) {
  try {
    escape(ouro::call(*function, {}).get());
  } catch (const ouro::Error& error) {
    return error.is(ouro::ErrorKind::kKeyError);
  }
  return false;
}

OuroSide::Handle ended_iterator(OuroSide& side) {
  ouro::Runtime& rt = side.runtime();
  const auto type = ouro::make_class(rt.builtins(), "Ended");
  const auto end = [](ouro::Object& self) { return ouro::fail(self, ouro::ErrorKind::kStopIteration); };
  ouro::set_attribute(*type, *rt.str("__next__"), *make_function(rt.builtins(), "__next__(self)", end));
  return ouro::call(*type, {});
}
/// A function that fails with KeyError, below `depth` others that call it.
OuroSide::Handle failing_function(OuroSide& side, std::size_t depth) {
  ouro::Builtins& builtins = side.runtime().builtins();
  const auto look = [](ouro::Object& dict, ouro::Object& key) { return ouro::try_get_item(dict, key); };
  OuroSide::Handle function = make_function(builtins, "look", look, side.dict(), side.integer(7));
  const auto pass = [](ouro::Object& inner) { return ouro::try_call(inner, {}); };
  for (std::size_t i = 0; i < depth; ++i) function = make_function(builtins, "pass", pass, function);
  return function;
}

#if OURO_BENCH_PYTHON
bool failed_with(PyObject* result, PyObject* type) {
  if (result != nullptr || PyErr_ExceptionMatches(type) == 0) return false;
  PyErr_Clear();
  return true;
}
bool lacks_item(CPythonSide&, const CPythonSide::Handle& object, const CPythonSide::Handle& key) {
  return failed_with(PyObject_GetItem(object.get(), key.get()), PyExc_LookupError);
}
bool lacks_attribute(CPythonSide&, const CPythonSide::Handle& object, const CPythonSide::Handle& name) {
  return failed_with(PyObject_GetAttr(object.get(), name.get()), PyExc_AttributeError);
}
bool is_exhausted(CPythonSide&, const CPythonSide::Handle& iterator) {
  return PyIter_Next(iterator.get()) == nullptr && PyErr_Occurred() == nullptr;
}
bool is_no_integer(CPythonSide&, const CPythonSide::Handle& object) {
  return PyLong_AsLongLong(object.get()) == -1 && failed_with(nullptr, PyExc_TypeError);
}
bool call_fails(CPythonSide&, const CPythonSide::Handle& function) {
  return failed_with(PyObject_CallNoArgs(function.get()), PyExc_KeyError);
}
bool call_throws(CPythonSide& side, const CPythonSide::Handle& function) { return call_fails(side, function); }

PyObject* end(PyObject*, PyObject*) {
  PyErr_SetNone(PyExc_StopIteration);
  return nullptr;
}
PyMethodDef kEnd{"__next__", end, METH_NOARGS, nullptr};
CPythonSide::Handle ended_iterator(CPythonSide& side) {
  const auto type = side.new_class("Ended");
  side.set_attribute(type, side.interned("__next__"), CPythonSide::Handle(PyCFunction_New(&kEnd, nullptr)));
  return side.instance(type);
}

PyObject* look(PyObject* dict_and_key, PyObject*) {
  return PyObject_GetItem(PyTuple_GET_ITEM(dict_and_key, 0), PyTuple_GET_ITEM(dict_and_key, 1));
}
PyObject* pass(PyObject* inner, PyObject*) { return PyObject_CallNoArgs(inner); }
PyMethodDef kLook{"look", look, METH_NOARGS, nullptr};
PyMethodDef kPass{"pass", pass, METH_NOARGS, nullptr};
CPythonSide::Handle failing_function(CPythonSide& side, std::size_t depth) {
  const auto dict = side.dict();
  const auto key = side.integer(7);
  const CPythonSide::Handle kept(PyTuple_Pack(2, dict.get(), key.get()));
  CPythonSide::Handle function(PyCFunction_New(&kLook, kept.get()));
  for (std::size_t i = 0; i < depth; ++i) function = CPythonSide::Handle(PyCFunction_New(&kPass, function.get()));
  return function;
}
#endif

/// ns of `fails(side, prepared)`, which must fail each time.
template <class Prepare, class Fails>
auto failing(Prepare prepare, Fails fails, int times) {
  return [=](GraphSide auto& side, const Settings&) {
    side.pause_collector();
    const auto prepared = prepare(side);
    bool all = true;
    const Stopwatch watch;
    for (int i = 0; i < times; ++i) all = fails(side, prepared) && all;
    const double elapsed = watch.nanoseconds();
    require(all, "every attempt fails as it should");
    return elapsed / times;
  };
}

/// An object and what it lacks.
template <class S>
struct Lack {
  typename S::Handle object;
  typename S::Handle wanted;
};
template <class S>
Lack(S&, typename S::Handle, typename S::Handle) -> Lack<S>;

constexpr auto item_of_dict = []<class S>(S& side) { return Lack<S>{side.dict(), side.interned("spam")}; };
constexpr auto item_of_list = []<class S>(S& side) { return Lack<S>{side.list(), side.integer(5)}; };
constexpr auto attribute_of_instance = []<class S>(S& side) {
  return Lack<S>{side.instance(side.new_class("Point")), side.interned("spam")};
};

template <class Work>
void add(Cases& cases, std::string name, std::string what, std::vector<Bar> bars, Work work) {
  cases.push_back({std::move(name), "ns/failure", std::move(what), object_sides(work), std::move(bars)});
}

}  // namespace

void add_error_cases(Cases& cases) {
  constexpr int kTimes = 1'000'000;
  const std::vector<Bar> failed{at_most(100)};
  const auto lacks = [](auto& side, const auto& lack) { return lacks_item(side, lack.object, lack.wanted); };
  add(cases, "errors/failed/key", "dict[key] without the key", failed, failing(item_of_dict, lacks, kTimes));
  add(cases, "errors/failed/index", "list[index] behind the end", failed, failing(item_of_list, lacks, kTimes));
  add(cases, "errors/failed/attribute", "object.name that neither the instance nor its class has", failed,
      failing(
          attribute_of_instance,
          [](auto& side, const auto& lack) { return lacks_attribute(side, lack.object, lack.wanted); }, kTimes));
  add(cases, "errors/failed/next", "next(iterator) at the end, of a class whose __next__ is native", failed,
      failing([](auto& side) { return ended_iterator(side); },
              [](auto& side, const auto& iterator) { return is_exhausted(side, iterator); }, kTimes));
  add(cases, "errors/failed/conversion", "a str where an integer is wanted", failed,
      failing([](auto& side) { return side.text("spam"); },
              [](auto& side, const auto& object) { return is_no_integer(side, object); }, kTimes));
  for (const std::size_t depth : {0u, 4u, 16u}) {
    const auto function = [depth](auto& side) { return failing_function(side, depth); };
    const std::string below = fmt::format("KeyError in a native function below {} others", depth);
    add(cases, fmt::format("errors/failed/below_{}", depth), below, {at_most(100 * static_cast<double>(depth + 1))},
        failing(
            function, [](auto& side, const auto& called) { return call_fails(side, called); }, kTimes / 10));
    add(cases, fmt::format("errors/thrown/below_{}", depth), below + ", as a C++ exception of who called",
        depth == 0 ? std::vector<Bar>{at_most(1100)} : std::vector<Bar>{},
        failing(
            function, [](auto& side, const auto& called) { return call_throws(side, called); }, kTimes / 10));
  }
}

}  // namespace bench
