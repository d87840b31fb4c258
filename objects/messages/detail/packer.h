// Packer: reads an object graph into a message. See message.h.
//
// Objects are numbered in the order in which they are first reached, breadth first, so the list of nodes is also the list of
// what is still to be read. An object of count 1, the root excepted, has been reached by its only reference: nobody will
// come to it again, and it is not remembered.
#pragma once

#include <ouro/base/shared.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/messages/exports.h>
#include <ouro/objects/messages/message.h>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace ouro::detail {

/// A word that names an immortal object has this bit; below it, how far behind the start of the immortals it lies, in words.
inline constexpr std::uint32_t kImmortalWord = 0x8000'0000;
/// No object.
inline constexpr std::uint32_t kNoObject = 0xFFFF'FFFF;

/// Fills one message. May throw std::bad_alloc, which the caller turns into MemoryError.
class Packer {
 public:
  Packer(Message& message, const Object& root) noexcept : message_(message), root_(root), builtins_(builtins_of(root)) {}

  /// Reads everything that the root leads to.
  void pack();

  // For StateWriter.
  void put(std::uint32_t word) { message_.words_.push_back(word); }
  void put_number(std::uint64_t number);
  void put_text(std::string_view text);
  void put_shared(Shared<void> data);
  void put_reference(const Object* target) { put(target == nullptr ? kNoObject : word_for(*target)); }
  void put_uncounted(const Object& target) { put(remembered(target)); }
  [[nodiscard]] std::uint64_t append_bytes(std::string_view bytes);
  [[nodiscard]] std::size_t words() const noexcept { return message_.words_.size(); }

 private:
  /// The word for a reference to `object`, which becomes a node if it is none yet.
  [[nodiscard]] std::uint32_t word_for(const Object& object);
  /// The same for an object that is reached by references it does not count, too.
  [[nodiscard]] std::uint32_t remembered(const Object& object);
  [[nodiscard]] std::uint32_t add(const Object& object);
  [[nodiscard]] std::uint32_t add_exported(const Object& object);
  [[nodiscard]] std::uint32_t add_node(const MessageNode& node, const Object* to_be_read = nullptr);

  void read(std::size_t node);
  void order_those_made_last();
  [[nodiscard]] bool is_made_from_others(std::uint32_t word) const noexcept;

  Message& message_;
  const Object& root_;
  Builtins& builtins_;
  std::vector<const Object*> objects_;  ///< by node; null: there is nothing to read
  boost::unordered_flat_map<const Object*, std::uint32_t> numbers_;
};

}  // namespace ouro::detail
