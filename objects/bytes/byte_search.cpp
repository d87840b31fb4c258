// Searching in bytes and bytearrays (CPython: Objects/bytes_methods.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_search.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/find_bytes.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

bool is_index(const Object& object) noexcept {
  const NumberSlots* const number = object.type->slots->number;
  return number != nullptr && number->index != nullptr;
}

/// The number that the object says it is; empty if asking for it fails, which nobody gets to see.
std::optional<std::uint8_t> byte_if_index(Object& given) {
  if (!is_index(given)) return {};
  Ref<Int> number;
  try {
    number = index(given);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kException)) throw;
    return {};
  }
  if (!fits_int64(*number) || number->value < 0 || number->value > 255)
    raise(ErrorKind::kValueError, "byte must be in range(0, 256)");
  return static_cast<std::uint8_t>(number->value);
}

}  // namespace

SoughtBytes::SoughtBytes(Object& given) {
  if (has_buffer(given)) {
    buffer_.emplace(given);
  } else if (is_index(given)) {
    byte_ = static_cast<char>(byte_argument(given));
  } else {
    raise(ErrorKind::kTypeError, fmt::format("argument should be integer or bytes-like object, not '{}'", given.type->name));
  }
}

SearchBounds::SearchBounds(Object* from, Object* to)
    : start(bound_or_none_argument(from, 0)), stop(bound_or_none_argument(to, kToTheEnd)) {}

std::int64_t find_in(std::string_view text, std::string_view part, const SearchBounds& bounds, SearchFrom from) noexcept {
  const std::optional<SearchWindow> window = search_window(text, bounds.start, bounds.stop);
  if (!window) return -1;
  const std::size_t place =
      from == SearchFrom::kFront ? find_bytes(window->text, part) : find_last_bytes(window->text, part);
  return place == kNoPlace ? -1 : static_cast<std::int64_t>(window->begin + place);
}

std::int64_t count_in(std::string_view text, std::string_view part, const SearchBounds& bounds) noexcept {
  const std::optional<SearchWindow> window = search_window(text, bounds.start, bounds.stop);
  if (!window) return 0;
  return static_cast<std::int64_t>(part.empty() ? window->text.size() + 1 : count_bytes(window->text, part));
}

bool has_affix(std::string_view text, std::string_view affix, const SearchBounds& bounds, Ends end) noexcept {
  const std::optional<SearchWindow> window = search_window(text, bounds.start, bounds.stop);
  if (!window) return false;
  return end == Ends::kLeft ? window->text.starts_with(affix) : window->text.ends_with(affix);
}

bool any_affix(const Object& self, Object& affix, const SearchBounds& bounds, std::string_view name, AffixMatch matches) {
  if (const Tuple* const several = as<Tuple>(affix)) {
    for (Object* const each : several->view())
      if (const Buffer part(*each); matches(self, part.view(), bounds)) return true;
    return false;
  }
  if (!has_buffer(affix))
    raise(ErrorKind::kTypeError,
          fmt::format("{} first arg must be bytes or a tuple of bytes, not {}", name, affix.type->name));
  const Buffer part(affix);
  return matches(self, part.view(), bounds);
}

SoughtMember::SoughtMember(Object& given) {
  if (const std::optional<std::uint8_t> number = byte_if_index(given)) {
    byte_ = static_cast<char>(*number);
  } else {
    buffer_.emplace(given);
  }
}

bool SoughtMember::is_in(std::string_view text) const noexcept {
  return find_bytes(text, buffer_ ? buffer_->view() : std::string_view(&byte_, 1)) != kNoPlace;
}

}  // namespace ouro::detail
