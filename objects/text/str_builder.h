// StrBuilder: text that grows, and a str at the end.
//
// Short text stays inside the builder; longer text goes to a buffer of the runtime's, which the builder gives back whatever
// happens. Everything that makes text piece by piece (repr, join, replace) goes through it.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/text/str.h>

#include <cstddef>
#include <cstring>
#include <string_view>

namespace ouro {

/// Collects UTF-8. Every append is all or nothing: it throws MemoryError, or OverflowError past 2 GiB, and changes nothing.
class StrBuilder {
 public:
  explicit StrBuilder(Builtins& builtins) noexcept : builtins_(builtins) {}
  ~StrBuilder();
  StrBuilder(const StrBuilder&) = delete;
  StrBuilder& operator=(const StrBuilder&) = delete;

  /// Appends text that is known to be valid UTF-8. May be part of the builder's own text only if there is room for it.
  void append(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(room_for(text.size()), text.data(), text.size());
    size_ += text.size();
  }
  void append(const Str& str) { append(text(str)); }
  /// Appends an ASCII character.
  void append(char character) {
    *room_for(1) = character;
    ++size_;
  }
  /// Appends `repr(str)`.
  void append_repr(const Str& str);

  /// Room for `bytes` more at the end of the text; `advance` says how many of them were written.
  [[nodiscard]] char* room_for(std::size_t bytes) {
    if (bytes > capacity_ - size_) [[unlikely]]
      grow(bytes);
    return data_ + size_;
  }
  void advance(std::size_t bytes) noexcept { size_ += bytes; }

  [[nodiscard]] std::string_view view() const noexcept { return {data_, size_}; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Forgets the text from byte `size` on, which must be where a character begins.
  void truncate(std::size_t size) noexcept { size_ = size; }

  /// The str of the text so far. The builder keeps its text.
  [[nodiscard]] Ref<Str> finish() const;

 private:
  static constexpr std::size_t kInlineBytes = 200;

  void grow(std::size_t bytes);

  Builtins& builtins_;
  char* data_ = inline_;
  std::size_t size_ = 0;
  std::size_t capacity_ = kInlineBytes;
  char inline_[kInlineBytes];
};

}  // namespace ouro
