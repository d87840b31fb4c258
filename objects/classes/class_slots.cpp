// `__slots__` (CPython: type_new_slots in Objects/typeobject.c).
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace ouro::detail {

namespace {

[[noreturn, gnu::cold]] void refuse(const std::string& why) { raise(ErrorKind::kTypeError, why); }

/// CPython's tp_itemsize is not 0: what comes behind the items has no fixed place there.
bool has_items_inside(const Type& type) noexcept {
  const Kind kind = type.kind;
  return kind == Kind::kInt || kind == Kind::kTuple || kind == Kind::kBytes || kind == Kind::kType;
}

/// Of exceptions, say, and of native classes, whose objects have room for a `__dict__` in any case.
bool keeps_members_in_dict(const Type& base) noexcept {
  if (base.kind == Kind::kNative) return true;
  const Type* const layout = layout_of(base);
  return layout != nullptr && layout->slots->dict_offset != 0;
}

bool is_weakable(const Type& type) noexcept { return type.has(kWeakableType); }

/// `__x` in class A is `_A__x`.
Ref<Str> mangled(std::string_view class_name, Str& name) {
  const std::string_view plain = text(name);
  class_name.remove_prefix(std::min(class_name.find_first_not_of('_'), class_name.size()));
  const bool is_private = plain.starts_with("__") && !plain.ends_with("__") && plain.find('.') == std::string_view::npos;
  if (!is_private || class_name.empty()) return intern(name);
  return intern(builtins_of(name), fmt::format("_{}{}", class_name, plain));
}

Str& expect_identifier(Object& item) {
  if (!is<Str>(item)) refuse(fmt::format("__slots__ items must be strings, not '{}'", item.type->name));
  if (!truth(*call_method(item, *intern(builtins_of(item), "isidentifier"), {}))) refuse("__slots__ must be identifiers");
  return static_cast<Str&>(item);
}

/// Reads what a class says, one name after the other.
class SlotReader {
 public:
  SlotReader(std::string_view class_name, Type& base, Dict& attributes, SlotPlan& plan)
      : class_name_(class_name), base_(base), attributes_(attributes), plan_(plan), names_(make_list(builtins_of(base))) {}

  void read(Object& said) {
    const Ref<Tuple> items = is<Str>(said) ? make_tuple(builtins_of(base_), {&said}) : tuple_from(said);
    if (items->size != 0 && has_items_inside(base_))
      refuse(fmt::format("nonempty __slots__ not supported for subtype of '{}'", base_.name));
    const Ref<List> plain = make_list(builtins_of(base_));
    for (Object* const item : items->view()) sort_out(expect_identifier(*item), *plain);
    for (std::size_t i = 0; i < plain->size; ++i) add(static_cast<Str&>(*plain->items[i]));
    names_->sort();
    if (names_->size != 0) plan_.names = tuple_from(*names_);
  }

 private:
  void sort_out(Str& item, List& plain) {
    if (text(item) == "__dict__") return add_dict();
    if (text(item) == "__weakref__") return add_weakrefs();
    plain.append(item);
  }
  void add(Str& item) {
    const Ref<Str> name = mangled(class_name_, item);
    if (attributes_.find(*name) != nullptr && text(*name) != "__qualname__" && text(*name) != "__classcell__")
      raise(ErrorKind::kValueError, fmt::format("{} in __slots__ conflicts with class variable", text(*repr(*name))));
    names_->append(*name);
  }
  void add_dict() {
    if (plan_.has_dict) refuse("__dict__ slot disallowed: we already got one");
    plan_.has_dict = true;
  }
  void add_weakrefs() {
    if (plan_.has_weakrefs) refuse("__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
    plan_.has_weakrefs = true;
  }

  std::string_view class_name_;
  Type& base_;
  Dict& attributes_;
  SlotPlan& plan_;
  Ref<List> names_;
};

Ref<SlotMember> make_member(Class& type, Str& name, std::uint64_t place) {
  const Ref<> held = share<Object>(type);
  Ref<> label = share<Object>(name);
  Ref<> owner = share<Object>(type);
  Type& of = builtins_of(type).immortals->type(Variant::kMemberDescriptor);
  return make<SlotMember>(of, sizeof(SlotMember), [&](SlotMember& made) noexcept {
    made.owner = static_cast<Type*>(owner.release());
    made.attribute = &kSlotMemberAttribute;
    made.name = label.release();
    made.place = place;
  });
}

/// The names of the members of a base keep their places.
void seed_shape(Class& type, const SlotPlan& plan) noexcept {
  Shape& shape = type.body->shapes.first();
  const std::uint32_t inherited = members_of(*type.base);
  if (inherited != 0) {
    const Shape& base = static_cast<const Class&>(*type.base).body->shapes.first();
    for (std::uint32_t place = 0; place < std::min(inherited, Shape::kMaxNames); ++place) shape.add(base.name(place));
  }
  if (!plan.names) return;
  for (Object* const name : plan.names->view())
    if (shape.size() < Shape::kMaxNames) shape.add(static_cast<Str&>(*name));
}

/// Law slot-members. Members beyond those that the shape has room for are found through their descriptors only.
bool leads_to_members(const Class& type) {
  const ClassBody& body = *type.body;
  if (body.members > Shape::kMaxNames) return false;
  for (std::uint32_t place = 0; place < body.members; ++place) {
    const Object* const found = lookup(type, body.shapes.first().name(place));
    const auto* const member = found != nullptr ? as<Descriptor>(*found) : nullptr;
    if (member == nullptr || !is_slot_member(*member) || static_cast<const SlotMember*>(member)->place != place)
      return false;
  }
  return true;
}

void add_members(Class& type, const SlotPlan& plan) {
  auto& attributes = static_cast<Dict&>(*type.attributes);
  const bool in_dict = keeps_members_in_dict(*type.base);
  std::uint64_t place = members_of(*type.base);
  for (std::uint32_t i = 0; plan.names && i < plan.names->size; ++i, ++place) {
    auto& name = static_cast<Str&>(*plan.names->items[i]);
    if (attributes.find(name) == nullptr)
      attributes.set(name, *make_member(type, name, in_dict ? SlotMember::kInDict : place));
  }
}

void mark_upwards(const Class& type) noexcept {
  for (Object* const step : static_cast<const Tuple&>(*type.mro).view())
    if (const Class* const base = as_class(*step); base != nullptr) base->body->has_members_below = true;
}

}  // namespace

SlotPlan plan_slots(std::string_view class_name, Type& base, std::span<Object* const> bases, Dict& attributes) {
  SlotPlan plan;
  plan.members = members_of(base);
  const Ref<> said = Ref<>::share(attributes.find("__slots__"));
  if (!said) return plan;
  plan.says_something = true;
  plan.has_dict = gives_dict(base);
  plan.has_weakrefs = is_weakable(base);
  SlotReader(class_name, base, attributes, plan).read(*said);
  if (plan.names && !keeps_members_in_dict(base)) plan.members += plan.names->size;
  for (const Object* const other : bases) {
    plan.has_dict = plan.has_dict || gives_dict(static_cast<const Type&>(*other));
    plan.has_weakrefs = plan.has_weakrefs || is_weakable(static_cast<const Type&>(*other));
  }
  return plan;
}

void take_up_slots(Class& type, const SlotPlan& plan) {
  if (plan.members == 0 && !plan.names) return;
  add_members(type, plan);
  if (plan.members == 0) return;
  seed_shape(type, plan);
  mark_upwards(type);
  if (!leads_to_members(type)) type.body->guarded = true;
}

bool is_own_member(const Class& type, const Object& name, const Object& value) noexcept {
  const auto* const descriptor = as<Descriptor>(value);
  if (descriptor == nullptr || !is_slot_member(*descriptor) || descriptor->owner != &type || !is<Str>(name)) return false;
  return type.body->shapes.first().find_equal(static_cast<const Str&>(name)) ==
         static_cast<const SlotMember*>(descriptor)->place;
}

Str* member_name(const Class& type, std::uint32_t place) noexcept {
  for (const Class* step = &type; step != nullptr; step = step->base != nullptr ? as_class(*step->base) : nullptr) {
    if (step->attributes == nullptr) continue;
    for (const auto [name, value] : static_cast<const Dict&>(*step->attributes)) {
      const auto* const descriptor = as<Descriptor>(value);
      if (descriptor == nullptr || !is_slot_member(*descriptor) || descriptor->owner != step) continue;
      const auto& member = static_cast<const SlotMember&>(*descriptor);
      if (member.place == place) return static_cast<Str*>(member.name);
    }
  }
  return nullptr;
}

std::uint32_t members_of(const Type& type) noexcept {
  return type.has(kClassType) ? static_cast<const Class&>(type).body->members : 0;
}

bool has_instance_dict(const Type& type) noexcept {
  if (type.has(kClassType)) return static_cast<const Class&>(type).body->has_dict;
  return type.slots->dict_offset != 0;
}

bool gives_dict(const Type& type) noexcept {
  return (type.kind != Kind::kNative || type.slots->dict_offset != 0) && has_instance_dict(type);
}

Object** member_places(const Object& object) noexcept {
  if (is<Instance>(object)) return const_cast<Object**>(static_cast<const Instance&>(object).values);
  return places_behind(object).first + 1;  // the first is the `__dict__`
}

}  // namespace ouro::detail
