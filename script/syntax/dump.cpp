// A stack of what is still to be written stands in for recursion.
#include <ouro/script/syntax/dump.h>
#include <ouro/script/syntax/visit.h>

#include <fmt/format.h>

#include <type_traits>
#include <utility>
#include <vector>

namespace ouro::script {

namespace {

template <class Field>
inline constexpr bool kIsNode = ast::detail::kIsNodePointer<Field>;
template <class Field>
inline constexpr bool kIsText = std::is_same_v<Field, std::string_view>;
template <class Field>
inline constexpr bool kIsList = requires(const Field& field) {
  typename Field::element_type;
};

/// Whether ast.dump leaves a field out: it is optional and None.
template <class Field>
bool is_left_out(const Field& field, bool is_optional) {
  if (!is_optional) return false;
  if constexpr (kIsNode<Field>) {
    return field == nullptr;
  } else if constexpr (kIsText<Field>) {
    return ast::is_absent(field);
  } else {
    return false;
  }
}

bool has_place(const ast::Node& node) noexcept {
  return node.kind > ast::Kind::kExpression && node.kind != ast::Kind::kComprehension &&
         node.kind != ast::Kind::kArguments && node.kind != ast::Kind::kWithItem && node.kind != ast::Kind::kMatchCase;
}

class Dumper {
 public:
  explicit Dumper(const DumpOptions& options) : options_(options) {}

  std::string run(const ast::Node& root) {
    steps_.push_back({&root, {}, 0});
    while (!steps_.empty()) {
      const Step step = std::move(steps_.back());
      steps_.pop_back();
      if (step.node != nullptr) {
        begin_node(*step.node, step.level);
      } else {
        result_ += step.text;
      }
    }
    return std::move(result_);
  }

 private:
  /// A node to be written, or text.
  struct Step {
    const ast::Node* node;
    std::string text;
    int level;
  };

  /// The parts of one node, in order. Texts that follow each other become one.
  class Parts {
   public:
    void text(std::string_view piece) {
      if (steps.empty() || steps.back().node != nullptr) steps.push_back({nullptr, {}, 0});
      steps.back().text += piece;
    }
    void node(const ast::Node& child, int level) { steps.push_back({&child, {}, level}); }

    std::vector<Step> steps;
  };

  [[nodiscard]] bool shows_place(const ast::Node& node) const { return options_.include_attributes && has_place(node); }

  [[nodiscard]] bool has_arguments(const ast::Node& node) const {
    if (shows_place(node)) return true;
    bool found = false;
    ast::visit(node, [&found](const auto& concrete) {
      concrete.each_field(
          [&found](std::string_view, const auto& field, bool is_optional) { found |= !is_left_out(field, is_optional); });
    });
    return found;
  }

  /// What ast.dump calls simple: no node with arguments and no list with items.
  template <class Field>
  [[nodiscard]] bool is_simple(const Field& field) const {
    if constexpr (kIsNode<Field>) {
      return field == nullptr || !has_arguments(*field);
    } else if constexpr (kIsList<Field> && !kIsText<Field>) {
      return field.empty();
    } else {
      return true;
    }
  }

  void begin_node(const ast::Node& node, int level) {
    ++level;
    int count = shows_place(node) ? 4 : 0;
    bool is_all_simple = true;
    Parts parts;
    ast::visit(node, [&](const auto& concrete) {
      concrete.each_field([&](std::string_view, const auto& field, bool is_optional) {
        if (is_left_out(field, is_optional)) return;
        ++count;
        is_all_simple = is_all_simple && is_simple(field);
      });
      const bool is_one_line = !options_.indent || (is_all_simple && count <= 3);
      parts.text(ast::name_of(node.kind));
      parts.text("(");
      std::string_view separator = "";
      const auto begin_field = [&](std::string_view name) {
        parts.text(separator);
        separator = is_one_line ? ", " : ",";
        if (!is_one_line) parts.text(line(level));
        parts.text(name);
        parts.text("=");
      };
      concrete.each_field([&](std::string_view name, const auto& field, bool is_optional) {
        if (is_left_out(field, is_optional)) return;
        begin_field(name);
        put(parts, field, level);
      });
      if constexpr (requires { concrete.span; }) {
        if (options_.include_attributes) put_place(begin_field, parts, concrete.span);
      }
    });
    parts.text(")");
    steps_.insert(steps_.end(), std::make_move_iterator(parts.steps.rbegin()), std::make_move_iterator(parts.steps.rend()));
  }

  template <class BeginField>
  static void put_place(const BeginField& begin_field, Parts& parts, const ast::Span& span) {
    const std::pair<std::string_view, std::int32_t> rows[] = {{"lineno", span.lineno},
                                                              {"col_offset", span.col_offset},
                                                              {"end_lineno", span.end_lineno},
                                                              {"end_col_offset", span.end_col_offset}};
    for (const auto& [name, value] : rows) {
      begin_field(name);
      parts.text(fmt::format("{}", value));
    }
  }

  template <class Field>
  void put(Parts& parts, const Field& field, int level) const {
    if constexpr (kIsNode<Field>) {
      if (field != nullptr) return parts.node(*field, level);
      parts.text("None");
    } else if constexpr (kIsText<Field>) {
      parts.text(ast::is_absent(field) ? "None" : repr_of(field));
    } else if constexpr (kIsList<Field>) {
      put_list(parts, field, level + 1);
    } else if constexpr (std::is_enum_v<Field>) {
      parts.text(ast::name_of(field));
      parts.text("()");
    } else if constexpr (std::is_same_v<Field, ast::Value>) {
      parts.text(repr_of(field));
    } else {
      parts.text(fmt::format("{}", field));
    }
  }

  template <class List>
  void put_list(Parts& parts, const List& list, int level) const {
    parts.text("[");
    std::string_view separator = "";
    for (const auto& item : list) {
      parts.text(separator);
      separator = options_.indent ? "," : ", ";
      if (options_.indent) parts.text(line(level));
      put(parts, item, level);
    }
    parts.text("]");
  }

  [[nodiscard]] std::string line(int level) const {
    return "\n" + std::string(static_cast<std::size_t>(*options_.indent * level), ' ');
  }

  const DumpOptions& options_;
  std::vector<Step> steps_;
  std::string result_;
};

}  // namespace

std::string dump(const ast::Node& node, const DumpOptions& options) { return Dumper(options).run(node); }

}  // namespace ouro::script
