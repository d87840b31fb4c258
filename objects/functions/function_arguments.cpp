// Putting the arguments of a call where the parameters are (CPython: initialize_locals in Python/ceval.c, whose errors
// these are).
#include <ouro/objects/cpp/converted.h>
#include <ouro/objects/functions/function.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace ouro::detail {

namespace {

std::string_view plural(std::size_t count) noexcept { return count == 1 ? "" : "s"; }

const Tuple* parameters_of(const Function& function) noexcept { return static_cast<const Tuple*>(function.parameters); }

/// 1 if the first argument is the object, or the class, that the function is called on.
std::size_t receivers(const Function& function) noexcept {
  if (function.role == FunctionRole::kStatic) return 0;
  if (function.role != FunctionRole::kPlain) return 1;
  const Tuple* const names = parameters_of(function);
  if (names == nullptr || function.behaviour->most == 0) return 0;
  const std::string_view first = text(static_cast<const Str&>(*names->items[0]));
  return first == "self" || first == "cls" ? 1 : 0;
}
/// 1 if errors leave the first argument out of what they count.
std::size_t hidden(const Function& function) noexcept { return function.role == FunctionRole::kConstructor ? 1 : 0; }

/// The first parameter that has a default.
std::size_t first_default(const Function& function) noexcept {
  const std::size_t most = function.behaviour->most;
  return function.parameters == nullptr ? most : 2 * most - parameters_of(function)->size;
}
/// What the signature says that a missing argument is, or null.
Object* default_of(const Function& function, std::size_t position) noexcept {
  const std::size_t first = first_default(function);
  if (position < first) return nullptr;
  Object* const value = parameters_of(function)->items[function.behaviour->most + position - first];
  return kind_of(*value) == Kind::kNotImplemented ? nullptr : value;
}

/// What errors call the parameter at `position`.
std::string parameter_name(const Function& function, std::size_t position) {
  if (function.parameters != nullptr)
    return fmt::format("'{}'", text(static_cast<const Str&>(*parameters_of(function)->items[position])));
  const std::size_t before = receivers(function);
  return position < before ? "'self'" : fmt::format("'arg{}'", position + 1 - before);
}

/// "'a'", "'a' and 'b'", "'a', 'b', and 'c'".
std::string enumerated(const std::vector<std::string>& names) {
  if (names.size() == 1) return names[0];
  if (names.size() == 2) return fmt::format("{} and {}", names[0], names[1]);
  std::string all;
  for (std::size_t i = 0; i + 1 < names.size(); ++i) all += names[i] + ", ";
  return all + "and " + names.back();
}

bool refuse(const Function& function, const std::string& text) {
  static_cast<void>(fail(heap_of(function), Failure(Error(ErrorKind::kTypeError, text))));
  return false;
}

[[gnu::cold]] bool refuse_too_many(const Function& function, std::size_t given) {
  const std::size_t most = function.behaviour->most - hidden(function);
  const std::size_t required =
      std::min<std::size_t>(function.behaviour->required, first_default(function)) - hidden(function);
  given -= hidden(function);
  const std::string takes = required == most ? fmt::format("{} positional argument{}", most, plural(most))
                                             : fmt::format("from {} to {} positional arguments", required, most);
  return refuse(function,
                fmt::format("{}() takes {} but {} {} given", name_of(function), takes, given, given == 1 ? "was" : "were"));
}

bool has_required(const Function& function, std::span<Object*> given) {
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i] == nullptr) given[i] = default_of(function, i);
    if (given[i] == nullptr && i < function.behaviour->required) missing.push_back(parameter_name(function, i));
  }
  if (missing.empty()) return true;
  return refuse(function, fmt::format("{}() missing {} required positional argument{}: {}", name_of(function),
                                      missing.size(), plural(missing.size()), enumerated(missing)));
}

/// Where the parameter of this name is; their number if there is none.
std::size_t find_parameter(const Function& function, const Str& name) noexcept {
  const Tuple& names = *parameters_of(function);
  const std::size_t most = function.behaviour->most;
  std::size_t position = 0;
  while (position < most && !equal_text(static_cast<const Str&>(*names.items[position]), name)) ++position;
  return position;
}

bool bind_keyword(const Function& function, const Str& name, Object& value, std::span<Object*> given) {
  const std::size_t position = function.parameters == nullptr ? given.size() : find_parameter(function, name);
  if (position == given.size())
    return refuse(function,
                  function.parameters == nullptr
                      ? fmt::format("{}() takes no keyword arguments", name_of(function))
                      : fmt::format("{}() got an unexpected keyword argument '{}'", name_of(function), text(name)));
  if (given[position] != nullptr)
    return refuse(function, fmt::format("{}() got multiple values for argument '{}'", name_of(function), text(name)));
  given[position] = &value;
  return true;
}

}  // namespace

bool bind_arguments(const Function& function, const Arguments& arguments, std::span<Object*> given, bool takes_rest,
                    Arguments& rest) {
  const std::size_t positional = std::min(arguments.positional.size(), given.size());
  std::copy_n(arguments.positional.begin(), positional, given.begin());
  if (!takes_rest) {
    for (std::size_t i = 0; i < arguments.keyword_names.size(); ++i)
      if (!bind_keyword(function, static_cast<const Str&>(*arguments.keyword_names[i]), *arguments.keyword_values[i], given))
        return false;
    if (arguments.positional.size() > given.size()) return refuse_too_many(function, arguments.positional.size());
  }
  rest = {arguments.positional.subspan(positional), arguments.keyword_names, arguments.keyword_values};
  return has_required(function, given);
}

namespace {

void replace_failure(Heap& heap, ErrorKind kind, const std::string& text) {
  static_cast<void>(heap.failures.take());
  static_cast<void>(fail_caught(heap, Error(kind, text)));
}

/// The object that a method was called on is none of its class.
void fail_at_receiver(const Function& function, const Object& given) {
  Heap& heap = heap_of(function);
  const std::string_view name = name_of(function);
  if (function.role == FunctionRole::kConstructor)
    return replace_failure(heap, ErrorKind::kTypeError,
                           fmt::format("{}.__new__(X): X is not a type object ({})", name, given.type->name));
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || !heap.failures.newest().is(ErrorKind::kTypeError))
    return fail_at_argument(heap, fmt::format("{}() argument 'self'", name));
  replace_failure(heap, ErrorKind::kTypeError,
                  fmt::format("descriptor '{}' for '{}' objects doesn't apply to a '{}' object", name.substr(dot + 1),
                              name.substr(0, dot), given.type->name));
}

}  // namespace

// What the argument's own code threw is no matter of its type.
bool fail_at_argument(const Function& function, std::size_t position, const Object& given) {
  Heap& heap = heap_of(function);
  if (const Error* const made = heap.failures.newest().made(); made != nullptr && made->object() != nullptr) return false;
  const ErrorKind kind = heap.failures.newest().kind();
  if (kind != ErrorKind::kTypeError && kind != ErrorKind::kOverflowError && kind != ErrorKind::kValueError) return false;
  const std::size_t before = receivers(function);
  if (position < before) {
    fail_at_receiver(function, given);
  } else {
    const std::string name = function.parameters != nullptr ? " " + parameter_name(function, position) : std::string();
    fail_at_argument(heap, fmt::format("{}() argument {}{}", name_of(function), position + 1 - before, name));
  }
  return true;
}

}  // namespace ouro::detail
