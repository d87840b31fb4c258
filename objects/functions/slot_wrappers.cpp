// Slot wrappers: the special methods of built-in types, which follow from their slots (CPython: slotdefs in
// Objects/typeobject.c).
#include <ouro/objects/core/none.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/slot_calls.h>
#include <ouro/objects/numbers/detail/power_modulo.h>

#include <array>
#include <iterator>

namespace ouro::detail {

namespace {

constexpr SlotName make_new() {
  SlotName made =
      wrapper("__new__(*args, **kwargs)", "Create and return a new object.  See help(type) for accurate signature.",
              own<&TypeSlots::construct>, call_new);
  made.attribute.sort = Attribute::Sort::kStaticMethod;
  return made;
}

/// `pow(base, exponent, modulus)`, where the last argument of the call is the modulus, if there is one.
Ref<> power(const Type& owner, Object& self, Object& base, Object& exponent, const Arguments& given) {
  const BinarySlot slot = owner.slots->number->power;
  Object* const modulus = given.positional.size() > 1 ? given.positional[1] : nullptr;
  const bool has_modulus = modulus != nullptr && !is_none(*modulus);
  return or_not_implemented(self, has_modulus ? power_modulo(slot, base, exponent, *modulus) : slot(base, exponent));
}
Ref<> call_power(const Type& owner, Object& self, const Arguments& given) {
  return power(owner, self, self, *given.positional[0], given);
}
Ref<> call_reflected_power(const Type& owner, Object& self, const Arguments& given) {
  return power(owner, self, *given.positional[0], self, given);
}

constexpr SlotName kSlotNames[] = {
    make_new(),
    wrapper("__init__(*args, **kwargs)", "Initialize self.  See help(type(self)) for accurate signature.",
            own<&TypeSlots::initialise>, call_initialise),
    wrapper("__repr__()", "Return repr(self).", own<&TypeSlots::repr>, call_unary<&TypeSlots::repr>),
    wrapper("__str__()", "Return str(self).", own<&TypeSlots::str>, call_unary<&TypeSlots::str>),
    wrapper("__hash__()", "Return hash(self).", own<&TypeSlots::hash>, call_hash),
    wrapper("__call__(*args, **kwargs)", "Call self as a function.", own<&TypeSlots::call>, call_call),
    wrapper("__getattribute__(name, /)", "Return getattr(self, name).", own<&TypeSlots::get_attribute>, call_get_attribute),
    wrapper("__setattr__(name, value, /)", "Implement setattr(self, name, value).", own<&TypeSlots::set_attribute>,
            call_set_attribute),
    wrapper("__delattr__(name, /)", "Implement delattr(self, name).", own<&TypeSlots::set_attribute>, call_delete_attribute),
    comparison<Comparison::kLess>("__lt__(value, /)", "Return self<value."),
    comparison<Comparison::kLessEqual>("__le__(value, /)", "Return self<=value."),
    comparison<Comparison::kEqual>("__eq__(value, /)", "Return self==value."),
    comparison<Comparison::kNotEqual>("__ne__(value, /)", "Return self!=value."),
    comparison<Comparison::kGreater>("__gt__(value, /)", "Return self>value."),
    comparison<Comparison::kGreaterEqual>("__ge__(value, /)", "Return self>=value."),
    wrapper("__iter__()", "Implement iter(self).", own<&TypeSlots::iterate>, call_unary<&TypeSlots::iterate>),
    wrapper("__next__()", "Implement next(self).", own<&TypeSlots::next>, call_next),
    wrapper("__bool__()", "True if self else False", own<&TypeSlots::truth>, call_truth),
    wrapper("__len__()", "Return len(self).", length_of, call_length),
    wrapper("__getitem__(key, /)", "Return self[key].", item_of, call_item),
    wrapper("__setitem__(key, value, /)", "Set self[key] to value.", set_item_of, call_set_item),
    wrapper("__delitem__(key, /)", "Delete self[key].", set_item_of, call_delete_item),
    wrapper("__contains__(key, /)", "Return key in self.", contains_of, call_contains),
    wrapper("__add__(value, /)", "Return self+value.", add_of, call_add),
    reflected<&NumberSlots::add>("__radd__(value, /)", "Return value+self."),
    wrapper("__mul__(value, /)", "Return self*value.", multiply_of, call_multiply),
    wrapper("__rmul__(value, /)", "Return value*self.", multiply_of, call_reflected_multiply),
    binary<&NumberSlots::subtract>("__sub__(value, /)", "Return self-value."),
    reflected<&NumberSlots::subtract>("__rsub__(value, /)", "Return value-self."),
    binary<&NumberSlots::true_divide>("__truediv__(value, /)", "Return self/value."),
    reflected<&NumberSlots::true_divide>("__rtruediv__(value, /)", "Return value/self."),
    binary<&NumberSlots::floor_divide>("__floordiv__(value, /)", "Return self//value."),
    reflected<&NumberSlots::floor_divide>("__rfloordiv__(value, /)", "Return value//self."),
    binary<&NumberSlots::remainder>("__mod__(value, /)", "Return self%value."),
    reflected<&NumberSlots::remainder>("__rmod__(value, /)", "Return value%self."),
    binary<&NumberSlots::divmod>("__divmod__(value, /)", "Return divmod(self, value)."),
    reflected<&NumberSlots::divmod>("__rdivmod__(value, /)", "Return divmod(value, self)."),
    wrapper("__pow__(value, mod=None, /)", "Return pow(self, value, mod).", of_number<&NumberSlots::power>, call_power),
    wrapper("__rpow__(value, mod=None, /)", "Return pow(value, self, mod).", of_number<&NumberSlots::power>,
            call_reflected_power),
    binary<&NumberSlots::left_shift>("__lshift__(value, /)", "Return self<<value."),
    reflected<&NumberSlots::left_shift>("__rlshift__(value, /)", "Return value<<self."),
    binary<&NumberSlots::right_shift>("__rshift__(value, /)", "Return self>>value."),
    reflected<&NumberSlots::right_shift>("__rrshift__(value, /)", "Return value>>self."),
    binary<&NumberSlots::bit_and>("__and__(value, /)", "Return self&value."),
    reflected<&NumberSlots::bit_and>("__rand__(value, /)", "Return value&self."),
    binary<&NumberSlots::bit_or>("__or__(value, /)", "Return self|value."),
    reflected<&NumberSlots::bit_or>("__ror__(value, /)", "Return value|self."),
    binary<&NumberSlots::bit_xor>("__xor__(value, /)", "Return self^value."),
    reflected<&NumberSlots::bit_xor>("__rxor__(value, /)", "Return value^self."),
    unary<&NumberSlots::negative>("__neg__()", "-self"),
    unary<&NumberSlots::positive>("__pos__()", "+self"),
    unary<&NumberSlots::absolute>("__abs__()", "abs(self)"),
    unary<&NumberSlots::invert>("__invert__()", "~self"),
    unary<&NumberSlots::to_int>("__int__()", "int(self)"),
    unary<&NumberSlots::to_float>("__float__()", "float(self)"),
    unary<&NumberSlots::index>("__index__()",
                               "Return self converted to an integer, if self is suitable for use as an index into a list."),
};

constexpr std::size_t kSlotCount = std::size(kSlotNames);

/// The same as attributes alone, so that a table finds them by name.
constexpr std::array<Attribute, kSlotCount> kAllSlots = [] {
  std::array<Attribute, kSlotCount> made{};
  for (std::size_t i = 0; i < kSlotCount; ++i) made[i] = kSlotNames[i].attribute;
  return made;
}();

}  // namespace

const Attribute* slot_attribute(std::string_view name) noexcept {
  return name.starts_with("__") ? kAttributeTable<kAllSlots>.find(name) : nullptr;
}

bool has_own_slot(const TypeSlots& slots, const TypeSlots* base, const Attribute& attribute) noexcept {
  const auto slot_of = kSlotNames[&attribute - kAllSlots.data()].slot;
  const SlotAddress slot = slot_of(slots);
  return slot != nullptr && (base == nullptr || slot_of(*base) != slot);
}

std::span<const Attribute> slot_attributes() noexcept { return kAllSlots; }

}  // namespace ouro::detail
