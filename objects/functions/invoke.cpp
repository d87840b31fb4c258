// Calls what was found on a class, with the object it was found through.
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/method.h>

namespace ouro::detail {

Ref<> call_with_self_or_fail(Object& callee, Object& self, const Arguments& rest) {
  SmallVector<Object*, 8> all(heap_of(callee));
  all.reserve(rest.positional.size() + 1);
  all.push_back(&self);
  all.insert(all.end(), rest.positional.begin(), rest.positional.end());
  return call_or_fail(callee, Arguments{all, rest.keyword_names, rest.keyword_values});
}

Ref<> call_found_or_fail(Object& found, Object& self, const Arguments& rest) {
  const bool is_method = is<Function>(found)
                             ? static_cast<const Function&>(found).is_bound()
                             : is<Descriptor>(found) && is_plain_method(static_cast<const Descriptor&>(found));
  if (is_method) return call_with_self_or_fail(found, self, rest);
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
