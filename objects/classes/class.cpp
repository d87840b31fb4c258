// The life of a class: made, traversed, cleared, released.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/class_links.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/messages/exports.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <array>
#include <memory>
#include <new>

namespace ouro {

namespace {

using detail::ClassBody;
using detail::SubclassLink;

/// Gives a body's memory back if the class was not finished.
struct FreeBody {
  Heap& heap;
  void operator()(ClassBody* body) const noexcept { detail::free_body(heap, *body); }
};
using OwnedBody = std::unique_ptr<ClassBody, FreeBody>;

OwnedBody make_body(Heap& heap, const TypeSlots& behaviour, std::string_view name) {
  void* const memory = heap.memory.allocate_buffer(sizeof(ClassBody));
  if (memory == nullptr) raise_out_of_memory();
  OwnedBody body(new (memory) ClassBody, FreeBody{heap});
  body->slots = behaviour;
  body->slots.name = name;
  return body;
}

void unlink(Class& type) noexcept {
  detail::unlink_from_bases(type);
  while (SubclassLink* const link = detail::Subclasses::pop_front(type.body->derived)) link->base = nullptr;
}

/// What C++ struct the objects of a class hold.
const detail::NativeType* native_of(const detail::ClassPlan& plan, const Type& base) noexcept {
  return plan.native == nullptr && base.kind == Kind::kNative ? static_cast<const Class&>(base).native : plan.native;
}

TypeSlots behaviour_of(const detail::ClassPlan& plan, const Type& base) noexcept {
  if (plan.behaviour != nullptr) return *plan.behaviour;
  if (base.kind == Kind::kNative) return detail::slots_of_native_subclass(*native_of(plan, base));
  const Type* const layout = detail::layout_of(base);
  return layout->kind == Kind::kObject ? detail::kInstanceSlots : detail::derived_slots(*layout->slots);
}

detail::SlotPlan slots_of(const detail::ClassPlan& plan, Type& base, std::span<Object* const> bases) {
  if (plan.native == nullptr && plan.attributes != nullptr)
    return detail::plan_slots(plan.name, base, bases, *plan.attributes);
  detail::SlotPlan inherited;
  inherited.members = detail::members_of(base);
  return inherited;
}

/// Members lie behind the `__dict__` where the class derives from a built-in type; `edges` says how many there are.
void give_room(ClassBody& body, const detail::SlotPlan& slots) noexcept {
  body.members = slots.members;
  body.has_dict = slots.has_dict;
  if (slots.says_something && !slots.has_weakrefs) body.slots.flags &= ~std::uint32_t{kWeakableType};
  if (body.slots.base == nullptr || body.slots.edges.shape != EdgeLayout::Shape::kCustom) return;
  body.slots.edges.count = static_cast<std::uint16_t>(slots.members);
  if (body.slots.size != 0) body.slots.size += static_cast<std::uint32_t>(slots.members * sizeof(Object*));
}

}  // namespace

namespace detail {

void free_body(Heap& heap, ClassBody& body) noexcept {
  NewLinks::free_links(heap, body.links, body.link_count);
  body.cache.release(heap);
  body.shapes.release(heap);
  body.~ClassBody();
  heap.memory.free_buffer(&body, sizeof(ClassBody));
}

Ref<Class> make_class(Builtins& builtins, const ClassPlan& plan) {
  Object* root = &builtins.type(Kind::kObject);
  const std::span<Object* const> bases = plan.bases.empty() ? std::span<Object* const>(&root, 1) : plan.bases;
  Type& base = best_base(bases, plan.native);
  const Ref<> held = Ref<>::share(plan.attributes);  // making the tuple may collect
  Ref<Str> label = intern(builtins, plan.name);
  Ref<Tuple> base_tuple = make_tuple(builtins, bases);
  const SlotPlan slots = slots_of(plan, base, bases);
  Ref<Dict> attributes = prepared_attributes(builtins, plan);
  Ref<> qualified = take_qualified_name(*attributes);
  const Ref<Cell> cell = take_class_cell(*attributes);
  OwnedBody body = make_body(builtins.heap, behaviour_of(plan, base), text(*label));
  give_room(*body, slots);
  Type& metaclass = plan.metaclass != nullptr ? *plan.metaclass : builtins.type(Kind::kType);
  Ref<Class> made = make<Class>(metaclass, sizeof(Class), [&](Class& type) noexcept {
    type.describe(body->slots, builtins.heap, &base);
    type.instance_flags |= kClassType | kOwnsType;
    if (derives_from_builtin(type)) type.exact = Kind::kInstance;
    type.made = type.freed = type.finalized = 0;
    type.label = label.release();
    type.bases = base_tuple.release();
    type.mro = nullptr;
    type.attributes = attributes.release();
    type.attributes->flags |= Dict::kOfClassFlag;
    body->qualified = qualified.release();
    type.body = body.release();
    type.native = native_of(plan, base);
  });
  if (cell) cell->set(*made);
  Ref<> order = order_of_class(*made);
  if (made->mro == nullptr) made->mro = order.release();  // code of the metaclass may have set other bases meanwhile
  NewLinks(*made, static_cast<const Tuple&>(*made->mro)).give_to(*made);
  take_up_slots(*made, slots);
  add_defaults(*made);
  take_up_attributes(*made);
  return made;
}

void traverse_class(const Object& object, Visitor visit) noexcept {
  if (!static_cast<const Type&>(object).has(kClassType)) return;
  const auto& type = static_cast<const Class&>(object);
  visit(type.label);
  visit(type.bases);
  visit(type.mro);
  visit(type.attributes);
}

std::string edge_name_of_class(const Object& object, std::size_t number) {
  const auto& type = static_cast<const Class&>(object);
  const std::array<std::pair<const Object*, const char*>, 4> edges{
      {{type.label, ".__name__"}, {type.bases, ".__bases__"}, {type.mro, ".__mro__"}, {type.attributes, ".__dict__"}}};
  for (const auto& [target, name] : edges)
    if (target != nullptr && number-- == 0) return name;
  return {};
}

void visit_hidden_of_class(const Object& object, Visitor visit) noexcept {
  if (!static_cast<const Type&>(object).has(kClassType)) return;
  const ClassBody& body = *static_cast<const Class&>(object).body;
  body.shapes.for_each_name([&](Str& name) { visit(&name); });
  body.cache.for_each_name([&](Str& name) { visit(&name); });
  visit(body.qualified);
}

namespace {

/// It is found by its C++ type no more.
void forget_native(const Class& type) noexcept {
  Builtins* const builtins = type.heap->builtins;
  if (type.native != nullptr && builtins != nullptr) builtins->exports->forget_native(type);
}

/// The dict is one like any other from now on.
Dict& give_up_attributes(Dict& attributes) noexcept {
  attributes.flags &= ~Dict::kOfClassFlag;
  return attributes;
}

}  // namespace

// Name and bases stay, so that what is seen of the class afterwards can still be printed.
void clear_class(Object& object) noexcept {
  auto& type = static_cast<Class&>(object);
  forget_native(type);
  const Ref<> mro = Ref<>::adopt(std::exchange(type.mro, nullptr));
  const Ref<> attributes = Ref<>::adopt(std::exchange(type.attributes, nullptr));
  attributes_gone(type);
  // Only now: until here special methods were borrowed from it, also by classes below, and a destructor may have called
  // them.
  if (attributes) give_up_attributes(static_cast<Dict&>(*attributes)).clear();
}

void release_class(Object& object) noexcept {
  auto& type = static_cast<Class&>(object);
  forget_native(type);
  unlink(type);
  if (type.attributes != nullptr) give_up_attributes(static_cast<Dict&>(*type.attributes));
  const std::array owned{Ref<>::adopt(type.label), Ref<>::adopt(type.bases), Ref<>::adopt(type.mro),
                         Ref<>::adopt(type.attributes), Ref<>::adopt(type.body->qualified)};
  free_body(*type.heap, *type.body);
}

}  // namespace detail

}  // namespace ouro
