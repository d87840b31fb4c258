// Replacing and translating bytes (CPython: Objects/stringlib/transmogrify.h, bytes_translate_impl).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_change.h>
#include <ouro/objects/text/detail/find_bytes.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace ouro::detail {

namespace {

std::size_t number_of(char byte) noexcept { return static_cast<unsigned char>(byte); }

char* put(char* to, std::string_view bytes) noexcept {
  if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
  return to + bytes.size();
}

void write_between(std::string_view text, std::string_view by, std::size_t count, char* to) noexcept {
  for (std::size_t i = 0; i < count; ++i) {
    to = put(to, by);
    if (i < text.size()) *to++ = text[i];
  }
  if (count < text.size()) put(to, text.substr(count));
}

}  // namespace

void write_replaced(std::string_view text, std::string_view from, std::string_view by, std::size_t count,
                    char* to) noexcept {
  if (from.empty()) return write_between(text, by, count, to);
  // One byte by one: where all are replaced they need not be looked for one by one.
  if (from.size() == 1 && by.size() == 1 && count == count_bytes(text, from)) return copy_replaced(text, from[0], by[0], to);
  std::size_t done = 0;
  for (; count > 0; --count) {
    const std::size_t at = find_bytes(text, from, done);
    to = put(put(to, text.substr(done, at - done)), by);
    done = at + from.size();
  }
  put(to, text.substr(done));
}

std::size_t replaced_size(std::string_view text, std::string_view from, std::string_view by, std::size_t count) {
  const std::size_t kept = text.size() - count * from.size();
  if (by.size() > (std::numeric_limits<std::int64_t>::max() - kept) / count)
    raise(ErrorKind::kOverflowError, "replace bytes is too long");
  return kept + count * by.size();
}

char fill_argument(Object* given, std::string_view name) {
  if (given == nullptr) return ' ';
  const bool is_bytes = is<Bytes>(*given);
  if (is_bytes || is<ByteArray>(*given)) {
    const std::string_view fill = is_bytes ? view(static_cast<Bytes&>(*given)) : view(static_cast<ByteArray&>(*given));
    if (fill.size() == 1) return fill[0];
  }
  raise(ErrorKind::kTypeError, fmt::format("{}() argument 2 must be a byte string of length 1, not {}", name,
                                           is_none(*given) ? "None" : given->type->name));
}

Translation::Translation(Object& table, Object* removed) {
  std::iota(to_.begin(), to_.end(), '\0');
  if (!is_none(table)) {
    const Buffer given(table);
    if (given.view().size() != to_.size()) raise(ErrorKind::kValueError, "translation table must be 256 characters long");
    std::ranges::copy(given.view(), to_.begin());
  }
  if (removed == nullptr) return;
  const Buffer given(*removed);
  for (const char byte : given.view()) removed_[number_of(byte)] = true;
}

std::size_t Translation::size_of(std::string_view text) const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(text, [&](char byte) { return !removed_[number_of(byte)]; }));
}

bool Translation::changes(std::string_view text) const noexcept {
  return std::ranges::any_of(text, [&](char byte) { return removed_[number_of(byte)] || to_[number_of(byte)] != byte; });
}

void Translation::write(std::string_view text, char* to) const noexcept {
  for (const char byte : text)
    if (!removed_[number_of(byte)]) *to++ = to_[number_of(byte)];
}

Ref<Bytes> make_translation(Builtins& builtins, Object& from, Object& to) {
  const Buffer keys(from);
  const Buffer values(to);
  if (keys.view().size() != values.view().size()) raise(ErrorKind::kValueError, "maketrans arguments must have same length");
  return new_bytes(builtins, 256, [&](char* table) noexcept {
    std::iota(table, table + 256, '\0');
    for (std::size_t i = 0; i < keys.view().size(); ++i) table[number_of(keys.view()[i])] = values.view()[i];
  });
}

}  // namespace ouro::detail
