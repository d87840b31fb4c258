// What each scope does with each name: parameters, expressions, patterns.
#include <ouro/script/compiler/symbol_walk.h>

#include <fmt/format.h>

#include <utility>

namespace ouro::script {

using namespace ast;

// ---- Parameters ----

void SymbolWalk::parameter(const Arg* arg) {
  if (arg != nullptr) add(arg->arg, kParameter, arg->span);
}

void SymbolWalk::parameters(const Arguments& arguments) {
  for (const Arg* const arg : arguments.posonlyargs) parameter(arg);
  for (const Arg* const arg : arguments.args) parameter(arg);
  for (const Arg* const arg : arguments.kwonlyargs) parameter(arg);
  parameter(arguments.vararg);
  parameter(arguments.kwarg);
}

void SymbolWalk::defaults(const Arguments& arguments) {
  expressions(arguments.defaults);
  expressions(arguments.kw_defaults);
}

void SymbolWalk::annotations(const Arguments& arguments, const Expr* returns) {
  const auto annotation = [&](const Arg* arg) {
    if (arg != nullptr) expression(arg->annotation);
  };
  for (const Arg* const arg : arguments.posonlyargs) annotation(arg);
  for (const Arg* const arg : arguments.args) annotation(arg);
  annotation(arguments.vararg);
  annotation(arguments.kwarg);
  for (const Arg* const arg : arguments.kwonlyargs) annotation(arg);
  expression(returns);
}

// ---- Scopes that are expressions ----

void SymbolWalk::lambda(const Lambda& node) {
  defaults(*node.args);
  Scope& made = symbols_.add(node, scope_, Scope::Sort::kFunction, "lambda");
  const Inside inside(*this, made);
  parameters(*node.args);
  expression(node.body);
}

void SymbolWalk::clauses(NodeList<ast::Comprehension> generators) {
  bool is_first = true;
  for (const ast::Comprehension* const clause : generators) {
    expression(clause->target);
    if (!is_first) {
      scope_->in_iterable = true;
      expression(clause->iter);
      scope_->in_iterable = false;
    }
    expressions(clause->ifs);
    if (clause->is_async != 0) scope_->is_coroutine = true;
    is_first = false;
  }
}

namespace {

/// The names that a target binds are the comprehension's own: `:=` may not rebind them.
void mark_targets(Scope& scope) {
  for (auto& [name, symbol] : scope.symbols)
    if (symbol.is_bound()) symbol.uses |= kIterationVariable;
}

}  // namespace

template <class Node>
void SymbolWalk::comprehension(const Node& node, Scope::Comprehension sort, const Expr* element, const Expr* value) {
  const bool was_in_iterable = std::exchange(scope_->in_iterable, true);
  expression(node.generators[0]->iter);
  scope_->in_iterable = was_in_iterable;
  constexpr const char* kNames[] = {"", "listcomp", "setcomp", "dictcomp", "genexpr"};
  Scope& made = symbols_.add(node, scope_, Scope::Sort::kFunction, kNames[static_cast<int>(sort)]);
  made.comprehension = sort;
  made.is_generator = sort == Scope::Comprehension::kGenerator;
  made.in_iterable = was_in_iterable;
  const Inside inside(*this, made);
  add(".0", kParameter, node.span);
  {
    // The targets come first, so that what `:=` binds can be told from them.
    for (const ast::Comprehension* const clause : node.generators) expression(clause->target);
    mark_targets(made);
  }
  clauses(node.generators);
  expression(value);
  expression(element);
}

void SymbolWalk::expression(const Expr* given) {
  if (given == nullptr) return;
  const Expr& node = *given;
  switch (node.kind) {
    case Kind::kBoolOp:
      return expressions(static_cast<const BoolOp&>(node).values);
    case Kind::kNamedExpr:
      return named_expression(static_cast<const NamedExpr&>(node));
    case Kind::kBinOp:
      expression(static_cast<const BinOp&>(node).left);
      return expression(static_cast<const BinOp&>(node).right);
    case Kind::kUnaryOp:
      return expression(static_cast<const UnaryOp&>(node).operand);
    case Kind::kLambda:
      return lambda(static_cast<const Lambda&>(node));
    case Kind::kIfExp:
      expression(static_cast<const IfExp&>(node).test);
      expression(static_cast<const IfExp&>(node).body);
      return expression(static_cast<const IfExp&>(node).orelse);
    case Kind::kDict:
      expressions(static_cast<const Dict&>(node).keys);
      return expressions(static_cast<const Dict&>(node).values);
    case Kind::kSet:
      return expressions(static_cast<const Set&>(node).elts);
    case Kind::kListComp: {
      const auto& one = static_cast<const ListComp&>(node);
      return comprehension(one, Scope::Comprehension::kList, one.elt, nullptr);
    }
    case Kind::kSetComp: {
      const auto& one = static_cast<const SetComp&>(node);
      return comprehension(one, Scope::Comprehension::kSet, one.elt, nullptr);
    }
    case Kind::kDictComp: {
      const auto& one = static_cast<const DictComp&>(node);
      return comprehension(one, Scope::Comprehension::kDict, one.key, one.value);
    }
    case Kind::kGeneratorExp: {
      const auto& one = static_cast<const GeneratorExp&>(node);
      return comprehension(one, Scope::Comprehension::kGenerator, one.elt, nullptr);
    }
    case Kind::kAwait:
      return awaits(static_cast<const Await&>(node));
    case Kind::kYield:
      return yields(node, static_cast<const Yield&>(node).value);
    case Kind::kYieldFrom:
      return yields(node, static_cast<const YieldFrom&>(node).value);
    case Kind::kCompare:
      expression(static_cast<const Compare&>(node).left);
      return expressions(static_cast<const Compare&>(node).comparators);
    case Kind::kCall:
      expression(static_cast<const Call&>(node).func);
      expressions(static_cast<const Call&>(node).args);
      for (const Keyword* const keyword : static_cast<const Call&>(node).keywords) expression(keyword->value);
      return;
    case Kind::kFormattedValue:
      expression(static_cast<const FormattedValue&>(node).value);
      return expression(static_cast<const FormattedValue&>(node).format_spec);
    case Kind::kJoinedStr:
      return expressions(static_cast<const JoinedStr&>(node).values);
    case Kind::kAttribute:
      return expression(static_cast<const Attribute&>(node).value);
    case Kind::kSubscript:
      expression(static_cast<const Subscript&>(node).value);
      return expression(static_cast<const Subscript&>(node).slice);
    case Kind::kStarred:
      return expression(static_cast<const Starred&>(node).value);
    case Kind::kName: {
      const auto& name = static_cast<const Name&>(node);
      add(name.id, name.ctx == ExprContext::kLoad ? kUsed : kAssigned, node.span);
      // `super` without arguments asks for the class that the function stands in.
      if (name.ctx == ExprContext::kLoad && scope_->is_function() && name.id == "super") add("__class__", kUsed, node.span);
      return;
    }
    case Kind::kList:
      return expressions(static_cast<const ast::List&>(node).elts);
    case Kind::kTuple:
      return expressions(static_cast<const ast::Tuple&>(node).elts);
    case Kind::kSlice:
      expression(static_cast<const Slice&>(node).lower);
      expression(static_cast<const Slice&>(node).upper);
      return expression(static_cast<const Slice&>(node).step);
    default:
      return;
  }
}

void SymbolWalk::expressions(NodeList<Expr> nodes) {
  for (const Expr* const node : nodes) expression(node);
}

void SymbolWalk::bind_named(const NamedExpr& node, std::string_view name) {
  // In a comprehension it binds in the scope around all of them.
  for (Scope* scope = scope_; scope != nullptr; scope = scope->outer) {
    if (scope->comprehension != Scope::Comprehension::kNone) {
      const auto found = scope->symbols.find(symbols_.mangled(scope->class_name, name));
      if (found != scope->symbols.end() && (found->second.uses & kIterationVariable) != 0)
        throw ProgramError(fmt::format("assignment expression cannot rebind comprehension iteration variable '{}'", name),
                           node.span);
      continue;
    }
    if (scope->sort == Scope::Sort::kClass)
      throw ProgramError("assignment expression within a comprehension cannot be used in a class body", node.span);
    const bool is_function = scope->is_function();
    Symbol& outer = add_to(*scope, name, 0, node.span);
    const bool is_global = !is_function || (outer.uses & kDeclaredGlobal) != 0;
    Symbol& own = add(name, 0, node.span);
    own.uses |= is_global ? kDeclaredGlobal : kDeclaredNonlocal;
    if (!is_function) outer.uses |= kDeclaredGlobal;
    outer.uses |= kAssigned;
    return;
  }
}

void SymbolWalk::named_expression(const NamedExpr& node) {
  if (scope_->in_iterable)
    throw ProgramError("assignment expression cannot be used in a comprehension iterable expression", node.span);
  if (scope_->comprehension != Scope::Comprehension::kNone)
    if (const auto* const name = try_as<Name>(node.target)) bind_named(node, name->id);
  expression(node.value);
  if (scope_->comprehension == Scope::Comprehension::kNone) expression(node.target);
}

namespace {

const char* name_of_comprehension(Scope::Comprehension sort) {
  constexpr const char* kNames[] = {"", "list comprehension", "set comprehension", "dict comprehension",
                                    "generator expression"};
  return kNames[static_cast<int>(sort)];
}

}  // namespace

void SymbolWalk::yields(const Expr& node, const Expr* value) {
  if (scope_->comprehension != Scope::Comprehension::kNone)
    throw ProgramError(fmt::format("'yield' inside {}", name_of_comprehension(scope_->comprehension)), node.span);
  expression(value);
  scope_->is_generator = scope_->has_yield = true;
}

void SymbolWalk::awaits(const Await& node) {
  expression(node.value);
  if (scope_->comprehension != Scope::Comprehension::kNone) scope_->is_coroutine = true;
}

// ---- Patterns ----

void SymbolWalk::patterns(NodeList<Pattern> nodes) {
  for (const Pattern* const node : nodes) pattern(node);
}

void SymbolWalk::pattern(const Pattern* given) {
  if (given == nullptr) return;
  const auto bind = [&](std::string_view name) {
    if (!is_absent(name)) add(name, kAssigned, given->span);
  };
  switch (given->kind) {
    case Kind::kMatchValue:
      return expression(static_cast<const MatchValue&>(*given).value);
    case Kind::kMatchSequence:
      return patterns(static_cast<const MatchSequence&>(*given).patterns);
    case Kind::kMatchMapping:
      expressions(static_cast<const MatchMapping&>(*given).keys);
      patterns(static_cast<const MatchMapping&>(*given).patterns);
      return bind(static_cast<const MatchMapping&>(*given).rest);
    case Kind::kMatchClass:
      expression(static_cast<const MatchClass&>(*given).cls);
      patterns(static_cast<const MatchClass&>(*given).patterns);
      return patterns(static_cast<const MatchClass&>(*given).kwd_patterns);
    case Kind::kMatchStar:
      return bind(static_cast<const MatchStar&>(*given).name);
    case Kind::kMatchAs:
      pattern(static_cast<const MatchAs&>(*given).pattern);
      return bind(static_cast<const MatchAs&>(*given).name);
    case Kind::kMatchOr:
      return patterns(static_cast<const MatchOr&>(*given).patterns);
    default:
      return;
  }
}

}  // namespace ouro::script
