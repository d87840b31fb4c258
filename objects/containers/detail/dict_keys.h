// How a dict hashes and compares keys.
//
// A str or int key is hashed and compared here, without a call through its type; every other key through the protocol, which
// may run code of its class. That code may change the dict that is being searched. If the table or the key that was compared
// moved, the search begins again; whatever else changed, it goes on: law search-ends (CPython: lookdict in
// Objects/dictobject.c).
#pragma once

#include <ouro/objects/containers/detail/dict_search.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <optional>
#include <string_view>

namespace ouro::detail {

/// An int of 64 bits.
[[nodiscard]] inline bool is_plain_int(const Object& object) noexcept {
  return is_exact<Int>(object) && !static_cast<const Int&>(object).is_big();
}

/// Ints from 0 up to here hash to themselves.
inline constexpr std::int64_t kIntHashModulus = (std::int64_t{1} << 61) - 1;

/// `hash(number)`. Most ints hash to themselves.
[[nodiscard]] inline std::int64_t hash_int(const Int& number) noexcept {
  if (!number.is_big() && number.value >= 0 && number.value < kIntHashModulus) return number.value;
  return hash_of(number);
}

/// What an operation on a dict goes on using. It is held from the first call of foreign code on to the end of the operation,
/// for such code may drop the last handles; where none is called, holding costs nothing.
class HeldOperands {
 public:
  HeldOperands(const Dict& dict, Object& key, Object* value = nullptr) noexcept : dict_(dict), key_(key), value_(value) {}
  HeldOperands(const HeldOperands&) = delete;
  HeldOperands& operator=(const HeldOperands&) = delete;
  ~HeldOperands() {
    if (held_) [[unlikely]]
      release();
  }
  void hold() noexcept;

 private:
  void release() noexcept;

  const Dict& dict_;
  Object& key_;
  Object* value_;
  bool held_ = false;
};

/// The hash of `key` as tables keep it. TypeError "unhashable type: 'list'".
[[nodiscard]] inline std::uint32_t hash_key(Object& key, HeldOperands& held) {
  if (is_exact<Str>(key)) {
    const auto& str = static_cast<const Str&>(key);
    const std::int64_t cached = str.cached_hash;
    return fold_hash(cached != Str::kNoHash ? cached : hash_of(str));
  }
  if (is_exact<Int>(key)) return fold_hash(hash_int(static_cast<const Int&>(key)));
  held.hold();
  return fold_hash(hash(key));
}

/// The same of a str that knows its hash and of an int that is its own hash, and nothing of anything else.
[[nodiscard]] inline std::optional<std::uint32_t> known_hash(const Object& key) noexcept {
  if (is_exact<Str>(key)) {
    const std::int64_t cached = static_cast<const Str&>(key).cached_hash;
    return cached == Str::kNoHash ? std::nullopt : std::optional(fold_hash(cached));
  }
  if (!is_plain_int(key)) return {};
  const std::int64_t value = static_cast<const Int&>(key).value;
  if (value >> 32 == 0) return static_cast<std::uint32_t>(value);
  return value > 0 && value < kIntHashModulus ? std::optional(fold_hash(value)) : std::nullopt;
}

/// Compares by the protocol, and says if the table or the key of `pair` is another than before. The key is held meanwhile.
[[nodiscard]] Verdict compare_keys(const Dict& dict, std::uint32_t pair, Object& wanted);

/// Compares two str, or two ints of 64 bits, with equal hashes. kTableChanged of others: only foreign code can tell.
[[nodiscard]] inline Verdict compare_plain(const Object& present, const Object& wanted) noexcept {
  if (is_exact<Str>(present) && is_exact<Str>(wanted))
    return equal_text(static_cast<const Str&>(present), static_cast<const Str&>(wanted)) ? Verdict::kSame : Verdict::kOther;
  if (!is_plain_int(present) || !is_plain_int(wanted)) return Verdict::kTableChanged;
  return static_cast<const Int&>(present).value == static_cast<const Int&>(wanted).value ? Verdict::kSame : Verdict::kOther;
}

/// Compares keys with equal hashes.
[[nodiscard]] inline Verdict same_key(const Dict& dict, std::uint32_t pair, Object& wanted, HeldOperands& held) {
  const Verdict verdict = compare_plain(*dict.pairs[pair].key, wanted);
  if (verdict != Verdict::kTableChanged) return verdict;
  held.hold();
  return compare_keys(dict, pair, wanted);
}

/// The number of the pair with this key, or kAbsent.
[[nodiscard]] inline std::uint32_t find_key(const Dict& dict, std::uint32_t hash, Object& key, HeldOperands& held) {
  while (true) {
    bool changed = false;
    const auto same = [&](std::uint32_t pair) { return same_key(dict, pair, key, held); };
    const std::uint32_t pair = find_pair(dict, hash, &key, same, changed);
    if (!changed) [[likely]]
      return pair;
  }
}

/// The number of the pair with this str or int of 64 bits, or kAbsent. Gives up and sets `is_open` where only foreign code
/// can tell.
[[nodiscard]] inline std::uint32_t find_known(const Dict& dict, std::uint32_t hash, const Object& key,
                                              bool& is_open) noexcept {
  const auto same = [&](std::uint32_t pair) noexcept { return compare_plain(*dict.pairs[pair].key, key); };
  return find_pair(dict, hash, &key, same, is_open);
}

/// The same two for a caller who holds the dict and the key.
[[nodiscard]] inline std::uint32_t hash_key(Object& key) {
  const auto* const str = is_exact<Str>(key) ? static_cast<const Str*>(&key) : nullptr;
  return fold_hash(str != nullptr && str->cached_hash != Str::kNoHash ? str->cached_hash : hash(key));
}
[[nodiscard]] inline std::uint32_t find_key(const Dict& dict, std::uint32_t hash, Object& key) {
  HeldOperands held(dict, key);
  return find_key(dict, hash, key, held);
}

/// The same for a text; finds str keys only.
[[nodiscard]] inline std::uint32_t find_text(const Dict& dict, std::uint32_t hash, std::string_view key) noexcept {
  bool changed = false;
  const auto same = [&](std::uint32_t pair) noexcept {
    const Str* const str = as<Str>(*dict.pairs[pair].key);
    return str != nullptr && text(*str) == key ? Verdict::kSame : Verdict::kOther;
  };
  // There is no object to be identical with: a dict is no dict's key.
  return find_pair(dict, hash, &dict, same, changed);
}

}  // namespace ouro::detail
