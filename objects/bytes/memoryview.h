// MemoryView: memory that belongs to another object, seen as items in rows.
//
//   offset 0        16      24     32        40                          88
//          +--------+-------+------+---------+----------------------------+-----------+-------------+
//          | header | owner | data | counter | item size, format, flags   | shape ... | strides ... |
//          +--------+-------+------+---------+----------------------------+-----------+-------------+
//
// Items are numbers, one of Python's native formats: "B" a byte, "i" a C int, "d" a double ... A view of a view shows the
// same owner. Shape and strides never change; what is released shows nothing any more.
//
// Laws
//   exported-still: a view counts among the exports of its owner from when it is made until it is released.
//   view-released: who looks at a view after foreign code ran asks again whether it is released.
#pragma once

#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/object.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace ouro {

/// In which order `MemoryView::to_bytes` takes the items of several dimensions.
enum class MemoryOrder : std::uint8_t { kC, kFortran, kAny };

/// The object of a memoryview. Every call but `release` raises ValueError
/// "operation forbidden on released memoryview object".
struct MemoryView : Object {
  static constexpr Kind kKind = Kind::kMemoryView;
  static constexpr Home kHome = Home::kContainers;
  static constexpr std::size_t kMostDimensions = 64;

  Object* owner;           ///< owned; null: released
  char* data;              ///< the first item
  std::uint32_t* counter;  ///< the owner's exports; null: nobody counts
  std::uint64_t item_size;
  std::uint32_t dimensions;
  std::uint32_t exports;  ///< Buffers that look at this view
  bool read_only;
  char code;  ///< the letter of a native format, 0 for any other
  bool is_hashed;
  std::int64_t cached_hash;
  std::string_view format;

  [[nodiscard]] std::span<const std::int64_t> shape() const noexcept { return {numbers(), dimensions}; }
  [[nodiscard]] std::span<const std::int64_t> strides() const noexcept { return {numbers() + dimensions, dimensions}; }
  [[nodiscard]] bool is_released() const noexcept { return owner == nullptr; }
  void expect_open() const;
  /// How many items there are, and bytes of them.
  [[nodiscard]] std::size_t count() const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept { return count() * item_size; }
  /// True if the items lie without gaps, the last dimension's beside each
  /// other, or the first one's.
  [[nodiscard]] bool is_contiguous(MemoryOrder order = MemoryOrder::kC) const noexcept;

  /// `view.release()`. BufferError "memoryview has 1 exported buffer".
  void release();
  /// `view.tobytes(order)`. Linear.
  [[nodiscard]] Ref<Bytes> to_bytes(MemoryOrder order = MemoryOrder::kC) const;
  /// `view.tolist()`: a number for a view without dimensions.
  /// NotImplementedError "memoryview: format e not supported".
  [[nodiscard]] Ref<> to_list() const;
  /// `view[start:stop:step]`, of the first dimension.
  [[nodiscard]] Ref<MemoryView> slice(const Slice& part);
  /// `view.toreadonly()`.
  [[nodiscard]] Ref<MemoryView> to_readonly();
  /// `view.cast(format)`, in one dimension.
  [[nodiscard]] Ref<MemoryView> cast(std::string_view to_format);
  /// `view.cast(format, shape)`. TypeError "memoryview: product(shape) *
  /// itemsize != buffer size" and others.
  [[nodiscard]] Ref<MemoryView> cast(std::string_view to_format, std::span<const std::int64_t> to_shape);

  [[nodiscard]] const std::int64_t* numbers() const noexcept { return reinterpret_cast<const std::int64_t*>(this + 1); }
  [[nodiscard]] std::int64_t* numbers() noexcept { return reinterpret_cast<std::int64_t*>(this + 1); }
  [[nodiscard]] static constexpr std::size_t block_size(std::size_t dimensions) noexcept;
};

constexpr std::size_t MemoryView::block_size(std::size_t dimensions) noexcept {
  return sizeof(MemoryView) + 2 * dimensions * sizeof(std::int64_t);
}

/// `memoryview(object)`. TypeError "memoryview: a bytes-like object is
/// required, not 'int'"; MemoryError.
[[nodiscard]] Ref<MemoryView> make_memoryview(Object& object);
/// A view of memory that belongs to `owner`. ValueError if the description
/// contradicts itself.
[[nodiscard]] Ref<MemoryView> make_memoryview(Object& owner, const BufferInfo& info);

}  // namespace ouro
