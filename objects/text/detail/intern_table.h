// InternTable: the interned strings of one runtime by text. See intern.h.
#pragma once

#include <ouro/objects/core/detail/heap_allocator.h>
#include <ouro/objects/text/str_layout.h>

#include <boost/unordered/unordered_flat_set.hpp>

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace ouro {

/// A set of borrowed strings. The lock guards it.
class InternTable {
 public:
  explicit InternTable(Heap& heap) : strings_(0, Hash{}, Equal{}, detail::HeapAllocator<Str*>(heap)) {}

  /// The member with this text, whose hash is given, or null.
  [[nodiscard]] Str* find(std::string_view text, std::int64_t hash) const noexcept {
    const auto found = strings_.find(Key{text, hash});
    return found == strings_.end() ? nullptr : *found;
  }
  /// The member with this text if it was asked for lately, or null. Costs no keyed hash of the text.
  [[nodiscard]] Str* find_recent(std::string_view text) const noexcept {
    Str* const str = recent_[place_of(text)];
    return str != nullptr && text == std::string_view(str->data(), str->bytes) ? str : nullptr;
  }
  /// Notes that a member was asked for.
  void remember(Str& str) noexcept { recent_[place_of({str.data(), str.bytes})] = &str; }

  /// Adds a str that has its hash and is no member. Throws MemoryError and changes nothing.
  void insert(Str& str) { strings_.insert(&str); }
  /// Removes a member. Allocates nothing.
  void erase(Str& str) noexcept {
    if (Str*& noted = recent_[place_of({str.data(), str.bytes})]; noted == &str) noted = nullptr;
    strings_.erase(&str);
  }

  [[nodiscard]] std::size_t size() const noexcept { return strings_.size(); }

 private:
  struct Key {
    std::string_view text;
    std::int64_t hash;
  };
  struct Hash {
    using is_transparent = void;
    using is_avalanching = void;
    std::size_t operator()(const Str* str) const noexcept { return static_cast<std::size_t>(str->cached_hash); }
    std::size_t operator()(const Key& key) const noexcept { return static_cast<std::size_t>(key.hash); }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const Str* left, const Str* right) const noexcept { return left == right; }
    bool operator()(const Key& key, const Str* str) const noexcept {
      return key.hash == str->cached_hash && key.text == std::string_view(str->data(), str->bytes);
    }
    bool operator()(const Str* str, const Key& key) const noexcept { return (*this)(key, str); }
  };

  static constexpr int kRecentBits = 8;

  /// A place for a text, by its length, beginning and end. Texts that share it only push each other out.
  [[nodiscard]] static std::size_t place_of(std::string_view text) noexcept {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    const std::size_t part = text.size() < sizeof first ? text.size() : sizeof first;
    std::memcpy(&first, text.data(), part);
    std::memcpy(&last, text.data() + text.size() - part, part);
    const std::uint64_t mixed = (first ^ (last + text.size()) * 0x9E37'79B9'7F4A'7C15U) * 0xD6E8'FEB8'6659'FD93U;
    return static_cast<std::size_t>(mixed >> (64 - kRecentBits));
  }

  boost::unordered_flat_set<Str*, Hash, Equal, detail::HeapAllocator<Str*>> strings_;
  std::array<Str*, std::size_t{1} << kRecentBits> recent_{};  ///< borrowed; some of those asked for lately
};

}  // namespace ouro
