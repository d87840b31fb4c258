// json beside CPython's module json: documents, broken documents, all options, random ones.
#include <ouro/objects/json/json.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

#include <random>
#include <string>
#include <vector>

namespace ouro::test {

namespace {

std::size_t rounds(std::size_t count) { return std::getenv("OURO_STRESS") != nullptr ? count / 50 + 1 : count; }

Ref<> hook(Object& given) { return is_none(given) ? Ref<>() : share(given); }

void set_indent(json::DumpOptions& options, Object& indent) {
  if (const auto* const number = as<Int>(indent)) options.indent = static_cast<int>(number->value);
  if (const auto* const blanks = as<Str>(indent)) options.indent = std::string(text(*blanks));
}

void set_separators(json::DumpOptions& options, Object& separators) {
  if (!is<Tuple>(separators)) return;
  const auto part = [&](std::int64_t place) {
    return std::string(text(static_cast<const Str&>(get(static_cast<const Tuple&>(separators), place))));
  };
  options.separators = std::pair(part(0), part(1));
}

/// The evaluator with `loads` and `dumps`, whose hooks are given by the names of functions.
Evaluator evaluator_of(Runtime& rt) {
  Evaluator evaluator(rt.builtins());
  evaluator.name("__name__", rt.str("__main__"), "'__main__'");
  Builtins& builtins = rt.builtins();
  evaluator.name("loads",
                 make_function(builtins,
                               "loads(s, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, "
                               "object_pairs_hook=None)",
                               [](Object& s, Object& object_hook, Object& parse_float, Object& parse_int,
                                  Object& parse_constant, Object& object_pairs_hook) {
                                 const json::LoadOptions options{.object_hook = hook(object_hook),
                                                                 .object_pairs_hook = hook(object_pairs_hook),
                                                                 .parse_float = hook(parse_float),
                                                                 .parse_int = hook(parse_int),
                                                                 .parse_constant = hook(parse_constant)};
                                 return json::load(builtins_of(s), text(static_cast<const Str&>(s)), options);
                               }),
                 "from json import loads");
  evaluator.name("dumps",
                 make_function(builtins,
                               "dumps(obj, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, "
                               "indent=None, separators=None, default=None, sort_keys=False)",
                               [](Object& obj, bool skipkeys, bool ensure_ascii, bool check_circular, bool allow_nan,
                                  Object& indent, Object& separators, Object& default_hook, bool sort_keys) {
                                 json::DumpOptions options;
                                 options.skipkeys = skipkeys;
                                 options.ensure_ascii = ensure_ascii;
                                 options.check_circular = check_circular;
                                 options.allow_nan = allow_nan;
                                 options.sort_keys = sort_keys;
                                 options.default_hook = hook(default_hook);
                                 set_indent(options, indent);
                                 set_separators(options, separators);
                                 return json::dump(obj, options);
                               }),
                 "from json import dumps");
  evaluator.name("show", make_function(builtins, "show(x)", [](Object& x) { return repr(x); }), "show = repr");
  evaluator.name("same", make_function(builtins, "same(x)", [](Object& x) { return share(x); }),
                 "def same(x):\n    return x");
  evaluator.name("refuse", make_function(builtins, "refuse(x)", [](Object& x) -> Ref<> { return get_item(x, x); }),
                 "def refuse(x):\n    return x[x]");
  evaluator.name("nan", rt.from(std::numeric_limits<double>::quiet_NaN()), "nan = float('nan')");
  evaluator.name("inf", rt.from(std::numeric_limits<double>::infinity()), "inf = float('inf')");
  evaluator.name("Node", rt.new_class("Node"), "class Node:\n    pass");
  evaluator.name("Stack", rt.new_class("Stack", {&rt.type<List>()}), "class Stack(list):\n    pass");
  evaluator.name("Map", rt.new_class("Map", {&rt.type<Dict>()}), "class Map(dict):\n    pass");
  evaluator.name("Number", rt.new_class("Number", {&rt.type<Int>()}), "class Number(int):\n    pass");
  evaluator.name("Real", rt.new_class("Real", {&rt.type<Float>()}), "class Real(float):\n    pass");
  evaluator.name("Text", rt.new_class("Text", {&rt.type<Str>()}), "class Text(str):\n    pass");
  return evaluator;
}

/// A text as a literal of Python.
std::string literal(Runtime& rt, const std::string& text) { return shown(*rt.str(text)); }

const std::vector<std::string> kDocuments{
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
    "\xEF\xBB\xBF"
    "1",
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
    "\"\\u0000\"",
};

/// Random objects as literals of Python, and random documents.
class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  std::string value(int depth) {
    switch (below(depth > 0 ? 12 : 8)) {
      case 0:
        return "None";
      case 1:
        return below(2) == 0 ? "True" : "False";
      case 2:
        return std::to_string(static_cast<int>(below(100'000)) - 50'000);
      case 3:
        return std::to_string(below(1000)) + "." + std::to_string(below(1'000'000)) + "e" +
               std::to_string(static_cast<int>(below(60)) - 30);
      case 4:
        return "10**" + std::to_string(below(40));
      case 5:
        return below(3) == 0 ? "inf" : below(2) == 0 ? "nan" : "-inf";
      case 6:
      case 7:
        return text();
      case 8:
      case 9:
        return sequence(depth);
      default:
        return mapping(depth);
    }
  }
  std::string text() {
    static const char* const kParts[] = {"a",
                                         "b c",
                                         "\\\\",
                                         "\\'",
                                         "\"",
                                         "\\n",
                                         "\\t",
                                         "\\x00",
                                         "\\x1f",
                                         "\\x7f",
                                         "\xC3\xA9",
                                         "\xE2\x82\xAC",
                                         "\xF0\x9F\x98\x80",
                                         "/",
                                         "plain text of some length",
                                         "\\x08\\x0c\\r"};
    std::string made = "'";
    for (std::uint32_t parts = below(6); parts > 0; --parts) made += kParts[below(std::size(kParts))];
    return made + "'";
  }
  std::string options() {
    static const char* const kOptions[] = {", indent=2",
                                           ", indent=0",
                                           ", indent=-1",
                                           ", indent='\\t'",
                                           ", sort_keys=True",
                                           ", separators=(',', ':')",
                                           ", separators=(' ; ', ' = ')",
                                           ", ensure_ascii=False",
                                           ", allow_nan=False",
                                           ", skipkeys=True",
                                           ", default=show",
                                           ", default=refuse",
                                           ", check_circular=False"};
    std::string made;
    std::uint32_t chosen = 0;
    for (std::uint32_t i = 0; i < std::size(kOptions); ++i) {
      const std::uint32_t group = i < 4 ? 1U : i == 5 || i == 6 ? 2U : i == 10 || i == 11 ? 4U : 8U << i;
      if (below(4) != 0 || (chosen & group) != 0) continue;
      chosen |= group;
      made += kOptions[i];
    }
    return made;
  }
  /// Takes out, puts in or replaces some bytes of ASCII.
  std::string damaged(std::string document) {
    static constexpr std::string_view kBytes = "{}[]:,\"\\ 0123456789-+.eEnulltruefalseNaNInfinity\nu";
    for (std::uint32_t times = 1 + below(3); times > 0 && !document.empty(); --times) {
      const std::size_t at = below(static_cast<std::uint32_t>(document.size()));
      if (static_cast<unsigned char>(document[at]) >= 0x80) continue;
      const char byte = kBytes[below(static_cast<std::uint32_t>(kBytes.size()))];
      switch (below(4)) {
        case 0:
          document.erase(at, 1);
          break;
        case 1:
          document.insert(at, 1, byte);
          break;
        case 2:
          document[at] = byte;
          break;
        default:
          if (static_cast<unsigned char>(document.back()) < 0x80) document.pop_back();
          break;
      }
    }
    return document;
  }

 private:
  std::string sequence(int depth) {
    const bool is_tuple = below(4) == 0;
    std::string made = is_tuple ? "(" : "[";
    for (std::uint32_t items = below(5); items > 0; --items) made += value(depth - 1) + ", ";
    if (is_tuple && made.size() == 1) return "()";
    return made + (is_tuple ? ")" : "]");
  }
  std::string mapping(int depth) {
    static const char* const kKeys[] = {"1", "2.5", "None", "True", "(1, 2)", "-7", "10**25", "inf"};
    const bool is_mixed = below(4) == 0;
    std::string made = "{";
    for (std::uint32_t items = below(5); items > 0; --items)
      made += (is_mixed && below(2) == 0 ? kKeys[below(std::size(kKeys))] : text()) + ": " + value(depth - 1) + ", ";
    return made + "}";
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("documents, right and wrong ones, are read as CPython reads them", "[json][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = evaluator_of(fixture.rt);
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
  for (const std::string& document : kDocuments)
    for (const char* const given : hooks) lines.push_back("loads(" + literal(fixture.rt, document) + given + ")");
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("random damaged documents are refused as CPython refuses them", "[json][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  fixture.rt.collector().set_stress(false);  // text is what counts here
  Evaluator evaluator = evaluator_of(fixture.rt);
  Writer writer(3);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < rounds(2000); ++i) {
    const std::string value = writer.value(4);
    std::string document;
    try {
      json::DumpOptions options;
      options.skipkeys = true;
      options.ensure_ascii = i % 2 == 0;
      if (i % 3 == 0) options.indent = 1;
      document = text(*json::dump(*evaluator.evaluate(value), options));
    } catch (const Error&) {
      continue;
    }
    lines.push_back("loads(" + literal(fixture.rt, document) + ")");
    lines.push_back("loads(" + literal(fixture.rt, writer.damaged(document)) + (i % 5 == 0 ? ", object_hook=show)" : ")"));
  }
  compare_lines_with_python(evaluator, lines, [](const std::string&, const std::string& ours, const std::string&) {
    return ours.find("Lone surrogate") != ours.npos;  // a str has none
  });
}

TEST_CASE("objects are written as CPython writes them", "[json][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = evaluator_of(fixture.rt);
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

TEST_CASE("random objects are written as CPython writes them, and read again", "[json][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  fixture.rt.collector().set_stress(false);  // text is what counts here
  Evaluator evaluator = evaluator_of(fixture.rt);
  Writer writer(5);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < rounds(2000); ++i) {
    const std::string value = writer.value(4);
    lines.push_back("dumps(" + value + writer.options() + ")");
    lines.push_back("loads(dumps(" + value + ", skipkeys=True))");
  }
  compare_lines_with_python(evaluator, lines);
}

}  // namespace ouro::test
