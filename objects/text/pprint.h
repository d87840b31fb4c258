// pformat: an object as text of several lines, if one is too short (CPython: pprint.pformat).
//
//   Ref<Str> text = pformat(*document, {.width = 60});
#pragma once

#include <ouro/objects/model/ref.h>

#include <cstdint>
#include <optional>

namespace ouro {

struct Str;

/// The names are Python's.
struct PrintOptions {
  std::int64_t indent = 1;
  std::int64_t width = 80;
  std::optional<std::int64_t> depth{};  ///< containers nested deeper are shown as "[...]"
  bool compact = false;                 ///< as many items in a line as fit
  bool sort_dicts = true;
  bool underscore_numbers = false;
};

/// `pprint.pformat(object, ...)`: dicts, lists, tuples, sets, text, bytes, mapping proxies and namespaces are broken into
/// lines, and classes that derive from them, unless they have a `__repr__` of their own. Linear in what is shown, but for
/// dicts and sets, whose keys are sorted. ValueError "indent must be >= 0", "depth must be > 0", "width must be != 0";
/// RecursionError; what `repr` throws; MemoryError.
[[nodiscard]] Ref<Str> pformat(Object& object, const PrintOptions& options = {});

}  // namespace ouro
