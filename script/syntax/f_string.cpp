// The parts of an f-string, from left to right.
#include <ouro/script/syntax/f_string.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ouro::script {

namespace {

[[noreturn]] void refuse(std::string message) { throw LiteralError{"f-string: " + std::move(message)}; }

[[noreturn]] void refuse_part(std::string_view what) {
  throw LiteralError{fmt::format("f-string expression part cannot include {}", what)};
}

constexpr int kMaxDepth = 2;
constexpr std::size_t kMaxBrackets = 200;

/// The whitespace that CPython's tokenizer knows.
bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\f'; }
bool is_space(char c) noexcept { return is_blank(c) || c == '\r' || c == '\v'; }

char opening_of(char closing) noexcept { return closing == ')' ? '(' : closing == ']' ? '[' : '{'; }

}  // namespace

// ---- JoinedParts ----

ast::Constant* JoinedParts::constant(const DecodedText& text, std::span<const Token> tokens) const {
  const ast::Value value{
      .type = ast::Value::Type::kStr, .has_surrogates = text.has_surrogates, .text = context_.arena.copy(text.text)};
  const bool has_u = source_.text()[tokens.front().begin] == 'u';
  return context_.arena.make<ast::Constant>(span_of(source_, tokens.front(), tokens.back()), value,
                                            has_u ? std::string_view("u") : std::string_view());
}

void JoinedParts::add_text(std::span<const Token> tokens) {
  if (text_.text.empty()) return;
  values_.push_back(constant(text_, tokens));
  text_ = {};
}

void JoinedParts::add_expression(ast::Expr* value) {
  add_text(tokens_);
  values_.push_back(value);
}

ast::JoinedStr* JoinedParts::finish() {
  add_text(own_);
  return context_.arena.make<ast::JoinedStr>(span_of(source_, own_.front(), own_.back()),
                                             context_.arena.copy(std::span<ast::Expr* const>(values_)));
}

// ---- FStringReader ----

FStringReader::FStringReader(const ParseContext& context, const Source& source, std::span<const Token> tokens,
                             const Token& token)
    : context_(context), source_(source), tokens_(tokens), token_(token), token_begin_(source.text().data() + token.begin) {
  const StringToken parsed = take_apart({token_begin_, token.end - token.begin});
  at_ = parsed.body.data();
  end_ = at_ + parsed.body.size();
  is_raw_ = parsed.is_raw;
}

void FStringReader::read(JoinedParts& parts) { read_parts(parts, 0); }

void FStringReader::read_parts(JoinedParts& parts, int depth) {
  for (;;) {
    if (!read_text(parts, depth)) continue;
    if (at_ >= end_ || *at_ == '}') break;
    read_expression(parts, depth);
  }
  if (depth == 0 && at_ < end_) refuse("unexpected end of string");
  if (depth != 0 && (at_ >= end_ || *at_ != '}')) refuse("expecting '}'");
}

bool FStringReader::read_text(JoinedParts& parts, int depth) {
  const char* const begin = at_;
  while (at_ < end_) {
    char c = *at_++;
    if (!is_raw_ && c == '\\' && at_ < end_) {
      c = *at_++;
      if (c == 'N') {  // the braces of "\N{...}" are no expression
        if (at_ < end_ && *at_++ == '{') {
          while (at_ < end_ && *at_++ != '}') {}
        }
        continue;
      }
      if (c == '{') warn_of_escape(context_, c, source_.lineno(token_.line));
    }
    if (c != '{' && c != '}') continue;
    if (depth == 0) {
      if (at_ < end_ && *at_ == c) {
        add_literal(parts, begin, at_++);
        return false;
      }
      if (c == '}') refuse("single '}' is not allowed");
    }
    --at_;
    break;
  }
  add_literal(parts, begin, at_);
  return true;
}

void FStringReader::add_literal(JoinedParts& parts, const char* begin, const char* end) {
  const std::string_view body(begin, static_cast<std::size_t>(end - begin));
  if (is_raw_) {
    parts.text().text.append(body);
    return;
  }
  std::optional<char> first_invalid;
  decode_text(body, parts.text(), first_invalid);
  warn_of_escape(context_, first_invalid, source_.lineno(token_.line));
}

void FStringReader::read_expression(JoinedParts& parts, int depth) {
  if (depth >= kMaxDepth) refuse("expressions nested too deeply");
  const char* const begin = ++at_;
  const char* const end = find_expression_end();
  if (end >= end_) refuse("expecting '}'");
  ast::Expr* const value = parse_expression(begin, end);
  bool shows_text = false;
  if (*at_ == '=') {
    ++at_;
    while (is_space(*at_)) ++at_;
    if (at_ >= end_) refuse("expecting '}'");
    parts.text().text.append(begin, at_);
    shows_text = true;
  }
  int conversion = *at_ == '!' ? read_conversion() : -1;
  ast::Expr* format = nullptr;
  if (at_ < end_ && *at_ == ':') {
    ++at_;
    if (at_ >= end_) refuse("expecting '}'");
    JoinedParts format_parts(context_, source_, tokens_, {&token_, 1});
    read_parts(format_parts, depth + 1);
    format = format_parts.finish();
  }
  if (at_ >= end_ || *at_ != '}') refuse("expecting '}'");
  ++at_;
  if (shows_text && format == nullptr && conversion == -1) conversion = 'r';
  parts.add_expression(context_.arena.make<ast::FormattedValue>(parts.span(), value, conversion, format));
}

int FStringReader::read_conversion() {
  ++at_;
  if (at_ >= end_) refuse("expecting '}'");
  const char c = *at_++;
  if (c != 's' && c != 'r' && c != 'a') refuse("invalid conversion character: expected 's', 'r', or 'a'");
  return c;
}

/// Skips what is within quotes; `at_` is at the first and ends at the last character that belongs to it. False: they stay
/// open.
bool FStringReader::skip_quoted() {
  const char quote = *at_;
  const bool is_triple = at_ + 2 < end_ && at_[1] == quote && at_[2] == quote;
  if (is_triple) at_ += 2;
  for (++at_; at_ < end_; ++at_) {
    if (*at_ == '\\') refuse_part("a backslash");
    if (*at_ != quote) continue;
    if (!is_triple) return true;
    if (at_ + 2 < end_ && at_[1] == quote && at_[2] == quote) {
      at_ += 2;
      return true;
    }
  }
  return false;
}

const char* FStringReader::find_expression_end() {
  std::array<char, kMaxBrackets> open;
  std::size_t depth = 0;
  for (; at_ < end_; ++at_) {
    const char c = *at_;
    if (c == '\\') refuse_part("a backslash");
    if (c == '\'' || c == '"') {
      if (!skip_quoted()) refuse("unterminated string");
      continue;
    }
    if (c == '[' || c == '{' || c == '(') {
      if (depth >= kMaxBrackets) refuse("too many nested parenthesis");
      open[depth++] = c;
      continue;
    }
    if (c == '#') refuse_part("'#'");
    if (depth == 0 && std::string_view("!:}=><").find(c) != std::string_view::npos) {
      if (at_ + 1 < end_ && at_[1] == '=' && c != ':' && c != '}') {  // !=, ==, <=, >=
        ++at_;
        continue;
      }
      if (c == '>' || c == '<') continue;
      break;
    }
    if (c == ']' || c == '}' || c == ')') {
      if (depth == 0) refuse(fmt::format("unmatched '{}'", c));
      const char opening = open[--depth];
      if (opening != opening_of(c)) {
        refuse(fmt::format("closing parenthesis '{}' does not match opening parenthesis '{}'", c, opening));
      }
    }
  }
  if (depth != 0) refuse(fmt::format("unmatched '{}'", open[depth - 1]));
  return at_;
}

ast::Expr* FStringReader::parse_expression(const char* begin, const char* end) {
  if (std::all_of(begin, end, is_blank)) {
    if (*end == '!' || *end == ':' || *end == '=') refuse(fmt::format("expression required before '{}'", *end));
    refuse("empty expression not allowed");
  }
  std::string text;
  text.reserve(static_cast<std::size_t>(end - begin) + 4);
  text.push_back('(');
  text.append(begin, end);
  text.push_back(')');
  return parse_f_string_expression(context_, Source(std::move(text), source_.filename(), origin_of(begin - 1)));
}

/// `brace` becomes the opening parenthesis. What CPython computes is exact where the line of the brace has the
/// expression's first token; otherwise no node is placed by it.
Origin FStringReader::origin_of(const char* brace) const {
  const auto lines = static_cast<std::int32_t>(std::count(token_begin_, brace, '\n'));
  const char* first = brace + 1;
  while (*first == ' ' || *first == '\t' || *first == '\f') ++first;
  std::int32_t column = 0;
  if (*first != '\n' && *first != '}') {
    const char* line_begin = brace;
    while (line_begin > token_begin_ && *line_begin != '\n') --line_begin;
    column = static_cast<std::int32_t>(brace - line_begin);
    if (*line_begin == '\n') --column;
  }
  if (lines == 0) column += source_.column(token_.line, token_.begin);
  return {source_.lineno(token_.line) + lines, column};
}

}  // namespace ouro::script
