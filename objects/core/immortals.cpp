#include <ouro/allocator/space/os_memory.h>
#include <ouro/base/error.h>
#include <ouro/objects/containers/tuple_layout.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/text/detail/keyed_hash.h>
#include <ouro/objects/text/detail/utf8.h>

#include <cstring>
#include <mutex>
#include <new>
#include <string_view>
#include <utility>

namespace ouro {

namespace {

static_assert(sizeof(Tuple) <= Immortals::kEmptyTupleBytes);

/// The objects and, behind them, the pages they lie in.
struct Mapping : Immortals {
  alloc::Reservation pages;
  Mapping* next;
};

constinit std::mutex parking_mutex;
constinit Mapping* parked = nullptr;
constinit std::size_t mapping_count = 0;

constexpr const TypeSlots* kSlotTables[] = {
    &detail::kObjectSlots,
    &detail::kTypeSlots,
    &detail::kNoneSlots,
    &detail::kNotImplementedSlots,
    &detail::kBoolSlots,
    &detail::kIntSlots,
    &detail::kFloatSlots,
    &detail::kStrSlots,
    &detail::kTupleSlots,
    &detail::kListSlots,
    &detail::kDictSlots,
    &detail::kSequenceIteratorSlots,
    &detail::kDictIteratorSlots,
    &detail::kDictViewSlots,
    &detail::kFunctionSlots,
    &detail::kMethodSlots,
    &detail::kWeakRefSlots,
    &detail::kWeakKeysSlots,
    &detail::kWeakValuesSlots,
    &detail::kFinalizeSlots,
    // the variants
    &detail::kListIteratorSlots,
    &detail::kTupleIteratorSlots,
    &detail::kStrIteratorSlots,
    &detail::kAsciiIteratorSlots,
    &detail::kDictValueIteratorSlots,
    &detail::kDictItemIteratorSlots,
    &detail::kDictValuesSlots,
    &detail::kDictItemsSlots,
};
static_assert(std::size(kSlotTables) == kBuiltinTypes);

void make_header(Object& object, Type& type, std::uint32_t flags = 0) noexcept {
  object.refcount = kImmortalCount;
  object.flags = flags;
  object.type = &type;
}

void make_short_str(ShortStr& made, Type& type, std::string_view text) noexcept {
  make_header(made.str, type, Str::kInternedFlag);
  std::memcpy(made.str.data(), text.data(), text.size());
  made.str.bytes = static_cast<std::uint32_t>(text.size());
  made.str.code_points = text.empty() ? 0 : 1;
}

/// Everything that is the same for all runtimes. All of it is zero before.
void make_objects(Immortals& immortals) noexcept {
  for (Type& type : immortals.types) make_header(type, immortals.type(Kind::kType));
  make_header(immortals.none, immortals.type(Kind::kNone));
  make_header(immortals.not_implemented, immortals.type(Kind::kNotImplemented));
  for (std::size_t i = 0; i < 2; ++i) {
    make_header(immortals.booleans[i], immortals.type(Kind::kBool));
    immortals.booleans[i].value = static_cast<std::int64_t>(i);
  }
  for (std::int64_t value = kSmallIntFirst; value <= kSmallIntLast; ++value) {
    make_header(immortals.small_int(value), immortals.type(Kind::kInt));
    immortals.small_int(value).value = value;
  }
  make_short_str(immortals.empty_str, immortals.type(Kind::kStr), "");
  for (char32_t c = 0; c < immortals.characters.size(); ++c) {
    char utf8[4];
    make_short_str(immortals.characters[c], immortals.type(Kind::kStr), {utf8, detail::encode_code_point(c, utf8)});
  }
  make_header(*reinterpret_cast<Object*>(immortals.empty_tuple.data()), immortals.type(Kind::kTuple));
}

/// Everything that differs from one runtime to the next.
void move_in(Immortals& immortals, Heap& heap, const HashKey& key) noexcept {
  Type& object = immortals.type(Kind::kObject);
  for (std::size_t i = 0; i < kBuiltinTypes; ++i) {
    Type& type = immortals.types[i];
    Type* const base = i == 0 ? nullptr : static_cast<Kind>(i) == Kind::kBool ? &immortals.type(Kind::kInt) : &object;
    type.describe(*kSlotTables[i], heap, base);
    type.made = type.freed = type.finalized = 0;
    OURO_ASSERT_INTERNAL(i >= kKindTypes || static_cast<std::size_t>(type.kind) == i, "kind-of-slots");
  }
  const detail::HashKey hash_key{key.first, key.second};
  immortals.empty_str.str.cached_hash = 0;
  for (ShortStr& character : immortals.characters)
    character.str.cached_hash = detail::hash_bytes(hash_key, {character.str.data(), character.str.bytes});
}

Mapping* take_parked() noexcept {
  const std::lock_guard guard(parking_mutex);
  if (parked == nullptr) return nullptr;
  return std::exchange(parked, parked->next);
}

Mapping& new_mapping() {
  alloc::Reservation pages = alloc::Reservation::reserve(sizeof(Mapping));
  if (!pages) raise_out_of_memory();
  std::byte* const base = pages.base();
  auto* const mapping = ::new (base) Mapping{};
  mapping->pages = std::move(pages);
  make_objects(*mapping);
  const std::lock_guard guard(parking_mutex);
  ++mapping_count;
  return *mapping;
}

}  // namespace

Immortals& take_immortals(Heap& heap, const HashKey& key) {
  Mapping* const reused = take_parked();
  Immortals& immortals = reused != nullptr ? *reused : new_mapping();
  move_in(immortals, heap, key);
  return immortals;
}

void park_immortals(Immortals& immortals) noexcept {
  for (Type& type : immortals.types) {
    type.slots = nullptr;
    type.heap = nullptr;
    type.base = nullptr;
  }
  auto& mapping = static_cast<Mapping&>(immortals);
  const std::lock_guard guard(parking_mutex);
  mapping.next = std::exchange(parked, &mapping);
}

std::size_t immortal_mappings() noexcept {
  const std::lock_guard guard(parking_mutex);
  return mapping_count;
}

}  // namespace ouro
