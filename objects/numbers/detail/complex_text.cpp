// Writes a complex number as CPython shows it, and reads one (CPython: complex_repr and complex_from_string_inner).
#include <ouro/base/error.h>
#include <ouro/objects/numbers/detail/complex_math.h>
#include <ouro/objects/numbers/detail/float_text.h>
#include <ouro/objects/numbers/detail/numeric_text.h>
#include <ouro/objects/text/detail/text_repr.h>

#include <cmath>
#include <string>

namespace ouro::detail {

namespace {

[[noreturn, gnu::cold]] void raise_malformed() { raise(ErrorKind::kValueError, "complex() arg is a malformed string"); }

/// A part is a float without the ".0" of whole numbers.
std::size_t write_part(double value, char* out) noexcept {
  const std::size_t size = write_float(value, out);
  return size > 2 && out[size - 2] == '.' && out[size - 1] == '0' ? size - 2 : size;
}

/// The same with a sign in any case.
std::size_t write_signed_part(double value, char* out) noexcept {
  const bool is_signed = std::signbit(value) && !std::isnan(value);
  if (!is_signed) *out++ = '+';
  return write_part(value, out) + (is_signed ? 0 : 1);
}

bool is_sign(char c) noexcept { return c == '+' || c == '-'; }

/// Reads a complex number from ASCII text without underscores.
class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : rest_(text) {}

  ComplexValue read() {
    skip_spaces();
    const bool has_bracket = take('(');
    if (has_bracket) skip_spaces();
    const ComplexValue value = read_parts();
    skip_spaces();
    if (has_bracket) {
      if (!take(')')) raise_malformed();
      skip_spaces();
    }
    if (!rest_.empty()) raise_malformed();
    return value;
  }

 private:
  ComplexValue read_parts() {
    double first = 0;
    if (!take_float(&first)) return {0, read_unit()};
    if (take_imaginary_mark()) return {0, first};
    if (rest_.empty() || !is_sign(rest_.front())) return {first, 0};
    double second = 0;
    if (!take_float(&second)) return {first, read_unit()};
    if (!take_imaginary_mark()) raise_malformed();
    return {first, second};
  }
  /// "j", "+j", "-j".
  double read_unit() {
    const double unit = rest_.starts_with('-') ? -1.0 : 1.0;
    if (!rest_.empty() && is_sign(rest_.front())) rest_.remove_prefix(1);
    if (!take_imaginary_mark()) raise_malformed();
    return unit;
  }
  bool take_float(double* value) {
    const std::size_t size = float_prefix(rest_);
    if (size == 0) return false;
    *value = *parse_float(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return true;
  }
  bool take_imaginary_mark() noexcept { return take('j') || take('J'); }
  bool take(char c) noexcept {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void skip_spaces() noexcept {
    while (!rest_.empty() && is_number_space(rest_.front())) rest_.remove_prefix(1);
  }

  std::string_view rest_;
};

}  // namespace

std::size_t write_complex(ComplexValue value, char* out) noexcept {
  if (value.real == 0 && !std::signbit(value.real)) {
    const std::size_t size = write_part(value.imag, out);
    out[size] = 'j';
    return size + 1;
  }
  char* at = out;
  *at++ = '(';
  at += write_part(value.real, at);
  at += write_signed_part(value.imag, at);
  *at++ = 'j';
  *at++ = ')';
  return static_cast<std::size_t>(at - out);
}

ComplexValue parse_complex(std::string_view text) {
  std::string folded;
  std::string joined;
  std::string_view digits = fold_number(text, folded);
  // CPython looks for underscores as far as a C text goes.
  const std::size_t end = digits.find('\0');
  if (digits.substr(0, end).find('_') != std::string_view::npos) {
    if (end != std::string_view::npos || !drop_underscores(digits, joined))
      raise(ErrorKind::kValueError, "could not convert string to complex: " + repr_text(text));
    digits = joined;
  }
  return Reader(digits).read();
}

}  // namespace ouro::detail
