// Slots of classes that call special methods (CPython: the slot_ functions of Objects/typeobject.c).
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ouro::detail {

Ref<> call_special(Object& self, Special which, std::initializer_list<Object*> rest) {
  const Ref<> method = Ref<>::share(special_method(self, which));
  if (!method) raise(ErrorKind::kAttributeError, name_of(which));
  const Ref<> held = share(self);
  std::array<Ref<>, 2> arguments;
  std::transform(rest.begin(), rest.end(), arguments.begin(), [](Object* given) { return share(*given); });
  return call_found(*method, self, rest);
}

namespace {

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
  return call_found(*share(*method), self, arguments);
}

std::size_t length_slot(const Object& object) {
  auto& self = const_cast<Object&>(object);
  const Ref<> result = call_special(self, Special::kLen);
  const Ref<Int> number = index(*result);
  if (fits_int64(*number) ? number->value < 0 : hash_of(*number) < 0)
    raise(ErrorKind::kValueError, "__len__() should return >= 0");
  return static_cast<std::size_t>(to_index(*number, ErrorKind::kOverflowError));
}

Ref<> subscript_slot(Object& self, Object& key) { return call_special(self, Special::kGetItem, {&key}); }

Ref<> item_slot(Object& self, std::int64_t position) {
  return call_special(self, Special::kGetItem, {make_int(builtins_of(self), position).get()});
}

void set_subscript_slot(Object& self, Object& key, Object* value) {
  const Special which = value != nullptr ? Special::kSetItem : Special::kDelItem;
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
  try {
    return call_special(self, Special::kNext);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kStopIteration)) throw;
    return {};
  }
}

Ref<> look_up(Object& self, Object& name) {
  if (special_method(self, Special::kGetAttribute) == nullptr) return plain_get(self, name);
  return call_special(self, Special::kGetAttribute, {&name});
}

/// `__getattr__` stands in for what is not found, whoever says so: also a getter or `__getattribute__` that throws
/// AttributeError (CPython: slot_tp_getattr_hook).
Ref<> get_attribute_slot(Object& self, Object& name) {
  const Ref<> stand_in = Ref<>::share(special_method(self, Special::kGetAttr));
  if (!stand_in) return look_up(self, name);
  const std::array held{share(self), share(name)};
  try {
    if (Ref<> value = look_up(self, name)) return value;
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kAttributeError)) throw;
  }
  return call_found(*stand_in, self, {&name});
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

bool compares(const ClassBody& body) noexcept {
  for (std::size_t op = 0; op < 6; ++op)
    if (body.method(offset(Special::kLess, op)) != nullptr) return true;
  return false;
}

std::int64_t (*hash_of_class(const ClassBody& body) noexcept)(Object&) {
  const Object* const method = body.method(Special::kHash);
  if (method == nullptr) return default_hash;
  return is_none(*method) ? nullptr : hash_slot;
}

void connect_containers(ClassBody& body) noexcept {
  const auto has = [&](Special which) { return body.method(which) != nullptr; };
  body.mapping.length = has(Special::kLen) ? length_slot : nullptr;
  body.mapping.subscript = has(Special::kGetItem) ? subscript_slot : nullptr;
  body.mapping.set_subscript = has(Special::kSetItem) || has(Special::kDelItem) ? set_subscript_slot : nullptr;
  body.sequence.item = has(Special::kGetItem) ? item_slot : nullptr;
  body.sequence.contains = has(Special::kContains) ? contains_slot : nullptr;
  body.slots.mapping = &body.mapping;
  body.slots.sequence = &body.sequence;
}

}  // namespace

void connect_slots(ClassBody& body) noexcept {
  const auto has = [&](Special which) { return body.method(which) != nullptr; };
  TypeSlots& slots = body.slots;
  slots.finalize = has(Special::kDel) ? finalize : nullptr;
  slots.legacy_finalize = has(Special::kLegacyDel) ? finalize_legacy : nullptr;
  slots.repr = has(Special::kRepr) ? repr_slot : default_repr;
  slots.str = has(Special::kStr) ? str_slot : nullptr;
  slots.hash = hash_of_class(body);
  slots.compare = compares(body) ? compare_slot : nullptr;
  slots.truth = has(Special::kBool) ? truth_slot : nullptr;
  slots.iterate = has(Special::kIter) ? iterate_slot : nullptr;
  slots.next = has(Special::kNext) ? next_slot : nullptr;
  slots.call = has(Special::kCall) ? call_slot : nullptr;
  slots.get_attribute = has(Special::kGetAttr) || has(Special::kGetAttribute) ? get_attribute_slot : plain_get;
  slots.set_attribute = has(Special::kSetAttr) || has(Special::kDelAttr) ? set_attribute_slot : plain_set;
  connect_containers(body);
  connect_numbers(body);
}

}  // namespace ouro::detail
