// The iterators of itertools that pass on what other iterators give (CPython: Modules/itertoolsmodule.c).
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/iterators/detail/lazy.h>
#include <ouro/objects/model/failure.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/script/modules/iteration_step.h>

#include <limits>
#include <optional>
#include <utility>

namespace ouro::script::steps {

namespace {

/// The next item of a part; the part is held meanwhile, for code of classes may replace it.
Ref<> next_of(Step& step, std::size_t part) {
  if (step.parts[part] == nullptr) return {};
  const Ref<> iterator = share(*step.parts[part]);
  return ouro::detail::next_or_fail(*iterator);
}

Ref<> call_with(Object& function, Object& item) {
  const Ref<> held = share(function);
  Object* const argument = &item;
  return ouro::detail::unless_it_stops(heap_of(function), [&] {
    return ouro::detail::call_or_fail(*held, {{&argument, 1}, {}, {}});
  });
}

/// Whether a predicate, or without one the item itself, is true. Empty: the call failed.
std::optional<bool> holds(Object* predicate, Object& item) {
  if (predicate == nullptr || is_none(*predicate)) return truth(item);
  const Ref<> answer = call_with(*predicate, item);
  if (!answer) return std::nullopt;
  return truth(*answer);
}

Ref<> keep(Step& step, std::size_t part, Ref<> value) {
  store(step.parts[part], share(*value).release());
  return value;
}

void drop(Step& step, std::size_t part) noexcept { store(step.parts[part], nullptr); }

}  // namespace

// parts: the number if it is no small int, the step if it is not 1. numbers: the number otherwise.
Ref<> count(Step& step) {
  Builtins& builtins = builtins_of(step);
  if (step.parts[0] == nullptr) {
    Ref<> now = make_int(builtins, step.numbers[0]);
    if (step.numbers[0] < std::numeric_limits<std::int64_t>::max()) {
      ++step.numbers[0];
      return now;
    }
    store(step.parts[0], apply(Operator::kAdd, *now, *make_int(builtins, 1)).release());
    return now;
  }
  Ref<> now = share(*step.parts[0]);
  const Ref<> by = step.parts[1] != nullptr ? share(*step.parts[1]) : Ref<>(make_int(builtins, 1));
  store(step.parts[0], apply(Operator::kAdd, *now, *by).release());
  return now;
}

// parts: the iterator until it ends, the items seen. numbers: the place among them.
Ref<> cycle(Step& step) {
  const Ref<List> seen = share(static_cast<List&>(*step.parts[1]));
  if (step.parts[0] != nullptr) {
    const FailureMark mark(heap_of(step).failures);
    if (Ref<> item = next_of(step, 0)) {
      seen->append(*item);
      return item;
    }
    if (mark.failed()) return {};
    drop(step, 0);
  }
  if (seen->size == 0) return {};
  if (static_cast<std::size_t>(step.numbers[0]) >= seen->size) step.numbers[0] = 0;
  return share(*seen->items[step.numbers[0]++]);
}

// parts: the object. numbers: how often, -1 without end.
Ref<> repeat(Step& step) {
  if (step.numbers[0] == 0) return {};
  if (step.numbers[0] > 0) --step.numbers[0];
  return share(*step.parts[0]);
}

// parts: the iterator over iterables, the iterator at work.
Ref<> chain(Step& step) {
  const FailureMark mark(heap_of(step).failures);
  while (step.parts[0] != nullptr) {
    if (step.parts[1] == nullptr) {
      const Ref<> iterable = next_of(step, 0);
      if (!iterable) {
        drop(step, 0);
        return {};
      }
      static_cast<void>(keep(step, 1, iterate(*iterable)));
    }
    if (Ref<> item = next_of(step, 1)) return item;
    if (mark.failed()) return {};
    drop(step, 1);
  }
  return {};
}

// parts: data, selectors.
Ref<> compress(Step& step) {
  while (true) {
    Ref<> item = next_of(step, 0);
    if (!item) return {};
    const Ref<> selector = next_of(step, 1);
    if (!selector) return {};
    if (truth(*selector)) return item;
  }
}

// parts: predicate, iterator. numbers: whether it has begun.
Ref<> drop_while(Step& step) {
  while (true) {
    Ref<> item = next_of(step, 1);
    if (!item || step.numbers[0] != 0) return item;
    const std::optional<bool> answer = holds(step.parts[0], *item);
    if (!answer) return {};
    if (*answer) continue;
    step.numbers[0] = 1;
    return item;
  }
}

// parts: predicate, iterator. numbers: whether it has ended.
Ref<> take_while(Step& step) {
  if (step.numbers[0] != 0) return {};
  Ref<> item = next_of(step, 1);
  if (!item) return {};
  const std::optional<bool> answer = holds(step.parts[0], *item);
  if (answer && *answer) return item;
  if (answer) step.numbers[0] = 1;
  return {};
}

// parts: predicate, iterator.
Ref<> filter_false(Step& step) {
  while (true) {
    Ref<> item = next_of(step, 1);
    if (!item) return {};
    const std::optional<bool> answer = holds(step.parts[0], *item);
    if (!answer) return {};
    if (!*answer) return item;
  }
}

// parts: function, iterator.
Ref<> star_map(Step& step) {
  const Ref<> item = next_of(step, 1);
  if (!item) return {};
  const Ref<> function = share(*step.parts[0]);
  const Ref<Tuple> arguments = tuple_from(*item);
  return ouro::detail::unless_it_stops(heap_of(step), [&] {
    return ouro::detail::call_or_fail(*function, {{arguments->items, arguments->size}, {}, {}});
  });
}

// parts: the iterator until the end. numbers: the next item wanted, the end (-1: none), the step. places: items taken.
Ref<> slice(Step& step) {
  if (step.parts[0] == nullptr) return {};
  const std::int64_t wanted = step.numbers[0];
  const std::int64_t end = step.numbers[1];
  const bool ends_before = end >= 0 && wanted >= end;
  const std::int64_t until = ends_before ? end : wanted;
  while (step.places[0] < until) {
    const Ref<> passed = next_of(step, 0);
    if (!passed) {
      drop(step, 0);
      return {};
    }
    ++step.places[0];
  }
  if (ends_before) {
    drop(step, 0);
    return {};
  }
  Ref<> item = next_of(step, 0);
  if (!item) {
    drop(step, 0);
    return {};
  }
  ++step.places[0];
  const bool too_far = wanted > std::numeric_limits<std::int64_t>::max() - step.numbers[2];
  step.numbers[0] = too_far ? std::numeric_limits<std::int64_t>::max() : wanted + step.numbers[2];
  return item;
}

// parts: the total, the iterator, the function or null, the first value or null.
Ref<> accumulate(Step& step) {
  if (step.parts[3] != nullptr) {
    Ref<> initial = Ref<>::adopt(std::exchange(step.parts[3], nullptr));
    return keep(step, 0, std::move(initial));
  }
  Ref<> item = next_of(step, 1);
  if (!item) return {};
  if (step.parts[0] == nullptr) return keep(step, 0, std::move(item));
  const Ref<> total = share(*step.parts[0]);
  if (step.parts[2] == nullptr) return keep(step, 0, apply(Operator::kAdd, *total, *item));
  const Ref<> function = share(*step.parts[2]);
  Object* const arguments[] = {total.get(), item.get()};
  Ref<> made = ouro::detail::call_or_fail(*function, {arguments, {}, {}});
  return made ? keep(step, 0, std::move(made)) : Ref<>();
}

// parts: the iterator until the end, the item before.
Ref<> pairwise(Step& step) {
  if (step.parts[0] == nullptr) return {};
  if (step.parts[1] == nullptr) {
    Ref<> first = next_of(step, 0);
    if (!first) {
      drop(step, 0);
      return {};
    }
    static_cast<void>(keep(step, 1, std::move(first)));
  }
  const Ref<> before = share(*step.parts[1]);
  const Ref<> item = next_of(step, 0);
  if (!item) {
    drop(step, 0);
    drop(step, 1);
    return {};
  }
  static_cast<void>(keep(step, 1, item));
  return make_tuple(builtins_of(step), {before.get(), item.get()});
}

// parts: a list of iterators, None for those that ended; what stands in for them. numbers: how many have not ended.
Ref<> zip_longest(Step& step) {
  const Ref<List> iterators = share(static_cast<List&>(*step.parts[0]));
  const Ref<> fill = share(*step.parts[1]);
  Builtins& builtins = builtins_of(step);
  if (iterators->size == 0 || step.numbers[0] == 0) return {};
  const Ref<List> items = make_list(builtins);
  const FailureMark mark(heap_of(step).failures);
  for (std::size_t i = 0; i < iterators->size; ++i) {
    const Ref<> iterator = share(*iterators->items[i]);
    Ref<> item;
    if (!is_none(*iterator)) {
      item = ouro::detail::next_or_fail(*iterator);
      if (!item) {
        if (mark.failed() || --step.numbers[0] == 0) {
          step.numbers[0] = 0;
          return {};
        }
        iterators->set(static_cast<std::int64_t>(i), builtins.none());
      }
    }
    items->append(item ? *item : *fill);
  }
  return tuple_from(*items);
}

// parts: the iterator, the function or null, the key wanted by the group at work, the key at hand, the item at hand.
// numbers: which group is at work.
namespace {

/// Takes the next item and its key. False: there is none, or that failed.
bool advance(Step& step) {
  Ref<> item = next_of(step, 0);
  if (!item) return false;
  Ref<> key = item;
  if (step.parts[1] != nullptr) {
    const Ref<> function = share(*step.parts[1]);
    Object* const argument = item.get();
    key = ouro::detail::call_or_fail(*function, {{&argument, 1}, {}, {}});
    if (!key) return false;
  }
  static_cast<void>(keep(step, 4, std::move(item)));
  static_cast<void>(keep(step, 3, std::move(key)));
  return true;
}

bool is_in_group(Object& wanted, Object& key) {
  const Ref<> first = share(wanted);
  const Ref<> second = share(key);
  return same_or_equal(*first, *second);
}

}  // namespace

Ref<> group_by(Step& step) {
  ++step.numbers[0];
  while (true) {
    if (step.parts[3] != nullptr) {
      if (step.parts[2] == nullptr) break;
      if (!is_in_group(*step.parts[2], *step.parts[3])) break;
    }
    if (!advance(step)) return {};
  }
  static_cast<void>(keep(step, 2, share(*step.parts[3])));
  return share(*step.parts[3]);
}

// parts: the group_by, the key. numbers: which group of it this is.
Ref<> group(Step& step) {
  const Ref<> parent_object = share(*step.parts[0]);
  auto& parent = static_cast<Step&>(*parent_object);
  if (parent.numbers[0] != step.numbers[0]) return {};
  if (parent.parts[4] == nullptr && !advance(parent)) return {};
  if (!is_in_group(*step.parts[1], *parent.parts[3])) return {};
  if (parent.parts[4] == nullptr) return {};
  return Ref<>::adopt(std::exchange(parent.parts[4], nullptr));
}

// parts: a node, the iterator. A node is a list: empty; None while an item is asked for; an item and the node behind it.
Ref<> tee(Step& step) {
  const Ref<List> node = share(static_cast<List&>(*step.parts[0]));
  if (node->size == 1) raise(ErrorKind::kRuntimeError, "cannot re-enter the tee iterator");
  if (node->size == 0) {
    struct Asking {
      explicit Asking(List& asked) : node(asked) { node.append(builtins_of(node).none()); }
      ~Asking() {
        if (node.size == 1) node.clear();
      }
      List& node;
    };
    const Asking asking(*node);
    const Ref<> item = next_of(step, 1);
    if (!item) return {};
    const Ref<List> following = make_list(builtins_of(step));
    node->clear();
    node->append(*item);
    node->append(*following);
  }
  Ref<> item = share(*node->items[0]);
  static_cast<void>(keep(step, 0, share(*node->items[1])));
  return item;
}

}  // namespace ouro::script::steps
