// The views of a dict (CPython: dictview_repr, dictview_richcompare and their neighbours in Objects/dictobject.c).
#include <ouro/objects/classes/mapping_proxy.h>
#include <ouro/objects/containers/detail/dict_views.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/str_builder.h>

#include <string_view>

namespace ouro {

namespace {

DictView& view_of(Object& object) noexcept { return static_cast<DictView&>(object); }
Dict* dict_of(const Object& object) noexcept { return static_cast<Dict*>(static_cast<const DictView&>(object).dict); }

std::string name_of_edge(const Object&, std::size_t) { return ".mapping"; }

/// A view that the collector cleared has no dict any more, and shows nothing.
void clear_slot(Object& object) noexcept { store(view_of(object).dict, nullptr); }

std::size_t length_slot(const Object& object) {
  const Dict* const dict = dict_of(object);
  return dict == nullptr ? 0 : dict->size;
}

Ref<> iterate_slot(Object& object) {
  Dict* const dict = dict_of(object);
  if (dict == nullptr) return make_sequence_iterator(builtins_of(object).empty_tuple());
  return make_dict_iterator(*dict, view_of(object).part);
}

bool contains_item(Dict& dict, Object& item) {
  const Tuple* const pair = as<Tuple>(item);
  if (pair == nullptr || pair->size != 2) return false;
  Object* const found = dict.find(*pair->items[0]);
  if (found == nullptr) return false;
  const Ref<> value = share(*found);
  return same_or_equal(*value, *pair->items[1]);
}

bool contains_slot(Object& object, Object& value) {
  Dict* const dict = dict_of(object);
  if (dict == nullptr) return false;
  return view_of(object).part == DictPart::kKeys ? dict->contains(value) : contains_item(*dict, value);
}

Ref<> repr_slot(Object& object) {
  Builtins& builtins = builtins_of(object);
  const ReprGuard guard(object);
  if (guard.entered_before()) return make_str(builtins, "...");
  const Ref<List> members = list_from(object);
  StrBuilder out(builtins);
  out.append(object.type->name);
  out.append('(');
  out.append(*repr(*members));
  out.append(')');
  return out.finish();
}

constexpr Attribute kReversed = method(
    "__reversed__()",
    [](DictView& view) -> Ref<> {
      Dict* const dict = dict_of(view);
      if (dict == nullptr) return make_sequence_iterator(builtins_of(view).empty_tuple());
      return make_reverse_dict_iterator(*dict, view.part);
    },
    "Return a reverse iterator over the entries of the dict.");

constexpr Attribute kMapping = property(
    "mapping",
    [](DictView& view) -> Ref<> {
      const Ref<> dict = Ref<>::share(view.dict);
      if (!dict) return make_none(builtins_of(view));  // the collector cleared it
      return make_mapping_proxy(*dict);
    },
    "the dictionary that the view shows, as a proxy that cannot be written to");

constexpr Attribute kSetLikeAttributes[] = {
    method(
        "isdisjoint(other, /)", [](DictView& view, Object& other) { return detail::is_disjoint_view(view, other); },
        "Return True if the view and the given iterable have a null intersection."),
    kReversed,
    kMapping,
};
constexpr Attribute kValuesAttributes[] = {kReversed, kMapping};

constexpr SequenceSlots kValuesSequence{.length = length_slot};
constexpr SequenceSlots kViewSequence{.length = length_slot, .contains = contains_slot};

constexpr TypeSlots view(std::string_view name) noexcept {
  return {
      .name = name,
      .kind = Kind::kDictView,
      .flags = kContainerType,
      .size = sizeof(DictView),
      .edges = EdgeLayout::fixed(sizeof(Object), 1),
      .clear = clear_slot,
      .edge_name = name_of_edge,
      .repr = repr_slot,
      .iterate = iterate_slot,
  };
}

/// Views of keys and items are sets: they compare as such, and have no hash.
constexpr TypeSlots set_like_view(std::string_view name) noexcept {
  TypeSlots made = view(name);
  made.compare = detail::compare_view;
  made.number = &detail::kDictViewNumber;
  made.sequence = &kViewSequence;
  made.attributes = &kAttributeTable<kSetLikeAttributes>;
  return made;
}

constexpr TypeSlots values_view(std::string_view name) noexcept {
  TypeSlots made = view(name);
  made.hash = default_hash;
  made.sequence = &kValuesSequence;
  made.attributes = &kAttributeTable<kValuesAttributes>;
  return made;
}

Type& type_of_view(const Dict& dict, DictPart part) noexcept {
  Immortals& immortals = *builtins_of(dict).immortals;
  if (part == DictPart::kKeys) return immortals.type(Kind::kDictView);
  return immortals.type(part == DictPart::kValues ? Variant::kDictValues : Variant::kDictItems);
}

}  // namespace

Ref<DictView> make_dict_view(Dict& dict, DictPart part) {
  Ref<> held = share(dict);  // making the view may collect
  return make<DictView>(type_of_view(dict, part), sizeof(DictView), [&](DictView& made) noexcept {
    made.dict = held.release();
    made.part = part;
  });
}

constinit const TypeSlots detail::kDictViewSlots = set_like_view("dict_keys");
constinit const TypeSlots detail::kDictValuesSlots = values_view("dict_values");
constinit const TypeSlots detail::kDictItemsSlots = set_like_view("dict_items");

}  // namespace ouro
