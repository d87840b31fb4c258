// sum(), min(), max(), any() and all() of an iterable.
#include <ouro/objects/containers/detail/item_at_hand.h>
#include <ouro/objects/core/aggregate.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace ouro {

namespace {

/// Calls `visit(item)` for each item, with a safepoint before, until it says false.
template <class Visit>
void for_each_left(Object& iterator, Visit visit) {
  Heap& heap = heap_of(iterator);
  const auto following = [&iterator]() -> Ref<> {
    if (Object* const item = detail::item_at_hand(iterator)) return share(*item);
    return next(iterator);
  };
  while (const Ref<> item = following()) {
    heap.safepoint();
    if (!visit(*item)) return;
  }
}

template <class Visit>
void for_each_item(Object& iterable, Visit visit) {
  const Ref<> iterator = iterate(iterable);
  for_each_left(*iterator, visit);
}

/// A sum so far: a plain number while that is exact, an object from then on.
class Total {
 public:
  Total(Builtins& builtins, Object* start) : builtins_(builtins) {
    if (start != nullptr && !adopt(*start)) object_ = share(*start);
  }

  void add(Object& item) {
    if (state_ == State::kInt && add_to_int(item)) return;
    if (state_ == State::kFloat && add_to_float(item)) return;
    object_ = apply(Operator::kAdd, *settle(), item);
    state_ = State::kObject;
    // What an int adds up to with a float goes on as a plain number.
    if (is_exact<Float>(*object_)) static_cast<void>(adopt(*object_));
  }

  /// The object for the sum so far.
  [[nodiscard]] Ref<> settle() const {
    switch (state_) {
      case State::kInt:
        return make_int(builtins_, int_);
      case State::kFloat:
        return make_float(builtins_, float_);
      case State::kObject:
        break;
    }
    return object_;
  }

 private:
  enum class State : std::uint8_t { kInt, kFloat, kObject };

  static const Int* small_int(const Object& value) noexcept {
    if (!is_exact<Int>(value) && kind_of(value) != Kind::kBool) return nullptr;
    const auto& number = static_cast<const Int&>(value);
    return number.is_big() ? nullptr : &number;
  }

  /// Takes a plain number in; says whether `value` is one. A bool stays an object: alone it is the sum itself.
  bool adopt(Object& value) {
    if (is_exact<Int>(value) && small_int(value) != nullptr) {
      int_ = small_int(value)->value;
      state_ = State::kInt;
    } else if (is_exact<Float>(value)) {
      float_ = static_cast<const Float&>(value).value;
      state_ = State::kFloat;
    } else {
      state_ = State::kObject;
      return false;
    }
    return true;
  }

  bool add_to_int(const Object& item) noexcept {
    const Int* const number = small_int(item);
    std::int64_t sum = 0;
    if (number == nullptr || __builtin_add_overflow(int_, number->value, &sum)) return false;
    int_ = sum;
    return true;
  }
  bool add_to_float(const Object& item) noexcept {
    if (is_exact<Float>(item)) {
      float_ += static_cast<const Float&>(item).value;
    } else if (const Int* const number = small_int(item)) {
      float_ += static_cast<double>(number->value);
    } else {
      return false;
    }
    return true;
  }

  Builtins& builtins_;
  State state_ = State::kInt;
  std::int64_t int_ = 0;
  double float_ = 0;
  Ref<> object_;
};

/// The first of the items that none of the others is better than; empty if there are none.
Ref<> extreme_item(Object& iterable, Comparison better) {
  Ref<> best;
  for_each_item(iterable, [&](Object& item) {
    if (!best || compare(item, *best, better)) best = share(item);
    return true;
  });
  return best;
}

/// The same by what `key` says of them.
Ref<> extreme_by_key(Object& iterable, Object& key, Comparison better) {
  Ref<> best;
  Ref<> best_key;
  for_each_item(iterable, [&](Object& item) {
    Object* arguments[] = {&item};
    Ref<> its_key = call(key, Arguments{arguments, {}, {}});
    if (!best || compare(*its_key, *best_key, better)) {
      best = share(item);
      best_key = std::move(its_key);
    }
    return true;
  });
  return best;
}

Ref<> extreme_of(Object& iterable, Object* key, Object* fallback, Comparison better, std::string_view name) {
  const Ref<> held[] = {Ref<>::share(fallback), Ref<>::share(key)};
  const bool has_key = key != nullptr && !is_none(*key);
  Ref<> best = has_key ? extreme_by_key(iterable, *key, better) : extreme_item(iterable, better);
  if (best) return best;
  if (fallback != nullptr) return held[0];
  raise(ErrorKind::kValueError, fmt::format("{}() arg is an empty sequence", name));
}

/// What errors call the objects that `join` is for; empty for all others.
std::string_view name_of_joined(const Object& start) noexcept {
  switch (kind_of(start)) {
    case Kind::kStr:
      return "strings";
    case Kind::kBytes:
      return "bytes";
    case Kind::kByteArray:
      return "bytearray";
    default:
      return {};
  }
}

[[noreturn, gnu::cold]] void refuse_to_sum(std::string_view what) {
  raise(ErrorKind::kTypeError,
        fmt::format("sum() can't sum {} [use {}''.join(seq) instead]", what, what == "strings" ? "" : "b"));
}

}  // namespace

Ref<> sum(Object& iterable, Object* start) {
  Total total(builtins_of(iterable), start);
  const std::string_view refused = start != nullptr ? name_of_joined(*start) : std::string_view();
  const Ref<> iterator = iterate(iterable);
  if (!refused.empty()) refuse_to_sum(refused);
  for_each_left(*iterator, [&](Object& item) {
    total.add(item);
    return true;
  });
  return total.settle();
}

Ref<> min_of(Object& iterable, Object* key, Object* fallback) {
  return extreme_of(iterable, key, fallback, Comparison::kLess, "min");
}
Ref<> max_of(Object& iterable, Object* key, Object* fallback) {
  return extreme_of(iterable, key, fallback, Comparison::kGreater, "max");
}

bool any_of(Object& iterable) {
  bool found = false;
  for_each_item(iterable, [&](Object& item) { return !(found = truth(item)); });
  return found;
}

bool all_of(Object& iterable) {
  bool all = true;
  for_each_item(iterable, [&](Object& item) { return all = truth(item); });
  return all;
}

}  // namespace ouro
