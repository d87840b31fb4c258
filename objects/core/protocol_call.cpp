// Calls, and calls of methods without a bound method in between.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/call_native.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/model/one_runtime.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ouro {

namespace {

/// True if the call may run code that drops an argument before it is used: converting one may, what a class does with its
/// own arguments may, and so may the function itself.
[[gnu::always_inline]] inline bool need_holding(const Object& callee, const Arguments& arguments) noexcept {
  const auto may_run = [](const Object* argument) { return detail::may_run_foreign_code(*argument); };
  const bool is_given = !arguments.positional.empty() || !arguments.keyword_values.empty();
  const bool is_native = is<Function>(callee) || is<BuiltinMethod>(callee);
  return is_given && (!is_native || std::ranges::any_of(arguments.positional, may_run) ||
                      std::ranges::any_of(arguments.keyword_values, may_run));
}

/// The arguments of a call, held, in a place of their own: where they stood may move meanwhile: in a list, say.
class HeldArguments {
 public:
  /// With `self`, if there is one, in front.
  HeldArguments(Heap& heap, Object* self, const Arguments& given) : many_(heap) {
    const std::size_t positional = given.positional.size() + (self != nullptr ? 1 : 0);
    const std::size_t count = positional + given.keyword_values.size();
    if (count > kFew) [[unlikely]]
      many_.resize(count);
    Object** const all = count > kFew ? many_.data() : few_.data();
    Object** end = all;
    if (self != nullptr) end = hold(*self, end);
    for (Object* const argument : given.positional) end = hold(*argument, end);
    for (Object* const argument : given.keyword_values) end = hold(*argument, end);
    arguments_ = {{all, positional}, given.keyword_names, {all + positional, count - positional}};
  }
  HeldArguments(Heap& heap, const Arguments& given) : HeldArguments(heap, nullptr, given) {}
  ~HeldArguments() {
    for (Object* const argument : arguments_.positional) decrement(*argument);
    for (Object* const argument : arguments_.keyword_values) decrement(*argument);
  }
  HeldArguments(const HeldArguments&) = delete;
  HeldArguments& operator=(const HeldArguments&) = delete;
  [[nodiscard]] const Arguments& get() const noexcept { return arguments_; }

 private:
  static constexpr std::size_t kFew = 6;

  static Object** hold(Object& argument, Object** place) noexcept {
    increment(argument);
    *place = &argument;
    return place + 1;
  }

  std::array<Object*, kFew> few_;
  detail::SmallVector<Object*, 1> many_;  ///< all of them, if they are more
  Arguments arguments_;
};

/// The slot of what is called, which it has. Functions, which most calls are of, are called without it.
[[gnu::always_inline]] inline Ref<> call_by_slot(Object& callee, const Arguments& arguments) {
  if (auto* const function = as<Function>(callee)) return detail::call_native(*function, arguments);
  return callee.type->slots->call(callee, arguments);
}

[[gnu::noinline]] Ref<> call_holding(Object& callee, const Arguments& arguments) {
  if (arguments.positional.size() == 1 && arguments.keyword_values.empty()) {  // a method without arguments
    const Ref<> held = share(*arguments.positional[0]);
    Object* const only = held.get();
    return call_by_slot(callee, Arguments{{&only, 1}, {}, {}});
  }
  const HeldArguments held(heap_of(callee), arguments);
  return call_by_slot(callee, held.get());
}

/// Law failure-taken: there is a result or a failure, never both (CPython: _Py_CheckFunctionResult in Objects/call.c).
[[noreturn, gnu::cold]] void refuse_result(Object& callee, const FailureMark& mark) {
  const bool has_both = mark.failed();
  mark.forget();
  raise(ErrorKind::kSystemError, shown_in_error(callee) + (has_both ? " returned a result with an exception set"
                                                                    : " returned NULL without setting an exception"));
}

/// Stands around a call: what is called can be called, and is held, for it may be dropped by what it does and is needed to
/// the end.
class CallFrame {
 public:
  CallFrame(Object& callee, const Arguments& arguments)
      : held_(callable(callee)),
        guard_(builtins_of(callee), " while calling a Python object"),
        mark_(heap_of(callee).failures) {
    for (Object* const argument : arguments.positional) expect_one_runtime(callee, *argument);
    for (Object* const argument : arguments.keyword_values) expect_one_runtime(callee, *argument);
  }
  void expect_answer(const Ref<>& result) const {
    if (static_cast<bool>(result) == mark_.failed()) [[unlikely]]
      refuse_result(*held_, mark_);
  }

 private:
  static Ref<> callable(Object& callee) {
    if (!is<Function>(callee) && callee.type->slots->call == nullptr) [[unlikely]]
      raise(ErrorKind::kTypeError, fmt::format("'{}' object is not callable", callee.type->name));
    return share(callee);
  }

  Ref<> held_;
  RecursionGuard guard_;
  FailureMark mark_;
};

// What several ways to call have in common is inlined in each of them, for all of them stand in the way of every call.

[[gnu::always_inline]] inline Ref<> call_any(Object& callee, const Arguments& arguments) {
  const CallFrame frame(callee, arguments);
  Ref<> result = need_holding(callee, arguments) ? call_holding(callee, arguments) : call_by_slot(callee, arguments);
  frame.expect_answer(result);
  return result;
}
/// The same for arguments that the caller holds.
[[gnu::always_inline]] inline Ref<> call_held(Object& callee, const Arguments& arguments) {
  const CallFrame frame(callee, arguments);
  Ref<> result = call_by_slot(callee, arguments);
  frame.expect_answer(result);
  return result;
}

/// `callee(self)`: most methods take no more.
[[gnu::always_inline]] inline Ref<> call_with_self_alone(Object& callee, Object& self) {
  const Ref<> held = share(self);
  Object* const only = &self;
  return call_held(callee, Arguments{{&only, 1}, {}, {}});
}

bool is_empty(const Arguments& arguments) noexcept {
  return arguments.positional.empty() && arguments.keyword_values.empty();
}

}  // namespace

Ref<> detail::call_with_self_or_fail(Object& callee, Object& self, const Arguments& rest) {
  if (is_empty(rest)) return call_with_self_alone(callee, self);
  const HeldArguments all(heap_of(callee), &self, rest);
  return call_held(callee, all.get());
}

Ref<> detail::call_or_fail(Object& callee, const Arguments& arguments) { return call_any(callee, arguments); }

Ref<> call(Object& callee, const Arguments& arguments) {
  return raise_if_failed(heap_of(callee), [&] { return call_any(callee, arguments); });
}

Outcome<Ref<>> try_call(Object& callee, const Arguments& arguments) {
  return detail::attempt(heap_of(callee), [&] { return call_any(callee, arguments); });
}

namespace {

/// True for objects whose attributes are their own and then those of a class made at run time. A class of a metaclass has
/// those of its bases, too.
bool has_plain_attributes(const Object& object) noexcept {
  return is<Instance>(object) || (derives_from_builtin(*object.type) && kind_of(object) != Kind::kType);
}

bool has_own_attribute(Object& object, Str& name) {
  if (is<Instance>(object)) return own_attribute(static_cast<Instance&>(object), name) != nullptr;
  const Ref<> dict = Ref<>::share(*detail::dict_slot(object));
  return dict && static_cast<Dict&>(*dict).contains(name);
}

/// The function that `object.name` would bind, if it is certain that it would do no more than that.
Ref<> plain_method(Object& object, Object& name) {
  if (!is<Str>(name) || !has_plain_attributes(object)) return {};
  if (detail::special_method(object, detail::Special::kGetAttribute) != nullptr) return {};
  auto& wanted = static_cast<Str&>(name);
  if (has_own_attribute(object, wanted)) return {};
  Object* const found = lookup(*object.type, wanted);
  return found != nullptr && detail::takes_self(*found) ? share(*found) : Ref<>();
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
  const bool is_named = !detail::owner_of_bound(method, object).empty();
  const std::string_view owner = is_named ? method.owner->name : std::string_view();  // as of CPython's unbound methods
  if (is_empty(arguments)) return detail::call_descriptor(method, owner, object, arguments);
  const HeldArguments held(heap_of(object), arguments);
  return detail::call_descriptor(method, owner, object, held.get());
}

/// What most calls of methods find, and what running nothing finds.
[[gnu::always_inline]] inline Object* find_at_hand(const Object& object, const Object& name) noexcept {
  const bool is_known = is<Instance>(object) && is_exact<Str>(name);
  return is_known ? method_at_hand(static_cast<const Instance&>(object), static_cast<const Str&>(name)) : nullptr;
}

}  // namespace

Ref<> detail::call_method_or_fail(Object& object, Object& name, const Arguments& arguments) {
  if (Object* const method = find_at_hand(object, name))
    return is_empty(arguments) ? call_with_self_alone(*method, object) : call_with_self_or_fail(*method, object, arguments);
  const Ref<> held[] = {share(object), share(name)};
  if (const Descriptor* const method = builtin_method(object, name)) return call_builtin_method(*method, object, arguments);
  const HeldArguments given(heap_of(object), arguments);  // looking the attribute up may compare keys
  if (const Ref<> method = plain_method(object, name)) return call_with_self_or_fail(*method, object, given.get());
  const Ref<> found = get_attribute_or_fail(object, name);
  return found ? call_or_fail(*found, given.get()) : Ref<>();
}

Ref<> call_method(Object& object, Object& name, const Arguments& arguments) {
  return raise_if_failed(heap_of(object), [&] { return detail::call_method_or_fail(object, name, arguments); });
}

Outcome<Ref<>> try_call_method(Object& object, Object& name, const Arguments& arguments) {
  return detail::attempt(heap_of(object), [&] { return detail::call_method_or_fail(object, name, arguments); });
}

}  // namespace ouro
