// format(), str.format, str.format_map, the operator % of str and ascii() beside CPython's, in tables.
#include <ouro/objects/functions/function.h>
#include <ouro/objects/text/format.h>
#include <support/evaluator.h>
#include <support/fixture.h>

namespace ouro::test {

namespace {

/// The function format() of two arguments, and ascii().
void add_functions(Evaluator& evaluator) {
  Builtins& builtins = evaluator.builtins();
  evaluator.name("format", make_function(builtins, "format", [](Object& value, Object& spec) {
                   return Ref<>(format(value, static_cast<Str&>(spec)));
                 }));
  evaluator.name("ascii", make_function(builtins, "ascii", [](Object& value) { return Ref<>(ascii(value)); }));
}

}  // namespace

TEST_CASE("format and its specifications answer as CPython's do", "[text][cpython][no-stress]") {
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_functions(evaluator);
  // clang-format off
  const std::vector<std::string> values = {
      "3", "-42", "True", "10**30", "-10**30", "2.5", "-0.0", "1e300", "10**400", "1.5-2j", "3j", "'abc'", "'é日'", "''",
      "None", "[1]", "{}", "(1, 2)", "int", "object()", "233", "float('nan')", "float('-inf')", "1114112", "range(3)"};
  const char* const specs[] = {
      "", "d", "s", "5", "<5", "=5", "^7", "*^9", "+", " ", "z", "#", "010", "=10", ",", "_", ",d", "_x", ",x", "#_b",
      "c", "+c", "#c", "é", "é<9", "n", ",n", "%", ".2%", ".3", ".", ".f", "xx", "1x2", "__", "+s", " s", "zs", "#s",
      "=s", ".1s", ".0", "z.0f", "09,.2f", "_.1f", "99999999999999999999", ".99999999999999999999f", ".2147483648f",
      "\\u0665d", "x", "X", "#X", "#o", "b", "e", "E", "g", "G", "F", "r", "\\x00", "{", "<<5", "0=5", "0<5", "00005",
      "-", "-5", "+,", "z,", "zd", "0_", "012_d", "013,", "z+"};
  // clang-format on
  std::vector<std::string> lines;
  for (const std::string& value : values)
    for (const std::string spec : specs) {
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
  // clang-format off
  const char* const patterns[] = {
      "", "text", "{}", "{} {}", "{0} {1} {0}", "{a}", "{a} {b}", "{0} {}", "{} {0}", "{a} {}", "{0.real}",
      "{0.nothing}", "{0[0]}", "{0[1]}", "{0[a]}", "{0[-1]}", "{a[x]}", "{a.b.c}", "{0[0][0]}", "{0[}", "{0[]}", "{0.}",
      "{0..x}", "{.real}", "{[0]}", "{[a]}", "{0[0]x}", "{0[0].real}", "{{}}", "{{{}}}", "{", "}", "{{", "}}", "a}b",
      "a{b", "{}}", "{{}", "{!r}", "{!s} {!a}", "{!x}", "{!}", "{!r", "{!", "{!rr}", "{!r:}", "{!r:>9}", "{:>9}",
      "{:{}}", "{:{}{}}", "{:{a}}", "{0:{1}}", "{:{:{}}}", "{:{{}}}", "{:{", "{:}", "{:}}", "{:x}", "{:d}", "{:s}",
      "{:.1f}", "{a!s:^9}|{b!r:<9}|", "{99999999999999999999}", "{10}", "{-1}", "{ }", "{a b}", "{\\u0661}",
      "{0[\\u0661]}", "é{}日", "{!é}", "{a{b}}", "{a[{]}}", "{a[}]}", "{a[!:]}", "{0:{0}}", "{:>{w}}", "{:%Y}",
      "{0!r:{1}}", "{:\\u00e9^7}", "{0.__class__}", "{a.__class__.__name__}", "{0:}{1:}"};
  const std::vector<std::string> arguments = {
      "", "1", "1, 2", "'ab', 5", "[1, 2], 7", "{'a': 1, 0: 2, -1: 3}", "a=3", "1, a={'x': 5}, b='é'",
      "2.5, '9', a='w', w=4", "None, a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8, w=9", "(('x',),), '>5'"};
  // clang-format on
  std::vector<std::string> lines;
  for (const std::string pattern : patterns) {
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
  // clang-format off
  const char* const patterns[] = {
      "", "x", "%s", "%r", "%a", "%s %s", "%d", "%i", "%u", "%o", "%x", "%X", "%#x", "%#X", "%#o", "%c", "%e", "%f",
      "%g", "%F", "%E", "%G", "%%", "%5%", "%y", "%é", "%", "a%", "%5", "%.", "%.5", "%-", "%l", "%ld", "%hd", "%Ld",
      "%lld", "%(a)s", "%(a)d %(b)s", "%(a", "%(", "%()s", "%(a(b)c)s", "%(a)", "%(a)%", "%(a)s %s", "%s %(a)s", "%*d",
      "%-*d", "%.*f", "%*.*f", "%5s|", "%-5s|", "%.2s|", "%05s|", "%+5s|", "%05d", "%+d", "% d", "%+ d", "%-05d|",
      "%.3d", "%8.3d|", "%-8.3d|", "%08.3d", "%#010x", "%-#10x|", "%+x", "% x", "%.5x", "%#.5X", "%3c|", "%-3c|",
      "%.0c|", "%07.2f", "%+.1e", "%#.0f", "%#g", "% g", "%010g", "%99999999999999999999d", "%.99999999999d",
      "%.2147483645d", "%5.d|", "%\\x00", "%é日%s", "%s%%%s", "%(é)s", "%-+ #010.3x|", "%((a))s", "%1.1%"};
  const std::vector<std::string> values = {
      "3", "2j", "-42", "2.5", "-0.0", "float('inf')", "float('nan')", "10**30", "'abc'", "'é'", "''", "None", "True",
      "()", "(1,)", "(1, 2)", "('a', 'b')", "(5, 3)", "(-6, 2.5)", "(8, 2, 3.14159)", "('x', 1)", "(10**30, 1)", "[1]",
      "[]", "{}", "{'a': 1}", "{'a': 1, 'b': 'x', '': 2}", "{'a(b)c': 5, '(a)': 6, 'é': 7}", "(None,)", "((1, 2),)",
      "object", "range(3)", "1114112", "-1", "233", "128013", "10**400"};
  // clang-format on
  std::vector<std::string> lines;
  for (const std::string pattern : patterns)
    for (const std::string& value : values) lines.push_back("'" + pattern + "' % " + value);
  for (const char* const line : {"'a'.__mod__('x')", "'%s'.__mod__(3)", "'a'.__rmod__('%s')", "'a'.__rmod__(3)", "3 % 'a'",
                                 "str.__mod__", "str.__rmod__", "'%s' % 'a' % 3"})
    lines.emplace_back(line);
  compare_lines_with_python(evaluator, lines);
}

}  // namespace ouro::test
