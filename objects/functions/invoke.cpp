#include <ouro/objects/core/detail/heap_allocator.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/method.h>

#include <algorithm>
#include <array>
#include <vector>

namespace ouro::detail {

namespace {

constexpr std::size_t kOnStack = 8;

}  // namespace

Ref<> call_with_self(Object& callee, Object& self, const Arguments& rest) {
  const std::size_t count = rest.positional.size() + 1;
  if (count <= kOnStack) {
    std::array<Object*, kOnStack> all;
    all[0] = &self;
    std::copy(rest.positional.begin(), rest.positional.end(), all.begin() + 1);
    return call(callee, Arguments{{all.data(), count}, rest.keyword_names, rest.keyword_values});
  }
  std::vector<Object*, HeapAllocator<Object*>> all(count, &self, HeapAllocator<Object*>(heap_of(callee)));
  std::copy(rest.positional.begin(), rest.positional.end(), all.begin() + 1);
  return call(callee, Arguments{all, rest.keyword_names, rest.keyword_values});
}

Ref<> call_found(Object& found, Object& self, const Arguments& rest) {
  const bool is_method = is<Function>(found)
                             ? !static_cast<const Function&>(found).is_property()
                             : is<Descriptor>(found) && is_plain_method(static_cast<const Descriptor&>(found));
  return is_method ? call_with_self(found, self, rest) : call(*bind(found, self), rest);
}

}  // namespace ouro::detail
