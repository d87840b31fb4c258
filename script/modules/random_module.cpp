// The module _random: the Mersenne Twister MT19937, with the same numbers as CPython's (Modules/_randommodule.c).
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/script/modules/modules.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <tuple>
#include <vector>

namespace ouro::script {

namespace {

constexpr std::size_t kWords = 624;

/// What an object of class Random holds.
struct Generator32 {
  std::array<std::uint32_t, kWords> words{};
  std::size_t used = kWords;  ///< words given since they were made
  static constexpr std::tuple<> edges{};

  void seed_from(std::uint32_t seed) noexcept {
    words[0] = seed;
    for (std::size_t i = 1; i < kWords; ++i)
      words[i] = 1812433253U * (words[i - 1] ^ (words[i - 1] >> 30)) + static_cast<std::uint32_t>(i);
    used = kWords;
  }

  void seed_from(const std::vector<std::uint32_t>& key) noexcept {
    seed_from(19650218U);
    std::size_t i = 1;
    std::size_t j = 0;
    const auto step = [&] {
      if (++i < kWords) return;
      words[0] = words[kWords - 1];
      i = 1;
    };
    for (std::size_t left = std::max(kWords, key.size()); left > 0; --left) {
      words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >> 30)) * 1664525U)) + key[j] + static_cast<std::uint32_t>(j);
      step();
      if (++j >= key.size()) j = 0;
    }
    for (std::size_t left = kWords - 1; left > 0; --left) {
      words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >> 30)) * 1566083941U)) - static_cast<std::uint32_t>(i);
      step();
    }
    words[0] = 0x80000000U;
  }

  void make_words() noexcept {
    constexpr std::size_t kShift = 397;
    for (std::size_t i = 0; i < kWords; ++i) {
      const std::uint32_t y = (words[i] & 0x80000000U) | (words[(i + 1) % kWords] & 0x7FFFFFFFU);
      words[i] = words[(i + kShift) % kWords] ^ (y >> 1) ^ ((y & 1U) != 0 ? 0x9908B0DFU : 0U);
    }
    used = 0;
  }

  std::uint32_t next_word() noexcept {
    if (used >= kWords) make_words();
    std::uint32_t y = words[used++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9D2C5680U;
    y ^= (y << 15) & 0xEFC60000U;
    return y ^ (y >> 18);
  }

  double next_double() noexcept {
    const std::uint32_t high = next_word() >> 5;
    const std::uint32_t low = next_word() >> 6;
    return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0);
  }
};

/// The magnitude of an int as words of 32 bits, the lowest first.
std::vector<std::uint32_t> words_of(Object& number) {
  Builtins& builtins = builtins_of(number);
  Ref<> left = absolute(number);
  const Ref<> mask = make_int(builtins, 0xFFFFFFFFLL);
  const Ref<> shift = make_int(builtins, 32);
  std::vector<std::uint32_t> words;
  while (truth(*left)) {
    words.push_back(static_cast<std::uint32_t>(as_int(*apply(Operator::kBitAnd, *left, *mask))->value));
    left = apply(Operator::kRightShift, *left, *shift);
  }
  if (words.empty()) words.push_back(0);
  return words;
}

std::vector<std::uint32_t> words_of_chance() {
  std::random_device source;
  std::vector<std::uint32_t> words(8);
  for (std::uint32_t& word : words) word = source();
  return words;
}

Ref<> bits_of(Builtins& builtins, Generator32& generator, std::int64_t bits) {
  if (bits < 0) raise(ErrorKind::kValueError, "number of bits must be non-negative");
  if (bits == 0) return make_int(builtins, 0);
  if (bits <= 32) return make_int(builtins, generator.next_word() >> (32 - bits));
  Ref<> result = make_int(builtins, 0);
  std::int64_t place = 0;
  for (std::int64_t left = bits; left > 0; left -= 32, place += 32) {
    std::uint32_t word = generator.next_word();
    if (left < 32) word >>= 32 - left;
    const Ref<> shifted = apply(Operator::kLeftShift, *make_int(builtins, word), *make_int(builtins, place));
    result = apply(Operator::kBitOr, *result, *shifted);
  }
  return result;
}

Ref<> state_of(Builtins& builtins, const Generator32& generator) {
  std::vector<Ref<>> numbers;
  for (const std::uint32_t word : generator.words) numbers.push_back(make_int(builtins, word));
  numbers.push_back(make_int(builtins, static_cast<std::int64_t>(generator.used)));
  return build_tuple(builtins, numbers.size(), [&](std::size_t i) noexcept { return std::move(numbers[i]); });
}

void set_state(Generator32& generator, Object& state) {
  if (!is<Tuple>(state)) raise(ErrorKind::kTypeError, "state vector must be a tuple");
  const Ref<Tuple> numbers = share(static_cast<Tuple&>(state));
  if (numbers->size != kWords + 1) raise(ErrorKind::kValueError, "state vector is the wrong size");
  std::array<std::uint32_t, kWords> words{};
  for (std::size_t i = 0; i < kWords; ++i)
    words[i] = static_cast<std::uint32_t>(from_object<std::uint64_t>(*numbers->items[i]));
  const std::int64_t used = to_index(*numbers->items[kWords]);
  if (used < 0 || used > static_cast<std::int64_t>(kWords)) raise(ErrorKind::kValueError, "invalid state");
  generator.words = words;
  generator.used = static_cast<std::size_t>(used);
}

void seed(Generator32& generator, Object& given) {
  if (is_none(given)) return generator.seed_from(words_of_chance());
  if (as_int(given) != nullptr) return generator.seed_from(words_of(given));
  generator.seed_from(words_of(*make_int_unsigned(builtins_of(given), static_cast<std::uint64_t>(hash(given)))));
}

}  // namespace

Ref<Module> make_random_module(Interpreter& interpreter) {
  Ref<Module> module =
      make_builtin_module(interpreter, "_random", "Module implements the Mersenne Twister random number generator.");
  auto type = interpreter.runtime().class_<Generator32>("Random");
  type.init<>();
  type.def("random(self)", [](Generator32& self) { return self.next_double(); });
  type.def("seed(self, n)", [](Generator32& self, Object& given) { seed(self, given); });
  type.def("getrandbits(self, k)", [](Generator32& self, Object& bits, Builtins& builtins) {
    return bits_of(builtins, self, to_index(bits, ErrorKind::kOverflowError));
  });
  type.def("getstate(self)", [](Generator32& self, Builtins& builtins) { return state_of(builtins, self); });
  type.def("setstate(self, state)", [](Generator32& self, Object& state) { set_state(self, state); });
  type.value("__module__", "_random");
  module->set("Random", *type.type());
  return module;
}

}  // namespace ouro::script
