// Calls what was found on a class, with the object it was found through.
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/functions/method.h>

namespace ouro::detail {

Ref<> call_found_or_fail(Object& found, Object& self, const Arguments& rest) {
  if (takes_self(found)) return call_with_self_or_fail(found, self, rest);
  const Ref<> bound = bind(found, self);
  return bound ? call_or_fail(*bound, rest) : Ref<>();
}

Ref<> call_with_self(Object& callee, Object& self, const Arguments& rest) {
  return raise_if_failed(heap_of(callee), [&] { return call_with_self_or_fail(callee, self, rest); });
}
Ref<> call_found(Object& found, Object& self, const Arguments& rest) {
  return raise_if_failed(heap_of(found), [&] { return call_found_or_fail(found, self, rest); });
}

}  // namespace ouro::detail
