// Lines, indentation, brackets and operators. Names and strings: tokenizer_words.cpp, numbers: tokenizer_numbers.cpp.
#include <ouro/script/syntax/tokenizer.h>
#include <ouro/script/syntax/unicode.h>

#include <fmt/format.h>

namespace ouro::script {

namespace {

/// The operators that begin with each character, the longest first.
struct OperatorsOf {
  std::array<TokenType, 4> types{TokenType::kOther, TokenType::kOther, TokenType::kOther, TokenType::kOther};
  std::uint8_t count = 0;
};
constexpr auto kOperators = [] {
  std::array<OperatorsOf, 128> operators{};
  for (const std::size_t length : {3U, 2U, 1U}) {
    for (auto type = static_cast<std::size_t>(TokenType::kLeftParen); type < static_cast<std::size_t>(TokenType::kFalse);
         ++type) {
      if (kTokenTexts[type].size() != length) continue;
      OperatorsOf& entry = operators[static_cast<std::size_t>(kTokenTexts[type][0])];
      entry.types[entry.count++] = static_cast<TokenType>(type);
    }
  }
  return operators;
}();

}  // namespace

Tokenizer::Tokenizer(const Source& source, NameTable& names, TokenizerMode mode)
    : source_(source),
      names_(names),
      mode_(mode),
      begin_(source.text().data()),
      end_(begin_ + source.text().size()),
      at_(begin_),
      line_begin_(begin_) {
  list_.tokens.reserve(source.text().size() / 4 + 16);
}

TokenList Tokenizer::run() && {
  while (next()) {}
  list_.end.line = line_;
  list_.end.at = offset_of(at_);
  list_.end.open = std::move(open_);
  return std::move(list_);
}

bool Tokenizer::next() {
  if (is_at_line_begin_ && !begin_line()) return false;
  while (*at_ == ' ' || *at_ == '\t' || *at_ == '\f') ++at_;
  token_begin_ = at_;
  const char c = *at_;
  const std::uint8_t kind = detail::class_of(c);
  if ((kind & detail::kIdentifier) != 0) return take_name();
  if ((kind & detail::kDigit) != 0) return take_number();
  switch (c) {
    case '\n':
    case '#':
      return take_line_end();
    case '"':
    case '\'':
      return take_string(at_);
    case '\\':
      list_.continued.push_back(line_ + 1);
      return continue_line();
    case '\0':
      return finish();
    case '.':
      if ((detail::class_of(at_[1]) & detail::kDigit) != 0) return take_fraction_after_dot();
      return take_operator();
    default:
      return take_operator();
  }
}

void Tokenizer::step_line() noexcept {
  ++at_;
  if (at_ == end_) return;  // CPython stays in the last line at the end
  ++line_;
  line_begin_ = at_;
}

bool Tokenizer::begin_line() {
  is_at_line_begin_ = false;
  int column = 0, other_column = 0, continued_column = 0;
  for (;; ++at_) {
    if (*at_ == ' ') {
      ++column, ++other_column;
    } else if (*at_ == '\t') {
      column = (column / kTabSize + 1) * kTabSize;
      ++other_column;
    } else if (*at_ == '\f') {
      column = other_column = 0;
    } else if (*at_ == '\\') {  // the first one determines the indentation
      if (continued_column == 0) continued_column = column;
      if (!continue_line()) return false;
      --at_;
    } else {
      break;
    }
  }
  if (*at_ == '#' || *at_ == '\n' || !open_.empty()) return true;
  if (continued_column != 0) column = other_column = continued_column;
  return set_indentation(column, other_column);
}

bool Tokenizer::set_indentation(int column, int other_column) {
  const auto now = static_cast<std::size_t>(indent_);
  if (column == columns_[now]) return other_column == other_columns_[now] || stop(TokenizerEnd::Reason::kTabs);
  if (column > columns_[now]) {
    if (indent_ + 1 >= kMaxIndent) return stop(TokenizerEnd::Reason::kTooDeep);
    if (other_column <= other_columns_[now]) return stop(TokenizerEnd::Reason::kTabs);
    ++indent_;
    columns_[now + 1] = column;
    other_columns_[now + 1] = other_column;
    add(TokenType::kIndent, at_, at_);
    return true;
  }
  std::size_t dedents = 0;
  while (indent_ > 0 && column < columns_[static_cast<std::size_t>(indent_)]) --indent_, ++dedents;
  if (column != columns_[static_cast<std::size_t>(indent_)]) return stop(TokenizerEnd::Reason::kDedent);
  if (other_column != other_columns_[static_cast<std::size_t>(indent_)]) return stop(TokenizerEnd::Reason::kTabs);
  while (dedents-- > 0) add(TokenType::kDedent, at_, at_);
  return true;
}

/// `at_` is at a backslash, afterwards at the beginning of the next line.
bool Tokenizer::continue_line() {
  ++at_;
  if (*at_ != '\n') {
    if (at_ != end_) ++at_;  // CPython has read it
    return stop(TokenizerEnd::Reason::kAfterContinuation);
  }
  step_line();
  return at_ != end_ || stop(TokenizerEnd::Reason::kEndInside);
}

bool Tokenizer::take_line_end() {
  while (*at_ != '\n' && at_ != end_) ++at_;
  if (at_ == end_) return true;  // a comment without a line end, where CPython goes on to the end of the text
  const bool is_blank = list_.tokens.empty() || list_.tokens.back().type == TokenType::kNewline ||
                        list_.tokens.back().type == TokenType::kDedent;
  if (open_.empty() && !is_blank) add(TokenType::kNewline, token_begin_, at_);
  step_line();
  is_at_line_begin_ = true;
  return true;
}

bool Tokenizer::finish() {
  if (at_ != end_) return take_operator();
  if (!open_.empty()) return stop(TokenizerEnd::Reason::kEndInside);
  if (mode_ != TokenizerMode::kPlain && !list_.tokens.empty()) {
    add(TokenType::kNewline, end_, end_);
    if (mode_ == TokenizerMode::kSingle && indent_ > 0) {
      for (; indent_ > 0; --indent_) add(TokenType::kDedent, end_, end_);
      add(TokenType::kNewline, end_, end_);
    }
  }
  add(TokenType::kEndMarker, end_, end_);
  return false;
}

bool Tokenizer::take_operator() {
  if (static_cast<unsigned char>(*at_) >= 128) return refuse_character();
  const OperatorsOf& candidates = kOperators[static_cast<std::size_t>(*at_)];
  const auto left = static_cast<std::size_t>(end_ - at_);
  for (std::size_t k = 0; k < candidates.count; ++k) {
    const std::string_view text = text_of(candidates.types[k]);
    if (text.size() > left || std::string_view(at_, text.size()) != text) continue;
    if (text.size() == 1) {
      if (text == "(" || text == "[" || text == "{") return open_bracket(*at_);
      if (text == ")" || text == "]" || text == "}") return close_bracket(*at_);
      if (text == "<" && at_[1] == '>') break;
    }
    at_ += text.size();
    add(candidates.types[k], token_begin_, at_);
    return true;
  }
  if (*at_ < ' ' || *at_ == 0x7F) return refuse_character();
  at_ += *at_ == '<' ? 2 : 1;
  add(TokenType::kOther, token_begin_, at_);
  return true;
}

bool Tokenizer::refuse_character() {
  const auto c = static_cast<unsigned char>(*at_++);
  return refuse(fmt::format("invalid non-printable character U+{:04X}", c));
}

bool Tokenizer::open_bracket(char c) {
  ++at_;
  if (open_.size() >= kMaxLevel) return refuse("too many nested parentheses");
  open_.push_back({c, line_, offset_of(token_begin_)});
  add(c == '(' ? TokenType::kLeftParen : c == '[' ? TokenType::kLeftBracket : TokenType::kLeftBrace, token_begin_, at_);
  return true;
}

bool Tokenizer::close_bracket(char c) {
  ++at_;
  if (open_.empty()) return refuse(fmt::format("unmatched '{}'", c));
  const TokenizerEnd::Bracket opening = open_.back();
  open_.pop_back();
  const char wanted = c == ')' ? '(' : c == ']' ? '[' : '{';
  if (opening.opening != wanted) {
    std::string message =
        fmt::format("closing parenthesis '{}' does not match opening parenthesis '{}'", c, opening.opening);
    if (opening.line != line_) message += fmt::format(" on line {}", source_.lineno(opening.line));
    return refuse(std::move(message));
  }
  add(c == ')' ? TokenType::kRightParen : c == ']' ? TokenType::kRightBracket : TokenType::kRightBrace, token_begin_, at_);
  return true;
}

void Tokenizer::add(TokenType type, const char* begin, const char* end) {
  list_.tokens.push_back({type, static_cast<std::uint8_t>(open_.size()), offset_of(begin), offset_of(end), line_, line_, 0});
}

bool Tokenizer::refuse(std::string message) {
  const std::size_t offset = count_characters({line_begin_, static_cast<std::size_t>(at_ - line_begin_)});
  return refuse(std::move(message), offset, static_cast<int>(offset));
}

bool Tokenizer::refuse(std::string message, std::size_t offset, int end_offset) {
  std::string_view text(line_begin_, static_cast<std::size_t>(end_ - line_begin_));
  text = text.substr(0, text.find('\n'));
  SyntaxError& error = list_.end.error;
  error.message = std::move(message);
  error.filename = source_.filename();
  error.lineno = error.end_lineno = source_.lineno(line_);
  error.offset = static_cast<int>(offset);
  error.end_offset = end_offset;
  error.text = replace_malformed(text);
  return stop(TokenizerEnd::Reason::kMessage);
}

bool Tokenizer::stop(TokenizerEnd::Reason reason) {
  list_.end.reason = reason;
  add(TokenType::kError, at_, at_);
  return false;
}

}  // namespace ouro::script
