// Formats and the methods of str: format specifications beside printf and what they promise, format strings of all kinds,
// and methods by the laws that hold between them.
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/format_spec.h>
#include <ouro/objects/text/str_append.h>
#include <ouro/objects/text/str_methods.h>

#include <bit>
#include <cmath>
#include <cstdio>
#include <string>

#include <fuzz/stage.h>
#include <fuzz/targets.h>

namespace ouro::fuzz {

namespace {

double real(Input& input) {
  const auto bits = static_cast<std::uint64_t>(input.number()) ^ (std::uint64_t{input.byte()} << 56);
  return input.flag() ? std::bit_cast<double>(bits) : static_cast<double>(static_cast<std::int64_t>(bits) >> 40) / 8;
}

/// A value of a type whose formats are known.
Ref<> value(Runtime& rt, Input& input) {
  switch (input.below(5)) {
    case 0:
      return rt.from(real(input));
    case 1:
      return rt.from(input.flag());
    case 2:
      return apply(Operator::kMultiply, *rt.from(input.number()), *rt.from(input.number()));
    case 3: {
      const std::string_view bytes = input.bytes(12);
      return detail::check_utf8(bytes).fault == detail::Utf8Fault::kNone ? Ref<>(rt.str(bytes)) : rt.none();
    }
    default:
      return rt.from(input.number());
  }
}

/// Text of the characters that mean something in formats.
std::string pattern(Input& input, std::string_view alphabet, std::size_t most) {
  std::string made;
  for (const char c : input.bytes(most)) made.push_back(alphabet[static_cast<unsigned char>(c) % alphabet.size()]);
  return made;
}

/// What is formatted has the width at least; what is refused is refused as an error of Python.
void specs(Runtime& rt, Input& input) {
  const Ref<> what = value(rt, input);
  const std::string spec = pattern(input, "<>=^+- z#0123456789,_.bcdoxXneEfFgG%s*", 9);
  Ref<Str> made;
  if (!attempt([&] { made = format(*what, spec); })) return;
  require(detail::check_utf8(text(*made)).fault == detail::Utf8Fault::kNone, "a format is UTF-8");
  if (spec.empty()) return require(equal(*made, *str(*what)), "an empty specification");
  const FormatSpec read = read_format_spec(spec, what->type->name, {});
  require(read.width <= std::int64_t{made->code_points}, "the width of a format");
}

/// Digits beside printf's.
void digits(Runtime& rt, Input& input) {
  const double number = real(input);
  if (!std::isfinite(number)) return;
  const std::string spec = (input.flag() ? "#." : ".") + std::to_string(input.below(40)) + "eEfFgG"[input.below(6)];
  char expected[400];
  static_cast<void>(std::snprintf(expected, sizeof expected, ('%' + spec).c_str(), number));
  require(text(*format(*rt.from(number), spec)) == expected, "the digits of a float");
  require(text(*format_percent(*rt.str('%' + spec), *rt.from(number))) == expected, "the digits of a float, by %");
}

/// Format strings that may be anything.
void patterns(Runtime& rt, Input& input) {
  const Ref<> first = value(rt, input), second = value(rt, input);
  Object* const both[] = {first.get(), second.get()};
  const Ref<Str> braces = rt.str(pattern(input, "{}{}{}!:.[]0123rsa<>a \x7f", 30));
  Ref<Str> made;
  if (attempt([&] { made = format_with(*braces, Arguments{both, {}, {}}); }))
    require(detail::check_utf8(text(*made)).fault == detail::Utf8Fault::kNone, "what braces make is UTF-8");
  const Ref<Str> percents = rt.str(pattern(input, "%%%sdrxXofgecau()#0-+ 123.*lh", 20));
  const Ref<Tuple> pair = make_tuple(rt.builtins(), both);
  if (attempt([&] { made = format_percent(*percents, *pair); }))
    require(detail::check_utf8(text(*made)).fault == detail::Utf8Fault::kNone, "what % makes is UTF-8");
}

Ref<Str> joined(Runtime& rt, const std::string& separator, Object& parts) { return join(*rt.str(separator), parts); }

/// Methods of str by the laws between them.
void methods(Runtime& rt, Input& input) {
  const std::string_view whole = input.bytes(50);
  const std::string_view part = input.bytes(3);
  if (detail::check_utf8(whole).fault != detail::Utf8Fault::kNone) return;
  if (detail::check_utf8(part).fault != detail::Utf8Fault::kNone) return;
  const Ref<Str> str = rt.str(whole), separator = rt.str(part);
  const auto same = [&](const Ref<Str>& made, const char* what) { require(text(*made) == whole, what); };
  same(joined(rt, "", *split_lines(*str, true)), "the lines of a text");
  if (!part.empty()) {
    same(joined(rt, std::string(part), *rsplit(*str, *separator, input.number() % 4)), "the parts of rsplit");
    same(joined(rt, "", *partition(*str, *separator)), "the parts of partition");
    same(joined(rt, "", *rpartition(*str, *separator)), "the parts of rpartition");
  }
  require(equal(*split(*str), *rsplit(*str)), "split and rsplit");
  same(translate(*str, *rt.dict()), "a translation that says nothing");
  const auto width = static_cast<std::int64_t>(input.below(80));
  const std::size_t padded = std::max(static_cast<std::size_t>(width), std::size_t{str->code_points});
  for (const Ref<Str>& made : {ljust(*str, width), rjust(*str, width, U'é'), center(*str, width, U'日'), zfill(*str, width)})
    require(made->code_points == padded, "the width of a padded text");
  require(equal(*casefold(*casefold(*str)), *casefold(*str)), "casefold of casefold");
  require(equal(*title(*title(*str)), *title(*str)) || !str->is_ascii(), "title of title");
  require(!is_title(*str) || !str->is_ascii() || equal(*title(*str), *str), "istitle");
  require(expand_tabs(*str, 0)->code_points + static_cast<std::size_t>(count_of(*str, *rt.str("\t"))) == str->code_points,
          "tabs that are dropped");
  Ref<Str> grown = rt.str("");
  for (std::size_t i = input.below(20); i > 0; --i) append(grown, *str);
  require(equal(*grown, *repeat(*str, std::int64_t{grown->code_points} / std::max<std::int64_t>(1, str->code_points))),
          "text that is appended");
}

}  // namespace

void formats(Bytes bytes) {
  Input input(bytes);
  Stage stage;
  while (!input.empty()) {
    switch (input.below(4)) {
      case 0:
        specs(stage.rt, input);
        break;
      case 1:
        digits(stage.rt, input);
        break;
      case 2:
        patterns(stage.rt, input);
        break;
      default:
        methods(stage.rt, input);
    }
  }
  stage.finish();
}

}  // namespace ouro::fuzz
