// The views of a dict (CPython: dictview_repr, dictview_richcompare and their neighbours in Objects/dictobject.c).
#include <ouro/objects/containers/detail/sequence_text.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/make.h>

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

bool contains_value(Object& view, Object& value) {
  const Ref<> iterator = iterate_slot(view);
  while (const Ref<> member = next(*iterator))
    if (same_or_equal(*member, value)) return true;
  return false;
}

bool contains_slot(Object& object, Object& value) {
  Dict* const dict = dict_of(object);
  if (dict == nullptr) return false;
  switch (view_of(object).part) {
    case DictPart::kKeys:
      return dict->contains(value);
    case DictPart::kItems:
      return contains_item(*dict, value);
    case DictPart::kValues:
      break;
  }
  return contains_value(object, value);
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

bool all_contained_in(Object& inner, Object& outer) {
  const Ref<> iterator = iterate_slot(inner);
  while (const Ref<> member = next(*iterator))
    if (!contains_slot(outer, *member)) return false;
  return true;
}

bool is_set_like(const Object& object) noexcept {
  return is<DictView>(object) && static_cast<const DictView&>(object).part != DictPart::kValues;
}

/// Keys and items compare as sets do: < is "proper subset".
Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (!is_set_like(left) || !is_set_like(right)) return Answer::kNotImplemented;
  const std::size_t mine = length_slot(left);
  const std::size_t other = length_slot(right);
  switch (op) {
    case Comparison::kEqual:
      return detail::answer(mine == other && all_contained_in(left, right));
    case Comparison::kNotEqual:
      return detail::answer(mine != other || !all_contained_in(left, right));
    case Comparison::kLess:
      return detail::answer(mine < other && all_contained_in(left, right));
    case Comparison::kLessEqual:
      return detail::answer(mine <= other && all_contained_in(left, right));
    case Comparison::kGreater:
      return detail::answer(mine > other && all_contained_in(right, left));
    case Comparison::kGreaterEqual:
      break;
  }
  return detail::answer(mine >= other && all_contained_in(right, left));
}

constexpr SequenceSlots kViewSequence{.length = length_slot, .contains = contains_slot};

/// Views of keys and items compare as sets, so they have no hash.
constexpr TypeSlots view(std::string_view name, std::int64_t (*hash)(Object&)) noexcept {
  return {
      .name = name,
      .kind = Kind::kDictView,
      .flags = kContainerType,
      .size = sizeof(DictView),
      .edges = EdgeLayout::fixed(sizeof(Object), 1),
      .clear = clear_slot,
      .edge_name = name_of_edge,
      .repr = repr_slot,
      .hash = hash,
      .compare = compare_slot,
      .iterate = iterate_slot,
      .sequence = &kViewSequence,
  };
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

constinit const TypeSlots detail::kDictViewSlots = view("dict_keys", nullptr);
constinit const TypeSlots detail::kDictValuesSlots = view("dict_values", default_hash);
constinit const TypeSlots detail::kDictItemsSlots = view("dict_items", nullptr);

}  // namespace ouro
