// Expressions: f-strings, :=, and what suspends a function.
#include <ouro/script/compiler/detail/compiling.h>

namespace ouro::script {

// ---- f-strings ----

void Compiling::joined(const ast::JoinedStr& node) {
  for (const Expr* const value : node.values) expression(*value);
  if (node.values.size() != 1) emit(Op::kBuildString, static_cast<std::uint32_t>(node.values.size()));
}

void Compiling::formatted(const ast::FormattedValue& node) {
  expression(*node.value);
  std::uint32_t how = 0;
  if (node.conversion == 's') how = 1;
  if (node.conversion == 'r') how = 2;
  if (node.conversion == 'a') how = 3;
  if (node.format_spec != nullptr) {
    expression(*node.format_spec);
    how |= 4;
  }
  emit(Op::kFormatValue, how);
}

void Compiling::named(const ast::NamedExpr& node) {
  expression(*node.value);
  emit(Op::kCopy, 1);
  target(*node.target);
}

// ---- Yields ----

void Compiling::yield(const ast::Yield& node) {
  if (!unit_->scope.is_function()) refuse("'yield' outside function", node.span);
  node.value != nullptr ? expression(*node.value) : none();
  if ((unit_->body.flags & kAsyncGeneratorCode) != 0) emit(Op::kAsyncGenWrap);
  emit(Op::kYield);
  emit(Op::kResume, 1);
}

/// iterator, value -> result of the iterator.
void Compiling::send_loop() {
  Label start, end;
  out().bind(start);
  out().jump(Op::kSend, end);
  emit(Op::kYield, 1);
  emit(Op::kResume, 2);
  out().jump(Op::kJumpBack, start);
  out().bind(end);
}

void Compiling::yield_from(const ast::YieldFrom& node) {
  if (!unit_->scope.is_function()) refuse("'yield' outside function", node.span);
  if (unit_->scope.is_coroutine) refuse("'yield from' inside async function", node.span);
  expression(*node.value);
  emit(Op::kGetYieldFromIterator);
  none();
  send_loop();
}

void Compiling::await_value(std::uint32_t what) {
  emit(Op::kGetAwaitable, what);
  none();
  send_loop();
}

void Compiling::await(const ast::Await& node) {
  if (!unit_->scope.is_function()) refuse("'await' outside function", node.span);
  if (!unit_->scope.is_coroutine) refuse("'await' outside async function", node.span);
  expression(*node.value);
  await_value(0);
}

}  // namespace ouro::script
