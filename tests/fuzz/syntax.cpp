// Sources of any bytes: a tree, or a SyntaxError that says something and points into the text.
#include <ouro/script/syntax/dump.h>
#include <ouro/script/syntax/parse.h>

#include <algorithm>
#include <string>

#include <fuzz/input.h>
#include <fuzz/targets.h>

namespace ouro::fuzz {

namespace {

using namespace script;

void check(const SyntaxError& error, std::string_view text) {
  if (error.kind == SyntaxErrorKind::kMemoryError) return;
  require(!error.message.empty(), "an error without a message");
  const auto ends = std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), '\r');
  require(error.lineno <= ends + 2, "an error behind the text");
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
  } catch (const SyntaxError& error) {
    check(error, text);
  }
  static_cast<void>(completeness(text.substr(0, 200)));
}

}  // namespace ouro::fuzz
