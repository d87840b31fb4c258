// Members of `__slots__` as descriptors (CPython: PyMember_GetOne and PyMember_SetOne in Python/structmember.c).
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro::detail {

const Attribute kSlotMemberAttribute{.sort = Attribute::Sort::kMember};

bool is_slot_member(const Descriptor& descriptor) noexcept { return descriptor.attribute == &kSlotMemberAttribute; }

std::string_view name_of(const Descriptor& descriptor) noexcept {
  if (!is_slot_member(descriptor)) return descriptor.attribute->parameters.name;
  return text(static_cast<const Str&>(*static_cast<const SlotMember&>(descriptor).name));
}

namespace {

/// Objects of other classes have no value, nor has anything once the class is gone.
void expect_applicable(const SlotMember& member, const Object& object) {
  if (member.place == SlotMember::kNowhere || !is_instance(object, *member.owner))
    raise(ErrorKind::kTypeError, fmt::format("descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                                             name_of(member), member.owner->name, object.type->name));
}

bool is_in_dict(const SlotMember& member) noexcept { return member.place == SlotMember::kInDict; }
Object*& place_of(const SlotMember& member, Object& object) noexcept { return member_places(object)[member.place]; }

void set_in_dict(const SlotMember& member, Object& object, Object* value) {
  const Ref<Dict> dict = dict_of_derived(object);
  const Ref<> name = share(*member.name);
  if (value != nullptr) return dict->set(*name, *value);
  if (!dict->discard(*name)) raise(ErrorKind::kAttributeError, name_of(member));
}

}  // namespace

Ref<> get_member(const SlotMember& member, Object& object) {
  expect_applicable(member, object);
  Object* const value = is_in_dict(member) ? dict_of_derived(object)->find(*share(*member.name)) : place_of(member, object);
  return value != nullptr ? share(*value) : fail_no_attribute(object, *share(*member.name));
}

void set_member(const SlotMember& member, Object& object, Object* value) {
  expect_applicable(member, object);
  if (is_in_dict(member)) return set_in_dict(member, object, value);
  Object*& place = place_of(member, object);
  if (value == nullptr && place == nullptr) raise(ErrorKind::kAttributeError, name_of(member));
  if (value != nullptr) expect_one_runtime(object, *value);
  store(place, Ref<>::share(value).release());
}

}  // namespace ouro::detail
