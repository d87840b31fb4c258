// Methods and properties of the built-in types as attributes, read and called by CPython and by us: names, reprs, results,
// errors.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/range.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/text/intern.h>
#include <support/python.h>

#include <functional>
#include <map>
#include <random>
#include <regex>
#include <sstream>

#include <objects/probe.h>

namespace ouro::test {

namespace {

/// What an expression of Python stands for here. Each is made anew for each line.
class Expressions {
 public:
  explicit Expressions(Builtins& builtins) : builtins_(builtins) {
    const auto number = [&](std::int64_t value) { return [this, value] { return Ref<>(make_int(builtins_, value)); }; };
    for (const std::int64_t value : {-1, 0, 1, 3, 7, 300}) makers_[std::to_string(value)] = number(value);
    for (const char* const text : {"", "a", "b", "a b a", "ABC", "\303\251t\303\251"})
      makers_["'" + std::string(text) + "'"] = [this, text] { return Ref<>(make_str(builtins_, text)); };
    makers_["10**20"] = [this] { return Ref<>(int_from_text(builtins_, "100000000000000000000")); };
    makers_["True"] = [this] { return make_bool(builtins_, true); };
    makers_["2.5"] = [this] { return Ref<>(make_float(builtins_, 2.5)); };
    makers_["-0.5"] = [this] { return Ref<>(make_float(builtins_, -0.5)); };
    makers_["None"] = [this] { return make_none(builtins_); };
    makers_["[]"] = [this] { return Ref<>(make_list(builtins_)); };
    makers_["[3, 1, 2]"] = [this] { return numbers({3, 1, 2}); };
    makers_["['a', 'b']"] = [this] { return Ref<>(make_list(builtins_, {text("a").get(), text("b").get()})); };
    makers_["(1, 3)"] = [this] { return Ref<>(tuple_from(*numbers({1, 3}))); };
    makers_["()"] = [this] { return Ref<>(tuple_from(*numbers({}))); };
    makers_["{}"] = [this] { return Ref<>(make_dict(builtins_)); };
    makers_["{'a': 1, 3: 'b'}"] = [this] {
      Ref<Dict> made = make_dict(builtins_);
      made->set(*text("a"), *make_int(builtins_, 1));
      made->set(*make_int(builtins_, 3), *text("b"));
      return Ref<>(made);
    };
    makers_["range(1, 10, 3)"] = [this] { return Ref<>(make_range(builtins_, 1, 10, 3)); };
    makers_["range(0)"] = [this] { return Ref<>(make_range(builtins_, 0)); };
    makers_["iter([3, 1])"] = [this] { return iterate(*numbers({3, 1})); };
    makers_["iter(range(2))"] = [this] { return iterate(*make_range(builtins_, 2)); };
    makers_["object()"] = [this] { return call(builtins_.type(Kind::kObject), {}); };
    makers_["[3, 1].append"] = [this] { return get_attribute(*numbers({3, 1}), *text("append")); };
    makers_["(5).__add__"] = [this] { return get_attribute(*make_int(builtins_, 5), *text("__add__")); };
    makers_["list.append"] = [this] { return get_attribute(builtins_.type(Kind::kList), *text("append")); };
    for (const Kind kind : {Kind::kInt, Kind::kFloat, Kind::kStr, Kind::kList, Kind::kTuple, Kind::kDict, Kind::kBool,
                            Kind::kObject, Kind::kRange, Kind::kType})
      makers_[std::string(builtins_.type(kind).name)] = [this, kind] { return share<Object>(builtins_.type(kind)); };
  }

  [[nodiscard]] Ref<> make(const std::string& expression) const { return makers_.at(expression)(); }
  [[nodiscard]] std::vector<std::string> all() const {
    std::vector<std::string> names;
    for (const auto& [name, maker] : makers_) names.push_back(name);
    return names;
  }
  [[nodiscard]] Ref<Str> text(std::string_view value) const { return intern(builtins_, value); }

 private:
  [[nodiscard]] Ref<> numbers(std::initializer_list<std::int64_t> values) const {
    Ref<List> made = make_list(builtins_);
    for (const std::int64_t value : values) made->append(*make_int(builtins_, value));
    return made;
  }

  Builtins& builtins_;
  std::map<std::string, std::function<Ref<>()>> makers_;
};

/// A line of the program: an object, the name of an attribute, and arguments if it is to be called.
struct Line {
  std::string object, name;
  std::vector<std::string> arguments;
  std::vector<std::pair<std::string, std::string>> keywords;
  bool is_call = false;
};

std::string program_of(const std::vector<Line>& lines) {
  std::ostringstream out;
  for (const Line& line : lines) {
    out << line.object << '\t' << line.name;
    if (line.is_call) out << "\tcall";
    for (const std::string& argument : line.arguments) out << '\t' << argument;
    for (const auto& [name, value] : line.keywords) out << '\t' << name << '=' << value;
    out << '\n';
  }
  return out.str();
}

constexpr const char* kScript = R"(
import re, sys
sys.stdout.reconfigure(encoding='utf-8')
def plain(text):
    return re.sub('0x[0-9a-f]+', '0x', text).replace('\\n', ' ')
for line in open(sys.argv[1], encoding='utf-8'):
    parts = line.rstrip('\n').split('\t')
    given = eval(parts[0])
    try:
        result = getattr(given, parts[1])
        if len(parts) > 2:
            arguments = [eval(part) for part in parts[3:] if '=' not in part]
            keywords = {part.split('=')[0]: eval(part.split('=')[1]) for part in parts[3:] if '=' in part}
            result = result(*arguments, **keywords)
        print(plain(repr(result) + ' ' + repr(given)))
    except Exception as error:
        print(plain(type(error).__name__ + ': ' + str(error) + ' ' + repr(given)))
)";

/// As `plain` in the script.
std::string plain(const std::string& text) {
  static const std::regex address("0x[0-9a-f]+");
  return std::regex_replace(std::regex_replace(text, address, "0x"), std::regex("\n"), " ");
}

Ref<> run(const Expressions& expressions, Object& given, const Line& line) {
  const Ref<> attribute = get_attribute(given, *expressions.text(line.name));
  if (!line.is_call) return attribute;
  std::vector<Ref<>> held;
  std::vector<Object*> positional, names, values;
  const auto hold = [&](Ref<> made) { return held.push_back(std::move(made)), held.back().get(); };
  for (const std::string& argument : line.arguments) positional.push_back(hold(expressions.make(argument)));
  for (const auto& [name, value] : line.keywords) {
    names.push_back(hold(expressions.text(name)));
    values.push_back(hold(expressions.make(value)));
  }
  return call(*attribute, {positional, names, values});
}

std::string answer(const Expressions& expressions, const Line& line) {
  const Ref<> given = expressions.make(line.object);
  std::string result;
  try {
    result = shown(*run(expressions, *given, line));
  } catch (const Error& error) {
    result = error.what();
    if (error.message().empty()) result += ": ";
  }
  return plain(result + " " + shown(*given));
}

/// The names that the types of an object's MRO have here.
std::vector<std::string> names_of(Object& object) {
  std::vector<std::string> names;
  const Ref<List> all = dir(object);
  for (Object* const name : all->view()) names.emplace_back(text(static_cast<Str&>(*name)));
  return names;
}

void compare_with_python(const Expressions& expressions, const std::vector<Line>& lines) {
  const std::vector<std::string> theirs = python_says(kScript, program_of(lines));
  REQUIRE(theirs.size() == lines.size());
  std::size_t shown_differences = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string ours = answer(expressions, lines[i]);
    if (ours == theirs[i]) continue;
    INFO(program_of({lines[i]}));
    CHECK(ours == theirs[i]);
    if (++shown_differences == 40) return;
  }
}

/// What depends on keys, addresses or layouts; docs, which are ours; which types have a `__getattribute__` of their own; and
/// what copying/reduce.cpp compares.
bool is_comparable(const std::string& name) {
  for (const char* const other :
       {"__hash__", "__doc__", "__text_signature__", "__getattribute__", "__sizeof__", "__basicsize__", "__itemsize__",
        "__dictoffset__", "__weakrefoffset__", "__flags__", "__dir__", "__reduce__", "__reduce_ex__", "__getstate__"})
    if (name == other) return false;
  return true;
}

}  // namespace

TEST_CASE("an attribute of a built-in type is CPython's, by name and repr, on the type and on its objects", "[claim-O2]") {
  if (!have_python_or_skip()) return;
  World world;
  const Expressions expressions(world.builtins);
  std::vector<Line> lines;
  for (const std::string& object : expressions.all()) {
    for (const std::string& name : names_of(*expressions.make(object)))
      if (is_comparable(name) && name != "__dict__")  // whose order is that of CPython's sources
        lines.push_back({object, name, {}, {}, false});
    lines.push_back({object, "no_such_attribute", {}, {}, false});
  }
  compare_with_python(expressions, lines);
}

TEST_CASE("a method of a built-in type takes, refuses and gives what CPython's does", "[claim-O2]") {
  if (!have_python_or_skip()) return;
  World world;
  const Expressions expressions(world.builtins);
  const std::vector<std::string> all = expressions.all();
  std::mt19937 random(11);
  const auto any_of = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  std::vector<Line> lines;
  for (const std::string& object : all) {
    for (const std::string& name : names_of(*expressions.make(object))) {
      // CPython would not come to an end with 300 ** 10**20; numbers/pow.cpp compares powers.
      // Classes of CPython's own modules derive from `type`.
      if (!is_comparable(name) || name == "__class__" || name == "__pow__" || name == "__rpow__") continue;
      if (name == "__subclasses__") continue;
      for (std::size_t count = 0; count < 12; ++count) {
        Line line{object, name, {}, {}, true};
        for (std::size_t i = 0; i < count % 4; ++i) line.arguments.push_back(any_of(all));
        if (count == 11) line.keywords.emplace_back("key", any_of(all));
        lines.push_back(std::move(line));
      }
    }
  }
  compare_with_python(expressions, lines);
}

}  // namespace ouro::test
