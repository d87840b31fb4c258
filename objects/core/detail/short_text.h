// What an object is, in a few characters, for reports about a heap: 'key', 3, 2.5, None, (1, 'x'), <list at 0x7f12>.
//
// Unlike repr() it makes no object, runs no code of a class and goes no deeper than a tuple of atoms.
#pragma once

#include <ouro/objects/model/object.h>

#include <string>

namespace ouro::detail {

/// At most about sixty characters: what its type says, else `plain_text`. May throw std::bad_alloc.
[[nodiscard]] std::string short_text(const Object& object);
/// "<list at 0x7f12>".
[[nodiscard]] std::string plain_text(const Object& object);

}  // namespace ouro::detail
