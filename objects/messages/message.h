// Message: a copy of an object graph that belongs to no runtime.
//
//   runtime A, under its lock       anywhere, no lock              runtime B, under its lock
//   -------------------------       -----------------------        --------------------------------
//   Message message(*root)   ───>   | nodes | words | bytes |  ──> Ref<> root = message.unpack(builtins)
//
// Runtimes share no objects, so what one tells another is copied, in two steps: the graph is read under the lock of its
// runtime, in one go and without running any code, and built under the lock of the other. In between it is plain data, which
// may be kept, copied, moved to other threads and dropped without any lock. It counts towards no runtime's memory limit.
//
// What is copied is what CPython's pickle copies, and by its rules: an object that is reached twice is one object again, a
// cycle is a cycle. By kind:
//
//   None, True, ints, floats, str, built-in types    by value; an interned str is interned again
//   tuple, list, dict                                with everything in them, in order
//   exceptions                                       type, arguments, attributes, members
//   objects of other types                           what the type says (its `CopySlots`, copied.h), else refused
//   instances of run-time classes                    with their own attributes; no `__init__`, property or hook is called
//   objects of native classes                        what the class says (copied.h), else refused
//   classes and functions                            by the name they are exported under (exports.h), else refused
//   all others                                       TypeError "cannot pickle 'weakref.ReferenceType' object"
//
// Nothing in either step is recursive: nesting may be of any depth.
//
// Laws
//   message-apart: a message holds no object, so it outlives the runtime that it came from.
//   message-whole: an unpacking that fails leaves no object behind, and no finalizer of a half-made object runs.
//   message-tuples: a tuple, and what else is made from others, is made when those exist; a cycle always passes through
//     something that is filled later.
#pragma once

#include <ouro/base/shared.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/messages/message_node.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ouro {

namespace detail {

class Packer;
class Unpacker;

}  // namespace detail

/// A graph on its way between runtimes. A value like any other: no call but the two that touch objects needs a lock.
class Message {
 public:
  /// Empty: there is nothing to unpack.
  Message() noexcept = default;
  /// Copies what `root` leads to. Needs the lock of its runtime; runs no code and makes no object. TypeError "cannot pickle
  /// 'function' object" and PicklingError "Can't pickle <class 'Point'>: it is exported under no name" if there is anything
  /// that cannot go; MemoryError. Linear.
  explicit Message(const Object& root);
  template <class T>
  explicit Message(const Ref<T>& root) : Message(static_cast<const Object&>(*root)) {}

  /// Builds the graph in the runtime of `builtins`, whose lock is held; may be done any number of times. The hashes of keys
  /// that are instances are asked for when everything but such dicts is in place. AttributeError "Can't get attribute
  /// 'Point'" and TypeError if the runtime does not export what the message names; MemoryError; what a key's `__hash__` or
  /// `__eq__` throws; ValueError for an empty message. Law message-whole. Linear.
  [[nodiscard]] Ref<> unpack(Builtins& builtins) const;

  [[nodiscard]] bool empty() const noexcept { return !root_known_; }
  /// Objects that unpacking makes: what every runtime has already is not counted.
  [[nodiscard]] std::size_t objects() const noexcept { return nodes_.size(); }
  /// Bytes of memory that the message needs.
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  friend class detail::Packer;
  friend class detail::Unpacker;

  std::vector<MessageNode> nodes_;        ///< in the order in which they are first reached
  std::vector<std::uint32_t> words_;      ///< the references of containers
  std::vector<std::uint32_t> made_last_;  ///< nodes whose objects are made from others, in an order in which they can be
  std::string bytes_;                     ///< text, names, limbs
  std::vector<Shared<void>> shared_;      ///< what objects of native classes share across runtimes (copied.h)
  std::uint32_t root_ = 0;
  bool root_known_ = false;
};

}  // namespace ouro
