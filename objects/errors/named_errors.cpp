// ImportError, NameError and AttributeError: what is named by keyword (CPython: Objects/exceptions.c).
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/detail/exception_parts.h>
#include <ouro/objects/text/str.h>

#include <array>

namespace ouro::detail {

namespace {

constexpr std::string_view kImportNames[] = {"name", "path"};
constexpr std::string_view kNameNames[] = {"name"};
constexpr std::string_view kAttributeNames[] = {"name", "obj"};

/// Arguments by position are those of any exception; those by keyword become members, from `first` on.
template <const auto& kNames>
void initialise_named(Object& object, const Arguments& arguments, std::string_view function, std::size_t first) {
  set_arguments(exception_of(object), arguments.positional);
  std::array<Object*, std::size(kNames)> places{};
  place_keywords(function, kNames, arguments, places);
  for (std::size_t i = 0; i < places.size(); ++i) set_member(exception_of(object), first + i, places[i]);
}

void initialise_import_error(Object& object, const Arguments& arguments) {
  initialise_named<kImportNames>(object, arguments, "ImportError", 1);
  set_member(exception_of(object), 0, arguments.positional.size() == 1 ? arguments.positional[0] : nullptr);
}
void initialise_name_error(Object& object, const Arguments& arguments) {
  initialise_named<kNameNames>(object, arguments, "NameError", 0);
}
void initialise_attribute_error(Object& object, const Arguments& arguments) {
  initialise_named<kAttributeNames>(object, arguments, "AttributeError", 0);
}

Ref<> str_of_import_error(Object& object) {
  Object* const message = exception_of(object).members[0];
  return message != nullptr && is<Str>(*message) ? share(*message) : str_of_arguments(object);
}

/// Name and path go with the attributes.
Ref<> reduce_import_error(BaseException& exception) {
  const Ref<> args = share(*exception.args);
  Ref<Dict> state = exception.dict != nullptr ? static_cast<Dict*>(exception.dict)->copy() : Ref<Dict>();
  for (const std::size_t place : {1U, 2U}) {
    if (exception.members[place] == nullptr) continue;
    if (!state) state = make_dict(builtins_of(exception));
    const Ref<> value = share(*exception.members[place]);
    state->set(kImportNames[place - 1], *value);
  }
  return reduce_exception(exception, *args, state.get());
}

constexpr Attribute kImportAttributes[] = {
    object_member<0>("msg", "exception message"),
    object_member<1>("name", "module name"),
    object_member<2>("path", "module path"),
    method(
        "__reduce__()", [](BaseException& exception) { return reduce_import_error(exception); }, ""),
};
constexpr Attribute kNameAttributes[] = {object_member<0>("name", "name")};
constexpr Attribute kAttributeAttributes[] = {object_member<0>("name", "attribute name"), object_member<1>("obj", "object")};

}  // namespace

constinit const TypeSlots kImportErrorSlots = [] {
  TypeSlots made = exception_slots(3);
  made.initialise = initialise_import_error;
  made.str = str_of_import_error;
  made.attributes = &kAttributeTable<kImportAttributes>;
  return made;
}();

constinit const TypeSlots kNameErrorSlots = [] {
  TypeSlots made = exception_slots(1);
  made.initialise = initialise_name_error;
  made.attributes = &kAttributeTable<kNameAttributes>;
  return made;
}();

constinit const TypeSlots kAttributeErrorSlots = [] {
  TypeSlots made = exception_slots(2);
  made.initialise = initialise_attribute_error;
  made.attributes = &kAttributeTable<kAttributeAttributes>;
  return made;
}();

}  // namespace ouro::detail
