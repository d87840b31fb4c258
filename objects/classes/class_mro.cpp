// The method resolution order of a class (CPython: mro_implementation and pmerge in Objects/typeobject.c).
//
// C3: the class, then the merge of its bases' orders and of the list of its bases. The merge takes, again and again, the
// first class that stands at the head of a list and in the tail of none.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/small_vector.h>

#include <boost/container/flat_map.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <utility>

namespace ouro {

namespace {

/// Classes in order. Most classes have few above them.
using Order = detail::SmallVector<Object*, 16>;

/// One list to merge, without what has been taken from its front. What it views is held by a base's MRO or by the class.
using Row = std::span<Object* const>;
using Rows = detail::SmallVector<Row, 8>;

/// In how many rows a class stands behind the head.
using Tail = std::pair<const Object*, std::size_t>;
using Tails = boost::container::flat_map<const Object*, std::size_t, std::less<>, detail::SmallVector<Tail, 32>::Base>;

[[noreturn, gnu::cold]] void refuse(Heap& heap, const Rows& rows) {
  detail::SmallVector<const Object*, 8> heads(heap);
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
Object& next_of(Heap& heap, const Rows& rows, const Tails& tails) {
  for (const Row& row : rows)
    if (!row.empty() && tails.find(row.front())->second == 0) return *row.front();
  refuse(heap, rows);
}

/// n log n in the lengths of the rows: entering them one by one into a flat map would be quadratic.
Tails tails_of(Heap& heap, const Rows& rows) {
  detail::SmallVector<Tail, 32> tails(heap);
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) tails.emplace_back(row[i], i == 0 ? 0 : 1);
  std::sort(tails.begin(), tails.end(), [](const Tail& left, const Tail& right) { return left.first < right.first; });
  auto last = tails.begin();
  for (auto tail = tails.begin() + 1; tail != tails.end(); ++tail) {
    if (tail->first == last->first)
      last->second += tail->second;
    else
      *++last = *tail;
  }
  tails.erase(last + 1, tails.end());
  Tails map(std::less<>(), tails.get_stored_allocator());
  map.adopt_sequence(boost::container::ordered_unique_range, std::move(tails));
  return map;
}

/// The class, then the rows. Linear in the lengths of the rows, times their number and a logarithm.
void merge(Rows& rows, Class& type, Order& order) {
  Heap& heap = *type.heap;
  Tails tails = tails_of(heap, rows);
  order.push_back(&type);
  const auto is_empty = [](const Row& row) { return row.empty(); };
  while (!std::all_of(rows.begin(), rows.end(), is_empty)) {
    Object& taken = next_of(heap, rows, tails);
    order.push_back(&taken);
    for (Row& row : rows) {
      if (row.empty() || row.front() != &taken) continue;
      row = row.subspan(1);
      if (!row.empty()) --tails.find(row.front())->second;
    }
  }
}

using Held = detail::SmallVector<Ref<Tuple>, 8>;

/// The MROs of the bases, held.
void add_orders_of_bases(Class& type, Held& orders) {
  const auto bases = static_cast<const Tuple&>(*type.bases).view();
  orders.reserve(bases.size());
  for (Object* const base : bases) orders.push_back(mro_of(static_cast<Type&>(*base)));
}

/// The class, then what follows from its bases. Linear for one base.
void add_order_of(Class& type, Order& order) {
  Held orders(*type.heap);
  add_orders_of_bases(type, orders);
  if (orders.size() == 1) {  // nothing to merge
    order.reserve(orders[0]->size + 1);
    order.push_back(&type);
    order.insert(order.end(), orders[0]->view().begin(), orders[0]->view().end());
    return;
  }
  Rows rows(*type.heap);
  for (const Ref<Tuple>& each : orders) rows.push_back(each->view());
  rows.push_back(static_cast<const Tuple&>(*type.bases).view());
  merge(rows, type, order);
}

}  // namespace

Ref<Tuple> mro_of(Type& type) {
  Builtins& builtins = *type.heap->builtins;
  if (Class* const made = as_class(type); made != nullptr && made->mro != nullptr)
    return share(static_cast<Tuple&>(*made->mro));
  Order order(*type.heap);
  Type* second = nullptr;
  for (Type* step = &type; step != nullptr; step = step->base) {
    if (second != nullptr && second->base == step) order.push_back(std::exchange(second, nullptr));
    order.push_back(step);
    if (step->slots->second_base != nullptr) second = step->slots->second_base(*step);
  }
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
  for (const Type* step = &type; step != nullptr; step = step->base) {
    if (step == &base) return true;
    if (step->slots->second_base != nullptr && step->slots->second_base(*step) == &base) return true;
  }
  return false;
}

namespace detail {

Ref<Tuple> linearise(Class& type) {
  Order order(*type.heap);
  add_order_of(type, order);
  return ouro::make_tuple(*type.heap->builtins, order);
}

}  // namespace detail

}  // namespace ouro
