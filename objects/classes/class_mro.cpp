// The method resolution order of a class (CPython: mro_implementation and pmerge in Objects/typeobject.c).
//
// C3: the class, then the merge of its bases' orders and of the list of its bases. The merge takes, again and again, the
// first class that stands at the head of a list and in the tail of none.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/heap_allocator.h>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ouro {

namespace {

template <class T>
using HeapVector = std::vector<T, detail::HeapAllocator<T>>;

/// One list to merge, without what has been taken from its front. What it views is held by a base's MRO or by the class.
using Row = std::span<Object* const>;

/// In how many rows a class stands behind the head.
using Tails = std::unordered_map<const Object*, std::size_t, std::hash<const Object*>, std::equal_to<>,
                                 detail::HeapAllocator<std::pair<const Object* const, std::size_t>>>;

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

/// The head of a row that stands in no tail. There is a row that is not empty.
Object& next_of(const HeapVector<Row>& rows, const Tails& tails) {
  for (const Row& row : rows)
    if (!row.empty() && tails.find(row.front())->second == 0) return *row.front();
  refuse(rows);
}

/// Linear in the lengths of the rows, times their number.
HeapVector<Object*> merge(HeapVector<Row> rows, Class& type) {
  Heap& heap = *type.heap;
  Tails tails{detail::HeapAllocator<std::pair<const Object* const, std::size_t>>(heap)};
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) tails[row[i]] += i == 0 ? 0 : 1;
  HeapVector<Object*> order{detail::HeapAllocator<Object*>(heap)};
  order.push_back(&type);
  const auto is_empty = [](const Row& row) { return row.empty(); };
  while (!std::all_of(rows.begin(), rows.end(), is_empty)) {
    Object& taken = next_of(rows, tails);
    order.push_back(&taken);
    for (Row& row : rows) {
      if (row.empty() || row.front() != &taken) continue;
      row = row.subspan(1);
      if (!row.empty()) --tails[row.front()];
    }
  }
  return order;
}

/// The MROs of the bases, held.
HeapVector<Ref<Tuple>> orders_of_bases(Class& type) {
  HeapVector<Ref<Tuple>> orders{detail::HeapAllocator<Ref<Tuple>>(*type.heap)};
  const auto bases = static_cast<const Tuple&>(*type.bases).view();
  orders.reserve(bases.size());
  for (Object* const base : bases) orders.push_back(mro_of(static_cast<Type&>(*base)));
  return orders;
}

/// The class, then what follows from its bases. Linear for one base.
HeapVector<Object*> order_of(Class& type) {
  const HeapVector<Ref<Tuple>> orders = orders_of_bases(type);
  if (orders.size() == 1) {  // nothing to merge
    HeapVector<Object*> order{detail::HeapAllocator<Object*>(*type.heap)};
    order.reserve(orders[0]->size + 1);
    order.push_back(&type);
    order.insert(order.end(), orders[0]->view().begin(), orders[0]->view().end());
    return order;
  }
  HeapVector<Row> rows{detail::HeapAllocator<Row>(*type.heap)};
  for (const Ref<Tuple>& order : orders) rows.push_back(order->view());
  rows.push_back(static_cast<const Tuple&>(*type.bases).view());
  return merge(std::move(rows), type);
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

Ref<Tuple> linearise(Class& type) { return ouro::make_tuple(*type.heap->builtins, order_of(type)); }

}  // namespace detail

}  // namespace ouro
