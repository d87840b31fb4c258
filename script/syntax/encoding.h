// Encodings of source files: which one a file declares (PEP 263), and UTF-8 made of it.
#pragma once

#include <string>
#include <string_view>

namespace ouro::script {

/// The encoding that the first two lines name, as CPython spells it ("utf-8", "iso-8859-1", "koi8-r"); empty if there is
/// none.
[[nodiscard]] std::string declared_encoding(std::string_view bytes);

/// Throws std::string, the message of CPython's SyntaxError, if the encoding is not known or the bytes are not in it.
[[nodiscard]] std::string decode_as(std::string_view bytes, const std::string& encoding);

/// "'utf-8' codec can't decode byte 0xff in position 3: invalid start byte"; `at` is where the bytes are malformed.
[[nodiscard]] std::string malformed_utf8_message(std::string_view bytes, std::size_t at);

}  // namespace ouro::script
