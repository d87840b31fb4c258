// Interning: one str for all equal texts.
//
// Names of attributes and keys of records are the same few texts over and over. Interned, they are compared by address,
// hashed once and stored once. The table counts nothing: an interned str dies like any other and leaves the table then, as
// in CPython up to 3.11.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/text/str.h>

#include <string_view>

namespace ouro {

/// The interned str of this text. UnicodeDecodeError as `make_str`; MemoryError.
[[nodiscard]] Ref<Str> intern(Builtins& builtins, std::string_view text);
/// `sys.intern(str)`: `str` itself, or the interned str that is equal to it.
[[nodiscard]] Ref<Str> intern(Str& str);
/// Number of strings interned now, those that live as long as the runtime not included.
[[nodiscard]] std::size_t interned_count(const Builtins& builtins) noexcept;

}  // namespace ouro
