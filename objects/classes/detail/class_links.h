// Which classes a class has to hear of: those it derives from, and those that its MRO has besides.
//
//   class M(type):  def mro(cls): return [cls, X, object]
//
// X need not be a base, nor a base of one. What the class finds in it is borrowed all the same, so that it is told of
// changes there as of those of a base.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/class_body.h>
#include <ouro/objects/containers/tuple.h>

#include <cstdint>
#include <utility>

namespace ouro::detail {

/// The links of a class, in memory of their own, until the class takes them over.
class NewLinks {
 public:
  /// For its `__bases__` and this MRO. Throws MemoryError.
  NewLinks(Class& type, const Tuple& order);
  NewLinks(NewLinks&& other) noexcept
      : heap_(other.heap_), links_(std::exchange(other.links_, nullptr)), count_(std::exchange(other.count_, 0)) {}
  ~NewLinks() { free_links(*heap_, links_, count_); }
  NewLinks& operator=(NewLinks&& other) = delete;

  /// The class has them in place of those that it had, which are here now. What they lead to must be alive.
  void give_to(Class& type) noexcept;
  static void free_links(Heap& heap, SubclassLink* links, std::size_t count) noexcept;

 private:
  Heap* heap_;
  SubclassLink* links_ = nullptr;
  std::uint32_t count_ = 0;
};

}  // namespace ouro::detail
