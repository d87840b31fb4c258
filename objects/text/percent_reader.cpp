// Reading format strings with '%' (CPython: unicode_format_arg_parse in Objects/unicodeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/text/detail/percent_reader.h>
#include <ouro/objects/text/detail/utf8.h>

#include <algorithm>

namespace ouro::detail {

std::string_view PercentReader::take_literal(bool& found) noexcept {
  const std::size_t sign = std::min(rest_.find('%'), rest_.size());
  const std::string_view literal = rest_.substr(0, sign);
  found = sign != rest_.size();
  rest_.remove_prefix(found ? sign + 1 : sign);
  return literal;
}

bool PercentReader::take(char wanted) noexcept {
  if (!rest_.starts_with(wanted)) return false;
  rest_.remove_prefix(1);
  return true;
}

std::string_view PercentReader::take_key() {
  int depth = 1;
  for (std::size_t at = 0; at < rest_.size(); ++at) {
    if (rest_[at] == '(') ++depth;
    if (rest_[at] != ')' || --depth != 0) continue;
    const std::string_view key = rest_.substr(0, at);
    rest_.remove_prefix(at + 1);
    return key;
  }
  raise(ErrorKind::kValueError, "incomplete format key");
}

void PercentReader::take_flags(PercentConversion& conversion) {
  for (;; rest_.remove_prefix(1)) {
    expect_more();
    switch (rest_.front()) {
      case '-':
        conversion.left = true;
        break;
      case '+':
        conversion.plus = true;
        break;
      case ' ':
        conversion.blank = true;
        break;
      case '#':
        conversion.alternate = true;
        break;
      case '0':
        conversion.zeros = true;
        break;
      default:
        return;
    }
  }
}

std::int64_t PercentReader::take_number(std::int64_t most, std::string_view too_big) {
  std::int64_t value = -1;
  while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
    const int digit = rest_.front() - '0';
    value = std::max<std::int64_t>(value, 0);
    if (value > (most - digit) / 10) raise(ErrorKind::kValueError, too_big);
    value = value * 10 + digit;
    rest_.remove_prefix(1);
  }
  return value;
}

void PercentReader::take_type(PercentConversion& conversion) {
  expect_more();
  if (const char c = rest_.front(); c == 'h' || c == 'l' || c == 'L') rest_.remove_prefix(1);
  expect_more();
  conversion.place = whole_.size() - rest_.size();
  const char* at = rest_.data();
  conversion.type = is_text_ ? decode_next(at) : static_cast<unsigned char>(*at++);
  rest_.remove_prefix(static_cast<std::size_t>(at - rest_.data()));
}

std::size_t PercentReader::index_of(const PercentConversion& conversion) const noexcept {
  return is_text_ ? count_code_points(whole_.substr(0, conversion.place)) : conversion.place;
}

void PercentReader::expect_more() const {
  if (rest_.empty()) raise(ErrorKind::kValueError, "incomplete format");
}

}  // namespace ouro::detail
