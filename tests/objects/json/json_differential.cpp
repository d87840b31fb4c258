// json beside CPython's module json: right and wrong documents, all options.
#include <string>
#include <vector>

#include <objects/json/json_scene.h>

namespace ouro::test {

namespace {

constexpr const char* kDocuments[] = {
    "",
    " ",
    "[",
    "[1",
    "[1,",
    "[1,]",
    "[1,,2]",
    "[,1]",
    "{",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{1:2}",
    "{,}",
    "\"abc",
    "\"a\\",
    "\"\\x\"",
    "\"\\u12",
    "\"\\u12g4\"",
    "\"\\ud83d\\u12\"",
    "\"\\ud83d\\u12g4\"",
    "\"\t\"",
    "\"a\nb\"",
    "nul",
    "NaN",
    "[-Infinity, Infinity]",
    "-",
    "-a",
    "01",
    "1.",
    "1.e5",
    "1e",
    "1e+",
    "[1 2]",
    "\357\273\2771",  // behind a byte order mark
    "1 2",
    "\"\\u12\xC3\xA9\xC3\xA9\"",
    "{\"a\" 1}",
    "{\"a\":1 \"b\"}",
    "\"\\u",
    "\"\\u1234",
    "-I",
    "[Na]",
    "tru e",
    "[1}",
    "{\"a\":1]",
    "]",
    "}",
    "nulll",
    "[null,true,false]",
    "[1,\n 2,\n  x]",
    "{\"\xC3\xA9\":\n \xC3\xA9}",
    "\"\\ud83d\\ude00\"",
    "\"\\u00e9\\n\\/\\b\\f\"",
    "[-0, 0, -0.0, 1E5, 0.1e1, 1e400, -1e400]",
    "[18446744073709551615, 18446744073709551616, -9223372036854775809, 12345678901234567890123]",
    "{\"a\":1,\"a\":2,\"b\":3}",
    "[0e99999999999, 1e-2147483648, 1E+00000000000000000000002, 8e99999999999999999999]",
    "\"1e99999999999\"",
    " [ ] ",
    "{ }",
    "[[[[]]]]",
    "[NaN, {\"x\": [Infinity, \"NaN\"]}]",
    "[NaN, 1e99999999999, x]",
    "'a'",
    "{'a': 1}",
    "[1] // c",
    "/* */ 1",
    "\"\x7f\"",
    "[1e5, 1.5E-7, 123456789.123456789e-20, 5e-324, 2e-324, 1.7976931348623158e308, 9007199254740993.0]",
    "\\u0031",
    "\"\\u0000\""};

}  // namespace

TEST_CASE("documents, right and wrong ones, are read as CPython reads them", "[json][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = json_evaluator(fixture.rt);
  std::vector<std::string> lines;
  const char* const hooks[] = {"",
                               ", object_hook=show",
                               ", object_pairs_hook=show",
                               ", parse_int=same",
                               ", parse_float=show",
                               ", parse_constant=show",
                               ", parse_int=refuse",
                               ", object_hook=refuse",
                               ", parse_float=same, object_hook=show, object_pairs_hook=same"};
  for (const std::string document : kDocuments)
    for (const char* const given : hooks) lines.push_back("loads(" + json_literal(fixture.rt, document) + given + ")");
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("objects are written as CPython writes them", "[json][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = json_evaluator(fixture.rt);
  std::vector<std::string> lines{"l = []", "l.append(l)", "d = {}", "d['d'] = d", "s = Stack([1])", "m = Map({'a': 1})"};
  const char* const values[] = {"l",
                                "d",
                                "[l]",
                                "Stack([1, [2]])",
                                "Map({'b': 1, 'a': [2]})",
                                "Number(5)",
                                "Real(2.5)",
                                "Text('x')",
                                "{Text('k'): Number(1)}",
                                "Node",
                                "Node()",
                                "object",
                                "[object]",
                                "{(1,): 2}",
                                "{(1,): 2, 'a': 3}",
                                "{1: 1, 'a': 2}",
                                "{2: 1, 1: 2}",
                                "{nan: 1}",
                                "{inf: 1, None: 2, True: 3, False: 4, 1.5: 5, 10**20: 6}",
                                "10**4400",
                                "[[], {}, ()]",
                                "Stack()",
                                "Map()",
                                "{Number(3): 1}",
                                "{Real(3.5): 1}",
                                "[1, {'a': [2, {}]}, 'x']",
                                "range(3)",
                                "[nan, inf, -inf]",
                                "-0.0",
                                "1e16",
                                "1e-5",
                                "''",
                                "'\\x7f\xC3\xA9\xF0\x9F\x98\x80\"\\\\/\\x08\\x0c\\n\\r\\t\\x00'",
                                "[True, None, 1]",
                                "ValueError(1)"};
  const char* const options[] = {"",
                                 ", indent=2",
                                 ", indent='--'",
                                 ", indent=0",
                                 ", sort_keys=True",
                                 ", sort_keys=True, indent=1",
                                 ", skipkeys=True",
                                 ", skipkeys=True, indent=1",
                                 ", default=show",
                                 ", default=same",
                                 ", default=refuse",
                                 ", allow_nan=False",
                                 ", ensure_ascii=False",
                                 ", separators=(',', ':')",
                                 ", separators=(', ', ' : '), indent=1",
                                 ", default=5"};
  for (const char* const value : values)
    for (const char* const given : options) lines.push_back(std::string("dumps(") + value + given + ")");
  compare_lines_with_python(evaluator, lines);
}

}  // namespace ouro::test
