// Appending to a str in place, where nobody can see it.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/text/str.h>

namespace ouro {

/// `str += tail`. If the handle has the only count of a str, the text grows in place: n times cost what is appended in all.
/// Otherwise, and where its block is full, `str` becomes a new str. OverflowError "string is too long";
/// MemoryError; then `str` is as it was.
void append(Ref<Str>& str, const Str& tail);
/// `left += right` if both are exactly str, not of a class that derives from it; false, and nothing is done, if not.
bool append_if_str(Ref<>& left, const Object& right);

}  // namespace ouro
