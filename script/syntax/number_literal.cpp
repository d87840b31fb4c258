// Ints, floats and imaginary numbers.
#include <ouro/script/syntax/literals.h>

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <limits>

namespace ouro::script {

namespace {

using ast::Value;

std::string_view text_of_token(const Source& source, const Token& token) {
  return std::string_view(source.text()).substr(token.begin, token.end - token.begin);
}

/// Without underscores, letters in lower case.
std::string plain_text(std::string_view literal) {
  std::string text;
  for (const char c : literal) {
    if (c != '_') text.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  }
  return text;
}

/// What a number that is too large or too small for a double becomes.
double limit_of(std::string_view text) {
  const std::size_t exponent_at = std::min(text.find('e'), text.size());
  const std::size_t first = text.find_first_not_of("0.");
  if (first >= exponent_at) return 0;
  const std::size_t point = std::min(text.find('.'), exponent_at);
  const long magnitude = first < point ? static_cast<long>(point - first) : -static_cast<long>(first - point);
  const long exponent =
      exponent_at < text.size() ? std::strtol(text.data() + exponent_at + 1, nullptr, 10) : 0;  // ends with NUL
  return (exponent > 0 ? exponent > -magnitude : magnitude > -exponent) ? std::numeric_limits<double>::infinity() : 0;
}

double float_value(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc::result_out_of_range ? limit_of(text) : value;
}

Value int_value(Arena& arena, const std::string& text, const Token& token) {
  int radix = 10;
  std::string_view digits = text;
  if (text.size() > 1 && text[0] == '0' && text[1] > '9') {
    radix = text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : 2;
    digits.remove_prefix(2);
  } else if (digits.size() > kMaxIntDigits) {
    throw LiteralError{
        fmt::format("Exceeds the limit ({} digits) for integer string conversion: value has {} digits; use "
                    "sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to "
                    "avoid decimal conversion limits.",
                    kMaxIntDigits, digits.size()),
        LiteralError::Place::kLineOfToken, token};
  }
  Value value{.type = Value::Type::kInt};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value.integer, radix);
  value.is_small = error == std::errc();
  value.text = arena.copy(text);
  return value;
}

}  // namespace

Value number_value(Arena& arena, const Source& source, const Token& token) {
  const std::string_view literal = text_of_token(source, token);
  if (literal.size() == 1)
    return {.type = Value::Type::kInt, .is_small = true, .integer = literal[0] - '0', .text = arena.copy(literal)};
  std::string text = plain_text(literal);
  const bool has_prefix = text[0] == '0' && (text[1] == 'x' || text[1] == 'o' || text[1] == 'b');
  if (has_prefix || text.find_first_of(".ej") == std::string::npos) return int_value(arena, text, token);
  Value value{.type = Value::Type::kFloat};
  if (text.back() == 'j') {
    text.pop_back();
    value.type = Value::Type::kComplex;
  }
  value.number = float_value(text);
  return value;
}

}  // namespace ouro::script
