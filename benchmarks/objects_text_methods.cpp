// Cases of the methods of str, and of codecs: short texts call by call, long ones byte by byte.
#include "text_sides.h"

namespace bench {
namespace {

constexpr std::size_t kCalls = 10'000;
constexpr const char* kWords = "Some words of text, and more ";
constexpr const char* kLatin = "F\u00fcnf gr\u00fcne W\u00f6rter ";
constexpr const char* kChinese = "\u65e5\u672c\u8a9e\u6587\u5b57";

/// CPython keeps such text as Latin-1, and copies it; here it is UTF-8, and the other codec copies.
constexpr double kOther = 0.02;

/// `call(side)` many times; what it gives is dropped.
template <class Call>
auto repeated(Call call) {
  return [=](auto& texts) {
    for (std::size_t i = 0; i < kCalls; ++i) {
      auto made = call(texts);
      escape(&made);
    }
  };
}
/// Once, for all bytes of the text.
template <class Call>
auto once(Call call) {
  return [=](auto& texts) {
    auto made = call(texts);
    escape(&made);
  };
}

void add_short_cases(Cases& cases) {
  const auto add = [&](const char* name, const char* what, double limit, auto call) {
    add_text_case(cases, name, "ns/call", what, kWords, kCalls, limit, repeated(call));
  };
  add("concat_10", "10 characters + 10 characters", 1.2,
      [](auto& texts) { return texts.side.concatenate(texts.ten, texts.other_ten); });
  add("hash_new_10", "a str of 10 characters made and hashed", 1.2,
      [](auto& texts) { return texts.side.hash(texts.side.text("0123456789")); });
  add("hash_cached", "hash() of a str that has it already", 1.2, [](auto& texts) { return texts.side.hash(texts.ten); });
  add("equal_10", "two equal str of 10 characters compared", 1.2,
      [](auto& texts) { return texts.side.equal(texts.ten, texts.same_ten); });
  add("equal_different_10", "two different str of 10 characters compared", 1.2,
      [](auto& texts) { return texts.side.equal(texts.ten, texts.other_ten); });
  add("find_short", "a word found in 60 characters", 1.2,
      [](auto& texts) { return texts.side.find(texts.line, texts.word); });
  add("find_character_short", "a character found in 60 characters", 1.2,
      [](auto& texts) { return texts.side.find(texts.line, texts.dot); });
  add("rfind_short", "a word found from the end of 60 characters", 1.2,
      [](auto& texts) { return texts.side.find_last(texts.line, texts.first_word); });
  add("startswith", "startswith() of 4 characters", 1.2,
      [](auto& texts) { return texts.side.starts_with(texts.line, texts.first_word); });
  add("split_line", "60 characters split at ' '", 1.2,
      [](auto& texts) { return texts.side.split(texts.line, texts.blank); });
  add("split_words_line", "60 characters split into words", 1.2,
      [](auto& texts) { return texts.side.split_words(texts.line); });
  add("strip_short", "3 blanks stripped from either end of 40 characters", 1.2,
      [](auto& texts) { return texts.side.strip(texts.padded); });
  add("replace_short", "a word of 60 characters replaced", 1.2,
      [](auto& texts) { return texts.side.replace(texts.line, texts.word, texts.ten); });
  add("percent_int", "'%d|' % 7", 1.2, [](auto& texts) { return texts.side.remainder(texts.int_percent, texts.seven); });
  add("bytes_percent", "b'%d of them' % 7", 1.2,
      [](auto& texts) { return texts.side.remainder(texts.byte_pattern, texts.seven); });
}

void add_long_cases(Cases& cases) {
  const auto add = [&](const char* name, const char* what, const char* piece, double limit, auto call) {
    add_text_case(cases, name, "ns/byte", what, piece, kTextBytes, limit, once(call));
  };
  add("find_word_1M", "a word that is not in 1 MB looked for", kWords, 1.2,
      [](auto& texts) { return texts.side.find(texts.whole, texts.absent); });
  // Both are memchr of the C library.
  add("find_character_1M", "a character that is not in 1 MB looked for", kWords, 0.9,
      [](auto& texts) { return texts.side.find(texts.whole, texts.dot); });
  add("find_long_1M", "200 characters looked for in 1 MB", kWords, 1.2,
      [](auto& texts) { return texts.side.find(texts.whole, texts.long_part); });
  add("rfind_word_1M", "the same word looked for from the end", kWords, 1.2,
      [](auto& texts) { return texts.side.find_last(texts.whole, texts.absent); });
  add("rfind_worst_1M", "'b' + 500 * 'a' looked for from the end in 1 MB of 'a'", "a", 1.2,
      [](auto& texts) { return texts.side.find_last(texts.whole, texts.bad_part); });
  add("find_worst_1M", "500 * 'a' + 'b' looked for in 1 MB of 'a'", "a", 1.2,
      [](auto& texts) { return texts.side.find(texts.whole, texts.bad_part_forwards); });
  add("count_character_1M", "a character counted in 1 MB", kWords, 1.2,
      [](auto& texts) { return texts.side.count(texts.whole, texts.letter); });
  add("count_word_1M", "a word counted in 1 MB", kWords, 1.2,
      [](auto& texts) { return texts.side.count(texts.whole, texts.word); });
  add("replace_word_1M", "a word replaced by a longer one in 1 MB", kWords, 1.2,
      [](auto& texts) { return texts.side.replace(texts.whole, texts.word, texts.ten); });
  add("replace_character_1M", "a character replaced by another one in 1 MB", kWords, 1.2,
      [](auto& texts) { return texts.side.replace(texts.whole, texts.letter, texts.dot); });
  add("split_1M", "1 MB split at ' '", kWords, 1.2, [](auto& texts) { return texts.side.split(texts.whole, texts.blank); });
  add("split_words_1M", "1 MB split into words", kWords, 1.2,
      [](auto& texts) { return texts.side.split_words(texts.whole); });
  add("strip_1M", "1 MB of blanks stripped", "        ", 1.0, [](auto& texts) { return texts.side.strip(texts.whole); });
}

void add_codec_cases(Cases& cases) {
  const auto add = [&](const char* name, const char* what, const char* piece, auto call, double limit = 1.2) {
    add_text_case(cases, name, "ns/byte", what, piece, kTextBytes, limit, once(call));
  };
  const auto decode = [](auto& texts) { return texts.side.decode(texts.all, false); };
  const auto decode_latin = [](auto& texts) { return texts.side.decode(texts.all, true); };
  add("decode_ascii_1M", "1 MB of ASCII decoded from UTF-8", kWords, decode);
  add("decode_latin_text_1M", "1 MB of German decoded from UTF-8", kLatin, decode);
  add("decode_cjk_1M", "1 MB of Chinese decoded from UTF-8", kChinese, decode);
  add("decode_latin1_ascii_1M", "1 MB of ASCII decoded from Latin-1", kWords, decode_latin);
  add("decode_latin1_1M", "1 MB decoded from Latin-1, a tenth of it not ASCII", kLatin, decode_latin, kOther);
  add("encode_utf8_ascii_1M", "1 MB of ASCII encoded to UTF-8", kWords,
      [](auto& texts) { return texts.side.encode(texts.whole, false); });
  add("encode_utf8_latin_1M", "1 MB of German encoded to UTF-8", kLatin,
      [](auto& texts) { return texts.side.encode(texts.whole, false); });
  add(
      "encode_latin1_1M", "1 MB of German encoded to Latin-1", kLatin,
      [](auto& texts) { return texts.side.encode(texts.whole, true); }, kOther);
}

}  // namespace

void add_text_method_cases(Cases& cases) {
  add_short_cases(cases);
  add_long_cases(cases);
  add_codec_cases(cases);
}

}  // namespace bench
