// Classes that derive from built-in types, used by CPython and by us: every operation on every pair of objects, the attributes that
// they have, and what conversions give.
#include <ouro/ouro.h>
#include <support/fixture.h>
#include <support/python.h>

#include <functional>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace ouro::test {

namespace {

constexpr const char* kClasses = R"(
import re, sys, weakref, operator
sys.stdout.reconfigure(encoding='utf-8')
class I(int): pass
class F(float): pass
class S(str): pass
class T(tuple): pass
class L(list): pass
class D(dict): pass
class LL(L): pass
class Mixin:
    def __len__(self): return 42
    def __neg__(self): return 'mixed'
class LM(L, Mixin): pass
class ML(Mixin, list): pass
class Adds(int):
    def __add__(self, other): return 'add'
    def __rsub__(self, other): return 'rsub'
    def __repr__(self): return 'Adds'
class Equals(str):
    def __eq__(self, other): return True
    def __hash__(self): return 7
    def __str__(self): return 'str'
class Long(list):
    def __len__(self): return 7
    def __getitem__(self, key): return 'item'
    def __contains__(self, key): return True
    def __iter__(self): return iter('xy')
    def __radd__(self, other): return 'radd'
    def __mul__(self, other): return 'mul'
    def __setitem__(self, key, value): raise TypeError('set')
class Missing(dict):
    def __missing__(self, key): return 'missing'
class Keys(dict):
    def keys(self): return ['k']
    def __getitem__(self, key): return 'got'
class Iterates(dict):
    def __iter__(self): return iter(['k'])
    def keys(self): return ['k']
    def __getitem__(self, key): return 'got'
class Pair(tuple):
    def __new__(type, a, b): return tuple.__new__(type, (a, b))
    def __getitem__(self, key): return 'part'
class Unit(float):
    def __init__(self, *args, **kwargs): self.args = len(args)
    def __float__(self): return 8.5
    def __mul__(self, other): return NotImplemented
class Inits(list):
    def __init__(self, a, b): list.__init__(self, [a, b])
)";

/// What an expression of Python stands for here. The classes are those above.
class Scene {
 public:
  explicit Scene(Runtime& runtime) : rt(runtime) {
    add_plain_classes();
    add_number_classes();
    add_container_classes();
    add_objects();
  }

  [[nodiscard]] Ref<> make(const std::string& expression) const { return makers_.at(expression)(); }
  [[nodiscard]] std::vector<std::string> all() const {
    std::vector<std::string> names;
    for (const auto& [name, maker] : makers_) names.push_back(name);
    return names;
  }
  [[nodiscard]] Class& type(const std::string& name) const { return *classes_.at(name); }

  Runtime& rt;

 private:
  void add(const std::string& name, std::initializer_list<Type*> bases) { classes_[name] = rt.new_class(name, bases); }
  template <class F>
  void def(const std::string& type, std::string_view name, F method) {
    classes_.at(type).attr(name) = make_function(rt.builtins(), type + "." + std::string(name), method);
  }
  /// The same with the names of the parameters, which errors tell.
  template <class F>
  void def(const std::string& type, std::string_view name, std::string_view parameters, F method) {
    const std::string signature = type + "." + std::string(name) + std::string(parameters);
    classes_.at(type).attr(name) = make_function(rt.builtins(), signature, method);
  }

  void add_plain_classes() {
    add("I", {&rt.type<Int>()});
    add("F", {&rt.type<Float>()});
    add("S", {&rt.type<Str>()});
    add("T", {&rt.type<Tuple>()});
    add("L", {&rt.type<List>()});
    add("D", {&rt.type<Dict>()});
    add("LL", {&type("L")});
    add("Mixin", {});
    def("Mixin", "__len__", [](Object&) { return 42; });
    def("Mixin", "__neg__", [](Object&) { return "mixed"; });
    add("LM", {&type("L"), &type("Mixin")});
    add("ML", {&type("Mixin"), &rt.type<List>()});
  }
  void add_number_classes() {
    add("Adds", {&rt.type<Int>()});
    def("Adds", "__add__", [](Object&, Object&) { return "add"; });
    def("Adds", "__rsub__", [](Object&, Object&) { return "rsub"; });
    def("Adds", "__repr__", [](Object&) { return "Adds"; });
    add("Equals", {&rt.type<Str>()});
    def("Equals", "__eq__", [](Object&, Object&) { return true; });
    def("Equals", "__hash__", [](Object&) { return 7; });
    def("Equals", "__str__", [](Object&) { return "str"; });
    add("Unit", {&rt.type<Float>()});
    def("Unit", "__float__", [](Object&) { return 8.5; });
    def("Unit", "__mul__", [](Object& self, Object&) { return share(builtins_of(self).not_implemented()); });
    def("Unit", "__init__", [](Object& self, const Arguments& rest) { share(self).attr("args") = rest.positional.size(); });
  }
  void add_container_classes() {
    add("Long", {&rt.type<List>()});
    def("Long", "__len__", [](Object&) { return 7; });
    def("Long", "__getitem__", [](Object&, Object&) { return "item"; });
    def("Long", "__contains__", [](Object&, Object&) { return true; });
    def("Long", "__iter__", [](Object& self) { return iterate(*make_str(builtins_of(self), "xy")); });
    def("Long", "__radd__", [](Object&, Object&) { return "radd"; });
    def("Long", "__mul__", [](Object&, Object&) { return "mul"; });
    def("Long", "__setitem__", [](Object&, Object&, Object&) { raise(ErrorKind::kTypeError, "set"); });
    add("Missing", {&rt.type<Dict>()});
    def("Missing", "__missing__", [](Object&, Object&) { return "missing"; });
    for (const char* const name : {"Keys", "Iterates"}) {
      add(name, {&rt.type<Dict>()});
      def(name, "keys", [](Object&) { return std::vector<std::string>{"k"}; });
      def(name, "__getitem__", [](Object&, Object&) { return "got"; });
    }
    def("Iterates", "__iter__", [](Object& self) {
      const Ref<> keys = make_list(builtins_of(self), {make_str(builtins_of(self), "k").get()});
      return iterate(*keys);
    });
    add("Pair", {&rt.type<Tuple>()});
    def("Pair", "__getitem__", [](Object&, Object&) { return "part"; });
    def("Pair", "__new__", "(type, a, b)", [](Class& type, Object& a, Object& b) {
      Builtins& builtins = *type.heap->builtins;
      const Ref<> make = get_attribute(builtins.type(Kind::kTuple), *intern(builtins, "__new__"));
      const Ref<Tuple> parts = make_tuple(builtins, {&a, &b});
      Object* const given[] = {&type, parts.get()};
      return call(*make, {given, {}, {}});
    });
    add("Inits", {&rt.type<List>()});
    def("Inits", "__init__", "(self, a, b)", [](Object& self, Object& a, Object& b) {
      Builtins& builtins = builtins_of(self);
      const Ref<> initialise = get_attribute(builtins.type(Kind::kList), *intern(builtins, "__init__"));
      const Ref<List> items = make_list(builtins, {&a, &b});
      Object* const given[] = {&self, items.get()};
      static_cast<void>(call(*initialise, {given, {}, {}}));
    });
  }

  template <class... A>
  void object(const std::string& expression, const std::string& type, A... arguments) {
    makers_[expression] = [this, type, arguments...] { return Ref<>(classes_.at(type)(arguments...)); };
  }
  void add_objects() {
    makers_["3"] = [this] { return rt.from(3); };
    makers_["2.5"] = [this] { return rt.from(2.5); };
    makers_["'ab'"] = [this] { return rt.from("ab"); };
    makers_["''"] = [this] { return rt.from(""); };
    makers_["(1, 2)"] = [this] { return Ref<>(rt.tuple(1, 2)); };
    makers_["()"] = [this] { return Ref<>(rt.tuple()); };
    makers_["[2, 1]"] = [this] { return Ref<>(rt.list(2, 1)); };
    makers_["{'a': 1}"] = [this] { return Ref<>(rt.dict({{"a", 1}})); };
    makers_["None"] = [this] { return rt.none(); };
    makers_["True"] = [this] { return rt.from(true); };
    makers_["0"] = [this] { return rt.from(0); };
    object("I(3)", "I", 3);
    object("I('12', base=3)", "I", 5);
    object("F(2.5)", "F", 2.5);
    object("S('ab')", "S", "ab");
    object("S('')", "S", "");
    object("L('ab')", "L", "ab");
    object("L()", "L");
    object("LL('a')", "LL", "a");
    object("LM('ab')", "LM", "ab");
    object("ML('ab')", "ML", "ab");
    object("Adds(3)", "Adds", 3);
    object("Equals('ab')", "Equals", "ab");
    object("Long('abc')", "Long", "abc");
    object("T('ab')", "T", "ab");
    object("T()", "T");
    object("Pair(1, 2)", "Pair", 1, 2);
    object("Unit(2.5)", "Unit", 2.5);
    object("Inits(2, 1)", "Inits", 2, 1);
    makers_["I(10**20)"] = [this] { return classes_.at("I")(int_from_text(rt.builtins(), "100000000000000000000")); };
    for (const char* const name : {"D", "Missing", "Keys", "Iterates"})
      makers_[std::string(name) + "({'a': 1})"] = [this, name] { return classes_.at(name)(rt.dict({{"a", 1}})); };
  }

  std::map<std::string, Ref<Class>> classes_;
  std::map<std::string, std::function<Ref<>()>> makers_;
};

/// `type(value).__name__ + repr(value)`, so that an int is told from one of a class.
std::string shown(Object& object) { return std::string(object.type->name) + ' ' + std::string(text(*repr(object))); }

using Operation = std::function<Ref<>(Scene&, Object&, Object&)>;

Ref<> of_type(Scene& scene, Kind kind, Object& given) {
  Object* const arguments[] = {&given};
  return call(scene.rt.builtins().type(kind), {arguments, {}, {}});
}

Ref<> called(Object& object, std::string_view name, std::vector<Object*> arguments = {}) {
  return call_method(object, *intern(builtins_of(object), name), {arguments, {}, {}});
}

/// The operations by the text of their Python, of one operand `a`.
std::vector<std::pair<std::string, Operation>> unary_operations() {
  const auto truth_of = [](Scene& scene, bool value) { return scene.rt.from(value); };
  std::vector<std::pair<std::string, Operation>> all{
      {"a", [](Scene&, Object& a, Object&) { return share(a); }},
      {"str(a)", [](Scene&, Object& a, Object&) { return Ref<>(str(a)); }},
      {"len(a)", [](Scene& scene, Object& a, Object&) { return scene.rt.from(length(a)); }},
      {"bool(a)", [=](Scene& scene, Object& a, Object&) { return truth_of(scene, truth(a)); }},
      {"-a", [](Scene&, Object& a, Object&) { return negative(a); }},
      {"+a", [](Scene&, Object& a, Object&) { return positive(a); }},
      {"abs(a)", [](Scene&, Object& a, Object&) { return absolute(a); }},
      {"~a", [](Scene&, Object& a, Object&) { return invert(a); }},
      {"operator.index(a)", [](Scene&, Object& a, Object&) { return Ref<>(index(a)); }},
      {"list(iter(a))", [](Scene&, Object& a, Object&) { return Ref<>(list_from(*iterate(a))); }},
      {"sorted(a)",
       [](Scene&, Object& a, Object&) {
         const Ref<List> items = list_from(a);
         items->sort();
         return Ref<>(items);
       }},
      {"sum([a, a])", [](Scene& scene, Object& a, Object&) { return sum(*scene.rt.list(share(a), share(a))); }},
      {"hash(a) == hash(3)", [=](Scene& scene, Object& a, Object&) { return truth_of(scene, hash(a) == 3); }},
      {"a.__class__.__name__",
       [](Scene&, Object& a, Object&) { return Ref<>(share(a).attr("__class__").attr("__name__")); }},
      {"a.foo", [](Scene&, Object& a, Object&) { return Ref<>(share(a).attr("foo")); }},
      {"[setattr(a, 'foo', 1), a.foo, a.__dict__][1:]",
       [](Scene& scene, Object& a, Object&) {
         share(a).attr("foo") = 1;
         return Ref<>(scene.rt.list(Ref<>(share(a).attr("foo")), Ref<>(share(a).attr("__dict__"))));
       }},
      {"a.pop()", [](Scene&, Object& a, Object&) { return called(a, "pop"); }},
      {"a.copy()", [](Scene&, Object& a, Object&) { return called(a, "copy"); }},
      {"a.real", [](Scene&, Object& a, Object&) { return Ref<>(share(a).attr("real")); }},
      {"a.strip()", [](Scene&, Object& a, Object&) { return called(a, "strip"); }},
      {"a.upper()", [](Scene&, Object& a, Object&) { return called(a, "upper"); }},
      {"''.join(a)", [](Scene& scene, Object& a, Object&) { return called(*scene.rt.str(""), "join", {&a}); }},
      {"a['zz']", [](Scene& scene, Object& a, Object&) { return get_item(a, *scene.rt.str("zz")); }},
      {"dict.__getitem__(a, 'zz')",
       [](Scene& scene, Object& a, Object&) {
         const Ref<> method = get_attribute(scene.rt.type<Dict>(), *scene.rt.str("__getitem__"));
         const Ref<> key = scene.rt.str("zz");
         Object* const given[] = {&a, key.get()};
         return call(*method, {given, {}, {}});
       }},
      {"a.get('zz', 5)",
       [](Scene& scene, Object& a, Object&) {
         return called(a, "get", {scene.rt.str("zz").get(), scene.rt.from(5).get()});
       }},
      {"a.append(1) or a",
       [](Scene& scene, Object& a, Object&) {
         return static_cast<void>(called(a, "append", {scene.rt.from(1).get()})), share(a);
       }},
      {"operator.setitem(a, 0, 1) or a",
       [](Scene& scene, Object& a, Object&) {
         set_item(a, *scene.rt.from(0), *scene.rt.from(1));
         return share(a);
       }},
      {"operator.delitem(a, 0) or a",
       [](Scene& scene, Object& a, Object&) {
         delete_item(a, *scene.rt.from(0));
         return share(a);
       }},
      {"{a: 1}[a]",
       [](Scene& scene, Object& a, Object&) {
         const Ref<Dict> dict = scene.rt.dict();
         dict->set(a, *scene.rt.from(1));
         return get_item(*dict, a);
       }},
      {"'ab' in {a: 1}",
       [=](Scene& scene, Object& a, Object&) {
         const Ref<Dict> dict = scene.rt.dict();
         dict->set(a, *scene.rt.from(1));
         return truth_of(scene, contains(*dict, *scene.rt.str("ab")));
       }},
  };
  for (const Kind kind : {Kind::kInt, Kind::kFloat, Kind::kStr, Kind::kList, Kind::kTuple, Kind::kDict}) {
    constexpr const char* kNames[] = {"int", "float", "str", "tuple", "list", "dict"};
    const std::size_t place = static_cast<std::size_t>(kind) - static_cast<std::size_t>(Kind::kInt);
    all.emplace_back(std::string(kNames[place]) + "(a)",
                     [kind](Scene& scene, Object& a, Object&) { return of_type(scene, kind, a); });
    all.emplace_back("isinstance(a, " + std::string(kNames[place]) + ")",
                     [kind, truth_of](Scene& scene, Object& a, Object&) {
                       return truth_of(scene, is_instance(a, scene.rt.builtins().type(kind)));
                     });
  }
  return all;
}

/// Of two operands.
std::vector<std::pair<std::string, Operation>> binary_operations() {
  std::vector<std::pair<std::string, Operation>> all;
  const auto add_operator = [&](Operator op, const std::string& text) {
    all.emplace_back(text, [op](Scene&, Object& a, Object& b) { return apply(op, a, b); });
  };
  add_operator(Operator::kAdd, "a + b");
  add_operator(Operator::kSubtract, "a - b");
  add_operator(Operator::kMultiply, "a * b");
  add_operator(Operator::kTrueDivide, "a / b");
  add_operator(Operator::kFloorDivide, "a // b");
  add_operator(Operator::kDivmod, "divmod(a, b)");
  add_operator(Operator::kBitOr, "a | b");
  add_operator(Operator::kBitAnd, "a & b");
  const auto add_comparison = [&](Comparison op, const std::string& text) {
    all.emplace_back(text, [op](Scene& scene, Object& a, Object& b) { return scene.rt.from(compare(a, b, op)); });
  };
  add_comparison(Comparison::kLess, "a < b");
  add_comparison(Comparison::kGreaterEqual, "a >= b");
  add_comparison(Comparison::kEqual, "a == b");
  add_comparison(Comparison::kNotEqual, "a != b");
  all.emplace_back("b in a", [](Scene& scene, Object& a, Object& b) { return scene.rt.from(contains(a, b)); });
  all.emplace_back("a[b]", [](Scene&, Object& a, Object& b) { return get_item(a, b); });
  all.emplace_back("a.extend(b) or a",
                   [](Scene&, Object& a, Object& b) { return static_cast<void>(called(a, "extend", {&b})), share(a); });
  all.emplace_back("a.update(b) or a",
                   [](Scene&, Object& a, Object& b) { return static_cast<void>(called(a, "update", {&b})), share(a); });
  all.emplace_back("a.startswith(b)", [](Scene&, Object& a, Object& b) { return called(a, "startswith", {&b}); });
  all.emplace_back("a.replace(b, a)", [](Scene&, Object& a, Object& b) { return called(a, "replace", {&b, &a}); });
  all.emplace_back("type(a)(b)", [](Scene&, Object& a, Object& b) {
    Object* const given[] = {&b};
    return call(*a.type, {given, {}, {}});
  });
  return all;
}

constexpr const char* kEvaluate = R"(
def plain(text):
    return re.sub('0x[0-9a-f]+', '0x', text).replace('\n', ' ')
for line in open(sys.argv[1], encoding='utf-8'):
    operation, first, second = line.rstrip('\n').split('\t')
    a, b = eval(first), eval(second)
    try:
        result = eval(operation)
        print(plain(type(result).__name__ + ' ' + repr(result)))
    except Exception as error:
        print(plain(type(error).__name__ + ': ' + str(error)))
)";

std::string plain(const std::string& text) {
  static const std::regex address("0x[0-9a-f]+");
  return std::regex_replace(std::regex_replace(text, address, "0x"), std::regex("\n"), " ");
}

std::string answer(Scene& scene, const Operation& operation, const std::string& first, const std::string& second) {
  const Ref<> a = scene.make(first);
  const Ref<> b = scene.make(second);
  try {
    return plain(shown(*operation(scene, *a, *b)));
  } catch (const Error& error) {
    return plain(error.message().empty() ? std::string(error.what()) + ": " : error.what());
  }
}

struct Line {
  std::string operation, first, second;
  std::string ours;
};

void compare_with_python(const std::vector<Line>& lines) {
  std::ostringstream program;
  for (const Line& line : lines) program << line.operation << '\t' << line.first << '\t' << line.second << '\n';
  const std::vector<std::string> theirs = python_says(std::string(kClasses) + kEvaluate, program.str());
  REQUIRE(theirs.size() == lines.size());
  std::size_t differences = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].ours == theirs[i]) continue;
    INFO(lines[i].operation << " with a = " << lines[i].first << ", b = " << lines[i].second);
    CHECK(lines[i].ours == theirs[i]);
    if (++differences == 60) return;
  }
  CHECK(lines.size() > 500);
}

}  // namespace

TEST_CASE("objects of derived classes give what CPython's do, one by one", "[claim-O2]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Scene scene(fixture.rt);
  std::vector<Line> lines;
  for (const std::string& object : scene.all())
    for (const auto& [text, operation] : unary_operations())
      lines.push_back({text, object, "None", answer(scene, operation, object, "None")});
  compare_with_python(lines);
}

TEST_CASE("objects of derived classes give what CPython's do, in pairs", "[claim-O2]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Scene scene(fixture.rt);
  std::vector<Line> lines;
  for (const std::string& first : scene.all())
    for (const std::string& second : scene.all())
      for (const auto& [text, operation] : binary_operations())
        lines.push_back({text, first, second, answer(scene, operation, first, second)});
  compare_with_python(lines);
}

}  // namespace ouro::test
