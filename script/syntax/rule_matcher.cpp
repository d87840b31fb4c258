// Rules, loops and tokens. What alternatives make is in explain_calls.cpp.
#include <ouro/script/syntax/rule_matcher.h>

#include <fmt/format.h>

namespace ouro::script {

RuleMatcher::RuleMatcher(const ParseContext& context, const Source& source, const TokenList& tokens, std::size_t first_token)
    : grammar_(Grammar::get()),
      context_(context),
      source_(source),
      tokens_(tokens.tokens),
      report_(source, tokens, first_token),
      at_(static_cast<std::uint32_t>(first_token)),
      begin_(at_),
      lists_(tokens.tokens.size(), kEndOfList) {}

bool RuleMatcher::pass(std::string_view rule, bool with_mistakes) {
  with_mistakes_ = with_mistakes;
  at_ = begin_;
  level_ = 0;
  forget_all();
  return match_rule(grammar_.find(rule)) != nullptr;
}

bool RuleMatcher::pass_file(bool with_mistakes) {
  with_mistakes_ = with_mistakes;
  at_ = begin_;
  const std::uint16_t statement = grammar_.find("statement");
  level_ = 3;  // file, statements and their loop
  do {
    forget_all();
    parts_.clear();
    arena_ = Arena();
  } while (match_rule(statement) != nullptr);
  level_ = 0;
  return match_token(TokenType::kEndMarker) != nullptr;
}

const RuleMatcher::Remembered* RuleMatcher::find_remembered(std::uint16_t rule) const noexcept {
  for (std::uint32_t k = lists_[at_]; k != kEndOfList; k = remembered_[k].next) {
    if (remembered_[k].rule == rule) return &remembered_[k];
  }
  return nullptr;
}

void RuleMatcher::forget_all() noexcept {
  for (const Remembered& known : remembered_) lists_[known.begin] = kEndOfList;
  remembered_.clear();
}

const Match* RuleMatcher::match_rule(std::uint16_t number) {
  const Rule& rule = grammar_[number];
  if (++level_ > kMaxLevel) {
    SyntaxError error;
    error.kind = SyntaxErrorKind::kMemoryError;
    error.filename = source_.filename();
    error.has_text = false;
    throw Raised{error, true};
  }
  if (rule.is_shared) {
    if (const Remembered* const known = find_remembered(number)) {
      at_ = known->end;
      --level_;
      return known->match;
    }
  }
  const std::uint32_t begin = at_;
  const bool was_with_mistakes = with_mistakes_;
  if (rule.name == "expression_without_invalid") with_mistakes_ = false;
  const Match* const result = rule.type == Rule::Type::kAlternatives ? match_alternatives(rule, number)
                              : rule.type == Rule::Type::kLoop       ? match_loop(rule, number)
                                                                     : match_gather(rule, number);
  with_mistakes_ = was_with_mistakes;
  if (rule.is_shared) {
    remembered_.push_back({number, begin, at_, lists_[begin], result});
    lists_[begin] = static_cast<std::uint32_t>(remembered_.size() - 1);
  }
  --level_;
  return result;
}

const Match* RuleMatcher::match_alternatives(const Rule& rule, std::uint16_t number) {
  const std::uint32_t begin = at_;
  const std::size_t first_part = parts_.size();
  for (const Alternative& alternative : rule.alternatives) {
    if (alternative.is_for_mistakes && !with_mistakes_) continue;
    Captures captures{};
    bool is_cut = false, fits = true;
    for (const Part& part : alternative.parts) {
      if (part.type == Part::Type::kCut) {
        is_cut = true;
        continue;
      }
      const Match* const match = match_part(part);
      if (match == nullptr) {
        fits = false;
        break;
      }
      if (part.capture != Part::kNoCapture) captures[part.capture] = match;
      const bool is_kept = part.look == Part::Look::kNone && match != &nothing_ &&
                           (part.type == Part::Type::kRule || alternative.visible == 1);
      if (is_kept) parts_.push_back(match);
    }
    if (fits) {
      const Match* const result = act(alternative, number, begin, captures, first_part);
      parts_.resize(first_part);
      if (result == nullptr) at_ = begin;
      return result;
    }
    parts_.resize(first_part);
    at_ = begin;
    if (is_cut) return nullptr;
  }
  return nullptr;
}

const Match* RuleMatcher::match_loop(const Rule& rule, std::uint16_t number) {
  const std::uint32_t begin = at_;
  const std::size_t first_part = parts_.size();
  const Part& part = rule.alternatives.front().parts.front();
  std::size_t count = 0;
  for (; const Match* const match = match_part(part); ++count) {
    if (part.type == Part::Type::kRule) parts_.push_back(match);
  }
  const Match* const result = count == 0 && rule.needs_one ? nullptr : make(Shape::kNone, number, begin, first_part);
  parts_.resize(first_part);
  return result;
}

const Match* RuleMatcher::match_gather(const Rule& rule, std::uint16_t number) {
  const std::uint32_t begin = at_;
  const std::size_t first_part = parts_.size();
  const Part& item = rule.alternatives.front().parts[0];
  const Part& separator = rule.alternatives.front().parts[1];
  const Match* match = match_part(item);
  if (match == nullptr) return nullptr;
  for (;;) {
    if (item.type == Part::Type::kRule) parts_.push_back(match);
    const std::uint32_t behind_item = at_;
    if (match_part(separator) != nullptr)
      match = match_part(item);
    else
      match = nullptr;
    if (match != nullptr) continue;
    at_ = behind_item;
    break;
  }
  const Match* const result = make(Shape::kNone, number, begin, first_part);
  parts_.resize(first_part);
  return result;
}

const Match* RuleMatcher::match_part(const Part& part) {
  const std::uint32_t begin = at_;
  const Match* const match = match_one(part);
  switch (part.look) {
    case Part::Look::kNone:
      return match == nullptr && part.is_optional ? &nothing_ : match;
    case Part::Look::kAhead:
      at_ = begin;
      return match;
    case Part::Look::kAheadNot:
      at_ = begin;
      return match == nullptr ? &nothing_ : nullptr;
  }
  return nullptr;
}

const Match* RuleMatcher::match_one(const Part& part) {
  switch (part.type) {
    case Part::Type::kToken:
      return match_token(part.token);
    case Part::Type::kSoftKeyword:
    case Part::Type::kAnySoftKeyword:
      return match_word(part);
    case Part::Type::kForced:
      return match_forced(part);
    case Part::Type::kRule:
      return match_rule(part.rule);
    case Part::Type::kCut:
      break;
  }
  return nullptr;
}

const Token& RuleMatcher::token() {
  report_.fetch(at_);
  return tokens_[at_];
}

const Match* RuleMatcher::match_token(TokenType type) {
  if (token().type != type) return nullptr;
  if (type == TokenType::kNumber) check_literal();
  return token_match(type == TokenType::kName ? Shape::kName : type == TokenType::kNumber ? Shape::kLiteral : Shape::kToken);
}

const Match* RuleMatcher::token_match(Shape shape) {
  const std::uint32_t begin = at_++;
  return arena_.make<Match>(shape, kNoRule, begin, at_, std::span<const Match*>());
}

const Match* RuleMatcher::match_word(const Part& part) {
  const Token& next = token();
  if (next.type != TokenType::kName) return nullptr;
  const std::string_view name = context_.names[next.name];
  // CPython compares only as many characters as the name has: "c" and "mat" are soft keywords too.
  const bool fits = part.type == Part::Type::kAnySoftKeyword ? std::string_view("case").starts_with(name) ||
                                                                   std::string_view("match").starts_with(name) || name == "_"
                                                             : name == part.word;
  return fits ? token_match(Shape::kName) : nullptr;
}

const Match* RuleMatcher::match_forced(const Part& part) {
  if (token().type == part.token) return token_match(Shape::kToken);
  throw Raised{report_.at_token(token(), fmt::format("expected '{}'", text_of(part.token)))};
}

/// CPython makes the value of a number as soon as it has the token; only a very long one can go wrong.
void RuleMatcher::check_literal() {
  const Token& number = tokens_[at_];
  if (number.end - number.begin <= kMaxIntDigits) return;
  try {
    static_cast<void>(number_value(arena_, source_, number));
  } catch (LiteralError& error) {
    ast::Span place = report_.place_of(number);
    place.col_offset = place.end_col_offset = -1;
    throw Raised{report_.at(place, std::move(error.message))};
  }
}

const Match* RuleMatcher::make(Shape shape, std::uint16_t rule, std::uint32_t begin, std::size_t first_part) {
  const std::span<const Match* const> parts(parts_.data() + first_part, parts_.size() - first_part);
  return arena_.make<Match>(shape, rule, begin, at_, arena_.copy(parts));
}

}  // namespace ouro::script
