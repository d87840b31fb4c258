// Putting the arguments of a call where a built-in function has its parameters (CPython: Python/getargs.c,
// Objects/methodobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace ouro {

namespace {

std::string_view plural(std::size_t count) noexcept { return count == 1 ? "" : "s"; }

[[noreturn, gnu::cold]] void refuse(const std::string& why) { raise(ErrorKind::kTypeError, why); }

/// "list.append", "list" for the constructor.
std::string whole_name(const Parameters& parameters, std::string_view owner) {
  return owner.empty() ? std::string(parameters.name) : fmt::format("{}.{}", owner, parameters.name);
}

/// "expected at most 2 arguments, got 3".
void expect_positional(const Parameters& parameters, std::size_t given) {
  const bool too_few = given < parameters.required;
  if (!too_few && given <= parameters.count) return;
  const std::size_t bound = too_few ? parameters.required : parameters.count;
  const std::string_view how = parameters.required == parameters.count ? "" : too_few ? "at least " : "at most ";
  refuse(fmt::format("{} expected {}{} argument{}, got {}", parameters.name, how, bound, plural(bound), given));
}

/// "find() takes at least 1 argument (0 given)".
void expect_in_brackets(const Parameters& parameters, std::size_t given) {
  const bool too_few = given < parameters.required;
  if (!too_few && given <= parameters.count) return;
  const std::size_t bound = too_few ? parameters.required : parameters.count;
  const std::string_view how = parameters.required == parameters.count ? "exactly" : too_few ? "at least" : "at most";
  refuse(fmt::format("{}() takes {} {} argument{} ({} given)", parameters.name, how, bound, plural(bound), given));
}

void expect_count(const Parameters& parameters, std::string_view owner, std::size_t given) {
  switch (parameters.form) {
    case Parameters::Form::kNone:
      if (given != 0) refuse(fmt::format("{}() takes no arguments ({} given)", whole_name(parameters, owner), given));
      break;
    case Parameters::Form::kOne:
      if (given != 1)
        refuse(fmt::format("{}() takes exactly one argument ({} given)", whole_name(parameters, owner), given));
      break;
    case Parameters::Form::kBrackets:
      expect_in_brackets(parameters, given);
      break;
    default:
      expect_positional(parameters, given);
      break;
  }
}

/// Where the parameter of this name is; their number if it cannot be given by name.
std::size_t find_parameter(const Parameters& parameters, std::string_view name) noexcept {
  std::size_t place = parameters.positional_only;
  while (place < parameters.count && parameters.name_at(place) != name) ++place;
  return place;
}

/// What may be given by position, and how much in all.
void expect_room(const Parameters& parameters, std::size_t positional, std::size_t named) {
  if (positional + named > parameters.count) {
    const std::string_view how = parameters.required < parameters.count ? "at most" : "exactly";
    refuse(fmt::format("{}() takes {} {} {}argument{} ({} given)", parameters.name, how, parameters.count,
                       positional == 0 ? "keyword " : "", plural(parameters.count), positional + named));
  }
  if (positional <= parameters.positional) return;
  if (parameters.positional == 0) refuse(fmt::format("{}() takes no positional arguments", parameters.name));
  const std::string_view how = parameters.required < parameters.positional ? "at most" : "exactly";
  refuse(fmt::format("{}() takes {} {} positional argument{} ({} given)", parameters.name, how, parameters.positional,
                     plural(parameters.positional), positional));
}

void place_by_name(const Parameters& parameters, const Str& name, Object& value, std::span<Object*> places) {
  const std::size_t place = find_parameter(parameters, text(name));
  if (place == parameters.count)
    refuse(fmt::format("'{}' is an invalid keyword argument for {}()", text(name), parameters.name));
  if (places[place] != nullptr)
    refuse(fmt::format("argument for {}() given by name ('{}') and position ({})", parameters.name, text(name), place + 1));
  places[place] = &value;
}

/// What has no name for a caller must be given by position.
void expect_positional_only(const Parameters& parameters, std::size_t given) {
  const std::size_t least = std::min(parameters.positional_only, parameters.required);
  if (given >= least) return;
  const std::string_view how = least < parameters.positional ? "at least" : "exactly";
  refuse(
      fmt::format("{}() takes {} {} positional argument{} ({} given)", parameters.name, how, least, plural(least), given));
}

void expect_required(const Parameters& parameters, const Arguments& given) {
  expect_positional_only(parameters, given.positional.size());
  const auto is_named = [&](std::size_t place) {
    return std::any_of(given.keyword_names.begin(), given.keyword_names.end(), [&](const Object* name) {
      return find_parameter(parameters, text(static_cast<const Str&>(*name))) == place;
    });
  };
  for (std::size_t place = given.positional.size(); place < parameters.required; ++place) {
    if (is_named(place)) continue;
    refuse(
        fmt::format("{}() missing required argument '{}' (pos {})", parameters.name, parameters.name_at(place), place + 1));
  }
}

void place_keywords(const Parameters& parameters, const Arguments& given, std::span<Object*> places) {
  const std::size_t positional = given.positional.size();
  expect_room(parameters, positional, given.keyword_names.size());
  expect_required(parameters, given);
  std::copy(given.positional.begin(), given.positional.end(), places.begin());
  for (std::size_t i = 0; i < given.keyword_names.size(); ++i)
    place_by_name(parameters, static_cast<const Str&>(*given.keyword_names[i]), *given.keyword_values[i], places);
}

}  // namespace

void detail::place_arguments_checked(const Parameters& parameters, std::string_view owner, const Arguments& given,
                                     std::span<Object*> places) {
  if (parameters.form == Parameters::Form::kKeywords) return place_keywords(parameters, given, places);
  if (!given.keyword_names.empty()) refuse(fmt::format("{}() takes no keyword arguments", whole_name(parameters, owner)));
  expect_count(parameters, owner, given.positional.size());
  std::copy(given.positional.begin(), given.positional.end(), places.begin());
}

}  // namespace ouro
