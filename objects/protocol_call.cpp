// Calls, and calls of methods without a bound method in between.
#include <ouro/objects/detail/class_parts.h>
#include <ouro/objects/detail/invoke.h>
#include <ouro/objects/function.h>
#include <ouro/objects/instance.h>
#include <ouro/objects/model/one_runtime.h>
#include <ouro/objects/protocol.h>
#include <ouro/objects/str.h>

#include <fmt/format.h>

namespace ouro {

Ref<> call(Object& callee, const Arguments& arguments) {
  const auto slot = callee.type->slots->call;
  if (slot == nullptr) raise(ErrorKind::kTypeError, fmt::format("'{}' object is not callable", callee.type->name));
  for (Object* const argument : arguments.positional) expect_one_runtime(callee, *argument);
  for (Object* const argument : arguments.keyword_values) expect_one_runtime(callee, *argument);
  const RecursionGuard guard(builtins_of(callee), " while calling a Python object");
  return slot(callee, arguments);
}

Ref<> call_method(Object& object, Object& name, const Arguments& arguments) {
  if (is<Str>(name) && is<Instance>(object)) {
    auto& wanted = static_cast<Str&>(name);
    if (own_attribute(static_cast<Instance&>(object), wanted) == nullptr) {
      Object* const found = lookup(*object.type, wanted);
      if (found != nullptr && is<Function>(*found) && !static_cast<Function&>(*found).is_property())
        return detail::call_with_self(*share(*found), object, arguments);
    }
  }
  return call(*get_attribute(object, name), arguments);
}

}  // namespace ouro
