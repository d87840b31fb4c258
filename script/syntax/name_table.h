// The identifiers of a tree, each once. A token of a name says which.
#pragma once

#include <ouro/script/syntax/arena.h>
#include <ouro/script/syntax/token.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ouro::script {

class NameTable {
 public:
  explicit NameTable(Arena& arena);

  /// The index of `text`, which need not outlive the call.
  [[nodiscard]] std::uint32_t intern(std::string_view text) {
    const std::uint32_t hash = hash_of(text);
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != kEmpty) {
      const Entry& entry = entries_[slots_[slot]];
      if (entry.hash == hash && entry.text == text) return slots_[slot];
      slot = (slot + 1) & (slots_.size() - 1);
    }
    return add(text, hash, slot);
  }
  [[nodiscard]] std::string_view operator[](std::uint32_t name) const noexcept { return entries_[name].text; }
  /// kName, or the keyword that it is.
  [[nodiscard]] TokenType type_of(std::uint32_t name) const noexcept { return entries_[name].type; }

  // The soft keywords.
  std::uint32_t match, case_, underscore;

 private:
  struct Entry {
    std::string_view text;
    std::uint32_t hash;
    TokenType type;
  };
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFF;

  static std::uint32_t hash_of(std::string_view text) noexcept {
    std::uint32_t hash = 2166136261U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash ^ hash >> 15;
  }
  std::uint32_t add(std::string_view text, std::uint32_t hash, std::size_t slot);
  void grow();

  Arena& arena_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;
};

}  // namespace ouro::script
