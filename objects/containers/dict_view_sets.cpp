// The set operations of the views of keys and items (CPython: dictviews_or and its neighbours in Objects/dictobject.c).
#include <ouro/objects/containers/detail/dict_views.h>
#include <ouro/objects/containers/detail/sequence_text.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/sets/set.h>

#include <utility>

namespace ouro::detail {

namespace {

bool is_set_like(const Object& object) noexcept {
  return is<DictView>(object) && static_cast<const DictView&>(object).part != DictPart::kValues;
}
bool is_view_of(const Object& object, DictPart part) noexcept {
  return is<DictView>(object) && static_cast<const DictView&>(object).part == part;
}

bool all_contained_in(Object& inner, Object& outer) {
  const Ref<> iterator = iterate(inner);
  while (const Ref<> member = next(*iterator))
    if (!contains(outer, *member)) return false;
  return true;
}

/// The operand of a set operation as a set. Of a view of keys the dict's stored hashes serve.
Ref<Set> set_from_operand(Object& operand) {
  if (is_view_of(operand, DictPart::kKeys)) {
    Object* const dict = static_cast<DictView&>(operand).dict;
    if (dict != nullptr && is_exact<Dict>(*dict)) return set_from(*dict);
  }
  return set_from(operand);
}

Ref<> unite(Object& left, Object& right) {
  Ref<Set> made = set_from_operand(left);
  made->update(right);
  return made;
}

Ref<> subtract(Object& left, Object& right) {
  Ref<Set> made = set_from_operand(left);
  made->difference_update(right);
  return made;
}

Ref<> intersect(Object& left, Object& right) {
  Object* view = is_set_like(left) ? &left : &right;
  Object* other = view == &left ? &right : &left;
  if (is_exact<Set>(*other) && length(*view) <= length(*other))
    return intersection_of(static_cast<const Set&>(*other), *view);
  if (is_set_like(*other) && length(*other) > length(*view)) std::swap(view, other);
  Ref<Set> made = make_set(builtins_of(*view));
  const Ref<> iterator = iterate(*other);
  while (const Ref<> member = next(*iterator))
    if (contains(*view, *member)) made->add(*member);
  return made;
}

/// The items of either dict that the other has not: values are compared, and hashed only where they differ.
Ref<> differing_items(Dict& left, Dict& right) {
  const Ref<Dict> remaining = dict_from(left);
  const Ref<Set> made = make_set(builtins_of(left));
  for (const auto [key, value] : right) {
    const Ref<> held_key = share(key);
    const Ref<> held_value = share(value);
    const Ref<> mine = Ref<>::share(remaining->find(*held_key));
    if (mine && same_or_equal(*mine, *held_value)) {
      static_cast<void>(remaining->discard(*held_key));
    } else {
      made->add(*make_tuple(builtins_of(left), {held_key.get(), held_value.get()}));
    }
  }
  made->update(*remaining->items());
  return made;
}

Ref<> differ(Object& left, Object& right) {
  if (is_view_of(left, DictPart::kItems) && is_view_of(right, DictPart::kItems)) {
    Object* const mine = static_cast<DictView&>(left).dict;
    Object* const other = static_cast<DictView&>(right).dict;
    if (mine != nullptr && other != nullptr) {
      const Ref<> held[] = {share(*mine), share(*other)};
      return differing_items(static_cast<Dict&>(*mine), static_cast<Dict&>(*other));
    }
  }
  Ref<Set> made = set_from_operand(left);
  made->symmetric_difference_update(right);
  return made;
}

}  // namespace

constinit const NumberSlots kDictViewNumber{
    .subtract = subtract,
    .bit_and = intersect,
    .bit_or = unite,
    .bit_xor = differ,
};

Answer compare_view(Object& left, Object& right, Comparison op) {
  if (!is_set_like(left) || !(is_set_like(right) || is_any_set(right))) return Answer::kNotImplemented;
  const std::size_t mine = length(left);
  const std::size_t other = length(right);
  switch (op) {
    case Comparison::kEqual:
      return answer(mine == other && all_contained_in(left, right));
    case Comparison::kNotEqual:
      return answer(mine != other || !all_contained_in(left, right));
    case Comparison::kLess:
      return answer(mine < other && all_contained_in(left, right));
    case Comparison::kLessEqual:
      return answer(mine <= other && all_contained_in(left, right));
    case Comparison::kGreater:
      return answer(mine > other && all_contained_in(right, left));
    case Comparison::kGreaterEqual:
      break;
  }
  return answer(mine >= other && all_contained_in(right, left));
}

bool is_disjoint_view(DictView& view, Object& other) {
  const Ref<> held[] = {share<Object>(view), share(other)};
  if (&view == &other) return length(view) == 0;
  Object* searched = &view;
  Object* walked = &other;
  const bool has_length = is_exact<Set>(other) || is_exact<FrozenSet>(other) || is_set_like(other);
  if (has_length && length(other) > length(view)) std::swap(searched, walked);
  const Ref<> iterator = iterate(*walked);
  while (const Ref<> member = next(*iterator))
    if (contains(*searched, *member)) return false;
  return true;
}

}  // namespace ouro::detail
