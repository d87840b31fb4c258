// The compiler's walk over the tree. One class, in several sources: names.cpp, expressions.cpp, calls.cpp, statements.cpp,
// blocks.cpp, handlers.cpp, definitions.cpp, comprehensions.cpp, patterns.cpp.
#pragma once

#include <ouro/script/compiler/compiler.h>
#include <ouro/script/compiler/unit.h>
#include <ouro/script/syntax/modules.h>
#include <ouro/script/syntax/patterns.h>
#include <ouro/script/syntax/statements.h>

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::script {

class Compiling {
 public:
  Compiling(const ast::Mod& tree, const CompileOptions& options, List& arena);
  [[nodiscard]] Ref<Code> module(const ast::Mod& tree);

 private:
  template <class T>
  using NodeList = ast::NodeList<T>;
  using Expr = ast::Expr;
  using Stmt = ast::Stmt;

  /// What is written inside stands where the node does.
  class At {
   public:
    At(Compiling& compiling, const ast::Span& span) noexcept;
    ~At();
    At(const At&) = delete;
    At& operator=(const At&) = delete;

   private:
    Emitter& emitter_;
    Location before_;
  };
  /// A code that is written inside.
  class Writing {
   public:
    Writing(Compiling& compiling, Unit& unit) noexcept : compiling_(compiling) { compiling_.unit_ = &unit; }
    ~Writing() { compiling_.unit_ = compiling_.unit_->outer; }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

   private:
    Compiling& compiling_;
  };
  /// Guards the depth of the walk: RecursionError, as CPython's.
  class Deeper;

  // ---- Names (names.cpp) ----
  [[nodiscard]] Emitter& out() noexcept { return unit_->emitter; }
  void emit(Op op, std::uint32_t argument = 0) { unit_->emitter.emit(op, argument); }
  void literal(const ast::Value& value);
  void constant(Constant constant);
  void none() { constant(constants_.none()); }
  void name(std::string_view id, ast::ExprContext context);
  void cell(std::string_view id, ast::ExprContext context);
  void attribute_op(Op op, std::string_view id);
  [[nodiscard]] std::string_view mangled(std::string_view id);
  [[nodiscard]] std::uint32_t name_number(std::string_view id);
  void closure(const Unit& of, std::uint32_t& parts);

  // ---- Expressions ----
  void expression(const Expr& node);
  void expression_at(const Expr& node);
  void target(const Expr& node);
  void deletion(const Expr& node);
  void bool_op(const ast::BoolOp& node);
  void binary(const ast::BinOp& node);
  void unary(const ast::UnaryOp& node);
  void conditional(const ast::IfExp& node);
  void compare(const ast::Compare& node);
  void compare_op(ast::CompareOperator op);
  void jump_if(const Expr& test, Label& to, bool when);
  void jump_if_compare(const ast::Compare& node, Label& to, bool when);
  void display(Op build, Op add, Op extend, NodeList<Expr> elements, std::uint32_t below);
  void list_display(const ast::List& node);
  void tuple_display(const ast::Tuple& node);
  void dict_display(const ast::Dict& node);
  void unpack(NodeList<Expr> elements);
  void subscript(const ast::Subscript& node);
  void slice(const ast::Slice& node);
  void joined(const ast::JoinedStr& node);
  void formatted(const ast::FormattedValue& node);
  void named(const ast::NamedExpr& node);
  void yield(const ast::Yield& node);
  void yield_from(const ast::YieldFrom& node);
  void await(const ast::Await& node);
  void await_value(std::uint32_t what);
  void send_loop();

  // ---- Calls (calls.cpp) ----
  void call(const ast::Call& node);
  void call_arguments(std::uint32_t on_stack, NodeList<Expr> args, NodeList<ast::Keyword> keywords, bool is_method = false);
  void expanded_arguments(std::uint32_t on_stack, NodeList<Expr> args, NodeList<ast::Keyword> keywords);
  void keyword_dict(NodeList<ast::Keyword> keywords);

  // ---- Statements ----
  void statements(NodeList<Stmt> body);
  void statement(const Stmt& node);
  void expression_statement(const ast::ExprStmt& node);
  void assign(const ast::Assign& node);
  void augmented(const ast::AugAssign& node);
  void annotated(const ast::AnnAssign& node);
  void return_statement(const ast::Return& node);
  void raise_statement(const ast::Raise& node);
  void assert_statement(const ast::Assert& node);
  void import_statement(const ast::Import& node);
  void import_from(const ast::ImportFrom& node);
  void if_statement(const ast::If& node);
  void while_statement(const ast::While& node);
  void for_statement(const ast::For& node);
  void async_for(const ast::AsyncFor& node);
  void loop_exit(const Stmt& node, bool is_break);

  // ---- Blocks (blocks.cpp, handlers.cpp) ----
  /// Leaves the blocks down to `down_to`; `keeps_value`: a value on the stack stays on top.
  void leave_blocks(std::size_t down_to, bool keeps_value);
  void leave_block(Block block, bool keeps_value);
  void with_items(const ast::LocatedNode& node, NodeList<ast::WithItem> items, NodeList<Stmt> body, bool is_async,
                  std::size_t from);
  void call_exit(const ast::LocatedNode& node, bool is_async);
  template <class Statement>
  void try_statement(const Statement& node, bool is_star);
  template <class Statement>
  void try_finally(const Statement& node, bool is_star);
  template <class Statement>
  void try_except(const Statement& node);
  template <class Statement>
  void try_star(const Statement& node);
  void handler_body(const ast::ExceptHandler& handler, Label& end);
  void forget_name(std::string_view id);
  void cleanup_handler(Label& label);

  // ---- Definitions ----
  template <class Definition>
  void function(const Definition& node, bool is_async);
  void lambda(const ast::Lambda& node);
  void class_definition(const ast::ClassDef& node);
  [[nodiscard]] std::uint32_t default_values(const ast::Arguments& arguments);
  [[nodiscard]] bool annotations(const ast::Arguments& arguments, const Expr* returns);
  void parameters(Unit& unit, const ast::Arguments& arguments);
  void make_function(Unit& unit, std::uint32_t parts);
  void decorate(std::size_t count);
  [[nodiscard]] std::unique_ptr<Unit> new_unit(const ast::Node& node, std::string name, std::int32_t first_line);
  void end_function(Unit& unit);
  [[nodiscard]] static std::uint32_t flags_of(const Scope& scope);
  [[nodiscard]] const Expr* docstring(NodeList<Stmt> body) const;

  // ---- Comprehensions ----
  template <class Node>
  void comprehension(const Node& node, std::string name, const Expr& element, const Expr* value);
  void clause(NodeList<ast::Comprehension> clauses, std::size_t number, std::uint32_t depth, Scope::Comprehension sort,
              const Expr& element, const Expr* value);
  void async_clause(NodeList<ast::Comprehension> clauses, std::size_t number, std::uint32_t depth, Scope::Comprehension sort,
                    const Expr& element, const Expr* value);
  void clause_body(NodeList<ast::Comprehension> clauses, std::size_t number, std::uint32_t depth, Scope::Comprehension sort,
                   const Expr& element, const Expr* value, Label& next);

  // ---- Patterns (patterns.cpp) ----
  struct PatternState;
  void match_statement(const ast::Match& node);
  void pattern(const ast::Pattern& node, PatternState& state);
  void sequence_pattern(const ast::MatchSequence& node, PatternState& state);
  void unpacked_sequence(NodeList<ast::Pattern> patterns, std::size_t star, PatternState& state);
  void subscripted_sequence(NodeList<ast::Pattern> patterns, std::size_t star, PatternState& state);
  void mapping_pattern(const ast::MatchMapping& node, PatternState& state);
  void class_pattern(const ast::MatchClass& node, PatternState& state);
  void or_pattern(const ast::MatchOr& node, PatternState& state);
  void as_pattern(const ast::MatchAs& node, PatternState& state);
  void star_pattern(const ast::MatchStar& node, PatternState& state);
  void store_name(std::string_view id, PatternState& state, const ast::Span& place);
  void subpattern(const ast::Pattern& node, PatternState& state);
  void fail_if_false(PatternState& state);
  void jump_to_fail(PatternState& state, Op op);
  void bind_fail_labels(PatternState& state);
  void rotate(std::uint32_t count);

  [[noreturn]] void refuse(const std::string& text, const ast::Span& place);

  Symbols symbols_;
  Constants constants_;
  Builtins& builtins_;
  const bool switches_;
  Ref<Str> file_;
  Unit* unit_ = nullptr;
  std::uint32_t depth_ = 0;
  bool is_interactive_ = false;
};

}  // namespace ouro::script
