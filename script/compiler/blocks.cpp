// What leaving blocks does, and `with`.
#include <ouro/script/compiler/detail/compiling.h>

#include <utility>

namespace ouro::script {

using ast::ExprContext;

void Compiling::forget_name(std::string_view id) {
  none();
  name(id, ExprContext::kStore);
  name(id, ExprContext::kDel);
}

void Compiling::leave_block(Block block, bool keeps_value) {
  const auto keep = [&] {
    if (keeps_value) emit(Op::kSwap, 2);
  };
  switch (block.sort) {
    case Block::Sort::kWhileLoop:
    case Block::Sort::kHandler:
      return;
    case Block::Sort::kForLoop:
    case Block::Sort::kAsyncForLoop:
    case Block::Sort::kPopValue:
      keep();
      return emit(Op::kPop);
    case Block::Sort::kTry:
      return out().pop_handler();
    case Block::Sort::kFinallyTry:
      out().pop_handler();
      if (keeps_value) unit_->blocks.push_back({.sort = Block::Sort::kPopValue});
      statements(block.final_body);
      if (keeps_value) unit_->blocks.pop_back();
      return;
    case Block::Sort::kFinallyEnd:
      keep();
      emit(Op::kPop);
      keep();
      out().pop_handler();
      return emit(Op::kPopExcept);
    case Block::Sort::kWith:
    case Block::Sort::kAsyncWith:
      out().pop_handler();
      keep();
      call_exit(*block.node, block.sort == Block::Sort::kAsyncWith);
      return emit(Op::kPop);
    case Block::Sort::kHandlerCleanup:
      if (!block.name.empty()) out().pop_handler();
      keep();
      out().pop_handler();
      emit(Op::kPopExcept);
      if (!block.name.empty()) forget_name(block.name);
      return;
  }
}

void Compiling::leave_blocks(std::size_t down_to, bool keeps_value) {
  const std::vector<Block> before = unit_->blocks;
  while (unit_->blocks.size() > down_to) {
    const Block block = unit_->blocks.back();
    unit_->blocks.pop_back();
    leave_block(block, keeps_value);
  }
  unit_->blocks = before;
}

/// exit -> result of exit(None, None, None).
void Compiling::call_exit(const ast::LocatedNode& node, bool is_async) {
  const At at(*this, node.span);
  for (int i = 0; i < 3; ++i) none();
  emit(Op::kCall, 3);
  if (is_async) await_value(2);
}

/// The end of a handler that is left by another exception: [handled before, instruction, exception].
void Compiling::cleanup_handler(Label& label) {
  out().bind(label);
  emit(Op::kCopy, 3);
  emit(Op::kPopExcept);
  emit(Op::kReraise, 1);
}

void Compiling::with_items(const ast::LocatedNode& node, NodeList<ast::WithItem> items, NodeList<Stmt> body, bool is_async,
                           std::size_t from) {
  const ast::WithItem& item = *items[from];
  Label failed, exit, cleanup, suppressed;
  expression(*item.context_expr);
  {
    const At at(*this, item.context_expr->span);
    emit(is_async ? Op::kBeforeAsyncWith : Op::kBeforeWith);
    if (is_async) await_value(1);
    out().add_depth(-1);
    out().push_handler(failed, true);
    out().add_depth(1);
  }
  const Block::Sort sort = is_async ? Block::Sort::kAsyncWith : Block::Sort::kWith;
  unit_->blocks.push_back({.sort = sort, .node = item.context_expr});
  if (item.optional_vars != nullptr) {
    target(*item.optional_vars);
  } else {
    emit(Op::kPop);
  }
  if (from + 1 < items.size()) {
    with_items(node, items, body, is_async, from + 1);
  } else {
    statements(body);
  }
  out().pop_handler();
  unit_->blocks.pop_back();
  call_exit(*item.context_expr, is_async);
  emit(Op::kPop);
  out().jump(Op::kJump, exit);

  const At at(*this, item.context_expr->span);
  out().bind(failed);
  out().push_handler(cleanup, true);
  emit(Op::kPushExceptionInfo);
  emit(Op::kWithExceptStart);
  if (is_async) await_value(2);
  out().jump(Op::kJumpIfTrue, suppressed);
  emit(Op::kReraise, 2);
  out().bind(suppressed);
  emit(Op::kPop);
  out().pop_handler();
  emit(Op::kPopExcept);
  emit(Op::kPop);
  emit(Op::kPop);
  out().jump(Op::kJump, exit);
  cleanup_handler(cleanup);
  out().bind(exit);
}

}  // namespace ouro::script
