// How strs are made, indexed, hashed and compared.
#include <ouro/base/error.h>
#include <ouro/objects/text/detail/copy_text.h>
#include <ouro/objects/text/detail/equal_bytes.h>
#include <ouro/objects/text/detail/keyed_hash.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/text_repr.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/text/str_builder.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace ouro {

namespace detail {

void raise_str_too_long() { raise(ErrorKind::kOverflowError, "string is too long"); }

Ref<Str> copy_str(Builtins& builtins, std::string_view text, std::size_t code_points) {
  if (code_points <= 1 && text.size() <= 2) {
    if (text.empty()) return Ref<Str>::adopt(&builtins.empty_str());
    const char* at = text.data();
    if (const char32_t c = decode_next(at); c <= 0xFF)
      return Ref<Str>::adopt(&builtins.immortals->character(static_cast<unsigned char>(c)));
  }
  return new_str(builtins, text.size(), code_points, [text](char* data) noexcept { copy_text(text, data); });
}

}  // namespace detail

Ref<Str> make_str(Builtins& builtins, std::string_view text) {
  const std::size_t ascii = detail::ascii_prefix(text);
  if (ascii == text.size()) return detail::copy_str(builtins, text, ascii);
  const detail::Utf8Check check = detail::check_utf8(text);
  if (check.fault != detail::Utf8Fault::kNone) detail::raise_bad_utf8(text, check);
  return make_str_unchecked(builtins, text);
}

Ref<Str> make_str_unchecked(Builtins& builtins, std::string_view text) {
  return detail::copy_str(builtins, text, detail::count_code_points(text));
}

Ref<Str> make_character(Builtins& builtins, char32_t code_point) {
  if (code_point > 0x10FFFF) raise(ErrorKind::kValueError, "chr() arg not in range(0x110000)");
  if (!detail::is_scalar_value(code_point))
    raise(ErrorKind::kValueError, "chr() arg is a surrogate, which UTF-8 cannot hold");
  char utf8[4];
  const std::size_t bytes = detail::encode_code_point(code_point, utf8);
  return detail::copy_str(builtins, {utf8, bytes}, 1);
}

Ref<Str> exact_str(const Str& value) {
  if (is_exact<Str>(value)) [[likely]]
    return share(const_cast<Str&>(value));
  return detail::copy_str(builtins_of(value), text(value), value.code_points);
}

std::int64_t hash_text(const Builtins& builtins, std::string_view text) noexcept {
  return detail::hash_bytes({builtins.hash_key.first, builtins.hash_key.second}, text);
}

std::int64_t compute_hash(const Str& str) noexcept {
  // The cache does not change what the str is.
  return const_cast<Str&>(str).cached_hash = hash_text(builtins_of(str), text(str));
}

bool equal_text(const Str& left, const Str& right) noexcept {
  if (&left == &right) return true;
  if (left.bytes != right.bytes) return false;
  if (left.is_interned() && right.is_interned()) return false;
  const bool hashed = left.cached_hash != Str::kNoHash && right.cached_hash != Str::kNoHash;
  if (hashed && left.cached_hash != right.cached_hash) return false;
  return detail::equal_bytes(left.data(), right.data(), left.bytes);
}

Ref<Str> concatenate(const Str& left, const Str& right) {
  if (right.bytes == 0) return exact_str(left);
  if (left.bytes == 0) return exact_str(right);
  return detail::new_str(builtins_of(left), std::size_t{left.bytes} + right.bytes,
                         std::size_t{left.code_points} + right.code_points,
                         [&](char* data) noexcept { detail::copy_text(text(right), detail::copy_text(text(left), data)); });
}

Ref<Str> repeat(const Str& str, std::int64_t times) {
  if (times <= 0 || str.bytes == 0) return Ref<Str>::adopt(&builtins_of(str).empty_str());
  if (times == 1) return exact_str(str);
  // CPython's two errors: more characters than an index counts, and more bytes than there is memory.
  if (times > std::numeric_limits<std::int64_t>::max() / str.code_points)
    raise(ErrorKind::kOverflowError, "repeated string is too long");
  if (static_cast<std::uint64_t>(times) > Str::kMaxBytes / str.bytes) raise_out_of_memory();
  const auto count = static_cast<std::size_t>(times);
  const std::size_t size = str.bytes * count;
  return detail::new_str(builtins_of(str), size, str.code_points * count, [&](char* data) noexcept {
    // What is there already is copied again and again, so that short texts cost few calls.
    std::memcpy(data, str.data(), str.bytes);
    for (std::size_t done = str.bytes; done < size; done *= 2) std::memcpy(data + done, data, std::min(done, size - done));
  });
}

Ref<Str> repr_of(const Str& str) {
  const detail::ReprPlan plan = detail::plan_repr(text(str));
  if (!plan.verbatim && !str.is_ascii()) {  // how many code points are escaped is known when it is written
    StrBuilder result(builtins_of(str));
    result.append_repr(str);
    return result.finish();
  }
  const std::size_t code_points = plan.verbatim ? std::size_t{str.code_points} + 2 : plan.size;
  return detail::new_str(builtins_of(str), plan.size, code_points,
                         [&](char* data) noexcept { detail::write_repr(text(str), plan, data); });
}

}  // namespace ouro
