// `super` (CPython: superobject in Objects/typeobject.c).
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/super.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

namespace ouro {

namespace {

Super& super_of(Object& object) noexcept { return static_cast<Super&>(object); }
bool is_type(const Object& object) noexcept { return kind_of(object) == Kind::kType; }

Ref<Super> make_empty(Type& type) {
  const auto build = [](Super& made) noexcept { made.start = made.self = made.self_class = nullptr; };
  if (type.has(kClassType)) return detail::make_derived<Super>(type, sizeof(Super), build);
  return make<Super>(type, sizeof(Super), build);
}

[[noreturn, gnu::cold]] void refuse_object() {
  raise(ErrorKind::kTypeError, "super(type, obj): obj must be an instance or subtype of type");
}

/// The type in whose MRO is looked (CPython: supercheck). An object may say by `__class__` that it is of another one.
Ref<> class_for(const Type& start, Object& self) {
  if (is_type(self) && is_subtype(static_cast<Type&>(self), start)) return share(self);
  if (is_subtype(*self.type, start)) return share<Object>(*self.type);
  const Ref<> said = find_attribute(self, *intern(builtins_of(self), "__class__"));
  if (said && is_type(*said) && said.get() != self.type && is_subtype(static_cast<Type&>(*said), start)) return said;
  refuse_object();
}

void fill(Super& super, Type& start, Object* self) {
  const Ref<> held[] = {share<Object>(start), Ref<>::share(self)};
  Ref<> self_class = self != nullptr ? class_for(start, *self) : Ref<>();
  store(super.start, share<Object>(start).release());
  store(super.self, Ref<>::share(self).release());
  store(super.self_class, self_class.release());
}

}  // namespace

Ref<Super> make_super(Type& type, Object& self) {
  const Ref<> held[] = {share<Object>(type), share(self)};
  Ref<Super> made = make_empty(builtins_of(self).type(Kind::kSuper));
  fill(*made, type, &self);
  return made;
}

namespace detail {

Ref<> get_super(Super& found, Object& self) {
  if (found.self != nullptr || is_none(self)) return share<Object>(found);
  if (found.start == nullptr) refuse_object();
  const Ref<> start = share(*found.start);
  if (is_exact<Super>(found)) return make_super(static_cast<Type&>(*start), self);
  const std::array<Object*, 2> arguments{start.get(), &self};
  return call(*found.type, {arguments, {}, {}});
}

namespace {

/// What stands behind `start` in the MRO under the name; empty if there is nothing.
Ref<> find_behind(const Object& start, Type& type, Str& name) {
  const Ref<Tuple> order = mro_of(type);
  bool behind = false;
  for (Object* const step : order->view()) {
    if (behind)
      if (Ref<> found = find_in_step(*step, name)) return found;
    behind = behind || step == &start;
  }
  return {};
}

/// Attributes of the object itself: of a derived class, too.
Ref<> own_attribute_of_super(Object& object, Object& name) {
  return derives_from_builtin(*object.type) ? get_attribute_with_dict(object, name) : get_type_given_attribute(object, name);
}

Ref<> get_attribute_slot(Object& object, Object& name_object) {
  const Super& super = super_of(object);
  auto& name = static_cast<Str&>(name_object);
  if (super.self == nullptr || text(name) == "__class__") return own_attribute_of_super(object, name);
  const Ref<> start = share(*super.start);
  const Ref<> self = share(*super.self);
  const Ref<> type = share(*super.self_class);
  const Ref<> found = find_behind(*start, static_cast<Type&>(*type), name);
  if (!found) return own_attribute_of_super(object, name);
  return get_through(*found, self.get() == type.get() ? nullptr : self.get(), type.get());
}

std::string_view name_of(const Object& type) noexcept { return static_cast<const Type&>(type).name; }

Ref<> repr_slot(Object& object) {
  const Super& super = super_of(object);
  const std::string start = fmt::format("<class '{}'>", super.start != nullptr ? name_of(*super.start) : "NULL");
  const std::string self = super.self_class != nullptr ? fmt::format("<{} object>", name_of(*super.self_class)) : "NULL";
  return make_str(builtins_of(object), fmt::format("<super: {}, {}>", start, self));
}

Ref<> or_none(const Super& super, Object* part) { return part != nullptr ? share(*part) : make_none(builtins_of(super)); }

constexpr Attribute kAttributes[] = {
    member(
        "__thisclass__", [](Super& super) { return or_none(super, super.start); }, "the class invoking super()"),
    member(
        "__self__", [](Super& super) { return or_none(super, super.self); }, "the instance invoking super(); may be None"),
    member(
        "__self_class__", [](Super& super) { return or_none(super, super.self_class); },
        "the type of the instance invoking super(); may be None"),
    get_method(),
};

Ref<> construct(Type& type, const Arguments&) { return make_empty(type); }

/// There are no frames from which a call without arguments could take them.
void initialise(Object& object, const Arguments& arguments) {
  const auto given = arguments.positional;
  if (!arguments.keyword_names.empty()) raise(ErrorKind::kTypeError, "super() takes no keyword arguments");
  if (given.size() > 2)
    raise(ErrorKind::kTypeError, fmt::format("super() expected at most 2 arguments, got {}", given.size()));
  if (given.empty()) raise(ErrorKind::kRuntimeError, "super(): no arguments");
  if (!is_type(*given[0]))
    raise(ErrorKind::kTypeError, fmt::format("super() argument 1 must be a type, not {}", given[0]->type->name));
  Object* const self = given.size() == 2 && !is_none(*given[1]) ? given[1] : nullptr;
  fill(super_of(object), static_cast<Type&>(*given[0]), self);
}

void clear(Object& object) noexcept {
  Super& super = super_of(object);
  const std::array held{Ref<>::adopt(std::exchange(super.self, nullptr)), Ref<>::adopt(std::exchange(super.start, nullptr)),
                        Ref<>::adopt(std::exchange(super.self_class, nullptr))};
}

std::string edge_name(const Object& object, std::size_t number) {
  const auto& super = static_cast<const Super&>(object);
  const std::array<std::pair<const Object*, const char*>, 3> edges{
      {{super.start, ".__thisclass__"}, {super.self, ".__self__"}, {super.self_class, ".__self_class__"}}};
  for (const auto& [target, name] : edges)
    if (target != nullptr && number-- == 0) return name;
  return {};
}

}  // namespace

constinit const TypeSlots kSuperSlots{
    .name = "super",
    .kind = Kind::kSuper,
    .flags = kContainerType | kBaseType,
    .size = sizeof(Super),
    .edges = Super::kEdges,
    .doc =
        "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\nsuper(type, obj) -> "
        "bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> bound super object; requires "
        "issubclass(type2, type)\nTypical use to call a cooperative superclass method:\nclass C(B):\n    def meth(self, "
        "arg):\n        super().meth(arg)\nThis works for class methods too:\nclass C(B):\n    @classmethod\n    def "
        "cmeth(cls, arg):\n        super().cmeth(arg)\n",
    .dismantle = dismantle_as<Super>,
    .clear = clear,
    .edge_name = edge_name,
    .repr = repr_slot,
    .hash = default_hash,
    .get_attribute = get_attribute_slot,
    .construct = construct,
    .initialise = initialise,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace detail

}  // namespace ouro
