// Modules: making them, their attributes, their text (CPython: Objects/moduleobject.c, _module_repr of importlib).
#include <ouro/base/error.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/detail/unless.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/failure.h>
#include <ouro/objects/modules/module.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <string>

namespace ouro {

namespace {

Module& module_of(Object& object) noexcept { return static_cast<Module&>(object); }
const Module& module_of(const Object& object) noexcept { return static_cast<const Module&>(object); }

// ---- Making ----

/// A module of `type`, which is module or derives from it, without attributes.
Ref<Module> make_bare(Type& type) {
  Ref<Dict> dict = make_dict(*type.heap->builtins);
  return make<Module, Birth::kTracked, Home::kAskType>(type, sizeof(Module),
                                                       [&](Module& made) noexcept { made.dict = dict.release(); });
}

/// Gives a module what every one begins with.
void set_up(Module& module, Object& name, Object& doc) {
  const Ref<Dict> attributes = module.attributes();
  Object& none = builtins_of(module).none();
  attributes->set("__name__", name);
  attributes->set("__doc__", doc);
  for (const char* const other : {"__package__", "__loader__", "__spec__"}) attributes->set(other, none);
}

constexpr Parameters kParameters = parameters("module(name, doc=None)");

Ref<> construct_slot(Type& type, const Arguments&) { return make_bare(type); }

void initialise_slot(Object& object, const Arguments& arguments) {
  const PlacedArguments<2> given(kParameters, arguments);
  if (!is<Str>(*given[0]))
    raise(ErrorKind::kTypeError,
          fmt::format("module() argument 'name' must be str, not {}", is_none(*given[0]) ? "None" : given[0]->type->name));
  const Ref<> name = share(*given[0]);
  const Ref<> doc = given[1] != nullptr ? share(*given[1]) : make_none(builtins_of(object));
  set_up(module_of(object), *name, *doc);
}

// ---- Life ----

void clear_slot(Object& object) noexcept { store(module_of(object).dict, nullptr); }
std::string edge_name_slot(const Object&, std::size_t) { return ".__dict__"; }

std::string short_text_slot(const Object& object) {
  Object* const name = module_of(object).find("__name__");
  if (name == nullptr || !is<Str>(*name)) return "<module>";
  return fmt::format("<module '{}'>", text(static_cast<const Str&>(*name)));
}

// ---- Attributes ----

bool is_being_initialised(Object* spec) {
  if (spec == nullptr) return false;
  const Ref<> held = share(*spec);
  try {
    const Ref<> flag = find_attribute(*held, *intern(builtins_of(*held), "_initializing"));
    return flag && truth(*flag);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kException)) throw;
    return false;
  }
}

/// "module 'm' has no attribute 'x'".
Error explain_missing(const Failure& failure) {
  const Module& module = module_of(*failure.subject());
  const std::string_view wanted = text(static_cast<const Str&>(*failure.name()));
  const Ref<> name = Ref<>::share(module.find("__name__"));
  if (!name || !is<Str>(*name)) return {ErrorKind::kAttributeError, fmt::format("module has no attribute '{}'", wanted)};
  const std::string_view called = text(static_cast<const Str&>(*name));
  if (is_being_initialised(module.find("__spec__")))
    return {ErrorKind::kAttributeError,
            fmt::format("partially initialized module '{}' has no attribute '{}' (most likely due to a circular import)",
                        called, wanted)};
  return {ErrorKind::kAttributeError, fmt::format("module '{}' has no attribute '{}'", called, wanted)};
}

/// What type and dict have; empty if they have nothing, or say so by AttributeError, or if looking failed.
Ref<> find_plain(Object& object, Object& name) {
  return detail::unless(ErrorKind::kAttributeError, heap_of(object),
                        [&] { return detail::get_attribute_with_dict(object, name); });
}

Ref<> get_attribute_slot(Object& object, Object& name) {
  Heap& heap = heap_of(object);
  const FailureMark mark(heap.failures);
  Ref<> found = find_plain(object, name);
  if (found || mark.failed()) return found;
  if (const Ref<> asked = Ref<>::share(module_of(object).find("__getattr__"))) {
    Object* const given[] = {&name};
    return detail::call_or_fail(*asked, Arguments{given, {}, {}});
  }
  return fail(heap, Failure(error_type(ErrorKind::kAttributeError), explain_missing, share(object), share(name)));
}

/// The dict in which a module's own methods look, which a derived class may have put something else in the place of.
Ref<Dict> seen_dict(Module& module) {
  Ref<> seen = get_attribute(module, *intern(builtins_of(module), "__dict__"));
  if (!is<Dict>(*seen)) raise(ErrorKind::kTypeError, "<module>.__dict__ is not a dictionary");
  return static_ref_cast<Dict>(std::move(seen));
}

Ref<> directory(Module& module) {
  const Ref<Dict> attributes = seen_dict(module);
  const Ref<> own = Ref<>::share(attributes->find("__dir__"));
  return own ? call(*own, {}) : Ref<>(list_from(*attributes));
}

Ref<> annotations(Module& module) {
  const Ref<Dict> attributes = seen_dict(module);
  if (Object* const known = attributes->find("__annotations__")) return share(*known);
  Ref<> made = make_dict(builtins_of(module));
  attributes->set("__annotations__", *made);
  return made;
}

void set_annotations(Module& module, Object* value) {
  const Ref<Dict> attributes = seen_dict(module);
  if (value != nullptr) return attributes->set("__annotations__", *value);
  if (!attributes->discard(*intern(builtins_of(module), "__annotations__")))
    raise(ErrorKind::kAttributeError, "__annotations__");
}

constexpr Attribute kAttributes[] = {
    member(
        "__dict__", [](Module& module) { return module.attributes(); }, ""),
    method(
        "__dir__()", [](Module& module) { return directory(module); },
        "__dir__() -> list\nspecialized dir() implementation"),
    property(
        "__annotations__", [](Module& module) { return annotations(module); },
        [](Module& module, Object* value) { set_annotations(module, value); }, ""),
};

// ---- Text ----

/// `getattr(object, name, None)`, empty for None.
Ref<> attribute_or_none(Object& object, std::string_view name) {
  Ref<> found = find_attribute(object, *intern(builtins_of(object), name));
  return found && !is_none(*found) ? found : Ref<>();
}
Ref<> attribute_of(Object& object, std::string_view name) {
  return get_attribute(object, *intern(builtins_of(object), name));
}
std::string repr_text_of(Object& object) { return std::string(text(*repr(object))); }

/// By the `__spec__` with which an importer made it.
std::string text_by_spec(Object& spec) {
  const Ref<> name = attribute_of(spec, "name");
  const std::string called = is_none(*name) ? "'?'" : repr_text_of(*name);
  const Ref<> origin = attribute_of(spec, "origin");
  if (is_none(*origin)) {
    const Ref<> loader = attribute_of(spec, "loader");
    return is_none(*loader) ? fmt::format("<module {}>", called)
                            : fmt::format("<module {} ({})>", called, repr_text_of(*loader));
  }
  if (truth(*attribute_of(spec, "has_location"))) return fmt::format("<module {} from {}>", called, repr_text_of(*origin));
  return fmt::format("<module {} ({})>", repr_text_of(*name), text(*str(*origin)));
}

std::string text_by_names(Object& module, Object* loader) {
  const Ref<> name = find_attribute(module, *intern(builtins_of(module), "__name__"));
  const std::string called = name ? repr_text_of(*name) : "'?'";
  if (const Ref<> file = find_attribute(module, *intern(builtins_of(module), "__file__")))
    return fmt::format("<module {} from {}>", called, repr_text_of(*file));
  return loader == nullptr ? fmt::format("<module {}>", called)
                           : fmt::format("<module {} ({})>", called, repr_text_of(*loader));
}

Ref<> repr_slot(Object& object) {
  const Ref<> loader = attribute_or_none(object, "__loader__");
  const Ref<> spec = attribute_or_none(object, "__spec__");
  return make_str(builtins_of(object), spec && truth(*spec) ? text_by_spec(*spec) : text_by_names(object, loader.get()));
}

}  // namespace

Ref<Dict> Module::attributes() { return detail::dict_of_derived(*this); }

void Module::set(std::string_view name, Object& value) {
  const Ref<> held = share(value);
  attributes()->set(name, *held);
}

Object* Module::find(std::string_view name) const noexcept {
  return dict != nullptr ? static_cast<const Dict&>(*dict).find(name) : nullptr;
}

Ref<Module> make_module(Builtins& builtins, std::string_view name, std::string_view doc) {
  const Ref<> called = make_str(builtins, name);
  const Ref<> told = doc.empty() ? make_none(builtins) : Ref<>(make_str(builtins, doc));
  Ref<Module> made = make_bare(builtins.type(Kind::kModule));
  set_up(*made, *called, *told);
  return made;
}

constinit const TypeSlots detail::kModuleSlots{
    .name = "module",
    .kind = Kind::kModule,
    .flags = kContainerType | kWeakableType | kBaseType,
    .size = sizeof(Module),
    .edges = Module::kEdges,
    .dict_offset = sizeof(Object),
    .doc = "Create a module object.\n\nThe name must be a string; the optional doc argument can have any type.",
    .dismantle = detail::dismantle_as<Module>,
    .clear = clear_slot,
    .edge_name = edge_name_slot,
    .repr = repr_slot,
    .hash = default_hash,
    .get_attribute = get_attribute_slot,
    .set_attribute = detail::set_attribute_with_dict,
    .construct = construct_slot,
    .initialise = initialise_slot,
    .attributes = &kAttributeTable<kAttributes>,
    .short_text = short_text_slot,
};

}  // namespace ouro
