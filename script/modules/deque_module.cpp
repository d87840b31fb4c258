// The module _collections: deque (CPython: Modules/_collectionsmodule.c).
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/cpp/native_cast.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/modules/modules.h>

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace ouro::script {

namespace {

/// What an object of class deque holds. Items go out before they are dropped, for that may run anything.
struct Deque {
  std::deque<Ref<>> items;
  std::optional<std::int64_t> most;
  std::uint64_t changes = 0;  ///< of its size
  static constexpr std::tuple edges{&Deque::items};

  [[nodiscard]] bool is_full() const noexcept { return most && static_cast<std::int64_t>(items.size()) > *most; }
  Ref<> take_first() {
    Ref<> taken = std::move(items.front());
    items.pop_front();
    ++changes;
    return taken;
  }
  Ref<> take_last() {
    Ref<> taken = std::move(items.back());
    items.pop_back();
    ++changes;
    return taken;
  }
  void append(Object& item) {
    items.push_back(share(item));
    ++changes;
    const Ref<> dropped = is_full() ? take_first() : Ref<>();
  }
  void append_left(Object& item) {
    items.push_front(share(item));
    ++changes;
    const Ref<> dropped = is_full() ? take_last() : Ref<>();
  }
};

/// What an iterator over one holds.
struct DequeIterator {
  Ref<> deque;
  std::uint64_t changes = 0;
  std::int64_t next = 0;
  bool is_backwards = false;
  static constexpr std::tuple edges{&DequeIterator::deque};
};

Deque& deque_in(Object& object) { return *native_cast<Deque>(object); }

void extend(Deque& deque, Object& self, Object& iterable, bool is_left) {
  const Ref<> source = &iterable == &self ? Ref<>(list_from(iterable)) : share(iterable);
  const Ref<> iterator = iterate(*source);
  while (const Ref<> item = next(*iterator)) is_left ? deque.append_left(*item) : deque.append(*item);
}

void clear(Deque& deque) {
  ++deque.changes;
  const std::deque<Ref<>> dropped = std::exchange(deque.items, {});
}

void initialise(Object& self, Object* iterable, Object* most) {
  Deque& deque = deque_in(self);
  std::optional<std::int64_t> limit;
  if (most != nullptr && !is_none(*most)) {
    if (as_int(*most) == nullptr) raise(ErrorKind::kTypeError, "an integer is required");
    limit = to_index(*most, ErrorKind::kOverflowError);
    if (*limit < 0) raise(ErrorKind::kValueError, "maxlen must be non-negative");
  }
  deque.most = limit;
  clear(deque);
  if (iterable != nullptr) extend(deque, self, *iterable, false);
}

std::size_t place_in(const Deque& deque, std::int64_t index) {
  const auto size = static_cast<std::int64_t>(deque.items.size());
  if (index < 0) index += size;
  if (index < 0 || index >= size) raise(ErrorKind::kIndexError, "deque index out of range");
  return static_cast<std::size_t>(index);
}

std::int64_t index_given(Object& given) {
  if (as_int(given) == nullptr && !has_attribute(given, *make_str(builtins_of(given), "__index__")))
    raise(ErrorKind::kTypeError, fmt::format("sequence index must be integer, not '{}'", given.type->name));
  return to_index(given);
}

void rotate(Deque& deque, std::int64_t by) {
  const auto size = static_cast<std::int64_t>(deque.items.size());
  if (size < 2) return;
  by %= size;
  if (by > size / 2) by -= size;
  if (by < -size / 2) by += size;
  ++deque.changes;
  for (; by > 0; --by) {
    deque.items.push_front(std::move(deque.items.back()));
    deque.items.pop_back();
  }
  for (; by < 0; ++by) {
    deque.items.push_back(std::move(deque.items.front()));
    deque.items.pop_front();
  }
}

/// The place of the first item from `start` on that equals `value`; nothing if there is none before `stop`.
std::optional<std::size_t> find(Deque& deque, Object& value, std::int64_t start, std::int64_t stop) {
  const std::uint64_t changes = deque.changes;
  for (auto i = static_cast<std::size_t>(start); i < deque.items.size() && static_cast<std::int64_t>(i) < stop; ++i) {
    const Ref<> item = deque.items[i];
    if (same_or_equal(*item, value)) return i;
    if (deque.changes != changes) raise(ErrorKind::kRuntimeError, "deque mutated during iteration");
  }
  return std::nullopt;
}

std::int64_t bound(Object* given, std::int64_t fallback, std::int64_t size) {
  if (given == nullptr) return fallback;
  std::int64_t value = to_index(*given);
  if (value < 0) value += size;
  return std::max<std::int64_t>(value, 0);
}

std::int64_t index_of(Deque& deque, Object& value, Object* start, Object* stop) {
  const auto size = static_cast<std::int64_t>(deque.items.size());
  const auto found = find(deque, value, bound(start, 0, size), bound(stop, size, size));
  if (!found) raise(ErrorKind::kValueError, fmt::format("{} is not in deque", shown_in_error(value)));
  return static_cast<std::int64_t>(*found);
}

std::int64_t count_of(Deque& deque, Object& value) {
  const std::uint64_t changes = deque.changes;
  std::int64_t count = 0;
  for (std::size_t i = 0; i < deque.items.size(); ++i) {
    const Ref<> item = deque.items[i];
    count += same_or_equal(*item, value) ? 1 : 0;
    if (deque.changes != changes) raise(ErrorKind::kRuntimeError, "deque mutated during iteration");
  }
  return count;
}

void remove_at(Deque& deque, std::size_t place) {
  const Ref<> dropped = std::move(deque.items[place]);
  deque.items.erase(deque.items.begin() + static_cast<std::ptrdiff_t>(place));
  ++deque.changes;
}

void remove(Deque& deque, Object& value) {
  const std::uint64_t changes = deque.changes;
  for (std::size_t i = 0; i < deque.items.size(); ++i) {
    const Ref<> item = deque.items[i];
    const bool is_found = same_or_equal(*item, value);
    if (deque.changes != changes) raise(ErrorKind::kIndexError, "deque mutated during remove().");
    if (is_found) return remove_at(deque, i);
  }
  raise(ErrorKind::kValueError, fmt::format("{} is not in deque", shown_in_error(value)));
}

void insert(Deque& deque, std::int64_t index, Object& item) {
  const auto size = static_cast<std::int64_t>(deque.items.size());
  if (deque.most && size >= *deque.most) raise(ErrorKind::kIndexError, "deque already at its maximum size");
  if (index < 0) index = std::max<std::int64_t>(index + size, 0);
  index = std::min(index, size);
  deque.items.insert(deque.items.begin() + index, share(item));
  ++deque.changes;
}

void reverse(Deque& deque) noexcept { std::reverse(deque.items.begin(), deque.items.end()); }

Ref<List> as_list(Builtins& builtins, const Deque& deque) {
  Ref<List> all = make_list(builtins);
  const std::deque<Ref<>> items = deque.items;
  for (const Ref<>& item : items) all->append(*item);
  return all;
}

Ref<> step_of(DequeIterator& iterator, Builtins& builtins) {
  if (!iterator.deque) return fail(builtins.none(), ErrorKind::kStopIteration);
  Deque& deque = deque_in(*iterator.deque);
  if (deque.changes != iterator.changes) {
    iterator.next = std::numeric_limits<std::int64_t>::max();
    raise(ErrorKind::kRuntimeError, "deque mutated during iteration");
  }
  const auto size = static_cast<std::int64_t>(deque.items.size());
  if (iterator.next >= size) {
    const Ref<> dropped = std::exchange(iterator.deque, {});
    return fail(builtins.none(), ErrorKind::kStopIteration);
  }
  const std::int64_t place = iterator.is_backwards ? size - 1 - iterator.next : iterator.next;
  ++iterator.next;
  return deque.items[static_cast<std::size_t>(place)];
}

}  // namespace

Ref<Module> make_collections_module(Interpreter& interpreter) {
  Runtime& rt = interpreter.runtime();
  Ref<Module> module = make_builtin_module(interpreter, "_collections", "What the module collections is made from.");
  auto step = rt.class_<DequeIterator>("_deque_iterator");
  step.value("__module__", "_collections");
  step.def("__iter__(self)", [](Object& self) { return share(self); });
  step.def("__next__(self)", [](DequeIterator& self, Builtins& builtins) { return step_of(self, builtins); });
  step.def("__length_hint__(self)", [](DequeIterator& self) {
    if (!self.deque) return std::int64_t{0};
    return std::max<std::int64_t>(static_cast<std::int64_t>(deque_in(*self.deque).items.size()) - self.next, 0);
  });
  auto type = rt.class_<Deque>("deque");
  type.value("__module__", "collections");
  type.init<>();
  type.def("_initialise(self, iterable, maxlen)",
           [](Object& self, Object& iterable, Object& most) { initialise(self, &iterable, &most); });
  type.def("append(self, x)", [](Deque& self, Object& item) { self.append(item); });
  type.def("appendleft(self, x)", [](Deque& self, Object& item) { self.append_left(item); });
  type.def("pop(self)", [](Deque& self) {
    if (self.items.empty()) raise(ErrorKind::kIndexError, "pop from an empty deque");
    return self.take_last();
  });
  type.def("popleft(self)", [](Deque& self) {
    if (self.items.empty()) raise(ErrorKind::kIndexError, "pop from an empty deque");
    return self.take_first();
  });
  type.def("clear(self)", [](Deque& self) { clear(self); });
  type.def("extend(self, iterable)", [](Object& self, Object& items) { extend(deque_in(self), self, items, false); });
  type.def("extendleft(self, iterable)", [](Object& self, Object& items) { extend(deque_in(self), self, items, true); });
  type.def("_rotate(self, n)", [](Deque& self, Object& by) { rotate(self, to_index(by)); });
  type.def("count(self, x)", [](Deque& self, Object& value) { return count_of(self, value); });
  type.def("_index(self, x, start, stop)", [](Deque& self, Object& value, Object& start, Object& stop) {
    return index_of(self, value, is_none(start) ? nullptr : &start, is_none(stop) ? nullptr : &stop);
  });
  type.def("remove(self, x)", [](Deque& self, Object& value) { remove(self, value); });
  type.def("insert(self, i, x)", [](Deque& self, Object& index, Object& item) { insert(self, to_index(index), item); });
  type.def("reverse(self)", [](Deque& self) { reverse(self); });
  type.def("_list(self)", [](Deque& self, Builtins& builtins) { return as_list(builtins, self); });
  type.def("__len__(self)", [](Deque& self) { return self.items.size(); });
  type.def("__getitem__(self, i)",
           [](Deque& self, Object& index) { return self.items[place_in(self, index_given(index))]; });
  type.def("__setitem__(self, i, x)", [](Deque& self, Object& index, Object& item) {
    const std::size_t place = place_in(self, index_given(index));
    const Ref<> dropped = std::exchange(self.items[place], share(item));
  });
  type.def("__delitem__(self, i)", [](Deque& self, Object& index) { remove_at(self, place_in(self, index_given(index))); });
  type.def("__contains__(self, x)", [](Deque& self, Object& value) {
    return find(self, value, 0, std::numeric_limits<std::int64_t>::max()).has_value();
  });
  const auto iterator_over = [](Object& self, bool is_backwards) {
    return DequeIterator{share(self), deque_in(self).changes, 0, is_backwards};
  };
  type.def("__iter__(self)", [iterator_over](Object& self) { return iterator_over(self, false); });
  type.def("__reversed__(self)", [iterator_over](Object& self) { return iterator_over(self, true); });
  type.prop("maxlen", [](Deque& self) { return self.most; });
  interpreter.kept.push_back(step.type());
  module->set("deque", *type.type());
  return module;
}

}  // namespace ouro::script
