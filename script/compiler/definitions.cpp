// Functions, lambdas, classes.
#include <ouro/objects/containers/tuple.h>
#include <ouro/script/compiler/detail/compiling.h>

#include <utility>

namespace ouro::script {

using ast::ExprContext;

std::unique_ptr<Unit> Compiling::new_unit(const ast::Node& node, std::string name, std::int32_t first_line) {
  auto unit = std::make_unique<Unit>(symbols_.of(node), unit_, std::move(name));
  unit->body.first_line = first_line;
  unit->emitter.set_location({first_line, first_line, -1, -1});
  return unit;
}

std::uint32_t Compiling::flags_of(const Scope& scope) {
  std::uint32_t flags = kOptimized | kNewLocals;
  if (scope.is_nested) flags |= kNested;
  if (scope.is_generator && !scope.is_coroutine) flags |= kGeneratorCode;
  if (scope.is_generator && scope.is_coroutine) flags |= kAsyncGeneratorCode;
  if (!scope.is_generator && scope.is_coroutine) flags |= kCoroutineCode;
  return flags;
}

const ast::Expr* Compiling::docstring(NodeList<Stmt> body) const {
  if (body.empty()) return nullptr;
  const auto* const first = ast::try_as<ast::ExprStmt>(body[0]);
  const auto* const value = first != nullptr ? ast::try_as<ast::Constant>(first->value) : nullptr;
  const bool is_text = value != nullptr && value->value.type == ast::Value::Type::kStr;
  return is_text && !value->value.has_surrogates ? value : nullptr;
}

// ---- Parameters ----

void Compiling::parameters(Unit& unit, const ast::Arguments& arguments) {
  CodeBody& body = unit.body;
  body.positional_only = static_cast<std::uint32_t>(arguments.posonlyargs.size());
  body.parameters = body.positional_only + static_cast<std::uint32_t>(arguments.args.size());
  body.keyword_only = static_cast<std::uint32_t>(arguments.kwonlyargs.size());
  body.flags = flags_of(unit.scope);
  if (arguments.vararg != nullptr) body.flags |= kVarArgs;
  if (arguments.kwarg != nullptr) body.flags |= kVarKeywords;
  const auto add = [&](const ast::Arg* arg) {
    if (arg == nullptr) return;
    const std::string_view id = symbols_.mangled(unit.scope.class_name, arg->arg);
    static_cast<void>(constants_.name(id));
    static_cast<void>(unit.local_slot(id));
  };
  for (const ast::Arg* const arg : arguments.posonlyargs) add(arg);
  for (const ast::Arg* const arg : arguments.args) add(arg);
  for (const ast::Arg* const arg : arguments.kwonlyargs) add(arg);
  add(arguments.vararg);
  add(arguments.kwarg);
}

/// Pushes the defaults; says which parts there are.
std::uint32_t Compiling::default_values(const ast::Arguments& arguments) {
  std::uint32_t parts = 0;
  if (!arguments.defaults.empty()) {
    for (const Expr* const value : arguments.defaults) expression(*value);
    emit(Op::kBuildTuple, static_cast<std::uint32_t>(arguments.defaults.size()));
    parts |= kHasDefaults;
  }
  std::uint32_t named = 0;
  for (std::size_t i = 0; i < arguments.kw_defaults.size(); ++i) {
    if (arguments.kw_defaults[i] == nullptr) continue;
    constant(constants_.text(mangled(arguments.kwonlyargs[i]->arg)));
    expression(*arguments.kw_defaults[i]);
    ++named;
  }
  if (named == 0) return parts;
  emit(Op::kBuildMap, named);
  return parts | kHasKeywordDefaults;
}

/// Pushes a dict of annotations, if there are any.
bool Compiling::annotations(const ast::Arguments& arguments, const Expr* returns) {
  std::uint32_t count = 0;
  const auto add = [&](std::string_view id, const Expr* annotation) {
    if (annotation == nullptr) return;
    constant(constants_.text(mangled(id)));
    const auto* const starred = ast::try_as<ast::Starred>(annotation);
    if (starred != nullptr) {  // `*args: *Ts`
      expression(*starred->value);
      emit(Op::kUnpackSequence, 1);
    } else {
      expression(*annotation);
    }
    ++count;
  };
  const auto add_parameter = [&](const ast::Arg* arg) {
    if (arg != nullptr) add(arg->arg, arg->annotation);
  };
  for (const ast::Arg* const arg : arguments.posonlyargs) add_parameter(arg);
  for (const ast::Arg* const arg : arguments.args) add_parameter(arg);
  add_parameter(arguments.vararg);
  for (const ast::Arg* const arg : arguments.kwonlyargs) add_parameter(arg);
  add_parameter(arguments.kwarg);
  add("return", returns);
  if (count == 0) return false;
  emit(Op::kBuildMap, count);
  return true;
}

/// The values for `parts` are on the stack.
void Compiling::make_function(Unit& unit, std::uint32_t parts) {
  closure(unit, parts);
  constant(constants_.unique(unit.finish(constants_, *file_)));
  emit(Op::kMakeFunction, parts);
}

void Compiling::decorate(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) emit(Op::kCall, 1);
}

void Compiling::end_function(Unit& unit) {
  if (!unit.emitter.is_reachable()) return;
  none();
  emit(Op::kReturn);
}

// ---- Functions ----

template <class Definition>
void Compiling::function(const Definition& node, bool) {
  for (const Expr* const decorator : node.decorator_list) expression(*decorator);
  std::uint32_t parts = default_values(*node.args);
  if (annotations(*node.args, node.returns)) parts |= kHasAnnotations;
  const std::int32_t line = node.decorator_list.empty() ? node.span.lineno : node.decorator_list[0]->span.lineno;
  const std::unique_ptr<Unit> unit = new_unit(node, std::string(node.name), line);
  parameters(*unit, *node.args);
  {
    const Writing writing(*this, *unit);
    const Expr* const doc = docstring(node.body);
    const Constant first = doc != nullptr ? *constants_.fold(*doc) : constants_.none();
    static_cast<void>(unit->constant_number(first));
    unit->begin();
    if ((unit->body.flags & (kGeneratorCode | kCoroutineCode | kAsyncGeneratorCode)) != 0) emit(Op::kReturnGenerator);
    emit(Op::kResume);
    statements(doc != nullptr ? node.body.subspan(1) : node.body);
    end_function(*unit);
  }
  make_function(*unit, parts);
  for (std::size_t i = node.decorator_list.size(); i > 0; --i) {
    const At at(*this, node.decorator_list[i - 1]->span);
    decorate(1);
  }
  name(node.name, ExprContext::kStore);
}
template void Compiling::function(const ast::FunctionDef& node, bool is_async);
template void Compiling::function(const ast::AsyncFunctionDef& node, bool is_async);

void Compiling::lambda(const ast::Lambda& node) {
  const std::uint32_t parts = default_values(*node.args);
  const std::unique_ptr<Unit> unit = new_unit(node, "<lambda>", node.span.lineno);
  parameters(*unit, *node.args);
  {
    const Writing writing(*this, *unit);
    static_cast<void>(unit->constant_number(constants_.none()));
    unit->begin();
    if (unit->scope.is_generator) emit(Op::kReturnGenerator);
    emit(Op::kResume);
    expression(*node.body);
    emit(Op::kReturn);
  }
  make_function(*unit, parts);
}

// ---- Classes ----

void Compiling::class_definition(const ast::ClassDef& node) {
  for (const Expr* const decorator : node.decorator_list) expression(*decorator);
  const std::int32_t line = node.decorator_list.empty() ? node.span.lineno : node.decorator_list[0]->span.lineno;
  const std::unique_ptr<Unit> unit = new_unit(node, std::string(node.name), line);
  {
    const Writing writing(*this, *unit);
    unit->begin();
    emit(Op::kResume);
    name("__name__", ExprContext::kLoad);
    name("__module__", ExprContext::kStore);
    constant(constants_.text(unit->qualified_name));
    name("__qualname__", ExprContext::kStore);
    bool is_annotated = false;
    for (const auto& [id, symbol] : unit->scope.symbols) is_annotated = is_annotated || (symbol.uses & kAnnotated) != 0;
    if (is_annotated) emit(Op::kSetupAnnotations);
    const Expr* const doc = docstring(node.body);
    if (doc != nullptr) {
      const At at(*this, doc->span);
      constant(*constants_.fold(*doc));
      name("__doc__", ExprContext::kStore);
    }
    statements(doc != nullptr ? node.body.subspan(1) : node.body);
    unit->emitter.set_location({line, line, -1, -1});
    if (unit->scope.needs_class_cell) {
      emit(Op::kLoadClosure, unit->cell_slot("__class__"));
      emit(Op::kCopy, 1);
      name("__classcell__", ExprContext::kStore);
    } else {
      none();
    }
    emit(Op::kReturn);
  }
  emit(Op::kLoadBuildClass);
  make_function(*unit, 0);
  constant(constants_.text(node.name));
  call_arguments(2, node.bases, node.keywords);
  for (std::size_t i = node.decorator_list.size(); i > 0; --i) {
    const At at(*this, node.decorator_list[i - 1]->span);
    decorate(1);
  }
  name(node.name, ExprContext::kStore);
}

}  // namespace ouro::script
