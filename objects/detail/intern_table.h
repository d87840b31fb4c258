// InternTable: the interned strings of one runtime by text. See intern.h.
#pragma once

#include <ouro/objects/detail/heap_allocator.h>
#include <ouro/objects/str_layout.h>

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
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
  /// Adds a str that has its hash and is no member. Throws MemoryError and changes nothing.
  void insert(Str& str) { strings_.insert(&str); }
  /// Removes a member. Allocates nothing.
  void erase(Str& str) noexcept { strings_.erase(&str); }

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

  boost::unordered_flat_set<Str*, Hash, Equal, detail::HeapAllocator<Str*>> strings_;
};

}  // namespace ouro
