// == and its five siblings (CPython: do_richcompare in Objects/object.c).
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/protocol.h>

#include <fmt/format.h>

#include <array>

namespace ouro {

namespace {

constexpr std::array<std::string_view, 6> kSigns{"<", "<=", "==", "!=", ">", ">="};

/// What `right` is asked when `left op right` is the question.
constexpr Comparison reflected(Comparison op) noexcept {
  constexpr std::array kReflected{Comparison::kGreater,  Comparison::kGreaterEqual, Comparison::kEqual,
                                  Comparison::kNotEqual, Comparison::kLess,         Comparison::kLessEqual};
  return kReflected[static_cast<std::size_t>(op)];
}

Answer ask(Object& object, Object& other, Comparison op) {
  const auto slot = object.type->slots->compare;
  return slot == nullptr ? Answer::kNotImplemented : slot(object, other, op);
}

Answer ask_both(Object& left, Object& right, Comparison op) {
  const Type& left_type = *left.type;
  const Type& right_type = *right.type;
  const bool right_first =
      &left_type != &right_type && right_type.slots->compare != nullptr && is_subtype(right_type, left_type);
  if (right_first) {
    if (const Answer answer = ask(right, left, reflected(op)); answer != Answer::kNotImplemented) return answer;
  }
  if (const Answer answer = ask(left, right, op); answer != Answer::kNotImplemented) return answer;
  return right_first ? Answer::kNotImplemented : ask(right, left, reflected(op));
}

[[noreturn, gnu::cold]] void refuse(const Object& left, const Object& right, Comparison op) {
  raise(ErrorKind::kTypeError, fmt::format("'{}' not supported between instances of '{}' and '{}'",
                                           kSigns[static_cast<std::size_t>(op)], left.type->name, right.type->name));
}

/// The answer when neither operand knows: identity for == and !=, an error for the others.
bool fall_back(const Object& left, const Object& right, Comparison op) {
  if (op == Comparison::kEqual) return &left == &right;
  if (op == Comparison::kNotEqual) return &left != &right;
  refuse(left, right, op);
}

bool compare_guarded(Object& left, Object& right, Comparison op) {
  const Ref<> held[] = {share(left), share(right)};
  const RecursionGuard guard(builtins_of(left), " in comparison");
  heap_of(left).safepoint();
  const Answer answer = ask_both(left, right, op);
  return answer == Answer::kNotImplemented ? fall_back(left, right, op) : answer == Answer::kYes;
}

}  // namespace

bool compare(Object& left, Object& right, Comparison op) {
  if (left.type != right.type || detail::may_run_foreign_code(left)) return compare_guarded(left, right, op);
  // Two atoms of one built-in type cannot recurse, and one slot has all the answers.
  const Answer answer = ask(left, right, op);
  return answer == Answer::kNotImplemented ? fall_back(left, right, op) : answer == Answer::kYes;
}

bool equal(Object& left, Object& right) { return compare(left, right, Comparison::kEqual); }

bool same_or_equal(Object& left, Object& right) { return &left == &right || equal(left, right); }

}  // namespace ouro
