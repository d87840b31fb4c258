// What conversions say where a value does not fit, and where that was.
#include <ouro/base/or_out_of_memory.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/converted.h>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <string>

#include <cxxabi.h>

namespace ouro::detail {

std::string_view short_name(const std::type_info& type, std::string& room) {
  int status = 0;
  char* const full = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
  room = full != nullptr ? full : type.name();
  std::free(full);
  const std::size_t template_part = room.find('<');
  const std::size_t scope = room.rfind("::", template_part);
  return std::string_view(room).substr(scope == std::string::npos ? 0 : scope + 2);
}

Error must_be(std::string_view expected, const Object& given) {
  return {ErrorKind::kTypeError, fmt::format("must be {}, not {}", expected, given.type->name)};
}

Error no_enumerator(const std::type_info& type, Object& given) {
  std::string room;
  return {ErrorKind::kValueError, fmt::format("{} is not a valid {}", shown_in_error(given), short_name(type, room))};
}

void fail_length(const Object& object, std::string_view what, std::size_t expected, std::size_t given) {
  const Error error(ErrorKind::kTypeError, fmt::format("must be {} of length {}, not {}", what, expected, given));
  static_cast<void>(fail(heap_of(object), Failure(error)));
}

namespace {

/// True if `error` says that a value cannot be converted, rather than what happened on the way.
bool is_refusal(const Error& error) noexcept {
  if (error.object() != nullptr) return false;
  return !error.message().empty() && (error.kind() == ErrorKind::kTypeError || error.kind() == ErrorKind::kOverflowError ||
                                      error.kind() == ErrorKind::kValueError);
}
/// A text that conversions put off is theirs. One that is a literal is CPython's for any place ("embedded null character").
bool is_refusal(const Failure& failure) noexcept {
  return failure.made() != nullptr ? is_refusal(*failure.made()) : failure.explain() != nullptr;
}

std::string joined(std::string_view where, std::string_view message) {
  const bool follows_index = message.starts_with('[') && !where.ends_with('\'');
  const std::string_view join = message.starts_with("must ") ? " " : follows_index ? "" : ": ";
  return fmt::format("{}{}{}", where, join, message);
}

void fail_at(Heap& heap, std::string_view where) {
  const Error error = heap.failures.take().error();
  static_cast<void>(
      fail_caught(heap, Error(error.kind(), or_out_of_memory([&] { return joined(where, error.message()); }))));
}

/// Names the place in front of what `error` says. MemoryError if there is no memory for it.
[[noreturn]] void refuse_at(const Error& error, std::string_view where) {
  if (!is_refusal(error)) throw error;
  raise_instead(error.kind(), or_out_of_memory([&] { return joined(where, error.message()); }));
}

template <class F>
void with_index(std::size_t index, F&& function) {
  std::array<char, 32> place;
  char* end = place.data();
  *end++ = '[';
  end = std::to_chars(end, place.data() + place.size() - 1, index).ptr;
  *end++ = ']';
  function(std::string_view(place.data(), end));
}

}  // namespace

void fail_at_index(Heap& heap, std::size_t index) {
  if (is_refusal(heap.failures.newest())) with_index(index, [&](std::string_view where) { fail_at(heap, where); });
}
void fail_at_key(Heap& heap, Object& key) {
  if (is_refusal(heap.failures.newest())) fail_at(heap, shown_in_error(key));
}
void fail_at_argument(Heap& heap, std::string_view where) {
  if (is_refusal(heap.failures.newest())) fail_at(heap, where);
}

void raise_at(const Error& error, std::string_view where) { refuse_at(error, where); }
void raise_at_index(const Error& error, std::size_t index) {
  with_index(index, [&](std::string_view where) { refuse_at(error, where); });
  throw error;  // for compilers: refuse_at does not return
}
void raise_at_key(const Error& error, Object& key) { refuse_at(error, is_refusal(error) ? shown_in_error(key) : ""); }

}  // namespace ouro::detail
