// `mappingproxy` (CPython: mappingproxyobject in Objects/descrobject.c).
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/classes/mapping_proxy.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <initializer_list>

namespace ouro {

namespace {

Ref<> mapping_of(const Object& object) noexcept { return share(*static_cast<const MappingProxy&>(object).mapping); }

/// What operators of others are given in place of the mapping: a copy of the dict of a class.
Ref<> shown_to_others(Object& object) {
  if (!is<MappingProxy>(object)) return share(object);
  Ref<> mapping = mapping_of(object);
  if ((mapping->flags & Dict::kOfClassFlag) == 0 || !is<Dict>(*mapping)) return mapping;
  return static_cast<Dict&>(*mapping).copy();
}

bool is_mapping(const Object& object) noexcept {
  if (is<List>(object) || is<Tuple>(object)) return false;
  const TypeSlots& slots = *object.type->slots;
  return (slots.mapping != nullptr && slots.mapping->subscript != nullptr) ||
         (slots.sequence != nullptr && slots.sequence->item != nullptr);
}

}  // namespace

Ref<MappingProxy> make_mapping_proxy(Object& mapping) {
  if (!is_mapping(mapping))
    raise(ErrorKind::kTypeError, fmt::format("mappingproxy() argument must be a mapping, not {}", mapping.type->name));
  Ref<> held = share(mapping);  // making the proxy may collect
  return make<MappingProxy>(builtins_of(mapping).type(Kind::kMappingProxy), sizeof(MappingProxy),
                            [&](MappingProxy& made) noexcept { made.mapping = held.release(); });
}

namespace detail {

namespace {

Ref<> call_of_mapping(MappingProxy& proxy, std::string_view name, std::initializer_list<Object*> given = {}) {
  return call_method_or_fail(*mapping_of(proxy), *intern(builtins_of(proxy), name), {{given.begin(), given.size()}, {}, {}});
}

constexpr Attribute kAttributes[] = {
    special_method(
        "__ior__(value, /)",
        [](MappingProxy&, Object&) -> Ref<> {
          raise(ErrorKind::kTypeError, "'|=' is not supported by mappingproxy; use '|' instead");
        },
        "Return self|=value."),
    without_signature(method(
        "get(key, default=None, /)",
        [](MappingProxy& proxy, Object& key, Object* fallback) {
          return call_of_mapping(proxy, "get", {&key, fallback != nullptr ? fallback : &builtins_of(proxy).none()});
        },
        "D.get(k[,d]) -> D[k] if k in D, else d.  d defaults to None.")),
    without_signature(method(
        "keys()", [](MappingProxy& proxy) { return call_of_mapping(proxy, "keys"); },
        "D.keys() -> a set-like object providing a view on D's keys")),
    without_signature(method(
        "values()", [](MappingProxy& proxy) { return call_of_mapping(proxy, "values"); },
        "D.values() -> an object providing a view on D's values")),
    without_signature(method(
        "items()", [](MappingProxy& proxy) { return call_of_mapping(proxy, "items"); },
        "D.items() -> a set-like object providing a view on D's items")),
    without_signature(method(
        "copy()", [](MappingProxy& proxy) { return call_of_mapping(proxy, "copy"); }, "D.copy() -> a shallow copy of D")),
    class_getitem(),
    without_signature(method(
        "__reversed__()", [](MappingProxy& proxy) { return call_of_mapping(proxy, "__reversed__"); },
        "D.__reversed__() -> reverse iterator")),
};

Ref<> construct(Type&, const Arguments& arguments) {
  constexpr Parameters kParameters = parameters("mappingproxy(mapping)");
  const std::size_t given = arguments.positional.size() + arguments.keyword_names.size();
  if (given > 1) raise(ErrorKind::kTypeError, fmt::format("mappingproxy() takes at most 1 argument ({} given)", given));
  return make_mapping_proxy(*PlacedArguments<1>(kParameters, arguments)[0]);
}

Ref<> repr_slot(Object& object) {
  return make_str(builtins_of(object), fmt::format("mappingproxy({})", text(*repr(*mapping_of(object)))));
}
Ref<> str_slot(Object& object) { return str(*mapping_of(object)); }

Answer compare_slot(Object& left, Object& right, Comparison op) {
  return compare(*shown_to_others(left), right, op) ? Answer::kYes : Answer::kNo;
}

Ref<> iterate_slot(Object& object) { return iterate(*mapping_of(object)); }
std::size_t length_slot(const Object& object) { return length(*mapping_of(object)); }
bool contains_slot(Object& object, Object& key) { return contains(*mapping_of(object), key); }
Ref<> subscript_slot(Object& object, Object& key) { return get_item_or_fail(*mapping_of(object), key); }

Ref<> merge_slot(Object& left, Object& right) {
  return apply(Operator::kBitOr, *shown_to_others(left), *shown_to_others(right));
}

/// None in place of what is gone: asking it says what is wrong.
void clear(Object& object) noexcept { store(static_cast<MappingProxy&>(object).mapping, &builtins_of(object).none()); }

std::string edge_name(const Object&, std::size_t) { return ".mapping"; }

constexpr NumberSlots kNumber{.bit_or = merge_slot};
constexpr SequenceSlots kSequence{.contains = contains_slot};
constexpr MappingSlots kMapping{.length = length_slot, .subscript = subscript_slot};

}  // namespace

constinit const TypeSlots kMappingProxySlots{
    .name = "mappingproxy",
    .kind = Kind::kMappingProxy,
    .flags = kContainerType,
    .size = sizeof(MappingProxy),
    .edges = MappingProxy::kEdges,
    .dismantle = dismantle_as<MappingProxy>,
    .clear = clear,
    .edge_name = edge_name,
    .repr = repr_slot,
    .str = str_slot,
    .compare = compare_slot,
    .iterate = iterate_slot,
    .number = &kNumber,
    .sequence = &kSequence,
    .mapping = &kMapping,
    .construct = construct,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace detail

}  // namespace ouro
