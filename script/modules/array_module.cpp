// The module _array: numbers of one C type in a row. array.py makes the class array of it (CPython: Modules/arraymodule.c).
#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/memoryview.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/cpp/native_cast.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/modules/modules.h>
#include <ouro/script/modules/number_items.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace ouro::script {

namespace {

/// A type of items: its letter, and what an error calls it.
struct ItemType {
  char code;
  NumberLayout layout;
  std::string_view name;
};

constexpr ItemType kTypes[] = {{'b', {NumberSort::kSigned, 1}, "signed char"},
                               {'B', {NumberSort::kUnsigned, 1}, "unsigned byte integer"},
                               {'u', {NumberSort::kUnsigned, 4}, "unicode character"},
                               {'h', {NumberSort::kSigned, 2}, "signed short integer"},
                               {'H', {NumberSort::kUnsigned, 2}, "unsigned short"},
                               {'i', {NumberSort::kSigned, 4}, "signed integer"},
                               {'I', {NumberSort::kUnsigned, 4}, "unsigned int"},
                               {'l', {NumberSort::kSigned, 8}, "signed long"},
                               {'L', {NumberSort::kUnsigned, 8}, "unsigned long"},
                               {'q', {NumberSort::kSigned, 8}, "signed long long"},
                               {'Q', {NumberSort::kUnsigned, 8}, "unsigned long long"},
                               {'f', {NumberSort::kFloat, 4}, "float"},
                               {'d', {NumberSort::kFloat, 8}, "double"}};

/// What an object of class Items holds.
struct Items {
  std::string bytes;
  const ItemType* type = &kTypes[0];
  std::uint32_t exports = 0;
  static constexpr std::tuple<> edges{};

  [[nodiscard]] std::size_t item_size() const noexcept { return type->layout.size; }
  [[nodiscard]] std::size_t count() const noexcept { return bytes.size() / item_size(); }
  [[nodiscard]] char* at(std::size_t index) noexcept { return bytes.data() + index * item_size(); }
};

void expect_unseen(const Items& items) {
  if (items.exports != 0) raise(ErrorKind::kBufferError, "cannot resize an array that is exporting buffers");
}

void set_type(Items& items, std::string_view code) {
  const auto* const found =
      std::ranges::find_if(kTypes, [&](const ItemType& type) { return code == std::string(1, type.code); });
  if (found == std::end(kTypes))
    raise(ErrorKind::kValueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  items.type = found;
}

std::size_t place_in(const Items& items, std::int64_t index, std::string_view words) {
  const auto size = static_cast<std::int64_t>(items.count());
  if (index < 0) index += size;
  if (index < 0 || index >= size) raise(ErrorKind::kIndexError, words);
  return static_cast<std::size_t>(index);
}

Ref<> item_at(Builtins& builtins, Items& items, std::size_t index) {
  if (items.type->code != 'u') return load_number(builtins, items.at(index), items.type->layout);
  std::string encoded;
  const auto c = static_cast<std::uint32_t>(load_bits(items.at(index), items.type->layout));
  if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
    raise(ErrorKind::kValueError, fmt::format("character U+{:x} is not in range [U+0000; U+10ffff]", c));
  if (c < 0x80) {
    encoded = static_cast<char>(c);
  } else {
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    encoded = static_cast<char>((0xF0 << (3 - more) & 0xFF) | c >> (6 * more));
    for (int i = more - 1; i >= 0; --i) encoded += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
  }
  return make_str(builtins, encoded);
}

void encode_character(const ItemType& type, Object& value, char* to) {
  const Str* const given = as<Str>(value);
  if (given == nullptr || given->code_points != 1) raise(ErrorKind::kTypeError, "array item must be unicode character");
  const std::string_view shown = text(*given);
  const auto first = static_cast<unsigned char>(shown[0]);
  std::uint32_t c = shown.size() == 1 ? first : first & (0x7F >> shown.size());
  for (std::size_t i = 1; i < shown.size(); ++i) c = c << 6 | (static_cast<unsigned char>(shown[i]) & 0x3F);
  store_bits(to, type.layout, c);
}

/// An int that the type cannot hold, in CPython's words for it.
[[noreturn]] void refuse_number(const ItemType& type, const Int& number, int beyond) {
  const auto too_large = [](std::string_view words) { raise(ErrorKind::kOverflowError, words); };
  const bool is_unsigned_int = type.code == 'I' || type.code == 'L';
  if (type.code == 'Q' && beyond < 0) too_large("can't convert negative int to unsigned");
  if (type.code == 'q' || type.code == 'Q') too_large("int too big to convert");
  if (is_unsigned_int && beyond < 0) too_large("can't convert negative value to unsigned int");
  if (is_unsigned_int && bit_length(number) > 64) too_large("Python int too large to convert to C unsigned long");
  if (!is_unsigned_int && !fits_int64(number)) too_large("Python int too large to convert to C long");
  raise(ErrorKind::kOverflowError,
        fmt::format("{} is {} than {}imum", type.name, beyond < 0 ? "less" : "greater", beyond < 0 ? "min" : "max"));
}

/// The bytes of one value. Runs code of its class.
std::string encoded(const ItemType& type, Object& value) {
  std::string bytes(type.layout.size, '\0');
  if (type.code == 'u') {
    encode_character(type, value, bytes.data());
  } else if (type.layout.sort == NumberSort::kFloat) {
    const auto number = from_object<double>(value);
    if (!store_float(bytes.data(), type.layout, number))
      store_bits(bytes.data(), type.layout, number < 0 ? 0xFF800000 : 0x7F800000);
  } else {
    const Ref<Int> number = index(value);
    if (const int beyond = store_int(bytes.data(), type.layout, *number); beyond != 0) refuse_number(type, *number, beyond);
  }
  return bytes;
}

void insert(Items& items, std::int64_t index, Object& value) {
  const std::string bytes = encoded(*items.type, value);
  expect_unseen(items);
  const auto size = static_cast<std::int64_t>(items.count());
  if (index < 0) index = std::max<std::int64_t>(index + size, 0);
  items.bytes.insert(static_cast<std::size_t>(std::min(index, size)) * items.item_size(), bytes);
}

void append(Items& items, Object& value) {
  const std::string bytes = encoded(*items.type, value);
  expect_unseen(items);
  items.bytes += bytes;
}

void set_item_at(Items& items, std::int64_t index, Object& value) {
  static_cast<void>(place_in(items, index, "array assignment index out of range"));
  const std::string bytes = encoded(*items.type, value);
  std::ranges::copy(bytes, items.at(place_in(items, index, "array assignment index out of range")));
}

/// Puts bytes in the place of the items from `first` to `end`.
void replace(Items& items, std::size_t first, std::size_t end, Object& shown) {
  const std::string bytes(Buffer(shown).view());
  const std::size_t size = items.item_size();
  const std::size_t begin = std::min(first, items.count()) * size;
  const std::size_t length = std::max(std::min(end, items.count()) * size, begin) - begin;
  if (length != bytes.size()) expect_unseen(items);
  items.bytes.replace(begin, length, bytes);
}

/// The bytes of every `step`th item.
Ref<Bytes> spread(Builtins& builtins, Items& items, std::int64_t first, std::int64_t step, std::size_t count) {
  std::string found;
  found.reserve(count * items.item_size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t place = place_in(items, first + static_cast<std::int64_t>(i) * step, "array index out of range");
    found.append(items.at(place), items.item_size());
  }
  return make_bytes(builtins, found);
}

/// Writes bytes to every `step`th item.
void write_spread(Items& items, std::int64_t first, std::int64_t step, Object& shown) {
  const std::string bytes(Buffer(shown).view());
  for (std::size_t i = 0; i < bytes.size() / items.item_size(); ++i) {
    const std::size_t place = place_in(items, first + static_cast<std::int64_t>(i) * step, "array index out of range");
    std::copy_n(bytes.data() + i * items.item_size(), items.item_size(), items.at(place));
  }
}

void append_bytes(Items& items, Object& shown) {
  const Buffer buffer(shown);
  if (buffer.view().size() % items.item_size() != 0)
    raise(ErrorKind::kValueError, "bytes length not a multiple of item size");
  const std::string copied(buffer.view());
  if (!copied.empty()) expect_unseen(items);
  items.bytes += copied;
}

void each_turned(Items& items) {
  for (std::size_t i = 0; i < items.count(); ++i) std::reverse(items.at(i), items.at(i) + items.item_size());
}

void reverse(Items& items) {
  std::ranges::reverse(items.bytes);
  each_turned(items);
}

Ref<List> as_list(Builtins& builtins, Items& items) {
  Ref<List> all = make_list(builtins);
  for (std::size_t i = 0; i < items.count(); ++i) all->append(*item_at(builtins, items, i));
  return all;
}

Ref<> show_memory(Object& self) {
  Items& items = *native_cast<Items>(self);
  return Ref<>(
      make_memoryview(self, BufferInfo{.data = items.bytes.data(),
                                       .bytes = items.bytes.size(),
                                       .item_size = items.item_size(),
                                       .format = std::string_view(items.type->code == 'u' ? "w" : &items.type->code, 1),
                                       .read_only = false,
                                       .exports = &items.exports}));
}

/// What an iterator over one holds.
struct ItemsIterator {
  Ref<> items;
  std::size_t next = 0;
  static constexpr std::tuple edges{&ItemsIterator::items};
};

Ref<> step_of(ItemsIterator& iterator, Builtins& builtins) {
  Items* const items = iterator.items ? native_cast<Items>(*iterator.items) : nullptr;
  if (items != nullptr && iterator.next < items->count()) return item_at(builtins, *items, iterator.next++);
  const Ref<> dropped = std::exchange(iterator.items, {});
  return fail(builtins.none(), ErrorKind::kStopIteration);
}

}  // namespace

Ref<Module> make_array_module(Interpreter& interpreter) {
  Runtime& rt = interpreter.runtime();
  Ref<Module> module = make_builtin_module(interpreter, "_array", "What the module array is made from.");
  auto step = rt.class_<ItemsIterator>("arrayiterator");
  step.value("__module__", "array");
  step.def("__iter__(self)", [](Object& self) { return share(self); });
  step.def("__next__(self)", [](ItemsIterator& self, Builtins& builtins) { return step_of(self, builtins); });
  step.prop("_rest",
            [](ItemsIterator& self, Builtins& builtins) { return to_object(builtins, std::tuple(self.items, self.next)); });
  step.def("__setstate__(self, next)", [](ItemsIterator& self, std::int64_t next) {
    self.next = static_cast<std::size_t>(std::max<std::int64_t>(next, 0));
  });
  auto type = rt.class_<Items>("Items");
  type.value("__module__", "_array");
  type.init<>();
  type.def("_set_type(self, typecode)", [](Items& self, std::string_view code) { set_type(self, code); });
  type.prop("typecode", [](Items& self) { return std::string(1, self.type->code); });
  type.prop("itemsize", [](Items& self) { return self.item_size(); });
  type.prop("_address", [](Items& self) { return reinterpret_cast<std::uintptr_t>(self.bytes.data()); });
  type.def("__len__(self)", [](Items& self) { return self.count(); });
  type.def("_get(self, i)", [](Items& self, Object& index, Builtins& builtins) {
    const std::int64_t wanted = to_index(index);
    return item_at(builtins, self, place_in(self, wanted, "array index out of range"));
  });
  type.def("_set(self, i, x)", [](Items& self, Object& index, Object& value) { set_item_at(self, to_index(index), value); });
  type.def("append(self, x)", [](Items& self, Object& value) { append(self, value); });
  type.def("insert(self, i, x)", [](Items& self, Object& index, Object& value) { insert(self, to_index(index), value); });
  type.def("_replace(self, first, end, bytes)",
           [](Items& self, std::size_t first, std::size_t end, Object& shown) { replace(self, first, end, shown); });
  type.def("_spread(self, first, step, count)", [](Items& self, std::int64_t first, std::int64_t by, std::size_t count,
                                                   Builtins& builtins) { return spread(builtins, self, first, by, count); });
  type.def("_write(self, first, step, bytes)",
           [](Items& self, std::int64_t first, std::int64_t by, Object& shown) { write_spread(self, first, by, shown); });
  type.def("frombytes(self, buffer)", [](Items& self, Object& shown) { append_bytes(self, shown); });
  type.def("tobytes(self)", [](Items& self, Builtins& builtins) { return make_bytes(builtins, self.bytes); });
  type.def("tolist(self)", [](Items& self, Builtins& builtins) { return as_list(builtins, self); });
  type.def("byteswap(self)", [](Items& self) { each_turned(self); });
  type.def("reverse(self)", [](Items& self) { reverse(self); });
  type.def("__iter__(self)", [](Object& self) { return ItemsIterator{share(self), 0}; });
  type.def("__buffer__(self)", [](Object& self) { return show_memory(self); });
  interpreter.kept.push_back(step.type());
  module->set("Items", *type.type());
  module->set("Iterator", *step.type());
  return module;
}

}  // namespace ouro::script
