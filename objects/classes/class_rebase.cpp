// Giving a class other bases, and an object another class (CPython: type_set_bases, object_set_class and
// compatible_for_assignment in Objects/typeobject.c).
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/classes/detail/type_attributes.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/protocol.h>

#include <fmt/format.h>

#include <new>
#include <utility>

namespace ouro::detail {

namespace {

bool is_type(const Object& object) noexcept { return kind_of(object) == Kind::kType; }

/// The first type above, itself included, that adds something to the layout of its base.
const Type& first_that_adds(const Type& type) noexcept {
  const Type* step = &type;
  while (step->has(kClassType) && step->kind != Kind::kNative && !adds_to_layout(static_cast<const Class&>(*step)))
    step = step->base;
  return *step;
}

bool have_same_layout(const Type& one, const Type& other) noexcept {
  const Type& first = first_that_adds(one);
  const Type& second = first_that_adds(other);
  if (&first == &second) return true;
  if (!first.has(kClassType) || !second.has(kClassType) || first.base != second.base) return false;
  return first.kind != Kind::kNative && add_the_same(static_cast<const Class&>(first), static_cast<const Class&>(second));
}

/// CPython frees objects that its collector knows in another way.
bool are_freed_alike(const Type& one, const Type& other) noexcept {
  const auto is_watched = [](const Type& type) { return (type.instance_flags & (kClassType | kContainerType)) != 0; };
  return is_watched(one) == is_watched(other);
}

void expect_same_layout(const Type& old, const Type& fresh, std::string_view attribute) {
  if (have_same_layout(old, fresh)) return;
  raise(ErrorKind::kTypeError, fmt::format("{} assignment: '{}' {} differs from '{}'", attribute, fresh.name,
                                           are_freed_alike(old, fresh) ? "object layout" : "deallocator", old.name));
}

// ---- Bases ----

void expect_bases(const Class& type, const Object& value) {
  const auto refuse = [&](const std::string& why) { raise(ErrorKind::kTypeError, why); };
  if (!is<Tuple>(value)) refuse(fmt::format("can only assign tuple to {}.__bases__, not {}", type.name, value.type->name));
  const auto bases = static_cast<const Tuple&>(value).view();
  if (bases.empty()) refuse(fmt::format("can only assign non-empty tuple to {}.__bases__, not ()", type.name));
  for (const Object* const base : bases) {
    if (!is_type(*base)) refuse(fmt::format("{}.__bases__ must be tuple of classes, not '{}'", type.name, base->type->name));
    if (is_subtype(static_cast<const Type&>(*base), type)) refuse("a __bases__ item causes an inheritance cycle");
  }
}

/// The MROs of a class and of all below it, made anew. What fails puts the old ones back.
class NewOrders {
 public:
  explicit NewOrders(Class& root) : old_(*root.heap) { renew(root); }
  ~NewOrders() {
    if (!kept_) put_back();
  }
  NewOrders(const NewOrders&) = delete;
  NewOrders& operator=(const NewOrders&) = delete;
  void keep() noexcept { kept_ = true; }

 private:
  struct Old {
    Ref<Class> type;
    Ref<> order;
  };

  void renew(Class& type) {
    const RecursionGuard guard(*type.heap->builtins, " while changing __bases__");
    Ref<> fresh = order_of_class(type);
    old_.push_back({share(type), Ref<>::adopt(std::exchange(type.mro, fresh.release()))});
    SmallVector<Ref<Class>, 8> below(*type.heap);
    const SubclassLink* const first = type.body->derived;
    for (const SubclassLink* link = first; link != nullptr; link = Subclasses::after(first, *link))
      below.push_back(share(*link->derived));
    for (const Ref<Class>& each : below) renew(*each);
  }
  void put_back() noexcept {
    for (auto old = old_.rbegin(); old != old_.rend(); ++old) store(old->type->mro, old->order.release());
  }

  SmallVector<Old, 8> old_;
  bool kept_ = false;
};

/// Places for links to the new bases. Whoever links the class takes them over.
class NewLinks {
 public:
  NewLinks(Heap& heap, std::size_t count) : heap_(heap), count_(count) {
    void* const memory = heap.memory.allocate_buffer(count * sizeof(SubclassLink));
    if (memory == nullptr) raise_out_of_memory();
    links_ = static_cast<SubclassLink*>(memory);
    for (std::size_t i = 0; i < count; ++i) new (&links_[i]) SubclassLink{};
  }
  ~NewLinks() { heap_.memory.free_buffer(links_, count_ * sizeof(SubclassLink)); }
  NewLinks(const NewLinks&) = delete;
  NewLinks& operator=(const NewLinks&) = delete;

  /// Afterwards it has the old places.
  void give_to(Class& type) noexcept {
    unlink_from_bases(type);
    ClassBody& body = *type.body;
    links_ = std::exchange(body.bases, links_);
    count_ = std::exchange(body.base_count, static_cast<std::uint32_t>(count_));
    link_to_bases(type);
  }

 private:
  Heap& heap_;
  SubclassLink* links_ = nullptr;
  std::size_t count_;
};

/// The bases of a class, changed for as long as nobody says that they are kept.
class NewBases {
 public:
  NewBases(Class& type, Ref<> bases, Type& base) noexcept
      : type_(type),
        bases_(Ref<>::adopt(std::exchange(type.bases, bases.release()))),
        base_(std::exchange(type.base, &base)) {}
  ~NewBases() {
    if (kept_) return;
    type_.base = base_;
    bases_ = Ref<>::adopt(std::exchange(type_.bases, bases_.release()));
  }
  NewBases(const NewBases&) = delete;
  NewBases& operator=(const NewBases&) = delete;
  void keep() noexcept { kept_ = true; }

 private:
  Class& type_;
  Ref<> bases_;
  Type* base_;
  bool kept_ = false;
};

}  // namespace

void set_bases(Class& type, Object& value) {
  const Ref<> held[] = {share<Object>(type), share(value)};
  expect_bases(type, value);
  const auto given = static_cast<const Tuple&>(value).view();
  Type& base = best_base(given, type.native);
  expect_same_layout(*type.base, base, "__bases__");
  NewLinks links(*type.heap, given.size());
  NewBases bases(type, share(value), base);
  NewOrders orders(type);
  links.give_to(type);
  orders.keep();
  bases.keep();
  bases_changed(type);
}

// ---- The class of an object ----

namespace {

/// Built-in types have objects that rely on them.
[[nodiscard]] bool is_mutable(const Type& type) noexcept { return type.has(kClassType) && type.kind != Kind::kNative; }

/// The object was counted as one of its old class.
void count_as(Object& object, Class& type) noexcept {
  Type& old = *object.type;
  if constexpr (kChecks >= CheckLevel::kCheap) {
    --old.made;
    ++type.made;
  }
  increment(type);
  object.type = &type;
  decrement(old);
}

}  // namespace

void set_class(Object& object, Object* value) {
  if (value == nullptr) raise(ErrorKind::kTypeError, "can't delete __class__ attribute");
  if (!is_type(*value))
    raise(ErrorKind::kTypeError, fmt::format("__class__ must be set to a class, not '{}' object", value->type->name));
  auto& fresh = static_cast<Type&>(*value);
  if (!is_mutable(*object.type) || !is_mutable(fresh))
    raise(ErrorKind::kTypeError, "__class__ assignment only supported for mutable types or ModuleType subclasses");
  expect_same_layout(*object.type, fresh, "__class__");
  if (object.type == &fresh) return;
  const Ref<> held[] = {share(object), share(*value)};
  // Which name a value in a slot belongs to the old class says.
  if (is<Instance>(object) && has_instance_dict(*object.type)) static_cast<void>(dict_of(static_cast<Instance&>(object)));
  if (!have_same_layout(*object.type, fresh)) expect_same_layout(*object.type, fresh, "__class__");
  count_as(object, static_cast<Class&>(fresh));
}

}  // namespace ouro::detail
