// Joining bytes (CPython: Objects/stringlib/join.h).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_split.h>
#include <ouro/objects/containers/detail/items_of.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace ouro::detail {

namespace {

std::span<Object* const> view_of(Object& items) noexcept {
  return is<List>(items) ? static_cast<List&>(items).view() : static_cast<Tuple&>(items).view();
}

bool is_plain(const Object* item) noexcept { return is<Bytes>(*item) || is<ByteArray>(*item); }

}  // namespace

JoinedParts::JoinedParts(Builtins& builtins, std::string_view separator, Object& iterable) : separator_(separator) {
  const bool is_ready = is_exact<List>(iterable) || is_exact<Tuple>(iterable);
  held_ = is_ready ? share(iterable) : Ref<>(items_of(iterable, "can only join an iterable"));
  items_ = view_of(*held_);
  if (!std::ranges::all_of(items_, is_plain)) show_all(builtins);
  if (items_.size() > 1) size_ = separator.size() * (items_.size() - 1);
  for (std::size_t i = 0; i < items_.size(); ++i) size_ += part(i).size();
}

// Showing its memory may run code of an item's class, which may change the list.
void JoinedParts::show_all(Builtins& builtins) {
  if (is<List>(*held_)) held_ = static_cast<List&>(*held_).copy();
  items_ = view_of(*held_);
  buffers_.emplace(HeapAllocator<Buffer>(builtins.heap));
  for (std::size_t i = 0; i < items_.size(); ++i) {
    try {
      buffers_->emplace_back(*items_[i]);
    } catch (const Error& error) {
      if (error.is(ErrorKind::kMemoryError)) throw;
      raise_instead(ErrorKind::kTypeError,
                    fmt::format("sequence item {}: expected a bytes-like object, {} found", i, items_[i]->type->name));
    }
  }
}

std::string_view JoinedParts::part(std::size_t i) const noexcept {
  if (buffers_) return (*buffers_)[i].view();
  const Object& item = *items_[i];
  return is<Bytes>(item) ? view(static_cast<const Bytes&>(item)) : view(static_cast<const ByteArray&>(item));
}

void JoinedParts::write(char* to) const noexcept {
  const auto put = [&to](std::string_view bytes) {
    if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
    to += bytes.size();
  };
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (i != 0) put(separator_);
    put(part(i));
  }
}

}  // namespace ouro::detail
