// MessageNode: what a message says of one object. See message.h.
#pragma once

#include <ouro/objects/core/kind.h>

#include <cstdint>

namespace ouro {

/// One object of a message. Its references are words: numbers of nodes, or places of immortal objects.
struct MessageNode {
  /// How the receiving runtime comes by the object.
  enum class Form : std::uint8_t {
    kByValue,  ///< made from what the node and its words say
    kOfClass,  ///< the same; the first word is its class
    kByName,   ///< found among what the runtime exports
    kType,     ///< the type from outside of this kind
  };

  Kind kind;            ///< of the object; for kType of the objects of the type
  Form form;            ///< set by the packer
  bool flag;            ///< the type's own
  bool late;            ///< set by the type: filling it runs code, so that all others are filled before
  std::uint32_t count;  ///< the type's own: items, words or bytes
  std::uint64_t place;  ///< where they begin; of a type that writes no references its own
};
static_assert(sizeof(MessageNode) == 16);

}  // namespace ouro
