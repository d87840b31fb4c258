// Weak proxies: made, and every operation sent on to the target (CPython: proxy_add and its neighbours in
// Objects/weakrefobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/operations/in_place.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/weak/detail/weakref_parts.h>
#include <ouro/objects/weak/weak_proxy.h>

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace ouro {

namespace {

WeakProxy& proxy_of(Object& object) noexcept { return static_cast<WeakProxy&>(object); }

/// What a proxy stands for, held. ReferenceError if it is dead.
Ref<> alive(Object& object) {
  Ref<> target = target_of(proxy_of(object));
  if (!target) raise(ErrorKind::kReferenceError, "weakly-referenced object no longer exists");
  return target;
}
/// The same of a proxy; any other object itself.
Ref<> unwrapped(Object& object) { return is<WeakProxy>(object) ? alive(object) : share(object); }

// ---- Text ----

Ref<> repr_slot(Object& object) {
  const Ref<> target = target_of(proxy_of(object));
  const void* const self = &object;
  const void* const there = target ? target.get() : &builtins_of(object).none();
  return make_str(builtins_of(object),
                  fmt::format("<weakproxy at {} to {} at {}>", self, target ? target->type->name : "NoneType", there));
}
Ref<> str_slot(Object& object) { return ouro::str(*alive(object)); }

// ---- Comparison and numbers ----

Answer compare_slot(Object& left, Object& right, Comparison op) {
  return compare(*unwrapped(left), *unwrapped(right), op) ? Answer::kYes : Answer::kNo;
}
bool truth_slot(Object& object) { return truth(*alive(object)); }

template <Operator kOperator>
Ref<> binary(Object& left, Object& right) {
  const Ref<> first = unwrapped(left);
  return apply(kOperator, *first, *unwrapped(right));
}

template <Ref<> (*kOperation)(Object&)>
Ref<> unary(Object& object) {
  return kOperation(*alive(object));
}

/// `int(target)`, `float(target)`.
template <Kind kNumber>
Ref<> converted(Object& object) {
  const Ref<> target = alive(object);
  Object* const given[] = {target.get()};
  return call(builtins_of(object).type(kNumber), {given, {}, {}});
}
Ref<> index_slot(Object& object) { return index(*alive(object)); }

constexpr NumberSlots kNumber{
    .add = binary<Operator::kAdd>,
    .subtract = binary<Operator::kSubtract>,
    .multiply = binary<Operator::kMultiply>,
    .true_divide = binary<Operator::kTrueDivide>,
    .floor_divide = binary<Operator::kFloorDivide>,
    .remainder = binary<Operator::kRemainder>,
    .divmod = binary<Operator::kDivmod>,
    .power = binary<Operator::kPower>,
    .left_shift = binary<Operator::kLeftShift>,
    .right_shift = binary<Operator::kRightShift>,
    .bit_and = binary<Operator::kBitAnd>,
    .bit_or = binary<Operator::kBitOr>,
    .bit_xor = binary<Operator::kBitXor>,
    .negative = unary<negative>,
    .positive = unary<positive>,
    .absolute = unary<absolute>,
    .invert = unary<invert>,
    .to_int = converted<Kind::kInt>,
    .to_float = converted<Kind::kFloat>,
    .index = index_slot,
};

// ---- In place ----

Ref<> apply_to_target(Object& proxy, Object& operand, Operator op) {
  const Ref<> target = alive(proxy);
  return apply_in_place(op, *target, *unwrapped(operand));
}

// ---- Containers ----

std::size_t length_slot(const Object& object) { return length(*alive(const_cast<Object&>(object))); }
bool contains_slot(Object& object, Object& value) { return contains(*alive(object), value); }

Ref<> subscript_slot(Object& object, Object& key) {
  const Ref<> target = alive(object);
  return detail::get_item_or_fail(*target, *unwrapped(key));
}
void set_subscript_slot(Object& object, Object& key, Object* value) {
  const Ref<> target = alive(object);
  value != nullptr ? set_item(*target, key, *value) : delete_item(*target, key);
}

Ref<> iterate_slot(Object& object) { return iterate(*alive(object)); }
Ref<> next_slot(Object& object) {
  const Ref<> target = alive(object);
  if (target->type->slots->next == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("Weakref proxy referenced a non-iterator '{}' object", target->type->name));
  return detail::next_or_fail(*target);
}

constexpr SequenceSlots kSequence{.length = length_slot, .contains = contains_slot};
constexpr MappingSlots kMapping{.length = length_slot, .subscript = subscript_slot, .set_subscript = set_subscript_slot};

// ---- Attributes and calls ----

Ref<> get_attribute_slot(Object& object, Object& name) {
  const Ref<> target = alive(object);
  return detail::get_attribute_or_fail(*target, name);
}
void set_attribute_slot(Object& object, Object& name, Object* value) {
  const Ref<> target = alive(object);
  value != nullptr ? set_attribute(*target, name, *value) : delete_attribute(*target, name);
}
Ref<> call_slot(Object& object, const Arguments& arguments) {
  const Ref<> target = alive(object);
  return detail::call_or_fail(*target, arguments);
}

Ref<> call_named(Object& object, std::string_view name) {
  const Ref<> target = alive(object);
  return call_method(*target, *intern(builtins_of(object), name), {});
}

template <Operator kOperator>
constexpr Attribute in_place(std::string_view signature) {
  const auto code = [](WeakProxy& proxy, Object& other) { return apply_to_target(proxy, other, kOperator); };
  return special_method(signature, code, "Sent on to the target.");
}

/// `@`, which has no slot.
Ref<> multiply(Object& left, Object& right) {
  const Ref<> first = unwrapped(left);
  return matrix_multiply(*first, *unwrapped(right));
}

constexpr Attribute kAttributes[] = {
    in_place<Operator::kAdd>("__iadd__(value, /)"),
    in_place<Operator::kSubtract>("__isub__(value, /)"),
    in_place<Operator::kMultiply>("__imul__(value, /)"),
    in_place<Operator::kRemainder>("__imod__(value, /)"),
    in_place<Operator::kPower>("__ipow__(value, /)"),
    in_place<Operator::kLeftShift>("__ilshift__(value, /)"),
    in_place<Operator::kRightShift>("__irshift__(value, /)"),
    in_place<Operator::kBitAnd>("__iand__(value, /)"),
    in_place<Operator::kBitXor>("__ixor__(value, /)"),
    in_place<Operator::kBitOr>("__ior__(value, /)"),
    in_place<Operator::kFloorDivide>("__ifloordiv__(value, /)"),
    in_place<Operator::kTrueDivide>("__itruediv__(value, /)"),
    special_method(
        "__matmul__(value, /)", [](WeakProxy& proxy, Object& other) { return multiply(proxy, other); },
        "Return self@value."),
    special_method(
        "__rmatmul__(value, /)", [](WeakProxy& proxy, Object& other) { return multiply(other, proxy); },
        "Return value@self."),
    special_method(
        "__imatmul__(value, /)",
        [](WeakProxy& proxy, Object& other) {
          const Ref<> target = alive(proxy);
          return matrix_multiply_in_place(*target, *unwrapped(other));
        },
        "Return self@=value."),
    method(
        "__bytes__()", [](WeakProxy& proxy) { return call_named(proxy, "__bytes__"); }, ""),
    method(
        "__reversed__()", [](WeakProxy& proxy) { return call_named(proxy, "__reversed__"); }, ""),
};

constexpr TypeSlots proxy_slots(std::string_view name, Ref<> (*call)(Object&, const Arguments&)) noexcept {
  return {
      .name = name,
      .kind = Kind::kWeakProxy,
      .flags = kContainerType | kWeakRefType | kBorrowerType,
      .size = sizeof(WeakProxy),
      .edges = WeakRef::kEdges,
      .dismantle = detail::dismantle_as<WeakRef, detail::release_weakref>,
      .release = detail::release_weakref,
      .clear = detail::clear_weakref,
      .edge_name = detail::name_of_weakref_edge,
      .repr = repr_slot,
      .str = str_slot,
      .compare = compare_slot,
      .truth = truth_slot,
      .iterate = iterate_slot,
      .next = next_slot,
      .call = call,
      .get_attribute = get_attribute_slot,
      .set_attribute = set_attribute_slot,
      .number = &kNumber,
      .sequence = &kSequence,
      .mapping = &kMapping,
      .attributes = &kAttributeTable<kAttributes>,
  };
}

}  // namespace

Ref<WeakProxy> make_weak_proxy(Object& target, Object* callback) {
  Immortals& immortals = *builtins_of(target).immortals;
  const bool is_callable = target.type->slots->call != nullptr;
  Type& type = is_callable ? immortals.type(Variant::kWeakCallableProxy) : immortals.type(Kind::kWeakProxy);
  return static_ref_cast<WeakProxy>(detail::make_weakref_of(type, target, callback));
}

namespace {

/// `use(reference)` with each weak reference to an object.
template <class F>
void for_each_weakref(const Object& object, F&& use) {
  WeakRef* const first = heap_of(object).weak.newest(object);
  for (WeakRef* reference = first; reference != nullptr; reference = reference->older == first ? nullptr : reference->older)
    use(*reference);
}

}  // namespace

std::size_t weakref_count(const Object& object) noexcept {
  std::size_t count = 0;
  for_each_weakref(object, [&](WeakRef&) { ++count; });
  return count;
}

Ref<List> weakrefs_of(Object& object) {
  const Ref<> held = share(object);
  const Ref<List> found = make_list(builtins_of(object));
  // Making room may collect, and so make or end weak references.
  while (found->capacity < weakref_count(object)) found->reserve(weakref_count(object));
  for_each_weakref(object, [&](WeakRef& reference) { found->append(reference); });
  return found;
}

constinit const TypeSlots detail::kWeakProxySlots = proxy_slots("weakref.ProxyType", nullptr);
constinit const TypeSlots detail::kWeakCallableProxySlots = proxy_slots("weakref.CallableProxyType", call_slot);

}  // namespace ouro
