// Code as text, for `ouro --dis`.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/code/code.h>
#include <ouro/script/code/quicken.h>

#include <fmt/format.h>

#include <iterator>
#include <string>

namespace ouro::script {

namespace {

/// What an instruction's argument stands for.
std::string meaning(const Code& code, Op op, Word word, std::uint32_t behind) {
  const std::uint32_t argument = argument_of(word);
  switch (op) {
    case Op::kLoadConst:
      return std::string(text(*repr(code.constant(argument))));
    case Op::kLoadLocal:
    case Op::kLoadLocalChecked:
    case Op::kStoreLocal:
    case Op::kDeleteLocal:
    case Op::kMakeCell:
    case Op::kLoadClosure:
    case Op::kLoadCell:
    case Op::kLoadClassCell:
    case Op::kStoreCell:
    case Op::kDeleteCell:
      return std::string(text(code.variable(argument)));
    case Op::kLoadName:
    case Op::kStoreName:
    case Op::kDeleteName:
    case Op::kLoadGlobal:
    case Op::kStoreGlobal:
    case Op::kDeleteGlobal:
    case Op::kLoadAttribute:
    case Op::kLoadMethod:
    case Op::kStoreAttribute:
    case Op::kDeleteAttribute:
    case Op::kImportName:
    case Op::kImportFrom:
      return std::string(text(code.name_at(argument)));
    case Op::kJump:
    case Op::kJumpBack:
    case Op::kJumpIfFalse:
    case Op::kJumpIfTrue:
    case Op::kJumpIfNone:
    case Op::kJumpIfNotNone:
    case Op::kJumpIfFalseOrPop:
    case Op::kJumpIfTrueOrPop:
    case Op::kForIterate:
    case Op::kSend:
      return fmt::format("to {}", static_cast<std::int64_t>(behind) + distance_of(word));
    default:
      return {};
  }
}

void add_instructions(const Code& code, std::string& to) {
  const CodeBody& body = *code.body;
  std::int32_t line = -1;
  for (std::uint32_t at = 0; at < body.words.size();) {
    const Word word = body.words[at];
    const Op op = op_of(word);
    const std::uint32_t behind = at + 1 + cache_words(op);
    const std::int32_t here = body.location_of(at).line;
    const std::string line_text = here != line ? fmt::format("{}", here) : std::string();
    line = here;
    const std::string what = meaning(code, written_op(op), word, behind);
    fmt::format_to(std::back_inserter(to), "{:>6} {:>6} {:<22} {:>5}{}\n", line_text, at, name_of(op), argument_of(word),
                   what.empty() ? std::string() : fmt::format(" ({})", what));
    at = behind;
  }
  for (const Handler& handler : body.handlers)
    fmt::format_to(std::back_inserter(to), "  {} to {} -> {} [{}]{}\n", handler.begin, handler.end, handler.target,
                   handler.depth, handler.keeps_instruction ? " lasti" : "");
}

}  // namespace

std::string disassemble(const Code& code) {
  std::string made;
  add_instructions(code, made);
  for (Object* const constant : static_cast<const Tuple&>(*code.constants).view())
    if (const Code* const inner = as<Code>(*constant))
      made += fmt::format("\n{} (line {}):\n{}", text(static_cast<const Str&>(*inner->qualified_name)),
                          inner->body->first_line, disassemble(*inner));
  return made;
}

}  // namespace ouro::script
