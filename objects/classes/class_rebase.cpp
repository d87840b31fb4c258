// Giving a class other bases, and an object another class (CPython: type_set_bases, object_set_class and
// compatible_for_assignment in Objects/typeobject.c).
#include <ouro/objects/classes/detail/class_links.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/classes/detail/type_attributes.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/protocol.h>

#include <fmt/format.h>

#include <optional>
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

/// Also where the metaclass says an MRO that leaves it out.
bool derives_in_any_way(const Type& type, const Class& from) noexcept {
  for (const Type* step = &type; step != nullptr; step = step->base)
    if (step == &from) return true;
  return is_subtype(type, from);
}

void expect_bases(const Class& type, const Object& value) {
  const auto refuse = [&](const std::string& why) { raise(ErrorKind::kTypeError, why); };
  if (!is<Tuple>(value)) refuse(fmt::format("can only assign tuple to {}.__bases__, not {}", type.name, value.type->name));
  const auto bases = static_cast<const Tuple&>(value).view();
  if (bases.empty()) refuse(fmt::format("can only assign non-empty tuple to {}.__bases__, not ()", type.name));
  for (const Object* const base : bases) {
    if (!is_type(*base)) refuse(fmt::format("{}.__bases__ must be tuple of classes, not '{}'", type.name, base->type->name));
    if (derives_in_any_way(static_cast<const Type&>(*base), type)) refuse("a __bases__ item causes an inheritance cycle");
  }
}

/// A class and all that derive from it, each once, and behind those of its bases that are among them.
class Below {
 public:
  explicit Below(Class& root) : found_(*root.heap) {
    try {
      add(root);
    } catch (...) {
      unmark();
      throw;
    }
    unmark();
  }
  template <class F>
  void for_each(F&& function) const {
    for (auto type = found_.rbegin(); type != found_.rend(); ++type)
      if (type->is_done) function(*type->type);
  }

 private:
  struct Found {
    Ref<Class> type;
    bool is_done;  ///< false: it only has the mark
  };

  /// Depth first: a class is done when all below it are.
  void add(Class& type) {
    const RecursionGuard guard(*type.heap->builtins, " while changing __bases__");
    found_.push_back({share(type), false});
    type.body->next_in_walk = &type;
    const SubclassLink* const first = type.body->derived;
    for (const SubclassLink* link = first; link != nullptr; link = Subclasses::after(first, *link))
      if (link->is_base && link->derived->body->next_in_walk == nullptr) add(*link->derived);
    found_.push_back({share(type), true});
  }
  void unmark() noexcept {
    for (const Found& each : found_) each.type->body->next_in_walk = nullptr;
  }

  SmallVector<Found, 16> found_;
};

/// The MROs of a class and of all below it, made anew. What fails puts the old ones back. A metaclass may say what they are,
/// and change bases meanwhile: an MRO that came so is newer, and stays.
class NewOrders {
 public:
  explicit NewOrders(Class& root) : renewed_(*root.heap) {
    const Below below(root);
    try {
      below.for_each([&](Class& type) { renew(type, &type == &root); });
    } catch (...) {
      put_back();
      throw;
    }
  }

 private:
  struct Renewed {
    Ref<Class> type;
    Ref<> fresh;
    Ref<> old;
    std::optional<NewLinks> links;  ///< what it was linked to before; empty: the same
  };

  /// One that the collector cleared has none. One that is just being made has none yet.
  void renew(Class& type, bool has_other_bases) {
    if (type.attributes == nullptr) return;
    Ref<> old = Ref<>::share(type.mro);
    Ref<> fresh = order_of_class(type);
    if (type.mro != old.get() || type.attributes == nullptr) return;
    std::optional<NewLinks> links;
    if (has_other_bases || type.body->own_order) links.emplace(type, static_cast<const Tuple&>(*fresh));
    renewed_.push_back({share(type), std::move(fresh), std::move(old), std::move(links)});
    Renewed& made = renewed_.back();
    exchange(made, made.fresh);
    order_changed(type);
  }
  static void exchange(Renewed& renewed, const Ref<>& order) noexcept {
    store(renewed.type->mro, Ref<>(order).release());
    if (renewed.links) renewed.links->give_to(*renewed.type);
  }
  void put_back() noexcept {
    for (auto each = renewed_.rbegin(); each != renewed_.rend(); ++each)
      if (each->type->mro == each->fresh.get()) exchange(*each, each->old);
    for (const Renewed& each : renewed_)
      if (each.type->mro == each.old.get()) order_changed(*each.type);
  }

  SmallVector<Renewed, 8> renewed_;
};

/// The bases of a class, changed for as long as nobody says that they are kept.
class NewBases {
 public:
  NewBases(Class& type, Ref<> bases, Type& base) noexcept
      : type_(type),
        fresh_(bases),
        bases_(Ref<>::adopt(std::exchange(type.bases, bases.release()))),
        base_(std::exchange(type.base, &base)) {}
  ~NewBases() {
    if (kept_ || type_.bases != fresh_.get()) return;  // or it was given others meanwhile
    type_.base = base_;
    bases_ = Ref<>::adopt(std::exchange(type_.bases, bases_.release()));
  }
  NewBases(const NewBases&) = delete;
  NewBases& operator=(const NewBases&) = delete;
  void keep() noexcept { kept_ = true; }

 private:
  Class& type_;
  Ref<> fresh_;
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
  NewBases bases(type, share(value), base);
  const NewOrders orders(type);  // holds the old ones
  bases.keep();
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
  if (is<Instance>(object)) static_cast<Instance&>(object).set_shape(0);
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
