// Names, cells and attributes; the compiler's entry.
#include <ouro/objects/text/str.h>
#include <ouro/script/compiler/detail/compiling.h>

#include <algorithm>

namespace ouro::script {

using ast::ExprContext;

namespace {

Location location_of(const ast::Span& span) noexcept {
  return {span.lineno, span.end_lineno, span.col_offset, span.end_col_offset};
}

}  // namespace

Compiling::At::At(Compiling& compiling, const ast::Span& span) noexcept
    : emitter_(compiling.out()), before_(emitter_.location()) {
  emitter_.set_location(location_of(span));
}
Compiling::At::~At() { emitter_.set_location(before_); }

Compiling::Compiling(const ast::Mod& tree, const CompileOptions& options, List& arena)
    : symbols_(tree),
      constants_(options.builtins, arena),
      builtins_(options.builtins),
      switches_(options.switches_between_instructions),
      file_(make_str(options.builtins, options.file)) {}

void Compiling::refuse(const std::string& text, const ast::Span& place) { throw ProgramError(text, place); }

/// A str with surrogates, which UTF-8 cannot hold, is an error where it is evaluated, so that the rest of its file runs.
void Compiling::literal(const ast::Value& value) {
  if (!value.has_surrogates) return constant(constants_.literal(value));
  constant(constants_.unique(share<Object>(builtins_.type(ErrorKind::kNotImplementedError))));
  constant(constants_.text("a str literal with surrogates, which UTF-8 cannot hold"));
  emit(Op::kCall, 1);
  emit(Op::kRaise, 1);
  constant(constants_.none());
}

void Compiling::constant(Constant constant) {
  if (!out().is_reachable()) return;
  emit(Op::kLoadConst, unit_->constant_number(std::move(constant)));
}

std::string_view Compiling::mangled(std::string_view id) { return symbols_.mangled(unit_->scope.class_name, id); }

std::uint32_t Compiling::name_number(std::string_view id) {
  static_cast<void>(constants_.name(id));
  return unit_->name_number(id);
}

void Compiling::attribute_op(Op op, std::string_view id) { emit(op, name_number(mangled(id))); }

void Compiling::cell(std::string_view id, ExprContext context) {
  const std::uint32_t slot = unit_->cell_slot(id);
  switch (context) {
    case ExprContext::kLoad:
      return emit(unit_->scope.sort == Scope::Sort::kClass ? Op::kLoadClassCell : Op::kLoadCell, slot);
    case ExprContext::kStore:
      return emit(Op::kStoreCell, slot);
    case ExprContext::kDel:
      return emit(Op::kDeleteCell, slot);
  }
}

void Compiling::name(std::string_view given, ExprContext context) {
  const std::string_view id = mangled(given);
  const auto found = unit_->scope.symbols.find(id);
  const Where where = found != unit_->scope.symbols.end() ? found->second.where : Where::kGlobalImplicit;
  const auto pick = [&](Op load, Op store, Op remove) {
    return context == ExprContext::kLoad ? load : context == ExprContext::kStore ? store : remove;
  };
  const bool in_function = unit_->scope.is_function();
  if (where == Where::kFree || where == Where::kCell) return cell(id, context);
  if (where == Where::kLocal && in_function)
    return emit(pick(Op::kLoadLocalChecked, Op::kStoreLocal, Op::kDeleteLocal), unit_->local_slot(id));
  if (where == Where::kGlobalExplicit || (where == Where::kGlobalImplicit && in_function))
    return emit(pick(Op::kLoadGlobal, Op::kStoreGlobal, Op::kDeleteGlobal), name_number(id));
  emit(pick(Op::kLoadName, Op::kStoreName, Op::kDeleteName), name_number(id));
}

/// Pushes the tuple of cells that a code inside needs.
void Compiling::closure(const Unit& of, std::uint32_t& parts) {
  if (of.free_names().empty()) return;
  for (const std::string_view id : of.free_names()) emit(Op::kLoadClosure, unit_->cell_slot(id));
  emit(Op::kBuildTuple, static_cast<std::uint32_t>(of.free_names().size()));
  parts |= kHasClosure;
}

Ref<Code> Compiling::module(const ast::Mod& tree) {
  Unit unit(symbols_.of(tree), nullptr, "<module>");
  const Writing writing(*this, unit);
  unit.body.first_line = 1;
  unit.emitter.set_location({0, 0, 0, 0});
  unit.emitter.set_switching(switches_);
  unit.begin();
  emit(Op::kResume);
  unit.emitter.set_location({1, 1, 0, 0});
  is_interactive_ = tree.kind == ast::Kind::kInteractive;
  if (tree.kind == ast::Kind::kExpression) {
    expression(*static_cast<const ast::Expression&>(tree).body);
    emit(Op::kReturn);
    return unit.finish(constants_, *file_);
  }
  const auto body =
      is_interactive_ ? static_cast<const ast::Interactive&>(tree).body : static_cast<const ast::Module&>(tree).body;
  const auto is_annotated = [](const auto& symbol) { return (symbol.second.uses & kAnnotated) != 0; };
  if (std::ranges::any_of(unit.scope.symbols, is_annotated)) emit(Op::kSetupAnnotations);
  const Expr* const doc = is_interactive_ ? nullptr : docstring(body);
  if (doc != nullptr) {
    const At at(*this, doc->span);
    constant(*constants_.fold(*doc));
    name("__doc__", ExprContext::kStore);
  }
  statements(doc != nullptr ? body.subspan(1) : body);
  none();
  emit(Op::kReturn);
  return unit.finish(constants_, *file_);
}

Ref<Code> compile(const ast::Mod& tree, const CompileOptions& options) {
  const Ref<List> own = options.arena == nullptr ? make_list(options.builtins) : Ref<List>();
  Compiling compiling(tree, options, own ? *own : *options.arena);
  return compiling.module(tree);
}

}  // namespace ouro::script
