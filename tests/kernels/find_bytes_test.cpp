// Searching bytes: beside the plain search, and in texts made to be slow.
#include <ouro/objects/text/detail/ascii_case.h>
#include <ouro/objects/text/detail/find_bytes.h>
#include <ouro/objects/text/detail/two_way_search.h>
#include <support/catch.h>

#include <random>
#include <string>
#include <string_view>

namespace ouro::test {

namespace {

using namespace detail;

std::size_t plain_count(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; at += part.size()) ++count;
  return count;
}

void compare_searches(std::string_view text, std::string_view part) {
  INFO("'" << part << "' in '" << text << "'");
  REQUIRE(find_bytes(text, part) == text.find(part));
  REQUIRE(find_last_bytes(text, part) == text.rfind(part));
  if (part.empty()) return;
  REQUIRE(count_bytes(text, part) == plain_count(text, part));
  REQUIRE(two_way_search<ReadingOrder<false>>({text}, {part}) == text.find(part));
  const std::size_t last = text.rfind(part);
  const std::size_t from_end = last == std::string_view::npos ? last : text.size() - last - part.size();
  REQUIRE(two_way_search<ReadingOrder<true>>({text}, {part}) == from_end);
}

/// Text of few letters, which repeats itself often.
std::string random_text(std::mt19937& random, std::size_t most) {
  const std::size_t size = random() % (most + 1);
  const std::size_t letters = 1 + random() % 3;
  std::string text;
  while (text.size() < size) {
    const std::size_t repeated = random() % 4;
    const std::size_t back = random() % (text.size() + 1);
    if (repeated == 0 && text.size() > 2) text += text.substr(back, size - text.size());
    text += static_cast<char>('a' + random() % letters);
  }
  return text;
}

}  // namespace

TEST_CASE("all searches find what a plain search finds", "[kernel][find]") {
  std::mt19937 random(5);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = random_text(random, i % 10 == 0 ? 400 : 60);
    std::string part = random_text(random, i % 10 == 0 ? 60 : 6);
    if (i % 3 == 0) {
      const std::size_t from = random() % (text.size() + 1);
      part = text.substr(from, random() % 30);
    }
    compare_searches(text, part);
  }
  CHECK(find_bytes("abcabc", "abc", 1) == 3);
  CHECK(find_bytes("abc", "", 3) == 3);
  CHECK(find_bytes("abc", "", 4) == std::string_view::npos);
  CHECK(count_bytes("aaaa", "a", 3) == 3);
  CHECK(count_bytes(std::string(100, 'a'), "a") == 100);
}

TEST_CASE("a search is linear in texts that are made to be slow", "[kernel][find]") {
  // Each of these would take minutes if places were compared in full one by one.
  const std::string many(1'000'000, 'a');
  const std::string half(400'000, 'a');
  CHECK(find_bytes(many, half + 'b' + half) == std::string_view::npos);
  CHECK(find_last_bytes(many, half + 'b' + half) == std::string_view::npos);
  CHECK(find_bytes(many, "b" + half) == std::string_view::npos);
  CHECK(find_last_bytes(many, "b" + half) == std::string_view::npos);
  CHECK(find_bytes(many + 'b', half + 'b') == many.size() - half.size());
  CHECK(find_last_bytes('b' + many, 'b' + half) == 0);
  const std::string near = std::string(100, 'a') + 'b' + std::string(100, 'a');
  CHECK(find_bytes(many, near) == std::string_view::npos);
  CHECK(find_last_bytes(many, near) == std::string_view::npos);
  std::string rows;
  for (int i = 0; i < 3000; ++i) rows += std::string(199, 'a') + 'c';
  CHECK(count_bytes(rows, std::string(199, 'a') + 'c') == 3000);
}

TEST_CASE("a byte is replaced wherever it stands", "[kernel][find]") {
  for (std::size_t size = 0; size < 70; ++size) {
    std::string text(size, 'b');
    for (std::size_t i = 0; i < size; i += 3) text[i] = i % 2 == 0 ? 'a' : '\xff';
    std::string made(size, '\0'), expected = text;
    copy_replaced(text, 'a', '\x80', made.data());
    for (char& c : expected) c = c == 'a' ? '\x80' : c;
    CHECK(made == expected);
  }
}

TEST_CASE("letters change their case and nothing else does", "[kernel]") {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  for (std::size_t from = 0; from < 40; ++from) {
    const std::string text = all.substr(from) + all;
    std::string made(text.size(), '\0'), expected = text;
    copy_changed(text, kSmallLetters, made.data());
    for (char& c : expected) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    CHECK(made == expected);
    copy_changed(text, kCapitalLetters, made.data());
    for (std::size_t i = 0; i < text.size(); ++i)
      expected[i] = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    CHECK(made == expected);
    CHECK(prefix_without(text, kSmallLetters) == 'a' - from);
  }
}

}  // namespace ouro::test
