// A str holds no lone surrogates: whatever would make one is an error at once (docs/types.md).
#include <ouro/objects/json/json.h>
#include <ouro/objects/text/str.h>
#include <support/evaluator.h>
#include <support/fixture.h>

#include <string>

namespace ouro::test {

TEST_CASE("what would make a lone surrogate is an error", "[str][types]") {
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  const std::string refusal = "ValueError: chr() arg is a surrogate, which UTF-8 cannot hold";
  CHECK(evaluator.run("chr(0xD800)") == refusal);
  CHECK(evaluator.run("chr(0xDFFF)") == refusal);
  CHECK(evaluator.run("'%c' % 0xD800") == refusal);
  CHECK(evaluator.run("format(0xD800, 'c')") == refusal);
  CHECK(evaluator.run("'a'.translate({97: 0xD800})") == refusal);
  CHECK(evaluator.run("b'\\xff'.decode('utf-8', 'surrogateescape')") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
  CHECK(evaluator.run("b'\\xff'.decode('ascii', 'surrogateescape')") ==
        "UnicodeDecodeError: 'ascii' codec can't decode byte 0xff in position 0: ordinal not in range(128)");
  CHECK(evaluator.run("b'\\xed\\xa0\\x80'.decode('utf-8', 'surrogatepass')") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte");
  CHECK(evaluator.run("b'\\x00\\xd8'.decode('utf-16-le', 'surrogatepass')") ==
        "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data");
  CHECK(error_of([&] { return json::load(fixture.rt.builtins(), "\"\\ud800\""); }) ==
        "JSONDecodeError: Lone surrogate: line 1 column 2 (char 1)");
  CHECK(error_of([&] { return make_str(fixture.rt.builtins(), "\xed\xa0\x80"); }).starts_with("UnicodeDecodeError: "));
}

TEST_CASE("text without surrogates is encoded and decoded by the handlers of surrogates, too", "[str][types]") {
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  CHECK(evaluator.run("'\\u20ac'.encode('utf-8', 'surrogateescape')") == "b'\\xe2\\x82\\xac'");
  CHECK(evaluator.run("'\\u20ac'.encode('utf-16-le', 'surrogatepass')") == "b'\\xac '");
  CHECK(evaluator.run("b'abc'.decode('ascii', 'surrogateescape')") == "'abc'");
}

}  // namespace ouro::test
