// A graph of named objects: making, linking and dropping nodes, and what is known of them.
#include <ouro/runtime/runtime.h>
#include <ouro/testing/detail/books.h>
#include <ouro/testing/graph.h>
#include <ouro/testing/oracle.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::testing {

namespace {

using detail::GraphBooks;
using detail::kNobody;

/// The name of a living node, or a Failure.
const std::string& expect_alive(const GraphBooks& books, NodeId node) {
  if (!books.is_alive(node)) throw Failure(fmt::format("{} is dead", books.at(node).name));
  return books.at(node).name;
}

void note(GraphBooks& books, Operation operation) {
  if (books.recorder != nullptr) books.recorder->push_back(std::move(operation));
}

void expect_free(const GraphBooks& books, std::string_view name) {
  if (name == "root" || name == "self") throw Failure(fmt::format("'{}' is no name for a node", name));
  if (const auto old = books.find(name); old && books.is_alive(*old)) throw Failure(fmt::format("{} exists", name));
}

}  // namespace

Graph::Graph(Runtime& rt, std::size_t width) : books_(make_owned<GraphBooks>(rt, width)) {}

Graph::Graph(Runtime& rt, std::string_view text, std::size_t width) : Graph(rt, width) { build(text); }

Graph::~Graph() {
  Runtime& rt = runtime();
  books_.reset();
  rt.gc().collect();
}

NodeId Graph::make(std::string_view name, const NodeSpec& spec) {
  expect_free(*books_, name);
  if (spec.operations && spec.kind > NodeKind::kInstance)
    throw Failure(fmt::format("{}: a {} has no finalizer", name, name_of(spec.kind)));
  note(*books_, {.verb = Verb::kMake, .first = std::string(name), .spec = spec});
  return books_->make(name, spec);
}

NodeId Graph::watch(std::string_view name, NodeId target, const Operations& operations) {
  expect_free(*books_, name);
  const std::string& watched = expect_alive(*books_, target);
  const NodeKind kind = books_->at(target).spec.kind;
  if (kind > NodeKind::kInstance) throw Failure(fmt::format("{}: no weak reference to a {}", watched, name_of(kind)));
  const NodeSpec spec{NodeKind::kWeak, operations};
  note(*books_, {.verb = Verb::kWatch, .first = std::string(name), .second = watched, .spec = spec});
  return books_->watch(name, target, spec);
}

void Graph::link(NodeId from, NodeId to) {
  const std::string& source = expect_alive(*books_, from);
  note(*books_, {.verb = Verb::kLink, .first = source, .second = expect_alive(*books_, to)});
  if (!books_->link(from, to)) throw Failure(fmt::format("{} has no place left", source));
}

void Graph::unlink(NodeId from, NodeId to) {
  const std::string& source = expect_alive(*books_, from);
  note(*books_, {.verb = Verb::kUnlink, .first = source, .second = books_->at(to).name});
  if (!books_->unlink(from, to)) throw Failure(fmt::format("{} does not refer to {}", source, books_->at(to).name));
}

void Graph::hold(NodeId node) {
  note(*books_, {.verb = Verb::kHold, .first = expect_alive(*books_, node)});
  books_->hold(node);
}

void Graph::drop(NodeId node) {
  note(*books_, {.verb = Verb::kDrop, .first = books_->at(node).name});
  if (!books_->drop(node)) throw Failure(fmt::format("there is no handle to {}", books_->at(node).name));
}

void Graph::clear(NodeId node) {
  note(*books_, {.verb = Verb::kClear, .first = expect_alive(*books_, node)});
  books_->clear(node);
}

std::size_t Graph::collect(int generation) {
  note(*books_, {.verb = Verb::kCollect, .number = static_cast<std::uint32_t>(generation)});
  const std::size_t answer = books_->collect(generation);
  books_->rethrow();
  return answer;
}

bool Graph::apply(const Operation& operation) {
  note(*books_, operation);
  const bool done = books_->perform(operation, kNobody);
  books_->rethrow();
  return done;
}

void Graph::run(const Operations& operations) {
  for (const Operation& operation : operations) static_cast<void>(books_->perform(operation, kNobody));
  books_->rethrow();
}

void Graph::set_finalizer(NodeId node, Operations operations) {
  detail::Record& record = books_->at(node);
  if (record.is_weak() || !record.spec.operations) throw Failure(fmt::format("{} has no finalizer", record.name));
  record.spec.operations = std::move(operations);
}

void Graph::forget() { books_->forget(); }

void Graph::compare_with_oracle(bool on) noexcept { books_->asks_oracle = on; }

void Graph::record(Operations* operations) noexcept { books_->recorder = operations; }

NodeId Graph::id(std::string_view name) const {
  if (const auto found = books_->find(name)) return *found;
  throw Failure(fmt::format("there is no node '{}'", name));
}

std::string_view Graph::name(NodeId node) const { return books_->at(node).name; }

bool Graph::is_alive(NodeId node) const { return books_->is_alive(node); }

std::size_t Graph::calls(NodeId node) const { return books_->at(node).calls; }

std::size_t Graph::holds(NodeId node) const { return books_->at(node).holds.size(); }

Object* Graph::object(NodeId node) const { return is_alive(node) ? books_->at(node).object : nullptr; }

std::vector<std::string> Graph::unreachable(int generation) const {
  std::vector<const Object*> objects;
  for (const Object* const object : testing::unreachable(runtime(), generation)) objects.push_back(object);
  std::vector<std::string> names;
  for (const detail::Record& record : books_->records())
    if (record.mark != nullptr && std::find(objects.begin(), objects.end(), record.object) != objects.end())
      names.push_back(record.name);
  return names;
}

std::vector<std::string> Graph::alive() const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < books_->records().size(); ++i)
    if (is_alive(static_cast<NodeId>(i))) names.push_back(books_->records()[i].name);
  return names;
}

const std::vector<Event>& Graph::events() const noexcept { return books_->events; }

void Graph::forget_events() noexcept { books_->events.clear(); }

std::string Graph::text() const { return books_->text(); }

void Graph::check() const { books_->check(); }

Runtime& Graph::runtime() const noexcept { return books_->runtime(); }

}  // namespace ouro::testing
