// translate and maketrans (CPython: _PyUnicode_TranslateCharmap and unicode_maketrans_impl in Objects/unicodeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/str_parts.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str_builder.h>
#include <ouro/objects/text/str_methods.h>

#include <fmt/format.h>

#include <array>

namespace ouro {

namespace {

/// What becomes of ASCII characters, as far as that is known.
class KnownTargets {
 public:
  KnownTargets() noexcept { targets_.fill(kUnknown); }
  /// Appends what becomes of a character; false if that is not known.
  bool append(StrBuilder& result, char32_t c) const {
    if (c >= targets_.size() || targets_[c] == kUnknown) return false;
    if (targets_[c] != kNothing) result.append(static_cast<char>(targets_[c]));
    return true;
  }
  /// Notes that `c` became `target`, if both are such as are kept.
  void note(char32_t c, std::string_view target) noexcept {
    if (c >= targets_.size() || target.size() > 1) return;
    if (target.empty()) targets_[c] = kNothing;
    if (target.size() == 1) targets_[c] = static_cast<unsigned char>(target[0]);
  }

 private:
  static constexpr std::uint8_t kUnknown = 0xFF;
  static constexpr std::uint8_t kNothing = 0xFE;
  std::array<std::uint8_t, 128> targets_;
};

[[noreturn, gnu::cold]] void refuse_target() {
  raise(ErrorKind::kValueError, "character mapping must be in range(0x110000)");
}

/// Appends what the table says of a character.
void append_target(StrBuilder& result, const Object& target) {
  if (is_none(target)) return;
  if (const Str* const str = as<Str>(target)) return result.append(*str);
  const Int* const number = as_int(target);
  if (number == nullptr) raise(ErrorKind::kTypeError, "character mapping must return integer, None or str");
  if (!fits_int64(*number) || number->value < 0 || number->value > 0x10FFFF) refuse_target();
  result.append(*make_character(builtins_of(target), static_cast<char32_t>(number->value)));
}

/// Asks the table for a character and appends the answer; the character itself if there is none.
void append_translated(StrBuilder& result, Builtins& builtins, Object& table, char32_t c) {
  Outcome<Ref<>> target = try_get_item(table, *make_int(builtins, std::int64_t{c}));
  if (target || !target.failure().is(ErrorKind::kLookupError)) return append_target(result, *std::move(target).value());
  result.advance(detail::encode_code_point(c, result.room_for(4)));
}

/// The key of a table of translation: a code point.
Ref<> key_of(Object& key) {
  if (const Str* const str = as<Str>(key)) {
    if (str->code_points != 1) raise(ErrorKind::kValueError, "string keys in translate table must be of length 1");
    const char* at = str->data();
    return make_int(builtins_of(key), std::int64_t{detail::decode_next(at)});
  }
  if (as_int(key) == nullptr) raise(ErrorKind::kTypeError, "keys in translate table must be strings or integers");
  return share(key);
}

Ref<> table_of_dict(Object& given) {
  if (!is_exact<Dict>(given)) raise(ErrorKind::kTypeError, "if you give only one argument to maketrans it must be a dict");
  const Ref<> held = share(given);
  Ref<Dict> table = make_dict(builtins_of(given));
  for (const auto [key, value] : static_cast<const Dict&>(given)) {
    const Ref<> held_key = share(key), held_value = share(value);
    table->set(*key_of(key), value);
  }
  return table;
}

const Str& str_at(Object& given, int place) {
  if (const Str* const str = as<Str>(given)) return *str;
  const std::string_view name = is_none(given) ? "None" : given.type->name;
  raise(ErrorKind::kTypeError, fmt::format("maketrans() argument {} must be str, not {}", place, name));
}

/// Gives every character of `from` the value `value(i)` in the table.
template <class Value>
void add_characters(Dict& table, const Str& from, Value value) {
  for (const char *at = from.data(), *const end = at + from.bytes; at != end;) {
    const Ref<> key = make_int(builtins_of(from), std::int64_t{detail::decode_next(at)});
    table.set(*key, *value());
  }
}

Ref<> table_of_characters(Object& given, const Str& to, const Str* dropped) {
  const Str* const from = as<Str>(given);
  if (from == nullptr)
    raise(ErrorKind::kTypeError, "first maketrans argument must be a string if there is a second argument");
  if (from->code_points != to.code_points)
    raise(ErrorKind::kValueError, "the first two maketrans arguments must have equal length");
  Builtins& builtins = builtins_of(given);
  Ref<Dict> table = make_dict(builtins);
  const char* target = to.data();
  add_characters(*table, *from, [&] { return Ref<>(make_int(builtins, std::int64_t{detail::decode_next(target)})); });
  if (dropped != nullptr) add_characters(*table, *dropped, [&] { return make_none(builtins); });
  return table;
}

}  // namespace

Ref<Str> translate(const Str& str, Object& table) {
  const Ref<> held[] = {share(const_cast<Str&>(str)), share(table)};
  Builtins& builtins = builtins_of(str);
  StrBuilder result(builtins);
  KnownTargets known;
  for (const char *at = str.data(), *const end = at + str.bytes; at != end;) {
    const char32_t c = detail::decode_next(at);
    if (known.append(result, c)) continue;
    const std::size_t before = result.size();
    append_translated(result, builtins, table, c);
    known.note(c, result.view().substr(before));
  }
  return result.view() == text(str) ? exact_str(str) : result.finish();
}

Ref<> detail::make_translation(Object& from, Object* to, Object* dropped) {
  if (to == nullptr) return table_of_dict(from);
  const Str& targets = str_at(*to, 2);
  return table_of_characters(from, targets, dropped == nullptr ? nullptr : &str_at(*dropped, 3));
}

}  // namespace ouro
