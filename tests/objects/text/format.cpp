// format(), format specifications, str.format, str.format_map, the operator % of str and ascii(), beside CPython's.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/format_value.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/str_builder.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python_oracle.h>

#include <objects/world.h>

namespace ouro::test {

namespace {

/// Makes up specifications: mostly good ones, and some that are not.
constexpr const char* kSpecs = R"(
def spec(types):
    s = ''
    if rng.randrange(3) == 0: s += rng.choice(['', '*', '0', 'é', '日', '<', ' ']) + rng.choice('<>=^')
    if rng.randrange(3) == 0: s += rng.choice('+- ')
    if rng.randrange(8) == 0: s += 'z'
    if rng.randrange(4) == 0: s += '#'
    if rng.randrange(4) == 0: s += '0'
    if rng.randrange(2) == 0: s += str(rng.choice([0, 1, 2, 5, 8, 10, 13, 20, 33]))
    if rng.randrange(4) == 0: s += rng.choice([',', '_', ',', '_', ',_', '_,', '__'])
    if rng.randrange(2) == 0: s += '.' + rng.choice(['0', '1', '2', '3', '6', '10', '16', '17', '18', '25', '60', '', '330'])
    if rng.randrange(5): s += rng.choice(types)
    if rng.randrange(30) == 0: s += rng.choice(['x', ' ', 'é', '.', '1'])
    return s
)";

/// Compares `format(value, spec)`; the value is made of the first field.
void compare_formats(const std::string& script, std::size_t cases, const std::function<Ref<>(const PythonCase&)>& value_of) {
  compare_with_python(kSpecs + script, cases, [&](const PythonCase& test) {
    const Ref<> value = value_of(test);
    return Verdict{outcome_of([&] { return std::string(text(*format(*value, test.text(1)))); }), test.text(2)};
  });
}

/// The function format() of two arguments, and ascii().
void add_functions(Evaluator& evaluator) {
  Builtins& builtins = evaluator.builtins();
  evaluator.name("format", make_function(builtins, "format", [](Object& value, Object& spec) {
                   return Ref<>(format(value, static_cast<Str&>(spec)));
                 }));
  evaluator.name("ascii", make_function(builtins, "ascii", [](Object& value) { return Ref<>(ascii(value)); }));
}

}  // namespace

TEST_CASE("floats are formatted digit for digit as CPython formats them", "[text][cpython]") {
  World world;
  compare_formats(R"(
for _ in range(25000):
    x = real()
    s = spec('eEfFgGn%gfeg')
    case(x, s, outcome(lambda: format(x, s)))
)",
                  25'000, [&](const PythonCase& test) { return make_float(world.builtins, test.real(0)); });
}

TEST_CASE("ties and long digits are rounded as CPython rounds them", "[text][cpython]") {
  World world;
  compare_formats(R"(
for _ in range(20000):
    kind = rng.randrange(3)
    x = rng.randrange(-4000, 4000) / rng.choice([2, 4, 8, 16, 64, 1024])
    if kind == 1: x = float('%de%d' % (rng.randrange(1, 10**rng.randrange(1, 18)), rng.randrange(-330, 300)))
    if kind == 2: x = (2 * rng.randrange(2**40) + 1) * 2.0**rng.randrange(-60, 20)
    s = '.%d%s' % (rng.randrange(25), rng.choice('efg'))
    case(x, s, format(x, s))
for x in (5e-324, 1.7976931348623157e308, 2.2250738585072014e-308, 0.1, 1/3, 123456789.125, 0.0):
    for precision in (0, 1, 17, 100, 323, 324, 340, 750, 766, 767, 768, 1074, 1080, 1200):
        for kind in 'efg':
            for alternate in ('', '#'):
                s = '%s.%d%s' % (alternate, precision, kind)
                case(x, s, format(x, s))
)",
                  20'500, [&](const PythonCase& test) { return make_float(world.builtins, test.real(0)); });
}

TEST_CASE("ints are formatted as CPython formats them", "[text][cpython]") {
  World world;
  compare_formats(R"(
for _ in range(20000):
    n = rng.choice([integer(), rng.randrange(-300, 300), rng.randrange(-10**9, 10**9)])
    s = spec('bcdoxXneEfFgG%sdxd')
    expected = outcome(lambda: format(n, s))
    if not any('\ud800' <= c <= '\udfff' for c in expected): case(str(n), s, expected)
)",
                  19'000, [&](const PythonCase& test) { return int_from_text(world.builtins, test.text(0)); });
}

TEST_CASE("strs are formatted as CPython formats them", "[text][cpython]") {
  World world;
  compare_formats(R"(
for _ in range(10000):
    word = ''.join(rng.choice('ab é日🐍') for _ in range(rng.randrange(12)))
    s = spec('sssssssd')
    case(word, s, outcome(lambda: format(word, s)))
)",
                  10'000, [&](const PythonCase& test) { return make_str(world.builtins, test.text(0)); });
}

TEST_CASE("complex numbers are formatted as CPython formats them", "[text][cpython]") {
  World world;
  compare_with_python(std::string(kSpecs) + R"(
for _ in range(10000):
    z = complex(rng.choice([0.0, real()]), real())
    s = spec('eEfFgGn%gfs')
    if s: case(z.real, z.imag, s, outcome(lambda: format(z, s)))
)",
                      9'000, [&](const PythonCase& test) {
                        return Verdict{outcome_of([&] {
                                         StrBuilder result(world.builtins);
                                         detail::append_formatted_complex(result, world.builtins, test.real(0), test.real(1),
                                                                          test.text(2), "complex");
                                         return std::string(result.view());
                                       }),
                                       test.text(3)};
                      });
}

TEST_CASE("the operator % formats numbers as CPython's does", "[text][cpython]") {
  World world;
  compare_with_python(R"(
for _ in range(20000):
    x = real() if rng.randrange(2) else float(rng.randrange(-100000, 100000))
    n = rng.choice([integer(), rng.randrange(-300, 300)])
    s = '%' + ''.join(rng.choice('-+ #0') for _ in range(rng.randrange(4)))
    s += rng.choice(['', '', '5', '12', '30']) + rng.choice(['', '', '.0', '.', '.3', '.12'])
    real_or_int = rng.randrange(2)
    s += rng.choice('eEfFgGdi') if real_or_int else rng.choice('diouxXeg')
    value = x if real_or_int else n
    case(real_or_int, x, str(n), s, outcome(lambda: '<' + s % value + '>'))
)",
                      20'000, [&](const PythonCase& test) {
                        const Ref<> value = test.integer(0) != 0 ? Ref<>(make_float(world.builtins, test.real(1)))
                                                                 : Ref<>(int_from_text(world.builtins, test.text(2)));
                        const Ref<Str> pattern = make_str(world.builtins, test.text(3));
                        return Verdict{
                            outcome_of([&] { return '<' + std::string(text(*format_percent(*pattern, *value))) + '>'; }),
                            test.text(4)};
                      });
}

TEST_CASE("format and its specifications answer as CPython's do", "[text][cpython]") {
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_functions(evaluator);
  const std::vector<std::string> values = {
      "3",   "-42",          "True",          "10**30",  "-10**30", "2.5", "-0.0", "1e300",  "10**400", "1.5-2j",
      "3j",  "'abc'",        "'é日'",         "''",      "None",    "[1]", "{}",   "(1, 2)", "int",     "object()",
      "233", "float('nan')", "float('-inf')", "1114112", "range(3)"};
  const std::vector<std::string> specs = {"",
                                          "d",
                                          "s",
                                          "5",
                                          "<5",
                                          "=5",
                                          "^7",
                                          "*^9",
                                          "+",
                                          " ",
                                          "z",
                                          "#",
                                          "010",
                                          "=10",
                                          ",",
                                          "_",
                                          ",d",
                                          "_x",
                                          ",x",
                                          "#_b",
                                          "c",
                                          "+c",
                                          "#c",
                                          "é",
                                          "é<9",
                                          "n",
                                          ",n",
                                          "%",
                                          ".2%",
                                          ".3",
                                          ".",
                                          ".f",
                                          "xx",
                                          "1x2",
                                          "__",
                                          "+s",
                                          " s",
                                          "zs",
                                          "#s",
                                          "=s",
                                          ".1s",
                                          ".0",
                                          "z.0f",
                                          "09,.2f",
                                          "_.1f",
                                          "99999999999999999999",
                                          ".99999999999999999999f",
                                          ".2147483648f",
                                          "\\u0665d",
                                          "x",
                                          "X",
                                          "#X",
                                          "#o",
                                          "b",
                                          "e",
                                          "E",
                                          "g",
                                          "G",
                                          "F",
                                          "r",
                                          "\\x00",
                                          "{",
                                          "<<5",
                                          "0=5",
                                          "0<5",
                                          "00005",
                                          "-",
                                          "-5",
                                          "+,",
                                          "z,",
                                          "zd",
                                          "0_",
                                          "012_d",
                                          "013,",
                                          "z+"};
  std::vector<std::string> lines;
  for (const std::string& value : values)
    for (const std::string& spec : specs) {
      lines.push_back("format(" + value + ", '" + spec + "')");
      lines.push_back('(' + value + ").__format__('" + spec + "')");
    }
  for (const char* const line :
       {"(3).__format__(3)", "'a'.__format__(None)", "(2.5).__format__()", "object().__format__(1)",
        "int.__format__(3, 'x')", "int.__format__('a', 'x')", "object.__format__(3, '')", "object.__format__(3, 'x')",
        "str.__format__", "int.__format__", "object.__format__", "bool.__format__(True, 'd')", "(1).__format__",
        "ascii('é')", "ascii('日\\U0001f40d\\n\\'')", "ascii(['é', 1])", "ascii('abc')", "ascii(None)"})
    lines.emplace_back(line);
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("str.format and str.format_map answer as CPython's do", "[text][cpython]") {
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  const std::vector<std::string> patterns = {"",
                                             "text",
                                             "{}",
                                             "{} {}",
                                             "{0} {1} {0}",
                                             "{a}",
                                             "{a} {b}",
                                             "{0} {}",
                                             "{} {0}",
                                             "{a} {}",
                                             "{0.real}",
                                             "{0.nothing}",
                                             "{0[0]}",
                                             "{0[1]}",
                                             "{0[a]}",
                                             "{0[-1]}",
                                             "{a[x]}",
                                             "{a.b.c}",
                                             "{0[0][0]}",
                                             "{0[}",
                                             "{0[]}",
                                             "{0.}",
                                             "{0..x}",
                                             "{.real}",
                                             "{[0]}",
                                             "{[a]}",
                                             "{0[0]x}",
                                             "{0[0].real}",
                                             "{{}}",
                                             "{{{}}}",
                                             "{",
                                             "}",
                                             "{{",
                                             "}}",
                                             "a}b",
                                             "a{b",
                                             "{}}",
                                             "{{}",
                                             "{!r}",
                                             "{!s} {!a}",
                                             "{!x}",
                                             "{!}",
                                             "{!r",
                                             "{!",
                                             "{!rr}",
                                             "{!r:}",
                                             "{!r:>9}",
                                             "{:>9}",
                                             "{:{}}",
                                             "{:{}{}}",
                                             "{:{a}}",
                                             "{0:{1}}",
                                             "{:{:{}}}",
                                             "{:{{}}}",
                                             "{:{",
                                             "{:}",
                                             "{:}}",
                                             "{:x}",
                                             "{:d}",
                                             "{:s}",
                                             "{:.1f}",
                                             "{a!s:^9}|{b!r:<9}|",
                                             "{99999999999999999999}",
                                             "{10}",
                                             "{-1}",
                                             "{ }",
                                             "{a b}",
                                             "{\\u0661}",
                                             "{0[\\u0661]}",
                                             "é{}日",
                                             "{!é}",
                                             "{a{b}}",
                                             "{a[{]}}",
                                             "{a[}]}",
                                             "{a[!:]}",
                                             "{0:{0}}",
                                             "{:>{w}}",
                                             "{:%Y}",
                                             "{0!r:{1}}",
                                             "{:\\u00e9^7}",
                                             "{0.__class__}",
                                             "{a.__class__.__name__}",
                                             "{0:}{1:}"};
  const std::vector<std::string> arguments = {"",
                                              "1",
                                              "1, 2",
                                              "'ab', 5",
                                              "[1, 2], 7",
                                              "{'a': 1, 0: 2, -1: 3}",
                                              "a=3",
                                              "1, a={'x': 5}, b='é'",
                                              "2.5, '9', a='w', w=4",
                                              "None, a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8, w=9",
                                              "(('x',),), '>5'"};
  std::vector<std::string> lines;
  for (const std::string& pattern : patterns) {
    for (const std::string& given : arguments) lines.push_back("'" + pattern + "'.format(" + given + ")");
    for (const char* const mapping :
         {"{}", "{'a': 1, 'b': 'x', 'w': 6}", "[1]", "3", "{'a': {'x': 2}, '': 5, '-1': 7, ' ': 1}"})
      lines.push_back("'" + pattern + "'.format_map(" + mapping + ")");
  }
  for (const char* const line : {"'a'.format_map()", "'a'.format_map({}, {})", "'{}'.format", "str.format", "str.format()",
                                 "str.format('{}', 3)", "str.format(3)", "str.format_map('{a}', {'a': 2})"})
    lines.emplace_back(line);
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("the operator % of str answers as CPython's does", "[text][cpython]") {
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  const std::vector<std::string> patterns = {"",
                                             "x",
                                             "%s",
                                             "%r",
                                             "%a",
                                             "%s %s",
                                             "%d",
                                             "%i",
                                             "%u",
                                             "%o",
                                             "%x",
                                             "%X",
                                             "%#x",
                                             "%#X",
                                             "%#o",
                                             "%c",
                                             "%e",
                                             "%f",
                                             "%g",
                                             "%F",
                                             "%E",
                                             "%G",
                                             "%%",
                                             "%5%",
                                             "%y",
                                             "%é",
                                             "%",
                                             "a%",
                                             "%5",
                                             "%.",
                                             "%.5",
                                             "%-",
                                             "%l",
                                             "%ld",
                                             "%hd",
                                             "%Ld",
                                             "%lld",
                                             "%(a)s",
                                             "%(a)d %(b)s",
                                             "%(a",
                                             "%(",
                                             "%()s",
                                             "%(a(b)c)s",
                                             "%(a)",
                                             "%(a)%",
                                             "%(a)s %s",
                                             "%s %(a)s",
                                             "%*d",
                                             "%-*d",
                                             "%.*f",
                                             "%*.*f",
                                             "%5s|",
                                             "%-5s|",
                                             "%.2s|",
                                             "%05s|",
                                             "%+5s|",
                                             "%05d",
                                             "%+d",
                                             "% d",
                                             "%+ d",
                                             "%-05d|",
                                             "%.3d",
                                             "%8.3d|",
                                             "%-8.3d|",
                                             "%08.3d",
                                             "%#010x",
                                             "%-#10x|",
                                             "%+x",
                                             "% x",
                                             "%.5x",
                                             "%#.5X",
                                             "%3c|",
                                             "%-3c|",
                                             "%.0c|",
                                             "%07.2f",
                                             "%+.1e",
                                             "%#.0f",
                                             "%#g",
                                             "% g",
                                             "%010g",
                                             "%99999999999999999999d",
                                             "%.99999999999d",
                                             "%.2147483645d",
                                             "%5.d|",
                                             "%\\x00",
                                             "%é日%s",
                                             "%s%%%s",
                                             "%(é)s",
                                             "%-+ #010.3x|",
                                             "%((a))s",
                                             "%1.1%"};
  const std::vector<std::string> values = {"3",
                                           "2j",
                                           "-42",
                                           "2.5",
                                           "-0.0",
                                           "float('inf')",
                                           "float('nan')",
                                           "10**30",
                                           "'abc'",
                                           "'é'",
                                           "''",
                                           "None",
                                           "True",
                                           "()",
                                           "(1,)",
                                           "(1, 2)",
                                           "('a', 'b')",
                                           "(5, 3)",
                                           "(-6, 2.5)",
                                           "(8, 2, 3.14159)",
                                           "('x', 1)",
                                           "(10**30, 1)",
                                           "[1]",
                                           "[]",
                                           "{}",
                                           "{'a': 1}",
                                           "{'a': 1, 'b': 'x', '': 2}",
                                           "{'a(b)c': 5, '(a)': 6, 'é': 7}",
                                           "(None,)",
                                           "((1, 2),)",
                                           "object",
                                           "range(3)",
                                           "1114112",
                                           "-1",
                                           "233",
                                           "128013",
                                           "10**400"};
  std::vector<std::string> lines;
  for (const std::string& pattern : patterns)
    for (const std::string& value : values) lines.push_back("'" + pattern + "' % " + value);
  for (const char* const line : {"'a'.__mod__('x')", "'%s'.__mod__(3)", "'a'.__rmod__('%s')", "'a'.__rmod__(3)", "3 % 'a'",
                                 "str.__mod__", "str.__rmod__", "'%s' % 'a' % 3"})
    lines.emplace_back(line);
  compare_lines_with_python(evaluator, lines, [](const std::string&, const std::string& ours, const std::string& pythons) {
    // 2 GiB are refused here before any memory is asked for.
    return ours == "MemoryError: " && pythons == "OverflowError: precision too large";
  });
}

}  // namespace ouro::test
