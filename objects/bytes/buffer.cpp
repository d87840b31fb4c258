// Who shows memory, and how it is held (CPython: PyObject_GetBuffer).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/memory_items.h>
#include <ouro/objects/bytes/memoryview.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

namespace ouro {

namespace {

/// `__buffer__` of the object's class; empty if there is none.
Ref<> shower_of(const Object& object) {
  if (!object.type->has(kClassType)) return {};
  return Ref<>::share(lookup(*object.type, *intern(builtins_of(object), "__buffer__")));
}

/// The view that `__buffer__` gives.
Ref<MemoryView> shown_by(Object& method, Object& object) {
  const Ref<> made = detail::call_found(method, object, {});
  if (!is<MemoryView>(*made))
    raise(ErrorKind::kTypeError, fmt::format("__buffer__ returned non-memoryview object (type {})", made->type->name));
  return share(static_cast<MemoryView&>(*made));
}

[[noreturn, gnu::cold]] void refuse(std::string_view prefix, const Object& object) {
  raise(ErrorKind::kTypeError, fmt::format("{}a bytes-like object is required, not '{}'", prefix, object.type->name));
}

bool is_own(const Object& object) noexcept { return is<Bytes>(object) || is<ByteArray>(object) || is<MemoryView>(object); }

}  // namespace

bool has_buffer(Object& object) { return is_own(object) || shower_of(object); }

bool detail::has_plain_buffer(Object& object) {
  if (const MemoryView* const shown = as<MemoryView>(object)) return !shown->is_released() && shown->is_contiguous();
  return has_buffer(object);
}

Buffer::Buffer(Object& object) : held_(share(object)) { show(object); }

void Buffer::show(Object& object) {
  if (const Bytes* const bytes = as<Bytes>(object)) {
    data_ = const_cast<char*>(bytes->data());
    size_ = bytes->size;
  } else if (ByteArray* const array = as<ByteArray>(object)) {
    data_ = array->first;
    size_ = array->size;
    read_only_ = false;
    exports_ = &array->exports;
    ++*exports_;
  } else if (MemoryView* const shown = as<MemoryView>(object)) {
    shown->expect_open();
    if (!shown->is_contiguous()) raise(ErrorKind::kBufferError, "memoryview: underlying buffer is not C-contiguous");
    data_ = shown->data;
    size_ = shown->bytes();
    read_only_ = shown->read_only;
    exports_ = &shown->exports;
    ++*exports_;
  } else if (const Ref<> method = shower_of(object)) {
    held_ = shown_by(*method, object);
    show(*held_);
  } else {
    refuse({}, object);
  }
}

std::span<std::byte> Buffer::writable() const {
  if (read_only_) raise(ErrorKind::kBufferError, "Object is not writable.");
  return std::as_writable_bytes(std::span(data_, size_));
}

Ref<MemoryView> make_memoryview(Object& object) {
  if (MemoryView* const shown = as<MemoryView>(object)) {
    shown->expect_open();
    return detail::new_view(*shown, shown->dimensions);
  }
  if (Bytes* const bytes = as<Bytes>(object))
    return make_memoryview(object, BufferInfo{.data = bytes->data(), .bytes = bytes->size});
  if (ByteArray* const array = as<ByteArray>(object))
    return make_memoryview(
        object, BufferInfo{.data = array->first, .bytes = array->size, .read_only = false, .exports = &array->exports});
  if (const Ref<> method = shower_of(object)) return shown_by(*method, object);
  refuse("memoryview: ", object);
}

namespace detail {

Ref<Bytes> bytes_shown(Object& object) {
  if (const MemoryView* const shown = as<MemoryView>(object)) return shown->to_bytes();
  if (const Ref<> method = shower_of(object); method && !is_own(object)) return shown_by(*method, object)->to_bytes();
  const Buffer shown(object);
  return make_bytes(builtins_of(object), shown.view());
}

}  // namespace detail

}  // namespace ouro
