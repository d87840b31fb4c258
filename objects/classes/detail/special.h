// The special methods: the names by which a class says what its instances can do.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ouro::detail {

/// A special method that Ouroboros calls. `__tp_del__` is the legacy finalizer, as CPython's own tests name it
/// (_testcapi.with_tp_del). The comparisons are in the order of `Comparison`, the operators in that of
/// `Operator`, the reflected operators likewise.
enum class Special : std::uint8_t {
  kNew,
  kInit,
  kDel,
  kLegacyDel,
  kRepr,
  kStr,
  kHash,
  kBool,
  kLess,
  kLessEqual,
  kEqual,
  kNotEqual,
  kGreater,
  kGreaterEqual,
  kCall,
  kGetAttribute,
  kGetAttr,
  kSetAttr,
  kDelAttr,
  kGet,
  kSet,
  kDelete,
  kLen,
  kGetItem,
  kSetItem,
  kDelItem,
  kContains,
  kIter,
  kNext,
  kNegative,
  kPositive,
  kAbsolute,
  kInvert,
  kToInt,
  kToFloat,
  kIndex,
  kAdd,
  kSubtract,
  kMultiply,
  kTrueDivide,
  kFloorDivide,
  kRemainder,
  kDivmod,
  kPower,
  kLeftShift,
  kRightShift,
  kBitAnd,
  kBitOr,
  kBitXor,
  kReflectedAdd,
  kReflectedSubtract,
  kReflectedMultiply,
  kReflectedTrueDivide,
  kReflectedFloorDivide,
  kReflectedRemainder,
  kReflectedDivmod,
  kReflectedPower,
  kReflectedLeftShift,
  kReflectedRightShift,
  kReflectedBitAnd,
  kReflectedBitOr,
  kReflectedBitXor,
  kCount,
};
inline constexpr std::size_t kSpecials = static_cast<std::size_t>(Special::kCount);

/// Their names, in that order.
inline constexpr std::array<std::string_view, kSpecials> kSpecialNames{
    "__new__",    "__init__",         "__del__",     "__tp_del__",   "__repr__",      "__str__",      "__hash__",
    "__bool__",   "__lt__",           "__le__",      "__eq__",       "__ne__",        "__gt__",       "__ge__",
    "__call__",   "__getattribute__", "__getattr__", "__setattr__",  "__delattr__",   "__get__",      "__set__",
    "__delete__", "__len__",          "__getitem__", "__setitem__",  "__delitem__",   "__contains__", "__iter__",
    "__next__",   "__neg__",          "__pos__",     "__abs__",      "__invert__",    "__int__",      "__float__",
    "__index__",  "__add__",          "__sub__",     "__mul__",      "__truediv__",   "__floordiv__", "__mod__",
    "__divmod__", "__pow__",          "__lshift__",  "__rshift__",   "__and__",       "__or__",       "__xor__",
    "__radd__",   "__rsub__",         "__rmul__",    "__rtruediv__", "__rfloordiv__", "__rmod__",     "__rdivmod__",
    "__rpow__",   "__rlshift__",      "__rrshift__", "__rand__",     "__ror__",       "__rxor__",
};
static_assert(!kSpecialNames.back().empty(), "every special method has its name");

/// A set of special methods, a bit for each.
using SpecialSet = std::uint64_t;
static_assert(kSpecials < 64);
inline constexpr SpecialSet kAllSpecials = (SpecialSet{1} << kSpecials) - 1;
[[nodiscard]] constexpr SpecialSet set_of(Special special) noexcept {
  return SpecialSet{1} << static_cast<std::size_t>(special);
}

[[nodiscard]] constexpr std::string_view name_of(Special special) noexcept {
  return kSpecialNames[static_cast<std::size_t>(special)];
}

/// `special` moved on by `steps`: from an operator to another, or to its reflection.
[[nodiscard]] constexpr Special offset(Special special, std::size_t steps) noexcept {
  return static_cast<Special>(static_cast<std::size_t>(special) + steps);
}
/// Places between an operator and its reflection.
inline constexpr std::size_t kReflection =
    static_cast<std::size_t>(Special::kReflectedAdd) - static_cast<std::size_t>(Special::kAdd);
static_assert(kSpecialNames[static_cast<std::size_t>(Special::kBitXor) + kReflection] == "__rxor__");

/// The special method of this name, if it is one.
[[nodiscard]] constexpr std::optional<Special> special_named(std::string_view name) noexcept {
  if (!name.starts_with("__")) return {};
  for (std::size_t i = 0; i < kSpecials; ++i)
    if (kSpecialNames[i] == name) return static_cast<Special>(i);
  return {};
}

}  // namespace ouro::detail
