// The loader of examples/object_graph: every document becomes what Python's json makes of it.
#include <support/fixture.h>
#include <support/python_oracle.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>

#include <object_graph/loader.h>
#include <unistd.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// A file with this text, gone at the end of the test.
class TextFile {
 public:
  explicit TextFile(std::string_view text, const std::string& name = "document.json")
      : path_(std::filesystem::temp_directory_path() / ("ouro_" + std::to_string(getpid()) + "_" + name)) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~TextFile() { std::filesystem::remove(path_); }
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Ref<> loaded(Runtime& rt, std::string_view text) { return object_graph::load(rt, TextFile(text).path()).root; }

std::string shown_of(Runtime& rt, std::string_view text) { return std::string(ouro::text(*repr(*loaded(rt, text)))); }

/// What is said of a document that cannot be loaded, without the name of its file.
std::string refusal_of(Runtime& rt, std::string_view text) {
  const TextFile file(text);
  try {
    static_cast<void>(object_graph::load(rt, file.path()));
  } catch (const object_graph::LoadError& error) {
    return std::string(error.what()).substr(file.path().string().size());
  }
  return "loaded";
}

constexpr std::size_t kRead = 1 << 16;  // of the loader

/// A document of one string, whose text begins `before` bytes ahead of the end of the first read.
std::string document_around_read(std::size_t before, std::string_view text) {
  std::string document = "{\"k\": \"";
  document.append(kRead - before - document.size(), 'p');
  return document.append(text).append("\"}");
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

constexpr std::array<std::string_view, 10> kAlphabets{
    "abcxyz", "äöüßéñ", "αβγδω", "абвгд", "אבגד", "अआइई", "日本語中文", "한국어", "€‰™", "😀🎉𝄞𐍈",
};

}  // namespace

// boostorg/json#876
TEST_CASE("long strings of every alphabet load exactly, wherever a read ends", "[object_graph]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  for (const std::string_view alphabet : kAlphabets) {
    for (std::size_t before = 0; before < 24; ++before) {
      INFO(alphabet << " from " << before << " bytes before the end of a read on");
      const std::string letters = repeated(alphabet, 200'000 / alphabet.size());
      const std::string document = document_around_read(before, letters);
      const Ref<Dict> root = from_object<Ref<Dict>>(loaded(rt, document));
      const auto value = from_object<std::string_view>(root->get("k"));
      CHECK(value.substr(value.find_first_not_of('p')) == letters);
      CHECK(value.size() == document.size() - 9);
    }
  }
}

TEST_CASE("the strings of the report load exactly", "[object_graph]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const std::string cjk = repeated("漢", 30'000);
  CHECK(from_object<std::string>(from_object<Ref<Dict>>(loaded(rt, "{\"key\": \"" + cjk + "\"}"))->get("key")) == cjk);
  const std::string mixed = repeated("p", 65532) + "€" + repeated("x", 5000);
  CHECK(from_object<std::string>(loaded(rt, "\"" + mixed + "\"")) == mixed);
}

TEST_CASE("escapes, keys and numbers load exactly, wherever a read ends", "[object_graph]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  for (std::size_t before = 0; before < 40; ++before) {
    INFO("from " << before << " bytes before the end of a read on");
    const std::string escaped = document_around_read(before, R"(\ud83d\ude00\u00e9\n\\€e-12345678901\"😀)");
    const auto value = from_object<std::string>(from_object<Ref<Dict>>(loaded(rt, escaped))->get("k"));
    CHECK(value.substr(value.find_first_not_of('p')) == "😀é\n\\€e-12345678901\"😀");
    const std::string blank = repeated(" ", kRead - before);
    CHECK(shown_of(rt, blank + R"({"ключ\u0031": -1234567890123456789012.5e-12, "b": 12345678901234567890123})") ==
          "{'ключ1': -1234567890.1234567, 'b': 12345678901234567890123}");
    CHECK(shown_of(rt, blank + "[1e-2147483648, 0e99999999999, 1E+00000000000000000002, \"1e99999999999\", 7]") ==
          "[0.0, 0.0, 100.0, '1e99999999999', 7]");
  }
}

// boostorg/json#599
TEST_CASE("a float is the nearest double to its text", "[object_graph]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(shown_of(rt, "[1.7976931348623158e308, 1e309, -1e400, 5e-324, 2e-324, -0.0, 0e9999999999, 1e-2147483648]") ==
        "[1.7976931348623157e+308, inf, -inf, 5e-324, 0.0, -0.0, 0.0, 0.0]");
  CHECK(shown_of(rt, "[-0, 18446744073709551615, -9223372036854775809, 1E5, 0.1e1, 8e99999999999999999999]") ==
        "[0, 18446744073709551615, -9223372036854775809, 100000.0, 1.0, inf]");
  CHECK(shown_of(rt, "9007199254740993.0") == "9007199254740992.0");
}

TEST_CASE("documents of floats, strings and ints are what Python makes of them", "[object_graph][differential]") {
  Fixture fixture;
  fixture.rt.collector().set_stress(false);  // text is what counts here
  compare_with_python(R"(
import json, struct
def number():
    kind = rng.randrange(6)
    if kind == 0: return repr(rng.uniform(-1000, 1000))
    if kind == 1:
        value = struct.unpack('<d', rng.getrandbits(64).to_bytes(8, 'little'))[0]
        return repr(value) if value == value and abs(value) != float('inf') else '1.5'
    if kind == 2:
        return '%d.%de%d' % (rng.randrange(10**rng.randrange(1, 20)), rng.getrandbits(80), rng.randrange(-330, 330))
    if kind == 3: return '-0.%0*d' % (rng.randrange(1, 30), rng.getrandbits(30))
    if kind == 4: return str(rng.getrandbits(rng.randrange(1, 200)) - rng.getrandbits(60))
    return '%dE+%d' % (rng.randrange(1, 100), rng.randrange(300))
def string():
    return ''.join(chr(rng.choice([rng.randrange(32, 127), rng.randrange(0xa1, 0x250), rng.randrange(0x4e00, 0x9000),
                                  0x1f600, 9]))
                   for _ in range(rng.randrange(20)))
def value(depth):
    kind = rng.randrange(8)
    if depth and kind == 0: return '[' + ','.join(value(depth - 1) for _ in range(rng.randrange(8))) + ']'
    if depth and kind == 1:
        return '{' + ','.join(json.dumps(string()) + ':' + value(depth - 1) for _ in range(rng.randrange(8))) + '}'
    if kind == 2: return json.dumps(string(), ensure_ascii=rng.randrange(2))
    return rng.choice(['true', 'false', 'null']) if kind == 3 else number()
for _ in range(COUNT(100)):
    text = '[' + ','.join(value(4) for _ in range(300)) + ']'
    case(text, repr(json.loads(text)))
)",
                      100, [&](const PythonCase& c) {
                        return Verdict{shown_of(fixture.rt, c.text(0)), c.text(1)};
                      });
}

TEST_CASE("the sample document is what Python makes of it", "[object_graph][differential]") {
  Fixture fixture;
  fixture.rt.collector().set_stress(false);  // text is what counts here, and a collection for each value would take hours
  const std::string script = "import json\ncase(repr(json.load(open('" OURO_SAMPLE_DOCUMENT "', encoding='utf-8'))))\n";
  compare_with_python(script, 1, [&](const PythonCase& c) {
    const object_graph::Document document = object_graph::load(fixture.rt, OURO_SAMPLE_DOCUMENT);
    return Verdict{std::string(text(*repr(*document.root))), c.text(0)};
  });
}

TEST_CASE("what cannot be loaded is told with line and column", "[object_graph]") {
  Fixture fixture;
  fixture.rt.collector().set_stress(false);  // text is what counts here
  Runtime& rt = fixture.rt;
  CHECK(refusal_of(rt, "[1,\n  é]") == ":2:3: Expecting value");
  CHECK(refusal_of(rt, "[\n 1, " + repeated("7", 5000) + "]") ==
        ": Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits");
  CHECK(refusal_of(rt, "[\"\xC3\x28\"]") ==
        ": 'utf-8' codec can't decode byte 0xc3 in position 2: invalid continuation byte");
  CHECK(refusal_of(rt, "[\"ab\xE2\x82") == ": 'utf-8' codec can't decode bytes in position 4-5: unexpected end of data");
  CHECK(refusal_of(rt, "[1, 2") == ":1:6: Expecting ',' delimiter");
  CHECK(refusal_of(rt, "") == ":1:1: Expecting value");
  CHECK(refusal_of(rt, "1 2") == ":1:3: Extra data");
  CHECK(refusal_of(rt, repeated("[", 300'000)).ends_with(": nested more than 250000 levels deep"));
  CHECK(refusal_of(rt, document_around_read(2, repeated("漢", 9)) + ",") == ":1:65546: Extra data");
}

TEST_CASE("a file's name is shown without what a terminal would obey", "[object_graph]") {
  CHECK(object_graph::shown("plain name.json") == "plain name.json");
  CHECK(object_graph::shown("a\nb\tc\x1b[31m\x7f") == "a\\nb\\tc\\x1b[31m\\x7f");
  CHECK(object_graph::shown("naïve 漢 😀") == "naïve 漢 😀");
  CHECK(object_graph::shown("\xC2\x9B"
                            "31m \xFF \xE2\x82") == "\\xc2\\x9b31m \\xff \\xe2\\x82");
  Fixture fixture;
  CHECK_THROWS_WITH(object_graph::load(fixture.rt, "no\nsuch"), "no\\nsuch: No such file or directory");
}
