// The behaviour of dict (CPython: Objects/dictobject.c).
#include <ouro/objects/containers/detail/dict_keys.h>
#include <ouro/objects/containers/detail/dict_parts.h>
#include <ouro/objects/containers/detail/sequence_text.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/core/detail/may_be_tracked.h>
#include <ouro/objects/core/detail/short_text.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/dismantle.h>

namespace ouro {

namespace {

Dict& dict_of(Object& object) noexcept { return static_cast<Dict&>(object); }
const Dict& dict_of(const Object& object) noexcept { return static_cast<const Dict&>(object); }

void release_slot(Object& object) noexcept {
  const Dict& dict = dict_of(object);
  detail::free_table(heap_of(object), dict.pairs, detail::shape_of(dict));
}

void clear_slot(Object& object) noexcept {
  if ((object.flags & Dict::kOfClassFlag) == 0) dict_of(object).clear();
}

bool may_untrack(const Object& object) noexcept {
  const Dict& dict = dict_of(object);
  const Heap& heap = heap_of(object);
  for (std::uint32_t i = 0; i < dict.used; ++i) {
    const DictPair& pair = dict.pairs[i];
    if (pair.key == nullptr) continue;
    if (detail::may_be_tracked(heap, *pair.key) || detail::may_be_tracked(heap, *pair.value)) return false;
  }
  return true;
}

std::string edge_name_slot(const Object& object, std::size_t number) {
  const std::string key = detail::short_text(*dict_of(object).pairs[number / 2].key);
  return number % 2 == 0 ? "(key " + key + ")" : "[" + key + "]";
}

Ref<> repr_slot(Object& object) {
  const Dict& dict = dict_of(object);
  Builtins& builtins = builtins_of(object);
  if (dict.size == 0) return make_str(builtins, "{}");
  const ReprGuard guard(object);
  if (guard.entered_before()) return make_str(builtins, "{...}");
  StrBuilder out(builtins);
  out.append('{');
  for (std::uint32_t i = 0; i < dict.used; ++i) {
    if (dict.pairs[i].key == nullptr) continue;
    const Ref<> key = share(*dict.pairs[i].key);
    const Ref<> value = share(*dict.pairs[i].value);
    if (out.size() > 1) out.append(", ");
    out.append(*repr(*key));
    out.append(": ");
    out.append(*repr(*value));
  }
  out.append('}');
  return out.finish();
}

/// Equal sizes, and every key of the left has an equal value on the right. The order of insertion does not matter.
bool equal_dicts(const Dict& left, const Dict& right) {
  if (left.size != right.size) return false;
  for (std::uint32_t i = 0; i < left.used; ++i) {
    if (left.pairs[i].key == nullptr) continue;
    const Ref<> key = share(*left.pairs[i].key);
    const Ref<> mine = share(*left.pairs[i].value);
    const std::uint32_t pair = detail::find_key(right, detail::hashes_of(left)[i], *key);
    if (pair == detail::kAbsent) return false;
    const Ref<> other = share(*right.pairs[pair].value);
    if (!same_or_equal(*mine, *other)) return false;
  }
  return true;
}

Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (!is<Dict>(left) || !is<Dict>(right)) return Answer::kNotImplemented;
  if (op != Comparison::kEqual && op != Comparison::kNotEqual) return Answer::kNotImplemented;
  return detail::answer(equal_dicts(dict_of(left), dict_of(right)) == (op == Comparison::kEqual));
}

Ref<> iterate_slot(Object& object) { return make_dict_iterator(dict_of(object), DictPart::kKeys); }
std::size_t length_slot(const Object& object) { return dict_of(object).size; }
bool contains_slot(Object& object, Object& key) { return dict_of(object).contains(key); }
Ref<> subscript_slot(Object& object, Object& key) { return detail::subscript(dict_of(object), key); }

void set_subscript_slot(Object& object, Object& key, Object* value) {
  Dict& dict = dict_of(object);
  value != nullptr ? dict.set(key, *value) : dict.remove(key);
}

/// `left | right`.
Ref<> merge_slot(Object& left, Object& right) {
  if (!is<Dict>(left) || !is<Dict>(right)) return {};
  Ref<Dict> merged = detail::copy_of(dict_of(left));
  merged->update(right);
  return merged;
}

constexpr NumberSlots kDictNumber{.bit_or = merge_slot};
constexpr SequenceSlots kDictSequence{.length = length_slot, .contains = contains_slot};
constexpr MappingSlots kDictMapping{
    .length = length_slot,
    .subscript = subscript_slot,
    .set_subscript = set_subscript_slot,
};

constexpr Parameters kDictParameters = parameters("dict(iterable=(), /)");

Ref<> construct_slot(Type& type, const Arguments&) { return make_dict_of(type); }

void initialise_slot(Object& object, const Arguments& arguments) {
  detail::update_from_call(dict_of(object), kDictParameters, arguments);
}

/// True for a key that is hashed and compared without running code of a class.
bool is_plain_key(const Object& key) noexcept { return !key.type->has(kContainerType) && !key.type->has(kClassType); }

constexpr CopySlots kDictCopy{
    .note = [](const Object& object, MessageNode& node, StateWriter&) { node.count = dict_of(object).size; },
    .write =
        [](const Object& object, MessageNode& node, StateWriter& to) {
          for (const auto [key, value] : dict_of(object)) {
            node.late = node.late || !is_plain_key(key);
            to.reference(&key);
            to.reference(&value);
          }
        },
    .make = [](Type& type, const MessageNode& node, StateReader&) -> Ref<> { return make_dict_of(type, node.count); },
    .read =
        [](Object& object, const MessageNode& node, StateReader& from) {
          for (std::uint32_t i = 0; i < node.count; ++i) {
            const Ref<> key = from.reference();
            dict_of(object).set(*key, *from.reference());
          }
        },
};

}  // namespace

bool detail::is_merged_directly(const Object& other) noexcept {
  return is<Dict>(other) && other.type->slots->iterate == iterate_slot;
}

const TypeSlots detail::kDictSlots{
    .name = "dict",
    .kind = Kind::kDict,
    .flags = kContainerType | kUntrackableInFullType | kBaseType,
    .size = sizeof(Dict),
    .edges = Dict::kEdges,
    .doc =
        "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's\n    (key, "
        "value) pairs\ndict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in iterable:\n"
        "        d[k] = v\ndict(**kwargs) -> new dictionary initialized with the name=value pairs\n    in the keyword "
        "argument "
        "list.  For example:  dict(one=1, two=2)",
    .dismantle = detail::dismantle_as<Dict, release_slot>,
    .release = release_slot,
    .clear = clear_slot,
    .may_untrack = may_untrack,
    .edge_name = edge_name_slot,
    .repr = repr_slot,
    .compare = compare_slot,
    .iterate = iterate_slot,
    .number = &kDictNumber,
    .sequence = &kDictSequence,
    .mapping = &kDictMapping,
    .construct = construct_slot,
    .initialise = initialise_slot,
    .attributes = &detail::kDictAttributes,
    .copy = &kDictCopy,
};

}  // namespace ouro
