// The mapping of the immortal objects: filled when a runtime begins, emptied when it ends, used again by the next.
#include <ouro/allocator/space/os_memory.h>
#include <ouro/base/bits.h>
#include <ouro/base/error.h>
#include <ouro/base/error_kinds.h>
#include <ouro/objects/containers/tuple_layout.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/text/detail/keyed_hash.h>
#include <ouro/objects/text/detail/utf8.h>

#include <algorithm>
#include <cstring>
#include <iterator>
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
  /// What the places for types from outside have described so far: a place serves one description for ever, so that what
  /// hangs from it stays right.
  std::array<const TypeSlots*, kOutsideTypes> described;
  /// The places of the types of errors that the runtime has, in the order in which it asked for them.
  std::array<std::uint8_t, kErrorKinds + kAddedErrors> errors_in_use;
  std::uint8_t error_count;
  Mapping* next;
};

/// Where the types of errors and the descriptors begin, and the bytes of all.
constexpr std::size_t kErrorPlaces = kErrorKinds + kAddedErrors;
constexpr std::size_t kErrorsAt = align_up(sizeof(Mapping), std::size_t{4096});
constexpr std::size_t kDescriptorsAt = align_up(kErrorsAt + kErrorPlaces * sizeof(ErrorTypePlace), std::size_t{4096});
constexpr std::size_t kDescribedTypes = kBuiltinTypes + kOutsideTypes + kErrorPlaces;
constexpr std::size_t kMappingBytes = kDescriptorsAt + kDescribedTypes * detail::kDescriptorsPerType * sizeof(Descriptor);
static_assert(kErrorPlaces <= 256);

/// Zero but where something was made.
ErrorTypePlace* error_places(Immortals& immortals) noexcept {
  return reinterpret_cast<ErrorTypePlace*>(reinterpret_cast<std::byte*>(static_cast<Mapping*>(&immortals)) + kErrorsAt);
}

/// The number of the place whose type it is; kErrorPlaces if it is none of a type of errors.
std::size_t error_number(Immortals& immortals, const Type& type) noexcept {
  const auto* const first = reinterpret_cast<const std::byte*>(&error_places(immortals)->type);
  const auto offset = static_cast<std::size_t>(reinterpret_cast<const std::byte*>(&type) - first);
  return offset < kErrorPlaces * sizeof(ErrorTypePlace) ? offset / sizeof(ErrorTypePlace) : kErrorPlaces;
}

constinit std::mutex parking_mutex;
constinit Mapping* parked = nullptr;
constinit std::size_t mapping_count = 0;

// clang-format off
#define OURO_SLOTS(name) &detail::k##name##Slots,
#define OURO_NO_SLOTS(name)
constexpr const TypeSlots* kSlotTables[] = {
    OURO_BUILTIN_TYPES(OURO_SLOTS, OURO_NO_SLOTS)
    OURO_BUILTIN_TYPES(OURO_NO_SLOTS, OURO_SLOTS)
};
#undef OURO_SLOTS
#undef OURO_NO_SLOTS
// clang-format on
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
  make_header(immortals.ellipsis, immortals.type(Kind::kEllipsis));
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

void describe(Immortals& immortals, Type& type, const TypeSlots& slots, Heap& heap) noexcept {
  const bool is_root = &slots == &detail::kObjectSlots;
  type.describe(slots, heap, is_root ? nullptr : &immortals.type(slots.base != nullptr ? slots.base->kind : Kind::kObject));
  type.made = type.freed = type.finalized = 0;
}

/// Everything that differs from one runtime to the next.
void move_in(Immortals& immortals, Heap& heap, const HashKey& key) noexcept {
  for (std::size_t i = 0; i < kBuiltinTypes; ++i) {
    describe(immortals, immortals.types[i], *kSlotTables[i], heap);
    OURO_ASSERT_INTERNAL(i >= kKindTypes || static_cast<std::size_t>(kSlotTables[i]->kind) == i, "kind-of-slots");
  }
  immortals.outside.fill(0);
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
  alloc::Reservation pages = alloc::Reservation::reserve(kMappingBytes);
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

Type& add_outside_type(Immortals& immortals, Heap& heap, const TypeSlots& slots) {
  const std::size_t number = static_cast<std::size_t>(slots.kind) - static_cast<std::size_t>(Kind::kCount);
  if (number >= kOutsideTypes) raise(ErrorKind::kValueError, "the type does not say a kind from outside");
  if (immortals.outside[number] != 0) raise(ErrorKind::kValueError, "another type of the runtime has the kind of this one");
  auto& described = static_cast<Mapping&>(immortals).described;
  const auto is_place = [&](const TypeSlots* other) { return other == &slots || other == nullptr; };
  const auto place = std::find_if(described.begin(), described.end(), is_place);
  if (place == described.end()) raise_out_of_memory();
  *place = &slots;
  const auto index = static_cast<std::size_t>(place - described.begin());
  Type& type = immortals.types[kBuiltinTypes + index];
  describe(immortals, type, slots, heap);
  immortals.outside[number] = static_cast<std::uint8_t>(index + 1);
  return type;
}

ErrorTypePlace* error_type_place(Immortals& immortals, const ErrorType& error) noexcept {
  ErrorTypePlace* const places = error_places(immortals);
  const bool is_own = &error == &error_type(error.kind);
  if (is_own) return &places[static_cast<std::size_t>(error.kind)];
  ErrorTypePlace* const added = places + kErrorKinds;
  const auto is_place = [&](const ErrorTypePlace& place) { return place.error == &error || place.error == nullptr; };
  ErrorTypePlace* const found = std::find_if(added, added + kAddedErrors, is_place);
  return found != added + kAddedErrors ? found : nullptr;
}

void use_error_type(Immortals& immortals, const ErrorTypePlace& place) noexcept {
  auto& mapping = static_cast<Mapping&>(immortals);
  mapping.errors_in_use[mapping.error_count++] = static_cast<std::uint8_t>(&place - error_places(immortals));
}

const ErrorType* error_type_of(const Type& type) noexcept {
  if (type.kind != Kind::kBaseException || type.has(kClassType)) return nullptr;
  Immortals& immortals = *type.heap->builtins->immortals;
  const std::size_t number = error_number(immortals, type);
  return number < kErrorPlaces ? error_places(immortals)[number].error : &error_type(ErrorKind::kBaseException);
}

const Type* detail::error_type_in_use(Immortals& immortals, std::size_t number) noexcept {
  const auto& mapping = static_cast<Mapping&>(immortals);
  return number < mapping.error_count ? &error_places(immortals)[mapping.errors_in_use[number]].type : nullptr;
}

Descriptor* descriptors_of(const Type& type) noexcept {
  Immortals& immortals = *type.heap->builtins->immortals;
  const std::size_t number = error_number(immortals, type);
  const std::size_t place = number < kErrorPlaces ? kBuiltinTypes + kOutsideTypes + number
                                                  : static_cast<std::size_t>(&type - immortals.types.data());
  std::byte* const first = reinterpret_cast<std::byte*>(static_cast<Mapping*>(&immortals)) + kDescriptorsAt;
  return reinterpret_cast<Descriptor*>(first) + place * detail::kDescriptorsPerType;
}

void park_immortals(Immortals& immortals) noexcept {
  const auto empty = [](const Type& emptied) {
    auto& type = const_cast<Type&>(emptied);
    type.slots = nullptr;
    type.heap = nullptr;
    type.base = nullptr;
  };
  for_each_immortal_type(immortals, empty);
  auto& mapping = static_cast<Mapping&>(immortals);
  mapping.error_count = 0;
  const std::lock_guard guard(parking_mutex);
  mapping.next = std::exchange(parked, &mapping);
}

std::size_t immortal_mappings() noexcept {
  const std::lock_guard guard(parking_mutex);
  return mapping_count;
}

}  // namespace ouro
