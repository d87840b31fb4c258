// Records what became of each node of a graph.
#include <ouro/testing/detail/books.h>
#include <ouro/testing/oracle.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::testing::detail {

GraphBooks::~GraphBooks() {
  forget();
  for (Record& record : records_)
    if (record.mark != nullptr) record.mark->listener = nullptr;
}

NodeId GraphBooks::enter(std::string_view name, const NodeSpec& spec) {
  const auto id = static_cast<NodeId>(records_.size());
  Record& record = records_.emplace_back();
  record.name = name;
  record.spec = spec;
  return id;
}

NodeId GraphBooks::make(std::string_view name, const NodeSpec& spec) {
  const NodeId id = enter(name, spec);
  Record& record = at(id);
  record.edges.assign(types_.width(), kNobody);
  auto [object, mark] = types_.make(spec, *this, id);
  record.object = object.get();
  record.mark = mark;
  record.holds.push_back(std::move(object));
  names_.insert_or_assign(record.name, id);
  return id;
}

NodeId GraphBooks::watch(std::string_view name, NodeId target, const NodeSpec& spec) {
  const NodeId id = enter(name, spec);
  Record& record = at(id);
  const Ref<> watched = Ref<>::share(at(target).object);
  auto [object, mark] = types_.make_weak(*watched, *this, id);
  record.object = object.get();
  record.mark = mark;
  record.holds.push_back(std::move(object));
  names_.insert_or_assign(record.name, id);
  return id;
}

bool GraphBooks::link(NodeId from, NodeId to) {
  Record& record = at(from);
  const auto place = std::find(record.edges.begin(), record.edges.end(), kNobody);
  if (place == record.edges.end()) return false;
  types_.set_place(record.spec.kind, *record.object, static_cast<std::size_t>(place - record.edges.begin()), *at(to).object);
  *place = to;
  return true;
}

// The books first: dropping a reference may run finalizers, which look at them.
bool GraphBooks::unlink(NodeId from, NodeId to) {
  Record& record = at(from);
  const auto place = std::find(record.edges.begin(), record.edges.end(), to);
  if (place == record.edges.end()) return false;
  *place = kNobody;
  const Ref<> alive = Ref<>::share(record.object);
  types_.set_place(record.spec.kind, *alive, static_cast<std::size_t>(place - record.edges.begin()), types_.none());
  return true;
}

void GraphBooks::hold(NodeId node) { at(node).holds.push_back(Ref<>::share(at(node).object)); }

bool GraphBooks::drop(NodeId node) {
  std::vector<Ref<>>& holds = at(node).holds;
  if (holds.empty()) return false;
  const Ref<> last = std::move(holds.back());
  holds.pop_back();
  return true;
}

void GraphBooks::clear(NodeId node) {
  Record& record = at(node);
  const Ref<> alive = Ref<>::share(record.object);
  for (std::size_t place = 0; place < record.edges.size(); ++place) {
    if (record.edges[place] == kNobody) continue;
    record.edges[place] = kNobody;
    types_.set_place(record.spec.kind, *alive, place, types_.none());
  }
}

void GraphBooks::forget() {
  recorder = nullptr;
  for (std::size_t i = 0; i < records_.size(); ++i) {
    Record& record = records_[i];
    record.spec.operations.reset();
    if (record.mark != nullptr && !record.is_weak()) clear(static_cast<NodeId>(i));
    const std::vector<Ref<>> holds = std::move(record.holds);
    record.holds.clear();
  }
  for (const Record& record : records_)
    if (record.mark != nullptr) return;  // somebody else has a handle to it
  records_.clear();
  names_.clear();
  events.clear();
}

std::size_t GraphBooks::collect(int generation) {
  gc::Collector& collector = rt_.collector();
  if (!asks_oracle || collector.is_collecting()) return collector.collect(generation);
  const std::size_t dead = testing::unreachable(rt_, generation).size();
  const std::size_t answer = collector.collect(generation);
  compare(dead, answer);
  return answer;
}

void GraphBooks::compare(std::size_t unreachable, std::size_t answer) {
  const gc::CollectionReport& report = rt_.collector().last_report();
  const bool undisturbed = report.finalized == 0 && report.callbacks == 0;
  if (report.unreachable != unreachable)
    failure_ = fmt::format("the collector found {} objects unreachable, the oracle {}", report.unreachable, unreachable);
  else if (undisturbed && answer != unreachable)
    failure_ = fmt::format("nobody saved any of {} unreachable objects, yet the answer was {}", unreachable, answer);
}

void GraphBooks::finalizing(NodeId node) {
  Record& record = at(node);
  ++record.calls;
  events.push_back({Event::Kind::kFinalized, node});
  if (record.spec.operations) run(Operations(*record.spec.operations), node);
}

void GraphBooks::calling_back(NodeId reference) {
  Record& record = at(reference);
  ++record.calls;
  events.push_back({Event::Kind::kCalledBack, reference});
  if (record.spec.operations) run(Operations(*record.spec.operations), reference);
}

void GraphBooks::died(NodeId node) noexcept {
  Record& record = at(node);
  record.mark = nullptr;
  if (record.is_weak() && record.calls != 0) return;  // it has called back, and dropped its mark
  record.object = nullptr;
  std::fill(record.edges.begin(), record.edges.end(), kNobody);
  events.push_back({Event::Kind::kDied, node});
}

void GraphBooks::run(const Operations& operations, NodeId self) {
  for (const Operation& operation : operations) static_cast<void>(perform(operation, self));
}

bool GraphBooks::perform(const Operation& operation, NodeId self) {
  switch (operation.verb) {
    case Verb::kMake:
    case Verb::kWatch:
      return perform_new(operation, self);
    case Verb::kCollect:
      static_cast<void>(collect(static_cast<int>(operation.number)));
      return true;
    case Verb::kAllocate:
      for (std::uint32_t i = 0; i < operation.number; ++i) static_cast<void>(rt_.list());
      return true;
    case Verb::kThrow:
      raise(ErrorKind::kRuntimeError, "thrown by an operation");
    default:
      break;
  }
  const auto resolve = [&](const std::string& name) { return name == "self" ? self : find(name).value_or(kNobody); };
  const NodeId first = resolve(operation.first);
  if (first == kNobody) return false;
  if (operation.verb == Verb::kDrop) return drop(first);
  return can_reach(first, self) && perform_on(operation, self, first, resolve(operation.second));
}

bool GraphBooks::perform_on(const Operation& operation, NodeId self, NodeId first, NodeId second) {
  switch (operation.verb) {
    case Verb::kLink:
      return second != kNobody && can_reach(second, self) && link(first, second);
    case Verb::kUnlink:
      return second != kNobody && unlink(first, second);
    case Verb::kHold:
      hold(first);
      return true;
    default:
      clear(first);
      return true;
  }
}

bool GraphBooks::perform_new(const Operation& operation, NodeId self) {
  const std::optional<NodeId> old = find(operation.first);
  if (old && is_alive(*old)) return false;
  if (operation.verb == Verb::kMake) {
    make(operation.first, operation.spec);
    return true;
  }
  const NodeId target = operation.second == "self" ? self : find(operation.second).value_or(kNobody);
  if (target == kNobody || !can_reach(target, self) || at(target).spec.kind > NodeKind::kInstance) return false;
  watch(operation.first, target, operation.spec);
  return true;
}

}  // namespace ouro::testing::detail
