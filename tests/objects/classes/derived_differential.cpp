// Classes that derive from built-in types, used by CPython and by us: every operation on every pair of objects, the
// attributes that they have, and what conversions give.
#include <ouro/ouro.h>
#include <support/fixture.h>
#include <support/python.h>
#include <support/tries.h>

#include <functional>
#include <map>
#include <random>
#include <regex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <objects/classes/derived_scene.h>

namespace ouro::test {

namespace {

/// `type(value).__name__ + repr(value)`, so that an int is told from one of a class.
std::string shown_with_type(Object& object) { return std::string(object.type->name) + ' ' + shown(object); }

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
    return plain(shown_with_type(*operation(scene, *a, *b)));
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
  std::mt19937 random(1);
  const auto is_tried = [&, one_in = static_cast<unsigned>(tried_one_in())] { return random() % one_in == 0; };
  for (const std::string& first : scene.all())
    for (const std::string& second : scene.all())
      for (const auto& [text, operation] : binary_operations())
        if (is_tried()) lines.push_back({text, first, second, answer(scene, operation, first, second)});
  compare_with_python(lines);
}

TEST_CASE("the attributes of objects of derived classes, and of the classes, are CPython's by name and repr", "[claim-O2]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Scene scene(fixture.rt);
  const auto of_object = [](std::string_view name) {
    return [name](Scene&, Object& a, Object&) { return get_attribute(a, *intern(builtins_of(a), name)); };
  };
  const auto of_class = [](std::string_view name) {
    return [name](Scene&, Object& a, Object&) { return get_attribute(*a.type, *intern(builtins_of(a), name)); };
  };
  std::vector<Line> lines;
  for (const char* const object : {"I(3)", "F(2.5)", "S('ab')", "T('ab')", "L('ab')", "D({'a': 1})", "LL('a')"}) {
    const Ref<List> names = dir(*scene.make(object));
    for (Object* const each : names->view()) {
      const std::string name(text(static_cast<Str&>(*each)));
      if (name == "__hash__" || name == "__doc__" || name == "__getattribute__")
        continue;  // as in attributes_differential.cpp
      lines.push_back({"a." + name, object, "None", answer(scene, of_object(name), object, "None")});
      lines.push_back({"type(a)." + name, object, "None", answer(scene, of_class(name), object, "None")});
    }
  }
  compare_with_python(lines);
}

}  // namespace ouro::test
