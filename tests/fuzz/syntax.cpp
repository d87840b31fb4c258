// Sources of any bytes: a tree or a SyntaxError, and both ways of parsing of one mind.
#include <ouro/script/syntax/dump.h>
#include <ouro/script/syntax/explain.h>
#include <ouro/script/syntax/parse.h>
#include <ouro/script/syntax/rule_matcher.h>

#include <string>

#include <fuzz/input.h>
#include <fuzz/targets.h>

namespace ouro::fuzz {

namespace {

using namespace script;

/// Whether the grammar takes the text as a file, apart from the parser written by hand.
bool grammar_takes(const ParseOptions& options, std::string_view text) {
  const Source source(text, options);
  Arena arena;
  NameTable names(arena);
  std::vector<SyntaxWarning> warnings;
  const ParseContext context{arena, names, warnings};
  const TokenList tokens = Tokenizer(source, names, TokenizerMode::kPlain).run();
  try {
    return RuleMatcher(context, source, tokens, 0).pass_file(false);
  } catch (const Raised& raised) {
    return raised.error.kind == SyntaxErrorKind::kMemoryError;
  }
}

}  // namespace

void syntax(Bytes bytes) {
  Input input(bytes);
  const std::size_t choice = input.below(4);
  const std::string_view text = input.rest();
  ParseOptions options;
  options.is_text = choice % 2 == 0;
  if (choice == 3) options.mode = ParseMode::kSingle;
  try {
    const Tree tree = parse(text, options);
    require(!dump(tree.root(), {.include_attributes = true}).empty(), "a dump");
    if (options.mode == ParseMode::kExec)
      require(grammar_takes(options, text), "a text that the parser takes and the grammar refuses");
  } catch (const SyntaxError& error) {
    require(error.message != kParsersDisagree, "a text that the grammar takes and the parser refuses");
  }
  static_cast<void>(completeness(text.substr(0, 200)));
}

}  // namespace ouro::fuzz
