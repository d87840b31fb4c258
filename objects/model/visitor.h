// Visitor: receives the references that an object owns, one by one.
//
// Only types with kCustom edges meet it: their `traverse` slot calls it for every reference they own. Traversal is const and
// noexcept, allocates nothing and changes no count; a reference that is not reported is a leak, one that is reported twice
// is an object freed early, and checking builds name both.
#pragma once

#include <ouro/objects/model/object.h>

#include <type_traits>

namespace ouro {

/// A borrowed callable `void(Object&)`. Two words, passed by value.
class Visitor {
 public:
  /// Calls `function` for each edge. `function` must outlive the traversal.
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, Visitor>) explicit Visitor(F& function) noexcept
      : context_(const_cast<void*>(static_cast<const void*>(&function))),
        call_([](void* context, Object& target) { (*static_cast<F*>(context))(target); }) {}

  /// Reports one owned reference; null is no edge.
  void operator()(Object* target) const {
    if (target != nullptr) call_(context_, *target);
  }

 private:
  void* context_;
  void (*call_)(void*, Object&);
};

}  // namespace ouro
