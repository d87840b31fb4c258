// Objects as JSON (CPython: Lib/json/encoder.py, Modules/_json.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/plain_name.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/json/detail/writer.h>
#include <ouro/objects/numbers/detail/float_text.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace ouro::json {

Indent::Indent(int blanks) : text_(blanks > 0 ? static_cast<std::size_t>(blanks) : 0, ' '), is_set_(true) {}

}  // namespace ouro::json

namespace ouro::json::detail {

namespace {

constexpr std::size_t kFlushed = std::size_t{1} << 16;
constexpr std::size_t kInt64Digits = 20;

/// CPython writes what has lines by code of Python, whose error says more.
[[noreturn, gnu::cold]] void refuse_float(double value, bool has_lines) {
  std::string message = "Out of range float values are not JSON compliant";
  if (has_lines) message += std::isnan(value) ? ": nan" : value > 0 ? ": inf" : ": -inf";
  raise(ErrorKind::kValueError, message);
}

/// An entry of a dict whose keys are all text.
struct NamedEntry {
  Ref<> key, value;
  [[nodiscard]] std::string_view name() const noexcept { return text(static_cast<const Str&>(*key)); }
};

}  // namespace

// ---- Objects that are open ----

bool OpenObjects::enter(const Object& object) {
  if (std::find(first_.begin(), first_.end(), &object) != first_.end()) return false;
  if (first_.size() < kSearched) return first_.push_back(&object), true;
  return others_.insert(&object).second;
}

void OpenObjects::leave(const Object& object) noexcept {
  if (!first_.empty() && first_.back() == &object) return first_.pop_back();
  others_.erase(&object);
}

/// An object whose parts are being written: it is held, and must not be met again.
class Writer::Open {
 public:
  Open(Writer& writer, Object& object)
      : writer_(writer), held_(share(object)), guard_(writer.builtins_, " while encoding a JSON object") {
    if (writer.options_.check_circular && !writer.open_.enter(object))
      raise(ErrorKind::kValueError, "Circular reference detected");
  }
  ~Open() {
    if (writer_.options_.check_circular) writer_.open_.leave(*held_);
  }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;

 private:
  Writer& writer_;
  Ref<> held_;
  RecursionGuard guard_;
};

// ---- Values ----

Writer::Writer(Builtins& builtins, const DumpOptions& options, const Sink* sink)
    : builtins_(builtins),
      options_(options),
      sink_(sink),
      out_(builtins),
      open_(builtins.heap),
      has_lines_(options.indent.is_set()),
      indent_(options.indent.text()),
      item_separator_(options.separators.is_set() ? options.separators.item()
                      : has_lines_                ? ","
                                                  : ", "),
      key_separator_(options.separators.is_set() ? options.separators.key() : ": ") {}

void Writer::write(Object& object) {
  switch (kind_of(object)) {
    case Kind::kStr:
      return append_quoted(out_, text(static_cast<const Str&>(object)), options_.ensure_ascii);
    case Kind::kNone:
      return out_.append("null");
    case Kind::kBool:
      return out_.append(static_cast<const Int&>(object).value != 0 ? "true" : "false");
    case Kind::kInt:
      return write_number(static_cast<const Int&>(object));
    case Kind::kFloat:
      return write_float(static_cast<const Float&>(object).value);
    case Kind::kList:
    case Kind::kTuple:
      return write_list(object);
    case Kind::kDict:
      return write_dict(static_cast<Dict&>(object));
    default:
      return write_other(object);
  }
}

void Writer::flush() {
  if (sink_ == nullptr || out_.size() == 0) return;
  (*sink_)(out_.view());
  out_.truncate(0);
}

void Writer::write_number(const Int& number) {
  if (number.is_big()) return out_.append(*int_to_text(number));
  char* const room = out_.room_for(kInt64Digits);
  out_.advance(static_cast<std::size_t>(std::to_chars(room, room + kInt64Digits, number.value).ptr - room));
}

void Writer::write_float(double value) {
  if (std::isfinite(value))
    return out_.advance(ouro::detail::write_float(value, out_.room_for(ouro::detail::kFloatTextMax)));
  if (!options_.allow_nan) refuse_float(value, has_lines_);
  out_.append(std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
}

void Writer::write_other(Object& object) {
  if (!options_.default_hook)
    raise(ErrorKind::kTypeError,
          fmt::format("Object of type {} is not JSON serializable", ouro::detail::plain_name(*object.type)));
  const Open open(*this, object);
  Object* const given[] = {&object};
  const Ref<> other = call(*options_.default_hook, Arguments{given, {}, {}});
  write(*other);
}

// ---- Layout ----

void Writer::new_line() {
  if (!has_lines_) return;
  out_.append('\n');
  for (std::size_t i = 0; i < level_; ++i) out_.append(indent_);
}

void Writer::begin(char opening) {
  out_.append(opening);
  ++level_;
  new_line();
}

void Writer::separate(bool is_first) {
  if (is_first) return;
  out_.append(item_separator_);
  new_line();
  if (out_.size() > kFlushed) flush();
}

void Writer::end(char closing) {
  --level_;
  new_line();
  out_.append(closing);
}

// ---- Lists ----

void Writer::write_item(Object& item, bool is_first) {
  separate(is_first);
  write(item);
}

/// Looks at the size again after each item, for a hook may change the list.
void Writer::write_items(Object& object) {
  const auto size = [&] {
    return kind_of(object) == Kind::kList ? static_cast<const List&>(object).size : static_cast<const Tuple&>(object).size;
  };
  for (std::uint32_t i = 0; i < size(); ++i) {
    Object* const item = kind_of(object) == Kind::kList ? static_cast<const List&>(object).items[i]
                                                        : static_cast<const Tuple&>(object).items[i];
    write_item(*share(*item), i == 0);
  }
}

/// A class that derives from list says what is in it, if the text has lines: then CPython writes it by code of Python.
void Writer::write_by_iteration(Object& object) {
  const Ref<> iterator = iterate(object);
  bool is_first = true;
  while (const Ref<> item = next(*iterator)) write_item(*item, std::exchange(is_first, false));
}

void Writer::write_list(Object& object) {
  const bool is_derived = has_lines_ && object.type->has(kClassType);
  const std::size_t size =
      kind_of(object) == Kind::kList ? static_cast<const List&>(object).size : static_cast<const Tuple&>(object).size;
  if (is_derived ? !truth(object) : size == 0) return out_.append("[]");
  const Open open(*this, object);
  begin('[');
  is_derived ? write_by_iteration(object) : write_items(object);
  end(']');
}

// ---- Dicts ----

void Writer::write_dict(Dict& dict) {
  const bool is_derived = dict.type->has(kClassType);
  if (has_lines_ && is_derived ? !truth(dict) : dict.size == 0) return out_.append("{}");
  const Open open(*this, dict);
  begin('{');
  if (is_derived) {
    const Ref<List> items = list_from(*call_method(dict, *intern(builtins_, "items"), {}));
    if (options_.sort_keys) items->sort();
    write_listed(*items);
  } else {
    options_.sort_keys ? write_sorted(dict) : write_pairs(dict);
  }
  end('}');
}

/// Looks at the dict again after each entry, for a hook may change it.
void Writer::write_pairs(Dict& dict) {
  bool is_first = true;
  for (std::uint32_t i = 0; i < dict.used; ++i) {
    if (dict.pairs[i].key == nullptr) continue;
    const Ref<> key = share(*dict.pairs[i].key);
    const Ref<> value = share(*dict.pairs[i].value);
    write_pair(*key, *value, is_first);
  }
}

void Writer::write_sorted(Dict& dict) {
  if (write_sorted_by_text(dict)) return;
  const Ref<List> items = list_from(*dict.items());
  items->sort();
  write_listed(*items);
}

/// The order of UTF-8 is that of the characters. False if a key is no str.
bool Writer::write_sorted_by_text(const Dict& dict) {
  ouro::detail::SmallVector<NamedEntry, 16> entries(builtins_.heap);
  for (const auto [key, value] : dict) {
    if (!is_exact<Str>(key)) return false;
    entries.push_back({share(key), share(value)});
  }
  std::sort(entries.begin(), entries.end(),
            [](const NamedEntry& left, const NamedEntry& right) { return left.name() < right.name(); });
  bool is_first = true;
  for (const NamedEntry& entry : entries) write_pair(*entry.key, *entry.value, is_first);
  return true;
}

/// Items of a dict as pairs, which a class may have made.
void Writer::write_listed(List& items) {
  bool is_first = true;
  for (std::uint32_t i = 0; i < items.size; ++i) {
    const Ref<> item = share(*items.items[i]);
    if (!is<Tuple>(*item) || static_cast<const Tuple&>(*item).size != 2)
      raise(ErrorKind::kValueError, "items must return 2-tuples");
    const auto pair = static_cast<const Tuple&>(*item).view();
    write_pair(*pair[0], *pair[1], is_first);
  }
}

void Writer::write_pair(Object& key, Object& value, bool& is_first) {
  if (!write_key(key, is_first)) return;
  is_first = false;
  out_.append(key_separator_);
  write(value);
}

bool Writer::is_known_key(const Object& key) const {
  const Kind kind = kind_of(key);
  const bool is_known =
      kind == Kind::kStr || kind == Kind::kFloat || kind == Kind::kInt || kind == Kind::kBool || kind == Kind::kNone;
  if (!is_known && !options_.skipkeys)
    raise(ErrorKind::kTypeError, fmt::format("keys must be str, int, float, bool or None, not {}", key.type->name));
  return is_known;
}

bool Writer::write_key(Object& key, bool is_first) {
  if (!is_known_key(key)) return false;
  separate(is_first);
  if (kind_of(key) == Kind::kStr) {
    write(key);
  } else {
    out_.append('"');
    write(key);
    out_.append('"');
  }
  return true;
}

}  // namespace ouro::json::detail
