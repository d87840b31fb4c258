// Weak references: made, called, compared, and cleared when their target dies.
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/model/weak_order.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/weak/detail/weakref_parts.h>
#include <ouro/objects/weak/weakref.h>

#include <fmt/format.h>

namespace ouro {

namespace {

WeakRef& weak_of(Object& object) noexcept { return static_cast<WeakRef&>(object); }

/// False if it has no weak references: what most targets say without a look at the table.
bool may_be_watched(const Object& target) noexcept { return (target.flags & kWeakFlag) != 0 || is_immortal(target); }

// Both are counted first: making the reference may run a collection, and that any code at all.
Ref<WeakRef> link_new(Type& type, Object& target, Object* callback) {
  const Ref<> held_target = share(target);
  Ref<> held_callback = Ref<>::share(callback);
  Heap& heap = heap_of(target);
  Ref<WeakRef> made = make<WeakRef>(type, sizeof(WeakRef), [&](WeakRef& reference) noexcept {
    reference.callback = held_callback.release();
    reference.target = nullptr;
    reference.newer = reference.older = nullptr;
    reference.hash = -1;
    if (type.kind != Kind::kWeakRef) reference.flags |= kBehindSharedFlag;
  });
  if (callback == nullptr && may_be_watched(target))
    if (WeakRef* const shared = heap.weak.shared(target, type)) return share(*shared);
  heap.weak.link(*made, target);
  return made;
}

Ref<WeakRef> link(Type& type, Object& target, Object* callback) {
  if (callback == nullptr && may_be_watched(target))
    if (WeakRef* const shared = heap_of(target).weak.shared(target, type)) return share(*shared);
  return link_new(type, target, callback);
}

[[noreturn, gnu::cold]] void refuse(const Object& target) {
  raise(ErrorKind::kTypeError, fmt::format("cannot create weak reference to '{}' object", target.type->name));
}

}  // namespace

Ref<WeakRef> make_weakref(Object& target, Object* callback) {
  return detail::make_weakref_of(builtins_of(target).type(Kind::kWeakRef), target, callback);
}

namespace detail {

Ref<WeakRef> make_weakref_of(Type& type, Object& target, Object* callback) {
  if (!target.type->has(kWeakableType)) refuse(target);
  return link(type, target, callback == nullptr || is_none(*callback) ? nullptr : callback);
}

Ref<WeakRef> watch(Object& target) {
  if (is_immortal(target) && !target.type->has(kWeakableType)) refuse(target);
  return link(builtins_of(target).type(Kind::kWeakRef), target, nullptr);
}

void release_weakref(Object& object) noexcept { heap_of(object).weak.unlink(weak_of(object)); }

std::string name_of_weakref_edge(const Object&, std::size_t) { return ".__callback__"; }

void clear_weakref(Object& object) noexcept {
  heap_of(object).weak.unlink(weak_of(object));
  store(weak_of(object).callback, nullptr);
}

namespace {

/// " (name)" for a target that has a `__name__`.
std::string name_of_target(Object& target) {
  const Ref<> name = find_attribute(target, *intern(builtins_of(target), "__name__"));
  return name && is<Str>(*name) ? fmt::format(" ({})", text(static_cast<const Str&>(*name))) : std::string();
}

}  // namespace

Ref<> shown_weakly(const Object& reference, Object* target) {
  Builtins& builtins = builtins_of(reference);
  const void* const self = &reference;
  if (target == nullptr) return make_str(builtins, fmt::format("<weakref at {}; dead>", self));
  return make_str(builtins, fmt::format("<weakref at {}; to '{}' at {}{}>", self, target->type->name,
                                        static_cast<const void*>(target), name_of_target(*target)));
}

namespace {

Ref<> repr_weakref(Object& object) { return shown_weakly(object, target_of(weak_of(object)).get()); }

std::int64_t hash_weakref(Object& object) {
  WeakRef& reference = weak_of(object);
  if (reference.hash != -1) return reference.hash;
  const Ref<> target = target_of(reference);
  if (!target) raise(ErrorKind::kTypeError, "weak object has gone away");
  return reference.hash = hash(*target);
}

// Equal as their targets are while both live; a dead one is equal to itself only.
Answer compare_weakrefs(Object& left, Object& right, Comparison op) {
  if (op != Comparison::kEqual && op != Comparison::kNotEqual) return Answer::kNotImplemented;
  if (!is_weakref(left) || !is_weakref(right)) return Answer::kNotImplemented;
  const Ref<> first = target_of(weak_of(left));
  const Ref<> second = target_of(weak_of(right));
  if (first && second) return compare(*first, *second, op) ? Answer::kYes : Answer::kNo;
  return (&left == &right) == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

Ref<> call_weakref(Object& callee, const Arguments& arguments) {
  if (!arguments.keyword_names.empty()) raise(ErrorKind::kTypeError, "weakref() takes no keyword arguments");
  if (!arguments.positional.empty())
    raise(ErrorKind::kTypeError, fmt::format("weakref expected 0 arguments, got {}", arguments.positional.size()));
  Ref<> target = target_of(weak_of(callee));
  return target ? target : make_none(builtins_of(callee));
}

constexpr Attribute kWeakRefAttributes[] = {
    detail::class_getitem(),
    member(
        "__callback__",
        [](WeakRef& reference) {
          return reference.callback == nullptr ? make_none(builtins_of(reference)) : share(*reference.callback);
        },
        ""),
};

constexpr Parameters kWeakRefParameters = parameters("__new__(object, callback=None, /)");

Ref<> construct_weakref(Type&, const Arguments& arguments) {
  const PlacedArguments<2> given(kWeakRefParameters, {arguments.positional, {}, {}});
  if (!arguments.keyword_names.empty()) raise(ErrorKind::kTypeError, "ref() takes no keyword arguments");
  return make_weakref(*given[0], given[1]);
}

}  // namespace

const TypeSlots kWeakRefSlots{
    .name = "weakref.ReferenceType",
    .kind = Kind::kWeakRef,
    .flags = kContainerType | kWeakRefType | kBorrowerType,
    .size = sizeof(WeakRef),
    .edges = WeakRef::kEdges,
    .dismantle = dismantle_as<WeakRef>,
    .release = release_weakref,
    .clear = clear_weakref,
    .edge_name = name_of_weakref_edge,
    .repr = repr_weakref,
    .hash = hash_weakref,
    .compare = compare_weakrefs,
    .call = call_weakref,
    .construct = construct_weakref,
    .attributes = &kAttributeTable<kWeakRefAttributes>,
};

}  // namespace detail

}  // namespace ouro
