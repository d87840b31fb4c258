// The functions of operator as objects, and the dict of all its names.
#include <ouro/base/error.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/operations/detail/getters.h>
#include <ouro/objects/operations/operator_functions.h>
#include <ouro/objects/text/intern.h>

#include <string>
#include <string_view>

namespace ouro {

namespace {

/// `operator.length_hint(object, default)`; the default may be negative, as in CPython.
Ref<> hint(Object& object, Object* fallback) {
  const std::int64_t otherwise = detail::size_argument(fallback, 0);
  const std::size_t known = length_hint(object, static_cast<std::size_t>(otherwise));
  return make_int(builtins_of(object), static_cast<std::int64_t>(known));
}

/// `operator.call(object, *args, **kwargs)`.
Ref<> call_first(const Arguments& given) {
  if (given.positional.empty()) raise(ErrorKind::kTypeError, "call expected at least 1 argument, got 0");
  return call(*given.positional[0], {given.positional.subspan(1), given.keyword_names, given.keyword_values});
}

constexpr Attribute kFunctions[] = {
    function(
        "truth(a, /)", [](Object&, Object& a) { return truth(a); }, "Return True if a is true, False otherwise."),
    function(
        "not_(a, /)", [](Object&, Object& a) { return !truth(a); }, "Same as not a."),
    function(
        "is_(a, b, /)", [](Object&, Object& a, Object& b) { return &a == &b; }, "Same as a is b."),
    function(
        "is_not(a, b, /)", [](Object&, Object& a, Object& b) { return &a != &b; }, "Same as a is not b."),
    function(
        "lt(a, b, /)", [](Object&, Object& a, Object& b) { return compare(a, b, Comparison::kLess); }, "Same as a < b."),
    function(
        "le(a, b, /)", [](Object&, Object& a, Object& b) { return compare(a, b, Comparison::kLessEqual); },
        "Same as a <= b."),
    function(
        "eq(a, b, /)", [](Object&, Object& a, Object& b) { return compare(a, b, Comparison::kEqual); }, "Same as a == b."),
    function(
        "ne(a, b, /)", [](Object&, Object& a, Object& b) { return compare(a, b, Comparison::kNotEqual); },
        "Same as a != b."),
    function(
        "gt(a, b, /)", [](Object&, Object& a, Object& b) { return compare(a, b, Comparison::kGreater); }, "Same as a > b."),
    function(
        "ge(a, b, /)", [](Object&, Object& a, Object& b) { return compare(a, b, Comparison::kGreaterEqual); },
        "Same as a >= b."),
    function(
        "add(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kAdd, a, b); }, "Same as a + b."),
    function(
        "sub(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kSubtract, a, b); }, "Same as a - b."),
    function(
        "mul(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kMultiply, a, b); }, "Same as a * b."),
    function(
        "truediv(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kTrueDivide, a, b); },
        "Same as a / b."),
    function(
        "floordiv(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kFloorDivide, a, b); },
        "Same as a // b."),
    function(
        "mod(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kRemainder, a, b); }, "Same as a % b."),
    function(
        "pow(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kPower, a, b); }, "Same as a ** b."),
    function(
        "lshift(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kLeftShift, a, b); },
        "Same as a << b."),
    function(
        "rshift(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kRightShift, a, b); },
        "Same as a >> b."),
    function(
        "and_(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kBitAnd, a, b); }, "Same as a & b."),
    function(
        "or_(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kBitOr, a, b); }, "Same as a | b."),
    function(
        "xor(a, b, /)", [](Object&, Object& a, Object& b) { return apply(Operator::kBitXor, a, b); }, "Same as a ^ b."),
    function(
        "iadd(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kAdd, a, b); },
        "Same as a += b."),
    function(
        "isub(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kSubtract, a, b); },
        "Same as a -= b."),
    function(
        "imul(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kMultiply, a, b); },
        "Same as a *= b."),
    function(
        "itruediv(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kTrueDivide, a, b); },
        "Same as a /= b."),
    function(
        "ifloordiv(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kFloorDivide, a, b); },
        "Same as a //= b."),
    function(
        "imod(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kRemainder, a, b); },
        "Same as a %= b."),
    function(
        "ipow(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kPower, a, b); },
        "Same as a **= b."),
    function(
        "ilshift(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kLeftShift, a, b); },
        "Same as a <<= b."),
    function(
        "irshift(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kRightShift, a, b); },
        "Same as a >>= b."),
    function(
        "iand(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kBitAnd, a, b); },
        "Same as a &= b."),
    function(
        "ior(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kBitOr, a, b); },
        "Same as a |= b."),
    function(
        "ixor(a, b, /)", [](Object&, Object& a, Object& b) { return apply_in_place(Operator::kBitXor, a, b); },
        "Same as a ^= b."),
    function(
        "matmul(a, b, /)", [](Object&, Object& a, Object& b) { return matrix_multiply(a, b); }, "Same as a @ b."),
    function(
        "imatmul(a, b, /)", [](Object&, Object& a, Object& b) { return matrix_multiply_in_place(a, b); }, "Same as a @= b."),
    function(
        "neg(a, /)", [](Object&, Object& a) { return negative(a); }, "Same as -a."),
    function(
        "pos(a, /)", [](Object&, Object& a) { return positive(a); }, "Same as +a."),
    function(
        "inv(a, /)", [](Object&, Object& a) { return invert(a); }, "Same as ~a."),
    function(
        "invert(a, /)", [](Object&, Object& a) { return invert(a); }, "Same as ~a."),
    function(
        "abs(a, /)", [](Object&, Object& a) { return absolute(a); }, "Same as abs(a)."),
    function(
        "index(a, /)", [](Object&, Object& a) { return index(a); }, "Same as a.__index__()"),
    function(
        "concat(a, b, /)", [](Object&, Object& a, Object& b) { return concat(a, b); },
        "Same as a + b, for a and b sequences."),
    function(
        "iconcat(a, b, /)", [](Object&, Object& a, Object& b) { return concat_in_place(a, b); },
        "Same as a += b, for a and b sequences."),
    function(
        "contains(a, b, /)", [](Object&, Object& a, Object& b) { return contains(a, b); },
        "Same as b in a (note reversed operands)."),
    function(
        "countOf(a, b, /)", [](Object&, Object& a, Object& b) { return count_in(a, b); },
        "Return the number of items in a which are, or which equal, b."),
    function(
        "indexOf(a, b, /)", [](Object&, Object& a, Object& b) { return find_in(a, b); },
        "Return the first index of b in a."),
    function(
        "getitem(a, b, /)", [](Object&, Object& a, Object& b) { return get_item(a, b); }, "Same as a[b]."),
    function(
        "delitem(a, b, /)", [](Object&, Object& a, Object& b) { return delete_item(a, b); }, "Same as del a[b]."),
    function(
        "setitem(a, b, c, /)", [](Object&, Object& a, Object& b, Object& c) { set_item(a, b, c); }, "Same as a[b] = c."),
    function(
        "length_hint(obj, default=0, /)", [](Object&, Object& object, Object* fallback) { return hint(object, fallback); },
        "Return an estimate of the number of items in obj.\n\nThis is useful for presizing containers when building from an "
        "iterable.\n\nIf the object supports len(), the result will be exact.\nOtherwise, it may over- or under-estimate by "
        "an arbitrary amount.\nThe result will be an integer >= 0."),
    function(
        "call(*args, **kwargs)", [](Object&, const Arguments& given) { return call_first(given); },
        "Same as obj(*args, **kwargs)."),
};

/// Those that also go by the name of the special method that they stand for: `and_` is `__and__`, too.
constexpr std::string_view kSpecialNames[] = {
    "lt",      "le",       "eq",      "ne",     "ge",       "gt",        "not_",    "abs",    "add",      "and_",
    "call",    "floordiv", "index",   "inv",    "invert",   "lshift",    "mod",     "mul",    "matmul",   "neg",
    "or_",     "pos",      "pow",     "rshift", "sub",      "truediv",   "xor",     "concat", "contains", "delitem",
    "getitem", "setitem",  "iadd",    "iand",   "iconcat",  "ifloordiv", "ilshift", "imod",   "imul",     "imatmul",
    "ior",     "ipow",     "irshift", "isub",   "itruediv", "ixor"};

constexpr char kModuleName[] = "_operator";

}  // namespace

Ref<Dict> operator_functions(Builtins& builtins, Object* module) {
  const Ref<> owner = module != nullptr ? share(*module) : make_none(builtins);
  Ref<Dict> made = make_dict(builtins);
  add_functions(*made, *owner, kFunctionsOf<kFunctions, kModuleName>);
  for (const std::string_view name : kSpecialNames) {
    const Ref<> function = get_item(*made, *intern(builtins, name));
    const std::string_view bare = name.ends_with('_') ? name.substr(0, name.size() - 1) : name;
    made->set(*intern(builtins, "__" + std::string(bare) + "__"), *function);
  }
  detail::add_getters(*made);
  return made;
}

}  // namespace ouro
