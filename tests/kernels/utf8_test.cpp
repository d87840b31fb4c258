// Checking, counting, encoding and decoding UTF-8, beside CPython's.
#include <ouro/objects/text/detail/utf8.h>
#include <support/catch.h>
#include <support/python_oracle.h>

#include <string>
#include <vector>

using namespace ouro::detail;
using namespace ouro::test;

namespace {

std::string verdict_on(const std::string& bytes) {
  return outcome_of([&] {
    const Utf8Check check = check_utf8(bytes);
    if (check.fault != Utf8Fault::kNone) raise_bad_utf8(bytes, check);
    return std::to_string(count_code_points(bytes));
  });
}

std::string encode(char32_t c) {
  char bytes[4];
  return {bytes, encode_code_point(c, bytes)};
}

/// A text of `count` code points of 1 to 4 bytes in a pattern without period 8.
std::string mixed_text(std::size_t count) {
  const char32_t kinds[] = {U'a',      U'\u00e9',     U'z', U'\u4e2d', U'\U0001f40d', U' ',     U'\u0416',
                            U'\uffff', U'\U0010ffff', U'q', U'\x7f',   U'\x80',       U'\u07ff'};
  std::string text;
  for (std::size_t k = 0; k < count; ++k) text += encode(kinds[(k * k + k / 7) % std::size(kinds)]);
  return text;
}

}  // namespace

TEST_CASE("bytes that are no UTF-8 are refused in CPython's words", "[kernel][utf8]") {
  CHECK(verdict_on("") == "0");
  CHECK(verdict_on("abc") == "3");
  CHECK(verdict_on("h\u00e9\u4e2d\U0001f40d") == "4");
  CHECK(verdict_on("\xff") == "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
  CHECK(verdict_on("ab\x80") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x80 in position 2: invalid start byte");
  CHECK(verdict_on("\xc0\x80") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc0 in position 0: invalid start byte");
  CHECK(verdict_on("\xe9t") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 0: invalid continuation byte");
  CHECK(verdict_on("\xe4\xb8") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-1: unexpected end of data");
  CHECK(verdict_on("\xe4") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe4 in position 0: unexpected end of data");
  CHECK(verdict_on("\xed\xa0\x80") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte");
  CHECK(verdict_on("\xf0\x9f\x90x") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-2: invalid continuation byte");
  CHECK(verdict_on("\xf4\x90\x80\x80") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xf4 in position 0: invalid continuation byte");
  CHECK(verdict_on("\xf5\x80\x80\x80") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xf5 in position 0: invalid start byte");
}

TEST_CASE("a bad byte is found at every position and behind every alignment", "[kernel][utf8]") {
  for (std::size_t size = 1; size < 90; ++size)
    for (std::size_t bad = 0; bad < size; ++bad) {
      std::string text(size, 'a');
      text[bad] = '\xff';
      if (ascii_prefix(text) != bad || check_utf8(text).offset != bad || check_utf8(text).fault != Utf8Fault::kInvalidStart)
        FAIL("size " << size << ", bad byte at " << bad);
    }
  CHECK(is_ascii(std::string(1000, '\x7f')));
  CHECK_FALSE(is_ascii("abc\u00e9"));
}

TEST_CASE("every code point survives encoding, decoding and stepping back", "[kernel][utf8]") {
  std::size_t scalars = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (!is_scalar_value(c)) continue;
    ++scalars;
    const std::string bytes = encode(c);
    const char* at = bytes.data();
    const bool forward = decode_next(at) == c && at == bytes.data() + bytes.size();
    const bool backward = forward && decode_previous(at) == c && at == bytes.data();
    if (!backward || check_utf8(bytes).fault != Utf8Fault::kNone || count_code_points(bytes) != 1)
      FAIL("code point " << static_cast<unsigned>(c));
  }
  CHECK(scalars == 0x110000 - 0x800);
}

TEST_CASE("breadcrumbs lead to every code point", "[kernel][utf8]") {
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{65},
                                  std::size_t{127}, std::size_t{128}, std::size_t{777}}) {
    std::string widest;
    while (widest.size() < 4 * count) widest += "\U0010ffff";
    for (const std::string& text : {mixed_text(count), widest, std::string(count, 'a')}) {
      REQUIRE(count_code_points(text) == count);
      std::vector<Crumbs> crumbs(crumb_count(count) + 1, Crumbs{12345, {}});
      build_crumbs(text, crumbs.data());
      CHECK(crumbs.back().begin == 12345);
      std::vector<std::size_t> offsets;
      for (const char* at = text.data(); at != text.data() + text.size(); static_cast<void>(decode_next(at)))
        offsets.push_back(static_cast<std::size_t>(at - text.data()));
      offsets.push_back(text.size());
      for (std::size_t k = 0; k <= count; ++k) {
        if (offset_of_code_point(text, crumbs.data(), k) != offsets[k]) FAIL("index " << k << " of " << count);
        if (skip_from_end(text, count - k) != offsets[k]) FAIL("from the end to " << k << " of " << count);
      }
    }
  }
}

TEST_CASE("a fault is found wherever it stands in long text", "[kernel][utf8]") {
  const std::string text = mixed_text(300);
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && is_continuation(text[at])) continue;
    const std::string front = text.substr(0, at), behind = text.substr(at);
    const auto expect = [&](const std::string& bad, Utf8Fault fault, std::size_t length) {
      const Utf8Check check = check_utf8(front + bad);
      if (check.fault != fault || check.offset != at || check.length != length) FAIL("a fault at " << at);
    };
    expect("\xff" + behind, Utf8Fault::kInvalidStart, 1);
    expect("\xed\xa0\x80" + behind, Utf8Fault::kInvalidContinuation, 1);
    expect("\xf0\x9f\x90", Utf8Fault::kUnexpectedEnd, 3);
    expect("\xe4\xb8z" + behind, Utf8Fault::kInvalidContinuation, 2);
  }
  std::string faulty;
  for (int i = 0; i < 200'000; ++i) faulty += "\u00e9\xff";
  std::size_t faults = 0;
  for (std::string_view rest = faulty; !rest.empty(); ++faults) {  // linear, though each fault is asked for anew
    const Utf8Check check = check_utf8(rest);
    rest.remove_prefix(check.offset + check.length);
  }
  CHECK(faults == 200'000);
}

TEST_CASE("skipping counts code points from any byte", "[kernel][utf8]") {
  const std::string text = mixed_text(300);
  std::size_t from = 0;
  for (std::size_t start = 0; start <= 300; ++start) {
    std::size_t to = from;
    for (std::size_t count = 0; start + count <= 300; ++count) {
      if (skip_code_points(text, from, count) != to) FAIL("from " << start << " by " << count);
      if (to < text.size()) to += sequence_length(text[to]);
    }
    if (from < text.size()) from += sequence_length(text[from]);
  }
  CHECK(from == text.size());
}

TEST_CASE("the check of UTF-8 agrees with CPython on random bytes", "[kernel][utf8][differential]") {
  compare_with_python(R"(
edges = [0, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2,
         0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff]
def check(b): case(b, outcome(lambda: str(len(b.decode()))))
for a in edges:
    check(bytes([a]))
    for b in edges:
        check(bytes([a, b]))
        for c in edges: check(bytes([a, b, c]))
for _ in range(COUNT(20000)): check(bytes(rng.choices(edges, k=4)) + b'x' * rng.randrange(3))
for _ in range(COUNT(5000)):
    s = ''.join(chr(rng.choice([rng.randrange(128), rng.randrange(0x800),
                                rng.randrange(0xd800), rng.randrange(0xe000, 0x110000)]))
                for _ in range(rng.randrange(40)))
    b = bytearray((s + 'a' * rng.randrange(40) + s).encode())
    if b and rng.randrange(2): b[rng.randrange(len(b))] = rng.choice(edges)
    check(bytes(b))
)",
                      39000, [](const PythonCase& c) {
                        return Verdict{verdict_on(c.text(0)), c.text(1)};
                      });
}
