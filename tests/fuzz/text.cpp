// Text and numbers beside the standard library: UTF-8 against a table of code points, str methods against std::u32string,
// ints by the laws of arithmetic, floats against strtod, and hashes by equality.
#include <ouro/objects/text/str_methods.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>

#include <fuzz/stage.h>
#include <fuzz/targets.h>

namespace ouro::fuzz {

namespace {

/// Strict UTF-8 by the table of the Unicode standard; nothing if it is none.
std::optional<std::u32string> decoded(std::string_view bytes) {
  std::u32string result;
  for (std::size_t i = 0; i < bytes.size();) {
    const auto at = [&](std::size_t k) -> std::uint32_t {
      return i + k < bytes.size() ? static_cast<std::uint8_t>(bytes[i + k]) : 0;
    };
    const std::uint32_t lead = at(0);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0) return {};
    std::uint32_t code = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
      if ((at(k) & 0xC0) != 0x80) return {};
      code = code << 6 | (at(k) & 0x3F);
    }
    constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < kLeast[length] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return {};
    result.push_back(code);
    i += length;
  }
  return result;
}

std::u32string points(const Str& str) { return *decoded(text(str)); }

std::int64_t place(std::size_t found) { return found == std::u32string::npos ? -1 : static_cast<std::int64_t>(found); }

/// Two texts, and one in the other.
void texts(Runtime& rt, Input& input) {
  const std::string_view first = input.bytes(60), second = input.bytes(6);
  const auto wide = decoded(first), part = decoded(second);
  Ref<Str> str, found;
  require(attempt([&] { str = rt.str(first); }) == wide.has_value(), "what UTF-8 is");
  require(attempt([&] { found = rt.str(second); }) == part.has_value(), "what UTF-8 is");
  if (!wide || !part) return;
  require(length(*str) == wide->size() && text(*str) == first, "a text that entered");
  for (std::size_t i = 0; i < wide->size(); ++i)
    require(points(*character_at(*str, i)) == wide->substr(i, 1), "a character");
  const auto start = static_cast<std::int64_t>(input.below(70)) - 20, step = static_cast<std::int64_t>(input.below(7)) - 3;
  if (step != 0) {
    const SliceRange range = resolve({start, {}, step}, wide->size());
    std::u32string taken;
    for (std::size_t i = 0; i < range.size; ++i) taken.push_back((*wide)[range.at(i)]);
    require(points(*slice(*str, {start, {}, step})) == taken, "a slice of text");
  }
  require(find(*str, *found) == place(wide->find(*part)), "find");
  require(find_last(*str, *found) == place(wide->rfind(*part)), "rfind");
  require(starts_with(*str, *found) == wide->starts_with(*part), "startswith");
  require(ends_with(*str, *found) == wide->ends_with(*part), "endswith");
  std::int64_t count = part->empty() ? static_cast<std::int64_t>(wide->size()) + 1 : 0;
  for (std::size_t at = 0; !part->empty() && (at = wide->find(*part, at)) != std::u32string::npos; at += part->size())
    ++count;
  require(count_of(*str, *found) == count, "count");
  if (!part->empty()) {
    const Ref<List> pieces = split(*str, *found);
    require(static_cast<std::int64_t>(pieces->size) == count + 1, "the pieces of split");
    require(text(*join(*found, *pieces)) == first, "join after split");
    require(text(*replace(*str, *found, *found)) == first, "replacing by the same");
  }
  require(text(*concatenate(*slice(*str, {{}, start, 1}), *slice(*str, {start, {}, 1}))) == first, "two halves");
  require(text(*upper(*upper(*str))) == text(*upper(*str)), "upper of upper");
  require(points(*repeat(*found, 3)) == *part + *part + *part, "repeat");
  const Ref<Str> again = rt.str(std::string(first));
  require(equal(*str, *again) && hash(*str) == hash(*again), "equal texts");
  require(compare(*str, *found, Comparison::kLess) == (*wide < *part), "the order of texts");
}

/// An int of up to some hundred digits, and its text.
Ref<Int> int_of(Runtime& rt, Input& input) {
  if (input.flag()) return make_int(rt.builtins(), input.number());
  std::string digits = input.flag() ? "-" : "";
  for (const char c : input.bytes(120)) digits.push_back(static_cast<char>('0' + static_cast<unsigned char>(c) % 10));
  return int_from_text(rt.builtins(), digits.size() > 1 ? digits : digits + "0");
}

void ints(Runtime& rt, Input& input) {
  const Ref<Int> a = int_of(rt, input), b = int_of(rt, input);
  const auto op = [](Operator which, const Ref<>& left, const Ref<>& right) { return apply(which, *left, *right); };
  const auto expect = [](const Ref<>& left, const Ref<>& right, const char* what) { require(equal(*left, *right), what); };
  expect(int_from_text(rt.builtins(), text(*int_to_text(*a))), a, "the decimal text");
  for (const int base : {2, 8, 16}) expect(int_from_text(rt.builtins(), text(*int_to_base(*a, base)), base), a, "a base");
  const Ref<> sum = op(Operator::kAdd, a, b), product = op(Operator::kMultiply, a, b);
  expect(op(Operator::kSubtract, sum, b), a, "a + b - b");
  expect(op(Operator::kMultiply, sum, sum),
         op(Operator::kAdd, op(Operator::kMultiply, a, a),
            op(Operator::kAdd, op(Operator::kMultiply, rt.from(2), product), op(Operator::kMultiply, b, b))),
         "(a + b)**2");
  if (truth(*b)) {
    const Ref<> quotient = op(Operator::kFloorDivide, a, b), rest = op(Operator::kRemainder, a, b);
    expect(op(Operator::kAdd, op(Operator::kMultiply, quotient, b), rest), a, "a // b * b + a % b");
    require(!truth(*rest) || compare(*rest, *rt.from(0), Comparison::kLess) == compare(*b, *rt.from(0), Comparison::kLess),
            "the sign of a % b");
    require(compare(*absolute(*rest), *absolute(*b), Comparison::kLess), "the size of a % b");
    expect(op(Operator::kFloorDivide, product, b), a, "a * b // b");
  }
  const Ref<> both = op(Operator::kBitAnd, a, b), either = op(Operator::kBitOr, a, b), one = op(Operator::kBitXor, a, b);
  expect(op(Operator::kAdd, both, either), sum, "(a & b) + (a | b)");
  expect(op(Operator::kSubtract, either, both), one, "(a | b) - (a & b)");
  const Ref<> shift = rt.from(static_cast<int>(input.below(130)));
  expect(op(Operator::kRightShift, op(Operator::kLeftShift, a, shift), shift), a, "a << n >> n");
  expect(op(Operator::kLeftShift, a, shift), op(Operator::kMultiply, a, op(Operator::kPower, rt.from(2), shift)), "a << n");
  require(hash(*op(Operator::kSubtract, sum, b)) == hash(*a), "hashes of equal ints");
}

void floats(Runtime& rt, Input& input) {
  const auto value = std::bit_cast<double>(static_cast<std::uint64_t>(input.number()) ^ (std::uint64_t{input.byte()} << 56));
  const Ref<Float> number = make_float(rt.builtins(), value);
  const std::string shown(text(*repr(*number)));
  if (std::isnan(value)) return require(shown == "nan", "a NaN");
  require(std::bit_cast<std::uint64_t>(std::strtod(shown.c_str(), nullptr)) == std::bit_cast<std::uint64_t>(value),
          "the text of a float");
  require(to_double(*float_from_text(rt.builtins(), shown)) == value, "a float of its text");
  if (std::isinf(value)) return;
  const Ref<Int> whole = int_from_double(rt.builtins(), value);
  require(std::trunc(value) == to_double(*whole), "int(float)");
  require(equal(*whole, *number) == (std::trunc(value) == value), "an int and a float");
  if (std::trunc(value) == value) require(hash(*whole) == hash(*number), "the hashes of an int and a float");
  std::string digits;
  for (const char c : input.bytes(40)) digits.push_back("0123456789.e-+"[static_cast<unsigned char>(c) % 14]);
  char* end = nullptr;
  const double expected = std::strtod(digits.c_str(), &end);
  const bool is_number = !digits.empty() && *end == '\0';
  Ref<Float> read;
  require(attempt([&] { read = float_from_text(rt.builtins(), digits); }) == is_number, "what a float's text is");
  if (is_number)
    require(std::bit_cast<std::uint64_t>(to_double(*read)) == std::bit_cast<std::uint64_t>(expected), "float(text)");
}

}  // namespace

void text(Bytes bytes) {
  Input input(bytes);
  Stage stage;
  while (!input.empty()) {
    switch (input.below(3)) {
      case 0:
        texts(stage.rt, input);
        break;
      case 1:
        ints(stage.rt, input);
        break;
      default:
        floats(stage.rt, input);
    }
  }
  stage.finish();
}

}  // namespace ouro::fuzz
