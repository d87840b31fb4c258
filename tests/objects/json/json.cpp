// json from C++: errors as objects, streams, files, depth, memory.
#include <ouro/objects/json/json.h>
#include <support/fixture.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <objects/world.h>
#include <unistd.h>

namespace ouro::test {

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

/// A file of this process, gone at the end.
struct ShortFile {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("ouro_json_" + std::to_string(getpid()) + ".json");
  ~ShortFile() { std::filesystem::remove(path); }
};

/// A document fed in pieces of this many bytes.
std::string streamed(Runtime& rt, std::string_view document, std::size_t piece) {
  json::Stream stream(rt.builtins());
  for (std::size_t at = 0; at < document.size(); at += piece) stream.feed(document.substr(at, piece));
  return shown(stream.finish());
}

std::string dumped(Object& object, const json::DumpOptions& options = {}) {
  return std::string(text(*json::dump(object, options)));
}

}  // namespace

TEST_CASE_METHOD(Fixture, "an error says where in the text it is", "[json]") {
  try {
    static_cast<void>(json::load(rt.builtins(), "[1,\n \xC3\xA9\xC3\xA9x]"));
    FAIL("it was read");
  } catch (const Error& error) {
    CHECK(error.is(json::kDecodeError));
    CHECK(error.is(ErrorKind::kValueError));
    CHECK(std::string(error.what()) == "JSONDecodeError: Expecting value: line 2 column 2 (char 5)");
    const Ref<> object = rt.exception(error);
    CHECK(object.attr("msg") == "Expecting value");
    CHECK(object.attr("doc") == "[1,\n \xC3\xA9\xC3\xA9x]");
    CHECK(object.attr("pos") == 5);
    CHECK(object.attr("lineno") == 2);
    CHECK(object.attr("colno") == 2);
    CHECK(shown(*object->type) == "<class 'json.decoder.JSONDecodeError'>");
  }
  CHECK(error_of([&] { return json::load(rt.builtins(), "[\"\xC3\x28\"]"); }) ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 2: invalid continuation byte");
  CHECK(error_of([&] { return json::load(rt.builtins(), "\"\\ud800\""); }) ==
        "JSONDecodeError: Lone surrogate: line 1 column 2 (char 1)");
  // What is wrong by Python's grammar comes first, wherever it stands.
  CHECK(error_of([&] { return json::load(rt.builtins(), "[\"\\ud800\", NaN, x]"); }) ==
        "JSONDecodeError: Expecting value: line 1 column 17 (char 16)");
  CHECK(error_of([&] {
          return json::load(rt.builtins(), repeated("7", 5000));
        }).starts_with("ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits"));
}

TEST_CASE_METHOD(Fixture, "a text in pieces is read wherever they end", "[json]") {
  const std::string document = R"( {"k\u00e9y": [1, -2.5e3, 12345678901234567890, "a\n\ud83d\ude00)"
                               "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\""
                               R"(, null, true, false, {}], "e": 1e-7 } )";
  const std::string whole = shown(json::load(rt.builtins(), document));
  for (std::size_t piece = 1; piece < document.size(); ++piece) CHECK(streamed(rt, document, piece) == whole);
  const std::string odd = "[NaN, \"x\", -Infinity, 1e99999999999, [Infinity], 0e999999999999]";
  for (std::size_t piece = 1; piece < odd.size(); ++piece)
    CHECK(streamed(rt, odd, piece) == "[nan, 'x', -inf, inf, [inf], 0.0]");
}

TEST_CASE_METHOD(Fixture, "what is wrong in a stream is told as soon as it is certain", "[json]") {
  json::Stream stream(rt.builtins());
  stream.feed("[1, NaN, ");
  stream.feed("2, tr");
  CHECK(error_of([&] {
          for (const char* const piece : {"u", "x", "                  "}) stream.feed(piece);
        }) == "JSONDecodeError: Expecting value: line 1 column 13 (char 12)");
  json::Stream open(rt.builtins());
  open.feed("[1, 2");
  CHECK(error_of([&] { return open.finish(); }) == "JSONDecodeError: Expecting ',' delimiter: line 1 column 6 (char 5)");
  json::Stream empty(rt.builtins());
  CHECK(error_of([&] { return empty.finish(); }) == "JSONDecodeError: Expecting value: line 1 column 1 (char 0)");
  json::Stream behind(rt.builtins());
  behind.feed("[1] ");
  CHECK(error_of([&] {
          behind.feed(" 2");
          return behind.finish();
        }) == "JSONDecodeError: Extra data: line 1 column 6 (char 5)");
  json::Stream cut(rt.builtins());
  cut.feed("[\"ab\xE2\x82");
  CHECK(error_of([&] { return cut.finish(); }).starts_with("UnicodeDecodeError"));
}

TEST_CASE_METHOD(Fixture, "a stream reads one document after the other", "[json]") {
  json::Stream stream(rt.builtins(), {.parse_int = share<Object>(rt.type<Str>())});
  stream.feed("[1, 2");
  stream.feed("3]");
  CHECK(shown(stream.finish()) == "['1', '23']");
  stream.feed("{}");
  CHECK(shown(stream.finish()) == "{}");
}

TEST_CASE_METHOD(Fixture, "reading or writing what is nested too deep is a RecursionError", "[json]") {
  rt.collector().set_stress(false);  // depth is what counts here
  CHECK(error_of([&] { return json::load(rt.builtins(), repeated("[", 100'000)); }) ==
        "RecursionError: maximum recursion depth exceeded while decoding a JSON array from a unicode string");
  CHECK(error_of([&] { return json::load(rt.builtins(), repeated("{\"a\":", 100'000)); }) ==
        "RecursionError: maximum recursion depth exceeded while decoding a JSON object from a unicode string");
  CHECK(error_of([&] { return json::load(rt.builtins(), "[[[]]]", {.max_depth = 2}); }).starts_with("RecursionError"));
  CHECK(shown(json::load(rt.builtins(), "[[], []]", {.max_depth = 2})) == "[[], []]");
  Ref<> nested = rt.list();
  for (int i = 0; i < 5000; ++i) nested = make_list(rt.builtins(), {nested.get()});
  CHECK(error_of([&] { return json::dump(*nested); }) ==
        "RecursionError: maximum recursion depth exceeded while encoding a JSON object");
}

TEST_CASE_METHOD(Fixture, "what leads to itself through many levels is found", "[json]") {
  const Ref<List> root = rt.list();
  Ref<List> last = root;
  for (int i = 0; i < 100; ++i) {
    const Ref<List> inner = rt.list();
    last->append(*inner);
    last = inner;
  }
  CHECK(dumped(*root) == repeated("[", 101) + repeated("]", 101));
  last->append(*last);
  CHECK(error_of([&] { return json::dump(*root); }) == "ValueError: Circular reference detected");
  last->clear();
  last->append(*root);
  CHECK(error_of([&] { return json::dump(*root); }) == "ValueError: Circular reference detected");
  root->clear();
}

TEST_CASE_METHOD(Fixture, "equal keys of a document are one str", "[json]") {
  const Ref<> list = json::load(rt.builtins(), R"([{"name": 1}, {"name": 2}])");
  const auto key = [&](std::int64_t place) {
    return &(*static_cast<const Dict&>(static_cast<const List&>(*list).get(place)).begin()).key;
  };
  CHECK(key(0) == key(1));
}

TEST_CASE_METHOD(Fixture, "files are written and read", "[json]") {
  const ShortFile file;
  const Ref<List> list = rt.list(1, "two", 3.5);
  for (int i = 0; i < 30'000; ++i) list->append(*rt.from(i));
  json::dump_file(*list, file.path, {.indent = 1});
  CHECK(equal(*json::load_file(rt.builtins(), file.path), *list));
  CHECK(error_of([&] { return json::load_file(rt.builtins(), "/no/such/file"); }) ==
        "FileNotFoundError: [Errno 2] No such file or directory: '/no/such/file'");
  CHECK(error_of([&] { json::dump_file(*list, "/no/such/file"); }) ==
        "FileNotFoundError: [Errno 2] No such file or directory: '/no/such/file'");
  CHECK(error_of([&] { return json::load_file(rt.builtins(), "/"); }) ==
        "IsADirectoryError: [Errno 21] Is a directory: '/'");
  std::size_t pieces = 0, bytes = 0;
  json::dump(*list, [&](std::string_view piece) {
    ++pieces;
    bytes += piece.size();
  });
  CHECK(pieces > 1);
  CHECK(bytes == text(*json::dump(*list)).size());
}

TEST_CASE("reading and writing without memory leave nothing behind", "[json]") {
  World world;
  const std::string document = R"({"a key": [1000, 2.5, "text", {"k": [null, 123456789012345678901]}], "NaN": 1})";
  const Ref<> object = json::load(world.builtins, document);
  fail_each_allocation(world.heap(), [&] { static_cast<void>(json::load(world.builtins, document)); });
  fail_each_allocation(world.heap(),
                       [&] { static_cast<void>(json::load(world.builtins, "[NaN, [1000, \"x\"], 1e99999999999]")); });
  fail_each_allocation(world.heap(), [&] { static_cast<void>(json::dump(*object, {.indent = 2, .sort_keys = true})); });
  fail_each_allocation(world.heap(), [&] {
    json::Stream stream(world.builtins);
    for (const char c : document) stream.feed(std::string_view(&c, 1));
    static_cast<void>(stream.finish());
  });
}

TEST_CASE_METHOD(Fixture, "a hook may change what is being written", "[json]") {
  const Ref<List> list = rt.list(rt.new_class("Node")(), 2, 3);
  json::DumpOptions options;
  options.default_hook = make_function(
      rt.builtins(), "clear(node)",
      [](Object& target, Object&) {
        static_cast<List&>(target).clear();
        return 1;
      },
      list);
  CHECK(dumped(*list, options) == "[1]");
}

}  // namespace ouro::test
