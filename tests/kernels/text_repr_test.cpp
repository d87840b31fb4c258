// repr() of text and bytes, beside CPython's.
#include <ouro/objects/text/detail/text_repr.h>
#include <ouro/objects/text/detail/utf8.h>
#include <support/catch.h>
#include <support/python_oracle.h>

#include <string>

using namespace ouro::detail;
using namespace ouro::test;

namespace {

std::string bytes_repr(std::string_view bytes) {
  const ReprPlan plan = plan_bytes_repr(bytes);
  std::string out(plan.size, '\0');
  const char* const end = write_bytes_repr(bytes, plan, out.data());
  return end == out.data() + out.size() ? out : "the size was wrong: " + out;
}

}  // namespace

TEST_CASE("repr of a str quotes and escapes as Python does", "[kernel][repr]") {
  CHECK(repr_text("") == "''");
  CHECK(repr_text("abc") == "'abc'");
  CHECK(repr_text("it's") == "\"it's\"");
  CHECK(repr_text("\"") == "'\"'");
  CHECK(repr_text("'\"") == "'\\'\"'");
  CHECK(repr_text("\t\n\r\\") == "'\\t\\n\\r\\\\'");
  CHECK(repr_text(std::string_view("\0\x1b\x7f", 3)) == "'\\x00\\x1b\\x7f'");
  CHECK(repr_text("h\u00e9\u4e2d\U0001f40d") == "'h\u00e9\u4e2d\U0001f40d'");
  CHECK(repr_text("\u00a0\u00ad\u2028\U000e0001") == "'\\xa0\\xad\\u2028\\U000e0001'");
  CHECK(repr_text("\U000e0100") == "'\U000e0100'");
  CHECK(plan_repr("plain").verbatim);
  CHECK_FALSE(plan_repr("tab\t").verbatim);
  CHECK(repr_text("\u4e2d\u4e2d\u4e2d", 3) == "'\u4e2d\u4e2d");
}

TEST_CASE("repr of bytes escapes all but printable ASCII", "[kernel][repr]") {
  CHECK(bytes_repr("") == "b''");
  CHECK(bytes_repr("it's") == "b\"it's\"");
  CHECK(bytes_repr("'\"\n\xff") == "b'\\'\"\\n\\xff'");
  CHECK(plan_bytes_repr("plain").verbatim);
}

TEST_CASE("printable is printable by Unicode 14.0", "[kernel][repr]") {
  std::size_t printable = 0;
  for (char32_t c = 0; c <= 0x10FFFF + 1000; ++c) printable += is_printable(c) ? 1u : 0u;
  CHECK(printable == 144516);
}

TEST_CASE("printable agrees with CPython on every code point", "[kernel][repr][differential]") {
  compare_with_python(R"(
for page in range(0x110000 // 256): case(page, ''.join('01'[chr(page * 256 + k).isprintable()] for k in range(256)))
)",
                      0x1100, [](const PythonCase& c) {
                        const auto first = static_cast<char32_t>(c.integer(0) * 256);
                        std::string printable;
                        for (char32_t k = 0; k < 256; ++k) printable.push_back(is_printable(first + k) ? '1' : '0');
                        return Verdict{printable, c.text(1)};
                      });
}

TEST_CASE("repr agrees with CPython on random text and bytes", "[kernel][repr][differential]") {
  compare_with_python(R"(
def char():
    return chr(rng.choice([39, 34, 92, 10, 9, 13, 27, 0x7f, 0x80, 0xa0, 0xad, rng.randrange(128), rng.randrange(128),
                           rng.randrange(0x800), rng.randrange(0xd800), rng.randrange(0xe000, 0x110000)]))
for _ in range(COUNT(20000)):
    s = ''.join(char() for _ in range(rng.randrange(12)))
    case(0, s, repr(s))
for _ in range(COUNT(10000)):
    b = bytes(rng.choice([39, 34, 92, 10, 65, rng.randrange(256)]) for _ in range(rng.randrange(12)))
    case(1, b, repr(b))
)",
                      30000, [](const PythonCase& c) {
                        return Verdict{c.integer(0) == 0 ? repr_text(c.text(1)) : bytes_repr(c.text(1)), c.text(2)};
                      });
}
