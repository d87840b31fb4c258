// Reads the notation of the grammar.
#include <ouro/script/syntax/grammar.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <utility>

namespace ouro::script {

namespace {

struct ShapeRow {
  std::string_view name, words;
};
// clang-format off
constexpr std::array kShapes = std::to_array<ShapeRow>({
    {"", ""}, {"", ""}, {"Name", "name"}, {"Attribute", "attribute"}, {"Subscript", "subscript"}, {"Starred", "starred"},
    {"List", "list"}, {"Tuple", "tuple"}, {"Lambda", "lambda"}, {"Call", "function call"}, {"BoolOp", "expression"},
    {"BinOp", "expression"}, {"UnaryOp", "expression"}, {"GeneratorExp", "generator expression"},
    {"Yield", "yield expression"},
    {"YieldFrom", "yield expression"}, {"Await", "await expression"}, {"ListComp", "list comprehension"},
    {"SetComp", "set comprehension"}, {"DictComp", "dict comprehension"}, {"Dict", "dict literal"}, {"Set", "set display"},
    {"JoinedStr", "f-string expression"}, {"Literal", "literal"}, {"True", "True"}, {"False", "False"}, {"None", "None"},
    {"Ellipsis", "ellipsis"}, {"Compare", "comparison"}, {"IfExp", "conditional expression"},
    {"NamedExpr", "named expression"}, {"Slice", "slice"}, {"Keyword", "keyword"}, {"DoubleStar", "keyword"}});
static_assert(kShapes.size() == static_cast<std::size_t>(Shape::kDoubleStar) + 1);
constexpr std::array kCalls = std::to_array<std::string_view>({
    "forgotten_comma", "legacy_statement", "unparenthesized_generator", "positional_after_keyword", "missing_value",
    "strings", "real", "imaginary"});
static_assert(kCalls.size() == static_cast<std::size_t>(Action::Call::kImaginary) + 1);
// clang-format on

}  // namespace

std::string_view words_for(Shape shape) noexcept { return kShapes[static_cast<std::size_t>(shape)].words; }

/// Reads rules into a grammar. What it does not understand is a mistake in the tables: std::logic_error.
class GrammarReader {
 public:
  explicit GrammarReader(Grammar& grammar) : rules_(grammar.rules_) {}

  void read(std::string_view text) {
    text_ = text;
    at_ = 0;
    while (skip_blanks(), at_ < text_.size()) read_rule();
  }
  void finish() const {
    for (const Rule& rule : rules_) {
      if (rule.alternatives.empty()) throw std::logic_error("no rule " + rule.name);
    }
  }

 private:
  [[noreturn]] void refuse() const { throw std::logic_error("grammar: " + std::string(text_.substr(at_, 40))); }
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  [[nodiscard]] char peek() {
    skip_blanks();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(std::string_view wanted) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(wanted)) return false;
    at_ += wanted.size();
    return true;
  }
  void expect(std::string_view wanted) {
    if (!take(wanted)) refuse();
  }
  /// Whether a rule begins here: a name at the left margin.
  [[nodiscard]] bool begins_rule() {
    skip_blanks();
    return at_ == text_.size() || (at_ > 0 && text_[at_ - 1] == '\n');
  }
  std::string_view word() {
    skip_blanks();
    const std::size_t begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_')) ++at_;
    if (at_ == begin) refuse();
    return text_.substr(begin, at_ - begin);
  }

  std::uint16_t rule_called(std::string_view name) {
    const auto [known, is_new] = by_name_.try_emplace(std::string(name), static_cast<std::uint16_t>(rules_.size()));
    if (is_new) rules_.push_back({.is_named = true, .name = std::string(name)});
    return known->second;
  }
  std::uint16_t add_rule(Rule rule) {
    rules_.push_back(std::move(rule));
    return static_cast<std::uint16_t>(rules_.size() - 1);
  }

  void read_rule() {
    const std::uint16_t rule = rule_called(word());
    if (take("(memo)")) rules_[rule].is_shared = true;
    expect(":");
    take("|");
    std::vector<Alternative> alternatives = read_alternatives();
    rules_[rule].alternatives = std::move(alternatives);
  }

  std::vector<Alternative> read_alternatives() {
    std::vector<Alternative> alternatives;
    do {
      alternatives.push_back(read_alternative());
    } while (take("|"));
    return alternatives;
  }

  Alternative read_alternative() {
    Alternative alternative;
    for (;;) {
      if (begins_rule()) break;
      const char next = peek();
      if (next == '|' || next == ')' || next == ']' || next == '{') break;
      alternative.parts.push_back(read_part());
    }
    if (take("{")) alternative.action = read_action();
    alternative.visible =
        static_cast<std::size_t>(std::count_if(alternative.parts.begin(), alternative.parts.end(), [](const Part& part) {
          return part.look == Part::Look::kNone && part.type != Part::Type::kCut;
        }));
    const Part& first = alternative.parts.front();
    alternative.is_for_mistakes =
        alternative.parts.size() == 1 && first.type == Part::Type::kRule && rules_[first.rule].name.starts_with("invalid_");
    return alternative;
  }

  Part read_part() {
    if (take("~")) return {.type = Part::Type::kCut};
    if (take("&&")) {
      Part part = read_repeated();
      part.type = Part::Type::kForced;
      return part;
    }
    Part::Look look = Part::Look::kNone;
    if (take("&")) look = Part::Look::kAhead;
    if (take("!")) look = Part::Look::kAheadNot;
    std::uint8_t capture = Part::kNoCapture;
    if (take("a=")) capture = 0;
    if (take("b=")) capture = 1;
    Part part = read_repeated();
    part.look = look;
    part.capture = capture;
    return part;
  }

  Part read_repeated() {
    Part part = read_atom();
    if (take("?")) {
      part.is_optional = true;
    } else if (take("*")) {
      part = loop(std::move(part), false);
    } else if (take("+")) {
      part = loop(std::move(part), true);
    } else if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      Rule gather{.type = Rule::Type::kGather};
      Part item = read_atom();
      gather.alternatives.push_back({.parts = {std::move(item), std::move(part)}, .action = {}});
      expect("+");
      part = {.type = Part::Type::kRule, .rule = add_rule(std::move(gather))};
    }
    return part;
  }
  Part loop(Part part, bool needs_one) {
    Rule rule{.type = Rule::Type::kLoop, .needs_one = needs_one};
    rule.alternatives.push_back({.parts = {std::move(part)}, .action = {}});
    return {.type = Part::Type::kRule, .rule = add_rule(std::move(rule))};
  }

  Part read_atom() {
    switch (peek()) {
      case '(':
        return read_group("(", ")");
      case '[': {
        Part part = read_group("[", "]");
        part.is_optional = true;
        return part;
      }
      case '\'':
      case '"':
        return read_quoted();
      default:
        break;
    }
    const std::string_view name = word();
    if (std::islower(static_cast<unsigned char>(name[0])) != 0)
      return {.type = Part::Type::kRule, .rule = rule_called(name)};
    if (name == "SOFT_KEYWORD") return {.type = Part::Type::kAnySoftKeyword};
    if (name == "ASYNC") return {.token = TokenType::kAsync};
    if (name == "AWAIT") return {.token = TokenType::kAwait};
    return {.token = token_called(name)};
  }
  Part read_group(std::string_view opening, std::string_view closing) {
    expect(opening);
    Rule rule;
    rule.alternatives = read_alternatives();
    expect(closing);
    return {.type = Part::Type::kRule, .rule = add_rule(std::move(rule))};
  }
  Part read_quoted() {
    const char quote = text_[at_++];
    const std::size_t end = text_.find(quote, at_);
    const std::string_view text = text_.substr(at_, end - at_);
    at_ = end + 1;
    const bool is_soft = quote == '"' && (std::isalpha(static_cast<unsigned char>(text[0])) != 0 || text == "_");
    if (is_soft) return {.type = Part::Type::kSoftKeyword, .word = std::string(text)};
    return {.token = token_called(text)};
  }
  [[nodiscard]] TokenType token_called(std::string_view text) const {
    const auto* const found = std::find(std::begin(kTokenTexts), std::end(kTokenTexts), text);
    if (found == std::end(kTokenTexts)) refuse();
    return static_cast<TokenType>(found - std::begin(kTokenTexts));
  }

  // ---- Actions ----

  /// Behind the brace.
  Action read_action() {
    Action action;
    if (take("=")) {
      action.type = Action::Type::kCapture;
      action.capture = take("a}") ? 0 : 1;
      if (action.capture == 1) expect("b}");
      return action;
    }
    const std::string_view name = word();
    if (name == "error" || name == "indent") {
      action.type = name == "error" ? Action::Type::kError : Action::Type::kIndent;
      read_message(action);
      return action;
    }
    if (name == "target") {
      action.type = Action::Type::kTarget;
      const std::string_view which = word();
      action.target = which == "star" ? Action::Target::kStar : which == "for" ? Action::Target::kFor : Action::Target::kDel;
    } else if (name == "call") {
      action.type = Action::Type::kCall;
      const auto* const found = std::find(kCalls.begin(), kCalls.end(), word());
      if (found == kCalls.end()) refuse();
      action.call = static_cast<Action::Call>(found - kCalls.begin());
    } else if (name == "fail") {
      action.type = Action::Type::kFail;
    } else if (name == "last") {
      action.type = Action::Type::kLast;
    } else {
      action.type = Action::Type::kShape;
      const auto* const found =
          std::find_if(kShapes.begin(), kShapes.end(), [name](const ShapeRow& row) { return row.name == name; });
      if (found == kShapes.end()) refuse();
      action.shape = static_cast<Shape>(found - kShapes.begin());
    }
    expect("}");
    return action;
  }

  /// " a-b: text}"
  void read_message(Action& action) {
    if (take("a")) {
      action.has_from = true;
      if (take("-")) {
        action.has_to = take("b");
        action.is_open = !action.has_to;
      }
    }
    expect(":");
    skip_blanks();
    const std::size_t end = text_.find("}\n", at_);
    action.text = text_.substr(at_, end - at_);
    at_ = end + 1;
  }

  std::vector<Rule>& rules_;
  std::map<std::string, std::uint16_t> by_name_;
  std::string_view text_;
  std::size_t at_ = 0;
};

Grammar::Grammar() {
  GrammarReader reader(*this);
  for (const char* const text : {kStatementRules, kPatternRules, kExpressionRules, kMistakeRules}) reader.read(text);
  reader.finish();
}

std::uint16_t Grammar::find(std::string_view name) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(), [name](const Rule& rule) { return rule.name == name; });
  return static_cast<std::uint16_t>(found - rules_.begin());
}

const Grammar& Grammar::get() {
  static const Grammar grammar;
  return grammar;
}

}  // namespace ouro::script
