// The parser of valid programs: recursive descent, for binary operators by precedence, each token looked at once.
//
// It says nothing about what is wrong: at the first token that does not fit it throws Failure. It then goes over the text
// once more with Mistakes (mistakes.h), which knows what to say and is asked only then. Where the grammar needs more than
// the next token, one look over the tokens of the line, or of a pair of brackets at the beginning of a statement, decides:
// `match` as a keyword, `with` items in parentheses.
#pragma once

#include <ouro/script/syntax/literals.h>
#include <ouro/script/syntax/parse.h>
#include <ouro/script/syntax/tokenizer.h>
#include <ouro/script/syntax/visit.h>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace ouro::script {

class Mistakes;

class Parser {
 public:
  struct Failure {
    bool is_too_deep = false;
  };

  Parser(const ParseContext& context, const Source& source, const TokenList& tokens)
      : context_(context), source_(source), arena_(context.arena), begin_(tokens.tokens.data()), at_(begin_) {}

  /// These throw Failure, LiteralError, or the SyntaxError of an expression in an f-string.
  [[nodiscard]] ast::Mod* parse(ParseMode mode);
  [[nodiscard]] ast::Expr* parse_f_string_expression();

  /// From where on a statement may be wrong, of those that stand in no other: the one that the parser was in last, or the
  /// first that has a line beginning with `match`, in which CPython's second pass may see a mistake where there is none.
  [[nodiscard]] std::size_t first_doubtful() const noexcept { return first_doubtful_; }
  /// The last name `match` that began a line but no block of cases; null if there is none.
  [[nodiscard]] const Token* last_match() const noexcept { return last_match_; }
  /// How many tokens were taken, or looked over to see that they do not fit.
  [[nodiscard]] std::size_t taken() const noexcept { return static_cast<std::size_t>(std::max(at_, looked_at_) - begin_); }

 private:
  friend class Mistakes;

  using Exprs = ast::NodeList<ast::Expr>;
  using Stmts = ast::NodeList<ast::Stmt>;
  using Patterns = ast::NodeList<ast::Pattern>;

  // ---- Tokens and nodes (parser.cpp) ----
  [[nodiscard]] bool is(TokenType type) const noexcept { return at_->type == type; }
  [[nodiscard]] bool is_next(TokenType type) const noexcept {
    return at_->type != TokenType::kEndMarker && at_[1].type == type;
  }
  bool take(TokenType type) noexcept {
    if (at_->type != type) return false;
    ++at_;
    return true;
  }
  void expect(TokenType type) {
    if (!take(type)) fail();
  }
  [[nodiscard]] bool is_soft_keyword(std::uint32_t name) const noexcept { return is(TokenType::kName) && at_->name == name; }
  /// `name := ...`, not in parentheses.
  [[nodiscard]] static bool is_walrus(const Token* first) noexcept {
    return first->type == TokenType::kName && first[1].type == TokenType::kColonEqual;
  }
  [[noreturn]] static void fail() { throw Failure{}; }

  [[nodiscard]] ast::Identifier take_name();
  /// From a token to the last one taken, those that are only layout left out.
  [[nodiscard]] ast::Span span_from(const Token& first) const noexcept;
  [[nodiscard]] ast::Span span_from(const ast::Span& first) const noexcept;
  template <class T, class... Fields>
  T* make(Fields&&... fields) {
    return arena_.make<T>(std::forward<Fields>(fields)...);
  }

  /// Counts a construct within itself as CPython counts its rules, so that both give up at about the same depth.
  class Deeper {
   public:
    Deeper(Parser& parser, int rules) : parser_(parser), rules_(rules) {
      parser_.depth_ += rules;
      if (parser_.depth_ > kMaxDepth) throw Failure{true};
    }
    ~Deeper() { parser_.depth_ -= rules_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    Parser& parser_;
    int rules_;
  };

  /// A list that grows in memory shared by all lists being built.
  template <class T>
  class Items {
   public:
    explicit Items(Parser& parser) : stack_(parser.items_), arena_(parser.arena_), begin_(stack_.size()) {}
    ~Items() { stack_.resize(begin_); }
    Items(const Items&) = delete;
    Items& operator=(const Items&) = delete;

    void add(T* item) {
      assert(stack_.size() == begin_ + size_);  // no list that began later is still being built
      stack_.push_back(item);
      ++size_;
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] T* operator[](std::size_t k) const noexcept { return static_cast<T*>(stack_[begin_ + k]); }
    [[nodiscard]] ast::NodeList<T> copy() const {
      if (size() == 0) return {};
      auto** const place = static_cast<T**>(arena_.allocate(size() * sizeof(T*), alignof(T*)));
      for (std::size_t k = 0; k < size(); ++k) place[k] = (*this)[k];
      return {place, size()};
    }

   private:
    std::vector<void*>& stack_;
    Arena& arena_;
    std::size_t begin_, size_ = 0;
  };

  // ---- Statements (parse_statements.cpp) ----
  [[nodiscard]] ast::Mod* module();
  [[nodiscard]] ast::Mod* interactive();
  void check_rest_of_single();
  void statement(Items<ast::Stmt>& into);
  void simple_statements(Items<ast::Stmt>& into);
  [[nodiscard]] ast::Stmt* simple_statement();
  [[nodiscard]] ast::Stmt* expression_statement();
  [[nodiscard]] ast::Stmt* assignment(const Token& first, ast::Expr* target);
  [[nodiscard]] ast::Stmt* annotated_assignment(const Token& first, ast::Expr* target);
  [[nodiscard]] ast::Stmt* augmented_assignment(const Token& first, ast::Expr* target);
  [[nodiscard]] ast::Stmt* return_statement();
  [[nodiscard]] ast::Stmt* raise_statement();
  [[nodiscard]] ast::Stmt* delete_statement();
  [[nodiscard]] ast::Stmt* assert_statement();
  [[nodiscard]] ast::Stmt* import_statement();
  [[nodiscard]] ast::Stmt* import_from_statement();
  [[nodiscard]] ast::NodeList<ast::Alias> import_from_names();
  [[nodiscard]] ast::Alias* import_alias(ast::Identifier name, const Token& first);
  [[nodiscard]] ast::Identifier dotted_name();
  [[nodiscard]] std::span<ast::Identifier> names();

  // ---- Compound statements (parse_compound.cpp) ----
  /// Null if the next token begins none.
  [[nodiscard]] ast::Stmt* compound_statement();
  /// `keyword` and `owner` ("'if' statement") say to whom the block belongs.
  [[nodiscard]] Stmts block(const Token& keyword, std::string_view owner);
  /// `is_certain`: where it is missing nothing else than it can have been meant.
  void colon(bool is_certain = false);
  [[nodiscard]] Stmts else_block();
  [[nodiscard]] ast::Stmt* if_statement();
  [[nodiscard]] ast::Stmt* while_statement();
  [[nodiscard]] ast::Stmt* for_statement(const Token& first);
  [[nodiscard]] ast::Stmt* with_statement(const Token& first);
  [[nodiscard]] bool has_items_in_parentheses() const;
  void with_item(Items<ast::WithItem>& into);
  [[nodiscard]] ast::Stmt* try_statement();
  [[nodiscard]] ast::ExceptHandler* except_block(bool& is_star);
  [[noreturn]] void refuse_mixed_handlers();
  [[nodiscard]] ast::Stmt* async_statement();
  [[nodiscard]] ast::Stmt* decorated();
  [[nodiscard]] ast::Stmt* class_definition(Exprs decorators);
  [[nodiscard]] ast::Stmt* function_definition(const Token& first, Exprs decorators);

  // ---- Parameters (parse_parameters.cpp) ----
  class ParameterReader;
  [[nodiscard]] ast::Arguments* parameters(TokenType closing);

  // ---- Expressions (parse_expressions.cpp) ----
  [[nodiscard]] ast::Expr* star_expressions();
  [[nodiscard]] ast::Expr* star_expression();
  [[nodiscard]] ast::Expr* star_named_expression();
  [[nodiscard]] ast::Expr* named_expression();
  /// Or a walrus, as in named_expression; what may follow is told apart by the caller.
  [[nodiscard]] ast::Expr* expression_or_walrus();
  [[nodiscard]] ast::Expr* expressions();
  [[nodiscard]] ast::Expr* expression();
  [[nodiscard]] ast::Expr* yield_or_star_expressions();
  [[nodiscard]] ast::Expr* yield_expression();
  [[nodiscard]] ast::Expr* lambda();
  [[nodiscard]] ast::Expr* disjunction();
  [[nodiscard]] ast::Expr* conjunction();
  [[nodiscard]] ast::Expr* inversion();
  [[nodiscard]] ast::Expr* comparison();
  [[nodiscard]] bool take_comparison(ast::CompareOperator& op);
  [[nodiscard]] ast::Expr* bitwise_or() { return binary(1); }
  [[nodiscard]] ast::Expr* binary(int lowest);
  [[nodiscard]] ast::Expr* factor();
  [[nodiscard]] ast::Expr* power();

  // ---- Atoms and what follows them (parse_atoms.cpp) ----
  [[nodiscard]] ast::Expr* primary();
  [[nodiscard]] ast::Expr* trailer(const Token& first, ast::Expr* value);
  [[nodiscard]] ast::Expr* subscript(const Token& first, ast::Expr* value);
  [[nodiscard]] ast::Expr* slices();
  [[nodiscard]] ast::Expr* slice();
  [[nodiscard]] ast::Expr* atom();
  [[nodiscard]] ast::Expr* constant(ast::Value::Type type);
  [[nodiscard]] ast::Expr* number();
  [[nodiscard]] ast::Expr* strings();
  [[nodiscard]] ast::Expr* parenthesized();
  [[nodiscard]] ast::Expr* list_display();
  [[nodiscard]] ast::Expr* dict_or_set();
  [[nodiscard]] ast::Expr* rest_of_dict(const Token& first, ast::Expr* key);
  [[nodiscard]] ast::Expr* rest_of_set(const Token& first, ast::Expr* element);
  [[nodiscard]] bool is_comprehension() const noexcept;
  [[nodiscard]] ast::NodeList<ast::Comprehension> comprehensions();
  [[nodiscard]] Exprs comprehension_ifs();
  void star_named_expressions(Items<ast::Expr>& into, TokenType closing);

  // ---- Calls (parse_calls.cpp) ----
  [[nodiscard]] ast::Expr* call(const Token& first, ast::Expr* function);
  struct ArgumentLists {
    Exprs args;
    ast::NodeList<ast::Keyword> keywords;
  };
  /// Up to a closing parenthesis, which is taken too. `read_already`: a first positional argument, or null.
  [[nodiscard]] ArgumentLists arguments(ast::Expr* read_already);
  [[nodiscard]] bool begins_keyword_argument() const noexcept;

  // ---- Targets (parse_targets.cpp) ----
  [[nodiscard]] ast::Expr* star_targets();
  [[nodiscard]] ast::Expr* star_target();
  /// Makes an expression a target, or fails.
  void set_context(ast::Expr* target, ast::ExprContext context) const;
  /// Expressions that can all be assigned to.
  [[nodiscard]] ast::Expr* assignment_target();
  [[nodiscard]] static bool is_single_target(const ast::Expr* target) noexcept;

  // ---- Patterns (parse_patterns.cpp) ----
  [[nodiscard]] bool begins_match();
  [[nodiscard]] ast::Stmt* match_statement();
  [[nodiscard]] ast::Expr* subject();
  [[nodiscard]] ast::MatchCase* case_block();
  [[nodiscard]] ast::Pattern* patterns();
  [[nodiscard]] ast::Pattern* pattern();
  [[nodiscard]] ast::Pattern* or_pattern();
  [[nodiscard]] ast::Pattern* closed_pattern();
  [[nodiscard]] ast::Pattern* star_pattern();
  void sequence_items(Items<ast::Pattern>& into, TokenType closing);
  [[nodiscard]] ast::Pattern* sequence_in_parentheses();
  [[nodiscard]] ast::Pattern* sequence_in_brackets();
  [[nodiscard]] ast::Pattern* mapping_pattern();
  [[nodiscard]] ast::Pattern* name_pattern();
  [[nodiscard]] ast::Expr* dotted_value();
  [[nodiscard]] ast::Pattern* class_pattern(const Token& first, ast::Expr* cls);
  [[nodiscard]] ast::Identifier capture_target();
  [[nodiscard]] ast::Expr* number_in_pattern();
  [[nodiscard]] ast::Expr* signed_number();
  [[nodiscard]] ast::Expr* literal_in_pattern();

  static constexpr int kMaxDepth = 6000;

  const ParseContext& context_;
  const Source& source_;
  Arena& arena_;
  const Token* begin_;
  const Token* at_;
  const Token* looked_at_ = nullptr;  ///< where it looked farther than it went
  const Token* last_match_ = nullptr;
  std::size_t first_doubtful_ = 0;
  bool has_doubtful_ = false;
  Mistakes* mistakes_ = nullptr;  ///< while they are looked for
  int depth_ = 0;
  std::vector<void*> items_;
};

}  // namespace ouro::script
