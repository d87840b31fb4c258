// `property` (CPython: propertyobject in Objects/descrobject.c).
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/abstract.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/functions/property.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

namespace ouro {

namespace {

Property& property_of(Object& object) noexcept { return static_cast<Property&>(object); }

Ref<Property> make_empty(Type& type) {
  const auto build = [](Property& made) noexcept {
    made.getter = made.setter = made.deleter = made.doc = made.label = nullptr;
    made.doc_of_getter = 0;
  };
  if (type.has(kClassType)) return detail::make_derived<Property>(type, sizeof(Property), build);
  return make<Property>(type, sizeof(Property), build);
}

/// A count of what was given; empty for None and for what was not.
Ref<> part(Object* given) { return given == nullptr || is_none(*given) ? Ref<>() : share(*given); }

/// An object of a derived class gets it as an attribute, or it would be hidden by the class's own `__doc__`.
void take_doc_of_getter(Property& property) {
  const Ref<> getter = share(*property.getter);
  const Ref<Str> name = intern(builtins_of(property), "__doc__");
  Ref<> doc = find_attribute(*getter, *name);
  if (!doc) return;
  if (is_exact<Property>(property)) {
    store(property.doc, doc.release());
  } else {
    set_attribute(property, *name, *doc);
  }
  property.doc_of_getter = 1;
}

void fill(Property& property, const PropertyParts& parts) {
  Ref<> doc = Ref<>::share(parts.doc);
  std::array<Ref<>, 3> functions{part(parts.getter), part(parts.setter), part(parts.deleter)};
  store(property.getter, functions[0].release());
  store(property.setter, functions[1].release());
  store(property.deleter, functions[2].release());
  store(property.doc, doc.release());
  store(property.label, nullptr);
  property.doc_of_getter = 0;
  const bool has_doc = property.doc != nullptr && !is_none(*property.doc);
  if (!has_doc && property.getter != nullptr) take_doc_of_getter(property);
}

}  // namespace

Ref<Property> make_property_object(Builtins& builtins, const PropertyParts& parts) {
  const Ref<> held[] = {Ref<>::share(parts.getter), Ref<>::share(parts.setter), Ref<>::share(parts.deleter),
                        Ref<>::share(parts.doc)};
  Ref<Property> made = make_empty(builtins.type(Kind::kProperty));
  fill(*made, parts);
  return made;
}

namespace detail {

bool is_abstract(Object* object) {
  if (object == nullptr) return false;
  const Ref<> held = share(*object);
  const Ref<> mark = find_attribute(*held, *intern(builtins_of(*held), "__isabstractmethod__"));
  return mark && truth(*mark);
}

namespace {

/// "property 'x' of 'A' object has no setter".
std::string refusal(const Property& property, const Object& object, std::string_view what) {
  const std::string name = property.label != nullptr ? fmt::format(" {}", text(*repr(*share(*property.label)))) : "";
  const Ref<> type = get_attribute(*object.type, *intern(builtins_of(object), "__qualname__"));
  return fmt::format("property{} of {} object has no {}", name, text(*repr(*type)), what);
}

Error explain_no_getter(const Failure& failure) {
  return {ErrorKind::kAttributeError, refusal(property_of(*failure.name()), *failure.subject(), "getter")};
}

}  // namespace

Ref<> get_property(Property& property, Object& object) {
  if (property.getter == nullptr)
    return fail(heap_of(object),
                Failure(error_type(ErrorKind::kAttributeError), explain_no_getter, share(object), share<Object>(property)));
  const Ref<> getter = share(*property.getter);
  Object* const argument = &object;
  return call_or_fail(*getter, {{&argument, 1}, {}, {}});
}

void set_through_property(Property& property, Object& object, Object* value) {
  Object* const function = value != nullptr ? property.setter : property.deleter;
  if (function == nullptr)
    raise(ErrorKind::kAttributeError, refusal(property, object, value != nullptr ? "setter" : "deleter"));
  const Ref<> held = share(*function);
  const std::array<Object*, 2> arguments{&object, value};
  static_cast<void>(call(*held, {{arguments.data(), value != nullptr ? 2u : 1u}, {}, {}}));
}

namespace {

Ref<> part_or_none(const Property& property, Object* part) {
  return part != nullptr ? share(*part) : make_none(builtins_of(property));
}

/// Which of the three functions another property has that is made from one.
enum class Part { kGetter, kSetter, kDeleter };

/// What `property.setter(function)` makes: an object of the same class.
Ref<> with(Property& property, Part which, Object& function) {
  const auto chosen = [&](Part part, Object* own) {
    if (part == which && !is_none(function)) return share(function);
    return own != nullptr ? share(*own) : make_none(builtins_of(property));
  };
  const std::array parts{chosen(Part::kGetter, property.getter), chosen(Part::kSetter, property.setter),
                         chosen(Part::kDeleter, property.deleter)};
  const bool asks_getter = property.doc_of_getter != 0 && !is_none(*parts[0]);
  const Ref<> doc = asks_getter ? make_none(builtins_of(property)) : part_or_none(property, property.doc);
  const std::array<Object*, 4> arguments{parts[0].get(), parts[1].get(), parts[2].get(), doc.get()};
  Ref<> made = call(*property.type, {arguments, {}, {}});
  if (is<Property>(*made)) store(property_of(*made).label, Ref<>::share(property.label).release());
  return made;
}

Ref<> tell_name(Property& property, const Arguments& given) {
  if (!given.keyword_names.empty()) raise(ErrorKind::kTypeError, "property.__set_name__() takes no keyword arguments");
  if (given.positional.size() != 2)
    raise(ErrorKind::kTypeError,
          fmt::format("__set_name__() takes 2 positional arguments but {} were given", given.positional.size()));
  store(property.label, share(*given.positional[1]).release());
  return make_none(builtins_of(property));
}

constexpr Attribute doc_member() {
  Attribute made = member(
      "__doc__", [](Property& property) { return part_or_none(property, property.doc); }, "");
  made.set = [](Object& object, Object* value) { store(property_of(object).doc, Ref<>::share(value).release()); };
  return made;
}

constexpr Attribute kAttributes[] = {
    member(
        "fget", [](Property& property) { return part_or_none(property, property.getter); }, ""),
    member(
        "fset", [](Property& property) { return part_or_none(property, property.setter); }, ""),
    member(
        "fdel", [](Property& property) { return part_or_none(property, property.deleter); }, ""),
    doc_member(),
    ouro::property(
        "__isabstractmethod__",
        [](Property& property) {
          return is_abstract(property.getter) || is_abstract(property.setter) || is_abstract(property.deleter);
        },
        ""),
    get_method(),
    set_method(),
    delete_method(),
    without_signature(method(
        "getter(function, /)", [](Property& property, Object& function) { return with(property, Part::kGetter, function); },
        "Descriptor to obtain a copy of the property with a different getter.")),
    without_signature(method(
        "setter(function, /)", [](Property& property, Object& function) { return with(property, Part::kSetter, function); },
        "Descriptor to obtain a copy of the property with a different setter.")),
    without_signature(method(
        "deleter(function, /)",
        [](Property& property, Object& function) { return with(property, Part::kDeleter, function); },
        "Descriptor to obtain a copy of the property with a different deleter.")),
    without_signature(method(
        "__set_name__(*args)", [](Property& property, const Arguments& given) { return tell_name(property, given); },
        "Method to set name of a property.")),
};

constexpr Parameters kParameters = parameters("property(fget=None, fset=None, fdel=None, doc=None)");

Ref<> construct(Type& type, const Arguments&) { return make_empty(type); }

void initialise(Object& object, const Arguments& arguments) {
  const PlacedArguments<4> given(kParameters, arguments);
  fill(property_of(object), {given[0], given[1], given[2], given[3]});
}

void clear(Object& object) noexcept {
  Property& property = property_of(object);
  for (Object** const edge : {&property.getter, &property.setter, &property.deleter, &property.doc, &property.label})
    store(*edge, nullptr);
}

std::string edge_name(const Object& object, std::size_t number) {
  const auto& property = static_cast<const Property&>(object);
  const std::array<std::pair<const Object*, const char*>, 5> edges{{{property.getter, ".fget"},
                                                                    {property.setter, ".fset"},
                                                                    {property.deleter, ".fdel"},
                                                                    {property.doc, ".__doc__"},
                                                                    {property.label, ".name"}}};
  for (const auto& [target, name] : edges)
    if (target != nullptr && number-- == 0) return name;
  return {};
}

}  // namespace

constinit const TypeSlots kPropertySlots{
    .name = "property",
    .kind = Kind::kProperty,
    .flags = kContainerType | kBaseType,
    .size = sizeof(Property),
    .edges = Property::kEdges,
    .doc =
        "Property attribute.\n\n  fget\n    function to be used for getting an attribute value\n  fset\n    function to be "
        "used for setting an attribute value\n  fdel\n    function to be used for del'ing an attribute\n  doc\n    "
        "docstring\n\nTypical use is to define a managed attribute x:\n\nclass C(object):\n    def getx(self): return "
        "self._x\n    def setx(self, value): self._x = value\n    def delx(self): del self._x\n    x = property(getx, setx, "
        "delx, \"I'm the 'x' property.\")\n\nDecorators make defining new properties or modifying existing ones "
        "easy:\n\nclass C(object):\n    @property\n    def x(self):\n        \"I am the 'x' property.\"\n        return "
        "self._x\n    @x.setter\n    def x(self, value):\n        self._x = value\n    @x.deleter\n    def x(self):\n       "
        " "
        "del self._x",
    .dismantle = dismantle_as<Property>,
    .clear = clear,
    .edge_name = edge_name,
    .hash = default_hash,
    .construct = construct,
    .initialise = initialise,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace detail

}  // namespace ouro
