// Why a text is no program: CPython's SyntaxError for it.
//
// What the Parser has refused it goes over once more, now with Mistakes (mistakes.h), from the outer statement on in which
// it gave up. If they find none, the text is "invalid syntax" at the token where the Parser gave up.
#pragma once

#include <ouro/script/syntax/literals.h>
#include <ouro/script/syntax/parse.h>
#include <ouro/script/syntax/tokenizer.h>

#include <cstddef>
#include <optional>

namespace ouro::script {

struct ExplainOptions {
  ParseMode mode = ParseMode::kExec;
  bool allow_incomplete = false;
};

/// Where the Parser gave up, and why if it knows.
struct Refusal {
  std::size_t first_doubtful = 0;  ///< what stands before this token is known to be right
  std::size_t taken = 0;           ///< how many tokens it took
  const Token* last_match = nullptr;
  std::optional<LiteralError> literal{};
  std::optional<SyntaxError> in_f_string{};
};

/// The source may be the expression of an f-string, which is parsed in another way.
[[nodiscard]] SyntaxError explain(const ParseContext& context, const Source& source, const TokenList& tokens,
                                  const ExplainOptions& options, Refusal refusal);

/// CPython's MemoryError for what is nested too deeply.
[[nodiscard]] SyntaxError too_complex(const Source& source);

}  // namespace ouro::script
