// Bytes and bytearrays made from others: strip, case, replace, translate, center, zfill, expandtabs. Each gives a new
// object, or the bytes itself where nothing is changed.
#pragma once

#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/detail/byte_split.h>
#include <ouro/objects/bytes/detail/byte_text.h>
#include <ouro/objects/bytes/detail/new_bytes.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/text/detail/find_bytes.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace ouro::detail {

template <BytesType B>
[[nodiscard]] Ref<B> strip_argument(B& self, Object* characters, Ends ends) {
  if (characters == nullptr || is_none(*characters)) return part_like(self, without_space(view(self), ends));
  const Buffer wanted(*characters);
  return part_like(self, without_bytes(view(self), wanted.view(), ends));
}

template <BytesType B, Casing kHow>
[[nodiscard]] Ref<B> with_case(B& self) {
  const std::string_view text = view(self);
  return new_like<B>(builtins_of(self), text.size(), [text](char* to) noexcept { change_case(text, kHow, to); });
}

template <BytesType B>
[[nodiscard]] Ref<B> without_affix(B& self, Object& affix, Ends end) {
  const Buffer wanted(affix);
  std::string_view text = view(self);
  const std::size_t size = wanted.view().size();
  if (end == Ends::kLeft && text.starts_with(wanted.view())) text.remove_prefix(size);
  if (end == Ends::kRight && text.ends_with(wanted.view())) text.remove_suffix(size);
  return part_like(self, text);
}

/// Writes `text` with `count` times `from` replaced; '' is before each byte.
void write_replaced(std::string_view text, std::string_view from, std::string_view by, std::size_t count, char* to) noexcept;
/// How many bytes that has. OverflowError "replace bytes is too long".
[[nodiscard]] std::size_t replaced_size(std::string_view text, std::string_view from, std::string_view by,
                                        std::size_t count);

template <BytesType B>
[[nodiscard]] Ref<B> replace_argument(B& self, Object& old, Object& replacement, Object* limit) {
  const Buffer from(old);
  const Buffer by(replacement);
  const std::size_t most = cuts_of(size_argument(limit, -1));
  const std::string_view text = view(self);
  const std::size_t count = from.view().empty() ? std::min(most, text.size() + 1) : count_bytes(text, from.view(), most);
  if (count == 0 || (from.view().empty() && by.view().empty())) return part_like(self, text);
  return new_like<B>(builtins_of(self), replaced_size(text, from.view(), by.view(), count),
                     [&](char* to) noexcept { write_replaced(text, from.view(), by.view(), count, to); });
}

/// The byte with which `center(width, fillchar)` fills. TypeError "center() argument 2 must be a byte string of length 1,
/// not str".
[[nodiscard]] char fill_argument(Object* given, std::string_view name);

/// `center`, `ljust`, `rjust`: the ends are those where bytes are added.
template <BytesType B>
[[nodiscard]] Ref<B> justify(B& self, Object& width, Object* fill, Ends ends, std::string_view name) {
  const std::int64_t wanted = size_argument(&width, 0);
  const char by = fill_argument(fill, name);
  const std::string_view text = view(self);
  if (wanted <= static_cast<std::int64_t>(text.size())) return part_like(self, text);
  const std::size_t size = static_cast<std::size_t>(wanted);
  const std::size_t pad = size - text.size();
  const std::size_t left = ends == Ends::kLeft ? pad : ends == Ends::kRight ? 0 : pad / 2 + (pad & size & 1);
  return new_like<B>(builtins_of(self), size, [&](char* to) noexcept {
    std::memset(to, by, left);
    if (!text.empty()) std::memcpy(to + left, text.data(), text.size());
    std::memset(to + left + text.size(), by, pad - left);
  });
}

template <BytesType B>
[[nodiscard]] Ref<B> zero_filled(B& self, Object& width) {
  const std::int64_t wanted = size_argument(&width, 0);
  const std::string_view text = view(self);
  if (wanted <= static_cast<std::int64_t>(text.size())) return part_like(self, text);
  const std::size_t size = static_cast<std::size_t>(wanted);
  const std::size_t sign = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  return new_like<B>(builtins_of(self), size, [&](char* to) noexcept {
    std::memset(to, '0', size);
    if (!text.empty()) std::memcpy(to + (size - text.size()) + sign, text.data() + sign, text.size() - sign);
    if (sign != 0) to[0] = text[0];
  });
}

template <BytesType B>
[[nodiscard]] Ref<B> tabs_expanded(B& self, Object* tab_size) {
  const int wanted = c_int_argument(tab_size, 8);
  const std::size_t tab = wanted > 0 ? static_cast<std::size_t>(wanted) : 0;
  const std::string_view text = view(self);
  const std::optional<std::size_t> size = expanded_size(text, tab);
  if (!size) raise(ErrorKind::kOverflowError, "result too long");
  return new_like<B>(builtins_of(self), *size, [&](char* to) noexcept { expand_tabs(text, tab, to); });
}

/// What `translate` does with each byte.
class Translation {
 public:
  /// ValueError "translation table must be 256 characters long".
  Translation(Object& table, Object* removed);
  [[nodiscard]] std::size_t size_of(std::string_view text) const noexcept;
  [[nodiscard]] bool changes(std::string_view text) const noexcept;
  void write(std::string_view text, char* to) const noexcept;

 private:
  std::array<char, 256> to_;
  std::array<bool, 256> removed_{};
};

template <BytesType B>
[[nodiscard]] Ref<B> translate_argument(B& self, Object& table, Object* removed) {
  const Translation translation(table, removed);
  const std::string_view text = view(self);
  if (!translation.changes(text)) return part_like(self, text);
  return new_like<B>(builtins_of(self), translation.size_of(text), [&](char* to) noexcept { translation.write(text, to); });
}

/// `bytes.maketrans(from, to)`. ValueError "maketrans arguments must have same length".
[[nodiscard]] Ref<Bytes> make_translation(Builtins& builtins, Object& from, Object& to);

}  // namespace ouro::detail
