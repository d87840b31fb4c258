// Cases of classes: collecting, making and changing graphs of them.
//
// Each graph is measured in several sizes. What a class costs grows with its MRO, which is as long as a chain is deep, on
// every side; it must not grow with the number of paths that lead to it.
#include <ouro/objects/classes/class.h>

#include <fmt/core.h>

#include <string>
#include <vector>

#include "attributes.h"
#include "gc_cases.h"

namespace bench {
namespace {

// `class name(bases): pass`, and what else of classes the sides are not asked for elsewhere.

OuroSide::Handle derive(OuroSide& side, const std::vector<const OuroSide::Handle*>& bases) {
  std::vector<ouro::Object*> objects;
  for (const auto* base : bases) objects.push_back(base->get());
  return make_class(side.runtime().builtins(), "C", objects);
}
OuroSide::Handle attribute(OuroSide&, const OuroSide::Handle& object, const OuroSide::Handle& name) {
  return ouro::get_attribute(*object, *name);
}
bool is_instance_of(OuroSide&, const OuroSide::Handle& object, const OuroSide::Handle& type) {
  return ouro::is_instance(*object, static_cast<ouro::Type&>(*type));
}

#if OURO_BENCH_PYTHON
CPythonSide::Handle derive(CPythonSide& side, const std::vector<const CPythonSide::Handle*>& bases) {
  const CPythonSide::Handle tuple(PyTuple_New(static_cast<Py_ssize_t>(bases.size())));
  for (std::size_t i = 0; i < bases.size(); ++i)
    PyTuple_SetItem(tuple.get(), static_cast<Py_ssize_t>(i), Py_NewRef(bases[i]->get()));
  const CPythonSide::Handle name = side.interned("C");
  const CPythonSide::Handle members = side.dict();
  return CPythonSide::Handle(PyObject_CallFunctionObjArgs(reinterpret_cast<PyObject*>(&PyType_Type), name.get(), tuple.get(),
                                                          members.get(), nullptr));
}
CPythonSide::Handle attribute(CPythonSide&, const CPythonSide::Handle& object, const CPythonSide::Handle& name) {
  return CPythonSide::Handle(PyObject_GetAttr(object.get(), name.get()));
}
bool is_instance_of(CPythonSide&, const CPythonSide::Handle& object, const CPythonSide::Handle& type) {
  return PyObject_IsInstance(object.get(), type.get()) == 1;
}
#endif

template <class S>
using Classes = std::vector<typename S::Handle>;

/// A root and `layers` diamonds, one below the other.
constexpr auto diamonds = []<class S>(S& side, std::size_t layers) {
  Classes<S> classes;
  classes.push_back(side.new_class("Root"));
  for (std::size_t i = 0; i < layers; ++i) {
    const std::size_t top = classes.size() - 1;
    classes.push_back(derive(side, {&classes[top]}));
    classes.push_back(derive(side, {&classes[top]}));
    classes.push_back(derive(side, {&classes[top + 1], &classes[top + 2]}));
  }
  return classes;
};

constexpr auto chain = []<class S>(S& side, std::size_t depth) {
  Classes<S> classes;
  classes.push_back(side.new_class("Root"));
  while (classes.size() < depth) classes.push_back(derive(side, {&classes.back()}));
  return classes;
};

/// A root, and all others derive from it.
constexpr auto fan = []<class S>(S& side, std::size_t width) {
  Classes<S> classes;
  classes.push_back(side.new_class("Root"));
  while (classes.size() < width) classes.push_back(derive(side, {&classes.front()}));
  return classes;
};

/// ns for each class of a full collection that finds them all dead. The first such collection of a process is not measured:
/// it brings the code that classes die by into memory, which takes longer than sixteen deaths.
template <class Graph>
auto collecting(Graph graph, std::size_t size) {
  return [=](GraphSide auto& side, const Settings&) {
    side.pause_collector();
    static_cast<void>(graph(side, size));
    side.collect();
    const std::size_t count = graph(side, size).size();
    const Stopwatch watch;
    side.collect();
    return watch.nanoseconds() / static_cast<double>(count);
  };
}

/// ns for each class to make them.
template <class Graph>
auto making(Graph graph, std::size_t size) {
  return [=](GraphSide auto& side, const Settings&) {
    side.pause_collector();
    const Stopwatch watch;
    const auto classes = graph(side, size);
    return watch.nanoseconds() / static_cast<double>(classes.size());
  };
}

/// ns to set an attribute of the root and read it in an instance of the last class.
template <class Graph>
auto changing_root(Graph graph, std::size_t size) {
  return [=](GraphSide auto& side, const Settings&) {
    constexpr int kTimes = 2000;
    side.pause_collector();
    const auto classes = graph(side, size);
    const auto object = side.instance(classes.back());
    const auto name = side.interned("x");
    const auto value = side.integer(5);
    side.set_attribute(classes.front(), name, value);
    for (const auto& type : classes) escape(attribute(side, type, name).get());
    const Stopwatch watch;
    for (int i = 0; i < kTimes; ++i) {
      side.set_attribute(classes.front(), name, value);
      escape(attribute(side, object, name).get());
    }
    return watch.nanoseconds() / kTimes;
  };
}

/// ns of isinstance(last(), root).
template <class Graph>
auto asking_root(Graph graph, std::size_t size) {
  return [=](GraphSide auto& side, const Settings&) {
    constexpr int kTimes = 20'000;
    side.pause_collector();
    const auto classes = graph(side, size);
    const auto object = side.instance(classes.back());
    bool all = true;
    const Stopwatch watch;
    for (int i = 0; i < kTimes; ++i) all = all && is_instance_of(side, opaque(&object)[0], classes.front());
    const double elapsed = watch.nanoseconds();
    require(all, "an object of a derived class is one of its base");
    return elapsed / kTimes;
  };
}

template <class Work>
void add(Cases& cases, std::string name, const char* unit, std::string what, Work work) {
  cases.push_back({std::move(name), unit, std::move(what), object_sides(work), {best_peer_over(1.0)}});
}

void add_graph_sizes(Cases& cases, const char* graph_name, auto graph, std::initializer_list<std::size_t> sizes) {
  for (const std::size_t size : sizes) {
    const std::string graph_size = fmt::format("{}_{}", graph_name, size);
    add(cases, "gc/classes/" + graph_size, "ns/class", "full collection of dead classes, " + graph_size,
        collecting(graph, size));
    add(cases, "objects/classes/make/" + graph_size, "ns/class", "classes made, " + graph_size, making(graph, size));
    add(cases, "objects/classes/set_root/" + graph_size, "ns/change",
        "an attribute of the root set, and read in an instance of the last class, " + graph_size,
        changing_root(graph, size));
    add(cases, "objects/classes/isinstance/" + graph_size, "ns/call", "isinstance(last(), root), " + graph_size,
        asking_root(graph, size));
  }
}

}  // namespace

void add_class_cases(Cases& cases) {
  add_graph_sizes(cases, "diamond", diamonds, {5, 10, 20});
  add_graph_sizes(cases, "chain", chain, {200, 600, 2000});
  add_graph_sizes(cases, "fan", fan, {200, 600, 2000});
  add_attribute_cases(cases);
}

}  // namespace bench
