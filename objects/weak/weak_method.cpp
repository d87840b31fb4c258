// Weak references to bound methods (CPython: WeakMethod in Lib/weakref.py).
#include <ouro/base/error.h>
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/weak/detail/weakref_parts.h>
#include <ouro/objects/weak/weak_method.h>
#include <ouro/objects/weak/weakref.h>

#include <fmt/format.h>

#include <string>
#include <utility>

namespace ouro {

namespace {

WeakMethod& weak_of(Object& object) noexcept { return static_cast<WeakMethod&>(object); }
WeakRef& reference(Object* of) noexcept { return static_cast<WeakRef&>(*of); }

/// Called by the weak references to the object and to the function.
void part_died(WeakRef& self, WeakRef&) {
  const Ref<> held = target_of(self);
  if (!held) return;
  WeakMethod& method = weak_of(*held);
  if (std::exchange(method.is_alive, 0U) == 0 || method.callback == nullptr) return;
  const Ref<> callback = share(*method.callback);
  Object* const given[] = {&method};
  static_cast<void>(call(*callback, {given, {}, {}}));
}

std::string name_of_part(const Object&, std::size_t number) {
  return number == 0 ? ".object" : number == 1 ? "._func_ref" : ".callback";
}

void clear_slot(Object& object) noexcept {
  WeakMethod& method = weak_of(object);
  method.is_alive = 0;
  for (Object** const edge : {&method.object, &method.function, &method.callback}) store(*edge, nullptr);
}

Ref<> repr_slot(Object& object) {
  Object* const held = weak_of(object).object;
  return detail::shown_weakly(object, held != nullptr ? target_of(reference(held)).get() : nullptr);
}

std::int64_t hash_slot(Object& object) {
  if (weak_of(object).object == nullptr) raise(ErrorKind::kTypeError, "weak object has gone away");
  const Ref<> held = share(*weak_of(object).object);
  return hash(*held);
}

/// As their objects and functions are equal while both live; a dead one is equal to itself only.
Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (op != Comparison::kEqual && op != Comparison::kNotEqual) return Answer::kNotImplemented;
  if (!is<WeakMethod>(left) || !is<WeakMethod>(right)) return Answer::kNotImplemented;
  const WeakMethod& mine = weak_of(left);
  const WeakMethod& other = weak_of(right);
  bool same = &left == &right;
  if (mine.is_alive != 0 && other.is_alive != 0) {
    const Ref<> held[] = {share(*mine.object), share(*other.object), share(*mine.function), share(*other.function)};
    same = equal(*held[0], *held[1]) && equal(*held[2], *held[3]);
  }
  return same == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

Ref<> call_slot(Object& callee, const Arguments& arguments) {
  if (!arguments.keyword_names.empty())
    raise(ErrorKind::kTypeError, fmt::format("WeakMethod.__call__() got an unexpected keyword argument '{}'",
                                             text(static_cast<const Str&>(*arguments.keyword_names[0]))));
  if (!arguments.positional.empty())
    raise(ErrorKind::kTypeError, fmt::format("WeakMethod.__call__() takes 1 positional argument but {} were given",
                                             arguments.positional.size() + 1));
  Ref<> method = weak_of(callee).lock();
  return method ? method : make_none(builtins_of(callee));
}

constexpr Attribute kAttributes[] = {
    detail::class_getitem(),
    member(
        "__callback__",
        [](WeakMethod& method) {
          if (method.object == nullptr || reference(method.object).callback == nullptr)
            return make_none(builtins_of(method));
          return share(*reference(method.object).callback);
        },
        ""),
};

constexpr Parameters kParameters = parameters("WeakMethod(meth, callback=None)");

Ref<> construct_slot(Type&, const Arguments& arguments) {
  if (arguments.positional.empty() && arguments.keyword_names.empty())
    raise(ErrorKind::kTypeError, "WeakMethod.__new__() missing 1 required positional argument: 'meth'");
  const PlacedArguments<2> given(kParameters, arguments);
  return make_weak_method(*given[0], given[1]);
}

}  // namespace

Ref<> WeakMethod::lock() const {
  if (object == nullptr) return {};
  const Ref<> target = target_of(static_cast<const WeakRef&>(*object));
  const Ref<> code = target_of(static_cast<const WeakRef&>(*function));
  return target && code ? Ref<>(make_method(*code, *target)) : Ref<>();
}

Ref<WeakMethod> make_weak_method(Object& given, Object* callback) {
  Builtins& builtins = builtins_of(given);
  const Method* const method = as<Method>(given);
  if (method == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("argument should be a bound method, not {}", shown_in_error(*given.type)));
  const Ref<> held[] = {share(given), share(*method->self), share(*method->function)};
  Ref<> called = callback == nullptr || is_none(*callback) ? Ref<>() : share(*callback);
  Ref<WeakMethod> made =
      make<WeakMethod>(builtins.type(Kind::kWeakMethod), sizeof(WeakMethod), [&](WeakMethod& weak) noexcept {
        weak.object = weak.function = nullptr;
        weak.callback = called.release();
        weak.is_alive = 0;
      });
  // The callbacks know it by a weak reference only: no cycle keeps it.
  const Ref<Function> died = make_function(builtins, "_cb", part_died, make_weakref(*made));
  Ref<WeakRef> object = make_weakref(*held[1], died.get());
  Ref<WeakRef> function = make_weakref(*held[2], died.get());
  made->object = object.release();
  made->function = function.release();
  made->is_alive = 1;
  return made;
}

constinit const TypeSlots detail::kWeakMethodSlots{
    .name = "WeakMethod",
    .kind = Kind::kWeakMethod,
    .flags = kContainerType | kWeakableType,
    .size = sizeof(WeakMethod),
    .edges = WeakMethod::kEdges,
    .doc = "A weak reference to a bound method: called, it gives the method, or None once its object is dead.",
    .dismantle = detail::dismantle_as<WeakMethod>,
    .clear = clear_slot,
    .edge_name = name_of_part,
    .repr = repr_slot,
    .hash = hash_slot,
    .compare = compare_slot,
    .call = call_slot,
    .construct = construct_slot,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
