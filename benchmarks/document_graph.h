// Builds a parsed document as objects, on any side.
#pragma once

#include <string_view>
#include <vector>

#include "document.h"
#include "harness.h"
#include "object_side.h"

namespace bench {

/// Whether containers refer back to the container they are in.
enum class Parents {
  kNone,    ///< a tree: counting alone reclaims it
  kLinked,  ///< a dict holds its parent under kParentKey, a list as its last item: all of it is cyclic
};

/// No key of a document that is measured may be equal to it: its value would be replaced.
inline constexpr std::string_view kParentKey = "__parent__";

/// Makes the objects of one document, again and again. Its keys are interned once, when it is made.
template <ObjectSide S>
class DocumentBuilder {
 public:
  using Handle = typename S::Handle;

  DocumentBuilder(S& side, const Document& document)
      : side_(side), document_(document), parent_key_(side.interned(kParentKey)) {
    for (const std::string& key : document.keys) {
      require(key != kParentKey, "no key of the document is __parent__");
      keys_.push_back(side.interned(key));
    }
  }

  /// The document as objects.
  template <Parents kParents>
  [[nodiscard]] Handle build() {
    next_ = document_.events.data();
    return value<kParents>(nullptr);
  }

  /// A list of as many copies as are needed to reach `least` nodes.
  template <Parents kParents>
  [[nodiscard]] Handle build_copies(std::size_t least) {
    Handle root = side_.list();
    for (std::size_t i = 0; i < copies(least); ++i) side_.append(root, build<kParents>());
    return root;
  }

  /// How many copies that is, and how many nodes they have.
  [[nodiscard]] std::size_t copies(std::size_t least) const { return (least + document_.nodes() - 1) / document_.nodes(); }
  [[nodiscard]] std::size_t nodes(std::size_t least) const { return copies(least) * document_.nodes(); }

 private:
  template <Parents kParents>
  Handle value(const Handle* parent) {
    const Event& event = *next_++;
    switch (event.kind) {
      case EventKind::kFalse:
        return side_.boolean(false);
      case EventKind::kTrue:
        return side_.boolean(true);
      case EventKind::kInt:
        return side_.integer(event.integer);
      case EventKind::kFloat:
        return side_.real(event.real);
      case EventKind::kText:
        return side_.text(document_.text(event));
      case EventKind::kList:
        return list<kParents>(event.count, parent);
      case EventKind::kDict:
        return dict<kParents>(event.count, parent);
      case EventKind::kNull:
        break;
    }
    return side_.none();
  }

  template <Parents kParents>
  Handle list(std::size_t count, const Handle* parent) {
    Handle made = side_.list();
    for (std::size_t i = 0; i < count; ++i) side_.append(made, value<kParents>(&made));
    if (kParents == Parents::kLinked && parent != nullptr) side_.append(made, *parent);
    return made;
  }

  template <Parents kParents>
  Handle dict(std::size_t count, const Handle* parent) {
    Handle made = side_.dict();
    for (std::size_t i = 0; i < count; ++i) {
      const Handle& key = keys_[next_->key];
      side_.put(made, key, value<kParents>(&made));
    }
    if (kParents == Parents::kLinked && parent != nullptr) side_.put(made, parent_key_, *parent);
    return made;
  }

  S& side_;
  const Document& document_;
  const Event* next_ = nullptr;
  Handle parent_key_;
  std::vector<Handle> keys_;  ///< by number
};

}  // namespace bench
