// pprint of containers (CPython: Lib/pprint.py).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/recipe.h>
#include <ouro/objects/core/detail/plain_name.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/modules/simple_namespace.h>
#include <ouro/objects/text/detail/pretty_printer.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace ouro {

namespace detail {

namespace {

std::int64_t width_of(std::string_view text) noexcept { return static_cast<std::int64_t>(count_code_points(text)); }

/// A container that is being shown: it is held, and out of those that are shown at the end.
class Shown {
 public:
  Shown(ShownObjects& all, Object& object) : all_(all), held_(share(object)) { all.push_back(&object); }
  ~Shown() { all_.pop_back(); }
  Shown(const Shown&) = delete;
  Shown& operator=(const Shown&) = delete;

 private:
  ShownObjects& all_;
  Ref<> held_;
};

}  // namespace

/// By the `__repr__` that its type has: a class with one of its own is shown by that.
PrettyPrinter::Layout PrettyPrinter::layout_of(const Object& object) noexcept {
  const auto layout = [&] {
    switch (kind_of(object)) {
      case Kind::kDict:
        return Layout::kDict;
      case Kind::kList:
        return Layout::kList;
      case Kind::kTuple:
        return Layout::kTuple;
      case Kind::kSet:
      case Kind::kFrozenSet:
        return Layout::kSet;
      case Kind::kStr:
        return Layout::kStr;
      case Kind::kBytes:
        return Layout::kBytes;
      case Kind::kByteArray:
        return Layout::kByteArray;
      case Kind::kMappingProxy:
        return Layout::kMappingProxy;
      case Kind::kSimpleNamespace:
        return Layout::kNamespace;
      default:
        return Layout::kNone;
    }
  }();
  return layout != Layout::kNone && shows_as(object, kind_of(object)) ? layout : Layout::kNone;
}

void PrettyPrinter::blanks(std::int64_t count) {
  for (; count > 0; --count) out_.append(' ');
}

void PrettyPrinter::new_line(std::int64_t indent) {
  out_.append('\n');
  blanks(indent);
}

void PrettyPrinter::print(Object& object, std::int64_t indent, std::int64_t allowance, std::int64_t level) {
  const RecursionGuard guard(builtins_, " while getting the repr of an object");
  const Ref<> held = share(object);
  OneLine line(builtins_, options_, shown_);
  const Layout layout = layout_of(object);
  if (line.is_open(object)) {
    line.append_recursion(object);
  } else if (layout == Layout::kNone) {
    line.append_all(object, level);
  } else if (!line.append_within(object, level, options_.width - indent - allowance)) {
    const Shown shown(shown_, object);
    return break_up(object, layout, {indent, allowance, level + 1});
  }
  out_.append(line.view());
}

void PrettyPrinter::break_up(Object& object, Layout layout, const Place& at) {
  switch (layout) {
    case Layout::kDict:
      return print_dict(object, at);
    case Layout::kList:
      return print_sequence(object, "[", "]", at);
    case Layout::kTuple:
      return print_sequence(object, "(", length(object) == 1 ? ",)" : ")", at);
    case Layout::kSet:
      return print_set(object, at);
    case Layout::kStr:
      return print_text(static_cast<const Str&>(object), at);
    case Layout::kBytes:
      return print_bytes(view(static_cast<const Bytes&>(object)), at);
    case Layout::kByteArray:
      return print_byte_array(object, at);
    case Layout::kMappingProxy:
      return print_mapping_proxy(object, at);
    case Layout::kNamespace:
      return print_namespace(object, at);
    case Layout::kNone:
      break;
  }
}

// ---- Dicts ----

void PrettyPrinter::print_dict(Object& dict, const Place& at) {
  out_.append('{');
  blanks(options_.indent - 1);
  const Ref<List> pairs = pairs_to_show(dict, options_);
  const std::int64_t indent = at.indent + options_.indent;
  for (std::uint32_t i = 0; i < pairs->size; ++i) {
    if (i != 0) {
      out_.append(',');
      new_line(indent);
    }
    const Pair pair = unpack_pair(*share(*pairs->items[i]));
    OneLine key(builtins_, options_, shown_);
    key.append_all(*pair.first, at.level);
    out_.append(key.view());
    out_.append(": ");
    print(*pair.second, indent + key.width() + 2, i + 1 == pairs->size ? at.allowance + 1 : 1, at.level);
  }
  out_.append('}');
}

void PrettyPrinter::print_mapping_proxy(Object& proxy, const Place& at) {
  constexpr std::string_view kBegin = "mappingproxy(";
  out_.append(kBegin);
  const Ref<> copied = call_method(proxy, *intern(builtins_, "copy"), {});
  print(*copied, at.indent + width_of(kBegin), at.allowance + 1, at.level);
  out_.append(')');
}

// ---- Sequences and sets ----

void PrettyPrinter::print_sequence(Object& items, std::string_view begin, std::string_view end, const Place& at) {
  out_.append(begin);
  print_items(items, {at.indent, at.allowance + width_of(end), at.level});
  out_.append(end);
}

void PrettyPrinter::print_items(Object& items, Place at) {
  at.indent += options_.indent;
  blanks(options_.indent - 1);
  const std::string new_line = ",\n" + std::string(static_cast<std::size_t>(at.indent), ' ');
  const std::int64_t full = options_.width - at.indent + 1;
  Line line{full, full, ""};
  const Ref<> iterator = iterate(items);
  for (Ref<> item = next(*iterator); item;) {
    Ref<> following = next(*iterator);
    if (!following) {
      line.full -= at.allowance;
      line.room -= at.allowance;
    }
    if (!options_.compact || !print_in_line(*item, at.level, line, new_line)) {
      out_.append(line.delimiter);
      line.delimiter = new_line;
      print(*item, at.indent, following ? 1 : at.allowance, at.level);
    }
    item = std::move(following);
  }
}

/// False if the item does not fit in a line.
bool PrettyPrinter::print_in_line(Object& item, std::int64_t level, Line& line, std::string_view new_line) {
  OneLine shown(builtins_, options_, shown_);
  const bool fits = shown.append_within(item, level, std::max(line.full, line.room) - 2);
  const std::int64_t width = shown.width() + 2;
  if (!fits || line.room < width) {
    line.room = line.full;
    if (!line.delimiter.empty()) line.delimiter = new_line;
  }
  if (!fits || line.room < width) return false;
  line.room -= width;
  out_.append(line.delimiter);
  line.delimiter = ", ";
  out_.append(shown.view());
  return true;
}

void PrettyPrinter::print_set(Object& set, const Place& at) {
  if (length(set) == 0) return out_.append(*repr(set));
  const Ref<List> sorted = sorted_to_show(set, false);
  if (set.type->exact == Kind::kSet) return print_sequence(*sorted, "{", "}", at);
  const std::string_view name = plain_name(*set.type);
  print_sequence(*sorted, fmt::format("{}({{", name), "})", {at.indent + width_of(name) + 1, at.allowance, at.level});
}

// ---- Namespaces ----

void PrettyPrinter::print_namespace(Object& object, Place at) {
  const std::string name(is_exact<SimpleNamespace>(object) ? std::string_view("namespace") : object.type->name);
  out_.append(name);
  out_.append('(');
  at.indent += width_of(name) + 1;
  const Ref<Dict> attributes = static_cast<SimpleNamespace&>(object).attributes();
  const Ref<List> pairs = list_from(*attributes->items());
  for (std::uint32_t i = 0; i < pairs->size; ++i) {
    if (i != 0) {
      out_.append(',');
      new_line(at.indent);
    }
    const Pair pair = unpack_pair(*share(*pairs->items[i]));
    if (!is<Str>(*pair.first))
      raise(ErrorKind::kTypeError, fmt::format("string argument expected, got '{}'", pair.first->type->name));
    const auto& called = static_cast<const Str&>(*pair.first);
    out_.append(called);
    out_.append('=');
    if (OneLine(builtins_, options_, shown_).is_open(*pair.second)) {
      out_.append("...");
    } else {
      print(*pair.second, at.indent + called.code_points + 1, i + 1 == pairs->size ? at.allowance : 1, at.level);
    }
  }
  out_.append(')');
}

}  // namespace detail

Ref<Str> pformat(Object& object, const PrintOptions& options) {
  if (options.indent < 0) raise(ErrorKind::kValueError, "indent must be >= 0");
  if (options.depth && *options.depth <= 0) raise(ErrorKind::kValueError, "depth must be > 0");
  if (options.width == 0) raise(ErrorKind::kValueError, "width must be != 0");
  const Ref<> held = share(object);
  detail::PrettyPrinter printer(builtins_of(object), options);
  printer.print(object, 0, 0, 0);
  return printer.finish();
}

}  // namespace ouro
