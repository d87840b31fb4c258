// The text form of a graph.
//
//   graph     = { word }                                    white space divides words; # begins a comment
//   word      = name                                        a node
//             | ("root" | name) "->" name { "->" name }     references, each from one to the next
//             | name "~>" name                              a weak reference, the first node, to a target, the second
//             | name "." attribute
//   attribute = "node" | "instance" | "list" | "dict"       what the node is
//             | "finalizer" [ "=" operations ]              it has a finalizer, which does this
//             | "callback" "=" operations                   what the weak reference's callback does
//             | "weak" [ "=" operations ]                   short for  name_weak~>name root->name_weak  and its callback
#include <ouro/testing/detail/books.h>
#include <ouro/testing/detail/words.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::testing {

namespace {

using detail::GraphBooks;
using detail::Word;
using detail::WordCursor;

constexpr std::size_t kNone = SIZE_MAX;

/// A node as the text describes it.
struct Draft {
  std::string name;
  NodeSpec spec{};
  std::size_t holds = 0;
  std::size_t target = kNone;  ///< of a weak reference
};

/// The whole text, read before anything is made.
class Reader {
 public:
  struct Edge {
    std::size_t from, to;
  };

  explicit Reader(std::size_t width) : width_(width) {}

  void read(std::string_view text) {
    for (const Word& word : detail::split_words(text)) read_word(word);
  }

  std::vector<Draft> nodes;
  std::vector<Edge> edges;

 private:
  void read_word(const Word& word);
  void read_arrows(WordCursor& cursor, std::string_view first);
  void read_attribute(WordCursor& cursor, std::string_view name);
  void add_weak(WordCursor& cursor, std::size_t reference, std::size_t target);
  void add_edge(WordCursor& cursor, std::size_t from, std::size_t to);
  [[nodiscard]] std::size_t find(std::string_view name);

  std::size_t width_;
};

std::size_t Reader::find(std::string_view name) {
  const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const Draft& node) { return node.name == name; });
  if (found != nodes.end()) return static_cast<std::size_t>(found - nodes.begin());
  nodes.push_back({std::string(name)});
  return nodes.size() - 1;
}

void Reader::read_word(const Word& word) {
  WordCursor cursor(word);
  const std::string_view first = cursor.name();
  if (first == "self") cursor.fail("'self' is no name for a node");
  if (cursor.take(".")) {
    read_attribute(cursor, first);
  } else if (cursor.take("~>")) {
    const std::size_t reference = find(first);
    add_weak(cursor, reference, find(cursor.name()));
  } else if (!cursor.at_end()) {
    read_arrows(cursor, first);
  } else if (first == "root") {
    cursor.fail("'->' is missing behind 'root'");
  } else {
    static_cast<void>(find(first));
  }
  cursor.expect_end();
}

void Reader::read_arrows(WordCursor& cursor, std::string_view first) {
  std::size_t from = first == "root" ? kNone : find(first);
  while (!cursor.at_end()) {
    if (!cursor.take("->")) cursor.fail("'->', '~>' or '.' is missing");
    const std::string_view name = cursor.name();
    if (name == "root") cursor.back_to(name), cursor.fail("nothing refers to 'root'");
    const std::size_t to = find(name);
    if (from == kNone) {
      ++nodes[to].holds;
    } else {
      add_edge(cursor, from, to);
    }
    from = to;
  }
}

void Reader::add_edge(WordCursor& cursor, std::size_t from, std::size_t to) {
  const auto places = std::count_if(edges.begin(), edges.end(), [&](const Edge& edge) { return edge.from == from; });
  if (static_cast<std::size_t>(places) == width_)
    cursor.fail(fmt::format("{} has {} places for references, all taken", nodes[from].name, width_));
  edges.push_back({from, to});
}

void Reader::add_weak(WordCursor& cursor, std::size_t reference, std::size_t target) {
  if (nodes[reference].target != kNone) cursor.fail(fmt::format("{} is a weak reference already", nodes[reference].name));
  nodes[reference].target = target;
  nodes[reference].spec.kind = NodeKind::kWeak;
  if (!nodes[reference].spec.operations) nodes[reference].spec.operations.emplace();
}

void Reader::read_attribute(WordCursor& cursor, std::string_view name) {
  const std::string_view attribute = cursor.name();
  const auto operations = [&] { return cursor.take("=") ? detail::read_operations(cursor) : Operations(); };
  if (attribute == "finalizer" || attribute == "callback") {
    nodes[find(name)].spec.operations = operations();
  } else if (attribute == "weak") {
    const std::size_t target = find(name);
    const std::size_t reference = find(fmt::format("{}_weak", name));
    add_weak(cursor, reference, target);
    ++nodes[reference].holds;
    nodes[reference].spec.operations = operations();
  } else if (const auto kind = detail::kind_named(attribute)) {
    nodes[find(name)].spec.kind = *kind;
  } else {
    cursor.back_to(attribute);
    cursor.fail(fmt::format("'{}' is no attribute of a node", attribute));
  }
}

/// Finds or makes the nodes. Those made here have one handle more than asked for until all edges are there.
class Builder {
 public:
  Builder(Graph& graph, const GraphBooks& books, const Reader& reader) : graph_(graph), books_(books), reader_(reader) {}

  void build() {
    for (const bool weak : {false, true})
      for (std::size_t i = 0; i < reader_.nodes.size(); ++i)
        if ((reader_.nodes[i].target != kNone) == weak) make(i);
    for (const Reader::Edge& edge : reader_.edges) graph_.link(ids_[edge.from], ids_[edge.to]);
    for (std::size_t i = 0; i < reader_.nodes.size(); ++i)
      for (std::size_t held = 0; held < reader_.nodes[i].holds; ++held) graph_.hold(ids_[i]);
    for (std::size_t i = 0; i < reader_.nodes.size(); ++i)
      if (made_[i]) graph_.drop(ids_[i]);
  }

 private:
  void make(std::size_t i) {
    const Draft& node = reader_.nodes[i];
    if (const auto old = books_.find(node.name); old && books_.is_alive(*old)) {
      ids_[i] = *old;
      return;
    }
    made_[i] = true;
    ids_[i] = node.target == kNone ? graph_.make(node.name, node.spec)
                                   : graph_.watch(node.name, ids_[node.target], *node.spec.operations);
  }

  Graph& graph_;
  const GraphBooks& books_;
  const Reader& reader_;
  std::vector<NodeId> ids_ = std::vector<NodeId>(reader_.nodes.size());
  std::vector<bool> made_ = std::vector<bool>(reader_.nodes.size());
};

/// `text` with a word more.
void add(std::string& text, const std::string& word) {
  if (!text.empty()) text += ' ';
  text += word;
}

void write_node(std::string& text, const detail::Record& record) {
  for (std::size_t i = 0; i < record.holds.size(); ++i) add(text, "root->" + record.name);
  const bool acts = record.spec.operations.has_value() && record.calls == 0;
  if (record.is_weak()) {
    if (acts && !record.spec.operations->empty()) add(text, record.name + ".callback=" + text_of(*record.spec.operations));
    return;
  }
  if (record.holds.empty()) add(text, record.name);
  if (record.spec.kind != NodeKind::kNode) add(text, fmt::format("{}.{}", record.name, name_of(record.spec.kind)));
  if (!acts) return;
  const bool silent = record.spec.operations->empty();
  add(text, fmt::format("{}.finalizer{}{}", record.name, silent ? "" : "=", silent ? "" : text_of(*record.spec.operations)));
}

}  // namespace

void Graph::build(std::string_view text) {
  Reader reader(books_->width());
  reader.read(text);
  Builder(*this, *books_, reader).build();
}

// What the objects say, not the books. A weak reference that has called back cannot be built again and is left out.
std::string detail::GraphBooks::text() const {
  std::string text;
  for (const bool weak : {false, true})
    for (const Record& record : records_)
      if (record.mark != nullptr && record.is_weak() == weak) write_node(text, record);
  for (const Record& record : records_) {
    if (record.mark == nullptr) continue;
    if (record.is_weak()) {
      const Object* const target = static_cast<const WeakRef&>(*record.object).target;
      if (target != nullptr) add(text, fmt::format("{}~>{}", record.name, at(node_of(*target)).name));
      continue;
    }
    for (std::size_t place = 0; place < record.edges.size(); ++place) {
      const Object* const target = target_at(record, place);
      const NodeId found = target == nullptr ? kNobody : node_of(*target);
      if (found != kNobody && at(found).mark != nullptr) add(text, fmt::format("{}->{}", record.name, at(found).name));
    }
  }
  return text;
}

}  // namespace ouro::testing
