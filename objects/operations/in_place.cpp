// The in-place operators, @, and + of sequences (CPython: binary_iop1 and PyNumber_InPlaceAdd in Objects/abstract.c).
#include <ouro/base/error.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/detail/operators.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/operations/operator_functions.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace ouro {

namespace {

/// In the order of `Operator`.
constexpr std::array<std::string_view, detail::kOperators.size()> kMethods{
    "__iadd__", "__isub__",    "__imul__",    "__itruediv__", "__ifloordiv__", "__imod__", {},
    "__ipow__", "__ilshift__", "__irshift__", "__iand__",     "__ior__",       "__ixor__"};
constexpr std::array<std::string_view, detail::kOperators.size()> kSigns{"+=",  "-=",  "*=",  "/=", "//=", "%=", {},
                                                                         "**=", "<<=", ">>=", "&=", "|=",  "^="};

[[noreturn, gnu::cold]] void refuse(std::string_view sign, const Object& left, const Object& right) {
  raise(ErrorKind::kTypeError,
        fmt::format("unsupported operand type(s) for {}: '{}' and '{}'", sign, left.type->name, right.type->name));
}

/// The special method of an operand's type, if there is one.
Ref<> method_of(const Object& object, std::string_view name) {
  return Ref<>::share(lookup(*object.type, *intern(builtins_of(object), name)));
}

/// Empty for NotImplemented.
Ref<> call_operator(Object& method, Object& self, Object& other) {
  Ref<> result = detail::call_found(method, self, {&other});
  return result->type == &builtins_of(self).type(Kind::kNotImplemented) ? Ref<>() : result;
}

/// True for what built-in sequences do in place: CPython asks the operators of numbers, reflected ones too, before. Proxies
/// are sequences and numbers.
bool is_of_sequence(Operator op, const Object& method) noexcept {
  const auto* const descriptor = as<Descriptor>(method);
  return (op == Operator::kAdd || op == Operator::kMultiply) && descriptor != nullptr &&
         descriptor->owner->slots->sequence != nullptr &&
         detail::number_slot(*descriptor->owner, detail::kOperators[static_cast<std::size_t>(op)].slot) == nullptr;
}

/// `left *= right` leaves a right sequence alone if the left operand's type is one of containers, as all classes are.
bool repeats_right(const Object& left) noexcept {
  return left.type->slots->sequence == nullptr && !left.type->has(kClassType);
}

bool repeats(const Object& object) noexcept {
  const SequenceSlots* const slots = object.type->slots->sequence;
  return slots != nullptr && slots->repeat != nullptr;
}

/// What built-in sequences do in place, the number of repetitions checked before.
Ref<> call_of_sequence(Operator op, Object& method, Object& left, Object& right) {
  if (op == Operator::kMultiply && !detail::has_index(right))
    raise(ErrorKind::kTypeError, fmt::format("can't multiply sequence by non-int of type '{}'", right.type->name));
  return call_operator(method, left, right);
}

/// True if nothing can be done in place with objects of the type, which need not be looked for then.
bool never_changes(const Object& object) noexcept {
  const Kind kind = object.type->exact;
  return kind == Kind::kInt || kind == Kind::kFloat || kind == Kind::kStr || kind == Kind::kTuple || kind == Kind::kBool;
}

[[noreturn, gnu::cold]] void refuse_concatenation(const Object& left) {
  raise(ErrorKind::kTypeError, fmt::format("'{}' object can't be concatenated", left.type->name));
}

bool is_sequence(const Object& object) noexcept {
  const SequenceSlots* const slots = object.type->slots->sequence;
  return slots != nullptr && slots->item != nullptr;
}
bool concatenates(const Object& object) noexcept {
  const SequenceSlots* const slots = object.type->slots->sequence;
  return slots != nullptr && slots->concatenate != nullptr;
}

/// A class with `__add__` and items is a sequence, too.
void expect_concatenable(const Object& left, const Object& right) {
  if (!concatenates(left) && !(is_sequence(left) && is_sequence(right))) refuse_concatenation(left);
}

/// `left @ right`, empty if neither operand knows it.
Ref<> try_matrix(Object& left, Object& right) {
  const Ref<> mine = method_of(left, "__matmul__");
  Ref<> others = left.type == right.type ? Ref<>() : method_of(right, "__rmatmul__");
  const bool derives = others && is_subtype(*right.type, *left.type) && !others.is(method_of(left, "__rmatmul__"));
  if (derives) {
    if (Ref<> result = call_operator(*others, right, left)) return result;
    others.reset();
  }
  if (mine)
    if (Ref<> result = call_operator(*mine, left, right)) return result;
  return others ? call_operator(*others, right, left) : Ref<>();
}

}  // namespace

Ref<> apply_in_place(Operator op, Object& left, Object& right) {
  const auto number = static_cast<std::size_t>(op);
  const Ref<> held[] = {share(left), share(right)};
  const Ref<> method = never_changes(left) || kMethods[number].empty() ? Ref<>() : method_of(left, kMethods[number]);
  const bool is_last = method && is_of_sequence(op, *method);
  if (method && !is_last)
    if (Ref<> result = call_operator(*method, left, right)) return result;
  if (Ref<> result = detail::apply_to_numbers(op, left, right)) return result;
  if (is_last)
    if (Ref<> result = call_of_sequence(op, *method, left, right)) return result;
  const bool may_repeat = op != Operator::kMultiply || repeats_right(left) || repeats(left);
  if (may_repeat)
    if (Ref<> result = detail::apply_to_sequences(op, left, right)) return result;
  refuse(kSigns[number], left, right);
}

Ref<> concat_in_place(Object& left, Object& right) {
  const Ref<> held[] = {share(left), share(right)};
  expect_concatenable(left, right);
  const Ref<> method = method_of(left, "__iadd__");
  if (method && is_of_sequence(Operator::kAdd, *method)) return detail::call_found(*method, left, {&right});
  if (Ref<> result = detail::apply_to_sequences(Operator::kAdd, left, right)) return result;
  if (method)
    if (Ref<> result = call_operator(*method, left, right)) return result;
  if (Ref<> result = detail::apply_to_numbers(Operator::kAdd, left, right)) return result;
  refuse_concatenation(left);
}

Ref<> concat(Object& left, Object& right) {
  const Ref<> held[] = {share(left), share(right)};
  expect_concatenable(left, right);
  if (Ref<> result = detail::apply_to_sequences(Operator::kAdd, left, right)) return result;
  if (Ref<> result = detail::apply_to_numbers(Operator::kAdd, left, right)) return result;
  refuse_concatenation(left);
}

Ref<> matrix_multiply(Object& left, Object& right) {
  const Ref<> held[] = {share(left), share(right)};
  if (Ref<> result = try_matrix(left, right)) return result;
  refuse("@", left, right);
}

Ref<> matrix_multiply_in_place(Object& left, Object& right) {
  const Ref<> held[] = {share(left), share(right)};
  const Ref<> method = method_of(left, "__imatmul__");
  if (method)
    if (Ref<> result = call_operator(*method, left, right)) return result;
  if (Ref<> result = try_matrix(left, right)) return result;
  refuse("@=", left, right);
}

}  // namespace ouro
