// Calls, and calls of methods without a bound method in between.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/core/detail/heap_allocator.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/model/one_runtime.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <vector>

namespace ouro {

namespace {

/// True if converting one argument may run code that drops another.
bool need_holding(std::span<Object* const> arguments) noexcept {
  return arguments.size() > 1 && std::any_of(arguments.begin(), arguments.end(),
                                             [](const Object* argument) { return argument->type->has(kClassType); });
}

/// Calls `function` with objects that are held. Where they stood may move meanwhile: in a list, say.
template <class F>
Ref<> with_copies(std::span<const Ref<>> held, std::span<Object*> copies, F&& function) {
  std::transform(held.begin(), held.end(), copies.begin(), [](const Ref<>& argument) { return argument.get(); });
  return function(copies);
}

template <class F>
Ref<> with_held(Heap& heap, std::span<Object* const> given, F&& function) {
  constexpr std::size_t kOnStack = 4;
  const auto hold = [](Object* argument) { return share(*argument); };
  if (given.size() <= kOnStack) {
    std::array<Ref<>, kOnStack> held;
    std::array<Object*, kOnStack> copies;
    std::transform(given.begin(), given.end(), held.begin(), hold);
    return with_copies(std::span<const Ref<>>(held).first(given.size()), std::span(copies).first(given.size()), function);
  }
  std::vector<Ref<>, detail::HeapAllocator<Ref<>>> held{detail::HeapAllocator<Ref<>>(heap)};
  std::vector<Object*, detail::HeapAllocator<Object*>> copies(given.size(), nullptr, detail::HeapAllocator<Object*>(heap));
  held.reserve(given.size());
  std::transform(given.begin(), given.end(), std::back_inserter(held), hold);
  return with_copies(held, copies, function);
}

[[gnu::noinline]] Ref<> call_holding(Object& callee, const Arguments& arguments) {
  return with_held(heap_of(callee), arguments.positional, [&](std::span<Object* const> held) {
    return callee.type->slots->call(callee, {held, arguments.keyword_names, arguments.keyword_values});
  });
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

bool is_bound_when_read(const Object& found) noexcept {
  if (is<Function>(found)) return !static_cast<const Function&>(found).is_property();
  return is<Descriptor>(found) && detail::is_plain_method(static_cast<const Descriptor&>(found));
}

/// The function that `object.name` would bind, if it is certain that it would do no more than that.
Ref<> plain_method(Object& object, Object& name) {
  if (!is<Str>(name) || !is<Instance>(object)) return {};
  if (detail::special_method(object, detail::Special::kGetAttribute) != nullptr) return {};
  auto& wanted = static_cast<Str&>(name);
  if (own_attribute(static_cast<Instance&>(object), wanted) != nullptr) return {};
  Object* const found = lookup(*object.type, wanted);
  return found != nullptr && is_bound_when_read(*found) ? share(*found) : Ref<>();
}

/// The method of an object that has nothing but what its built-in type has, or null.
const Descriptor* builtin_method(const Object& object, const Object& name) noexcept {
  if (object.type->slots->get_attribute != nullptr || object.type->has(kClassType) || !is<Str>(name)) return nullptr;
  const Object* const found = detail::builtin_attribute(*object.type, text(static_cast<const Str&>(name)));
  const auto* const descriptor = found != nullptr ? as<Descriptor>(*found) : nullptr;
  return descriptor != nullptr && detail::is_plain_method(*descriptor) ? descriptor : nullptr;
}

/// What `call` does for any callable.
Ref<> call_builtin_method(const Descriptor& method, Object& object, const Arguments& arguments) {
  for (Object* const argument : arguments.positional) expect_one_runtime(object, *argument);
  for (Object* const argument : arguments.keyword_values) expect_one_runtime(object, *argument);
  const RecursionGuard guard(builtins_of(object), " while calling a Python object");
  const std::string_view owner = detail::owner_of_bound(method, object);
  if (!need_holding(arguments.positional)) return detail::call_descriptor(method, owner, object, arguments);
  return with_held(heap_of(object), arguments.positional, [&](std::span<Object* const> held) {
    return detail::call_descriptor(method, owner, object, {held, arguments.keyword_names, arguments.keyword_values});
  });
}

}  // namespace

Ref<> call_method(Object& object, Object& name, const Arguments& arguments) {
  const Ref<> held = share(object);
  if (const Descriptor* const method = builtin_method(object, name)) return call_builtin_method(*method, object, arguments);
  if (const Ref<> method = plain_method(object, name)) return detail::call_with_self(*method, object, arguments);
  return call(*get_attribute(object, name), arguments);
}

}  // namespace ouro
