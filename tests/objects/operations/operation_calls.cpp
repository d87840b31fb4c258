// Every operation of the table (operations.table) with random arguments, here and in CPython: the same answer, or the same
// error, and the same object afterwards. OURO_CASES says how many calls, OURO_SEED which.
#include <support/python.h>
#include <support/tries.h>

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <regex>
#include <set>

#include <objects/operations/operation_scene.h>
#include <objects/operations/operation_table.h>

#ifndef OURO_OPERATION_TABLE
#error "tests/CMakeLists.txt says where operations.table is"
#endif

namespace ouro::test {

namespace {

/// A call, and the expression for the object that it is made with; empty: the same as that of the call before.
struct OperationCall {
  std::string maker, line, form;
};

/// Makes up calls, each form of each operation as often as any other.
class OperationCalls {
 public:
  OperationCalls(const OperationTable& table, std::size_t seed) : table_(table), random_(seed) {}

  [[nodiscard]] std::vector<OperationCall> some(std::size_t count) {
    std::vector<OperationCall> made;
    while (made.size() < count) {
      if (next_ == table_.rows.size()) next_ = 1;
      const OperationRows& rows = table_.rows[next_++];
      for (const std::string& form : shuffled_forms(rows)) {
        const bool is_new = !rows.makers.empty() && (made.empty() || random_() % 2 == 0 || &rows != last_);
        const bool is_initialised_again = form.starts_with("x.__init__");  // nothing is known of the object afterwards
        last_ = is_initialised_again ? nullptr : &rows;
        made.push_back({is_new ? any_of(rows.makers) : "", filled(form), rows.name + " " + form});
      }
    }
    made.resize(count);
    return made;
  }

 private:
  [[nodiscard]] std::vector<std::string> shuffled_forms(const OperationRows& rows) {
    std::vector<std::string> forms;
    const auto add = [&](const OperationRows& of) {
      for (const Operation& operation : of.operations)
        forms.insert(forms.end(), operation.calls.begin(), operation.calls.end());
    };
    add(rows);
    if (!rows.makers.empty()) add(table_.every());
    std::shuffle(forms.begin(), forms.end(), random_);
    return forms;
  }
  [[nodiscard]] const std::string& any_of(const std::vector<std::string>& from) { return from[random_() % from.size()]; }

  /// The form with a value for each word that is a kind of arguments.
  [[nodiscard]] std::string filled(const std::string& form) {
    std::string line;
    std::size_t at = 0;
    while (at < form.size()) {
      std::size_t end = at;
      while (end < form.size() && ((form[end] >= 'A' && form[end] <= 'Z') || (end > at && form[end] == '2'))) ++end;
      const auto kind = table_.kinds.find(form.substr(at, end - at));
      const bool is_word =
          end > at && (at == 0 || (std::isalnum(static_cast<unsigned char>(form[at - 1])) == 0 && form[at - 1] != '_'));
      if (is_word && kind != table_.kinds.end()) {
        line += value_of(kind->second);
        at = end;
      } else {
        line += form[at++];
      }
    }
    return line;
  }
  [[nodiscard]] const std::string& value_of(const ArgumentKind& kind) {
    if (kind.is_closed || random_() % 8 != 0) return any_of(kind.values);
    return any_of(table_.kinds.at(random_() % 2 == 0 ? "ANY" : "ANY2").values);
  }

  const OperationTable& table_;
  std::mt19937_64 random_;
  std::size_t next_ = 1;
  const OperationRows* last_ = nullptr;
};

/// Answers a line each: what the call gives, and its object afterwards.
constexpr const char* kOperationScript = R"(
import re, sys
sys.stdout.reconfigure(encoding='utf-8', errors='backslashreplace')
def plain(text):
    return re.sub('0x[0-9a-f]{6,}', '0x', text).replace('\n', ' ').replace('\r', ' ')
def in_order(text):  # the elements of sets and of what __reduce__ gives for one, whose order hashes decide
    return re.sub(r'(\{|set\'>, \(\[)([^{}:\[\]]*)(?=[}\]])',
                  lambda found: found[1] + ', '.join(sorted(found[2].split(', '))), text)
def answer(act):
    try: return plain(repr(act()))
    except BaseException as error: return plain(type(error).__name__ + ': ' + str(error))
program = open(sys.argv[1], encoding='utf-8', newline='\n').read()
prelude, lines = program.split('\n# lines\n')
names = {'__name__': '__main__'}
exec(prelude, names)
names['x'] = None
def run(line):
    try: code = compile(line, 'line', 'eval')
    except SyntaxError: return exec(compile(line, 'line', 'exec'), names)
    return eval(code, names)
for line in lines.split('\n')[:-1]:
    maker, call = line.split('\t')
    made = ''
    if maker: made = answer(lambda: run('x = ' + maker))
    given = made if made not in ('', 'None') else answer(lambda: run(call))
    print(in_order(given), in_order(answer(lambda: names['x'])), sep='\t')
)";

/// The text with the elements of sets in the order of their texts, as `in_order` of the script.
std::string in_order(const std::string& text) {
  static const std::regex set(R"((\{|set'>, \(\[)([^{}:\[\]]*)(?=[}\]]))");
  std::string made;
  auto last = text.cbegin();
  for (std::sregex_iterator found(text.begin(), text.end(), set), end; found != end; ++found) {
    std::vector<std::string> elements = parts_of((*found)[2].str(), ", ");
    std::ranges::sort(elements);
    made.append(last, (*found)[2].first);
    made += fmt::format("{}", fmt::join(elements, ", "));
    last = (*found)[2].second;
  }
  return made.append(last, text.cend());
}

/// What the evaluator answers to a call.
std::string our_answer(Evaluator& evaluator, const OperationCall& call) {
  const auto run = [&](const std::string& line) {
    try {
      return evaluator.run(line);
    } catch (const std::runtime_error& error) {
      return std::string("the evaluator: ") + error.what();
    }
  };
  const std::string made = call.maker.empty() ? "None" : run("x = " + call.maker);
  std::string answer = made != "None" ? made : run(call.line);
  return in_order(answer) + "\t" + in_order(run("x"));
}

/// What differed, by form.
class Differences {
 public:
  explicit Differences(const OperationTable& table) {
    for (const KnownDifference& known : table.known) known_.emplace_back(known.pattern);
  }

  /// True if the answers differ without a known reason.
  bool note(const OperationCall& call, const std::string& maker, const std::string& ours, const std::string& pythons) {
    const std::string said = maker + " : " + call.line + " => " + pythons + " => " + ours;
    for (const std::regex& each : known_) {
      if (!std::regex_search(said, each)) continue;
      ++explained;
      return false;
    }
    ++unexplained;
    if (forms_.insert(call.form).second && forms_.size() < 400)
      report += fmt::format("x = {}; {}\n  ours:   {}\n  Python: {}\n  form:   {}\n", maker, call.line, ours.substr(0, 300),
                            pythons.substr(0, 300), call.form);
    return true;
  }

  std::size_t explained = 0, unexplained = 0;
  std::string report;  ///< the first one of each form

 private:
  std::vector<std::regex> known_;
  std::set<std::string> forms_;
};

/// Runs the calls on both sides. After a difference the same object is looked at no more: it may differ, too.
void compare_calls(Evaluator& evaluator, const std::vector<OperationCall>& calls, Differences& differences) {
  std::string program = evaluator.prelude() + "\n# lines\n";
  for (const OperationCall& call : calls) program += call.maker + "\t" + call.line + "\n";
  const std::vector<std::string> theirs = python_says(kOperationScript, program);
  REQUIRE(theirs.size() == calls.size());
  bool is_same = true;
  std::string maker;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (!calls[i].maker.empty()) maker = calls[i].maker, is_same = true;
    const std::string ours = our_answer(evaluator, calls[i]);
    if (!is_same || ours == theirs[i]) continue;
    is_same = false;
    static_cast<void>(differences.note(calls[i], maker, ours, theirs[i]));
  }
}

}  // namespace

TEST_CASE("every operation of every built-in type does with any arguments what CPython's does", "[operations]") {
  if (!have_python_or_skip()) return;
  const OperationTable table = read_operation_table(OURO_OPERATION_TABLE);
  const std::size_t seed = number_from("OURO_SEED", std::size_t{1});
  std::size_t left = number_from("OURO_CASES", static_cast<std::size_t>(tries(20000)));
  OperationCalls calls(table, seed);
  Differences differences(table);
  for (std::size_t batch = 0; left > 0; left -= batch) {
    batch = std::min<std::size_t>(left, 20000);
    Fixture fixture;
    Evaluator evaluator(fixture.rt.builtins());
    name_operation_scene(evaluator, fixture.rt);
    compare_calls(evaluator, calls.some(batch), differences);
  }
  INFO("seed " << seed << ", " << differences.explained << " known differences\n" << differences.report);
  CHECK(differences.unexplained == 0);
}

TEST_CASE("answers that random calls found to differ are CPython's", "[operations]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_operation_scene(evaluator, fixture.rt);
  compare_lines_with_python(evaluator, {"x = memoryview(bytearray(b'abcdefgh')).cast('h')",
                                        "x.cast('I', ['a'])",
                                        "x.cast('', ['a'])",
                                        "x.cast('B', 5)",
                                        "memoryview(b'abc').cast('H', ['a'])",
                                        "memoryview(b'abcd').cast('B', [0, 'a'])",
                                        "memoryview(b'abcd').cast('B', ['a', 0])",
                                        "memoryview(b'abcd').cast('i', [2**61])",
                                        "memoryview(b'abcd').cast('B', [1] * 65)",
                                        "memoryview(b'abcd').cast('B', [2, 2]).cast('B', [2, 2])",
                                        "WeakValueDictionary().pop([], 1)",
                                        "WeakValueDictionary().pop([])",
                                        "WeakValueDictionary({1: point}).pop([], 1)",
                                        "WeakValueDictionary({1: point}).pop(1, 2) is point",
                                        "WeakValueDictionary({1: point}).pop(2, 3)",
                                        "WeakKeyDictionary().pop(point, 1)",
                                        "WeakKeyDictionary().pop([], 1)",
                                        "WeakKeyDictionary({point: 1}).pop(point, 2)",
                                        "point.a = 1",
                                        "'a' in dir(super(Point, point))",
                                        "'f' in dir(super(Point, point))",
                                        "point.__name__ = 'n'",
                                        "repr(WeakMethod(point.f))[-5:]",
                                        "repr(ref(point))[-5:]",
                                        "Base.f.b = 1",
                                        "'b' in dir(point.f)",
                                        "plain.__defaults__ = ()",
                                        "plain.__defaults__",
                                        "plain(1)",
                                        "plain.__defaults__ = (1, 2, 3)",
                                        "plain.__defaults__",
                                        "plain()",
                                        "plain.__defaults__ = None",
                                        "plain.__defaults__",
                                        "plain.__kwdefaults__ = {'z': 1}",
                                        "plain.__kwdefaults__",
                                        "plain.__kwdefaults__ = 5",
                                        "x = bytearray(b'abc')",
                                        "x[0:1] = 2.5",
                                        "x[0:1] = 1j",
                                        "x[0:1] = None",
                                        "x[0:0:0] = 2.5",
                                        "[2, 1].sort(reverse=2**31)",
                                        "[2, 1].sort(reverse=2**70)",
                                        "sorted([2, 1], reverse=-2**31)",
                                        "type(None, (), {})",
                                        "ExceptionGroup(None, 5)",
                                        "UnicodeDecodeError(None, b'', 0, 1, 'a')"});
}

TEST_CASE("weak references are allowed to what CPython allows them to, and to nothing else", "[weak]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_operation_scene(evaluator, fixture.rt);
  std::vector<std::string> lines{"x = object"};
  for (const OperationRows& rows : read_operation_table(OURO_OPERATION_TABLE).rows) {
    for (const std::string& maker : rows.makers) {
      lines.push_back("x = " + maker);
      for (const char* const line :
           {"ref(x)() is x", "ref(x) is ref(x)", "proxy(x) is proxy(x)", "x in WeakSet()", "WeakKeyDictionary({x: 1})[x]",
            "WeakValueDictionary({1: x})[1] is x", "len(WeakSet([x]))", "finalize(x, len).alive",
            "ref(type(x))() is type(x)", "ref(type(x), len)() is type(x)", "ref(x, len)() is x"})
        lines.emplace_back(line);
    }
  }
  compare_lines_with_python(evaluator, lines);
}

}  // namespace ouro::test
