// Reads a plan, and acts at the allocations that it names.
#include <ouro/testing/detail/words.h>
#include <ouro/testing/plan.h>

#include <fmt/format.h>

namespace ouro::testing {

Plan::Plan(Runtime& rt, std::string_view text) : Plan(rt, nullptr, text) {}

Plan::Plan(Graph& graph, std::string_view text) : Plan(graph.runtime(), &graph, text) {}

Plan::Plan(Runtime& rt, Graph* graph, std::string_view text) : rt_(rt), graph_(graph) {
  read(text);
  if (!listed_.empty()) take_over();
}

Plan::~Plan() {
  rt_.heap().memory.faults().clear();
  if (collector_ == nullptr) return;
  rt_.heap().install(*collector_);
  rt_.collector().set_stress(was_stressed_);
  if (!was_enabled_) rt_.gc().disable();
}

// The finalizers last: they are the only words that act at once, and a wrong word behind them must not leave them changed.
void Plan::read(std::string_view text) {
  std::vector<std::pair<NodeId, Operations>> finalizers;
  std::uint64_t fail_at = 0, fail_row = 0;
  for (const detail::Word& word : detail::split_words(text)) {
    detail::WordCursor cursor(word);
    const std::string_view name = cursor.name();
    if (cursor.take(".finalizer=")) {
      if (graph_ == nullptr) cursor.fail("a plan without a graph has no nodes");
      finalizers.emplace_back(graph_->id(name), detail::read_operations(cursor));
    } else if (name == "allocation" && cursor.take(":")) {
      fail_at = cursor.number();
      if (!cursor.take("=fail")) cursor.fail("'=fail' is missing");
      fail_row = cursor.take(":") ? cursor.number() : 1;
    } else if ((name == "container" || name == "every") && cursor.take(":")) {
      const std::uint64_t container = cursor.number();
      if (container == 0) cursor.fail("the first container is number 1");
      if (!cursor.take("=")) cursor.fail("'=' and operations are missing");
      listed_.push_back({container, name == "every", detail::read_operations(cursor)});
    } else {
      cursor.fail(fmt::format("'{}' begins no word of a plan", name));
    }
    cursor.expect_end();
  }
  for (auto& [node, operations] : finalizers) graph_->set_finalizer(node, std::move(operations));
  if (fail_at != 0) rt_.heap().memory.faults().fail_row(fail_at, fail_row);
}

// A stressed collector asks its hook before every container, and this is the hook now.
void Plan::take_over() {
  gc::Collector& collector = rt_.collector();
  was_enabled_ = collector.is_enabled();
  was_stressed_ = collector.is_stressed();
  collector_ = &rt_.heap().hook();
  rt_.heap().install(*this);
  collector.enable();
  collector.set_stress(true);
}

void Plan::collection_due() noexcept {
  if (running_) return;
  ++containers_;
  for (const Action& action : listed_) {
    const bool due = action.repeats ? containers_ % action.container == 0 : containers_ == action.container;
    if (!due) continue;
    ++actions_;
    running_ = true;
    try {
      run(action.operations);
    } catch (...) {
      rt_.heap().report_unraisable("plan", rt_.builtins().none());
    }
    running_ = false;
  }
}

void Plan::run(const Operations& operations) {
  if (graph_ != nullptr) return graph_->run(operations);
  for (const Operation& operation : operations) {
    if (operation.verb == Verb::kCollect) {
      rt_.gc().collect(static_cast<int>(operation.number));
    } else if (operation.verb == Verb::kAllocate) {
      for (std::uint32_t i = 0; i < operation.number; ++i) static_cast<void>(rt_.list());
    } else if (operation.verb == Verb::kThrow) {
      raise(ErrorKind::kRuntimeError, "thrown by an operation");
    }
  }
}

void Plan::trash_died(Object& object) noexcept { collector_->trash_died(object); }
void Plan::memory_tight() noexcept {}
bool Plan::memory_short() noexcept { return false; }
void Plan::collect_if_due() noexcept {}  // it waits for the end of the plan
void Plan::trim() noexcept { collector_->trim(); }

}  // namespace ouro::testing
