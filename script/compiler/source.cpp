// Parsing and compiling, with errors as objects.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/compiler/compiler.h>
#include <ouro/script/compiler/source.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace ouro::script {

namespace {

ErrorKind kind_of_error(SyntaxErrorKind kind) noexcept {
  switch (kind) {
    case SyntaxErrorKind::kSyntaxError:
      return ErrorKind::kSyntaxError;
    case SyntaxErrorKind::kIndentationError:
      return ErrorKind::kIndentationError;
    case SyntaxErrorKind::kTabError:
      return ErrorKind::kTabError;
    case SyntaxErrorKind::kMemoryError:
      return ErrorKind::kMemoryError;
  }
  return ErrorKind::kSyntaxError;
}

[[noreturn]] void raise_syntax_error(Builtins& builtins, const SyntaxError& error) {
  const ErrorKind kind = kind_of_error(error.kind);
  if (kind == ErrorKind::kMemoryError) raise(kind, "");
  const auto offset = [&](int value) {
    return value == SyntaxError::kNoOffset ? make_none(builtins) : Ref<>(make_int(builtins, value));
  };
  const Ref<> parts[] = {make_str(builtins, error.filename),
                         make_int(builtins, error.lineno),
                         offset(error.offset),
                         error.has_text ? Ref<>(make_str(builtins, error.text)) : make_none(builtins),
                         offset(error.end_lineno),
                         offset(error.end_offset)};
  const Ref<Tuple> details = build_tuple(builtins, 6, [&](std::size_t i) noexcept { return parts[i]; });
  const Ref<Str> message = make_str(builtins, error.message);
  Object* const arguments[] = {message.get(), details.get()};
  raise(*make_exception(builtins.type(kind), arguments));
}

/// The line of a text, by number from 1, with its end.
std::string_view line_of(std::string_view text, std::int32_t number) {
  for (; number > 1 && !text.empty(); --number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  const std::size_t end = text.find('\n');
  return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

/// The number of the character at a byte, from 1.
int character_at_byte(std::string_view line, std::int32_t column) {
  int count = 1;
  for (std::size_t i = 0; i < line.size() && i < static_cast<std::size_t>(column); ++i)
    if ((static_cast<unsigned char>(line[i]) & 0xC0) != 0x80) ++count;
  return count;
}

[[noreturn]] void raise_program_error(Builtins& builtins, const ProgramError& error, std::string_view text,
                                      std::string_view file) {
  const std::string_view line = line_of(text, error.span.lineno);
  SyntaxError made;
  made.message = error.what();
  made.filename = std::string(file);
  made.lineno = error.span.lineno;
  made.offset = character_at_byte(line, error.span.col_offset);
  made.end_lineno = error.span.end_lineno;
  made.end_offset = character_at_byte(line_of(text, error.span.end_lineno), error.span.end_col_offset);
  made.text = std::string(line);
  made.has_text = !line.empty();
  raise_syntax_error(builtins, made);
}

}  // namespace

Ref<Code> compile_source(Builtins& builtins, std::string_view text, const SourceOptions& options) {
  std::optional<Tree> tree;
  std::optional<SyntaxError> refused;
  try {
    tree = parse(text, {.filename = std::string(options.file), .mode = options.mode, .is_text = options.is_text});
  } catch (const SyntaxError& error) {
    refused = error;
  }
  if (refused) raise_syntax_error(builtins, *refused);
  std::optional<ProgramError> wrong;
  try {
    return compile(tree->root(), {.builtins = builtins,
                                  .file = options.file,
                                  .arena = options.arena,
                                  .switches_between_instructions = options.switches_between_instructions});
  } catch (const ProgramError& error) {
    wrong = error;
  } catch (const std::length_error&) {
    wrong.emplace("the code is too large", ast::Span{});
  }
  raise_program_error(builtins, *wrong, text, options.file);
}

}  // namespace ouro::script
