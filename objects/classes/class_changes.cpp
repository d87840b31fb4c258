// Keeping what was found in classes current.
//
// A class remembers two things about its MRO: what looking up a name found (the cache), and its special methods, on which
// its slots depend. A cache is dropped when an attribute of the class or of a base changes and filled again when it is
// asked; a class whose cache was dropped already has no derived class with a full one, so nothing is dropped twice in a row
// (CPython: PyType_Modified). Of the classes below, those that were asked since stand first, and only these are looked at: a
// change costs nothing for the others, however many there are. Special methods are found anew at once, for a slot that is
// there says what instances can do.
//
// Laws
//   cache-below: below a class that is not current no class is.
//   asked-first: where a current class derives from a base, its link is marked, and marked links stand before all others.
//   visited-once: a walk through the classes that derive from one visits each once.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/layout_entries.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/text/str.h>

#include <algorithm>
#include <bit>
#include <span>
#include <utility>

namespace ouro::detail {

namespace {

std::span<Object* const> order_of(const Class& type) noexcept {
  return type.mro == nullptr ? std::span<Object* const>() : static_cast<const Tuple*>(type.mro)->view();
}

/// Calls `visit(Class&)` for `root` and for the classes below it, bases that lead there first, each once (law visited-once),
/// but not for what is below a class where it returns false. The list of those to visit goes through the classes, so that a
/// walk needs no memory and depth no stack. `visit` runs no foreign code.
template <class F>
void walk_derived(Class& root, F&& visit) noexcept {
  Class* last = &root;
  root.body->next_in_walk = &root;  // the last one leads to itself
  for (Class* type = &root;; type = type->body->next_in_walk) {
    if (visit(*type)) {
      SubclassLink* const first = type->body->derived;
      for (SubclassLink* link = first; link != nullptr; link = Subclasses::after(first, *link)) {
        Class& below = *link->derived;
        if (below.body->next_in_walk != nullptr) continue;
        below.body->next_in_walk = &below;
        last = last->body->next_in_walk = &below;
      }
    }
    if (type == last) break;
  }
  for (Class* type = &root; type != nullptr;) {
    Class* const next = std::exchange(type->body->next_in_walk, nullptr);
    type = next == type ? nullptr : next;
  }
}

template <class F>
void for_each_special(SpecialSet specials, F&& function) {
  for (; specials != 0; specials &= specials - 1) function(static_cast<std::size_t>(std::countr_zero(specials)));
}

/// The only base of a class, if it is one made at run time whose special methods are all that the class inherits.
const Class* only_base(const Class& type) noexcept {
  if (type.body->own_order) return nullptr;
  const auto bases = static_cast<const Tuple&>(*type.bases).view();
  const Class* const base = type.mro != nullptr && bases.size() == 1 ? as_class(*bases[0]) : nullptr;
  return base != nullptr && base->mro != nullptr ? base : nullptr;
}

/// Those of `wanted` that a built-in type has itself. A class has them as slots, so it does not look further for them.
SpecialSet own_specials_of(const Type& type, SpecialSet wanted) noexcept {
  SpecialSet own = 0;
  for_each_special(wanted, [&](std::size_t i) {
    if (own_attribute_of_type(type, kSpecialNames[i]) != nullptr) own |= SpecialSet{1} << i;
  });
  return own;
}

/// Finds those of `wanted` that the class does not have itself: each is the own one of the first class that has it; null
/// where a built-in base comes first.
void inherit_specials(Class& type, SpecialSet wanted) noexcept {
  ClassBody& body = *type.body;
  wanted &= ~body.own_specials;
  if (const Class* const base = only_base(type); base != nullptr)
    return for_each_special(wanted, [&](std::size_t i) { body.special[i] = base->body->special[i]; });
  for_each_special(wanted, [&](std::size_t i) { body.special[i] = nullptr; });
  const std::span<Object* const> order = order_of(type);
  for (Object* const step : order) {
    const Class* const base = as_class(*step);
    if (base == &type) continue;
    if (base == nullptr) {
      if (step != order.back())
        wanted &= ~own_specials_of(static_cast<const Type&>(*step), wanted);  // behind `object` is nothing
      continue;
    }
    const SpecialSet taken = wanted & base->body->own_specials;
    for_each_special(taken, [&](std::size_t i) { body.special[i] = base->body->special[i]; });
    wanted &= ~taken;
  }
}

void connect(Class& type) noexcept {
  const ClassBody& body = *type.body;
  connect_slots(*type.body);
  std::uint32_t finalizers = 0;
  if (body.method(Special::kDel) != nullptr) finalizers |= kFinalizerType;
  if (body.method(Special::kLegacyDel) != nullptr) finalizers |= kLegacyFinalizerType;
  type.instance_flags = (type.instance_flags & ~std::uint32_t{kFinalizerType | kLegacyFinalizerType}) | finalizers;
}

void set_own_special(ClassBody& body, Special which, Object* value) noexcept {
  body.special[static_cast<std::size_t>(which)] = value;
  value != nullptr ? body.own_specials |= set_of(which) : body.own_specials &= ~set_of(which);
}

/// `changed` are other ones in `type` itself: finds them anew where they are inherited.
void specials_changed(Class& type, SpecialSet changed) noexcept {
  walk_derived(type, [&](Class& below) {
    if (&below != &type && (changed & ~below.body->own_specials) == 0) return false;
    inherit_specials(below, changed);
    connect(below);
    return true;
  });
}

/// Calls `visit(Class&)` for the current classes that derive from `base` directly, and unmarks all links: law asked-first.
template <class F>
void take_asked(ClassBody& base, F&& visit) noexcept {
  for (SubclassLink* link = base.derived; link != nullptr && std::exchange(link->is_asked, false);
       link = Subclasses::after(base.derived, *link))
    if (link->derived->body->is_current) visit(*link->derived);
}

/// Law cache-below. A class is not current any more when it is put into the list, so it comes there once.
void forget_lookups(Class& root) noexcept {
  if (!std::exchange(root.body->is_current, false)) return;
  Class* last = &root;
  for (Class* type = &root; type != nullptr; type = std::exchange(type->body->next_in_walk, nullptr)) {
    type->body->cache.clear(*root.heap);
    ++type->body->changes;
    take_asked(*type->body, [&](Class& below) {
      below.body->is_current = false;
      last = last->body->next_in_walk = &below;
    });
  }
}

/// Law asked-first.
void mark_asked(SubclassLink& link) noexcept {
  if (link.base == nullptr || std::exchange(link.is_asked, true)) return;
  SubclassLink*& first = link.base->body->derived;
  const SubclassLink* const before = Subclasses::before(first, link);
  if (before == nullptr || before->is_asked) return;
  Subclasses::remove(first, link);
  Subclasses::push_front(first, link);
}

/// Law cache-below. All that it derives from is current in most cases, for that stands behind it in the MRO asked for; of
/// classes whose metaclass says what their MRO is, nothing is certain.
void make_one_current(const Class& type) noexcept {
  ClassBody& body = *type.body;
  for (std::uint32_t i = 0; i < body.link_count; ++i) {
    SubclassLink& link = body.links[i];
    if (link.base != nullptr && !link.base->body->is_current) make_current(*link.base);
    mark_asked(link);
  }
  body.is_current = true;
}

/// Law slot-members: something else may stand in front of the members of a name now.
void guard_members(Class& type, const Str& name) noexcept {
  walk_derived(type, [&](Class& below) {
    ClassBody& body = *below.body;
    if (body.members != 0 && body.shapes.first().find_equal(name) < body.members) body.guarded = true;
    return true;
  });
}

void guard(Class& type) noexcept {
  walk_derived(type, [](Class& below) { return !std::exchange(below.body->guarded, true); });
}

}  // namespace

void make_current(const Class& type) noexcept {
  if (type.body->is_current) return;
  const std::span<Object* const> order = order_of(type);
  for (auto step = order.rbegin(); step != order.rend(); ++step)
    if (const Class* const base = as_class(**step); base != nullptr && !base->body->is_current) make_one_current(*base);
  if (!type.body->is_current) make_one_current(type);  // its MRO may say that it is not its own first class
}

void take_up_attributes(Class& type) noexcept {
  ClassBody& body = *type.body;
  for (Object* const step : order_of(type))
    if (const Class* const base = as_class(*step); base != nullptr) body.guarded = body.guarded || base->body->guarded;
  for (auto [key, value] : static_cast<const Dict&>(*type.attributes)) {
    body.guarded =
        body.guarded || (may_guard(value) && !is_own_member(type, key, value) && !is_layout_entry(type, key, value));
    if (!is<Str>(key)) continue;
    if (const auto special = special_named(text(static_cast<Str&>(key)))) set_own_special(body, *special, &value);
  }
  inherit_specials(type, kAllSpecials);
  connect(type);
}

void order_changed(Class& type) noexcept {
  forget_lookups(type);
  ClassBody& body = *type.body;
  body.cache.clear(*type.heap);
  ++body.changes;
  for (Object* const step : order_of(type))
    if (const Class* const base = as_class(*step); base != nullptr) body.guarded = body.guarded || base->body->guarded;
  if (body.members != 0) body.guarded = true;  // law slot-members
  inherit_specials(type, kAllSpecials);
  connect(type);
}

void attribute_changed(Class& type, const Str& name, Object* value) noexcept {
  forget_lookups(type);
  if (value != nullptr && may_guard(*value) && !type.body->guarded) guard(type);
  if (type.body->has_members_below) guard_members(type, name);
  const auto special = special_named(text(name));
  if (!special) return;
  set_own_special(*type.body, *special, value);
  specials_changed(type, set_of(*special));
}

void attributes_gone(Class& type) noexcept {
  forget_lookups(type);
  ClassBody& body = *type.body;
  const SpecialSet own = std::exchange(body.own_specials, 0);
  if (std::any_of(body.special.begin(), body.special.end(), [](const Object* method) { return method != nullptr; })) {
    body.special.fill(nullptr);
    connect(type);
  }
  if (own != 0) specials_changed(type, own);
}

}  // namespace ouro::detail
