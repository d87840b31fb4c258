// How a memoryview is made, cut, cast and copied (CPython:
// Objects/memoryobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/memory_items.h>
#include <ouro/objects/bytes/detail/new_bytes.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/model/one_runtime.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace ouro {

namespace {

/// Strides for items that lie without gaps.
void lay_out(MemoryView& view) noexcept {
  std::int64_t stride = static_cast<std::int64_t>(view.item_size);
  for (std::size_t i = view.dimensions; i-- > 0;) {
    view.numbers()[view.dimensions + i] = stride;
    stride *= view.shape()[i];
  }
}

void check(const BufferInfo& info) {
  const bool is_sound = info.item_size != 0 && info.shape.size() <= MemoryView::kMostDimensions && !info.format.empty() &&
                        (info.strides.empty() || info.strides.size() == info.shape.size()) &&
                        (info.bytes == 0 || info.data != nullptr) && info.bytes % info.item_size == 0;
  if (!is_sound) raise(ErrorKind::kValueError, "a description of memory contradicts itself");
  std::size_t bytes = info.item_size;
  for (const std::int64_t size : info.shape)
    if (size < 0 || __builtin_mul_overflow(bytes, static_cast<std::size_t>(size), &bytes))
      raise(ErrorKind::kValueError, "a description of memory has an impossible shape");
  if (!info.shape.empty() && bytes != info.bytes)
    raise(ErrorKind::kValueError, "a description of memory has another size than its shape");
  const char code = detail::native_code(info.format);
  if (code != '\0' && detail::native_size(code) != info.item_size)
    raise(ErrorKind::kValueError, "a description of memory has another item size than its format");
}

/// Counts among the exports of an owner while a view of it is made, and for the view from then on.
class NewExport {
 public:
  explicit NewExport(std::uint32_t* counter) noexcept : counter_(counter) {
    if (counter_ != nullptr) ++*counter_;
  }
  ~NewExport() {
    if (counter_ != nullptr) --*counter_;
  }
  NewExport(const NewExport&) = delete;
  NewExport& operator=(const NewExport&) = delete;
  [[nodiscard]] std::uint32_t* release() noexcept { return std::exchange(counter_, nullptr); }

 private:
  std::uint32_t* counter_;
};

/// The view without dimensions filled in. Making it may collect, and finalizers may do anything to who shows the memory: it
/// is held, and the memory stays where it is (law exported-still).
template <class Fill>
Ref<MemoryView> make_view(Object& owner, std::uint32_t* counter, std::size_t dimensions, Fill fill) {
  Ref<> held = share(owner);
  NewExport shown(counter);
  Type& type = builtins_of(owner).immortals->type(Kind::kMemoryView);
  return make<MemoryView>(type, MemoryView::block_size(dimensions), [&](MemoryView& made) noexcept {
    made.owner = held.release();
    made.counter = shown.release();
    made.dimensions = static_cast<std::uint32_t>(dimensions);
    made.exports = 0;
    made.is_hashed = false;
    made.cached_hash = 0;
    fill(made);
  });
}

constexpr std::string_view kBadFormat =
    "memoryview: destination format must be a native single character format "
    "prefixed with an optional '@'";

bool is_byte_code(char code) noexcept { return code == 'B' || code == 'b' || code == 'c'; }

void set_format(MemoryView& view, std::string_view format, char code) noexcept {
  view.format = detail::native_format(format);
  view.code = code;
  view.item_size = detail::native_size(code);
}

/// Writes the items with the first dimension's beside each other.
void write_fortran(const MemoryView& view, char* to) noexcept {
  std::int64_t place[MemoryView::kMostDimensions] = {};
  for (std::size_t left = view.count(); left > 0; --left, to += view.item_size) {
    const char* at = view.data;
    for (std::size_t i = 0; i < view.dimensions; ++i) at += place[i] * view.strides()[i];
    std::memcpy(to, at, view.item_size);
    for (std::size_t i = 0; i < view.dimensions && ++place[i] == view.shape()[i]; ++i) place[i] = 0;
  }
}

void write_rows(const MemoryView& view, char* to) noexcept {
  const auto put = [&](const char* at) {
    std::memcpy(to, at, view.item_size);
    to += view.item_size;
  };
  detail::for_each_item(view, view.data, 0, put);
}

}  // namespace

void detail::expect_castable(const MemoryView& view, bool is_shaped) {
  view.expect_open();
  if (!view.is_contiguous()) raise(ErrorKind::kTypeError, "memoryview: casts are restricted to C-contiguous views");
  if ((is_shaped || view.dimensions != 1) && view.count() == 0)
    raise(ErrorKind::kTypeError, "memoryview: cannot cast view with zeros in shape or strides");
}

void detail::expect_dimensions(const MemoryView& view, std::size_t wanted) {
  if (wanted > MemoryView::kMostDimensions)
    raise(ErrorKind::kValueError, "memoryview: number of dimensions must not exceed 64");
  if (view.dimensions != 1 && wanted != 1) raise(ErrorKind::kTypeError, "memoryview: cast must be 1D -> ND or ND -> 1D");
}

char detail::cast_code(const MemoryView& view, std::string_view format) {
  const char code = native_code(format);
  if (code == '\0') raise(ErrorKind::kValueError, kBadFormat);
  if (!is_byte_code(view.code) && !is_byte_code(code))
    raise(ErrorKind::kTypeError, "memoryview: cannot cast between two non-byte formats");
  if (view.bytes() % native_size(code) != 0)
    raise(ErrorKind::kTypeError, "memoryview: length is not a multiple of itemsize");
  return code;
}

std::size_t detail::times_size(std::size_t bytes, std::int64_t size) {
  if (size <= 0) raise(ErrorKind::kValueError, "memoryview.cast(): elements of shape must be integers > 0");
  if (static_cast<std::size_t>(size) > std::numeric_limits<std::int64_t>::max() / bytes)
    raise(ErrorKind::kValueError, "memoryview.cast(): product(shape) > SSIZE_MAX");
  return bytes * static_cast<std::size_t>(size);
}

Ref<MemoryView> detail::new_view(MemoryView& from, std::size_t dimensions) {
  const Ref<> held = share(from);
  return make_view(*from.owner, from.counter, dimensions, [&](MemoryView& made) noexcept {
    made.data = from.data;
    made.item_size = from.item_size;
    made.read_only = from.read_only;
    made.code = from.code;
    made.format = from.format;
    if (dimensions == from.dimensions) std::copy_n(from.numbers(), 2 * dimensions, made.numbers());
  });
}

Ref<MemoryView> make_memoryview(Object& owner, const BufferInfo& info) {
  check(info);
  const bool is_shaped = !info.shape.empty();
  return make_view(owner, info.exports, is_shaped ? info.shape.size() : 1, [&](MemoryView& made) noexcept {
    made.data = static_cast<char*>(info.data);
    made.item_size = info.item_size;
    made.read_only = info.read_only;
    made.code = detail::native_code(info.format);
    made.format = info.format;
    made.numbers()[0] = static_cast<std::int64_t>(info.bytes / info.item_size);
    std::ranges::copy(info.shape, made.numbers());
    lay_out(made);
    std::ranges::copy(info.strides, made.numbers() + made.dimensions);
  });
}

void MemoryView::expect_open() const {
  if (is_released()) raise(ErrorKind::kValueError, "operation forbidden on released memoryview object");
}

std::size_t MemoryView::count() const noexcept {
  std::size_t product = 1;
  for (const std::int64_t size : shape()) product *= static_cast<std::size_t>(size);
  return product;
}

bool MemoryView::is_contiguous(MemoryOrder order) const noexcept {
  if (order == MemoryOrder::kAny) return is_contiguous(MemoryOrder::kC) || is_contiguous(MemoryOrder::kFortran);
  if (dimensions == 1) return shape()[0] == 1 || strides()[0] == static_cast<std::int64_t>(item_size);
  if (count() == 0) return true;
  auto stride = static_cast<std::int64_t>(item_size);
  for (std::size_t step = 0; step < dimensions; ++step) {
    const std::size_t i = order == MemoryOrder::kFortran ? step : dimensions - 1 - step;
    if (shape()[i] > 1 && strides()[i] != stride) return false;
    stride *= shape()[i];
  }
  return true;
}

void MemoryView::release() {
  if (is_released()) return;
  if (exports != 0)
    raise(ErrorKind::kBufferError, fmt::format("memoryview has {} exported buffer{}", exports, exports == 1 ? "" : "s"));
  if (counter != nullptr) --*counter;
  store(owner, nullptr);
}

Ref<Bytes> MemoryView::to_bytes(MemoryOrder order) const {
  expect_open();
  const bool as_it_is = order == MemoryOrder::kAny && is_contiguous(MemoryOrder::kAny);
  const bool by_columns = order == MemoryOrder::kFortran;
  return detail::new_bytes(builtins_of(*this), bytes(), [&](char* to) noexcept {
    if (as_it_is || is_contiguous(by_columns ? MemoryOrder::kFortran : MemoryOrder::kC)) {
      if (bytes() != 0) std::memcpy(to, data, bytes());
    } else {
      by_columns ? write_fortran(*this, to) : write_rows(*this, to);
    }
  });
}

Ref<MemoryView> MemoryView::slice(const Slice& part) {
  expect_open();
  if (dimensions == 0) raise(ErrorKind::kTypeError, "invalid indexing of 0-dim memory");
  const SliceRange range = resolve(part, static_cast<std::size_t>(shape()[0]));
  Ref<MemoryView> made = detail::new_view(*this, dimensions);
  made->data = data + range.first * strides()[0];
  made->numbers()[0] = static_cast<std::int64_t>(range.size);
  made->numbers()[dimensions] = strides()[0] * range.step;
  return made;
}

Ref<MemoryView> MemoryView::to_readonly() {
  expect_open();
  Ref<MemoryView> made = detail::new_view(*this, dimensions);
  made->read_only = true;
  return made;
}

Ref<MemoryView> MemoryView::cast(std::string_view to_format) {
  detail::expect_castable(*this, false);
  const char to_code = detail::cast_code(*this, to_format);
  Ref<MemoryView> made = detail::new_view(*this, 1);
  set_format(*made, to_format, to_code);
  made->numbers()[0] = static_cast<std::int64_t>(bytes() / made->item_size);
  lay_out(*made);
  return made;
}

Ref<MemoryView> MemoryView::cast(std::string_view to_format, std::span<const std::int64_t> to_shape) {
  detail::expect_castable(*this, true);
  detail::expect_dimensions(*this, to_shape.size());
  const char to_code = detail::cast_code(*this, to_format);
  std::size_t size = detail::native_size(to_code);
  for (const std::int64_t each : to_shape) size = detail::times_size(size, each);
  if (size != bytes()) raise(ErrorKind::kTypeError, "memoryview: product(shape) * itemsize != buffer size");
  Ref<MemoryView> made = detail::new_view(*this, to_shape.size());
  set_format(*made, to_format, to_code);
  std::ranges::copy(to_shape, made->numbers());
  lay_out(*made);
  return made;
}

}  // namespace ouro
