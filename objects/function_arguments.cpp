// Putting the arguments of a call where the parameters are (CPython: initialize_locals in Python/ceval.c, whose errors
// these are).
#include <ouro/objects/function.h>

#include <fmt/format.h>

#include <new>
#include <stdexcept>
#include <string>
#include <vector>

namespace ouro::detail {

namespace {

std::string_view plural(std::size_t count) noexcept { return count == 1 ? "" : "s"; }

/// What errors call the parameter at `position`.
std::string parameter_name(const Function& function, std::size_t position) {
  if (function.parameters == nullptr) return fmt::format("'arg{}'", position + 1);
  return fmt::format("'{}'",
                     text(static_cast<const Str&>(*static_cast<const Tuple*>(function.parameters)->items[position])));
}

/// "'a'", "'a' and 'b'", "'a', 'b', and 'c'".
std::string enumerated(const std::vector<std::string>& names) {
  if (names.size() == 1) return names[0];
  if (names.size() == 2) return fmt::format("{} and {}", names[0], names[1]);
  std::string all;
  for (std::size_t i = 0; i + 1 < names.size(); ++i) all += names[i] + ", ";
  return all + "and " + names.back();
}

[[noreturn, gnu::cold]] void refuse_too_many(const Function& function, std::size_t given) {
  const std::size_t most = function.behaviour->most;
  const std::size_t required = function.behaviour->required;
  const std::string takes = required == most ? fmt::format("{} positional argument{}", most, plural(most))
                                             : fmt::format("from {} to {} positional arguments", required, most);
  raise(ErrorKind::kTypeError,
        fmt::format("{}() takes {} but {} {} given", name_of(function), takes, given, given == 1 ? "was" : "were"));
}

void expect_required(const Function& function, std::span<Object* const> given) {
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < function.behaviour->required; ++i)
    if (given[i] == nullptr) missing.push_back(parameter_name(function, i));
  if (missing.empty()) return;
  raise(ErrorKind::kTypeError, fmt::format("{}() missing {} required positional argument{}: {}", name_of(function),
                                           missing.size(), plural(missing.size()), enumerated(missing)));
}

/// Where the parameter of this name is; their number if there is none.
std::size_t find_parameter(const Function& function, const Str& name) noexcept {
  const auto& names = static_cast<const Tuple&>(*function.parameters);
  std::size_t position = 0;
  while (position < names.size && !equal_text(static_cast<const Str&>(*names.items[position]), name)) ++position;
  return position;
}

void bind_keyword(const Function& function, const Str& name, Object& value, std::span<Object*> given) {
  const std::size_t position = function.parameters == nullptr ? given.size() : find_parameter(function, name);
  if (position == given.size()) {
    raise(ErrorKind::kTypeError,
          function.parameters == nullptr
              ? fmt::format("{}() takes no keyword arguments", name_of(function))
              : fmt::format("{}() got an unexpected keyword argument '{}'", name_of(function), text(name)));
  }
  if (given[position] != nullptr)
    raise(ErrorKind::kTypeError, fmt::format("{}() got multiple values for argument '{}'", name_of(function), text(name)));
  given[position] = &value;
}

}  // namespace

Arguments bind_arguments(const Function& function, const Arguments& arguments, std::span<Object*> given, bool takes_rest) {
  const std::size_t positional = std::min(arguments.positional.size(), given.size());
  std::copy_n(arguments.positional.begin(), positional, given.begin());
  if (!takes_rest) {
    for (std::size_t i = 0; i < arguments.keyword_names.size(); ++i)
      bind_keyword(function, static_cast<const Str&>(*arguments.keyword_names[i]), *arguments.keyword_values[i], given);
    if (arguments.positional.size() > given.size()) refuse_too_many(function, arguments.positional.size());
  }
  expect_required(function, given);
  return {arguments.positional.subspan(positional), arguments.keyword_names, arguments.keyword_values};
}

void raise_at_argument(const Function& function, std::size_t position, const Error& error) {
  raise_at(error, fmt::format("{}() argument {}", name_of(function), position + 1));
}

void raise_foreign() {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  } catch (const std::out_of_range& error) {
    raise(ErrorKind::kIndexError, error.what());
  } catch (const std::overflow_error& error) {
    raise(ErrorKind::kOverflowError, error.what());
  } catch (const std::range_error& error) {
    raise(ErrorKind::kValueError, error.what());
  } catch (const std::invalid_argument& error) {
    raise(ErrorKind::kValueError, error.what());
  } catch (const std::domain_error& error) {
    raise(ErrorKind::kValueError, error.what());
  } catch (const std::length_error& error) {
    raise(ErrorKind::kValueError, error.what());
  } catch (const std::exception& error) {
    raise(ErrorKind::kRuntimeError, error.what());
  } catch (...) {
    raise(ErrorKind::kSystemError, "unknown C++ exception");
  }
}

}  // namespace ouro::detail
