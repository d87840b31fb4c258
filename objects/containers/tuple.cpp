// How tuples are made, and what they do.
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/containers/detail/list_buffer.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/protocol.h>

#include <algorithm>
#include <utility>

namespace ouro {

// The items are counted first, for making the tuple may collect, and that drop whatever else holds them.
Ref<Tuple> make_tuple(Builtins& builtins, std::span<Object* const> items) {
  detail::HeldItems held(items);
  Ref<Tuple> made = build_tuple(builtins, items.size(), [&](std::size_t i) noexcept { return Ref<>::adopt(items[i]); });
  held.release();
  return made;
}

namespace {

/// The items of a list at once. Making the tuple may collect, and a finalizer change the list: empty if its size is another
/// one then.
Ref<Tuple> tuple_of(const List& list) {
  Builtins& builtins = builtins_of(list);
  const std::size_t size = list.size;
  std::span<Object* const> items;
  Ref<Tuple> made = build_tuple(builtins, size, [&](std::size_t i) noexcept {
    if (i == 0) items = list.view();
    return share(i < items.size() ? *items[i] : builtins.none());
  });
  return list.size == size ? std::move(made) : Ref<Tuple>();
}

}  // namespace

Ref<Tuple> tuple_from(Object& iterable) {
  if (is_exact<Tuple>(iterable)) return share(static_cast<Tuple&>(iterable));
  const Ref<> held = share(iterable);
  const bool is_list = is_exact<List>(iterable);
  if (is_list)
    if (Ref<Tuple> made = tuple_of(static_cast<const List&>(iterable))) return made;
  const Ref<List> items = is_list ? static_cast<const List&>(iterable).copy() : list_from(iterable);
  // A finalizer may change any list that it finds: it finds this one empty.
  const detail::DroppedItems taken = detail::take_all(*items);
  return make_tuple(builtins_of(iterable), {taken.items, taken.count});
}

Object& get(const Tuple& tuple, std::int64_t index) {
  const std::int64_t position = detail::from_front(index, tuple.size);
  if (!detail::is_position(position, tuple.size)) raise(ErrorKind::kIndexError, "tuple index out of range");
  return *tuple.items[position];
}

Ref<Tuple> slice(Tuple& tuple, const Slice& part) {
  const SliceRange range = resolve(part, tuple.size);
  if (range.size == tuple.size && range.step == 1 && is_exact<Tuple>(tuple)) return share(tuple);
  const Ref<> held = detail::hold(tuple);
  return build_tuple(builtins_of(tuple), range.size,
                     [&](std::size_t i) noexcept { return share(*tuple.items[range.at(i)]); });
}

Ref<Tuple> concatenate(Tuple& left, Tuple& right) {
  if (right.size == 0 && is_exact<Tuple>(left)) return share(left);
  if (left.size == 0 && is_exact<Tuple>(right)) return share(right);
  const Ref<> held[] = {detail::hold(left), detail::hold(right)};
  return build_tuple(builtins_of(left), std::size_t{left.size} + right.size, [&](std::size_t i) noexcept {
    return share(i < left.size ? *left.items[i] : *right.items[i - left.size]);
  });
}

Ref<Tuple> repeat(Tuple& tuple, std::int64_t times) {
  Builtins& builtins = builtins_of(tuple);
  if (times <= 0 || tuple.size == 0) return share(builtins.empty_tuple());
  if (times == 1 && is_exact<Tuple>(tuple)) return share(tuple);
  const Ref<> held = detail::hold(tuple);
  const auto factor = static_cast<std::uint64_t>(times);
  if (factor > std::numeric_limits<std::uint32_t>::max() / tuple.size) raise_out_of_memory();
  std::size_t source = 0;
  return build_tuple(builtins, tuple.size * factor, [&](std::size_t) noexcept {
    Object& item = *tuple.items[source];
    if (++source == tuple.size) source = 0;
    return share(item);
  });
}

std::size_t index_of(const Tuple& tuple, Object& value, std::int64_t start, std::int64_t stop) {
  const Ref<> held[] = {detail::hold(tuple), share(value)};
  const std::size_t end = detail::clip_bound(stop, tuple.size);
  for (std::size_t i = detail::clip_bound(start, tuple.size); i < end; ++i)
    if (same_or_equal(*tuple.items[i], value)) return i;
  raise(ErrorKind::kValueError, "tuple.index(x): x not in tuple");
}

std::size_t count_of(const Tuple& tuple, Object& value) {
  const Ref<> held[] = {detail::hold(tuple), share(value)};
  return static_cast<std::size_t>(
      std::ranges::count_if(tuple.view(), [&](Object* item) { return same_or_equal(*item, value); }));
}

bool contains(const Tuple& tuple, Object& value) {
  const Ref<> held[] = {detail::hold(tuple), share(value)};
  return std::ranges::any_of(tuple.view(), [&](Object* item) { return same_or_equal(*item, value); });
}

}  // namespace ouro
