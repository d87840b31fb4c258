#include <ouro/objects/detail/dict_keys.h>
#include <ouro/objects/detail/dict_table.h>
#include <ouro/objects/detail/may_be_tracked.h>
#include <ouro/objects/dict.h>
#include <ouro/objects/intern.h>
#include <ouro/objects/iterator.h>

#include <fmt/format.h>

namespace ouro {

namespace {

using detail::kAbsent;

[[noreturn, gnu::cold]] void refuse_missing(Object& key) {
  const Ref<Str> shown = repr(key);
  raise(ErrorKind::kKeyError, text(*shown));
}

/// Law dict-late.
inline void watch_for(Dict& dict, const Object& stored) noexcept {
  Heap& heap = heap_of(dict);
  if (detail::may_be_tracked(heap, stored)) heap.tracking.track(dict);
}

inline void insert(Dict& dict, std::uint32_t hash, Object& key, Object& value) {
  expect_one_runtime(dict, key);
  expect_one_runtime(dict, value);
  if (dict.used == dict.capacity && !detail::make_room_for_pair(dict)) raise_out_of_memory();
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

std::uint32_t find_pair_of(const Dict& dict, Object& key) { return detail::find_key(dict, detail::hash_key(key), key); }

}  // namespace

detail::Verdict detail::compare_keys(const Dict& dict, Object& present, Object& wanted) {
  const Ref<> held = share(present);
  const std::uint32_t version = dict.version;
  const bool same = equal(present, wanted);
  if (dict.version != version) return Verdict::kTableChanged;
  return same ? Verdict::kSame : Verdict::kOther;
}

void DictCursor::changed() { raise(ErrorKind::kRuntimeError, "dictionary changed size during iteration"); }

Object* Dict::find(Object& key) const {
  heap_of(*this).assert_locked("dict.get");
  const std::uint32_t pair = find_pair_of(*this, key);
  return pair == kAbsent ? nullptr : pairs[pair].value;
}

Object* Dict::find(std::string_view key) const noexcept {
  heap_of(*this).assert_locked("dict.get");
  const std::uint32_t pair = detail::find_text(*this, detail::mix_hash(hash_text(builtins_of(*this), key)), key);
  return pair == kAbsent ? nullptr : pairs[pair].value;
}

Object& Dict::get(Object& key) const {
  Object* const value = find(key);
  if (value == nullptr) refuse_missing(key);
  return *value;
}

Object& Dict::get(std::string_view key) const {
  Object* const value = find(key);
  if (value == nullptr) refuse_missing(*make_str(builtins_of(*this), key));
  return *value;
}

void Dict::set(Object& key, Object& value) {
  heap_of(*this).assert_locked("dict.set");
  const std::uint32_t hash = detail::hash_key(key);
  const std::uint32_t pair = detail::find_key(*this, hash, key);
  pair == kAbsent ? insert(*this, hash, key, value) : replace(*this, pair, value);
}

void Dict::set(std::string_view key, Object& value) {
  heap_of(*this).assert_locked("dict.set");
  Builtins& builtins = builtins_of(*this);
  const std::uint32_t hash = detail::mix_hash(hash_text(builtins, key));
  const std::uint32_t pair = detail::find_text(*this, hash, key);
  if (pair != kAbsent) return replace(*this, pair, value);
  const Ref<Str> name = intern(builtins, key);
  insert(*this, hash, *name, value);
}

Object& Dict::set_default(Object& key, Object& value) {
  const std::uint32_t hash = detail::hash_key(key);
  const std::uint32_t pair = detail::find_key(*this, hash, key);
  if (pair != kAbsent) return *pairs[pair].value;
  insert(*this, hash, key, value);
  return value;
}

bool Dict::discard(Object& key) {
  heap_of(*this).assert_locked("dict.remove");
  const std::uint32_t pair = find_pair_of(*this, key);
  if (pair == kAbsent) return false;
  static_cast<void>(take_value(*this, pair));
  return true;
}

void Dict::remove(Object& key) {
  if (!discard(key)) refuse_missing(key);
}

Ref<> Dict::pop(Object& key) {
  const std::uint32_t pair = find_pair_of(*this, key);
  if (pair == kAbsent) refuse_missing(key);
  return take_value(*this, pair);
}

Ref<> Dict::pop(Object& key, Object& fallback) {
  const std::uint32_t pair = find_pair_of(*this, key);
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
  Ref<Dict> made = make_dict(builtins_of(*this));
  if (!detail::copy_pairs(*made, *this)) raise_out_of_memory();
  Heap& heap = heap_of(*this);
  if (heap.tracking.is_tracked(*this)) heap.tracking.track(*made);
  return made;
}

void Dict::reserve(std::size_t count) {
  if (!detail::reserve_pairs(*this, count)) raise_out_of_memory();
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

}  // namespace ouro
