// The evaluator's statements, and the script that CPython runs.
#include <ouro/base/error.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/handle.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/errors/exception.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/operations/in_place.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <support/catch.h>
#include <support/evaluator.h>
#include <support/expression_reader.h>
#include <support/python.h>

#include <cctype>
#include <optional>
#include <regex>
#include <stdexcept>
#include <utility>

namespace ouro::test {

namespace {

/// One line, read and computed at the same time.
class LineReader : ExpressionReader {
 public:
  using ExpressionReader::ExpressionReader;

  Ref<> line() {
    if (take("del ")) return delete_target();
    const std::string_view begin = rest_;
    if (const std::optional<Ref<>> assigned = assignment()) return *assigned;
    rest_ = begin;
    Ref<> value = tuple_or_one();
    expect_end();
    return value;
  }

 private:
  /// A place that can be assigned to.
  struct Target {
    std::string name;  ///< of a variable, or of an attribute of `object`
    Ref<> object;
    Ref<> key;  ///< null: an attribute
  };

  /// Where the sign of an assignment stands outside brackets and texts; npos if the line is an expression.
  static std::size_t find_assignment(std::string_view line) {
    int depth = 0;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      if (quote != 0) {
        if (c == '\\') ++i;
        if (c == quote) quote = 0;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        ++depth;
      } else if (c == ')' || c == ']' || c == '}') {
        --depth;
      } else if (c == '=' && depth == 0) {
        const bool compares = line.substr(i + 1).starts_with('=') || (i > 0 && (line[i - 1] == '!' || line[i - 1] == '='));
        const bool orders = i > 0 && (line[i - 1] == '<' || line[i - 1] == '>') && !(i > 1 && line[i - 2] == line[i - 1]);
        if (!compares && !orders) return i;
        if (compares) ++i;
      }
    }
    return std::string_view::npos;
  }

  std::optional<Ref<>> assignment() {
    const std::size_t equals = find_assignment(rest_);
    if (equals == std::string_view::npos) return {};
    std::string_view left = rest_.substr(0, equals);
    const std::string_view right = rest_.substr(equals + 1);
    while (left.ends_with(' ')) left.remove_suffix(1);
    const std::optional<Operator> in_place = take_in_place(left);
    rest_ = left;
    const Target to = target();
    std::optional<Ref<>> old;
    if (in_place) old = read(to);
    rest_ = right;
    Ref<> value = tuple_or_one();
    expect_end();
    if (in_place) value = apply_in_place(*in_place, **old, *value);
    store(to, value);
    return make_none(builtins_);
  }

  static std::optional<Operator> take_in_place(std::string_view& left) {
    for (const Infix& infix : kInfixes) {
      if (!infix.arithmetic || !left.ends_with(infix.sign)) continue;
      left.remove_suffix(infix.sign.size());
      return infix.arithmetic;
    }
    return {};
  }

  Target target() {
    while (rest_.ends_with(' ')) rest_.remove_suffix(1);
    Target found;
    const std::string_view all = rest_;
    std::size_t last = 0;  // where the last `.name` or `[key]` begins
    int depth = 0;
    char quote = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const char c = all[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if ((c == '.' || c == '[' || c == '(') && depth == 0 && i > 0) {
        last = i;
      }
      if (quote == 0 && (c == '(' || c == '[' || c == '{')) ++depth;
      if (quote == 0 && (c == ')' || c == ']' || c == '}')) --depth;
    }
    if (last == 0) {
      found.name = std::string(all);
      return found;
    }
    rest_ = all.substr(0, last);
    found.object = expression(0);
    rest_ = all.substr(last + 1);
    if (all[last] == '.') {
      found.name = std::string(word());
    } else {
      found.key = subscript_key();
    }
    return found;
  }

  Ref<> read(const Target& from) {
    if (!from.object) return named(from.name);
    if (from.key) return get_item(*from.object, *from.key);
    return get_attribute(*from.object, *intern(builtins_, from.name));
  }
  void store(const Target& to, const Ref<>& value) {
    if (!to.object) {
      names_[to.name] = value;
    } else if (to.key) {
      set_item(*to.object, *to.key, *value);
    } else {
      set_attribute(*to.object, *intern(builtins_, to.name), *value);
    }
  }
  Ref<> delete_target() {
    const Target from = target();
    if (!from.object) {
      names_.erase(from.name);
    } else if (from.key) {
      delete_item(*from.object, *from.key);
    } else {
      delete_attribute(*from.object, *intern(builtins_, from.name));
    }
    return make_none(builtins_);
  }
};

/// Reads pairs of lines, a program; prints one answer a line.
constexpr const char* kScript = R"(
import re, sys
sys.stdout.reconfigure(encoding='utf-8', errors='backslashreplace')
def plain(text):
    return re.sub('0x[0-9a-f]{6,}', '0x', text).replace('\n', ' ').replace('\r', ' ')
program = open(sys.argv[1], encoding='utf-8', newline='\n').read()
prelude, lines = program.split('\n# lines\n')
names = {'__name__': '__main__'}
exec(prelude, names)
for line in lines.split('\n')[:-1]:
    try:
        try:
            code = compile(line, 'line', 'eval')
        except SyntaxError:
            exec(compile(line, 'line', 'exec'), names)
            print('None')
            continue
        print(plain(repr(eval(code, names))))
    except BaseException as error:
        print(plain(type(error).__name__ + ': ' + str(error)))
)";

std::string plain(const std::string& text) {
  if (text.find("0x") == std::string::npos && text.find_first_of("\n\r") == std::string::npos) return text;
  static const std::regex address("0x[0-9a-f]{6,}");
  return std::regex_replace(std::regex_replace(text, address, "0x"), std::regex("[\n\r]"), " ");
}

}  // namespace

Evaluator::Evaluator(Builtins& builtins) : builtins_(builtins) {
  for_each_immortal_type(*builtins.immortals, [&](const Type& type) {
    if (type.slots != nullptr) names_.emplace(std::string(type.name), share(const_cast<Type&>(type)));
  });
  const Ref<Dict> known = builtin_functions(builtins);
  for (const auto [name, value] : known) names_[std::string(text(static_cast<const Str&>(name)))] = share(value);
}

void Evaluator::name(const std::string& name, Ref<> value, const std::string& python) {
  names_[name] = std::move(value);
  prelude_ += python.find('\n') == std::string::npos && !python.starts_with("import ") && !python.starts_with("from ")
                  ? name + " = " + python + "\n"
                  : python + "\n";
}

Ref<> Evaluator::evaluate(const std::string& line) { return LineReader(builtins_, names_, line).line(); }

std::string Evaluator::run(const std::string& line) {
  try {
    const Ref<> value = evaluate(line);
    return plain(std::string(text(*ouro::repr(*value))));
  } catch (const Error& error) {
    return plain(error.message().empty() ? std::string(error.what()) + ": " : std::string(error.what()));
  }
}

void compare_lines_with_python(
    Evaluator& evaluator, const std::vector<std::string>& lines,
    const std::function<bool(const std::string& line, const std::string& ours, const std::string& pythons)>& explained) {
  std::string program = evaluator.prelude() + "\n# lines\n";
  for (const std::string& line : lines) program += line + "\n";
  const std::vector<std::string> theirs = python_says(kScript, program);
  REQUIRE(theirs.size() == lines.size());
  std::size_t differences = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string ours = evaluator.run(lines[i]);
    if (ours == theirs[i] || (explained && explained(lines[i], ours, theirs[i]))) continue;
    INFO(lines[i]);
    CHECK(ours == theirs[i]);
    if (++differences == 40) return;
  }
}

void compare_lines_with_python(Evaluator& evaluator, std::initializer_list<const char*> lines) {
  compare_lines_with_python(evaluator, std::vector<std::string>(lines.begin(), lines.end()));
}

}  // namespace ouro::test
