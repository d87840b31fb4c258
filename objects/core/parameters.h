// Parameters: what a built-in function takes, read at compile time from the text that documents it.
//
//   clear()                         nothing                "list.clear() takes no arguments (1 given)"
//   append(object, /)               exactly one            "list.append() takes exactly one argument (2 given)"
//   insert(index, object, /)        by position only       "insert expected 2 arguments, got 1"
//   sort(*, key=None, reverse=False)    by name, too       "sort() takes no positional arguments"
//   find(sub[, start[, end]])       by position only       "find() takes at least 1 argument (0 given)"
//   update(*args, **kwargs)         anything
//
// A parameter with a default may be missing; the function then finds null in its place. CPython words its errors by the way
// in which a function is written there; the text tells the ways apart.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace ouro {

/// A function's name and parameters.
struct Parameters {
  static constexpr std::size_t kMost = 6;
  /// How too many and too few arguments are refused.
  enum class Form : std::uint8_t { kNone, kOne, kPositional, kKeywords, kBrackets, kAnything };

  /// Where a parameter's name stands in the signature: two bytes, for a thousand functions have room for six each.
  struct NamePlace {
    std::uint8_t begin = 0;
    std::uint8_t size = 0;
  };

  std::string_view name{};  ///< "append"
  std::string_view text{};  ///< "(object, /)"
  const char* signature = nullptr;
  std::array<NamePlace, kMost> names{};
  std::uint8_t count = 0;            ///< all of them
  std::uint8_t required = 0;         ///< the first that must be there
  std::uint8_t positional = 0;       ///< that may be given by position
  std::uint8_t positional_only = 0;  ///< that must be
  Form form = Form::kNone;

  /// The name of a parameter.
  [[nodiscard]] constexpr std::string_view name_at(std::size_t place) const noexcept {
    return {signature + names[place].begin, names[place].size};
  }
};

namespace detail {

/// The end of the first parameter of a list: a comma that stands in no bracket or quote.
constexpr std::size_t end_of_first(std::string_view list) noexcept {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char c = list[i];
    if (c == '\'') quoted = !quoted;
    if (c == '(' || c == '<') ++depth;
    if (c == ')' || c == '>') --depth;
    if (c == ',' && depth == 0 && !quoted) return i;
  }
  return list.size();
}

constexpr std::string_view without_marks(std::string_view part) noexcept {
  while (!part.empty() && (part.front() == ' ' || part.front() == '[')) part.remove_prefix(1);
  while (!part.empty() && (part.back() == ' ' || part.back() == '[' || part.back() == ']')) part.remove_suffix(1);
  return part;
}

constexpr void add_parameter(Parameters& made, std::string_view name, bool required, bool by_position) {
  if (made.count == Parameters::kMost) throw "a built-in function has at most Parameters::kMost parameters";
  if (required && made.required != made.count && by_position) throw "a required parameter follows one with a default";
  const auto begin = static_cast<std::size_t>(name.data() - made.signature);
  if (begin + name.size() > 255) throw "the names of a function's parameters stand in the first 255 characters";
  made.names[made.count++] = {static_cast<std::uint8_t>(begin), static_cast<std::uint8_t>(name.size())};
  if (required) made.required = made.count;
  if (by_position) made.positional = made.count;
}

constexpr Parameters::Form form_of(const Parameters& made, bool has_brackets, bool has_rest) noexcept {
  if (has_rest) return Parameters::Form::kAnything;
  if (made.count == 0) return Parameters::Form::kNone;
  if (has_brackets) return Parameters::Form::kBrackets;
  if (made.positional_only != made.count) return Parameters::Form::kKeywords;
  return made.count == 1 && made.required == 1 ? Parameters::Form::kOne : Parameters::Form::kPositional;
}

constexpr Parameters read_parameters(std::string_view signature) {
  Parameters made;
  const std::size_t open = signature.find('(');
  if (open == std::string_view::npos || signature.back() != ')')
    throw "a signature is written name(parameter, parameter=default)";
  made.signature = signature.data();
  made.name = signature.substr(0, open);
  made.text = signature.substr(open);
  const bool has_brackets = made.text.find('[') != std::string_view::npos;
  bool has_rest = false;
  bool by_position = true;
  bool optional = false;
  for (std::string_view list = signature.substr(open + 1, signature.size() - open - 2); !list.empty();) {
    const std::size_t end = end_of_first(list);
    const std::string_view part = list.substr(0, end);
    const std::string_view name = without_marks(part.substr(0, part.find('=')));
    if (name == "/") {
      made.positional_only = made.count;
    } else if (name == "*") {
      by_position = false;
    } else if (name.starts_with('*')) {
      has_rest = true;
    } else {
      optional = optional || part.find('[') < part.find(name);
      add_parameter(made, name, !optional && part.find('=') == std::string_view::npos, by_position);
      optional = optional || part.ends_with('[');
    }
    list.remove_prefix(end < list.size() ? end + 1 : end);
  }
  if (has_brackets) made.positional_only = made.count;
  made.form = form_of(made, has_brackets, has_rest);
  return made;
}

}  // namespace detail

/// The parameters that a text names.
[[nodiscard]] constexpr Parameters parameters(std::string_view signature) { return detail::read_parameters(signature); }

namespace detail {
/// The same, whatever the arguments are.
void place_arguments_checked(const Parameters& parameters, std::string_view owner, const Arguments& given,
                             std::span<Object*> places);
}  // namespace detail

/// Puts the arguments of a call where the parameters are; what is missing stays null. `owner` is the type whose function it
/// is, for errors: "list"; empty for what is called by its own name. `places` has room for all parameters. TypeError.
inline void place_arguments(const Parameters& parameters, std::string_view owner, const Arguments& given,
                            std::span<Object*> places) {
  const std::size_t positional = given.positional.size();
  if (given.keyword_names.empty() && positional >= parameters.required && positional <= parameters.positional) [[likely]] {
    for (std::size_t i = 0; i < positional; ++i) places[i] = given.positional[i];
    return;
  }
  detail::place_arguments_checked(parameters, owner, given, places);
}

/// The arguments of a call, each where its parameter is, for a function that is called with `Arguments`.
template <std::size_t kCount>
class PlacedArguments {
 public:
  PlacedArguments(const Parameters& parameters, const Arguments& given, std::string_view owner = {}) {
    place_arguments(parameters, owner, given, places_);
  }
  /// Borrowed, or null if it was not given.
  [[nodiscard]] Object* operator[](std::size_t place) const noexcept { return places_[place]; }

 private:
  std::array<Object*, kCount> places_{};
};

}  // namespace ouro
