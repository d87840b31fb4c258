// What goes on being used after foreign code ran is held meanwhile. docs/foreign-code.md lists what can run foreign code.
//
// Law held-across (objects/model/foreign_code.h): the protocol holds its operands, so slots need not hold theirs.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

namespace ouro::detail {

/// A count of its own of a borrowed object.
[[nodiscard]] inline Ref<> hold(const Object& object) noexcept { return Ref<>::share(const_cast<Object&>(object)); }

/// The same where `key` may bring foreign code: an atom has none, a container may be of a class that has. Empty otherwise.
[[nodiscard]] inline Ref<> hold_for(const Object& key, const Object& object) noexcept {
  return key.type->has(kContainerType) ? hold(object) : Ref<>();
}

}  // namespace ouro::detail
