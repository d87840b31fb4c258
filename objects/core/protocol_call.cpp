// Calls, and calls of methods without a bound method in between.
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/model/one_runtime.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace ouro {

namespace {

/// True if converting one argument may run code that drops another.
bool need_holding(std::span<Object* const> arguments) noexcept {
  return arguments.size() > 1 && std::any_of(arguments.begin(), arguments.end(),
                                             [](const Object* argument) { return argument->type->has(kClassType); });
}

/// Calls the slot with arguments that are held. Where they stood may move meanwhile: in a list, say.
[[gnu::noinline]] Ref<> call_holding(Object& callee, const Arguments& arguments) {
  detail::SmallVector<Ref<>, 4> held(heap_of(callee));
  detail::SmallVector<Object*, 4> copies(heap_of(callee));
  held.reserve(arguments.positional.size());
  copies.assign(arguments.positional.begin(), arguments.positional.end());
  for (Object* const argument : copies) held.push_back(share(*argument));
  return callee.type->slots->call(callee, {copies, arguments.keyword_names, arguments.keyword_values});
}

}  // namespace

Ref<> call(Object& callee, const Arguments& arguments) {
  const auto slot = callee.type->slots->call;
  if (slot == nullptr) raise(ErrorKind::kTypeError, fmt::format("'{}' object is not callable", callee.type->name));
  for (Object* const argument : arguments.positional) expect_one_runtime(callee, *argument);
  for (Object* const argument : arguments.keyword_values) expect_one_runtime(callee, *argument);
  const Ref<> held = share(callee);  // it may be dropped by what it does, and is needed to the end
  const RecursionGuard guard(builtins_of(callee), " while calling a Python object");
  return need_holding(arguments.positional) ? call_holding(callee, arguments) : slot(callee, arguments);
}

namespace {

/// The function that `object.name` would bind, if it is certain that it would do no more than that.
Ref<> plain_method(Object& object, Object& name) {
  if (!is<Str>(name) || !is<Instance>(object)) return {};
  if (detail::special_method(object, detail::Special::kGetAttribute) != nullptr) return {};
  auto& wanted = static_cast<Str&>(name);
  if (own_attribute(static_cast<Instance&>(object), wanted) != nullptr) return {};
  Object* const found = lookup(*object.type, wanted);
  const bool binds = found != nullptr && is<Function>(*found) && !static_cast<Function&>(*found).is_property();
  return binds ? share(*found) : Ref<>();
}

}  // namespace

Ref<> call_method(Object& object, Object& name, const Arguments& arguments) {
  const Ref<> held = share(object);
  if (const Ref<> method = plain_method(object, name)) return detail::call_with_self(*method, object, arguments);
  return call(*get_attribute(object, name), arguments);
}

}  // namespace ouro
