// copy_to: an object graph copied from one runtime into another by a thread that holds both locks.
#pragma once

#include <ouro/objects/messages/message.h>
#include <ouro/runtime/runtime.h>

namespace ouro {

/// A deep copy of what `root` leads to, as objects of `target`: CPython's `pickle.loads(pickle.dumps(root))`, by the rules
/// of message.h. `target` may be the runtime of `root`. Needs the locks of both; who would rather hold one at a time makes a
/// Message under the one and unpacks it under the other, or sends it through a Channel. Throws what these do; all or
/// nothing.
[[nodiscard]] inline Ref<> copy_to(Runtime& target, const Object& root) { return Message(root).unpack(target.builtins()); }
template <class T>
[[nodiscard]] Ref<> copy_to(Runtime& target, const Ref<T>& root) {
  return copy_to(target, static_cast<const Object&>(*root));
}

}  // namespace ouro
