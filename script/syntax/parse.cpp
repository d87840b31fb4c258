// Source, tokens, tree; if that fails, the explanation.
#include <ouro/script/syntax/explain.h>
#include <ouro/script/syntax/f_string.h>
#include <ouro/script/syntax/parse.h>
#include <ouro/script/syntax/parser.h>

#include <algorithm>

namespace ouro::script {

namespace {

TokenizerMode tokenizer_mode(const ParseOptions& options) noexcept {
  if (options.mode != ParseMode::kSingle) return TokenizerMode::kPlain;
  return options.implies_dedent ? TokenizerMode::kSingle : TokenizerMode::kSingleBlock;
}

bool has_only_comments(std::string_view source) {
  while (!source.empty()) {
    const std::size_t end = std::min(source.find('\n'), source.size());
    const std::size_t first = source.substr(0, end).find_first_not_of(" \t\f\r");
    if (first != std::string_view::npos && source[first] != '#') return false;
    source.remove_prefix(std::min(end + 1, source.size()));
  }
  return true;
}

/// What `parse` makes of the tokens, or the SyntaxError that CPython raises where it fails.
template <class Parse>
auto parse_or_explain(const ParseContext& context, const Source& source, TokenList& tokens, const ExplainOptions& options,
                      const Parse& parse) {
  Parser parser(context, source, tokens);
  Refusal refusal;
  try {
    return parse(parser);
  } catch (const Parser::Failure& failure) {
    if (failure.is_too_deep) throw too_complex(source);
  } catch (const LiteralError& error) {
    refusal.literal = error;
  } catch (const SyntaxError& error) {
    refusal.in_f_string = error;
  }
  refusal.first_doubtful = parser.first_doubtful();
  refusal.taken = parser.taken();
  refusal.last_match = parser.last_match();
  throw explain(context, source, tokens, options, std::move(refusal));
}

}  // namespace

Tree parse(std::string_view text, const ParseOptions& options) {
  const Source source(text, options);
  Arena arena;
  NameTable names(arena);
  std::vector<SyntaxWarning> warnings;
  const ParseContext context{arena, names, warnings};
  TokenList tokens = Tokenizer(source, names, tokenizer_mode(options)).run();
  warnings.swap(tokens.warnings);
  ast::Mod* const root = parse_or_explain(context, source, tokens, {options.mode, options.allow_incomplete},
                                          [&options](Parser& parser) { return parser.parse(options.mode); });
  return {std::move(arena), *root, std::move(warnings)};
}

ast::Expr* parse_f_string_expression(const ParseContext& context, const Source& source) {
  TokenList tokens = Tokenizer(source, context.names, TokenizerMode::kPlain).run();
  return parse_or_explain(context, source, tokens, {}, [](Parser& parser) { return parser.parse_f_string_expression(); });
}

// As the module codeop decides: what is right with one more line end is not finished yet.
Completeness completeness(std::string_view source) {
  if (has_only_comments(source)) return Completeness::kComplete;
  ParseOptions options{.mode = ParseMode::kSingle, .is_text = true, .implies_dedent = false, .allow_incomplete = true};
  try {
    static_cast<void>(parse(source, options));
    return Completeness::kComplete;
  } catch (const SyntaxError&) {}
  try {
    static_cast<void>(parse(std::string(source) + "\n", options));
    return Completeness::kIncomplete;
  } catch (const SyntaxError& error) {
    return error.is_incomplete ? Completeness::kIncomplete : Completeness::kInvalid;
  }
}

}  // namespace ouro::script
