// From the text of a program to its syntax tree, as CPython 3.11 does it.
//
//   Tree tree = parse("print(1)\n", {.filename = "<string>"});
//   for (ast::Stmt* statement : static_cast<ast::Module&>(tree.root()).body) ...
//
// The tree is CPython's (node.h); an error is CPython's too, in text and place (syntax_error.h). Time and memory are
// linear in the text. Any bytes are a tree or a SyntaxError.
#pragma once

#include <ouro/script/syntax/arena.h>
#include <ouro/script/syntax/modules.h>
#include <ouro/script/syntax/syntax_error.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ouro::script {

enum class ParseMode : std::uint8_t {
  kExec,    ///< a file: ast::Module
  kEval,    ///< one expression: ast::Expression
  kSingle,  ///< one statement at a prompt: ast::Interactive
};

struct ParseOptions {
  std::string filename = "<string>";
  ParseMode mode = ParseMode::kExec;
  bool is_text = false;        ///< UTF-8 already, as a str is: a coding line means nothing (CPython: compile(str))
  bool implies_dedent = true;  ///< kSingle: the end of the text closes open blocks (CPython: without PyCF_DONT_IMPLY_DEDENT)
  bool allow_incomplete = false;  ///< an error at the end says "incomplete input" and is_incomplete (CPython: codeop)
};

/// A syntax tree with all its memory.
class Tree {
 public:
  Tree(Arena arena, ast::Mod& root, std::vector<SyntaxWarning> warnings)
      : arena_(std::move(arena)), root_(&root), warnings_(std::move(warnings)) {}

  [[nodiscard]] ast::Mod& root() const noexcept { return *root_; }
  /// For nodes that are added, as a compiler that folds constants does.
  [[nodiscard]] Arena& arena() noexcept { return arena_; }
  [[nodiscard]] const std::vector<SyntaxWarning>& warnings() const noexcept { return warnings_; }

 private:
  Arena arena_;
  ast::Mod* root_;
  std::vector<SyntaxWarning> warnings_;
};

/// Throws SyntaxError.
[[nodiscard]] Tree parse(std::string_view source, const ParseOptions& options = {});

/// What a prompt must know about the lines typed so far.
enum class Completeness : std::uint8_t { kComplete, kIncomplete, kInvalid };
[[nodiscard]] Completeness completeness(std::string_view source);

}  // namespace ouro::script
