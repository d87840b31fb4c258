// Names, keywords and strings.
#include <ouro/script/syntax/tokenizer.h>
#include <ouro/script/syntax/unicode.h>

#include <fmt/format.h>

#include <cstring>

namespace ouro::script {

namespace {

/// The letters that may stand before a quote, and which may follow which: CPython's saw_b, saw_r, saw_u, saw_f.
struct Prefix {
  bool has_b = false, has_r = false, has_u = false, has_f = false;

  bool add(char c) {
    switch (c | 32) {
      case 'b':
        if (has_b || has_u || has_f) return false;
        return has_b = true;
      case 'u':
        if (has_b || has_u || has_r || has_f) return false;
        return has_u = true;
      case 'r':
        if (has_r || has_u) return false;
        return has_r = true;
      case 'f':
        if (has_f || has_b || has_u) return false;
        return has_f = true;
      default:
        return false;
    }
  }
};

}  // namespace

bool Tokenizer::take_name() {
  const char* const begin = at_;
  const char* at = at_;
  for (Prefix prefix; prefix.add(*at);) {
    ++at;
    if (*at == '"' || *at == '\'') return take_string(at);
  }
  unsigned char all = 0;
  while ((detail::class_of(*at) & (detail::kIdentifier | detail::kDigit)) != 0) all |= static_cast<unsigned char>(*at++);
  at_ = at;
  const std::string_view text(begin, static_cast<std::size_t>(at - begin));
  std::uint32_t name;
  if (all < 128) {
    name = names_.intern(text);
  } else {
    if (!check_identifier(begin)) return false;
    name = names_.intern(normalize_nfkc(text));
  }
  add(all < 128 ? names_.type_of(name) : TokenType::kName, begin, at);
  list_.tokens.back().name = name;
  return true;
}

/// [begin, at_) has characters outside ASCII.
bool Tokenizer::check_identifier(const char* begin) {
  const std::string_view text(begin, static_cast<std::size_t>(at_ - begin));
  for (std::size_t at = 0; at < text.size();) {
    const bool is_first = at == 0;
    const char32_t character = decode_utf8(text, at);
    if (is_first ? is_xid_start(character) : is_xid_continue(character)) continue;
    at_ = begin + at;
    if (!is_printable(character)) {
      return refuse(fmt::format("invalid non-printable character U+{:04X}", static_cast<std::uint32_t>(character)));
    }
    std::string shown;
    append_utf8(shown, character);
    return refuse(fmt::format("invalid character '{}' (U+{:04X})", shown, static_cast<std::uint32_t>(character)));
  }
  return true;
}

/// `quote` is at the first quote, `token_begin_` at the prefix.
bool Tokenizer::take_string(const char* quote) {
  const std::uint32_t first_line = line_;
  const char* const first_line_begin = line_begin_;
  const char c = *quote;
  const bool is_triple = quote[1] == c && quote[2] == c;
  at_ = quote + 1;
  if (!is_triple && *at_ == c) {
    ++at_;
  } else {
    if (is_triple) at_ += 2;
    for (int quotes = 0, wanted = is_triple ? 3 : 1; quotes < wanted;) {
      if (*at_ == c) {
        ++quotes;
        ++at_;
        continue;
      }
      quotes = 0;
      const bool is_escaped = *at_ == '\\';
      if (is_escaped) ++at_;
      if (at_ == end_ || (*at_ == '\n' && !is_triple && !is_escaped)) {
        const std::uint32_t last_line = line_;
        list_.end.is_open_at_end = at_ == end_;
        line_ = first_line;
        line_begin_ = first_line_begin;
        return refuse_open_string(token_begin_, last_line, is_triple);
      }
      if (*at_ == '\n') {
        step_line();
      } else {
        ++at_;
      }
    }
  }
  add(TokenType::kString, token_begin_, at_);
  list_.tokens.back().line = first_line;
  return true;
}

bool Tokenizer::refuse_open_string(const char* begin, std::uint32_t last_line, bool is_triple) {
  at_ = begin + 1;
  return refuse(fmt::format("unterminated {}string literal (detected at line {})", is_triple ? "triple-quoted " : "",
                            source_.lineno(last_line)));
}

}  // namespace ouro::script
