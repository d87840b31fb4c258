// Python's grammar of JSON (CPython: Lib/json/decoder.py, Modules/_json.c).
#include <ouro/objects/json/detail/grammar.h>
#include <ouro/objects/numbers/detail/numeric_text.h>
#include <ouro/objects/text/detail/utf8.h>

namespace ouro::json::detail {

namespace {

using ouro::detail::is_digit;

/// Exponents of more digits are beyond Boost.JSON.
constexpr std::size_t kLongExponent = 9;
/// Characters of `\uXXXX` behind the u, and one more, that Python wants to see.
constexpr std::size_t kEscapeRoom = 5;

/// True if at least `count` characters stand in `text`.
bool has_characters(std::string_view text, std::size_t count) noexcept {
  return text.size() >= count && ouro::detail::count_code_points(text.substr(0, 4 * count)) >= count;
}

int hexadecimal_digit(char c) noexcept {
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

constexpr std::string_view kBrokenEscape = "Invalid \\uXXXX escape";

}  // namespace

Grammar::Grammar(Heap& heap, std::string_view text) : text_(text), closing_(heap), odd_values_(heap) {
  skip_blanks();
  for (Next next = Next::kValue; next != Next::kNothing;) {
    right_until_ = at_;
    next = next == Next::kValue ? value() : next == Next::kKey ? key() : behind_value();
  }
  if (surrogate_ != kNone) stop_at_lone_surrogate();
}

/// What Python reads and a str cannot hold is wrong if nothing else is. The text is right up to there in any case.
void Grammar::stop_at_lone_surrogate() noexcept {
  if (is_valid()) refuse("Lone surrogate", surrogate_);
  right_until_ = right_before_surrogate_;
  while (odd_values_.size() > odd_before_surrogate_) odd_values_.pop_back();
}

void Grammar::skip_blanks() noexcept {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
}

Grammar::Next Grammar::refuse(std::string_view message, std::size_t position) noexcept {
  message_ = message;
  position_ = position;
  may_go_on_ = may_go_on_ || position >= text_.size();
  return Next::kNothing;
}

Grammar::Next Grammar::value() {
  switch (peek()) {
    case '{':
      return open('}', Next::kKey);
    case '[':
      return open(']', Next::kValue);
    case '"':
      return string() ? Next::kBehindValue : Next::kNothing;
    case 'n':
      return literal("null", false);
    case 't':
      return literal("true", false);
    case 'f':
      return literal("false", false);
    case 'N':
      return literal("NaN", true);
    case 'I':
      return literal("Infinity", true);
    default:
      return number(at_);
  }
}

Grammar::Next Grammar::open(char closing, Next inside) {
  closing_.push_back(closing);
  ++at_;
  skip_blanks();
  if (peek() != closing) return inside;
  closing_.pop_back();
  ++at_;
  return Next::kBehindValue;
}

Grammar::Next Grammar::key() {
  if (peek() != '"') return refuse("Expecting property name enclosed in double quotes", at_);
  if (!string()) return Next::kNothing;
  skip_blanks();
  if (peek() != ':') return refuse("Expecting ':' delimiter", at_);
  ++at_;
  skip_blanks();
  return Next::kValue;
}

Grammar::Next Grammar::behind_value() {
  skip_blanks();
  if (closing_.empty()) return at_ < text_.size() ? refuse("Extra data", at_) : Next::kNothing;
  const char closing = closing_.back();
  if (peek() == closing) {
    closing_.pop_back();
    ++at_;
    return Next::kBehindValue;
  }
  if (peek() != ',') return refuse("Expecting ',' delimiter", at_);
  ++at_;
  skip_blanks();
  return closing == '}' ? Next::kKey : Next::kValue;
}

Grammar::Next Grammar::literal(std::string_view word, bool is_odd) {
  const std::string_view rest = text_.substr(at_, word.size());
  if (rest != word) {
    may_go_on_ = rest.size() < word.size() && word.starts_with(rest);
    return refuse("Expecting value", at_);
  }
  if (is_odd) odd_values_.push_back({at_, at_ + word.size()});
  at_ += word.size();
  return Next::kBehindValue;
}

void Grammar::skip_digits() noexcept {
  while (is_digit(peek())) ++at_;
}

Grammar::Next Grammar::number(std::size_t begin) {
  const std::string_view rest = text_.substr(begin);
  if (rest.starts_with("-I")) {
    const Next next = literal("-Infinity", true);
    return next;
  }
  if (peek() == '-') ++at_;
  if (!is_digit(peek())) {
    may_go_on_ = at_ == text_.size();
    return refuse("Expecting value", begin);
  }
  peek() == '0' ? static_cast<void>(++at_) : skip_digits();
  const auto digit_at = [&](std::size_t place) { return place < text_.size() && is_digit(text_[place]); };
  if (peek() == '.' && digit_at(at_ + 1)) {
    ++at_;
    skip_digits();
  }
  if ((peek() | 0x20) == 'e') {
    const bool has_sign = at_ + 1 < text_.size() && (text_[at_ + 1] == '+' || text_[at_ + 1] == '-');
    const std::size_t first = at_ + 1 + (has_sign ? 1 : 0);
    if (digit_at(first)) {
      at_ = first;
      skip_digits();
      if (at_ - first > kLongExponent) odd_values_.push_back({begin, at_});
    }
  }
  const std::string_view behind = text_.substr(at_);  // of which more text could make a fraction or an exponent
  if (behind.size() <= 2 && behind.find_first_not_of(".eE+-") == behind.npos) may_go_on_ = true;
  return Next::kBehindValue;
}

bool Grammar::string() noexcept {
  string_begin_ = at_++;
  while (true) {
    const char c = peek();
    if (at_ >= text_.size()) {
      may_go_on_ = true;
      refuse("Unterminated string starting at", string_begin_);
      return false;
    }
    if (c == '"') return ++at_, true;
    if (static_cast<unsigned char>(c) < 0x20) return refuse("Invalid control character at", at_), false;
    if (c != '\\') {
      ++at_;
    } else if (!escape()) {
      return false;
    }
  }
}

bool Grammar::escape() noexcept {
  const std::size_t begin = at_++;
  if (at_ >= text_.size()) {
    may_go_on_ = true;
    return refuse("Unterminated string starting at", string_begin_), false;
  }
  const char c = text_[at_++];
  if (c != 'u') {
    constexpr std::string_view kKnown = "\"\\/bfnrt";
    return kKnown.find(c) != kKnown.npos || (refuse("Invalid \\escape", begin), false);
  }
  unsigned code = 0;
  if (!hexadecimal(code)) return false;
  if (code < 0xD800 || code > 0xDFFF) return true;
  const std::size_t end = at_;
  const bool may_be_pair =
      code < 0xDC00 && text_.substr(at_).starts_with("\\u") && has_characters(text_.substr(at_ + 2), kEscapeRoom);
  unsigned low = 0;
  if (may_be_pair) {
    at_ += 2;
    if (!hexadecimal(low)) return false;
    if (low >= 0xDC00 && low <= 0xDFFF) return true;
    at_ = end;
  }
  if (surrogate_ == kNone) {
    surrogate_ = begin;
    odd_before_surrogate_ = odd_values_.size();
    right_before_surrogate_ = right_until_;
  }
  return true;
}

bool Grammar::hexadecimal(unsigned& code) noexcept {
  const std::size_t begin = at_;
  const auto fail = [&] { return refuse(kBrokenEscape, begin - 1), false; };
  if (!has_characters(text_.substr(begin), kEscapeRoom)) {
    may_go_on_ = true;
    return fail();
  }
  for (; at_ < begin + 4; ++at_) {
    const int digit = hexadecimal_digit(text_[at_]);
    if (digit < 0) return fail();
    code = code * 16 + static_cast<unsigned>(digit);
  }
  return true;
}

}  // namespace ouro::json::detail
