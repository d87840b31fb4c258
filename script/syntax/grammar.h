// CPython 3.11's grammar as data, with its rules for mistakes.
//
// The order of rules and of their alternatives is that of CPython's Grammar/python.gram, because the first that fits
// decides what is said. Rules that begin with themselves there are loops here. The notation:
//
//   rule: one | other                  alternatives, tried in order; a rule ends where the next begins a line
//   rule (memo): ...                   its results count for both passes, with and without mistakes, as in CPython
//   'text' "text" NAME                 a token; a name that is a keyword only here; another kind of token
//   [x y] x? x* x+ ','.x+ (x | y)      optional; optional; any number; at least one; with separators; a group
//   &x !x ~ &&'x'                      x follows; it does not; no other alternative any more; x must follow
//   a=x                                what x matched is called a; there are a and b
//
// At its end an alternative says in braces what it makes:
//
//   {Name}                             an expression of that shape
//   {last}                             an expression of the shape of its last part
//   {=a}                               what a is
//   {fail}                             nothing: the rule does not match
//   {error a: text}                    an error at a; a-b: from a to b; a-: from a to where the parser is;
//                                      without: at the last token
//   {indent a: text}                   an IndentationError at the last token; %d in the text is the line of a
//   {target star}                      an error if `a` has a part that cannot be a target; also: for, del
//   {call function}                    what a function decides (explain_calls.cpp)
//
// In texts %s is the shape of a in words, %t the text of its token. An alternative without braces and with one part is
// that part. An alternative that is one rule called invalid_... is tried in the second pass only.
#pragma once

#include <ouro/script/syntax/token.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::script {

/// What an expression is, as far as messages tell.
enum class Shape : std::uint8_t {
  // clang-format off
  kNone, kToken, kName, kAttribute, kSubscript, kStarred, kList, kTuple, kLambda, kCall, kBoolOp, kBinOp, kUnaryOp,
  kGeneratorExp, kYield, kYieldFrom, kAwait, kListComp, kSetComp, kDictComp, kDict, kSet, kJoinedStr, kLiteral, kTrue,
  kFalse, kNoneValue, kEllipsis, kCompare, kIfExp, kNamedExpr, kSlice, kKeyword, kDoubleStar,
  // clang-format on
};
/// CPython's words for it: "function call".
[[nodiscard]] std::string_view words_for(Shape shape) noexcept;

struct Action {
  enum class Type : std::uint8_t { kNone, kShape, kLast, kCapture, kFail, kError, kIndent, kTarget, kCall };
  enum class Target : std::uint8_t { kStar, kFor, kDel };
  enum class Call : std::uint8_t {
    // clang-format off
    kForgottenComma, kLegacyStatement, kUnparenthesizedGenerator, kPositionalAfterKeyword, kMissingValue, kStrings, kReal,
    kImaginary,
    // clang-format on
  };

  Type type = Type::kNone;
  Shape shape = Shape::kNone;
  Target target = Target::kStar;
  Call call = Call::kForgottenComma;
  std::uint8_t capture = 0;
  bool has_from = false, has_to = false, is_open = false;  ///< the place of an error
  std::string text{};
};

/// A part of an alternative.
struct Part {
  enum class Type : std::uint8_t { kToken, kSoftKeyword, kAnySoftKeyword, kRule, kCut, kForced };
  enum class Look : std::uint8_t { kNone, kAhead, kAheadNot };
  static constexpr std::uint8_t kNoCapture = 0xFF;

  Type type = Type::kToken;
  Look look = Look::kNone;
  bool is_optional = false;
  TokenType token = TokenType::kEndMarker;
  std::uint8_t capture = kNoCapture;
  std::uint16_t rule = 0;
  std::string word{};
};

struct Alternative {
  std::vector<Part> parts;
  Action action;
  std::size_t visible = 0;  ///< how many parts are neither looks ahead nor cuts
  bool is_for_mistakes = false;
};

struct Rule {
  enum class Type : std::uint8_t { kAlternatives, kLoop, kGather };
  Type type = Type::kAlternatives;
  bool is_named = false, is_shared = false;  ///< shared: "(memo)"
  bool needs_one = false;                    ///< kLoop
  std::string name{};
  std::vector<Alternative> alternatives{};  ///< kLoop and kGather: one part, the separator behind it
};

class Grammar {
 public:
  Grammar();

  [[nodiscard]] const Rule& operator[](std::uint16_t rule) const noexcept { return rules_[rule]; }
  [[nodiscard]] std::uint16_t find(std::string_view name) const;
  /// Made once.
  [[nodiscard]] static const Grammar& get();

 private:
  friend class GrammarReader;
  std::vector<Rule> rules_;
};

extern const char* const kStatementRules;
extern const char* const kPatternRules;
extern const char* const kExpressionRules;
extern const char* const kMistakeRules;

}  // namespace ouro::script
