// What format() makes of the built-in types, appended to a text. The specification is not empty, and valid UTF-8.
#pragma once

#include <ouro/objects/core/attributes.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str_builder.h>

#include <string_view>

namespace ouro::detail {

/// `str.__format__`, `int.__format__` (of bools, too), `float.__format__`. ValueError as CPython words it; for 'c' and the
/// types of floats OverflowError. `value` is held by the caller; no foreign code runs.
void append_formatted(StrBuilder& result, const Str& value, std::string_view spec);
void append_formatted(StrBuilder& result, Int& value, std::string_view spec);
void append_formatted(StrBuilder& result, const Float& value, std::string_view spec);
/// `complex.__format__` of a complex number whose type is called `type_name`.
void append_formatted_complex(StrBuilder& result, Builtins& builtins, double real, double imaginary, std::string_view spec,
                              std::string_view type_name);

/// Appends `format(value, spec)`; what it calls may be foreign code, `spec` is a str. The caller holds both.
void append_format_of(StrBuilder& result, Object& value, Str& spec);

/// `value.__format__(spec)` of a built-in type, for its table of attributes. TypeError "__format__() argument must be str,
/// not int".
[[nodiscard]] Ref<> format_as_object(Object& value, Object& spec);
[[nodiscard]] Ref<> format_as_str(Str& value, Object& spec);
[[nodiscard]] Ref<> format_as_int(Int& value, Object& spec);
[[nodiscard]] Ref<> format_as_float(Float& value, Object& spec);
[[nodiscard]] Ref<> format_as_complex(Object& value, double real, double imaginary, Object& spec);

}  // namespace ouro::detail
