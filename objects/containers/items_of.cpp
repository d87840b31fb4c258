// The items of any iterable as a list, and how many it says that it has.
#include <ouro/base/error.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/detail/items_of.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

#include <optional>

namespace ouro::detail {

namespace {

/// `function()`, or empty if that is a TypeError.
template <class F>
auto unless_type_error(F function) -> decltype(function()) {
  try {
    return function();
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kTypeError)) throw;
    return {};
  }
}

/// NotImplemented says nothing.
std::optional<std::size_t> checked_hint(Object& hint) {
  if (kind_of(hint) == Kind::kNotImplemented) return {};
  const Int* const number = as_int(hint);
  if (number == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("__length_hint__ must be an integer, not {}", hint.type->name));
  const std::int64_t size = to_index(hint, ErrorKind::kOverflowError);
  if (size < 0) raise(ErrorKind::kValueError, "__length_hint__() should return >= 0");
  return static_cast<std::size_t>(size);
}

}  // namespace

Ref<> iterator_of(Object& iterable, std::string_view complaint) {
  try {
    return iterate(iterable);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kTypeError)) throw;
    raise_instead(ErrorKind::kTypeError, complaint);
  }
}

Ref<List> items_of(Object& iterable, std::string_view complaint) { return list_from(*iterator_of(iterable, complaint)); }

std::optional<std::size_t> length_hint(Object& iterable) {
  if (has_length(iterable)) {
    const auto length_of = [&] { return std::optional(length(iterable)); };
    if (const std::optional<std::size_t> known = unless_type_error(length_of)) return known;
  }
  const Ref<> method = Ref<>::share(lookup(*iterable.type, *intern(builtins_of(iterable), "__length_hint__")));
  if (!method) return {};
  const Ref<> hint = unless_type_error([&] { return call_found(*method, iterable, {}); });
  return hint ? checked_hint(*hint) : std::nullopt;
}

}  // namespace ouro::detail
