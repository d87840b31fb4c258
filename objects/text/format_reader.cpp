// Reading format strings (CPython: MarkupIterator and FieldNameIterator in Objects/stringlib/unicode_format.h).
#include <ouro/base/error.h>
#include <ouro/objects/text/detail/character.h>
#include <ouro/objects/text/detail/format_reader.h>
#include <ouro/objects/text/detail/utf8.h>

#include <algorithm>
#include <limits>

namespace ouro::detail {

namespace {

[[noreturn, gnu::cold]] void refuse(std::string_view why) { raise(ErrorKind::kValueError, why); }

/// The number that all of `digits` is, -1 if it is none.
std::int64_t number_of(std::string_view digits) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  if (digits.empty()) return -1;
  std::int64_t value = 0;
  for (const char *at = digits.data(), *const end = at + digits.size(); at != end;) {
    const int digit = decimal_value(decode_next(at));
    if (digit < 0) return -1;
    if (value > (kMost - digit) / 10) refuse("Too many decimal digits in format string");
    value = value * 10 + digit;
  }
  return value;
}

}  // namespace

FormatPiece FormatReader::take() {
  const std::size_t brace = std::min(rest_.find_first_of("{}"), rest_.size());
  FormatPiece piece{.literal = rest_.substr(0, brace)};
  if (brace == rest_.size()) {
    rest_ = {};
    return piece;
  }
  const char which = rest_[brace];
  const std::string_view behind = rest_.substr(brace + 1);
  if (behind.starts_with(which)) {  // a brace that is written twice stands for itself
    piece.literal = rest_.substr(0, brace + 1);
    rest_ = behind.substr(1);
    return piece;
  }
  if (which == '}') refuse("Single '}' encountered in format string");
  if (behind.empty()) refuse("Single '{' encountered in format string");
  rest_ = behind;
  piece.field = take_field();
  return piece;
}

/// A ':', '!' or '}' ends a name, unless it stands in brackets.
std::size_t FormatReader::size_of_name() const {
  std::size_t at = 0;
  while (at < rest_.size()) {
    const char c = rest_[at];
    if (c == '{') refuse("unexpected '{' in field name");
    if (c == '}' || c == ':' || c == '!') return at;
    at = c == '[' ? std::min(rest_.find(']', at), rest_.size()) : at + 1;
  }
  refuse("expected '}' before end of string");
}

Field FormatReader::take_field() {
  const std::size_t size = size_of_name();
  Field field{.name = rest_.substr(0, size)};
  const char mark = rest_[size];
  rest_.remove_prefix(size + 1);
  if (mark == '}') return field;
  if (mark == '!') {
    if (rest_.empty()) refuse("end of string while looking for conversion specifier");
    const char* at = rest_.data();
    field.conversion = decode_next(at);
    rest_.remove_prefix(static_cast<std::size_t>(at - rest_.data()));
    if (!rest_.empty()) {
      const char next = rest_.front();
      rest_.remove_prefix(1);
      if (next == '}') return field;
      if (next != ':') refuse("expected ':' after conversion specifier");
    }
  }
  take_spec(field);
  return field;
}

void FormatReader::take_spec(Field& field) {
  int depth = 1;
  for (std::size_t at = 0; at < rest_.size(); ++at) {
    if (rest_[at] == '{') {
      field.spec_has_fields = true;
      ++depth;
    } else if (rest_[at] == '}' && --depth == 0) {
      field.spec = rest_.substr(0, at);
      rest_.remove_prefix(at + 1);
      return;
    }
  }
  refuse("unmatched '{' in format spec");
}

FieldPath::FieldPath(std::string_view name)
    : first_(name.substr(0, std::min(name.find_first_of(".["), name.size()))),
      rest_(name.substr(first_.size())),
      first_index_(number_of(first_)) {}

FieldStep FieldPath::take() {
  const char mark = rest_.front();
  if (mark != '.' && mark != '[') refuse("Only '.' or '[' may follow ']' in format field specifier");
  rest_.remove_prefix(1);
  const std::size_t end = mark == '.' ? std::min(rest_.find_first_of(".["), rest_.size()) : rest_.find(']');
  if (end == std::string_view::npos) refuse("Missing ']' in format string");
  FieldStep step{.is_attribute = mark == '.', .name = rest_.substr(0, end)};
  rest_.remove_prefix(mark == '.' ? end : end + 1);
  if (!step.is_attribute) step.index = number_of(step.name);
  if (step.name.empty()) refuse("Empty attribute in format string");
  return step;
}

}  // namespace ouro::detail
