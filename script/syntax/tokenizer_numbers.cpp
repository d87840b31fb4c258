// Numbers, with CPython's errors in them and behind them.
#include <ouro/script/syntax/tokenizer.h>

#include <fmt/format.h>

namespace ouro::script {

namespace {

bool is_decimal(char c) noexcept { return (detail::class_of(c) & detail::kDigit) != 0; }

bool is_digit_of(int radix, char c) noexcept {
  if (radix == 16) return (detail::class_of(c) & (detail::kDigit | detail::kHexLetter)) != 0;
  return c >= '0' && c < '0' + radix;
}

}  // namespace

bool Tokenizer::take_number() {
  bool fine;
  if (*at_ != '0') {
    fine = read_digits() && read_rest_of_decimal(false);
  } else {
    ++at_;
    switch (*at_ | 32) {
      case 'x':
        fine = read_radix(16, "hexadecimal");
        break;
      case 'o':
        fine = read_radix(8, "octal");
        break;
      case 'b':
        fine = read_radix(2, "binary");
        break;
      default: {
        bool looks_octal = false;
        fine = read_zeros(looks_octal) && (looks_octal || read_rest_of_decimal(false));
        break;
      }
    }
  }
  if (fine) add(TokenType::kNumber, token_begin_, at_);
  return fine;
}

bool Tokenizer::take_fraction_after_dot() {
  ++at_;
  if (!read_rest_of_decimal(true)) return false;
  add(TokenType::kNumber, token_begin_, at_);
  return true;
}

/// `at_` is at the letter of 0x, 0o or 0b.
bool Tokenizer::read_radix(int radix, std::string_view kind) {
  ++at_;
  const auto refuse_digit = [&] {
    const char digit = *at_++;
    return refuse(fmt::format("invalid digit '{}' in {} literal", digit, kind));
  };
  do {
    if (*at_ == '_') ++at_;
    if (!is_digit_of(radix, *at_)) {
      if (radix != 16 && is_decimal(*at_)) return refuse_digit();
      return refuse(fmt::format("invalid {} literal", kind));
    }
    while (is_digit_of(radix, *at_)) ++at_;
  } while (*at_ == '_');
  if (radix != 16 && is_decimal(*at_)) return refuse_digit();
  return end_number(kind);
}

/// `at_` is behind a first zero. Sets `looks_octal` if it has read the whole number, or refused it.
bool Tokenizer::read_zeros(bool& looks_octal) {
  for (;;) {
    if (*at_ == '_') {
      ++at_;
      if (!is_decimal(*at_)) return refuse("invalid decimal literal");
    }
    if (*at_ != '0') break;
    ++at_;
  }
  const char* const zeros_end = at_;
  if (!is_decimal(*at_)) return true;
  if (!read_digits()) return false;
  if (*at_ == '.' || (*at_ | 32) == 'e' || (*at_ | 32) == 'j') return true;
  looks_octal = true;
  return refuse("leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
                static_cast<std::size_t>(token_begin_ + 1 - line_begin_), static_cast<int>(zeros_end + 1 - line_begin_));
}

/// CPython's tok_decimal_tail: digits with single underscores between them.
bool Tokenizer::read_digits() {
  for (;;) {
    while (is_decimal(*at_)) ++at_;
    if (*at_ != '_') return true;
    ++at_;
    if (!is_decimal(*at_)) return refuse("invalid decimal literal");
  }
}

/// What may follow the digits: a point and more digits, an exponent, `j`.
bool Tokenizer::read_rest_of_decimal(bool has_point) {
  if (!has_point && *at_ == '.') {
    has_point = true;
    ++at_;
  }
  if (has_point && is_decimal(*at_) && !read_digits()) return false;
  if ((*at_ | 32) == 'e') {
    const char* const exponent = at_++;
    if (*at_ == '+' || *at_ == '-') {
      ++at_;
      if (!is_decimal(*at_)) return refuse("invalid decimal literal");
    } else if (!is_decimal(*at_)) {
      at_ = exponent;
      return end_number("decimal");
    }
    if (!read_digits()) return false;
  }
  if ((*at_ | 32) != 'j') return end_number("decimal");
  ++at_;
  return end_number("imaginary");
}

/// The keywords that CPython 3.11 still lets follow a number at once: and else for if in is not or. As whole words: `1or2`
/// is none.
bool Tokenizer::is_keyword_behind_number() const {
  const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  const auto goes_on = [](char c) {
    return static_cast<unsigned char>(c) >= 128 || (detail::class_of(c) & (detail::kIdentifier | detail::kDigit)) != 0;
  };
  const auto is = [&](std::string_view keyword) {
    return rest.starts_with(keyword) && !(rest.size() > keyword.size() && goes_on(rest[keyword.size()]));
  };
  return is("and") || is("else") || is("for") || is("if") || is("in") || is("is") || is("not") || is("or");
}

bool Tokenizer::end_number(std::string_view kind) {
  const bool is_ascii = static_cast<unsigned char>(*at_) < 128;
  if (!is_ascii || (detail::class_of(*at_) & (detail::kIdentifier | detail::kDigit)) == 0) return true;
  if (!is_keyword_behind_number()) return refuse(fmt::format("invalid {} literal", kind));
  list_.warnings.push_back(
      {SyntaxWarning::Category::kSyntaxWarning, fmt::format("invalid {} literal", kind), source_.lineno(line_)});
  return true;
}

}  // namespace ouro::script
