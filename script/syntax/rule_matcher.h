// Matches tokens with the grammar of grammar.h as CPython's generated parser does: rule by rule, alternative by alternative.
#pragma once

#include <ouro/script/syntax/error_report.h>
#include <ouro/script/syntax/grammar.h>
#include <ouro/script/syntax/literals.h>
#include <ouro/script/syntax/tokenizer.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ouro::script {

/// What a rule or a captured token matched: the tokens [begin, end).
struct Match {
  Shape shape;
  std::uint16_t rule;
  std::uint32_t begin, end;
  std::span<const Match*> parts;  ///< what its rules matched, those that matched nothing left out
};

class RuleMatcher {
 public:
  RuleMatcher(const ParseContext& context, const Source& source, const TokenList& tokens, std::size_t first_token);

  /// One pass. True if `rule` matches from the first token. Throws Raised.
  [[nodiscard]] bool pass(std::string_view rule, bool with_mistakes);
  /// As `pass`, for statements to the end of the file: what a statement needed to remember is forgotten behind it.
  [[nodiscard]] bool pass_file(bool with_mistakes);

  [[nodiscard]] const ErrorReport& report() const noexcept { return report_; }

 private:
  static constexpr int kMaxLevel = 6000;
  static constexpr std::uint16_t kNoRule = 0xFFFF;
  using Captures = std::array<const Match*, 2>;

  /// The result of a rule that is remembered, in a list for each token.
  struct Remembered {
    std::uint16_t rule;
    std::uint32_t begin, end, next;
    const Match* match;
  };
  static constexpr std::uint32_t kEndOfList = 0xFFFFFFFF;

  [[nodiscard]] const Remembered* find_remembered(std::uint16_t rule) const noexcept;
  void forget_all() noexcept;
  [[nodiscard]] const Match* match_rule(std::uint16_t rule);
  [[nodiscard]] const Match* match_alternatives(const Rule& rule, std::uint16_t number);
  [[nodiscard]] const Match* match_loop(const Rule& rule, std::uint16_t number);
  [[nodiscard]] const Match* match_gather(const Rule& rule, std::uint16_t number);
  /// Null: no match. `nothing_` is what an optional part matches that is not there.
  [[nodiscard]] const Match* match_part(const Part& part);
  [[nodiscard]] const Match* match_one(const Part& part);
  [[nodiscard]] const Match* match_token(TokenType type);
  [[nodiscard]] const Match* match_word(const Part& part);
  [[nodiscard]] const Match* match_forced(const Part& part);
  [[nodiscard]] const Match* token_match(Shape shape);

  [[nodiscard]] const Token& token();
  void check_literal();

  // ---- What an alternative makes (explain_calls.cpp) ----
  /// Null: the rule does not match.
  [[nodiscard]] const Match* act(const Alternative& alternative, std::uint16_t rule, std::uint32_t begin,
                                 const Captures& captures, std::size_t first_part);
  [[nodiscard]] const Match* call(Action::Call which, std::uint16_t rule, std::uint32_t begin, const Captures& captures);
  [[nodiscard]] const Match* strings(std::uint16_t rule, std::uint32_t begin);
  [[noreturn]] void raise_error(const Action& action, const Captures& captures);
  void raise_if_no_target(Action::Target target, const Match& match);
  [[nodiscard]] const Match* find_bad_target(Action::Target target, const Match& match) const;
  [[nodiscard]] bool is_legacy_name(const Match& match) const;
  [[nodiscard]] bool is_complex_number(const Match& match) const;
  [[nodiscard]] std::string message(const std::string& text, const Captures& captures) const;
  [[nodiscard]] std::string_view text_of_match(const Match& match) const;
  /// The last expression in it.
  [[nodiscard]] static const Match* last_leaf(const Match& match);
  static void collect_leaves(const Match& match, std::vector<const Match*>& leaves);
  [[nodiscard]] ast::Span span(const Match& match) const;

  [[nodiscard]] const Match* make(Shape shape, std::uint16_t rule, std::uint32_t begin, std::size_t first_part);

  const Grammar& grammar_;
  const ParseContext& context_;
  const Source& source_;
  const std::vector<Token>& tokens_;
  ErrorReport report_;
  std::uint32_t at_, begin_;
  bool with_mistakes_ = false;
  int level_ = 0;
  Arena arena_;
  std::vector<const Match*> parts_;
  std::vector<Remembered> remembered_;
  std::vector<std::uint32_t> lists_;
  Match nothing_{};
};

}  // namespace ouro::script
