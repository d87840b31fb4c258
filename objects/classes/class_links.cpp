// Links between classes: making them, giving them to a class, taking them away.
#include <ouro/objects/classes/detail/class_links.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/protocol.h>

#include <algorithm>
#include <new>
#include <span>
#include <utility>

namespace ouro::detail {

namespace {

/// A class that hears of `step` through one of its bases.
bool is_covered(const Class& type, const Object& step) noexcept {
  const auto bases = static_cast<const Tuple&>(*type.bases).view();
  return std::any_of(bases.begin(), bases.end(), [&](const Object* base) {
    return is_subtype(static_cast<const Type&>(*base), static_cast<const Type&>(step));
  });
}

}  // namespace

NewLinks::NewLinks(Class& type, const Tuple& order) : heap_(type.heap) {
  const auto bases = static_cast<const Tuple&>(*type.bases).view();
  SmallVector<Object*, 8> targets(*heap_);
  targets.assign(bases.begin(), bases.end());
  if (type.body->own_order)
    for (Object* const step : order.view())
      if (step != &type && !is_covered(type, *step)) targets.push_back(step);
  void* const memory = heap_->memory.allocate_buffer(targets.size() * sizeof(SubclassLink));
  if (memory == nullptr) raise_out_of_memory();
  links_ = static_cast<SubclassLink*>(memory);
  for (Object* const target : targets) {
    const bool is_base = count_ < bases.size();
    new (&links_[count_++]) SubclassLink{&type, as_class(*target), nullptr, nullptr, is_base, false, 0};
  }
}

void NewLinks::give_to(Class& type) noexcept {
  unlink_from_bases(type);
  ClassBody& body = *type.body;
  std::swap(links_, body.links);
  std::swap(count_, body.link_count);
  for (std::uint32_t i = 0; i < body.link_count; ++i) {
    SubclassLink& link = body.links[i];
    if (link.base == nullptr) continue;
    link.number = link.base->body->links_made++;
    Subclasses::push_back(link.base->body->derived, link);
  }
}

void NewLinks::free_links(Heap& heap, SubclassLink* links, std::size_t count) noexcept {
  if (links != nullptr) heap.memory.free_buffer(links, count * sizeof(SubclassLink));
}

void unlink_from_bases(Class& type) noexcept {
  ClassBody& body = *type.body;
  for (std::uint32_t i = 0; i < body.link_count; ++i) {
    SubclassLink& link = body.links[i];
    if (link.base != nullptr) Subclasses::remove(link.base->body->derived, link);
    link.is_asked = false;
  }
}

}  // namespace ouro::detail
