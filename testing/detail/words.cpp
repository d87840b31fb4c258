// Splits text into words, and reads them one by one.
#include <ouro/testing/detail/words.h>
#include <ouro/testing/failure.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ouro::testing::detail {

namespace {

constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

}  // namespace

std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> words;
  std::size_t line = 1;
  std::size_t line_start = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (is_space(text[at])) {
      if (text[at++] == '\n') ++line, line_start = at;
    } else {
      const std::size_t start = at;
      while (at < text.size() && !is_space(text[at]) && text[at] != '#') ++at;
      words.push_back({text.substr(start, at - start), line, start - line_start + 1});
    }
  }
  return words;
}

bool WordCursor::take(std::string_view text) noexcept {
  if (!rest().starts_with(text)) return false;
  at_ += text.size();
  return true;
}

std::string_view WordCursor::name() {
  const std::size_t start = at_;
  const std::string_view text = word_.text;
  if (at_ == text.size() || !is_letter(text[at_])) fail("a name is missing");
  while (at_ < text.size() && (is_letter(text[at_]) || is_digit(text[at_]))) ++at_;
  return text.substr(start, at_ - start);
}

std::string_view WordCursor::letters() noexcept {
  const std::size_t start = at_;
  while (at_ < word_.text.size() && is_letter(word_.text[at_])) ++at_;
  return word_.text.substr(start, at_ - start);
}

std::uint32_t WordCursor::number() {
  std::uint32_t value = 0;
  const std::string_view digits = rest();
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc()) fail("a number is missing");
  at_ += static_cast<std::size_t>(end - digits.data());
  return value;
}

void WordCursor::fail(const std::string& complaint) const {
  throw Failure(fmt::format("line {}, column {}: {}", word_.line, word_.column + at_, complaint));
}

void WordCursor::expect_end() const {
  if (!at_end()) fail(fmt::format("'{}' does not belong here", rest()));
}

}  // namespace ouro::testing::detail
