// Codecs: between str and bytes. What Python writes `str.encode(encoding, errors)` and `bytes.decode(encoding, errors)`.
//
// Encodings, by all the names that CPython has for them: utf-8, ascii, latin-1, utf-16 and utf-32, the last two also as -le
// and -be. Others are a LookupError "unknown encoding: cp1252".
//
// What is done about errors: strict, ignore, replace, backslashreplace, xmlcharrefreplace (when encoding). A str is UTF-8
// without surrogates (law valid-utf8), so two of CPython's handlers have nothing to give: where surrogateescape and
// surrogatepass would make a surrogate, the error is raised as with strict, and there is none that they could encode.
// namereplace needs the names of all characters, which the library does not have: like an unknown name it is a LookupError,
// "unknown error handler name 'namereplace'", once there is an error to handle.
#pragma once

#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/text/str.h>

#include <string_view>

namespace ouro {

/// `str.encode(encoding, errors)`. Linear. UnicodeEncodeError "'ascii' codec can't encode character '\xe9' in position 0:
/// ordinal not in range(128)"; LookupError; MemoryError.
[[nodiscard]] Ref<Bytes> encode(const Str& str, std::string_view encoding = "utf-8", std::string_view errors = "strict");

/// `bytes.decode(encoding, errors)`. Linear. UnicodeDecodeError "'utf-8' codec can't decode byte 0xff in position 0: invalid
/// start byte"; LookupError; OverflowError "string is too long" from 2 GiB on; MemoryError. Runs code only where it fails.
[[nodiscard]] Ref<Str> decode(Builtins& builtins, std::string_view bytes, std::string_view encoding = "utf-8",
                              std::string_view errors = "strict");

}  // namespace ouro
