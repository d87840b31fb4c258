// Unpacker: builds the object graph of a message in a runtime. See message.h.
//
//   make      all nodes but those made from others (tuples), containers empty
//   tuples    each after the tuples in it
//   fill      all but those whose filling runs code
//   the rest  dicts whose keys do, the innermost first
#pragma once

#include <ouro/base/shared.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/messages/exports.h>
#include <ouro/objects/messages/message.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace ouro::detail {

/// Unpacks one message once. May throw std::bad_alloc, which the caller turns into MemoryError.
class Unpacker {
 public:
  Unpacker(const Message& message, Builtins& builtins) : message_(message), builtins_(builtins) {}
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;
  /// Drops what was made, and empties it first if it was not finished: there may be cycles.
  ~Unpacker();

  [[nodiscard]] Ref<> unpack();

  // For StateReader.
  [[nodiscard]] std::string_view text_at(std::uint64_t place, std::uint64_t size) const noexcept {
    return std::string_view(message_.bytes_).substr(place, size);
  }
  [[nodiscard]] const Shared<void>& shared_at(std::uint64_t place) const noexcept { return message_.shared_[place]; }
  /// The object a word names, borrowed; null for none.
  [[nodiscard]] Object* object(std::uint32_t word) const noexcept;

 private:
  /// The object of a node, which may stay empty inside.
  [[nodiscard]] Ref<> make(const MessageNode& node);
  [[nodiscard]] Ref<> make_by_value(const MessageNode& node, Type& type);
  [[nodiscard]] Ref<> find_exported(const MessageNode& node) const;
  [[nodiscard]] Type& type_of(const MessageNode& node) const;
  [[nodiscard]] Type& outside_type(const MessageNode& node) const;
  void make_those_made_last();

  void fill(const MessageNode& node, Object& object);
  void empty_all() noexcept;

  [[nodiscard]] StateReader reader_of(const MessageNode& node) noexcept;
  [[nodiscard]] const std::uint32_t* words_of(const MessageNode& node) const noexcept {
    // The place of an object that writes no references is any number.
    return node.place < message_.words_.size() ? message_.words_.data() + node.place : nullptr;
  }

  const Message& message_;
  Builtins& builtins_;
  std::vector<Object*> objects_;  ///< by node, a count of each; null: not made yet
  bool finished_ = false;
};

}  // namespace ouro::detail
