// Buffers: the memory that an object shows to others, in place (CPython: the buffer protocol, PEP 3118).
//
//   const Buffer buffer(object);                                bytes, bytearray, memoryview, objects with `__buffer__`
//   read(fd, buffer.writable().data(), buffer.writable().size());
//
// A class of C++ structs shows memory by a method that gives a memoryview, as PEP 688 has it:
//
//   rt.class_<Image>("Image").def("__buffer__(self)", [](Object& self) {
//     Image& image = *native_cast<Image>(self);
//     return make_memoryview(self, BufferInfo{.data = image.pixels.data(), .bytes = image.pixels.size(), .read_only = false,
//                                             .exports = &image.exports});
//   });
//
// after which `memoryview(image)`, `bytes(image)` and every method that takes bytes take the object. While `exports` is not
// 0 somebody looks at the memory: the struct must neither move nor free it.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace ouro {

/// A description of memory: items in rows. Everything that it points to belongs to the object that shows it.
struct BufferInfo {
  void* data = nullptr;
  std::size_t bytes = 0;          ///< of all items together
  std::size_t item_size = 1;      ///< bytes of one item
  std::string_view format = "B";  ///< of one item, as in Python's struct; lives as long as the object
  bool read_only = true;
  std::span<const std::int64_t> shape{};    ///< items in each dimension; empty: one dimension
  std::span<const std::int64_t> strides{};  ///< bytes from one item to the next in each dimension; empty: no gaps
  std::uint32_t* exports = nullptr;         ///< rises by one for each that looks at the memory; null: nobody counts
};

/// True if the object shows memory. Looks at its class, runs nothing.
[[nodiscard]] bool has_buffer(Object& object);

/// The memory of an object without gaps, held while this lives: the object stays, and a bytearray does not change its size.
/// Neither moved nor copied. Needs the lock.
class [[nodiscard]] Buffer {
 public:
  /// TypeError "a bytes-like object is required, not 'int'"; BufferError "memoryview: underlying buffer is not
  /// C-contiguous"; what a `__buffer__` throws.
  explicit Buffer(Object& object);
  ~Buffer() {
    if (exports_ != nullptr) --*exports_;
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  [[nodiscard]] std::string_view view() const noexcept { return {data_, size_}; }
  [[nodiscard]] std::span<const std::byte> span() const noexcept { return std::as_bytes(std::span(data_, size_)); }
  /// The same, to be written to. BufferError "Object is not writable.".
  [[nodiscard]] std::span<std::byte> writable() const;

 private:
  void show(Object& object);

  Ref<> held_;
  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::uint32_t* exports_ = nullptr;
  bool read_only_ = true;
};

}  // namespace ouro
