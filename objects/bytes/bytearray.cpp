// How a bytearray is made, grows and changes (CPython: Objects/bytearrayobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/new_bytes.h>
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/core/detail/make_derived.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

namespace ouro {

namespace {

/// Where the bytes of an empty bytearray lie that has no block. Never written to.
constexpr char kNoBytes = '\0';
char* no_bytes() noexcept { return const_cast<char*>(&kNoBytes); }

/// CPython's over-allocation: an eighth more than needed. What grows by more than that gets what it asked for.
std::size_t room_for(std::size_t size, std::size_t room) noexcept {
  if (8 * size > 9 * room) return size + 1;
  return size + (size >> 3) + (size < 9 ? 3 : 6);
}

/// The first `kept` bytes in a block of `room`, at its front. Where they begin with their block, a large one moves pages in
/// place of copying them. False, and nothing changed, if there is no memory.
bool set_room(ByteArray& array, std::size_t room, std::size_t kept) noexcept {
  if (room > Bytes::kMaxSize) return false;
  alloc::Allocator& memory = heap_of(array).memory;
  const bool is_at_front = array.room != 0 && array.first == array.block;
  void* const block = is_at_front ? memory.reallocate_buffer(array.block, array.room, room) : memory.allocate_buffer(room);
  if (block == nullptr) return false;
  if (!is_at_front) {
    std::memcpy(block, array.first, kept);
    if (array.room != 0) memory.free_buffer(array.block, array.room);
  }
  array.block = array.first = static_cast<char*>(block);
  array.room = room;
  return true;
}

/// Gives back room that so few bytes no longer need. Without memory for a smaller block the room stays.
void shrink(ByteArray& array) noexcept {
  if (array.size < array.room / 2) static_cast<void>(set_room(array, array.size + 1, array.size));
}

std::size_t resolve_index(const ByteArray& array, std::int64_t index, const char* complaint) {
  const std::int64_t at = detail::from_front(index, array.size);
  if (!detail::is_position(at, array.size)) raise(ErrorKind::kIndexError, complaint);
  return static_cast<std::size_t>(at);
}

}  // namespace

namespace detail {

char* new_byte_block(Heap& heap, std::size_t room) {
  void* const block = room <= Bytes::kMaxSize ? heap.memory.allocate_buffer(room) : nullptr;
  if (block == nullptr) raise_out_of_memory();
  return static_cast<char*>(block);
}

Ref<ByteArray> adopt_byte_block(Type& type, char* block, std::size_t room, std::size_t size) {
  const auto build = [&](ByteArray& made) noexcept {
    made.flags |= kStorageFlag;
    made.block = block;
    made.room = room;
    made.first = block != nullptr ? block : no_bytes();
    made.size = size;
    made.exports = 0;
  };
  try {
    if (type.has(kClassType)) return make_derived<ByteArray>(type, sizeof(ByteArray), build);
    return make<ByteArray>(type, sizeof(ByteArray), build);
  } catch (...) {
    if (block != nullptr) type.heap->memory.free_buffer(block, room);
    throw;
  }
}

}  // namespace detail

Ref<ByteArray> make_bytearray(Builtins& builtins, std::string_view bytes) {
  return detail::copy_like<ByteArray>(builtins, bytes);
}

// ---- Size ----

void ByteArray::expect_no_exports() const {
  if (exports != 0) raise(ErrorKind::kBufferError, "Existing exports of data: object cannot be re-sized");
}

bool ByteArray::is_own(std::string_view bytes) const noexcept {
  const std::less<const char*> before;
  return !before(bytes.data(), first) && before(bytes.data(), first + size);
}

void ByteArray::resize(std::size_t new_size) {
  if (new_size == size) return;
  expect_no_exports();
  if (new_size > Bytes::kMaxSize) raise_out_of_memory();
  const auto before = room != 0 ? static_cast<std::size_t>(first - block) : 0;
  const bool fits = new_size + before + 1 <= room;
  if (!fits && !set_room(*this, room_for(new_size, room), size)) raise_out_of_memory();
  size = new_size;
  if (fits) shrink(*this);
  first[size] = '\0';
}

void ByteArray::clear() { resize(0); }

// ---- Single bytes ----

std::uint8_t ByteArray::get(std::int64_t index) const {
  return static_cast<std::uint8_t>(first[resolve_index(*this, index, "bytearray index out of range")]);
}

void ByteArray::set(std::int64_t index, std::uint8_t value) {
  first[resolve_index(*this, index, "bytearray index out of range")] = static_cast<char>(value);
}

void ByteArray::erase(std::int64_t index) {
  replace_run(resolve_index(*this, index, "bytearray index out of range"), 1, {});
}

void ByteArray::append(std::uint8_t value) {
  resize(size + 1);
  first[size - 1] = static_cast<char>(value);
}

void ByteArray::insert(std::int64_t index, std::uint8_t value) {
  const std::size_t at = detail::clip_bound(index, size);
  const char byte = static_cast<char>(value);
  replace_run(at, 0, {&byte, 1});
}

std::uint8_t ByteArray::pop(std::int64_t index) {
  if (size == 0) raise(ErrorKind::kIndexError, "pop from empty bytearray");
  const std::size_t at = resolve_index(*this, index, "pop index out of range");
  const auto popped = static_cast<std::uint8_t>(first[at]);
  replace_run(at, 1, {});
  return popped;
}

void ByteArray::remove(std::uint8_t value) {
  const std::size_t at = view().find(static_cast<char>(value));
  if (at == std::string_view::npos) raise(ErrorKind::kValueError, "value not found in bytearray");
  replace_run(at, 1, {});
}

// ---- All of them ----

void ByteArray::extend(std::string_view more) {
  if (more.empty()) return;
  const std::size_t old_size = size;
  const bool moves = is_own(more);
  const auto offset = moves ? static_cast<std::size_t>(more.data() - first) : 0;
  resize(old_size + more.size());
  std::memcpy(first + old_size, moves ? first + offset : more.data(), more.size());
}

void ByteArray::reverse() noexcept { std::reverse(first, first + size); }

void ByteArray::repeat_in_place(std::int64_t times) {
  const std::size_t count = times > 0 ? static_cast<std::size_t>(times) : 0;
  if (size != 0 && count > Bytes::kMaxSize / size) raise_out_of_memory();
  const std::size_t old_size = size;
  resize(old_size * count);
  for (std::size_t done = old_size; done != 0 && done < size; done *= 2)
    std::memcpy(first + done, first, std::min<std::size_t>(done, size - done));
}

/// Replaces `gone` bytes at `at` by others that are none of its own.
void ByteArray::replace_run(std::size_t at, std::size_t gone, std::string_view bytes) {
  const std::size_t behind = size - at - gone;
  if (bytes.size() != gone) expect_no_exports();
  if (bytes.size() < gone && at == 0) {
    // What goes at the front leaves room there, and nothing moves.
    first += gone - bytes.size();
    size -= gone - bytes.size();
    shrink(*this);
    first[size] = '\0';
  } else if (bytes.size() < gone) {
    std::memmove(first + at + bytes.size(), first + at + gone, behind);
    resize(size - (gone - bytes.size()));
  } else if (bytes.size() > gone) {
    resize(size + (bytes.size() - gone));
    std::memmove(first + at + bytes.size(), first + at + gone, behind);
  }
  if (!bytes.empty()) std::memcpy(first + at, bytes.data(), bytes.size());
}

}  // namespace ouro
