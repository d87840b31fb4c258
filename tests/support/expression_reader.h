// ExpressionReader: an expression of Python, read and computed at the same time, by precedence climbing.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/text/intern.h>
#include <support/literal_reader.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ouro::test {

/// What an operator between two values is, and how strongly it binds.
struct Infix {
  std::string_view sign;
  int strength;
  std::optional<Operator> arithmetic{};
  std::optional<Comparison> comparison{};
};

inline constexpr int kComparing = 4;
inline constexpr int kUnary = 11;
inline constexpr int kPowering = 12;

/// Longer signs first.
inline const Infix kInfixes[] = {
    {"or ", 1},
    {"and ", 2},
    {"not in ", kComparing},
    {"in ", kComparing},
    {"is not ", kComparing},
    {"is ", kComparing},
    {"<<", 8, Operator::kLeftShift},
    {">>", 8, Operator::kRightShift},
    {"<=", kComparing, {}, Comparison::kLessEqual},
    {">=", kComparing, {}, Comparison::kGreaterEqual},
    {"==", kComparing, {}, Comparison::kEqual},
    {"!=", kComparing, {}, Comparison::kNotEqual},
    {"<", kComparing, {}, Comparison::kLess},
    {">", kComparing, {}, Comparison::kGreater},
    {"|", 5, Operator::kBitOr},
    {"^", 6, Operator::kBitXor},
    {"&", 7, Operator::kBitAnd},
    {"+", 9, Operator::kAdd},
    {"-", 9, Operator::kSubtract},
    {"**", kPowering, Operator::kPower},
    {"*", 10, Operator::kMultiply},
    {"//", 10, Operator::kFloorDivide},
    {"/", 10, Operator::kTrueDivide},
    {"%", 10, Operator::kRemainder},
};

/// Takes an expression from the front of a line, and gives its value.
class ExpressionReader : protected LiteralReader {
 public:
  using LiteralReader::LiteralReader;

 protected:
  Ref<> tuple_or_one() {
    Ref<> first = expression(0);
    if (!take(",")) return first;
    const Ref<List> items = make_list(builtins_);
    items->append(*first);
    while (!at_end()) {
      items->append(*expression(0));
      if (!take(",")) break;
    }
    return tuple_from(*items);
  }

  Ref<> expression(int strength) {
    Ref<> left = unary();
    for (;;) {
      const Infix* const infix = peek_infix(strength);
      if (infix == nullptr) return left;
      rest_.remove_prefix(infix->sign.size());
      left = infix->strength == kComparing ? compared(*infix, std::move(left)) : combined(*infix, std::move(left));
    }
  }

  const Infix* peek_infix(int strength) {
    skip_spaces();
    for (const Infix& infix : kInfixes)
      if (rest_.starts_with(infix.sign)) return infix.strength > strength ? &infix : nullptr;
    return nullptr;
  }

  Ref<> combined(const Infix& infix, Ref<> left) {
    // Both sides are computed: what is compared here has no effects that matter.
    const int right_strength = infix.strength == kPowering ? kUnary - 1 : infix.strength;
    const Ref<> right = expression(right_strength);
    if (infix.arithmetic) return apply(*infix.arithmetic, *left, *right);
    const bool is_true = truth(*left);
    return (infix.sign == "or ") == is_true ? left : right;
  }

  /// `a < b < c`, too.
  Ref<> compared(const Infix& first, Ref<> left) {
    Ref<> result;
    for (const Infix* infix = &first;;) {
      const Ref<> right = expression(kComparing);
      result = compared_once(*infix, *left, *right);
      const Infix* const next = peek_infix(kComparing - 1);
      if (next == nullptr || next->strength != kComparing) return result;
      rest_.remove_prefix(next->sign.size());
      if (!truth(*result)) {
        static_cast<void>(expression(kComparing));
        return result;
      }
      left = right;
      infix = next;
    }
  }
  Ref<> compared_once(const Infix& infix, Object& left, Object& right) {
    if (infix.sign == "in ") return make_bool(builtins_, contains(right, left));
    if (infix.sign == "not in ") return make_bool(builtins_, !contains(right, left));
    if (infix.sign == "is ") return make_bool(builtins_, &left == &right);
    if (infix.sign == "is not ") return make_bool(builtins_, &left != &right);
    return make_bool(builtins_, compare(left, right, *infix.comparison));
  }

  Ref<> unary() {
    if (take("not ")) return make_bool(builtins_, !truth(*expression(3)));
    if (take("-")) return negative(*expression(kUnary));
    if (take("+")) return positive(*expression(kUnary));
    if (take("~")) return invert(*expression(kUnary));
    return postfix(primary());
  }

  Ref<> postfix(Ref<> value) {
    for (;;) {
      if (take(".")) {
        value = get_attribute(*value, *intern(builtins_, word()));
      } else if (take("(")) {
        value = call_with_arguments(*value);
      } else if (take("[")) {
        const Ref<> key = subscript_key();
        value = get_item(*value, *key);
      } else {
        return value;
      }
    }
  }

  /// What stands between brackets, and the closing one.
  Ref<> subscript_key() {
    Ref<> first = slice_or_value();
    if (take("]")) return first;
    const Ref<List> items = make_list(builtins_);
    items->append(*first);
    while (take(",")) {
      if (take("]")) return tuple_from(*items);
      items->append(*slice_or_value());
    }
    expect("]");
    return tuple_from(*items);
  }
  Ref<> slice_or_value() {
    std::vector<Ref<>> parts{slice_part()};
    while (take(":")) parts.push_back(slice_part());
    if (parts.size() == 1) return parts[0];
    for (Ref<>& part : parts)
      if (!part) part = make_none(builtins_);
    if (parts.size() == 2) parts.push_back(make_none(builtins_));
    return called("slice", parts);
  }
  Ref<> slice_part() {
    skip_spaces();
    return rest_.starts_with(':') || rest_.starts_with(']') || rest_.starts_with(',') ? Ref<>() : expression(0);
  }

  Ref<> call_with_arguments(Object& callee) {
    std::vector<Ref<>> positional, names, values;
    while (!take(")")) {
      const std::string_view before = rest_;
      const std::string_view name = word();
      if (!name.empty() && rest_.starts_with('=') && !rest_.starts_with("==")) {
        rest_.remove_prefix(1);
        names.emplace_back(intern(builtins_, name));
        values.push_back(expression(0));
      } else {
        rest_ = before;
        take("*") ? unpack(positional, *expression(0)) : positional.push_back(expression(0));
      }
      if (!take(",")) {
        expect(")");
        break;
      }
    }
    return called(callee, positional, names, values);
  }
  static void unpack(std::vector<Ref<>>& into, Object& iterable) {
    const Ref<> iterator = iterate(iterable);
    while (Ref<> item = next(*iterator)) into.push_back(std::move(item));
  }
  Ref<> primary() {
    skip_spaces();
    if (take("(")) return parenthesised();
    if (take("[")) return items_until("]");
    if (take("{")) return dict_or_set();
    if (take("...")) return named("Ellipsis");
    if (rest_.starts_with("b'") || rest_.starts_with("b\"")) return bytes_literal();
    if (rest_.starts_with('\'') || rest_.starts_with('"')) return text_literal();
    if (!rest_.empty() && (digit(rest_[0]) || (rest_[0] == '.' && rest_.size() > 1 && digit(rest_[1])))) return number();
    return named(std::string(word()));
  }

  Ref<> parenthesised() {
    if (take(")")) return share<Object>(builtins_.empty_tuple());
    Ref<> first = expression(0);
    if (take(")")) return first;
    const Ref<List> items = make_list(builtins_);
    items->append(*first);
    while (take(",")) {
      if (take(")")) return tuple_from(*items);
      items->append(*expression(0));
    }
    expect(")");
    return tuple_from(*items);
  }

  Ref<List> items_until(std::string_view end) {
    Ref<List> made = make_list(builtins_);
    while (!take(end)) {
      made->append(*expression(0));
      if (!take(",")) {
        expect(end);
        break;
      }
    }
    return made;
  }

  Ref<> dict_or_set() {
    if (take("}")) return make_dict(builtins_);
    Ref<> first = expression(0);
    if (!take(":")) {
      const Ref<List> items = make_list(builtins_);
      items->append(*first);
      if (!take("}")) {
        expect(",");
        const Ref<List> others = items_until("}");
        for (Object* const item : others->view()) items->append(*item);
      }
      return called("set", {items});
    }
    Ref<Dict> made = make_dict(builtins_);
    for (;;) {
      const Ref<> value = expression(0);
      made->set(*first, *value);
      if (take("}")) return made;
      expect(",");
      if (take("}")) return made;
      first = expression(0);
      expect(":");
    }
  }
};

}  // namespace ouro::test
