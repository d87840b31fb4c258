// How a dict hashes and compares keys.
//
// A str or int key is hashed and compared here, without a call through its type; every other key through the protocol, which
// may run code of its class. That code may change the dict that is being searched. The search then begins again (CPython:
// lookdict in Objects/dictobject.c).
#pragma once

#include <ouro/objects/detail/dict_table.h>
#include <ouro/objects/int.h>
#include <ouro/objects/protocol.h>
#include <ouro/objects/str.h>

#include <string_view>

namespace ouro::detail {

/// An int of 64 bits.
[[nodiscard]] inline bool is_plain_int(const Object& object) noexcept {
  return is<Int>(object) && !static_cast<const Int&>(object).is_big();
}

/// `hash(number)`. Most ints hash to themselves.
[[nodiscard]] inline std::int64_t hash_int(const Int& number) noexcept {
  constexpr std::int64_t kModulus = (std::int64_t{1} << 61) - 1;
  if (!number.is_big() && number.value >= 0 && number.value < kModulus) return number.value;
  return hash_of(number);
}

/// The hash of `key` as tables keep it. TypeError "unhashable type: 'list'".
[[nodiscard]] inline std::uint32_t hash_key(Object& key) {
  if (const Str* const str = as<Str>(key)) {
    const std::int64_t cached = str->cached_hash;
    return mix_hash(cached != Str::kNoHash ? cached : hash_of(*str));
  }
  if (const Int* const number = as<Int>(key)) return mix_hash(hash_int(*number));
  return mix_hash(hash(key));
}

/// Compares by the protocol, and says if the dict is another than before. The key in the dict is held meanwhile.
[[nodiscard]] Verdict compare_keys(const Dict& dict, Object& present, Object& wanted);

/// Compares keys with equal hashes.
[[nodiscard]] inline Verdict same_key(const Dict& dict, Object& present, Object& wanted) {
  if (is<Str>(present) && is<Str>(wanted))
    return equal_text(static_cast<Str&>(present), static_cast<Str&>(wanted)) ? Verdict::kSame : Verdict::kOther;
  if (is_plain_int(present) && is_plain_int(wanted))
    return static_cast<Int&>(present).value == static_cast<Int&>(wanted).value ? Verdict::kSame : Verdict::kOther;
  return compare_keys(dict, present, wanted);
}

/// The number of the pair with this key, or kAbsent.
[[nodiscard]] inline std::uint32_t find_key(const Dict& dict, std::uint32_t hash, Object& key) {
  while (true) {
    bool changed = false;
    const auto same = [&](Object& present) { return same_key(dict, present, key); };
    const std::uint32_t pair = find_pair(dict, hash, &key, same, changed);
    if (!changed) [[likely]]
      return pair;
  }
}

/// The same for a text; finds str keys only.
[[nodiscard]] inline std::uint32_t find_text(const Dict& dict, std::uint32_t hash, std::string_view key) noexcept {
  bool changed = false;
  const auto same = [&](Object& present) noexcept {
    const Str* const str = as<Str>(present);
    return str != nullptr && text(*str) == key ? Verdict::kSame : Verdict::kOther;
  };
  return find_pair(dict, hash, nullptr, same, changed);
}

}  // namespace ouro::detail
