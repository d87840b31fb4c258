// Objects in one line (CPython: PrettyPrinter._safe_repr in Lib/pprint.py).
#include <ouro/base/error.h>
#include <ouro/objects/containers/detail/stable_sort.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/recipe.h>
#include <ouro/objects/core/detail/plain_name.h>
#include <ouro/objects/core/detail/scratch_buffer.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/one_line.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <utility>

namespace ouro::detail {

namespace {

Object& key_of(Object& item, bool is_pair) noexcept { return is_pair ? *static_cast<const Tuple&>(item).items[0] : item; }

/// `<`, and where there is none the texts of the types and the addresses.
bool goes_before(Object& left, Object& right) {
  try {
    return compare(left, right, Comparison::kLess);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kTypeError)) throw;
  }
  const Ref<Str> mine = str(*left.type);
  const Ref<Str> other = str(*right.type);
  const int order = text(*mine).compare(text(*other));
  return order < 0 || (order == 0 && std::less<>()(&left, &right));
}

/// "1_234_567".
std::string with_underscores(std::string_view digits) {
  const std::size_t sign = digits.starts_with('-') ? 1 : 0;
  std::string made(digits.substr(0, sign));
  for (std::size_t i = sign; i < digits.size(); ++i) {
    if (i != sign && (digits.size() - i) % 3 == 0) made += '_';
    made += digits[i];
  }
  return made;
}

/// What a class gives as its items may be no tuples.
Ref<List> as_tuples(Object& items) {
  Ref<List> made = make_list(builtins_of(items));
  const Ref<> iterator = iterate(items);
  while (const Ref<> item = next(*iterator)) {
    const Pair pair = unpack_pair(*item);
    made->append(make_tuple(builtins_of(items), {pair.first.get(), pair.second.get()}));
  }
  return made;
}

/// Takes an object out of those that are shown, whatever happens.
struct Leaving {
  ShownObjects& shown;
  ~Leaving() { shown.pop_back(); }
};

}  // namespace

bool shows_as(const Object& object, Kind kind) noexcept {
  return kind_of(object) == kind && object.type->slots->repr == builtins_of(object).type(kind).slots->repr;
}

// What is sorted lies where no code of classes finds it, and is counted by a tuple, which nobody can change.
Ref<List> sorted_to_show(Object& items, bool are_pairs) {
  const Ref<Tuple> held = tuple_from(items);
  const std::size_t size = held->size;
  Builtins& builtins = builtins_of(items);
  ScratchBuffer<Object*> sorted(builtins.heap, size);
  ScratchBuffer<Object*> scratch(builtins.heap, size / 2);
  std::ranges::copy(held->view(), sorted.data());
  const auto less = [&](Object* left, Object* right) {
    return goes_before(key_of(*left, are_pairs), key_of(*right, are_pairs));
  };
  stable_sort(sorted.data(), size, scratch.data(), less, [&] { builtins.heap.safepoint(); });
  return make_list(builtins, std::span<Object* const>(sorted.data(), size));
}

Ref<List> pairs_to_show(Object& dict, const PrintOptions& options) {
  Ref<> items = call_method(dict, *intern(builtins_of(dict), "items"), {});
  if (dict.type->has(kClassType)) items = as_tuples(*items);
  return options.sort_dicts ? sorted_to_show(*items, true) : list_from(*items);
}

std::int64_t OneLine::width() const noexcept { return static_cast<std::int64_t>(count_code_points(out_.view())); }

bool OneLine::is_full() const noexcept {
  return room_ != kNoLimit && static_cast<std::int64_t>(out_.size()) > room_ && width() > room_;
}

bool OneLine::append_within(Object& object, std::int64_t level, std::int64_t room) {
  room_ = room;
  append(object, level);
  return !is_full();
}

bool OneLine::is_open(const Object& object) const noexcept {
  return std::find(shown_.begin(), shown_.end(), &object) != shown_.end();
}

void OneLine::append_recursion(const Object& object) {
  out_.append(
      fmt::format("<Recursion on {} with id={}>", plain_name(*object.type), reinterpret_cast<std::uintptr_t>(&object)));
}

void OneLine::append(Object& object, std::int64_t level) {
  const RecursionGuard guard(builtins_, " while getting the repr of an object");
  const Ref<> held = share(object);
  if (shows_as(object, Kind::kInt)) return append_number(object);
  if (shows_as(object, Kind::kDict)) return append_dict(object, level);
  if (shows_as(object, Kind::kList)) return append_sequence(object, "[", "]", level);
  if (shows_as(object, Kind::kTuple)) return append_sequence(object, "(", length(object) == 1 ? ",)" : ")", level);
  out_.append(*repr(object));
}

void OneLine::append_number(Object& number) {
  const Ref<Str> digits = repr(number);
  options_.underscore_numbers ? out_.append(with_underscores(text(*digits))) : out_.append(*digits);
}

bool OneLine::append_closed(Object& object, std::string_view begin, std::string_view end, std::int64_t level) {
  const bool is_empty = !truth(object);
  if (is_empty || (options_.depth && level >= *options_.depth)) {
    out_.append(begin);
    if (!is_empty) out_.append("...");
    out_.append(end);
    return true;
  }
  if (!is_open(object)) return false;
  append_recursion(object);
  return true;
}

void OneLine::append_dict(Object& dict, std::int64_t level) {
  if (append_closed(dict, "{", "}", level)) return;
  shown_.push_back(&dict);
  const Leaving leaving{shown_};
  const Ref<List> pairs = pairs_to_show(dict, options_);
  out_.append('{');
  for (std::uint32_t i = 0; i < pairs->size && !is_full(); ++i) {
    if (i != 0) out_.append(", ");
    const Pair pair = unpack_pair(*share(*pairs->items[i]));
    append(*pair.first, level + 1);
    out_.append(": ");
    append(*pair.second, level + 1);
  }
  out_.append('}');
}

void OneLine::append_sequence(Object& items, std::string_view begin, std::string_view end, std::int64_t level) {
  if (append_closed(items, begin, end, level)) return;
  shown_.push_back(&items);
  const Leaving leaving{shown_};
  const Ref<> iterator = iterate(items);
  out_.append(begin);
  for (bool is_first = true; !is_full(); is_first = false) {
    const Ref<> item = next(*iterator);
    if (!item) break;
    if (!is_first) out_.append(", ");
    append(*item, level + 1);
  }
  out_.append(end);
}

}  // namespace ouro::detail
