// module, types.SimpleNamespace and cell beside CPython, line by line, and from C++.
#include <ouro/objects/messages/message.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <objects/world.h>

namespace ouro::test {

namespace {

/// The evaluator with the three types and classes that derive from two of them.
Evaluator evaluator_of(Runtime& rt) {
  Evaluator evaluator(rt.builtins());
  evaluator.name("__name__", rt.str("__main__"), "'__main__'");
  evaluator.name("types", rt.none(), "import types");
  evaluator.name("module", share<Object>(rt.type<Module>()), "types.ModuleType");
  evaluator.name("cell", share<Object>(rt.type<Cell>()), "types.CellType");
  evaluator.name("namespace", share<Object>(rt.type<SimpleNamespace>()), "types.SimpleNamespace");
  evaluator.name("Tools", rt.new_class("Tools", {&rt.type<Module>()}), "class Tools(types.ModuleType):\n    pass");
  evaluator.name("Space", rt.new_class("Space", {&rt.type<SimpleNamespace>()}),
                 "class Space(types.SimpleNamespace):\n    pass");
  const Ref<Class> broken = rt.new_class("Broken");
  define(broken, "__repr__(self)", [](Object&) -> Ref<> { raise(ErrorKind::kValueError, "no"); });
  evaluator.name("Broken", broken, "class Broken:\n    def __repr__(self): raise ValueError('no')");
  evaluator.name("answer", make_function(rt.builtins(), "answer(name)", [](Object& name) { return Ref<>(repr(name)); }),
                 "def answer(name):\n    return repr(name)");
  evaluator.name("names", make_function(rt.builtins(), "names()", [&rt] { return rt.list("b", "a"); }),
                 "def names():\n    return ['b', 'a']");
  return evaluator;
}

constexpr const char* kModuleLines[]{"module('m')",
                                     "module('m').__name__",
                                     "module('m').__doc__",
                                     "module('m', 'text').__doc__",
                                     "module('m', doc=3).__doc__",
                                     "module(name='n')",
                                     "module()",
                                     "module(1)",
                                     "module('a', 1, 2)",
                                     "module('a', x=1)",
                                     "module('a', name='b')",
                                     "m = module('m')",
                                     "m.x",
                                     "m.x = 1",
                                     "m.x",
                                     "del m.x",
                                     "del m.x",
                                     "m.x",
                                     "m.__dict__",
                                     "m.__dict__ = {}",
                                     "del m.__dict__",
                                     "m.__class__",
                                     "m.__dir__()",
                                     "dir(m)",
                                     "m.__annotations__",
                                     "m.__dict__",
                                     "m.__annotations__ = {'a': 1}",
                                     "m.__annotations__",
                                     "del m.__annotations__",
                                     "del m.__annotations__",
                                     "m.__annotations__",
                                     "m.__dict__['y'] = 2",
                                     "m.y",
                                     "m.__init__('other', 'doc')",
                                     "m",
                                     "m.__name__",
                                     "m.__doc__",
                                     "m.__package__",
                                     "m.__loader__",
                                     "m.__spec__",
                                     "m.__name__ = 5",
                                     "m",
                                     "m.z",
                                     "del m.__name__",
                                     "m",
                                     "m.z",
                                     "hasattr(m, 'z')",
                                     "getattr(m, 'z')",
                                     "m == m",
                                     "m == module('m')",
                                     "m < m",
                                     "hash(m) == hash(m)",
                                     "len(m)",
                                     "m()",
                                     "iter(m)",
                                     "m[0]",
                                     "m = module('m')",
                                     "m.__getattr__ = answer",
                                     "m.foo",
                                     "hasattr(m, 'anything')",
                                     "m.__spec__ = None",
                                     "m",
                                     "m.__getattr__ = 5",
                                     "m.foo",
                                     "m = module('m')",
                                     "m.__dir__ = names",
                                     "dir(m)",
                                     "m.__dir__()",
                                     "m.__dir__ = 5",
                                     "dir(m)",
                                     "m = module('m')",
                                     "m.__file__ = '/a/b.py'",
                                     "m",
                                     "m.__file__ = 3",
                                     "m",
                                     "m = module('m')",
                                     "m.__loader__ = 5",
                                     "m",
                                     "m.__spec__ = namespace(name='z', origin='o', loader=3, has_location=False)",
                                     "m",
                                     "m.__spec__ = namespace(name='z', origin='o', loader=3, has_location=True)",
                                     "m",
                                     "m.__spec__ = namespace(name='z', origin=None, loader=3, has_location=True)",
                                     "m",
                                     "m.__spec__ = namespace(name='z', origin=None, loader=None)",
                                     "m",
                                     "m.__spec__ = namespace(name=None, origin=None, loader=None)",
                                     "m",
                                     "m.__spec__ = namespace(name='z')",
                                     "m",
                                     "m.__spec__ = namespace()",
                                     "m",
                                     "m.__spec__ = namespace(_initializing=True)",
                                     "m.q",
                                     "m.__spec__ = namespace(_initializing=0)",
                                     "m.q",
                                     "m.__name__ = Broken()",
                                     "m.q",
                                     "m.__spec__ = None",
                                     "m",
                                     "t = Tools('t')",
                                     "t",
                                     "t.zz",
                                     "t.a = 1",
                                     "t.a",
                                     "t.__dict__",
                                     "t.__class__",
                                     "isinstance(t, module)",
                                     "Tools()",
                                     "dir(t)",
                                     "module.__doc__",
                                     "module.__name__",
                                     "module.x",
                                     "module.__dict__['__dict__']",
                                     "module.__dict__['__annotations__']",
                                     "module.__dir__",
                                     "module('m').__dir__",
                                     "module.__init__(5)",
                                     "module.__repr__(module('m'))",
                                     "issubclass(Tools, module)"};

constexpr const char* kNamespaceLines[]{"namespace()",
                                        "namespace(a=1)",
                                        "namespace(a=1, b='x')",
                                        "namespace(1)",
                                        "namespace({'a': 1})",
                                        "s = namespace(a=1)",
                                        "s.a",
                                        "s.b",
                                        "s.b = [2]",
                                        "s",
                                        "del s.a",
                                        "del s.a",
                                        "s",
                                        "s.me = s",
                                        "s",
                                        "s == s",
                                        "s == namespace()",
                                        "s != namespace()",
                                        "namespace(a=1) == namespace(a=1)",
                                        "namespace(a=1) != namespace(a=1)",
                                        "namespace(a=1) == namespace(a=2)",
                                        "namespace(a=1) < namespace(a=1)",
                                        "namespace() == 5",
                                        "namespace() < 5",
                                        "namespace() != {}",
                                        "hash(namespace())",
                                        "s.__dict__ = {}",
                                        "del s.__dict__",
                                        "namespace(a=1).__dict__",
                                        "namespace(a=1).__reduce__()",

                                        "s = namespace()",
                                        "s.__dict__['a b'] = 1",
                                        "s",
                                        "s.__dict__[1] = 2",
                                        "s",
                                        "s.__dict__[''] = 3",
                                        "s",
                                        "s.__init__(z=1)",
                                        "s",
                                        "s.__init__(1)",
                                        "s.x = Broken()",
                                        "s",
                                        "d = Space(x=1)",
                                        "d",
                                        "d == namespace(x=1)",
                                        "namespace(x=1) == d",
                                        "d.y = d",
                                        "d",
                                        "d.__class__",
                                        "d.__dict__",
                                        "Space(1)",
                                        "len(s)",
                                        "s()",
                                        "iter(s)",
                                        "s[0]",
                                        "namespace.__doc__",
                                        "namespace.__name__",
                                        "namespace",
                                        "namespace.x",
                                        "namespace.__dict__['__dict__']",
                                        "namespace.__reduce__",
                                        "issubclass(Space, namespace)",
                                        "namespace(a=namespace(b=namespace()))"};

const std::vector<std::string> kCellLines{"cell()",
                                          "cell(5)",
                                          "cell([])",
                                          "cell(1, 2)",
                                          "cell(contents=1)",
                                          "cell().cell_contents",
                                          "cell(5).cell_contents",
                                          "c = cell(3)",
                                          "c.cell_contents = 4",
                                          "c.cell_contents",
                                          "del c.cell_contents",
                                          "c.cell_contents",
                                          "c",
                                          "del c.cell_contents",
                                          "c.cell_contents = None",
                                          "c.cell_contents",
                                          "c.foo",
                                          "c.foo = 1",
                                          "cell.x",
                                          "hash(cell())",
                                          "cell(1) == 1",
                                          "cell() <= 1",
                                          "cell(1) < cell('a')",
                                          "cell(1) == cell('a')",
                                          "cell.__doc__",
                                          "cell.__name__",
                                          "cell.__dict__['cell_contents']",
                                          "cell(cell())",
                                          "len(cell())",
                                          "cell()()",
                                          "iter(cell())",
                                          "cell(namespace()).cell_contents"};

}  // namespace

TEST_CASE("modules, namespaces and cells answer as CPython's", "[json][modules][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = evaluator_of(fixture.rt);
  compare_lines_with_python(evaluator, {std::begin(kModuleLines), std::end(kModuleLines)});
  compare_lines_with_python(evaluator, {std::begin(kNamespaceLines), std::end(kNamespaceLines)});
  compare_lines_with_python(evaluator, kCellLines);
}

TEST_CASE("cells and namespaces are compared as CPython compares them", "[json][modules][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = evaluator_of(fixture.rt);
  const std::vector<std::string> values{
      "cell()",     "cell(1)", "cell(2)",     "cell('a')",      "cell(2.5)",        "cell(cell())",
      "1",          "None",    "namespace()", "namespace(a=1)", "namespace(a=1.0)", "namespace(b=cell(1))",
      "Space(a=1)", "{}",      "{'a': 1}"};
  std::vector<std::string> lines;
  for (const std::string& left : values)
    for (const std::string& right : values)
      for (const char* const op : {"<", "<=", "==", "!=", ">", ">="}) lines.push_back(left + " " + op + " " + right);
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE_METHOD(Fixture, "a module is made and used from C++", "[json][modules]") {
  const Ref<Module> tools = rt.module("tools", "What is needed often.");
  tools.attr("twice") = make_function(rt.builtins(), "twice(x)", [](int x) { return 2 * x; });
  CHECK(tools.attr("twice")(21) == 42);
  CHECK(tools.attr("__doc__") == "What is needed often.");
  tools->set("answer", *rt.from(42));
  CHECK(tools.attr("answer") == 42);
  CHECK(tools->find("answer") != nullptr);
  CHECK(tools->find("question") == nullptr);
  CHECK(error_of([&] { return get_attribute(*tools, *rt.str("question")); }) ==
        "AttributeError: module 'tools' has no attribute 'question'");
  CHECK(tools->attributes()->size == 7);
  CHECK(try_get_attribute(*tools, *rt.str("question")).failed());
}

TEST_CASE_METHOD(Fixture, "a namespace is made from a dict and keeps a copy", "[json][modules]") {
  const Ref<Dict> given = rt.dict({{"a", 1}, {"b", 2}});
  const Ref<SimpleNamespace> made = make_namespace(rt.builtins(), given.get());
  given->clear();
  CHECK(shown(*made) == "namespace(a=1, b=2)");
  CHECK(error_of([&] {
          return make_namespace(rt.builtins(), rt.dict({{1, 2}}).get());
        }) == "TypeError: keywords must be strings");
  CHECK(shown(*make_namespace(rt.builtins())) == "namespace()");
}

TEST_CASE_METHOD(Fixture, "a cell holds one value, or none", "[json][modules]") {
  const Ref<Cell> cell = make_cell(rt.builtins());
  CHECK(cell->find() == nullptr);
  CHECK(error_of([&] { return share(cell->get()); }) == "ValueError: Cell is empty");
  cell->set(*rt.list(1));
  CHECK(shown(cell->get()) == "[1]");
  cell->clear();
  CHECK(cell->find() == nullptr);
}

TEST_CASE_METHOD(Fixture, "cycles through modules, namespaces and cells are collected", "[json][modules]") {
  {
    const Ref<Module> module = rt.module("m");
    const Ref<SimpleNamespace> space = make_namespace(rt.builtins());
    const Ref<Cell> cell = make_cell(rt.builtins(), module.get());
    space.attr("cell") = cell;
    module.attr("space") = space;
    const Ref<> tools = rt.new_class("Tools", {&rt.type<Module>()})("t");
    tools.attr("cell") = cell;
  }
  rt.gc().collect();
  CHECK(rt.heap().memory.stats().containers.allocated_blocks == 0);
}

TEST_CASE_METHOD(Fixture, "modules have weak references, namespaces and cells have none", "[json][modules]") {
  const Ref<Module> module = rt.module("m");
  const Ref<WeakRef> reference = make_weakref(*module);
  CHECK(target_of(*reference).is(module));
  CHECK(error_of([&] { return make_weakref(*make_namespace(rt.builtins())); }) ==
        "TypeError: cannot create weak reference to 'types.SimpleNamespace' object");
  CHECK(error_of([&] { return make_weakref(*make_cell(rt.builtins())); }) ==
        "TypeError: cannot create weak reference to 'cell' object");
}

TEST_CASE_METHOD(Fixture, "a namespace goes into a message, a module and a cell do not", "[json][modules]") {
  const Ref<SimpleNamespace> space = make_namespace(rt.builtins());
  space.attr("me") = space;
  space.attr("n") = 5;
  const Ref<> there = Message(*space).unpack(rt.builtins());
  CHECK(shown(there) == "namespace(me=namespace(...), n=5)");
  CHECK(error_of([&] { return Message(*rt.module("m")); }) == "TypeError: cannot pickle 'module' object");
  CHECK(error_of([&] { return Message(*make_cell(rt.builtins())); }) == "TypeError: cannot pickle 'cell' object");
}

TEST_CASE("a module, namespace or cell that cannot be made leaves nothing behind", "[json][modules]") {
  World world;
  fail_each_allocation(world.heap(), [&] { static_cast<void>(make_module(world.builtins, "a name", "a doc")); });
  fail_each_allocation(world.heap(), [&] { static_cast<void>(make_namespace(world.builtins)); });
  fail_each_allocation(world.heap(), [&] { static_cast<void>(make_cell(world.builtins)); });
  const Ref<Module> module = make_module(world.builtins, "m");
  fail_each_allocation(world.heap(), [&] { static_cast<void>(repr(*module)); });
  const Ref<> value = number(world, 1000);
  fail_each_allocation(world.heap(), [&] { module->set("a rather long name", *value); });
  CHECK(module->find("a rather long name") == value.get());
}

TEST_CASE_METHOD(Fixture, "what a repr of a namespace calls may change the namespace", "[json][modules]") {
  const Ref<SimpleNamespace> space = make_namespace(rt.builtins());
  const Ref<Class> hostile = rt.new_class("Hostile");
  define(hostile, "__repr__(self)", [](Object& self) {
    const Ref<> target = get_attribute(self, *intern(builtins_of(self), "target"));
    static_cast<SimpleNamespace&>(*target).attributes()->clear();
    return make_str(builtins_of(self), "gone");
  });
  const Ref<> bad = hostile();
  bad.attr("target") = space;
  space.attr("a") = bad;
  space.attr("b") = 2;
  CHECK(shown(*space) == "namespace(a=gone)");
  space->attributes()->clear();
}

}  // namespace ouro::test
