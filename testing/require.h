// What a test requires of an object's life, with an answer that says why it is otherwise.
#pragma once

#include <ouro/objects/weak/weakref.h>
#include <ouro/testing/failure.h>

namespace ouro {
class Runtime;
}

namespace ouro::testing {

namespace detail {
/// `object` is borrowed, and gone if this returns.
void require_freed(Runtime& rt, const Object& object);
[[noreturn]] void fail_dead();
}  // namespace detail

/// Collects until the object is freed, or throws a Failure that says why it lives (`Runtime::why_not_collected`). The weak
/// reference does not tell: it dies before the finalizers run, also where one of them saves the object. So up to four
/// collections watch the object's memory, fewer if nothing dies or is saved any more. A weak reference that is dead already
/// is content.
template <class T>
void require_collected(Runtime& rt, const Weak<T>& object) {
  const Object* const borrowed = object.lock().get();
  if (borrowed != nullptr) detail::require_freed(rt, *borrowed);
}

/// Throws a Failure if the object is dead.
template <class T>
void require_alive(const Weak<T>& object) {
  if (object.expired()) detail::fail_dead();
}

}  // namespace ouro::testing
