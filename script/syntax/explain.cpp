// What comes first: the tokenizer's error, that of a literal, a mistake that is known, or that the text is wrong somehow.
#include <ouro/script/syntax/explain.h>
#include <ouro/script/syntax/mistakes.h>

#include <algorithm>

namespace ouro::script {

namespace {

class Explanation {
 public:
  Explanation(const ParseContext& context, const Source& source, const TokenList& tokens, const ExplainOptions& options)
      : context_(context), source_(source), tokens_(tokens), options_(options), report_(source, tokens, 0) {}

  SyntaxError run(Refusal& refusal) {
    try {
      report_.fetch(std::max(refusal.taken, end_of_match(refusal.last_match)));
      if (refusal.literal) raise(*refusal.literal);
      if (refusal.in_f_string) throw Raised{std::move(*refusal.in_f_string)};
    } catch (Raised& raised) {
      return may_be_incomplete() ? incomplete() : final(raised);
    }
    if (may_be_incomplete()) return incomplete();
    const Token last = report_.last_token();
    try {
      look_for_mistakes(refusal.first_doubtful);
    } catch (Raised& raised) {
      return final(raised);
    }
    return unknown(last);
  }

 private:
  /// CPython tries each line with `match` as the statement first: as far as it has looked then. 0 without such a line.
  [[nodiscard]] std::size_t end_of_match(const Token* match) {
    if (match == nullptr) return 0;
    Parser parser(context_, source_, tokens_);
    Mistakes mistakes(source_, tokens_, report_);
    mistakes.watch(parser, static_cast<std::size_t>(match - tokens_.tokens.data()));
    try {
      mistakes.look_over_match();
    } catch (const Parser::Failure&) {  // too deep: then it is what the parser has seen that counts
      return 0;
    } catch (const SyntaxError&) {
      return 0;
    }
    return mistakes.farthest();
  }

  void look_for_mistakes(std::size_t first) {
    Parser parser(context_, source_, tokens_);
    Mistakes mistakes(source_, tokens_, report_);
    mistakes.watch(parser, first);
    try {
      if (source_.is_f_string()) {
        static_cast<void>(parser.parse_f_string_expression());
      } else {
        static_cast<void>(parser.parse(options_.mode));
      }
    } catch (const Parser::Failure& failure) {
      if (failure.is_too_deep) throw Raised{too_complex(source_), true};
    } catch (const LiteralError& error) {
      raise(error);
    } catch (const SyntaxError& error) {
      throw Raised{error};
    }
    report_.fetch(mistakes.farthest());
  }

  [[noreturn]] void raise(const LiteralError& error) const {
    switch (error.place) {
      case LiteralError::Place::kToken:
        throw Raised{report_.at_token(error.token, error.message)};
      case LiteralError::Place::kLineOfToken: {
        ast::Span place = report_.place_of(error.token);
        place.col_offset = place.end_col_offset = -1;
        throw Raised{report_.at(place, error.message)};
      }
      case LiteralError::Place::kLastToken:
        break;
    }
    throw Raised{report_.at_last_token(SyntaxErrorKind::kSyntaxError, error.message)};
  }

  /// Nothing more is known about what is wrong than that it is at `last`.
  [[nodiscard]] SyntaxError unknown(const Token& last) const {
    if (last.type == TokenType::kIndent)
      return report_.at_last_token(SyntaxErrorKind::kIndentationError, "unexpected indent");
    if (last.type == TokenType::kDedent)
      return report_.at_last_token(SyntaxErrorKind::kIndentationError, "unexpected unindent");
    return report_.unless_tokenizer_fails(report_.at_token(last, "invalid syntax"));
  }

  [[nodiscard]] SyntaxError final(Raised& raised) const {
    if (raised.is_tokenizers) return std::move(raised.error);
    return report_.unless_tokenizer_fails(std::move(raised.error));
  }

  [[nodiscard]] bool may_be_incomplete() const { return options_.allow_incomplete && report_.is_at_end(); }
  [[nodiscard]] SyntaxError incomplete() const {
    SyntaxError error = report_.at_last_token(SyntaxErrorKind::kSyntaxError, "incomplete input");
    error.is_incomplete = true;
    return error;
  }

  const ParseContext& context_;
  const Source& source_;
  const TokenList& tokens_;
  const ExplainOptions& options_;
  ErrorReport report_;
};

}  // namespace

SyntaxError explain(const ParseContext& context, const Source& source, const TokenList& tokens,
                    const ExplainOptions& options, Refusal refusal) {
  return Explanation(context, source, tokens, options).run(refusal);
}

SyntaxError too_complex(const Source& source) {
  SyntaxError error;
  error.kind = SyntaxErrorKind::kMemoryError;
  error.filename = source.filename();
  error.has_text = false;
  return error;
}

}  // namespace ouro::script
