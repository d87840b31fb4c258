// Comprehensions and generator expressions: functions of their own, called at once (CPython until 3.11).
#include <ouro/script/compiler/detail/compiling.h>

#include <type_traits>
#include <utility>

namespace ouro::script {

namespace {

Op display_op(Scope::Comprehension sort) noexcept {
  return sort == Scope::Comprehension::kList  ? Op::kBuildList
         : sort == Scope::Comprehension::kSet ? Op::kBuildSet
                                              : Op::kBuildMap;
}

}  // namespace

template <class Node>
void Compiling::comprehension(const Node& node, std::string own_name, const Expr& element, const Expr* value) {
  const std::unique_ptr<Unit> unit = new_unit(node, std::move(own_name), node.span.lineno);
  const Scope& scope = unit->scope;
  const bool is_generator = scope.comprehension == Scope::Comprehension::kGenerator;
  const bool is_async = scope.is_coroutine;
  if (is_async && !is_generator && !unit_->scope.is_coroutine && unit_->scope.comprehension == Scope::Comprehension::kNone)
    refuse("asynchronous comprehension outside of an asynchronous function", node.span);
  unit->body.parameters = 1;
  unit->body.flags = flags_of(scope);
  static_cast<void>(unit->local_slot(".0"));
  {
    const Writing writing(*this, *unit);
    const At at(*this, node.span);
    unit->begin();
    if (is_generator || is_async) emit(Op::kReturnGenerator);
    emit(Op::kResume);
    if (!is_generator) emit(display_op(scope.comprehension), 0);
    clause(node.generators, 0, 0, scope.comprehension, element, value);
    if (is_generator) none();
    emit(Op::kReturn);
  }
  make_function(*unit, 0);
  expression(*node.generators[0]->iter);
  emit(node.generators[0]->is_async != 0 ? Op::kGetAsyncIterator : Op::kGetIterator);
  emit(Op::kCall, 1);
  if (is_async && !is_generator) await_value(0);
}
template void Compiling::comprehension(const ast::ListComp&, std::string, const Expr&, const Expr*);
template void Compiling::comprehension(const ast::SetComp&, std::string, const Expr&, const Expr*);
template void Compiling::comprehension(const ast::DictComp&, std::string, const Expr&, const Expr*);
template void Compiling::comprehension(const ast::GeneratorExp&, std::string, const Expr&, const Expr*);

/// The target is bound: conditions, inner clauses, the element.
void Compiling::clause_body(NodeList<ast::Comprehension> clauses, std::size_t number, std::uint32_t depth,
                            Scope::Comprehension sort, const Expr& element, const Expr* value, Label& next) {
  for (const Expr* const condition : clauses[number]->ifs) jump_if(*condition, next, false);
  if (number + 1 < clauses.size()) return clause(clauses, number + 1, depth, sort, element, value);
  expression(element);
  switch (sort) {
    case Scope::Comprehension::kGenerator:
      if ((unit_->body.flags & kAsyncGeneratorCode) != 0) emit(Op::kAsyncGenWrap);
      emit(Op::kYield);
      emit(Op::kResume, 1);
      return emit(Op::kPop);
    case Scope::Comprehension::kList:
      return emit(Op::kListAppend, depth + 1);
    case Scope::Comprehension::kSet:
      return emit(Op::kSetAdd, depth + 1);
    default:
      expression(*value);
      return emit(Op::kMapAdd, depth + 1);
  }
}

void Compiling::clause(NodeList<ast::Comprehension> clauses, std::size_t number, std::uint32_t depth,
                       Scope::Comprehension sort, const Expr& element, const Expr* value) {
  if (clauses[number]->is_async != 0) return async_clause(clauses, number, depth, sort, element, value);
  Label start, next, end;
  const ast::Comprehension& own = *clauses[number];
  if (number == 0) {
    emit(Op::kLoadLocal, 0);
  } else {
    expression(*own.iter);
    emit(Op::kGetIterator);
  }
  out().bind(start);
  out().jump(Op::kForIterate, end);
  target(*own.target);
  clause_body(clauses, number, depth + 1, sort, element, value, next);
  out().bind(next);
  out().jump(Op::kJumpBack, start);
  out().bind(end);
}

void Compiling::async_clause(NodeList<ast::Comprehension> clauses, std::size_t number, std::uint32_t depth,
                             Scope::Comprehension sort, const Expr& element, const Expr* value) {
  Label start, next, ended;
  const ast::Comprehension& own = *clauses[number];
  if (number == 0) {
    emit(Op::kLoadLocal, 0);
  } else {
    expression(*own.iter);
    emit(Op::kGetAsyncIterator);
  }
  out().bind(start);
  out().push_handler(ended);
  emit(Op::kGetAsyncNext);
  none();
  send_loop();
  out().pop_handler();
  target(*own.target);
  clause_body(clauses, number, depth + 1, sort, element, value, next);
  out().bind(next);
  out().jump(Op::kJumpBack, start);
  out().bind(ended);
  emit(Op::kEndAsyncFor);
}

}  // namespace ouro::script
