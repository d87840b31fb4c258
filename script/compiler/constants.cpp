// Constants from literals, and folding (CPython: Python/ast_opt.c, merge_consts_recursive in Python/compile.c).
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/complex.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/sets/set.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/compiler/constants.h>
#include <ouro/script/compiler/operators.h>

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace ouro::script {

namespace {

bool looks_like_identifier(std::string_view text) noexcept {
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

int base_of(std::string_view digits) noexcept {
  if (digits.size() < 2 || digits[0] != '0') return 10;
  return digits[1] == 'x' ? 16 : digits[1] == 'o' ? 8 : digits[1] == 'b' ? 2 : 10;
}

bool is_number(const Object& object) noexcept {
  const Kind kind = kind_of(object);
  return kind == Kind::kInt || kind == Kind::kFloat || kind == Kind::kComplex || kind == Kind::kBool;
}

/// Numbers that folding may make, as CPython limits them.
constexpr std::uint64_t kMostBits = 128;

bool is_small_enough(ast::Operator op, Object& left, Object& right) {
  const Int* const first = as_int(left);
  const Int* const second = as_int(right);
  if (first == nullptr || second == nullptr) return true;
  switch (op) {
    case ast::Operator::kMult:
      return bit_length(*first) + bit_length(*second) <= kMostBits;
    case ast::Operator::kPow:
      return !second->is_big() && second->value >= 0 &&
             bit_length(*first) * static_cast<std::uint64_t>(second->value) <= kMostBits;
    case ast::Operator::kLShift:
      return !second->is_big() && second->value >= 0 &&
             bit_length(*first) + static_cast<std::uint64_t>(second->value) <= kMostBits;
    default:
      return true;
  }
}

std::string key_of(Object& object) {
  if (const Str* const text_of = as<Str>(object)) return "str:" + std::string(text(*text_of));
  return fmt::format("{}:{}", object.type->name, text(*repr(object)));
}

}  // namespace

Ref<Str> Constants::name(std::string_view text) {
  Ref<Str> made = intern(builtins_, text);
  arena_.append(*made);
  return made;
}

Ref<> Constants::object_of(const ast::Value& value) {
  using Type = ast::Value::Type;
  switch (value.type) {
    case Type::kNone:
      return Ref<>::adopt(&builtins_.none());
    case Type::kFalse:
    case Type::kTrue:
      return make_bool(builtins_, value.type == Type::kTrue);
    case Type::kEllipsis:
      return Ref<>::adopt(&builtins_.ellipsis());
    case Type::kInt: {
      if (value.is_small) return make_int(builtins_, value.integer);
      const int base = base_of(value.text);
      return int_from_text(builtins_, base == 10 ? value.text : value.text.substr(2), base);
    }
    case Type::kFloat:
      return make_float(builtins_, value.number);
    case Type::kComplex:
      return make_complex(builtins_, 0.0, value.number);
    case Type::kBytes:
      return make_bytes(builtins_, value.text);
    case Type::kStr:
      if (looks_like_identifier(value.text)) return intern(builtins_, value.text);
      return make_str_unchecked(builtins_, value.text);
  }
  return {};
}

Constant Constants::merged(std::string key, Ref<> object) {
  const auto [place, is_new] = merged_.try_emplace(key, object);
  if (is_new) arena_.append(*object);
  return {std::move(key), place->second};
}

Constant Constants::of(Ref<> object) {
  std::string key = key_of(*object);
  return merged(std::move(key), std::move(object));
}

Constant Constants::literal(const ast::Value& value) { return of(object_of(value)); }

Constant Constants::text(std::string_view text) {
  return of(looks_like_identifier(text) ? Ref<>(intern(builtins_, text)) : Ref<>(make_str(builtins_, text)));
}

Constant Constants::unique(Ref<> object) { return {fmt::format("#{}", ++made_), std::move(object)}; }

namespace {

std::string joined_key(char open, const std::vector<Constant>& items) {
  std::string key(1, open);
  for (const Constant& item : items) key += fmt::format("{}:{},", item.key.size(), item.key);
  return key;
}

}  // namespace

Constant Constants::tuple(const std::vector<Constant>& items) {
  Ref<Tuple> made = build_tuple(builtins_, items.size(), [&](std::size_t i) noexcept { return share(*items[i].object); });
  return merged(joined_key('(', items), std::move(made));
}

Constant Constants::frozen_set(const std::vector<Constant>& items) {
  const Constant all = tuple(items);
  return merged(joined_key('{', items), frozenset_from(*all.object));
}

std::optional<Constant> Constants::fold(const ast::Expr& node) {
  switch (node.kind) {
    case ast::Kind::kConstant: {
      const ast::Value& value = static_cast<const ast::Constant&>(node).value;
      return value.has_surrogates ? std::nullopt : std::optional(literal(value));
    }
    case ast::Kind::kUnaryOp:
      return fold_unary(static_cast<const ast::UnaryOp&>(node));
    case ast::Kind::kBinOp:
      return fold_binary(static_cast<const ast::BinOp&>(node));
    case ast::Kind::kTuple: {
      const auto& display = static_cast<const ast::Tuple&>(node);
      if (display.ctx != ast::ExprContext::kLoad) return std::nullopt;
      std::vector<Constant> items;
      for (const ast::Expr* const element : display.elts) {
        std::optional<Constant> item = fold(*element);
        if (!item) return std::nullopt;
        items.push_back(std::move(*item));
      }
      return tuple(items);
    }
    default:
      return std::nullopt;
  }
}

std::optional<Constant> Constants::fold_unary(const ast::UnaryOp& node) {
  if (!ast::is<ast::Constant>(node.operand) && !ast::is<ast::UnaryOp>(node.operand) && !ast::is<ast::BinOp>(node.operand))
    return std::nullopt;
  const std::optional<Constant> operand = fold(*node.operand);
  if (!operand) return std::nullopt;
  Object& value = *operand->object;
  if (node.op == ast::UnaryOperator::kNot) return of(make_bool(builtins_, !truth(value)));
  if (!is_number(value)) return std::nullopt;
  Outcome<Ref<>> made = ouro::detail::attempt(builtins_.heap, [&] {
    return node.op == ast::UnaryOperator::kUSub   ? negative(value)
           : node.op == ast::UnaryOperator::kUAdd ? positive(value)
                                                  : invert(value);
  });
  return made ? std::optional(of(*made)) : std::nullopt;
}

std::optional<Constant> Constants::fold_binary(const ast::BinOp& node) {
  if (node.op == ast::Operator::kMatMult) return std::nullopt;
  const std::optional<Constant> left = fold(*node.left);
  if (!left || !is_number(*left->object)) return std::nullopt;
  const std::optional<Constant> right = fold(*node.right);
  if (!right || !is_number(*right->object) || !is_small_enough(node.op, *left->object, *right->object)) return std::nullopt;
  Outcome<Ref<>> made =
      ouro::detail::attempt(builtins_.heap, [&] { return apply(runtime_operator(node.op), *left->object, *right->object); });
  return made ? std::optional(of(*made)) : std::nullopt;
}

}  // namespace ouro::script
