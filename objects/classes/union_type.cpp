// `types.UnionType` (CPython: Objects/unionobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/classes/detail/type_parameters.h>
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/classes/union_type.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/sets/set.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <string>

namespace ouro {

namespace {

UnionType& union_at(Object& object) noexcept { return static_cast<UnionType&>(object); }
Ref<Tuple> args_of(Object& object) { return share(static_cast<Tuple&>(*union_at(object).args)); }

bool may_be_part(const Object& object) noexcept {
  return is_none(object) || kind_of(object) == Kind::kType || is<GenericAlias>(object) || is<UnionType>(object);
}

// ---- Making ----

/// Aliases are the same if they are equal, types only if they are one.
bool is_in(const List& parts, Object& part) {
  for (std::uint32_t i = 0; i < parts.size; ++i) {
    const Ref<> known = share(*parts.items[i]);
    if (known.get() == &part) return true;
    if (is<GenericAlias>(*known) && is<GenericAlias>(part) && equal(*known, part)) return true;
  }
  return false;
}

void add_part(List& parts, Object& part) {
  if (is<UnionType>(part)) {
    const Ref<Tuple> inner = args_of(part);
    for (Object* const each : inner->view()) add_part(parts, *each);
    return;
  }
  Object& type = is_none(part) ? *part.type : part;
  if (!is_in(parts, type)) parts.append(type);
}

Ref<> union_of_parts(const List& parts) {
  if (parts.size == 1) return share(*parts.items[0]);
  Ref<> args = make_tuple(builtins_of(parts), parts.view());
  return make<UnionType>(builtins_of(parts).type(Kind::kUnionType), sizeof(UnionType),
                         [&](UnionType& made) noexcept { made.args = args.release(); });
}

}  // namespace

Ref<> make_union(Builtins& builtins, std::span<Object* const> parts) {
  const Ref<List> all = make_list(builtins);
  for (Object* const part : parts) all->append(*part);
  if (all->size == 0) raise(ErrorKind::kTypeError, "a union has one part at least");
  Ref<> made = share(*all->items[0]);
  for (std::uint32_t i = 1; i < all->size; ++i) made = apply(Operator::kBitOr, *made, *share(*all->items[i]));
  return made;
}

namespace detail {

Ref<> union_of(Object& left, Object& right) {
  if (!may_be_part(left) || !may_be_part(right)) return {};
  const Ref<> held[] = {share(left), share(right)};
  const Ref<List> parts = make_list(builtins_of(left));
  add_part(*parts, left);
  add_part(*parts, right);
  return union_of_parts(*parts);
}

namespace {

Ref<> repr_slot(Object& object) {
  const RecursionGuard guard(builtins_of(object), " while getting the repr of an object");
  const Ref<Tuple> args = args_of(object);
  const Type* const none = builtins_of(object).none().type;
  std::string shown;
  for (Object* const part : args->view()) {
    if (!shown.empty()) shown += " | ";
    shown += part == none ? "None" : shown_type(*part);
  }
  return make_str(builtins_of(object), shown);
}

Ref<FrozenSet> set_of(Object& object) { return frozenset_from(*args_of(object)); }

std::int64_t hash_slot(Object& object) { return hash(*set_of(object)); }

Answer compare_slot(Object& left, Object& right, Comparison op) {
  const bool orders = op != Comparison::kEqual && op != Comparison::kNotEqual;
  if (orders || !is<UnionType>(left) || !is<UnionType>(right)) return Answer::kNotImplemented;
  const Ref<FrozenSet> mine = set_of(left);
  const Ref<FrozenSet> other = set_of(right);
  return equal(*mine, *other) == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

/// `__module__` is that of the type.
Ref<> get_attribute_slot(Object& object, Object& name) {
  if (text(static_cast<const Str&>(name)) == "__module__") return find_attribute(*object.type, name);
  return get_type_given_attribute(object, name);
}

/// `union[key]`: other types in the place of type variables.
Ref<> subscript_slot(Object& object, Object& key) {
  const Ref<Tuple> args = args_of(object);
  const Ref<List> parts = substituted_parts(object, *args, key);
  Ref<> made = share(*parts->items[0]);
  for (std::uint32_t i = 1; i < parts->size; ++i) made = apply(Operator::kBitOr, *made, *share(*parts->items[i]));
  return made;
}

constexpr Attribute kAttributes[] = {
    member(
        "__args__", [](UnionType& self) { return share(*self.args); }, ""),
    property(
        "__parameters__", [](UnionType& self) { return open_parameters(*args_of(self)); },
        "Type variables in the types.UnionType."),
};

void clear(Object& object) noexcept { store(union_at(object).args, &builtins_of(object).empty_tuple()); }
std::string edge_name(const Object&, std::size_t) { return ".__args__"; }

constexpr MappingSlots kMapping{.subscript = subscript_slot};
constexpr NumberSlots kNumber{.bit_or = union_of};

}  // namespace

constinit const TypeSlots kUnionTypeSlots{
    .name = "types.UnionType",
    .kind = Kind::kUnionType,
    .flags = kContainerType,
    .size = sizeof(UnionType),
    .edges = UnionType::kEdges,
    .doc = "Represent a PEP 604 union type\n\nE.g. for int | str",
    .dismantle = dismantle_as<UnionType>,
    .clear = clear,
    .edge_name = edge_name,
    .repr = repr_slot,
    .hash = hash_slot,
    .compare = compare_slot,
    .get_attribute = get_attribute_slot,
    .number = &kNumber,
    .mapping = &kMapping,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace detail

}  // namespace ouro
