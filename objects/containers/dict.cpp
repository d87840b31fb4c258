// What a dict does: finding, storing, removing, copying.
#include <ouro/objects/containers/detail/dict_keys.h>
#include <ouro/objects/containers/detail/dict_parts.h>
#include <ouro/objects/containers/detail/dict_table.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/detail/may_be_tracked.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

namespace ouro {

namespace {

using detail::HeldOperands;
using detail::kAbsent;

[[noreturn, gnu::cold]] void refuse_missing(Object& key) { raise(ErrorKind::kKeyError, shown_in_error(key)); }

/// Law dict-late.
inline void watch_for(Dict& dict, const Object& stored) noexcept {
  Heap& heap = heap_of(dict);
  if (detail::may_be_tracked(heap, stored)) heap.tracking.track(dict);
}

/// True if there is room for one more pair. False if a collection had to make some: that may have changed the dict. Once.
bool find_room(Dict& dict, HeldOperands& held, bool& collected) {
  if (dict.used < dict.capacity || detail::make_room_for_pair(dict)) return true;
  held.hold();
  const std::size_t needed = detail::shape_for(std::size_t{dict.capacity} + 1).bytes();
  if (std::exchange(collected, true) || !heap_of(dict).make_room(needed)) raise_out_of_memory();
  return false;
}

/// Requires room.
inline void insert(Dict& dict, std::uint32_t hash, Object& key, Object& value) {
  expect_one_runtime(dict, key);
  expect_one_runtime(dict, value);
  increment(key);
  increment(value);
  detail::append_pair(dict, hash, {&key, &value});
  watch_for(dict, key);
  watch_for(dict, value);
}

void replace(Dict& dict, std::uint32_t pair, Object& value) noexcept {
  expect_one_runtime(dict, value);
  increment(value);
  Object* const old = std::exchange(dict.pairs[pair].value, &value);
  watch_for(dict, value);
  decrement(*old);
}

/// The value of a pair that is taken out; its key is dropped.
Ref<> take_value(Dict& dict, std::uint32_t pair) noexcept {
  const DictPair removed = detail::remove_pair(dict, pair);
  Ref<> value = Ref<>::adopt(removed.value);
  decrement(*removed.key);
  return value;
}

/// The pair that `key` has, or kAbsent after it was added with `value`.
std::uint32_t find_or_add(Dict& dict, Object& key, Object& value, HeldOperands& held) {
  const std::uint32_t hash = detail::hash_key(key, held);
  for (bool collected = false;;) {
    const std::uint32_t pair = detail::find_key(dict, hash, key, held);
    if (pair != kAbsent) return pair;
    if (find_room(dict, held, collected)) break;
  }
  insert(dict, hash, key, value);
  return kAbsent;
}

std::uint32_t find_pair_of(const Dict& dict, Object& key, HeldOperands& held) {
  return detail::find_key(dict, detail::hash_key(key, held), key, held);
}

}  // namespace

void detail::HeldOperands::hold() noexcept {
  if (held_) return;
  held_ = true;
  increment(const_cast<Dict&>(dict_));
  increment(key_);
  if (value_ != nullptr) increment(*value_);
}

void detail::HeldOperands::release() noexcept {
  decrement(key_);
  if (value_ != nullptr) decrement(*value_);
  decrement(const_cast<Dict&>(dict_));
}

detail::Verdict detail::compare_keys(const Dict& dict, std::uint32_t pair, Object& wanted) {
  const Ref<> present = share(*dict.pairs[pair].key);
  const DictPair* const pairs = dict.pairs;
  const TableShape shape = shape_of(dict);
  const std::uint32_t version = dict.version;
  const bool same = equal(*present, wanted);
  // Law search-ends. The version alone could have come round to the same number; with the same buffer, a search at least
  // reads what is there.
  const bool stands = dict.version == version && dict.pairs == pairs && shape_of(dict) == shape && pair < dict.used &&
                      dict.pairs[pair].key == present.get();
  if (!stands) return Verdict::kTableChanged;
  return same ? Verdict::kSame : Verdict::kOther;
}

Ref<> detail::take(Dict& dict, Object& key) {
  if (dict.size == 0) return {};
  HeldOperands held(dict, key);
  const std::uint32_t pair = find_pair_of(dict, key, held);
  return pair == kAbsent ? Ref<>() : take_value(dict, pair);
}

void detail::copy_entries(Dict& dict, const Dict& source) {
  Heap& heap = heap_of(dict);
  if (!copy_pairs(dict, source)) {
    const bool collected = heap.make_room(shape_for(source.size).bytes());  // may have changed both
    if (!collected || dict.used != 0 || !copy_pairs(dict, source)) raise_out_of_memory();
  }
  if (heap.tracking.is_tracked(source)) heap.tracking.track(dict);
}

void DictCursor::changed() { raise(ErrorKind::kRuntimeError, "dictionary changed size during iteration"); }

namespace {

// Where nothing is known of the key's hash, or the search does not end where it begins.
[[gnu::noinline]] Object* find_in_full(const Dict& dict, Object& key) {
  if (const std::optional<std::uint32_t> hash = detail::known_hash(key)) {
    bool is_open = false;
    const std::uint32_t pair = detail::find_known(dict, *hash, key, is_open);
    if (!is_open) return pair == kAbsent ? nullptr : dict.pairs[pair].value;
  }
  HeldOperands held(dict, key);
  const std::uint32_t pair = find_pair_of(dict, key, held);
  return pair == kAbsent ? nullptr : dict.pairs[pair].value;
}

}  // namespace

Object* Dict::find(Object& key) const {
  heap_of(*this).assert_locked("dict.get");
  if (const std::optional<std::uint32_t> hash = detail::known_hash(key)) {
    const std::uint32_t pair = detail::find_near(*this, *hash, &key);
    if (pair != detail::kFurther) return pair == kAbsent ? nullptr : pairs[pair].value;
  }
  return find_in_full(*this, key);
}

Object* Dict::find(std::string_view key) const noexcept {
  heap_of(*this).assert_locked("dict.get");
  const std::uint32_t pair = detail::find_text(*this, detail::fold_hash(hash_text(builtins_of(*this), key)), key);
  return pair == kAbsent ? nullptr : pairs[pair].value;
}

Object& Dict::get(Object& key) const {
  heap_of(*this).assert_locked("dict.get");
  HeldOperands held(*this, key);
  const std::uint32_t pair = find_pair_of(*this, key, held);
  if (pair == kAbsent) refuse_missing(key);
  return *pairs[pair].value;
}

Object& Dict::get(std::string_view key) const {
  Object* const value = find(key);
  if (value == nullptr) refuse_missing(*make_str(builtins_of(*this), key));
  return *value;
}

void Dict::set(Object& key, Object& value) {
  heap_of(*this).assert_locked("dict.set");
  HeldOperands held(*this, key, &value);
  const std::uint32_t pair = find_or_add(*this, key, value, held);
  if (pair != kAbsent) replace(*this, pair, value);
}

void Dict::set(std::string_view key, Object& value) {
  heap_of(*this).assert_locked("dict.set");
  Builtins& builtins = builtins_of(*this);
  const std::uint32_t hash = detail::fold_hash(hash_text(builtins, key));
  const std::uint32_t pair = detail::find_text(*this, hash, key);
  if (pair != kAbsent) return replace(*this, pair, value);
  const Ref<Str> name = intern(builtins, key);
  HeldOperands held(*this, *name, &value);
  bool collected = false;
  if (find_room(*this, held, collected)) return insert(*this, hash, *name, value);
  set(*name, value);  // a finalizer may have set the same key
}

Object& Dict::set_default(Object& key, Object& value) {
  HeldOperands held(*this, key, &value);
  const std::uint32_t pair = find_or_add(*this, key, value, held);
  return pair == kAbsent ? value : *pairs[pair].value;
}

bool Dict::discard(Object& key) {
  heap_of(*this).assert_locked("dict.remove");
  HeldOperands held(*this, key);
  const std::uint32_t pair = find_pair_of(*this, key, held);
  if (pair == kAbsent) return false;
  static_cast<void>(take_value(*this, pair));
  return true;
}

void Dict::remove(Object& key) {
  heap_of(*this).assert_locked("dict.remove");
  HeldOperands held(*this, key);
  const std::uint32_t pair = find_pair_of(*this, key, held);
  if (pair == kAbsent) refuse_missing(key);
  static_cast<void>(take_value(*this, pair));
}

Ref<> Dict::pop(Object& key) {
  if (size == 0) refuse_missing(key);
  HeldOperands held(*this, key);
  const std::uint32_t pair = find_pair_of(*this, key, held);
  if (pair == kAbsent) refuse_missing(key);
  return take_value(*this, pair);
}

Ref<> Dict::pop(Object& key, Object& fallback) {
  if (size == 0) return share(fallback);
  HeldOperands held(*this, key, &fallback);
  const std::uint32_t pair = find_pair_of(*this, key, held);
  return pair == kAbsent ? share(fallback) : take_value(*this, pair);
}

std::pair<Ref<>, Ref<>> Dict::pop_item() {
  if (size == 0) raise(ErrorKind::kKeyError, "'popitem(): dictionary is empty'");
  // The last pair is never a deleted one: remove_pair forgets those.
  const DictPair last = detail::remove_pair(*this, used - 1);
  return {Ref<>::adopt(last.key), Ref<>::adopt(last.value)};
}

void Dict::clear() noexcept { const detail::TakenTable dropped(*this); }

Ref<Dict> Dict::copy() const {
  const Ref<Dict> held = share(const_cast<Dict&>(*this));  // making a dict may collect
  Ref<Dict> made = make_dict(builtins_of(*this));
  detail::copy_entries(*made, *this);
  return made;
}

void Dict::reserve(std::size_t count) {
  if (detail::reserve_pairs(*this, count)) return;
  const Ref<Dict> held = share(*this);  // making room may collect
  const bool collected = heap_of(*this).make_room(detail::shape_for(count).bytes());
  if (!collected || !detail::reserve_pairs(*this, count)) raise_out_of_memory();
}

Ref<DictView> Dict::keys() { return make_dict_view(*this, DictPart::kKeys); }
Ref<DictView> Dict::values() { return make_dict_view(*this, DictPart::kValues); }
Ref<DictView> Dict::items() { return make_dict_view(*this, DictPart::kItems); }

Ref<Dict> make_dict(Builtins& builtins, std::size_t room) {
  Ref<Dict> dict = make<Dict, Birth::kUntracked>(builtins.immortals->type(Kind::kDict), sizeof(Dict),
                                                 [](Dict& made) noexcept { detail::make_empty(made); });
  if (room != 0) dict->reserve(room);
  return dict;
}

Ref<Dict> make_dict_of(Type& type, std::size_t room) {
  if (!type.has(kClassType)) return make_dict(*type.heap->builtins, room);
  return detail::make_derived<Dict>(type, sizeof(Dict), [](Dict& made) noexcept { detail::make_empty(made); });
}

}  // namespace ouro
