// Random objects through json.dumps and json.loads, and damaged documents, here and by CPython.
#include <random>
#include <string>
#include <vector>

#include <objects/json/json_scene.h>

namespace ouro::test {

namespace {

/// Random objects as literals of Python, and random documents.
class RandomJson {
 public:
  explicit RandomJson(std::uint32_t seed) : random_(seed) {}

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

TEST_CASE("random damaged documents are refused as CPython refuses them", "[json][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  fixture.rt.collector().set_stress(false);  // text is what counts here
  Evaluator evaluator = json_evaluator(fixture.rt);
  RandomJson writer(3);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < json_rounds(2000); ++i) {
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
    lines.push_back("loads(" + json_literal(fixture.rt, document) + ")");
    lines.push_back("loads(" + json_literal(fixture.rt, writer.damaged(document)) +
                    (i % 5 == 0 ? ", object_hook=show)" : ")"));
  }
  compare_lines_with_python(evaluator, lines, [](const std::string&, const std::string& ours, const std::string&) {
    return ours.find("Lone surrogate") != ours.npos;  // a str has none
  });
}

TEST_CASE("random objects are written as CPython writes them, and read again", "[json][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  fixture.rt.collector().set_stress(false);  // text is what counts here
  Evaluator evaluator = json_evaluator(fixture.rt);
  RandomJson writer(5);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < json_rounds(2000); ++i) {
    const std::string value = writer.value(4);
    lines.push_back("dumps(" + value + writer.options() + ")");
    lines.push_back("loads(dumps(" + value + ", skipkeys=True))");
  }
  compare_lines_with_python(evaluator, lines);
}

}  // namespace ouro::test
