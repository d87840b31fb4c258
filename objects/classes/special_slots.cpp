// Slots of classes that call special methods (CPython: the slot_ functions of Objects/typeobject.c).
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/unless.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ouro::detail {

Ref<> call_special_or_fail(Object& self, Special which, std::initializer_list<Object*> rest) {
  Object* const method = special_method(self, which);
  if (method == nullptr) raise(ErrorKind::kAttributeError, name_of(which));
  const Arguments given{{rest.begin(), rest.size()}, {}, {}};
  if (takes_self(*method)) return call_with_self_or_fail(*method, self, given);  // which holds all of them
  const std::array held{share(*method), share(self)};
  std::array<Ref<>, 2> arguments;
  std::transform(rest.begin(), rest.end(), arguments.begin(), [](Object* argument) { return share(*argument); });
  return call_found_or_fail(*method, self, given);
}

Ref<> call_special(Object& self, Special which, std::initializer_list<Object*> rest) {
  return raise_if_failed(heap_of(self), [&] { return call_special_or_fail(self, which, rest); });
}

namespace {

/// What a class does that derives from no built-in type but `object`, where it has no special method.
constexpr TypeSlots kSlotsOfObject{.name = {}, .repr = default_repr, .hash = default_hash};

/// Law special-current of slots: what stands where a class has no special method.
const TypeSlots& inherited(const ClassBody& body) noexcept {
  return body.slots.base != nullptr ? *body.slots.base : kSlotsOfObject;
}
const TypeSlots& inherited_by(const Object& self) noexcept { return inherited(*static_cast<const Class*>(self.type)->body); }

void finalize_legacy(Object& self) {
  if (special_method(self, Special::kLegacyDel) != nullptr) static_cast<void>(call_special(self, Special::kLegacyDel));
}

void finalize(Object& self) {
  if (special_method(self, Special::kDel) != nullptr) static_cast<void>(call_special(self, Special::kDel));
}

Ref<> repr_slot(Object& self) { return call_special(self, Special::kRepr); }
Ref<> str_slot(Object& self) { return call_special(self, Special::kStr); }

std::int64_t hash_slot(Object& self) {
  const Ref<> result = call_special(self, Special::kHash);
  const Int* const number = as_int(*result);
  if (number == nullptr) raise(ErrorKind::kTypeError, "__hash__ method should return an integer");
  const std::int64_t hash = fits_int64(*number) ? number->value : hash_of(*number);
  return hash == -1 ? -2 : hash;
}

bool truth_slot(Object& self) {
  const Ref<> result = call_special(self, Special::kBool);
  if (kind_of(*result) != Kind::kBool)
    raise(ErrorKind::kTypeError, fmt::format("__bool__ should return bool, returned {}", result->type->name));
  return truth(*result);
}

Answer compare_slot(Object& self, Object& other, Comparison op) {
  Special which = offset(Special::kLess, static_cast<std::size_t>(op));
  const auto compare_as_base = inherited_by(self).compare;
  if (special_method(self, which) == nullptr && compare_as_base != nullptr) return compare_as_base(self, other, op);
  const bool inverted = op == Comparison::kNotEqual && special_method(self, which) == nullptr;
  if (inverted) which = Special::kEqual;
  if (special_method(self, which) == nullptr) return Answer::kNotImplemented;
  const Ref<> result = call_special(self, which, {&other});
  if (kind_of(*result) == Kind::kNotImplemented) return Answer::kNotImplemented;
  return truth(*result) != inverted ? Answer::kYes : Answer::kNo;
}

Ref<> call_slot(Object& self, const Arguments& arguments) {
  Object* const method = special_method(self, Special::kCall);
  if (method == nullptr) raise(ErrorKind::kTypeError, fmt::format("'{}' object is not callable", self.type->name));
  return call_found_or_fail(*share(*method), self, arguments);
}

std::size_t length_slot(const Object& object) {
  auto& self = const_cast<Object&>(object);
  const Ref<> result = call_special(self, Special::kLen);
  const Ref<Int> number = index(*result);
  if (fits_int64(*number) ? number->value < 0 : hash_of(*number) < 0)
    raise(ErrorKind::kValueError, "__len__() should return >= 0");
  return static_cast<std::size_t>(to_index(*number, ErrorKind::kOverflowError));
}

Ref<> subscript_slot(Object& self, Object& key) { return call_special_or_fail(self, Special::kGetItem, {&key}); }

Ref<> item_slot(Object& self, std::int64_t position) {
  return call_special_or_fail(self, Special::kGetItem, {make_int(builtins_of(self), position).get()});
}

void set_subscript_slot(Object& self, Object& key, Object* value) {
  const Special which = value != nullptr ? Special::kSetItem : Special::kDelItem;
  const MappingSlots* const base = inherited_by(self).mapping;
  if (special_method(self, which) == nullptr && base != nullptr && base->set_subscript != nullptr)
    return base->set_subscript(self, key, value);
  if (value != nullptr) {
    static_cast<void>(call_special(self, which, {&key, value}));
  } else {
    static_cast<void>(call_special(self, which, {&key}));
  }
}

/// True if the class says by None that it does not have the method.
bool is_denied(const Object& self, Special which) noexcept {
  const Object* const method = special_method(self, which);
  return method != nullptr && is_none(*method);
}

bool contains_slot(Object& self, Object& value) {
  if (is_denied(self, Special::kContains))
    raise(ErrorKind::kTypeError, fmt::format("'{}' object is not a container", self.type->name));
  return truth(*call_special(self, Special::kContains, {&value}));
}

Ref<> iterate_slot(Object& self) {
  if (is_denied(self, Special::kIter))
    raise(ErrorKind::kTypeError, fmt::format("'{}' object is not iterable", self.type->name));
  return call_special(self, Special::kIter);
}

Ref<> next_slot(Object& self) {
  return unless(ErrorKind::kStopIteration, heap_of(self), [&] { return call_special_or_fail(self, Special::kNext); });
}

Ref<> look_up(Object& self, Object& name) {
  if (special_method(self, Special::kGetAttribute) == nullptr) return plain_get(self, name);
  return call_special_or_fail(self, Special::kGetAttribute, {&name});
}

/// `__getattr__` stands in for what is not found, whoever says so: also a getter or `__getattribute__` that throws
/// AttributeError (CPython: slot_tp_getattr_hook).
Ref<> get_attribute_slot(Object& self, Object& name) {
  const Ref<> stand_in = Ref<>::share(special_method(self, Special::kGetAttr));
  if (!stand_in) return look_up(self, name);
  const std::array held{share(self), share(name)};
  const FailureMark mark(heap_of(self).failures);
  if (Ref<> value = unless(ErrorKind::kAttributeError, heap_of(self), [&] { return look_up(self, name); })) return value;
  if (mark.failed()) return {};
  Object* const argument = &name;
  return call_found_or_fail(*stand_in, self, {{&argument, 1}, {}, {}});
}

void set_attribute_slot(Object& self, Object& name, Object* value) {
  const Special which = value != nullptr ? Special::kSetAttr : Special::kDelAttr;
  if (special_method(self, which) == nullptr) return plain_set(self, name, value);
  if (value != nullptr) {
    static_cast<void>(call_special(self, which, {&name, value}));
  } else {
    static_cast<void>(call_special(self, which, {&name}));
  }
}

/// `__init__`.
void initialise_slot(Object& self, const Arguments& arguments) {
  const Ref<> initialiser = Ref<>::share(special_method(self, Special::kInit));
  if (!initialiser) return;
  const Ref<> result = call_found(*initialiser, self, arguments);
  if (!is_none(*result))
    raise(ErrorKind::kTypeError, fmt::format("__init__() should return None, not '{}'", result->type->name));
}

bool compares(const ClassBody& body) noexcept {
  for (std::size_t op = 0; op < 6; ++op)
    if (body.method(offset(Special::kLess, op)) != nullptr) return true;
  return false;
}

std::int64_t (*hash_of_class(const ClassBody& body) noexcept)(Object&) {
  const Object* const method = body.method(Special::kHash);
  if (method == nullptr) return inherited(body).hash;
  return is_none(*method) ? nullptr : hash_slot;
}

template <class Group>
Group group_of(const Group* inherited_group) noexcept {
  return inherited_group != nullptr ? *inherited_group : Group{};
}

void connect_containers(ClassBody& body) noexcept {
  const auto has = [&](Special which) { return body.method(which) != nullptr; };
  body.mapping = group_of(inherited(body).mapping);
  body.sequence = group_of(inherited(body).sequence);
  if (has(Special::kLen)) {
    body.mapping.length = length_slot;
    if (body.sequence.length != nullptr) body.sequence.length = length_slot;
  }
  if (has(Special::kGetItem)) {
    body.mapping.subscript = subscript_slot;
    body.sequence.item = item_slot;
  }
  if (has(Special::kSetItem) || has(Special::kDelItem)) {
    body.mapping.set_subscript = set_subscript_slot;
    body.sequence.set_item = nullptr;
  }
  if (has(Special::kContains)) body.sequence.contains = contains_slot;
  // What a class says of + and * comes before what sequences do with them.
  if (has(Special::kAdd)) body.sequence.concatenate = nullptr;
  if (has(Special::kMultiply) || has(Special::kReflectedMultiply)) body.sequence.repeat = nullptr;
  body.slots.mapping = &body.mapping;
  body.slots.sequence = &body.sequence;
}

}  // namespace

void connect_slots(ClassBody& body) noexcept {
  const auto has = [&](Special which) { return body.method(which) != nullptr; };
  TypeSlots& slots = body.slots;
  const TypeSlots& base = inherited(body);
  slots.finalize = has(Special::kDel) ? finalize : nullptr;
  slots.legacy_finalize = has(Special::kLegacyDel) ? finalize_legacy : nullptr;
  slots.repr = has(Special::kRepr) ? repr_slot : base.repr;
  slots.str = has(Special::kStr) ? str_slot : base.str;
  slots.hash = hash_of_class(body);
  slots.compare = compares(body) ? compare_slot : base.compare;
  slots.truth = has(Special::kBool) ? truth_slot : base.truth;
  slots.iterate = has(Special::kIter) ? iterate_slot : base.iterate;
  slots.next = has(Special::kNext) ? next_slot : base.next;
  slots.call = has(Special::kCall) ? call_slot : base.call;
  slots.get_attribute = has(Special::kGetAttr) || has(Special::kGetAttribute) ? get_attribute_slot : plain_get;
  slots.set_attribute = has(Special::kSetAttr) || has(Special::kDelAttr) ? set_attribute_slot : plain_set;
  slots.initialise = has(Special::kInit) ? initialise_slot : base.initialise;
  connect_containers(body);
  connect_numbers(body);
}

}  // namespace ouro::detail
