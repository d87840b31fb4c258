// What the books say, and whether the objects agree.
#include <ouro/testing/detail/books.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::testing::detail {

std::optional<NodeId> GraphBooks::find(std::string_view name) const {
  const auto found = names_.find(std::string(name));
  return found == names_.end() ? std::nullopt : std::optional(found->second);
}

bool GraphBooks::is_alive(NodeId node) const {
  const Record& record = at(node);
  if (record.mark != nullptr) return true;
  return record.is_weak() && record.object != nullptr && can_reach(node, kNobody);
}

bool GraphBooks::can_reach(NodeId node, NodeId self) const {
  if (at(node).object == nullptr) return false;
  if (node == self || !at(node).holds.empty()) return true;
  ++round_;
  std::vector<NodeId> todo;
  const auto visit = [&](NodeId next) {
    auto& record = const_cast<Record&>(at(next));
    if (record.round == round_ || record.object == nullptr) return;
    record.round = round_;
    todo.push_back(next);
  };
  if (self != kNobody) visit(self);
  for (std::size_t i = 0; i < records_.size(); ++i)
    if (!records_[i].holds.empty()) visit(static_cast<NodeId>(i));
  while (!todo.empty() && at(node).round != round_) {
    const NodeId next = todo.back();
    todo.pop_back();
    for (const NodeId target : at(next).edges)
      if (target != kNobody) visit(target);
  }
  return at(node).round == round_;
}

NodeId GraphBooks::node_of(const Object& object) const {
  for (std::size_t i = 0; i < records_.size(); ++i)
    if (records_[i].object == &object && is_alive(static_cast<NodeId>(i))) return static_cast<NodeId>(i);
  return kNobody;
}

Object* GraphBooks::target_at(const Record& record, std::size_t place) const {
  Object* const target = places_of(record.spec.kind, *record.object)[place];
  return target == nullptr || target == &types_.none() ? nullptr : target;
}

void GraphBooks::rethrow() const {
  if (!failure_.empty()) throw Failure(failure_);
}

void GraphBooks::check() const {
  rethrow();
  std::vector<std::size_t> expected(records_.size());
  for (std::size_t i = 0; i < records_.size(); ++i) {
    const Record& record = records_[i];
    expected[i] += record.holds.size();
    if (record.mark == nullptr) continue;
    for (std::size_t place = 0; place < record.edges.size(); ++place) {
      const NodeId target = record.edges[place];
      Object* const found = target_at(record, place);
      if (target != kNobody) ++expected[static_cast<std::size_t>(target)];
      Object* const told = target == kNobody ? nullptr : at(target).object;
      const bool cleared = target != kNobody && told == nullptr;  // by the collector, and kept alive by a finalizer since
      if (!cleared && found != told)
        throw Failure(fmt::format("{} refers to {} at place {}, but the books say {}", record.name,
                                  static_cast<const void*>(found), place, told == nullptr ? "None" : at(target).name));
    }
  }
  for (std::size_t i = 0; i < records_.size(); ++i)
    if (records_[i].mark != nullptr) check_count(static_cast<NodeId>(i), expected[i]);
}

void GraphBooks::check_count(NodeId node, std::size_t expected) const {
  const Record& record = at(node);
  if (record.object->refcount == expected) return;
  throw Failure(fmt::format("{} has a count of {}, but {} handles and edges lead to it", record.name,
                            record.object->refcount, expected));
}

}  // namespace ouro::testing::detail
