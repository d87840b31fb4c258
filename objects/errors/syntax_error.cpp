// SyntaxError: where in a source text it is (CPython: Objects/exceptions.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/detail/exception_parts.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

enum Member : std::size_t { kMsg, kFilename, kLineno, kOffset, kText, kEndLineno, kEndOffset, kPrint, kMembers };

/// `(filename, lineno, offset, text[, end_lineno, end_offset])`.
void take_place(BaseException& exception, Object& given) {
  const Ref<Tuple> place = tuple_from(given);
  const auto parts = place->view();
  for (std::size_t i = 0; i < 6; ++i) set_member(exception, kFilename + i, i < parts.size() ? parts[i] : nullptr);
  if (parts.size() < 4 || parts.size() > 6) {
    raise(ErrorKind::kTypeError, fmt::format("function takes at {} {} arguments ({} given)",
                                             parts.size() < 4 ? "least" : "most", parts.size() < 4 ? 4 : 6, parts.size()));
  }
  if (parts.size() == 5) raise(ErrorKind::kTypeError, "end_offset must be provided when end_lineno is provided");
}

void initialise_syntax_error(Object& object, const Arguments& arguments) {
  initialise_exception(object, arguments);
  const auto given = arguments.positional;
  if (!given.empty()) set_member(exception_of(object), kMsg, given[0]);
  if (given.size() == 2) take_place(exception_of(object), *given[1]);
}

std::string_view last_of_path(std::string_view path) noexcept { return path.substr(path.rfind('/') + 1); }

/// "invalid syntax (file.py, line 3)".
Ref<> str_of_syntax_error(Object& object) {
  const BaseException& exception = exception_of(object);
  const Ref<> filename = Ref<>::share(exception.members[kFilename]);
  const Ref<> lineno = Ref<>::share(exception.members[kLineno]);
  if ((object.flags & BaseException::kTextFlag) != 0) return str_of_arguments(object);
  std::string shown = text_of(exception.members[kMsg]);
  const bool has_line = lineno && is<Int>(*lineno);
  const std::string line = has_line ? fmt::format("line {}", text(*str(*lineno))) : "";
  if (filename && is<Str>(*filename)) {
    const std::string_view name = last_of_path(text(static_cast<const Str&>(*filename)));
    shown += has_line ? fmt::format(" ({}, {})", name, line) : fmt::format(" ({})", name);
  } else if (has_line) {
    shown += fmt::format(" ({})", line);
  }
  return make_str(builtins_of(object), shown);
}

constexpr Attribute kAttributes[] = {
    object_member<kMsg>("msg", "exception msg"),
    object_member<kFilename>("filename", "exception filename"),
    object_member<kLineno>("lineno", "exception lineno"),
    object_member<kOffset>("offset", "exception offset"),
    object_member<kText>("text", "exception text"),
    object_member<kEndLineno>("end_lineno", "exception end lineno"),
    object_member<kEndOffset>("end_offset", "exception end offset"),
    object_member<kPrint>("print_file_and_line", "exception print_file_and_line"),
};

}  // namespace

constinit const TypeSlots kSyntaxErrorSlots = [] {
  TypeSlots made = exception_slots(kMembers);
  made.initialise = initialise_syntax_error;
  made.str = str_of_syntax_error;
  made.attributes = &kAttributeTable<kAttributes>;
  return made;
}();

}  // namespace ouro::detail
