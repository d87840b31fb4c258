// Taking bytes and bytearrays apart and putting them together: split, splitlines, partition, join.
//
// Making a list may collect, and finalizers may do anything: who is taken apart is held by a Buffer meanwhile.
#pragma once

#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/detail/byte_search.h>
#include <ouro/objects/bytes/detail/byte_text.h>
#include <ouro/objects/bytes/detail/new_bytes.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/heap_allocator.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/text/detail/find_bytes.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace ouro::detail {

/// A negative limit is none.
[[nodiscard]] constexpr std::size_t cuts_of(std::int64_t limit) noexcept {
  return limit < 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(limit);
}

/// Calls `take(part)` for each part between separators, from the front.
template <class Take>
void split_at(std::string_view rest, std::string_view separator, std::size_t cuts, Take take) {
  for (; cuts > 0; --cuts) {
    const std::size_t at = find_bytes(rest, separator);
    if (at == kNoPlace) break;
    take(rest.substr(0, at));
    rest.remove_prefix(at + separator.size());
  }
  take(rest);
}
/// The same from the back.
template <class Take>
void split_at_backwards(std::string_view rest, std::string_view separator, std::size_t cuts, Take take) {
  for (; cuts > 0; --cuts) {
    const std::size_t at = find_last_bytes(rest, separator);
    if (at == kNoPlace) break;
    take(rest.substr(at + separator.size()));
    rest = rest.substr(0, at);
  }
  take(rest);
}

/// Calls `take(word)` for each word between white space; what is left when the cuts are used up is one word.
template <class Take>
void split_words(std::string_view text, std::size_t cuts, Take take) {
  std::string_view rest = without_space(text, Ends::kLeft);
  for (; cuts > 0 && !rest.empty(); --cuts) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if(rest, is_space_byte) - rest.begin());
    take(rest.substr(0, end));
    rest = without_space(rest.substr(end), Ends::kLeft);
  }
  if (!rest.empty()) take(rest);
}
template <class Take>
void split_words_backwards(std::string_view text, std::size_t cuts, Take take) {
  std::string_view rest = without_space(text, Ends::kRight);
  for (; cuts > 0 && !rest.empty(); --cuts) {
    std::size_t begin = rest.size();
    while (begin > 0 && !is_space_byte(rest[begin - 1])) --begin;
    take(rest.substr(begin));
    rest = without_space(rest.substr(0, begin), Ends::kRight);
  }
  if (!rest.empty()) take(rest);
}

/// Calls `take(line)` for each line; \n, \r and \r\n end one.
template <class Take>
void split_lines(std::string_view text, bool keep_ends, Take take) {
  for (std::size_t at = 0; at < text.size();) {
    const auto ends = [](char c) { return c == '\n' || c == '\r'; };
    const auto end = static_cast<std::size_t>(std::ranges::find_if(text.substr(at), ends) - text.begin());
    const std::size_t next = std::min(end + (text.substr(end).starts_with("\r\n") ? 2 : 1), text.size());
    take(text.substr(at, (keep_ends ? next : end) - at));
    at = next;
  }
}

/// `split` and `rsplit`: the separator may be null or None.
template <BytesType B>
[[nodiscard]] Ref<List> split_argument(B& self, Object* separator, Object* limit, SearchFrom from) {
  const std::size_t cuts = cuts_of(size_argument(limit, -1));
  const Buffer held(self);
  const Ref<List> parts = make_list(builtins_of(self));
  const auto take = [&](std::string_view part) { parts->append(Ref<>(part_like(self, part))); };
  const bool is_forward = from == SearchFrom::kFront;
  if (separator == nullptr || is_none(*separator)) {
    is_forward ? split_words(held.view(), cuts, take) : split_words_backwards(held.view(), cuts, take);
  } else {
    const Buffer wanted(*separator);
    if (wanted.view().empty()) raise(ErrorKind::kValueError, "empty separator");
    is_forward ? split_at(held.view(), wanted.view(), cuts, take)
               : split_at_backwards(held.view(), wanted.view(), cuts, take);
  }
  if (!is_forward) parts->reverse();
  return parts;
}

template <BytesType B>
[[nodiscard]] Ref<List> lines_of(B& self, Object* keep_ends) {
  const bool keeps = c_int_argument(keep_ends, 0) != 0;
  const Buffer held(self);
  Ref<List> lines = make_list(builtins_of(self));
  split_lines(held.view(), keeps, [&](std::string_view line) { lines->append(Ref<>(part_like(self, line))); });
  return lines;
}

/// The separator of `partition`, as it stands in the result: as it was given, or a bytearray of its own.
template <BytesType B>
[[nodiscard]] Ref<> part_between(Object& separator) {
  if constexpr (std::same_as<B, Bytes>) {
    return share(separator);
  } else {
    return make_bytearray(builtins_of(separator), Buffer(separator).view());
  }
}

/// `partition` and `rpartition`.
template <BytesType B>
[[nodiscard]] Ref<Tuple> partition_argument(B& self, Object& separator, SearchFrom from) {
  Builtins& builtins = builtins_of(self);
  const Ref<> between = part_between<B>(separator);
  const Buffer wanted(*between);
  if (wanted.view().empty()) raise(ErrorKind::kValueError, "empty separator");
  const std::string_view text = view(self);
  const bool is_forward = from == SearchFrom::kFront;
  const std::size_t at = is_forward ? find_bytes(text, wanted.view()) : find_last_bytes(text, wanted.view());
  Ref<> first, second = between, third;
  if (at != kNoPlace) {
    first = copy_like<B>(builtins, text.substr(0, at));
    third = copy_like<B>(builtins, text.substr(at + wanted.view().size()));
  } else {
    second = copy_like<B>(builtins, {});
    first = copy_like<B>(builtins, {});
    third = std::same_as<B, Bytes> ? share<Object>(self) : Ref<>(copy_like<B>(builtins, text));
    if (is_forward) std::swap(first, third);
  }
  return make_tuple(builtins, {first.get(), second.get(), third.get()});
}

/// What `join` is given: its items, each still while this lives.
class JoinedParts {
 public:
  /// TypeError "can only join an iterable", "sequence item 0: expected a bytes-like object, int found". The caller holds
  /// what the separator is part of.
  JoinedParts(Builtins& builtins, std::string_view separator, Object& iterable);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  void write(char* to) const noexcept;
  /// The only part, if there is one alone.
  [[nodiscard]] Object* only() const noexcept { return items_.size() == 1 ? items_[0] : nullptr; }

 private:
  using Buffers = std::deque<Buffer, HeapAllocator<Buffer>>;

  void show_all(Builtins& builtins);
  [[nodiscard]] std::string_view part(std::size_t i) const noexcept;

  std::string_view separator_;
  Ref<> held_;  ///< the list or tuple of the items
  std::span<Object* const> items_;
  std::optional<Buffers> buffers_;  ///< empty: all items are bytes or bytearrays, and nothing runs that could change them
  std::size_t size_ = 0;
};

/// `self.join(iterable)`.
template <BytesType B>
[[nodiscard]] Ref<B> join_argument(B& self, Object& iterable) {
  const Buffer held(self);
  const JoinedParts parts(builtins_of(self), held.view(), iterable);
  if constexpr (std::same_as<B, Bytes>)
    if (Object* const only = parts.only(); only != nullptr && is_exact<Bytes>(*only))
      return share(static_cast<Bytes&>(*only));
  return new_like<B>(builtins_of(self), parts.size(), [&](char* to) noexcept { parts.write(to); });
}

}  // namespace ouro::detail
