// Who shows memory, and how it is held (CPython: PyObject_GetBuffer).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/detail/byte_parts.h>

#include <fmt/format.h>

namespace ouro {

bool has_buffer(Object& object) { return is<Bytes>(object) || is<ByteArray>(object); }

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
  } else {
    raise(ErrorKind::kTypeError, fmt::format("a bytes-like object is required, not '{}'", object.type->name));
  }
}

std::span<std::byte> Buffer::writable() const {
  if (read_only_) raise(ErrorKind::kBufferError, "Object is not writable.");
  return std::as_writable_bytes(std::span(data_, size_));
}

namespace detail {

Ref<Bytes> bytes_shown(Object& object) {
  const Buffer shown(object);
  return make_bytes(builtins_of(object), shown.view());
}

}  // namespace detail

}  // namespace ouro
