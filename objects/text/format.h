// Text made by formats: format(), str.format() and the operator % of str, and ascii().
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>
#include <ouro/objects/text/str.h>

#include <string_view>

namespace ouro {

/// `format(value, spec)`: what the `__format__` of its class makes of it. ValueError, TypeError "unsupported format string
/// passed to list.__format__"; whatever a `__format__` of a class raises. UnicodeDecodeError as `make_str`; MemoryError.
[[nodiscard]] Ref<Str> format(Object& value, Str& spec);
[[nodiscard]] Ref<Str> format(Object& value, std::string_view spec = {});

/// `pattern.format(*args, **kwargs)`. ValueError "Single '}' encountered in format string" and its like; IndexError
/// "Replacement index 1 out of range for positional args tuple"; KeyError; what attributes, items and `__format__` raise.
[[nodiscard]] Ref<Str> format_with(const Str& pattern, const Arguments& arguments);
/// `pattern.format_map(mapping)`.
[[nodiscard]] Ref<Str> format_map(const Str& pattern, Object& mapping);

/// `pattern % values`: one value, a tuple of them, or a mapping. TypeError "not all arguments converted during string
/// formatting", "not enough arguments for format string"; ValueError "unsupported format character 'y' (0x79) at index 1".
[[nodiscard]] Ref<Str> format_percent(const Str& pattern, Object& values);

/// `ascii(object)`: its repr, in which all but ASCII is written as \x, \u or \U.
[[nodiscard]] Ref<Str> ascii(Object& object);

}  // namespace ouro
