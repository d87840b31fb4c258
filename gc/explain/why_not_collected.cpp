// Finds the reasons why a collection did not free an object.
#include <ouro/gc/explain/edge_names.h>
#include <ouro/gc/explain/heap_graph.h>
#include <ouro/gc/explain/why_not_collected.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ouro::gc {

namespace {

using Node = HeapGraph::Node;

/// Looks for the reasons, one after the other.
class Inquiry {
 public:
  Inquiry(const Collector& collector, const Object& object, std::uint32_t asking)
      : collector_(collector), object_(object), graph_(collector.heap()), node_(graph_.find(&object)), asking_(asking) {}

  NotCollectedReport answer() {
    describe_object();
    describe_collector();
    if (node_ == HeapGraph::kNone) {
      report_.alive = why_alive(graph_, object_);
      note(Reason::kImmortal);
      return std::move(report_);
    }
    describe_references();
    if (!find_what_holds()) find_what_delays();
    return std::move(report_);
  }

 private:
  void note(Reason reason) { report_.reasons.push_back(reason); }

  void describe_object() {
    report_.type = object_.type->name;
    report_.address = &object_;
    report_.count = object_.refcount;
    report_.is_tracked = collector_.is_tracked(object_);
    report_.is_frozen = collector_.is_frozen(object_);
    report_.is_finalized = Collector::is_finalized(object_);
    report_.generation = collector_.generation_of(object_);
  }

  void describe_collector() {
    const Generations& generations = collector_.generations();
    report_.last_generation = collector_.last_report().generation;
    report_.is_enabled = collector_.is_enabled();
    report_.thresholds = collector_.thresholds();
    report_.counts = collector_.counts();
    report_.long_lived_pending = generations.long_lived_pending();
    report_.long_lived_total = generations.long_lived_total();
    report_.postponed = generations.quarter_rule_postpones();
  }

  void describe_references() {
    report_.edges_seen = graph_.seen(node_);
    report_.asking = std::min(asking_, graph_.from_outside(node_));
    report_.from_outside = graph_.from_outside(node_) - report_.asking;
    report_.holders = describe_holders(graph_, node_);
    report_.alive = why_alive(graph_, object_, asking_);
  }

  /// True if something that lives does. What the last collection brought back is told in either case.
  bool find_what_holds() {
    const bool lives = report_.alive.root == Root::kHandle || report_.alive.root == Root::kImmortal;
    if (report_.from_outside != 0) note(Reason::kHeld);
    if (lives && report_.alive.path.size() > 1) note(Reason::kReachable);
    if (lives && report_.reasons.empty()) note(Reason::kImmortal);
    if (was_resurrected()) note(Reason::kResurrected);
    return lives;
  }

  // An entry stands for the object that lives there now, unless a younger one has taken its address: survivors of a
  // collection are not in generation 0.
  bool was_resurrected() {
    if (report_.generation <= 0) return false;
    const auto& all = collector_.last_resurrections();
    const auto found = std::ranges::find(all, static_cast<const void*>(&object_), &Resurrection::object);
    if (found == all.end()) return false;
    report_.resurrected_with = found->root == &object_ ? "itself" : name_if_alive(found->root);
    return true;
  }

  std::string name_if_alive(const void* address) const {
    const Node node = graph_.find(address);
    return node == HeapGraph::kNone ? "an object that is gone" : name_and_address(graph_.object(node).type->name, address);
  }

  void find_what_delays() {
    if (graph_.is_dying(node_)) return note(Reason::kDying);
    if (!object_.type->has(kContainerType)) note(Reason::kAtom);
    if (report_.is_frozen) return note(Reason::kFrozen);
    find_holder(Reason::kFrozen, [&](const Object& other) { return collector_.is_frozen(other); });
    find_passed_over_spots();
    find_what_postpones();
  }

  void find_passed_over_spots() {
    const bool is_container = object_.type->has(kContainerType);
    if (object_.type->has(kLegacyFinalizerType)) note(Reason::kLegacyFinalizer);
    find_holder(Reason::kLegacyFinalizer, [](const Object& other) { return other.type->has(kLegacyFinalizerType); });
    if (!report_.is_tracked && is_container) note(Reason::kUntracked);
    find_holder(Reason::kUntrackedHolder,
                [&](const Object& other) { return other.type->has(kContainerType) && !collector_.is_tracked(other); });
    if (report_.last_generation < 0) return;
    if (report_.generation > report_.last_generation) return note(Reason::kOlder);
    find_holder(Reason::kOlderHolder,
                [&](const Object& other) { return collector_.generation_of(other) > report_.last_generation; });
  }

  /// Looks among the dead for one that `is_passed_over` holds for and that leads to the object.
  template <class P>
  void find_holder(Reason reason, const P& is_passed_over) {
    std::vector<Node> roots = graph_.roots();
    std::erase(roots, node_);
    const std::vector<bool> lives = graph_.reachable_from(roots);
    std::vector<Node> passed_over;
    for (Node node = 0; node < graph_.size(); ++node)
      if (node != node_ && !lives[node] && is_passed_over(graph_.object(node))) passed_over.push_back(node);
    const std::vector<Node> path = graph_.shortest_path(passed_over, node_);
    if (path.empty()) return;
    note(reason);
    if (report_.holder.empty()) report_.holder = describe_path(graph_, path);
  }

  void find_what_postpones() {
    if (!report_.is_enabled || report_.thresholds[0] == 0) return note(Reason::kDisabled);
    const bool is_old = report_.generation == kOldest;
    if (is_old && report_.postponed) return note(Reason::kPostponed);
    note(Reason::kNotDue);
  }

  const Collector& collector_;
  const Object& object_;
  const HeapGraph graph_;
  const Node node_;
  const std::uint32_t asking_;
  NotCollectedReport report_;
};

std::string references(std::uint32_t number) { return fmt::format("{} reference{}", number, number == 1 ? "" : "s"); }

std::string list_of(const NotCollectedReport& report) {
  std::string text;
  for (const PathStep& step : report.holders) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", step.type, step.edge);
  if (report.edges_seen > report.holders.size()) text += ", ...";
  return text.empty() ? text : " (" + text + ")";
}

std::string with_numbers(const NotCollectedReport& report, Reason reason) {
  const auto name = name_of(reason);
  const auto& [young, middle, old] = report.thresholds;
  switch (reason) {
    case Reason::kHeld:
      return fmt::format("{}: {} that no object accounts for", name, references(report.from_outside));
    case Reason::kReachable:
      return fmt::format("{}: {}", name, report.alive.summary());
    case Reason::kResurrected:
      return fmt::format("{}, which made {} reachable", name, *report.resurrected_with);
    case Reason::kFrozen:
    case Reason::kLegacyFinalizer:
      return fmt::format("{}{}{}", name, report.holder.empty() ? "" : ": ", to_text(report.holder));
    case Reason::kUntrackedHolder:
    case Reason::kOlderHolder:
      return fmt::format("{}: {}", name, to_text(report.holder));
    case Reason::kOlder:
      return fmt::format("{}: it is in generation {}, the last collection was of generation {}", name, report.generation,
                         report.last_generation);
    case Reason::kPostponed:
      return fmt::format("{}: {} objects are new among the old, a quarter of {} is needed", name, report.long_lived_pending,
                         report.long_lived_total);
    case Reason::kNotDue:
      return fmt::format("{}: counts {}, {}, {} of thresholds {}, {}, {}", name, report.counts[0], report.counts[1],
                         report.counts[2], young, middle, old);
    default:
      return std::string(name);
  }
}

}  // namespace

std::string_view name_of(Reason reason) noexcept {
  constexpr std::array<std::string_view, 15> kNames{
      "it never dies",
      "held from outside",
      "reachable",
      "brought back by a finalizer of the last collection",
      "its teardown has begun",
      "no container, so only its count can free it",
      "frozen",
      "a legacy finalizer (__tp_del__) is in the way",
      "not tracked, so the collector does not see it",
      "led to by an object that is not tracked",
      "of an older generation than the last collection",
      "led to by an object of an older generation than the last collection",
      "automatic collection is off",
      "a full collection is postponed by the quarter rule",
      "no collection is due",
  };
  static_assert(kNames.size() == static_cast<std::size_t>(Reason::kNotDue) + 1);
  return kNames[static_cast<std::size_t>(reason)];
}

NotCollectedReport why_not_collected(const Collector& collector, const Object& object, std::uint32_t asking) {
  return Inquiry(collector, object, asking).answer();
}

std::string NotCollectedReport::summary() const {
  if (count >= kImmortalCount) return fmt::format("{}: {}", type, name_of(Reason::kImmortal));
  const std::string asked = asking == 0 ? "" : fmt::format(" and {} of who asks", asking);
  return fmt::format("count {}, {} edge{} seen{}, {} from outside{}: {}", count, edges_seen, edges_seen == 1 ? "" : "s",
                     list_of(*this), references(from_outside), asked, name_of(reasons.front()));
}

std::string NotCollectedReport::to_text() const {
  std::string text = fmt::format("{}: {}\n", name_and_address(type, address), summary());
  for (const Reason reason : reasons) text += "  " + with_numbers(*this, reason) + "\n";
  const std::string age = is_tracked ? fmt::format("tracked, generation {}", generation) : "not tracked";
  text += fmt::format("  {}{}{}; automatic collection {}\n", age, is_finalized ? ", finalized" : "",
                      is_frozen ? ", frozen" : "", is_enabled ? "on" : "off");
  return text;
}

}  // namespace ouro::gc
