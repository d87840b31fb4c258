// The behaviour of set and frozenset as objects (CPython: Objects/setobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/detail/sequence_text.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/detail/short_text.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/sets/detail/set_keys.h>
#include <ouro/objects/sets/detail/set_parts.h>
#include <ouro/objects/sets/set_iterator.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace ouro {

namespace {

AnySet& set_of(Object& object) noexcept { return static_cast<AnySet&>(object); }
const AnySet& set_of(const Object& object) noexcept { return static_cast<const AnySet&>(object); }

// ---- Life ----

void release_slot(Object& object) noexcept {
  const AnySet& set = set_of(object);
  detail::free_set_table(heap_of(object), set.keys, detail::shape_of(set));
}

void clear_slot(Object& object) noexcept { const detail::TakenKeys dropped(set_of(object)); }

std::string edge_name_slot(const Object& object, std::size_t number) {
  return fmt::format("(element {})", detail::short_text(*set_of(object).keys[number]));
}

/// With up to four elements that refer to nothing.
std::string short_text_slot(const Object& object) {
  constexpr std::size_t kMostElements = 4;
  const AnySet& set = set_of(object);
  if (set.size > kMostElements) return detail::plain_text(object);
  std::string elements;
  for (std::uint32_t i = 0; i < set.used; ++i) {
    if (set.keys[i] == nullptr) continue;
    const Object& element = *set.keys[i];
    elements += elements.empty() ? "" : ", ";
    elements += element.type->has(kContainerType) ? detail::plain_text(element) : detail::short_text(element);
  }
  if (set.size == 0) return fmt::format("{}()", object.type->name);
  return is_exact<Set>(object) ? fmt::format("{{{}}}", elements) : fmt::format("{}({{{}}})", object.type->name, elements);
}

// ---- Text, hash, comparison ----

Ref<> repr_slot(Object& object) {
  Builtins& builtins = builtins_of(object);
  const ReprGuard guard(object);
  StrBuilder out(builtins);
  const bool is_named = guard.entered_before() || set_of(object).size == 0 || !is_exact<Set>(object);
  if (is_named) {
    out.append(object.type->name);
    out.append('(');
  }
  if (guard.entered_before()) {
    out.append("...");
  } else if (set_of(object).size != 0) {
    const Ref<List> elements = list_from(object);
    out.append('{');
    detail::append_reprs(out, *elements);
    out.append('}');
  }
  if (is_named) out.append(')');
  return out.finish();
}

/// Bits of an element's hash, so spread that the exclusive or of several tells sets apart.
constexpr std::uint64_t spread(std::uint64_t hash) noexcept { return ((hash ^ 89869747ULL) ^ (hash << 16)) * 3644798167ULL; }

/// CPython's hash of a frozenset: the order of the elements does not matter. What CPython's stored hashes say is asked of
/// the elements again, once.
std::int64_t compute_hash(const FrozenSet& set) {
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < set.used; ++i) {
    if (set.keys[i] == nullptr) continue;
    const Ref<> element = share(*set.keys[i]);
    sum ^= spread(static_cast<std::uint64_t>(hash(*element)));
  }
  sum ^= (std::uint64_t{set.size} + 1) * 1927868237ULL;
  sum ^= (sum >> 11) ^ (sum >> 25);
  sum = sum * 69069ULL + 907133923ULL;
  return sum == ~std::uint64_t{0} ? 590923713 : static_cast<std::int64_t>(sum);
}

std::int64_t hash_slot(Object& object) {
  auto& set = static_cast<FrozenSet&>(object);
  if (set.hash == FrozenSet::kNoHash) set.hash = compute_hash(set);
  return set.hash;
}

/// True if the hashes that are known tell two sets apart.
bool differ_by_hash(const AnySet& left, const AnySet& right) noexcept {
  if (!is<FrozenSet>(left) || !is<FrozenSet>(right)) return false;
  const std::int64_t mine = static_cast<const FrozenSet&>(left).hash;
  const std::int64_t other = static_cast<const FrozenSet&>(right).hash;
  return mine != FrozenSet::kNoHash && other != FrozenSet::kNoHash && mine != other;
}

bool equal_sets(const AnySet& left, AnySet& right) {
  return left.size == right.size && !differ_by_hash(left, right) && is_subset(left, right);
}

Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (!is_any_set(left) || !is_any_set(right)) return Answer::kNotImplemented;
  AnySet& mine = set_of(left);
  AnySet& other = set_of(right);
  switch (op) {
    case Comparison::kEqual:
      return detail::answer(equal_sets(mine, other));
    case Comparison::kNotEqual:
      return detail::answer(!equal_sets(mine, other));
    case Comparison::kLess:
      return detail::answer(mine.size < other.size && is_subset(mine, other));
    case Comparison::kLessEqual:
      return detail::answer(is_subset(mine, other));
    case Comparison::kGreater:
      return detail::answer(mine.size > other.size && is_superset(mine, other));
    case Comparison::kGreaterEqual:
      break;
  }
  return detail::answer(is_superset(mine, other));
}

// ---- Operators ----

/// An operator takes sets only; methods take anything.
template <Ref<AnySet> (*kOperation)(const AnySet&, Object&)>
Ref<> operator_slot(Object& left, Object& right) {
  if (!is_any_set(left) || !is_any_set(right)) return {};
  return kOperation(set_of(left), right);
}

constexpr NumberSlots kNumber{
    .subtract = operator_slot<difference_of>,
    .bit_and = operator_slot<intersection_of>,
    .bit_or = operator_slot<union_of>,
    .bit_xor = operator_slot<symmetric_difference_of>,
};

Ref<> iterate_slot(Object& object) { return make_set_iterator(set_of(object)); }
std::size_t length_slot(const Object& object) { return set_of(object).size; }
bool contains_slot(Object& object, Object& element) { return contains(set_of(object), element); }

constexpr SequenceSlots kSequence{.length = length_slot, .contains = contains_slot};

// ---- Calling the types ----

/// The one argument, or null. Errors name the class that was called.
Object* iterable_of(const Type& type, Parameters parameters, const Arguments& arguments) {
  if (arguments.keyword_names.empty()) parameters.name = type.name;
  return PlacedArguments<1>(parameters, arguments)[0];
}

Ref<> construct_set(Type& type, const Arguments&) { return detail::make_empty_set(type); }

constexpr Parameters kSetParameters = parameters("set(iterable=(), /)");

void initialise_set(Object& object, const Arguments& arguments) {
  Object* const iterable = iterable_of(*object.type, kSetParameters, arguments);
  const Ref<> held[] = {share(object), Ref<>::share(iterable)};
  static_cast<Set&>(object).clear();
  if (iterable != nullptr) static_cast<Set&>(object).update(*iterable);
}

constexpr Parameters kFrozenSetParameters = parameters("frozenset(iterable=(), /)");

Ref<> construct_frozenset(Type& type, const Arguments& arguments) {
  const Arguments given = detail::without_keywords_of_init(type, detail::kFrozenSetSlots, arguments);
  return detail::make_set_of(type, iterable_of(type, kFrozenSetParameters, given));
}

// ---- Messages ----

/// True for an element that is hashed and compared without running code of a class.
bool is_plain(const Object& element) noexcept {
  if (element.type->has(kClassType) || kind_of(element) == Kind::kNative) return false;
  if (const Tuple* const tuple = as<Tuple>(element))
    return std::ranges::all_of(tuple->view(), [](const Object* item) { return is_plain(*item); });
  if (!is_any_set(element)) return !element.type->has(kContainerType);
  for (const Object& inner : set_of(element))
    if (!is_plain(inner)) return false;
  return true;
}

void note_slot(const Object& object, MessageNode& node, StateWriter&) { node.count = set_of(object).size; }

void write_slot(const Object& object, MessageNode& node, StateWriter& to) {
  for (const Object& element : set_of(object)) {
    node.late = node.late || !is_plain(element);
    to.reference(&element);
  }
}

void read_elements(AnySet& set, const MessageNode& node, StateReader& from, bool adds) {
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const Ref<> element = from.reference();
    if (!adds) continue;
    detail::HeldElement held(set, *element);
    static_cast<void>(detail::add_element(set, detail::hash_element(*element, held), *element, held));
  }
}

Ref<AnySet> make_room_in_copy(Type& type, const MessageNode& node) {
  Ref<AnySet> made = detail::make_empty_set(type);
  detail::reserve_elements(*made, node.count);
  return made;
}

constexpr CopySlots kSetCopy{
    .note = note_slot,
    .write = write_slot,
    .make = [](Type& type, const MessageNode& node, StateReader&) -> Ref<> { return make_room_in_copy(type, node); },
    .read = [](Object& object, const MessageNode& node,
               StateReader& from) { read_elements(set_of(object), node, from, true); },
};

/// Elements whose code must run to hash them come in when everything else is made.
constexpr CopySlots kFrozenSetCopy{
    .note = note_slot,
    .write = write_slot,
    .make = [](Type& type, const MessageNode& node, StateReader& from) -> Ref<> {
      Ref<AnySet> made = make_room_in_copy(type, node);
      read_elements(*made, node, from, !node.late);
      return made;
    },
    .read = [](Object& object, const MessageNode& node,
               StateReader& from) { read_elements(set_of(object), node, from, node.late); },
    .made_from_others = true,
};

}  // namespace

constinit const TypeSlots detail::kSetSlots{
    .name = "set",
    .kind = Kind::kSet,
    .flags = kContainerType | kWeakableType | kBaseType,
    .size = sizeof(Set),
    .edges = AnySet::kEdges,
    .doc =
        "set() -> new empty set object\nset(iterable) -> new set object\n\nBuild an unordered collection of unique "
        "elements.",
    .dismantle = detail::dismantle_as<Set, release_slot>,
    .release = release_slot,
    .clear = clear_slot,
    .edge_name = edge_name_slot,
    .repr = repr_slot,
    .compare = compare_slot,
    .iterate = iterate_slot,
    .number = &kNumber,
    .sequence = &kSequence,
    .construct = construct_set,
    .initialise = initialise_set,
    .attributes = &detail::kSetAttributes,
    .copy = &kSetCopy,
    .short_text = short_text_slot,
};

constinit const TypeSlots detail::kFrozenSetSlots{
    .name = "frozenset",
    .kind = Kind::kFrozenSet,
    .flags = kContainerType | kWeakableType | kBaseType,
    .size = sizeof(FrozenSet),
    .edges = AnySet::kEdges,
    .doc =
        "frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\nBuild an immutable unordered "
        "collection of unique elements.",
    .dismantle = detail::dismantle_as<FrozenSet, release_slot>,
    .release = release_slot,
    .clear = clear_slot,
    .edge_name = edge_name_slot,
    .repr = repr_slot,
    .hash = hash_slot,
    .compare = compare_slot,
    .iterate = iterate_slot,
    .number = &kNumber,
    .sequence = &kSequence,
    .construct = construct_frozenset,
    .attributes = &detail::kFrozenSetAttributes,
    .copy = &kFrozenSetCopy,
    .short_text = short_text_slot,
};

}  // namespace ouro
