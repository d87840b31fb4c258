// json.loads (CPython: Lib/json/decoder.py). Boost.JSON's parser reads what is JSON; what it refuses is read by Python's
// grammar, which says what is wrong, or which values the parser does not know: then it is fed anew, with nulls in their
// places.
#include <ouro/base/error.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/detail/heap_allocator.h>
#include <ouro/objects/errors/exception.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/errors/translate.h>
#include <ouro/objects/json/detail/files.h>
#include <ouro/objects/json/detail/grammar.h>
#include <ouro/objects/json/detail/reading.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ouro::json {

namespace detail {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// UnicodeDecodeError, which comes before all errors of JSON.
void expect_utf8(Builtins& builtins, std::string_view text) {
  if (ouro::detail::check_utf8(text).fault != ouro::detail::Utf8Fault::kNone) static_cast<void>(make_str(builtins, text));
}

/// Feeds the text, with what stands in for values that the parser does not know.
void feed(Reading& reading, std::string_view text, const Grammar& grammar) {
  std::size_t fed = 0;
  bool goes_on = true;
  for (const OddValue& odd : grammar.odd_values()) {
    goes_on = goes_on && (odd.begin == fed || reading.read(text.substr(fed, odd.begin - fed), false)) &&
              reading.read_odd_value(text.substr(odd.begin, odd.end - odd.begin));
    fed = odd.end;
  }
  // The blank ends a number in front of an error.
  goes_on = goes_on && (fed == text.size() || reading.read(text.substr(fed), false)) && reading.read(" ", false);
  if (!goes_on) raise(ErrorKind::kSystemError, "a JSON text is right, and its parser refuses it");
}

}  // namespace

void raise_decode_error(Builtins& builtins, std::string_view message, std::string_view text, std::size_t position) {
  const Ref<Str> document = make_str(builtins, text);
  const std::string_view before = text.substr(0, position);
  const std::size_t line_begin = before.rfind('\n') + 1;  // 0 if there is none
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t column = ouro::detail::count_code_points(before.substr(line_begin)) + 1;
  const std::size_t character = ouro::detail::count_code_points(before);
  const Ref<Str> shown =
      make_str(builtins, fmt::format("{}: line {} column {} (char {})", message, line, column, character));
  const Ref<BaseException> error = make_exception(builtins.type(kDecodeError), std::array<Object*, 1>{shown.get()});
  const Ref<Dict> attributes = error->attributes();
  attributes->set("msg", *make_str(builtins, message));
  attributes->set("doc", *document);
  attributes->set("pos", *make_int(builtins, character));
  attributes->set("lineno", *make_int(builtins, line));
  attributes->set("colno", *make_int(builtins, column));
  raise(*error);
}

Ref<> load_by_grammar(Builtins& builtins, std::string_view text, const LoadOptions& options, std::size_t& values) {
  expect_utf8(builtins, text);
  if (text.starts_with(kByteOrderMark))
    raise_decode_error(builtins, "Unexpected UTF-8 BOM (decode using utf-8-sig)", text, 0);
  const Grammar grammar(builtins.heap, text);
  const Owned<Reading> reading = Reading::make(builtins, options);
  if (grammar.is_valid() || has_hooks(options) || !grammar.odd_values().empty())
    feed(*reading, text.substr(0, grammar.is_valid() ? text.size() : grammar.right_until()), grammar);
  if (!grammar.is_valid()) raise_decode_error(builtins, grammar.message(), text, grammar.position());
  if (!reading->read("", true)) raise(ErrorKind::kSystemError, "a JSON text is right, and its parser refuses it");
  values = reading->values();
  return reading->take();
}

}  // namespace detail

Ref<> load(Builtins& builtins, std::string_view text, const LoadOptions& options) {
  if (!detail::has_hooks(options)) {
    const Owned<detail::Reading> reading = detail::Reading::make(builtins, options);
    if (reading->read(text, true)) return reading->take();
  }
  std::size_t values = 0;
  return detail::load_by_grammar(builtins, text, options, values);
}

Ref<> load_file(Builtins& builtins, const FileName& name, const LoadOptions& options) {
  const std::string& path = name.text();
  const detail::File file = detail::open_file(builtins, path, "rb");
  std::basic_string<char, std::char_traits<char>, ouro::detail::HeapAllocator<char>> text{
      ouro::detail::HeapAllocator<char>(builtins.heap)};
  detail::read_all(builtins, *file, path, [&](std::string_view piece) { text.append(piece); });
  return load(builtins, text, options);
}

}  // namespace ouro::json
