// What changes a set by another one, or by an iterable (CPython: Objects/setobject.c).
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/sets/detail/set_steps.h>
#include <ouro/objects/sets/set.h>

namespace ouro {

namespace {

void merge(AnySet& set, const AnySet& source) {
  if (&set == &source || source.size == 0) return;
  if (set.size == 0) return detail::copy_elements(set, source);
  detail::expect_elements(set, source.size);
  detail::for_each_element(source, set, [&](Object& element, std::uint32_t hash) {
    detail::add_to(set, element, hash);
    return true;
  });
}

/// Each element of the other is taken out, or put in where it is not there.
void toggle(AnySet& set, Object& element, std::uint32_t hash) {
  const Ref<> held = share(element);
  if (!detail::take_out(set, element, hash)) detail::add_to(set, element, hash);
}

void remove_all(AnySet& set, const AnySet& other) {
  detail::for_each_element(other, set, [&](Object& element, std::uint32_t hash) {
    detail::take_out(set, element, hash);
    return true;
  });
}

void toggle_items(AnySet& set, Object& other) {
  if (&set == &other) return void(detail::TakenKeys(set));
  if (is_exact<Dict>(other))
    return detail::for_each_key(static_cast<const Dict&>(other),
                                [&](Object& key, std::uint32_t hash) { toggle(set, key, hash); });
  if (is_any_set(other)) return detail::toggle_elements(set, detail::as_set(other));
  const Ref<AnySet> others = detail::make_like(set);  // each of them once
  detail::update_elements(*others, other);
  detail::toggle_elements(set, *others);
}

}  // namespace

void detail::toggle_elements(AnySet& set, const AnySet& other) {
  detail::for_each_element(other, set, [&](Object& element, std::uint32_t hash) {
    toggle(set, element, hash);
    return true;
  });
}

void detail::update_elements(AnySet& set, Object& iterable) {
  const Ref<> held[] = {hold(set), share(iterable)};
  if (is_any_set(iterable)) return merge(set, detail::as_set(iterable));
  if (is_exact<Dict>(iterable)) {
    const auto& dict = static_cast<const Dict&>(iterable);
    expect_elements(set, dict.size);
    return detail::for_each_key(dict, [&](Object& key, std::uint32_t hash) { detail::add_to(set, key, hash); });
  }
  detail::for_each_item(iterable, [&](Object& item) {
    detail::add_to(set, item);
    return true;
  });
}

void detail::remove_elements(AnySet& set, Object& iterable) {
  const Ref<> held[] = {hold(set), share(iterable)};
  if (&set == &iterable) return void(TakenKeys(set));
  if (!is_any_set(iterable))
    return detail::for_each_item(iterable, [&](Object& item) {
      HeldElement element(set, item);
      discard_element(set, hash_element(item, element), item, element);
      return true;
    });
  // Of a much larger set only what both have is looked at a second time.
  if (detail::as_set(iterable).size >> 3 > set.size) return remove_all(set, *intersection_of(set, iterable));
  remove_all(set, detail::as_set(iterable));
}

void Set::update(Object& iterable) { detail::update_elements(*this, iterable); }

void Set::intersection_update(Object& iterable) {
  const Ref<Set> held = share(*this);
  const Ref<AnySet> both = intersection_of(*this, iterable);
  detail::swap_tables(*this, *both);
}

void Set::difference_update(Object& iterable) { detail::remove_elements(*this, iterable); }

void Set::symmetric_difference_update(Object& iterable) {
  const Ref<> held[] = {share<Object>(*this), share(iterable)};
  toggle_items(*this, iterable);
}

}  // namespace ouro
