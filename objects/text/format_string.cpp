// str.format and str.format_map (CPython: Objects/stringlib/unicode_format.h).
#include <ouro/base/error.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/format_reader.h>
#include <ouro/objects/text/detail/format_value.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str_builder.h>

#include <fmt/format.h>

namespace ouro {

namespace {

[[noreturn, gnu::cold]] void refuse(const std::string& why) { raise(ErrorKind::kValueError, why); }

/// What the fields of one format string are given.
class FieldValues {
 public:
  FieldValues(Builtins& builtins, const Arguments& arguments) : builtins_(builtins), arguments_(arguments) {
    const std::span<Object* const> names = arguments.keyword_names;
    if (names.size() <= kFewNames) return;
    by_name_ = make_dict(builtins, names.size());
    for (std::size_t i = 0; i < names.size(); ++i) by_name_->set(*names[i], *arguments.keyword_values[i]);
  }
  FieldValues(Builtins& builtins, Object& mapping) noexcept : builtins_(builtins), mapping_(&mapping) {}

  /// The object that a field's name means.
  [[nodiscard]] Ref<> value_of(std::string_view name) {
    detail::FieldPath path(name);
    Ref<> value = argument(path);
    while (!path.at_end()) value = follow(*value, path.take());
    return value;
  }

 private:
  /// So many are looked through one after the other.
  static constexpr std::size_t kFewNames = 8;
  enum class Numbering : std::uint8_t { kUnknown, kAutomatic, kManual };

  Ref<> argument(const detail::FieldPath& path) {
    const bool is_empty = path.first().empty();
    if (!is_empty && path.first_index() < 0) return named(path.first());
    const Numbering wanted = is_empty ? Numbering::kAutomatic : Numbering::kManual;
    if (numbering_ == Numbering::kUnknown) numbering_ = wanted;
    if (numbering_ != wanted)
      refuse(is_empty ? "cannot switch from manual field specification to automatic field numbering"
                      : "cannot switch from automatic field numbering to manual field specification");
    return positional(is_empty ? next_++ : path.first_index());
  }

  Ref<> positional(std::int64_t index) const {
    if (mapping_ != nullptr) refuse("Format string contains positional fields");
    if (static_cast<std::size_t>(index) >= arguments_.positional.size())
      raise(ErrorKind::kIndexError, fmt::format("Replacement index {} out of range for positional args tuple", index));
    return share(*arguments_.positional[static_cast<std::size_t>(index)]);
  }

  Ref<> named(std::string_view name) const {
    if (mapping_ != nullptr) return get_item(*mapping_, *make_str_unchecked(builtins_, name));
    if (by_name_) return get_item(*by_name_, *make_str_unchecked(builtins_, name));
    for (std::size_t i = 0; i < arguments_.keyword_names.size(); ++i)
      if (text(static_cast<const Str&>(*arguments_.keyword_names[i])) == name) return share(*arguments_.keyword_values[i]);
    const Ref<Str> missing = make_str_unchecked(builtins_, name);
    return raise_if_failed(builtins_.heap, [&] { return detail::fail_missing_key(*missing); });
  }

  Ref<> follow(Object& from, const detail::FieldStep& step) const {
    if (step.is_attribute) return get_attribute(from, *intern(builtins_, step.name));
    if (step.index < 0) return get_item(from, *make_str_unchecked(builtins_, step.name));
    return get_item(from, *make_int(builtins_, step.index));
  }

  Builtins& builtins_;
  Arguments arguments_{};
  Object* mapping_ = nullptr;
  Ref<Dict> by_name_;  ///< many keywords; else empty
  Numbering numbering_ = Numbering::kUnknown;
  std::int64_t next_ = 0;
};

/// `value` as the letter behind the exclamation mark says.
Ref<> converted(Object& value, char32_t conversion) {
  switch (conversion) {
    case U'r':
      return repr(value);
    case U's':
      return str(value);
    case U'a':
      return ascii(value);
    default:
      break;
  }
  if (conversion > 32 && conversion < 127)
    refuse(fmt::format("Unknown conversion specifier {}", static_cast<char>(conversion)));
  refuse(fmt::format("Unknown conversion specifier \\x{:x}", static_cast<std::uint32_t>(conversion)));
}

/// How deep fields may stand in specifications of fields.
constexpr int kDepth = 2;

void append_filled(StrBuilder& result, Builtins& builtins, std::string_view pattern, FieldValues& values, int depth);

void append_field(StrBuilder& result, Builtins& builtins, const detail::Field& field, FieldValues& values, int depth) {
  Ref<> value = values.value_of(field.name);
  if (field.conversion != U'\0') value = converted(*value, field.conversion);
  if (!field.spec_has_fields) {
    const Ref<Str> spec = make_str_unchecked(builtins, field.spec);
    return detail::append_format_of(result, *value, *spec);
  }
  StrBuilder filled(builtins);
  append_filled(filled, builtins, field.spec, values, depth - 1);
  const Ref<Str> spec = filled.finish();
  detail::append_format_of(result, *value, *spec);
}

void append_filled(StrBuilder& result, Builtins& builtins, std::string_view pattern, FieldValues& values, int depth) {
  if (depth <= 0) refuse("Max string recursion exceeded");
  for (detail::FormatReader reader(pattern); !reader.at_end();) {
    const detail::FormatPiece piece = reader.take();
    result.append(piece.literal);
    if (piece.field) append_field(result, builtins, *piece.field, values, depth);
  }
}

Ref<Str> filled(const Str& pattern, FieldValues values) {
  const Ref<> held = share(const_cast<Str&>(pattern));
  Builtins& builtins = builtins_of(pattern);
  StrBuilder result(builtins);
  append_filled(result, builtins, text(pattern), values, kDepth);
  return result.finish();
}

}  // namespace

Ref<Str> format_with(const Str& pattern, const Arguments& arguments) {
  const Ref<> held = share(const_cast<Str&>(pattern));  // making a dict of the keywords may collect
  return filled(pattern, FieldValues(builtins_of(pattern), arguments));
}

Ref<Str> format_map(const Str& pattern, Object& mapping) {
  const Ref<> held = share(mapping);
  return filled(pattern, FieldValues(builtins_of(pattern), mapping));
}

}  // namespace ouro
