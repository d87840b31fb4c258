// The method resolution order of a class (CPython: mro_implementation and pmerge in Objects/typeobject.c).
//
// C3: the class, then the merge of its bases' orders and of the list of its bases. The merge takes, again and again, the
// first class that stands at the head of a list and in the tail of none.
#include <ouro/objects/detail/class_parts.h>
#include <ouro/objects/detail/heap_allocator.h>
#include <ouro/objects/tuple.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace ouro {

namespace {

template <class T>
using HeapVector = std::vector<T, detail::HeapAllocator<T>>;

/// One list to merge. What has been taken from its front is gone.
using Row = HeapVector<Object*>;

bool is_in_a_tail(const HeapVector<Row>& rows, const Object* candidate) noexcept {
  return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
    return row.size() > 1 && std::find(row.begin() + 1, row.end(), candidate) != row.end();
  });
}

/// The next class of the merge, or null if there is none.
Object* next_of(const HeapVector<Row>& rows) noexcept {
  for (const Row& row : rows)
    if (!row.empty() && !is_in_a_tail(rows, row.front())) return row.front();
  return nullptr;
}

[[noreturn, gnu::cold]] void refuse(const HeapVector<Row>& rows) {
  std::vector<const Object*> heads;
  for (const Row& row : rows)
    if (!row.empty() && std::find(heads.begin(), heads.end(), row.front()) == heads.end()) heads.push_back(row.front());
  std::string names;
  for (const Object* const head : heads) {
    if (!names.empty()) names += ", ";
    names += static_cast<const Type*>(head)->name;
  }
  raise(ErrorKind::kTypeError, fmt::format("Cannot create a consistent method resolution\norder (MRO) for bases {}", names));
}

HeapVector<Row> rows_of(Class& type) {
  Heap& heap = *type.heap;
  const auto& bases = static_cast<const Tuple&>(*type.bases);
  HeapVector<Row> rows{detail::HeapAllocator<Row>(heap)};
  rows.reserve(bases.size + 1);
  for (Object* const base : bases.view()) {
    const Ref<Tuple> order = mro_of(static_cast<Type&>(*base));
    rows.emplace_back(order->view().begin(), order->view().end(), detail::HeapAllocator<Object*>(heap));
  }
  rows.emplace_back(bases.view().begin(), bases.view().end(), detail::HeapAllocator<Object*>(heap));
  return rows;
}

HeapVector<Object*> merge(HeapVector<Row> rows, Class& type) {
  HeapVector<Object*> order{detail::HeapAllocator<Object*>(*type.heap)};
  order.push_back(&type);
  const auto is_empty = [](const Row& row) { return row.empty(); };
  while (!std::all_of(rows.begin(), rows.end(), is_empty)) {
    Object* const taken = next_of(rows);
    if (taken == nullptr) refuse(rows);
    order.push_back(taken);
    for (Row& row : rows)
      if (!row.empty() && row.front() == taken) row.erase(row.begin());
  }
  return order;
}

}  // namespace

Ref<Tuple> mro_of(Type& type) {
  Builtins& builtins = *type.heap->builtins;
  if (Class* const made = as_class(type); made != nullptr && made->mro != nullptr)
    return share(static_cast<Tuple&>(*made->mro));
  HeapVector<Object*> order{detail::HeapAllocator<Object*>(*type.heap)};
  for (Type* step = &type; step != nullptr; step = step->base) order.push_back(step);
  return ouro::make_tuple(builtins, order);
}

bool is_subtype(const Type& type, const Type& base) noexcept {
  if (&type == &base) return true;
  if (type.has(kClassType)) {
    if (const Object* const mro = static_cast<const Class&>(type).mro; mro != nullptr) {
      const auto order = static_cast<const Tuple*>(mro)->view();
      return std::find(order.begin(), order.end(), &base) != order.end();
    }
  }
  for (const Type* step = type.base; step != nullptr; step = step->base)
    if (step == &base) return true;
  return false;
}

namespace detail {

void check_bases(std::span<Object* const> bases, const std::type_info* native) {
  for (std::size_t i = 0; i < bases.size(); ++i) {
    if (kind_of(*bases[i]) != Kind::kType) raise(ErrorKind::kTypeError, "bases must be types");
    const auto& base = static_cast<const Type&>(*bases[i]);
    const bool holds_the_same =
        native != nullptr && base.kind == Kind::kNative && *static_cast<const Class&>(base).native == *native;
    if (base.kind != Kind::kObject && base.kind != Kind::kInstance && !holds_the_same)
      raise(ErrorKind::kTypeError, fmt::format("type '{}' is not an acceptable base type", base.name));
    if (std::find(bases.begin(), bases.begin() + static_cast<std::ptrdiff_t>(i), bases[i]) !=
        bases.begin() + static_cast<std::ptrdiff_t>(i))
      raise(ErrorKind::kTypeError, fmt::format("duplicate base class {}", base.name));
  }
}

Ref<Tuple> linearise(Class& type) { return ouro::make_tuple(*type.heap->builtins, merge(rows_of(type), type)); }

}  // namespace detail

}  // namespace ouro
