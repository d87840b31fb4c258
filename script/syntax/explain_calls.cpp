// What the alternatives of the grammar make: shapes, and the errors of CPython's invalid_ rules.
#include <ouro/script/syntax/rule_matcher.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::script {

const Match* RuleMatcher::act(const Alternative& alternative, std::uint16_t rule, std::uint32_t begin,
                              const Captures& captures, std::size_t first_part) {
  const Action& action = alternative.action;
  switch (action.type) {
    case Action::Type::kNone:
      if (alternative.visible == 1 && parts_.size() == first_part + 1) return parts_.back();
      return make(Shape::kNone, rule, begin, first_part);
    case Action::Type::kShape:
      return make(action.shape, rule, begin, first_part);
    case Action::Type::kLast:
      return make(last_leaf(*parts_.back())->shape, rule, begin, first_part);
    case Action::Type::kCapture:
      return captures[action.capture];
    case Action::Type::kFail:
      return nullptr;
    case Action::Type::kError:
    case Action::Type::kIndent:
      raise_error(action, captures);
    case Action::Type::kTarget:
      raise_if_no_target(action.target, *captures[0]);
      return nullptr;
    case Action::Type::kCall:
      return call(action.call, rule, begin, captures);
  }
  return nullptr;
}

void RuleMatcher::raise_error(const Action& action, const Captures& captures) {
  std::string text = message(action.text, captures);
  if (action.type == Action::Type::kIndent)
    throw Raised{report_.at_last_token(SyntaxErrorKind::kIndentationError, std::move(text))};
  if (!action.has_from) throw Raised{report_.at_last_token(SyntaxErrorKind::kSyntaxError, std::move(text))};
  ast::Span place = span(*captures[0]);
  if (action.is_open) throw Raised{report_.from(place, std::move(text))};
  if (action.has_to) {
    const Match* const last = last_leaf(*captures[1]);
    const ast::Span end = span(last != nullptr ? *last : *captures[1]);
    place.end_lineno = end.end_lineno;
    place.end_col_offset = end.end_col_offset;
  }
  throw Raised{report_.at(place, std::move(text))};
}

/// %s: the shape in words, %t: the text, %d: the line of `a`.
std::string RuleMatcher::message(const std::string& text, const Captures& captures) const {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      result += text[at];
      continue;
    }
    switch (text[++at]) {
      case 's':
        result += words_for(captures[0]->shape);
        break;
      case 't':
        result += text_of_match(*captures[0]);
        break;
      default:
        result += fmt::format("{}", span(*captures[0]).lineno);
    }
  }
  return result;
}

const Match* RuleMatcher::call(Action::Call which, std::uint16_t rule, std::uint32_t begin, const Captures& captures) {
  const auto range = [&](const Match& first, const Match& last) {
    const ast::Span from = span(first), to = span(last);
    return ast::Span{from.lineno, from.col_offset, to.end_lineno, to.end_col_offset};
  };
  switch (which) {
    case Action::Call::kForgottenComma:
      if (is_legacy_name(*captures[0]) || tokens_[at_ - 1].level == 0) return nullptr;
      throw Raised{report_.at(range(*captures[0], *captures[1]), "invalid syntax. Perhaps you forgot a comma?")};
    case Action::Call::kLegacyStatement: {
      if (!is_legacy_name(*captures[0])) return nullptr;
      const std::string_view name = text_of_match(*captures[0]);
      throw Raised{report_.at(range(*captures[0], *captures[1]),
                              fmt::format("Missing parentheses in call to '{0}'. Did you mean {0}(...)?", name))};
    }
    case Action::Call::kUnparenthesizedGenerator: {
      std::vector<const Match*> leaves;
      collect_leaves(*captures[0], leaves);
      std::erase_if(leaves,
                    [](const Match* leaf) { return leaf->shape == Shape::kKeyword || leaf->shape == Shape::kDoubleStar; });
      if (leaves.size() <= 1) return nullptr;
      throw Raised{
          report_.at(range(*leaves.back(), *last_leaf(*captures[1])), "Generator expression must be parenthesized")};
    }
    case Action::Call::kPositionalAfterKeyword: {
      std::vector<const Match*> leaves;
      collect_leaves(*captures[0], leaves);
      const bool has_unpacking =
          std::any_of(leaves.begin(), leaves.end(), [](const Match* leaf) { return leaf->shape == Shape::kDoubleStar; });
      throw Raised{report_.at_last_token(SyntaxErrorKind::kSyntaxError,
                                         has_unpacking ? "positional argument follows keyword argument unpacking"
                                                       : "positional argument follows keyword argument")};
    }
    case Action::Call::kMissingValue: {
      ast::Span place = span(*captures[0]);
      place.col_offset = place.end_col_offset - 1;
      place.end_col_offset = -1;
      throw Raised{report_.at(place, "':' expected after dictionary key")};
    }
    case Action::Call::kStrings:
      return strings(rule, begin);
    case Action::Call::kReal:
      if (!is_complex_number(*parts_.back())) return parts_.back();
      throw Raised{report_.at(span(*parts_.back()), "real number required in complex literal")};
    case Action::Call::kImaginary:
      if (is_complex_number(*parts_.back())) return parts_.back();
      throw Raised{report_.at(span(*parts_.back()), "imaginary number required in complex literal")};
  }
  return nullptr;
}

/// Tokens [begin, at_).
const Match* RuleMatcher::strings(std::uint16_t rule, std::uint32_t begin) {
  try {
    const ast::Expr* const node = strings_node(context_, source_, {tokens_.data() + begin, tokens_.data() + at_});
    return make(ast::is<ast::JoinedStr>(node) ? Shape::kJoinedStr : Shape::kLiteral, rule, begin, parts_.size());
  } catch (LiteralError& error) {
    if (error.place == LiteralError::Place::kToken) throw Raised{report_.at_token(error.token, std::move(error.message))};
    throw Raised{report_.at_last_token(SyntaxErrorKind::kSyntaxError, std::move(error.message))};
  } catch (SyntaxError& error) {
    throw Raised{std::move(error)};
  }
}

// ---- Targets ----

void RuleMatcher::raise_if_no_target(Action::Target target, const Match& match) {
  const Match* const bad = find_bad_target(target, match);
  if (bad == nullptr) return;
  const std::string_view verb = target == Action::Target::kDel ? "delete" : "assign to";
  throw Raised{report_.at(span(*bad), fmt::format("cannot {} {}", verb, words_for(bad->shape)))};
}

/// CPython's _PyPegen_get_invalid_target.
const Match* RuleMatcher::find_bad_target(Action::Target target, const Match& match) const {
  const auto search_parts = [&]() -> const Match* {
    for (const Match* const part : match.parts) {
      if (const Match* const bad = find_bad_target(target, *part)) return bad;
    }
    return nullptr;
  };
  switch (match.shape) {
    case Shape::kNone:
    case Shape::kList:
    case Shape::kTuple:
      return search_parts();
    case Shape::kStarred:
      return target == Action::Target::kDel ? &match : search_parts();
    case Shape::kCompare: {  // "a in b" of "for a in b"
      if (target != Action::Target::kFor) return &match;
      const Match* pair = match.parts[1];
      if (pair->shape == Shape::kNone && grammar_[pair->rule].type == Rule::Type::kLoop) pair = pair->parts.front();
      return grammar_[pair->rule].name == "in_bitwise_or" ? find_bad_target(target, *match.parts.front()) : nullptr;
    }
    case Shape::kToken:
    case Shape::kName:
    case Shape::kSubscript:
    case Shape::kAttribute:
      return nullptr;
    default:
      return &match;
  }
}

// ---- Looking at matches ----

std::string_view RuleMatcher::text_of_match(const Match& match) const {
  const Token& first = tokens_[match.begin];
  return std::string_view(source_.text()).substr(first.begin, tokens_[match.end - 1].end - first.begin);
}

bool RuleMatcher::is_legacy_name(const Match& match) const {
  if (match.shape != Shape::kName) return false;
  const std::string_view name = text_of_match(match);
  return name == "print" || name == "exec";
}

bool RuleMatcher::is_complex_number(const Match& match) const {
  const char last = text_of_match(match).back();
  return last == 'j' || last == 'J';
}

const Match* RuleMatcher::last_leaf(const Match& match) {
  if (match.shape != Shape::kNone) return &match;
  for (std::size_t k = match.parts.size(); k-- > 0;) {
    if (const Match* const leaf = last_leaf(*match.parts[k])) return leaf;
  }
  return nullptr;
}

void RuleMatcher::collect_leaves(const Match& match, std::vector<const Match*>& leaves) {
  if (match.shape != Shape::kNone) {
    leaves.push_back(&match);
  } else {
    for (const Match* const part : match.parts) collect_leaves(*part, leaves);
  }
}

ast::Span RuleMatcher::span(const Match& match) const {
  const ast::Span first = report_.place_of(tokens_[match.begin]);
  std::uint32_t last = match.end;
  do {
    --last;
  } while (last > 0 && (tokens_[last].type <= TokenType::kDedent));
  const ast::Span end = report_.place_of(tokens_[last]);
  return {first.lineno, first.col_offset, end.end_lineno, end.end_col_offset};
}

}  // namespace ouro::script
