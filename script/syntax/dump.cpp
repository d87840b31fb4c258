// A stack of what is still to be written stands in for recursion.
#include <ouro/script/syntax/dump.h>
#include <ouro/script/syntax/visit.h>

#include <boost/container/small_vector.hpp>
#include <fmt/format.h>

#include <algorithm>
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

/// Whether ast.dump leaves an optional field out: it is None.
template <class Field>
bool is_left_out(const Field& field) {
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

  /// What is done with the fields of one C++ type.
  struct FieldType {
    bool (*is_left_out)(const void* field);
    bool (*is_simple)(const Dumper& dumper, const void* field);
    void (*put)(const Dumper& dumper, Parts& parts, const void* field, int level);
  };
  template <class Type>
  static const Type& as(const void* field) {
    return *static_cast<const Type*>(field);
  }
  struct Field {
    std::string_view name;
    const void* value;
    const FieldType* type;
  };
  using Fields = boost::container::small_vector<Field, 8>;

  /// The fields that ast.dump writes. From here on a field's type is data: there are twenty, but seventy types of nodes.
  [[nodiscard]] static Fields fields_of(const ast::Node& node) {
    Fields fields;
    ast::visit(node, [&fields](const auto& concrete) {
      concrete.each_field([&fields]<class Type>(std::string_view name, const Type& field, bool is_optional) {
        if (!is_optional || !kFieldType<Type>.is_left_out(&field)) fields.push_back({name, &field, &kFieldType<Type>});
      });
    });
    return fields;
  }

  [[nodiscard]] bool shows_place(const ast::Node& node) const { return options_.include_attributes && has_place(node); }

  [[nodiscard]] bool has_arguments(const ast::Node& node) const { return shows_place(node) || !fields_of(node).empty(); }

  /// What ast.dump calls simple: no node with arguments and no list with items.
  template <class Type>
  [[nodiscard]] bool is_simple(const Type& field) const {
    if constexpr (kIsNode<Type>) {
      return field == nullptr || !has_arguments(*field);
    } else if constexpr (kIsList<Type> && !kIsText<Type>) {
      return field.empty();
    } else {
      return true;
    }
  }

  void begin_node(const ast::Node& node, int level) {
    ++level;
    const Fields fields = fields_of(node);
    const std::size_t count = fields.size() + (shows_place(node) ? 4 : 0);
    const bool is_one_line =
        !options_.indent ||
        (count <= 3 && std::ranges::all_of(fields, [&](const Field& f) { return f.type->is_simple(*this, f.value); }));
    Parts parts;
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
    for (const Field& field : fields) {
      begin_field(field.name);
      field.type->put(*this, parts, field.value, level);
    }
    if (shows_place(node)) put_place(begin_field, parts, static_cast<const ast::LocatedNode&>(node).span);
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

  template <class Type>
  void put(Parts& parts, const Type& field, int level) const {
    if constexpr (kIsNode<Type>) {
      if (field != nullptr) return parts.node(*field, level);
      parts.text("None");
    } else if constexpr (kIsText<Type>) {
      parts.text(ast::is_absent(field) ? "None" : repr_of(field));
    } else if constexpr (kIsList<Type>) {
      put_list(parts, field, level + 1);
    } else if constexpr (std::is_enum_v<Type>) {
      parts.text(ast::name_of(field));
      parts.text("()");
    } else if constexpr (std::is_same_v<Type, ast::Value>) {
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

  template <class Type>
  static const FieldType kFieldType;

  const DumpOptions& options_;
  std::vector<Step> steps_;
  std::string result_;
};

template <class Type>
const Dumper::FieldType Dumper::kFieldType{
    [](const void* field) { return ouro::script::is_left_out(as<Type>(field)); },
    [](const Dumper& dumper, const void* field) { return dumper.is_simple(as<Type>(field)); },
    [](const Dumper& dumper, Parts& parts, const void* field, int level) { dumper.put(parts, as<Type>(field), level); }};

}  // namespace

std::string dump(const ast::Node& node, const DumpOptions& options) { return Dumper(options).run(node); }

}  // namespace ouro::script
