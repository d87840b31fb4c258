// The two passes, and what is said when neither finds a mistake.
#include <ouro/script/syntax/explain.h>
#include <ouro/script/syntax/rule_matcher.h>

namespace ouro::script {

namespace {

std::string_view start_rule(const Source& source, ParseMode mode) noexcept {
  if (source.is_f_string()) return "fstring";
  return mode == ParseMode::kEval ? "eval" : "interactive";
}

/// CPython's runs of its parser over one text.
class Explanation {
 public:
  Explanation(const ParseContext& context, const Source& source, const TokenList& tokens, const ExplainOptions& options)
      : source_(source), options_(options), matcher_(context, source, tokens, options.first_token) {}

  SyntaxError run() {
    const ErrorReport& report = matcher_.report();
    try {
      if (pass(false)) return behind_the_end();
    } catch (Raised& raised) {
      if (may_be_incomplete()) return incomplete();
      return final(raised);
    }
    if (may_be_incomplete()) return incomplete();
    const Token last = report.last_token();
    try {
      static_cast<void>(pass(true));
    } catch (Raised& raised) {
      return final(raised);
    }
    if (last.type == TokenType::kIndent)
      return report.at_last_token(SyntaxErrorKind::kIndentationError, "unexpected indent");
    if (last.type == TokenType::kDedent)
      return report.at_last_token(SyntaxErrorKind::kIndentationError, "unexpected unindent");
    return report.unless_tokenizer_fails(report.at_token(last, "invalid syntax"));
  }

 private:
  bool pass(bool with_mistakes) {
    if (!source_.is_f_string() && options_.mode == ParseMode::kExec) return matcher_.pass_file(with_mistakes);
    return matcher_.pass(start_rule(source_, options_.mode), with_mistakes);
  }

  [[nodiscard]] SyntaxError final(Raised& raised) const {
    const bool is_syntax = raised.error.kind != SyntaxErrorKind::kMemoryError;
    if (raised.is_tokenizers || !is_syntax) return std::move(raised.error);
    return matcher_.report().unless_tokenizer_fails(std::move(raised.error));
  }

  /// A single statement is right, so that what follows it is wrong.
  [[nodiscard]] SyntaxError behind_the_end() const {
    const bool is_single = !source_.is_f_string() && options_.mode == ParseMode::kSingle;
    return matcher_.report().at_last_token(
        SyntaxErrorKind::kSyntaxError,
        std::string(is_single ? "multiple statements found while compiling a single statement" : kParsersDisagree));
  }

  [[nodiscard]] bool may_be_incomplete() const { return options_.allow_incomplete && matcher_.report().is_at_end(); }
  [[nodiscard]] SyntaxError incomplete() const {
    SyntaxError error = matcher_.report().at_last_token(SyntaxErrorKind::kSyntaxError, "incomplete input");
    error.is_incomplete = true;
    return error;
  }

  const Source& source_;
  const ExplainOptions& options_;
  RuleMatcher matcher_;
};

}  // namespace

SyntaxError explain(const ParseContext& context, const Source& source, const TokenList& tokens,
                    const ExplainOptions& options) {
  return Explanation(context, source, tokens, options).run();
}

SyntaxError too_complex(const Source& source) {
  SyntaxError error;
  error.kind = SyntaxErrorKind::kMemoryError;
  error.filename = source.filename();
  error.has_text = false;
  return error;
}

}  // namespace ouro::script
