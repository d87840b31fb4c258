// Reads the text of a signature: name, parameters, default values.
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/functions/detail/signature.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace ouro::detail {

namespace {

std::string_view trimmed(std::string_view part) noexcept {
  while (part.starts_with(' ')) part.remove_prefix(1);
  while (part.ends_with(' ')) part.remove_suffix(1);
  return part;
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Letters beyond ASCII are not checked.
bool is_name(std::string_view name) noexcept {
  const auto is_letter = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  };
  return !name.empty() && !is_digit(name[0]) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

/// The end of the first parameter of a list: a comma outside of quotes.
std::size_t end_of_parameter(std::string_view list) noexcept {
  char quote = '\0';
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char c = list[i];
    if (quote != '\0' && c == '\\') {
      ++i;
    } else if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == ',') {
      return i;
    }
  }
  return list.size();
}

/// The character that a backslash and `c` stand for; NUL if this parser does not know it.
char escaped(char c) noexcept {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case '\\':
    case '\'':
    case '"':
      return c;
    default:
      return '\0';
  }
}

/// The str of a literal in quotes; empty if it is none.
Ref<> str_literal(Builtins& builtins, std::string_view literal) {
  const char quote = literal[0];
  if (literal.size() < 2 || literal.back() != quote) return {};
  literal = literal.substr(1, literal.size() - 2);
  std::string value;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    char c = literal[i];
    if (c == quote) return {};
    if (c == '\\') {
      c = ++i < literal.size() ? escaped(literal[i]) : '\0';
      if (c == '\0') return {};
    }
    value += c;
  }
  return make_str(builtins, value);
}

/// The int or float of a literal, which may have a sign; empty if it is none.
Ref<> number_literal(Builtins& builtins, std::string_view literal) {
  const std::string_view digits = literal.substr(literal.starts_with('-') || literal.starts_with('+') ? 1 : 0);
  const bool begins = !digits.empty() && (is_digit(digits[0]) || digits[0] == '.');
  if (!begins || digits.find_first_not_of("0123456789_.eE+-") != std::string_view::npos) return {};
  const bool is_int = digits.find_first_not_of("0123456789_") == std::string_view::npos;
  if (is_int && digits.size() > 1 && digits[0] == '0' && digits.find_first_not_of("0_") != std::string_view::npos) return {};
  try {
    return is_int ? Ref<>(int_from_text(builtins, literal)) : Ref<>(float_from_text(builtins, literal));
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kValueError)) throw;
    return {};
  }
}

}  // namespace

Ref<> literal_of(Builtins& builtins, std::string_view literal) {
  if (literal.empty()) return {};
  if (literal == "None") return make_none(builtins);
  if (literal == "True" || literal == "False") return Ref<>::share(builtins.boolean(literal == "True"));
  return literal[0] == '\'' || literal[0] == '"' ? str_literal(builtins, literal) : number_literal(builtins, literal);
}

namespace {

/// The parameters of a signature as they are read.
class Parameters {
 public:
  Parameters(Builtins& builtins, std::string_view signature, const FunctionBehaviour& behaviour)
      : builtins_(builtins),
        signature_(signature),
        behaviour_(behaviour),
        names_(make_list(builtins)),
        defaults_(make_list(builtins)) {}

  void add(std::string_view parameter) {
    const std::size_t sign = std::min(parameter.find('='), parameter.size());
    const std::string_view name = trimmed(parameter.substr(0, sign));
    if (!is_name(name)) refuse(fmt::format("'{}' is not a parameter's name", name));
    const Ref<Str> made = intern(builtins_, name);
    if (std::find(names_->view().begin(), names_->view().end(), made.get()) != names_->view().end())
      refuse(fmt::format("duplicate argument '{}'", name));
    const bool has_default = sign != parameter.size();
    if (has_default) {
      add_default(name, trimmed(parameter.substr(sign + 1)));
    } else if (defaults_->size != 0) {
      if (names_->size < behaviour_.required) refuse("non-default argument follows default argument");
      defaults_->append(builtins_.not_implemented());
    }
    names_->append(*made);
  }

  [[nodiscard]] Ref<Tuple> finish() {
    if (names_->size != behaviour_.most)
      raise(ErrorKind::kValueError, fmt::format("signature '{}' names {} parameters, but the callable has {}", signature_,
                                                names_->size, behaviour_.most));
    for (Object* const value : defaults_->view()) names_->append(*value);
    return tuple_from(*names_);
  }

 private:
  void add_default(std::string_view name, std::string_view literal) {
    const Ref<> value = literal_of(builtins_, literal);
    if (!value)
      refuse(fmt::format("the default of '{}' is not a literal of None, bool, int, float or str: {}", name, literal));
    defaults_->append(*value);
  }
  [[noreturn, gnu::cold]] void refuse(const std::string& why) const {
    raise(ErrorKind::kValueError, fmt::format("signature '{}': {}", signature_, why));
  }

  Builtins& builtins_;
  std::string_view signature_;
  const FunctionBehaviour& behaviour_;
  Ref<List> names_;
  Ref<List> defaults_;
};

}  // namespace

SignatureText::SignatureText(std::string_view signature) : whole(signature), name(signature) {
  const std::size_t open = signature.find('(');
  if (open == std::string_view::npos) return;
  if (!signature.ends_with(')'))
    raise(ErrorKind::kValueError, fmt::format("signature '{}' does not end with ')'", signature));
  name = trimmed(signature.substr(0, open));
  has_list = true;
  list = trimmed(signature.substr(open + 1, signature.size() - open - 2));
}

Ref<Tuple> parse_parameters(Builtins& builtins, const SignatureText& signature, std::string_view first,
                            const FunctionBehaviour& behaviour) {
  Parameters parameters(builtins, signature.whole, behaviour);
  if (!first.empty()) parameters.add(first);
  for (std::string_view list = signature.list; !list.empty();) {
    const std::size_t end = end_of_parameter(list);
    parameters.add(trimmed(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  Ref<Tuple> result = parameters.finish();
  if (result->size != 0) builtins.heap.tracking.untrack(*result);  // it holds only atoms, so no cycle can go through it
  return result;
}

}  // namespace ouro::detail
