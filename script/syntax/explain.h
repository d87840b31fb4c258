// Why a text is no program: CPython's SyntaxError for it.
//
// CPython's parser tries the rules of its grammar in order and goes back where one does not fit. When all have failed, it
// does so once more with rules for common mistakes among them; the first of these that fits makes the message. Here the
// same is done, with the same rules in the same order (grammar_*.cpp), but only for texts that the Parser has refused.
// Results of the rules that CPython remembers are remembered, so that the cost is linear.
#pragma once

#include <ouro/script/syntax/literals.h>
#include <ouro/script/syntax/parse.h>
#include <ouro/script/syntax/tokenizer.h>

#include <cstddef>
#include <string_view>

namespace ouro::script {

/// The message where the grammar takes what the Parser has refused, which is a mistake in one of them.
inline constexpr std::string_view kParsersDisagree = "internal error: the grammar takes what the parser refuses";

struct ExplainOptions {
  ParseMode mode = ParseMode::kExec;
  bool allow_incomplete = false;
  std::size_t first_token = 0;  ///< what stands before it is known to be right
};

/// The source may be the expression of an f-string, whose rule is another one.
[[nodiscard]] SyntaxError explain(const ParseContext& context, const Source& source, const TokenList& tokens,
                                  const ExplainOptions& options);

/// CPython's MemoryError for what is nested too deeply.
[[nodiscard]] SyntaxError too_complex(const Source& source);

}  // namespace ouro::script
