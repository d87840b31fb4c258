// Reads and writes the operations on a graph.
#include <ouro/testing/detail/words.h>
#include <ouro/testing/operations.h>

#include <fmt/format.h>

#include <array>

namespace ouro::testing {

namespace {

using detail::WordCursor;

/// What a verb takes behind it.
enum class Shape : std::uint8_t { kNone, kName, kTwoNames, kNumber, kPlan, kWatch };

struct VerbRow {
  std::string_view name;
  Verb verb;
  Shape shape;
};
constexpr std::array kVerbs{
    VerbRow{"make", Verb::kMake, Shape::kPlan},           VerbRow{"watch", Verb::kWatch, Shape::kWatch},
    VerbRow{"link", Verb::kLink, Shape::kTwoNames},       VerbRow{"unlink", Verb::kUnlink, Shape::kTwoNames},
    VerbRow{"hold", Verb::kHold, Shape::kName},           VerbRow{"drop", Verb::kDrop, Shape::kName},
    VerbRow{"clear", Verb::kClear, Shape::kName},         VerbRow{"collect", Verb::kCollect, Shape::kNumber},
    VerbRow{"allocate", Verb::kAllocate, Shape::kNumber}, VerbRow{"throw", Verb::kThrow, Shape::kNone},
};
constexpr std::array<std::string_view, 5> kKinds{"node", "instance", "list", "dict", "weak"};

const VerbRow& row_of(Verb verb) noexcept { return kVerbs[static_cast<std::size_t>(verb)]; }

std::string read_argument(WordCursor& cursor) {
  if (!cursor.take(":")) cursor.fail("':' and a name are missing");
  return std::string(cursor.name());
}

NodeSpec read_spec(WordCursor& cursor) {
  NodeSpec spec;
  do {
    const std::string_view word = cursor.name();
    if (word == "finalizer") {
      spec.operations.emplace();
      if (cursor.take("=")) spec.operations = read_operations(cursor);
    } else if (const auto kind = detail::kind_named(word)) {
      spec.kind = *kind;
    } else {
      cursor.back_to(word);
      cursor.fail(fmt::format("'{}' is no kind of node", word));
    }
  } while (cursor.take(":"));
  return spec;
}

NodeSpec read_callback(WordCursor& cursor) {
  NodeSpec spec{NodeKind::kWeak, Operations()};
  if (cursor.take(":callback=")) spec.operations = read_operations(cursor);
  return spec;
}

void read_arguments(WordCursor& cursor, Shape shape, Operation& operation) {
  switch (shape) {
    case Shape::kNone:
      return;
    case Shape::kNumber:
      operation.number = operation.verb == Verb::kCollect ? 2 : 1;
      if (cursor.take(":")) operation.number = cursor.number();
      if (operation.verb == Verb::kCollect && operation.number > 2) cursor.fail("there are generations 0, 1 and 2");
      return;
    case Shape::kName:
      operation.first = read_argument(cursor);
      return;
    case Shape::kTwoNames:
    case Shape::kWatch:
      operation.first = read_argument(cursor);
      operation.second = read_argument(cursor);
      if (shape == Shape::kWatch) operation.spec = read_callback(cursor);
      return;
    case Shape::kPlan:
      operation.first = read_argument(cursor);
      if (cursor.take(":")) operation.spec = read_spec(cursor);
  }
}

template <class Read>
auto read_whole(std::string_view text, Read read) {
  const std::vector<detail::Word> words = detail::split_words(text);
  WordCursor cursor(words.empty() ? detail::Word{} : words.front());
  auto result = read(cursor);
  cursor.expect_end();
  if (words.size() > 1) WordCursor(words[1]).expect_end();
  return result;
}

}  // namespace

namespace detail {

std::optional<NodeKind> kind_named(std::string_view name) noexcept {
  for (std::size_t i = 0; i < static_cast<std::size_t>(NodeKind::kWeak); ++i)
    if (kKinds[i] == name) return static_cast<NodeKind>(i);
  return std::nullopt;
}

Operation read_operation(WordCursor& cursor) {
  const std::string_view word = cursor.letters();
  if (word == "resurrect") return {Verb::kHold, "self"};
  for (const VerbRow& row : kVerbs) {
    if (row.name != word) continue;
    Operation operation{row.verb};
    read_arguments(cursor, row.shape, operation);
    return operation;
  }
  cursor.back_to(word);
  cursor.fail(word.empty() ? "an operation is missing" : fmt::format("'{}' is no operation", word));
}

Operations read_operations(WordCursor& cursor) {
  Operations operations;
  do operations.push_back(read_operation(cursor));
  while (cursor.take(","));
  return operations;
}

}  // namespace detail

Operations parse_operations(std::string_view text) { return read_whole(text, detail::read_operations); }

NodeSpec parse_spec(std::string_view text) { return read_whole(text, read_spec); }

std::string_view name_of(NodeKind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)]; }

std::string text_of(const NodeSpec& spec) {
  if (!spec.operations) return std::string(name_of(spec.kind));
  std::string text = spec.kind == NodeKind::kNode ? "" : fmt::format("{}:", name_of(spec.kind));
  text += "finalizer";
  return spec.operations->empty() ? text : text + "=" + text_of(*spec.operations);
}

std::string text_of(const Operation& operation) {
  const VerbRow& row = row_of(operation.verb);
  if (operation.verb == Verb::kHold && operation.first == "self") return "resurrect";
  switch (row.shape) {
    case Shape::kNone:
      return std::string(row.name);
    case Shape::kNumber:
      return fmt::format("{}:{}", row.name, operation.number);
    case Shape::kName:
      return fmt::format("{}:{}", row.name, operation.first);
    case Shape::kTwoNames:
      return fmt::format("{}:{}:{}", row.name, operation.first, operation.second);
    case Shape::kWatch: {
      const bool acts = operation.spec.operations && !operation.spec.operations->empty();
      return fmt::format("watch:{}:{}{}{}", operation.first, operation.second, acts ? ":callback=" : "",
                         acts ? text_of(*operation.spec.operations) : "");
    }
    case Shape::kPlan:
      break;
  }
  const std::string spec = text_of(operation.spec);
  return spec == "node" ? "make:" + operation.first : fmt::format("make:{}:{}", operation.first, spec);
}

std::string text_of(const Operations& operations) {
  std::string text;
  for (const Operation& operation : operations) text += (text.empty() ? "" : ",") + text_of(operation);
  return text;
}

}  // namespace ouro::testing
