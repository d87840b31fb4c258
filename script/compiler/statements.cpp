// Statements that are no blocks: assignments, imports, raise, assert; and the loops.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/script/compiler/detail/compiling.h>
#include <ouro/script/compiler/operators.h>

#include <algorithm>
#include <iterator>
#include <string>

namespace ouro::script {

using ast::ExprContext;
using ast::Kind;

void Compiling::statements(NodeList<Stmt> body) {
  for (const Stmt* const node : body) statement(*node);
}

// ---- Targets ----

void Compiling::target(const Expr& node) {
  const At at(*this, node.span);
  switch (node.kind) {
    case Kind::kName:
      return name(static_cast<const ast::Name&>(node).id, ExprContext::kStore);
    case Kind::kAttribute:
      expression(*static_cast<const ast::Attribute&>(node).value);
      return attribute_op(Op::kStoreAttribute, static_cast<const ast::Attribute&>(node).attr);
    case Kind::kSubscript:
      expression(*static_cast<const ast::Subscript&>(node).value);
      expression(*static_cast<const ast::Subscript&>(node).slice);
      return emit(Op::kStoreSubscript);
    case Kind::kTuple:
      return unpack(static_cast<const ast::Tuple&>(node).elts);
    case Kind::kList:
      return unpack(static_cast<const ast::List&>(node).elts);
    default:
      refuse("starred assignment target must be in a list or tuple", node.span);
  }
}

void Compiling::deletion(const Expr& node) {
  const At at(*this, node.span);
  switch (node.kind) {
    case Kind::kName:
      return name(static_cast<const ast::Name&>(node).id, ExprContext::kDel);
    case Kind::kAttribute:
      expression(*static_cast<const ast::Attribute&>(node).value);
      return attribute_op(Op::kDeleteAttribute, static_cast<const ast::Attribute&>(node).attr);
    case Kind::kSubscript:
      expression(*static_cast<const ast::Subscript&>(node).value);
      expression(*static_cast<const ast::Subscript&>(node).slice);
      return emit(Op::kDeleteSubscript);
    case Kind::kTuple:
      for (const Expr* const one : static_cast<const ast::Tuple&>(node).elts) deletion(*one);
      return;
    case Kind::kList:
      for (const Expr* const one : static_cast<const ast::List&>(node).elts) deletion(*one);
      return;
    default:
      return;
  }
}

void Compiling::statement(const Stmt& node) {
  const At at(*this, node.span);
  switch (node.kind) {
    case Kind::kFunctionDef:
      return function(static_cast<const ast::FunctionDef&>(node), false);
    case Kind::kAsyncFunctionDef:
      return function(static_cast<const ast::AsyncFunctionDef&>(node), true);
    case Kind::kClassDef:
      return class_definition(static_cast<const ast::ClassDef&>(node));
    case Kind::kReturn:
      return return_statement(static_cast<const ast::Return&>(node));
    case Kind::kDelete:
      for (const Expr* const one : static_cast<const ast::Delete&>(node).targets) deletion(*one);
      return;
    case Kind::kAssign:
      return assign(static_cast<const ast::Assign&>(node));
    case Kind::kAugAssign:
      return augmented(static_cast<const ast::AugAssign&>(node));
    case Kind::kAnnAssign:
      return annotated(static_cast<const ast::AnnAssign&>(node));
    case Kind::kFor:
      return for_statement(static_cast<const ast::For&>(node));
    case Kind::kAsyncFor:
      return async_for(static_cast<const ast::AsyncFor&>(node));
    case Kind::kWhile:
      return while_statement(static_cast<const ast::While&>(node));
    case Kind::kIf:
      return if_statement(static_cast<const ast::If&>(node));
    case Kind::kWith:
      return with_items(node, static_cast<const ast::With&>(node).items, static_cast<const ast::With&>(node).body, false, 0);
    case Kind::kAsyncWith:
      if (!unit_->scope.is_coroutine) refuse("'async with' outside async function", node.span);
      return with_items(node, static_cast<const ast::AsyncWith&>(node).items, static_cast<const ast::AsyncWith&>(node).body,
                        true, 0);
    case Kind::kMatch:
      return match_statement(static_cast<const ast::Match&>(node));
    case Kind::kRaise:
      return raise_statement(static_cast<const ast::Raise&>(node));
    case Kind::kTry:
      return try_statement(static_cast<const ast::Try&>(node), false);
    case Kind::kTryStar:
      return try_statement(static_cast<const ast::TryStar&>(node), true);
    case Kind::kAssert:
      return assert_statement(static_cast<const ast::Assert&>(node));
    case Kind::kImport:
      return import_statement(static_cast<const ast::Import&>(node));
    case Kind::kImportFrom:
      return import_from(static_cast<const ast::ImportFrom&>(node));
    case Kind::kExpr:
      return expression_statement(static_cast<const ast::ExprStmt&>(node));
    case Kind::kPass:
      return emit(Op::kNop);
    case Kind::kBreak:
      return loop_exit(node, true);
    case Kind::kContinue:
      return loop_exit(node, false);
    default:
      return;  // global and nonlocal say what they say to the symbol table
  }
}

void Compiling::expression_statement(const ast::ExprStmt& node) {
  if (is_interactive_ && unit_->scope.sort == Scope::Sort::kModule) {
    expression(*node.value);
    return emit(Op::kPrintExpression);
  }
  if (node.value->kind == Kind::kConstant) return emit(Op::kNop);
  expression(*node.value);
  emit(Op::kPop);
}

// ---- Assignments ----

void Compiling::assign(const ast::Assign& node) {
  expression(*node.value);
  for (std::size_t i = 0; i < node.targets.size(); ++i) {
    if (i + 1 < node.targets.size()) emit(Op::kCopy, 1);
    target(*node.targets[i]);
  }
}

void Compiling::augmented(const ast::AugAssign& node) {
  const std::uint32_t op = operator_argument(node.op);
  const auto apply_value = [&] {
    expression(*node.value);
    emit(Op::kInPlace, op);
  };
  switch (node.target->kind) {
    case Kind::kAttribute: {
      const auto& place = static_cast<const ast::Attribute&>(*node.target);
      expression(*place.value);
      emit(Op::kCopy, 1);
      {
        const At at(*this, place.span);
        attribute_op(Op::kLoadAttribute, place.attr);
      }
      apply_value();
      const At at(*this, place.span);
      emit(Op::kSwap, 2);
      return attribute_op(Op::kStoreAttribute, place.attr);
    }
    case Kind::kSubscript: {
      const auto& place = static_cast<const ast::Subscript&>(*node.target);
      expression(*place.value);
      expression(*place.slice);
      emit(Op::kCopy, 2);
      emit(Op::kCopy, 2);
      {
        const At at(*this, place.span);
        emit(Op::kSubscript);
      }
      apply_value();
      const At at(*this, place.span);
      emit(Op::kSwap, 3);
      emit(Op::kSwap, 2);
      return emit(Op::kStoreSubscript);
    }
    default: {
      const auto& variable = static_cast<const ast::Name&>(*node.target);
      {
        const At at(*this, variable.span);
        name(variable.id, ExprContext::kLoad);
      }
      apply_value();
      return name(variable.id, ExprContext::kStore);
    }
  }
}

void Compiling::annotated(const ast::AnnAssign& node) {
  if (node.value != nullptr) {
    expression(*node.value);
    target(*node.target);
  }
  const bool is_kept = !unit_->scope.is_function();
  if (const auto* const variable = ast::try_as<ast::Name>(node.target)) {
    if (node.simple == 0 || !is_kept) return;
    expression(*node.annotation);
    emit(Op::kLoadName, name_number("__annotations__"));
    constant(constants_.text(mangled(variable->id)));
    return emit(Op::kStoreSubscript);
  }
  const auto evaluate = [&](const Expr& part) {
    expression(part);
    emit(Op::kPop);
  };
  if (node.value == nullptr) {
    if (const auto* const attribute = ast::try_as<ast::Attribute>(node.target)) evaluate(*attribute->value);
    if (const auto* const item = ast::try_as<ast::Subscript>(node.target)) {
      evaluate(*item->value);
      evaluate(*item->slice);
    }
  }
  if (is_kept) evaluate(*node.annotation);
}

// ---- Leaving ----

void Compiling::return_statement(const ast::Return& node) {
  if (!unit_->scope.is_function()) refuse("'return' outside function", node.span);
  if (node.value != nullptr && (unit_->body.flags & kAsyncGeneratorCode) != 0)
    refuse("'return' with value in async generator", node.span);
  const bool keeps = node.value != nullptr && node.value->kind != Kind::kConstant;
  if (keeps) expression(*node.value);
  const Emitter::Handlers handlers = out().handlers();
  leave_blocks(0, keeps);
  if (!keeps) node.value != nullptr ? expression(*node.value) : none();
  emit(Op::kReturn);
  out().set_handlers(handlers);
}

void Compiling::loop_exit(const Stmt& node, bool is_break) {
  std::size_t loop = unit_->blocks.size();
  const auto is_loop = [&](std::size_t i) { return unit_->blocks[i].start != nullptr; };
  while (loop > 0 && !is_loop(loop - 1)) --loop;
  if (loop == 0) refuse(is_break ? "'break' outside loop" : "'continue' not properly in loop", node.span);
  const Emitter::Handlers handlers = out().handlers();
  leave_blocks(loop, false);
  const Block block = unit_->blocks[loop - 1];
  if (is_break) {
    leave_block(block, false);
    out().jump(Op::kJump, *block.exit);
  } else {
    out().jump(Op::kJumpBack, *block.start);
  }
  out().set_handlers(handlers);
}

void Compiling::raise_statement(const ast::Raise& node) {
  std::uint32_t parts = 0;
  for (const Expr* const part : {node.exc, node.cause}) {
    if (part == nullptr) continue;
    expression(*part);
    ++parts;
  }
  emit(Op::kRaise, parts);
}

void Compiling::assert_statement(const ast::Assert& node) {
  Label end;
  jump_if(*node.test, end, true);
  emit(Op::kLoadAssertionError);
  if (node.msg != nullptr) {
    expression(*node.msg);
    emit(Op::kCall, 1);
  }
  emit(Op::kRaise, 1);
  out().bind(end);
}

// ---- Imports ----

void Compiling::import_statement(const ast::Import& node) {
  for (const ast::Alias* const alias : node.names) {
    constant(constants_.of(make_int(builtins_, 0)));
    none();
    emit(Op::kImportName, name_number(alias->name));
    const std::size_t dot = alias->name.find('.');
    if (ast::is_absent(alias->asname)) {
      name(alias->name.substr(0, dot), ExprContext::kStore);
      continue;
    }
    for (std::size_t at = dot; at != std::string_view::npos;) {
      const std::size_t next = alias->name.find('.', at + 1);
      emit(Op::kImportFrom, name_number(alias->name.substr(at + 1, next - at - 1)));
      emit(Op::kSwap, 2);
      emit(Op::kPop);
      at = next;
    }
    name(alias->asname, ExprContext::kStore);
  }
}

namespace {

/// CPython's compiler knows the names of module __future__.
void expect_future_features(const ast::ImportFrom& node) {
  if (node.level != 0 || node.module != "__future__") return;
  for (const ast::Alias* const alias : node.names) {
    if (alias->name == "braces") throw ProgramError("not a chance", node.span);
    const bool is_known = std::ranges::find(kFutureFeatures, alias->name) != std::end(kFutureFeatures);
    if (!is_known) throw ProgramError("future feature " + std::string(alias->name) + " is not defined", node.span);
  }
}

}  // namespace

void Compiling::import_from(const ast::ImportFrom& node) {
  expect_future_features(node);
  constant(constants_.of(make_int(builtins_, node.level)));
  std::vector<Constant> names;
  for (const ast::Alias* const alias : node.names) names.push_back(constants_.text(alias->name));
  constant(constants_.tuple(names));
  emit(Op::kImportName, name_number(ast::is_absent(node.module) ? std::string_view("") : node.module));
  for (const ast::Alias* const alias : node.names) {
    if (alias->name == "*") return emit(Op::kImportStar);
    emit(Op::kImportFrom, name_number(alias->name));
    name(ast::is_absent(alias->asname) ? alias->name : alias->asname, ExprContext::kStore);
  }
  emit(Op::kPop);
}

// ---- Branches and loops ----

void Compiling::if_statement(const ast::If& node) {
  Label otherwise, end;
  jump_if(*node.test, otherwise, false);
  statements(node.body);
  if (!node.orelse.empty()) out().jump(Op::kJump, end);
  out().bind(otherwise);
  statements(node.orelse);
  out().bind(end);
}

void Compiling::while_statement(const ast::While& node) {
  Label start, exit, otherwise;
  out().bind(start);
  unit_->blocks.push_back({.sort = Block::Sort::kWhileLoop, .start = &start, .exit = &exit});
  jump_if(*node.test, otherwise, false);
  statements(node.body);
  out().jump(Op::kJumpBack, start);
  unit_->blocks.pop_back();
  out().bind(otherwise);
  statements(node.orelse);
  out().bind(exit);
}

void Compiling::for_statement(const ast::For& node) {
  Label start, exit, otherwise;
  expression(*node.iter);
  {
    const At at(*this, node.iter->span);
    emit(Op::kGetIterator);
    out().bind(start);
    unit_->blocks.push_back({.sort = Block::Sort::kForLoop, .start = &start, .exit = &exit});
    out().jump(Op::kForIterate, otherwise);
  }
  target(*node.target);
  statements(node.body);
  out().jump(Op::kJumpBack, start);
  unit_->blocks.pop_back();
  out().bind(otherwise);
  statements(node.orelse);
  out().bind(exit);
}

void Compiling::async_for(const ast::AsyncFor& node) {
  if (!unit_->scope.is_coroutine) refuse("'async for' outside async function", node.span);
  Label start, exit, ended;
  expression(*node.iter);
  emit(Op::kGetAsyncIterator);
  out().bind(start);
  unit_->blocks.push_back({.sort = Block::Sort::kAsyncForLoop, .start = &start, .exit = &exit});
  out().push_handler(ended);
  emit(Op::kGetAsyncNext);
  none();
  send_loop();
  out().pop_handler();
  target(*node.target);
  statements(node.body);
  out().jump(Op::kJumpBack, start);
  unit_->blocks.pop_back();
  out().bind(ended);
  const At at(*this, node.iter->span);
  emit(Op::kEndAsyncFor);
  statements(node.orelse);
  out().bind(exit);
}

}  // namespace ouro::script
