// `try` in its three forms.
#include <ouro/script/compiler/detail/compiling.h>

namespace ouro::script {

using ast::ExprContext;

template <class Statement>
void Compiling::try_statement(const Statement& node, bool is_star) {
  if (!node.finalbody.empty()) return try_finally(node, is_star);
  is_star ? try_star(node) : try_except(node);
}
template void Compiling::try_statement(const ast::Try& node, bool is_star);
template void Compiling::try_statement(const ast::TryStar& node, bool is_star);

template <class Statement>
void Compiling::try_finally(const Statement& node, bool is_star) {
  Label failed, exit, cleanup;
  out().push_handler(failed);
  unit_->blocks.push_back({.sort = Block::Sort::kFinallyTry, .final_body = node.finalbody});
  if (node.handlers.empty()) {
    statements(node.body);
  } else {
    is_star ? try_star(node) : try_except(node);
  }
  out().pop_handler();
  unit_->blocks.pop_back();
  statements(node.finalbody);
  out().jump(Op::kJump, exit);

  out().bind(failed);
  out().push_handler(cleanup, true);
  emit(Op::kPushExceptionInfo);
  unit_->blocks.push_back({.sort = Block::Sort::kFinallyEnd});
  statements(node.finalbody);
  unit_->blocks.pop_back();
  emit(Op::kReraise, 0);
  out().pop_handler();
  cleanup_handler(cleanup);
  out().bind(exit);
}

/// The exception lies on top. Afterwards nothing of it does.
void Compiling::handler_body(const ast::ExceptHandler& handler, Label& end) {
  const bool has_name = !ast::is_absent(handler.name);
  const Emitter::Handlers in_handler = out().handlers();
  Label failed;
  if (has_name) {
    name(handler.name, ExprContext::kStore);
    out().push_handler(failed, true);
  } else {
    emit(Op::kPop);
  }
  unit_->blocks.push_back({.sort = Block::Sort::kHandlerCleanup, .name = has_name ? handler.name : std::string_view()});
  statements(handler.body);
  unit_->blocks.pop_back();
  if (has_name) out().pop_handler();
  out().pop_handler();
  emit(Op::kPopExcept);
  if (has_name) forget_name(handler.name);
  out().jump(Op::kJump, end);
  if (!has_name) return;
  out().set_handlers(in_handler);
  out().bind(failed);
  forget_name(handler.name);
  emit(Op::kReraise, 1);
}

template <class Statement>
void Compiling::try_except(const Statement& node) {
  Label failed, end, cleanup;
  out().push_handler(failed);
  unit_->blocks.push_back({.sort = Block::Sort::kTry});
  statements(node.body);
  unit_->blocks.pop_back();
  out().pop_handler();
  statements(node.orelse);
  out().jump(Op::kJump, end);

  out().bind(failed);
  out().push_handler(cleanup, true);
  emit(Op::kPushExceptionInfo);
  const Emitter::Handlers in_handlers = out().handlers();
  unit_->blocks.push_back({.sort = Block::Sort::kHandler});
  for (std::size_t i = 0; i < node.handlers.size(); ++i) {
    const ast::ExceptHandler& handler = *node.handlers[i];
    const At at(*this, handler.span);
    if (handler.type == nullptr && i + 1 < node.handlers.size()) refuse("default 'except:' must be last", handler.span);
    Label next;
    if (handler.type != nullptr) {
      expression(*handler.type);
      emit(Op::kCheckExceptionMatch);
      out().jump(Op::kJumpIfFalse, next);
    }
    handler_body(handler, end);
    out().set_handlers(in_handlers);
    out().bind(next);
  }
  unit_->blocks.pop_back();
  emit(Op::kReraise, 0);
  out().pop_handler();
  cleanup_handler(cleanup);
  out().bind(end);
}

// The handlers of `except*` run one after the other, each for the part of the group that it matches. What they raise,
// and what nobody matched, is raised in the end.
//
//   [before, original, raised, rest]         between the handlers
//   [before, original, raised, rest, match]  in one of them
template <class Statement>
void Compiling::try_star(const Statement& node) {
  Label failed, end, cleanup, reraise;
  out().push_handler(failed);
  unit_->blocks.push_back({.sort = Block::Sort::kTry});
  statements(node.body);
  unit_->blocks.pop_back();
  out().pop_handler();
  statements(node.orelse);
  out().jump(Op::kJump, end);

  out().bind(failed);
  out().push_handler(cleanup, true);
  emit(Op::kPushExceptionInfo);
  emit(Op::kCopy, 1);
  emit(Op::kBuildList, 0);
  emit(Op::kSwap, 2);
  unit_->blocks.push_back({.sort = Block::Sort::kHandler});
  for (const ast::ExceptHandler* const handler : node.handlers) {
    const At at(*this, handler->span);
    Label next, no_match, raised;
    expression(*handler->type);
    emit(Op::kCheckGroupMatch);
    emit(Op::kCopy, 1);
    out().jump(Op::kJumpIfNone, no_match);
    const bool has_name = !ast::is_absent(handler->name);
    if (has_name) {
      name(handler->name, ExprContext::kStore);
    } else {
      emit(Op::kPop);
    }
    out().push_handler(raised, true);
    unit_->blocks.push_back({.sort = Block::Sort::kHandlerCleanup, .name = has_name ? handler->name : std::string_view()});
    statements(handler->body);
    unit_->blocks.pop_back();
    out().pop_handler();
    if (has_name) forget_name(handler->name);
    out().jump(Op::kJump, next);
    out().bind(raised);  // raised, rest, instruction, exception
    if (has_name) forget_name(handler->name);
    emit(Op::kListAppend, 3);
    emit(Op::kPop);
    out().jump(Op::kJump, next);
    out().bind(no_match);
    emit(Op::kPop);
    out().bind(next);
  }
  unit_->blocks.pop_back();
  emit(Op::kListAppend, 1);  // what nobody matched
  emit(Op::kPrepareReraiseStar);
  emit(Op::kCopy, 1);
  out().jump(Op::kJumpIfNotNone, reraise);
  emit(Op::kPop);
  out().pop_handler();
  emit(Op::kPopExcept);
  out().jump(Op::kJump, end);
  out().bind(reraise);
  emit(Op::kSwap, 2);
  emit(Op::kPopExcept);
  emit(Op::kReraise, 0);
  cleanup_handler(cleanup);
  out().bind(end);
}

}  // namespace ouro::script
