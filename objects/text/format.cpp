// format(), `__format__` of the built-in types, and ascii() (CPython: PyObject_Format and PyObject_ASCII in Objects).
#include <ouro/base/error.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/text/detail/format_value.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str_builder.h>

#include <fmt/format.h>

namespace ouro {

namespace {

/// What `append(builder)` appends, as a str.
template <class Append>
Ref<Str> built(Builtins& builtins, Append append) {
  StrBuilder result(builtins);
  append(result);
  return result.finish();
}

/// What stands for a character in ascii(): "\xe9", "\u20ac".
void append_escaped(StrBuilder& result, std::uint32_t character) {
  const int digits = character < 0x100 ? 2 : character < 0x10000 ? 4 : 8;
  char* out = result.room_for(10);
  *out++ = '\\';
  *out++ = digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) *out++ = "0123456789abcdef"[character >> shift & 0xF];
  result.advance(static_cast<std::size_t>(digits) + 2);
}

const Str& spec_argument(Object& spec) {
  if (const Str* const text = as<Str>(spec)) return *text;
  const std::string_view name = is_none(spec) ? "None" : spec.type->name;
  raise(ErrorKind::kTypeError, fmt::format("__format__() argument must be str, not {}", name));
}

/// `value.__format__(spec)` of a built-in type: without a specification what `str(value)` is.
template <class Append>
Ref<> formatted(Object& value, Object& spec, Append append) {
  const Str& wanted = spec_argument(spec);
  if (wanted.bytes == 0) return str(value);
  return built(builtins_of(value), [&](StrBuilder& result) { append(result, text(wanted)); });
}

/// Calls the `__format__` of a type that has one of its own.
Ref<Str> call_format(Object& value, Str& spec) {
  const Ref<Str> name = intern(builtins_of(value), "__format__");
  const Ref<> found = Ref<>::share(lookup(*value.type, *name));
  if (!found) raise(ErrorKind::kTypeError, fmt::format("Type {} doesn't define __format__", value.type->name));
  const Ref<> bound = detail::bind(*found, value);
  Object* const given[] = {&spec};
  Ref<> made = call(*bound, Arguments{given, {}, {}});
  if (!is<Str>(*made)) raise(ErrorKind::kTypeError, fmt::format("__format__ must return a str, not {}", made->type->name));
  return static_ref_cast<Str>(std::move(made));
}

/// Appends the value if it is exactly of one of the types whose formats are known here.
bool append_known(StrBuilder& result, Object& value, Str& spec) {
  if (spec.bytes == 0) {
    if (is_exact<Str>(value)) return result.append(static_cast<Str&>(value)), true;
    if (!is_exact<Int>(value) && !is_exact<Float>(value)) return false;
    return result.append(*str(value)), true;
  }
  if (is_exact<Str>(value)) return detail::append_formatted(result, static_cast<Str&>(value), text(spec)), true;
  if (is_exact<Int>(value)) return detail::append_formatted(result, static_cast<Int&>(value), text(spec)), true;
  if (is_exact<Float>(value)) return detail::append_formatted(result, static_cast<Float&>(value), text(spec)), true;
  return false;
}

}  // namespace

void detail::append_format_of(StrBuilder& result, Object& value, Str& spec) {
  if (!append_known(result, value, spec)) result.append(*call_format(value, spec));
}

Ref<Str> format(Object& value, Str& spec) {
  if (spec.bytes == 0 && (is_exact<Str>(value) || is_exact<Int>(value))) return str(value);
  const Ref<> held[] = {share(value), share(spec)};
  StrBuilder result(builtins_of(value));
  return append_known(result, value, spec) ? result.finish() : call_format(value, spec);
}

Ref<Str> format(Object& value, std::string_view spec) {
  const Ref<> held = share(value);
  return format(value, *make_str(builtins_of(value), spec));
}

Ref<> detail::format_as_object(Object& value, Object& spec) {
  if (spec_argument(spec).bytes != 0)
    raise(ErrorKind::kTypeError, fmt::format("unsupported format string passed to {}.__format__", value.type->name));
  return str(value);
}

Ref<> detail::format_as_str(Str& value, Object& spec) {
  return formatted(value, spec, [&](StrBuilder& result, std::string_view read) { append_formatted(result, value, read); });
}

Ref<> detail::format_as_int(Int& value, Object& spec) {
  return formatted(value, spec, [&](StrBuilder& result, std::string_view read) { append_formatted(result, value, read); });
}

Ref<> detail::format_as_float(Float& value, Object& spec) {
  return formatted(value, spec, [&](StrBuilder& result, std::string_view read) { append_formatted(result, value, read); });
}

Ref<> detail::format_as_complex(Object& value, double real, double imaginary, Object& spec) {
  return formatted(value, spec, [&](StrBuilder& result, std::string_view read) {
    append_formatted_complex(result, builtins_of(value), real, imaginary, read, value.type->name);
  });
}

Ref<Str> ascii(Object& object) {
  Ref<Str> shown = repr(object);
  if (shown->is_ascii()) return shown;
  return built(builtins_of(object), [&](StrBuilder& result) {
    for (const char *at = shown->data(), *const end = at + shown->bytes; at != end;) {
      const auto c = static_cast<std::uint32_t>(detail::decode_next(at));
      if (c < 0x80) {
        result.append(static_cast<char>(c));
        continue;
      }
      append_escaped(result, c);
    }
  });
}

}  // namespace ouro
