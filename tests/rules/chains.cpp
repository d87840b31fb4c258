// Rules 64 to 71: rings whose members refer to both neighbours, and whose finalizers look at them (PEP 442).
#include "finalized.h"

namespace ouro::test {

namespace {

bool is_none(const Ref<>& value) { return value.is(Ref<>::share(builtins_of(*value).none())); }
bool is_cut(const Ref<>& node) { return is_none(node.attr("left").get()); }

/// True if the neighbour on one side refers back, or has cut itself off.
bool refers_back(const Ref<>& self, const char* side, const char* back) {
  const Ref<> neighbour = self.attr(side).get();
  const Ref<> reference = neighbour.attr(back).get();
  return is_cut(neighbour) ? is_none(reference) : reference.is(self);
}

bool is_sane(const Ref<>& self) {
  if (is_cut(self)) return is_none(self.attr("right").get());
  return refers_back(self, "left", "right") && refers_back(self, "right", "left");
}

class Chain {
 public:
  explicit Chain(Stage& stage) : world_(stage), none_(stage.rt.none()), stage_(stage) {
    const auto looking = [this](Act act) {
      return world_.noting([this, act](const Ref<>& self) {
        if (!is_sane(self)) ++world_.errors;
        act(self);
      });
    };
    simple_ = stage.new_class("Chained", looking([](const Ref<>&) {}));
    resurrector_ = stage.new_class("Resurrector", looking([this](const Ref<>& self) { world_.survivors->append(self); }));
    suicidal_ = stage.new_class("Suicidal", looking([this](const Ref<>& self) {
                                  self.attr("left") = none_;
                                  self.attr("right") = none_;
                                }));
  }

  void play(std::string_view letters) {
    const std::vector<Ref<WeakRef>> watches = make_ring(letters);
    stage_.log("{}: collected {}", letters, stage_.collect());
    stage_.log("called {}; errors {}", numbers(sorted(world_.calls)), world_.errors);
    stage_.log("survivors {}", numbers(sorted(numbers_of(world_.survivors))));
    std::size_t alive = 0;
    for (const auto& watch : watches) alive += watch->target != nullptr;
    stage_.log("weak {}", alive);
    world_.survivors->clear();
    stage_.log("collected {}; called {}", stage_.collect(), world_.calls.size());
  }

 private:
  std::vector<Ref<WeakRef>> make_ring(std::string_view letters) {
    std::vector<Ref<>> nodes;
    for (const char letter : letters) {
      const Ref<Class>& type = letter == 's' ? simple_ : letter == 'r' ? resurrector_ : suicidal_;
      nodes.push_back(stage_.make(type, static_cast<int>(nodes.size()), {"left", "right"}));
    }
    std::vector<Ref<WeakRef>> watches;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const Ref<>& right = nodes[(i + nodes.size() - 1) % nodes.size()];
      nodes[i].attr("right") = right;
      right.attr("left") = nodes[i];
      watches.push_back(stage_.watch(nodes[i]));
    }
    return watches;
  }

  Finalized world_;
  Ref<> none_;
  Stage& stage_;
  Ref<Class> simple_, resurrector_, suicidal_;
};

const Scenario kChain("64 chain", [](Stage& stage, Log&) { Chain(stage).play("sss"); });
const Scenario kResurrectedChain("65 resurrected chain", [](Stage& stage, Log&) { Chain(stage).play("rrr"); });
const Scenario kSuicidalChain("66 suicidal chain", [](Stage& stage, Log&) { Chain(stage).play("xxx"); });
const Scenario kAlternating("67 alternating suicidal", [](Stage& stage, Log&) { Chain(stage).play("xsxsxs"); });
const Scenario kGrouped("68 grouped suicidal", [](Stage& stage, Log&) { Chain(stage).play("xxssxxss"); });
const Scenario kEverySecond("69 every second resurrects", [](Stage& stage, Log&) { Chain(stage).play("rsrs"); });
const Scenario kAllThree("70 resurrects, plain, suicidal", [](Stage& stage, Log&) { Chain(stage).play("rsxrsx"); });
const Scenario kGroupedThree("71 grouped", [](Stage& stage, Log&) { Chain(stage).play("rrssxx"); });

}  // namespace

TEST_CASE("a dead chain is finalized, each member once and all intact", "[rule-64]") {
  CHECK(kChain.told() == "sss: collected 3; called 0,1,2; errors 0; survivors ; weak 0; collected 0; called 3");
}

TEST_CASE("a chain that saves itself lives on whole", "[rule-65]") {
  CHECK(kResurrectedChain.told() ==
        "rrr: collected 0; called 0,1,2; errors 0; survivors 0,1,2; weak 0; collected 3; called 3");
}

TEST_CASE("a chain whose members cut themselves off is freed by that", "[rule-66]") {
  CHECK(kSuicidalChain.told() == "xxx: collected 0; called 0,1,2; errors 0; survivors ; weak 0; collected 0; called 3");
}

TEST_CASE("members that cut themselves off may alternate with plain ones", "[rule-67]") {
  CHECK(kAlternating.told() ==
        "xsxsxs: collected 0; called 0,1,2,3,4,5; errors 0; survivors ; weak 0; collected 0; called 6");
}

TEST_CASE("members that cut themselves off may stand in groups between plain ones", "[rule-68]") {
  CHECK(kGrouped.told() ==
        "xxssxxss: collected 8; called 0,1,2,3,4,5,6,7; errors 0; survivors ; weak 0; collected 0; called 8");
}

TEST_CASE("if every second member saves itself, all are finalized and all live on", "[rule-69]") {
  CHECK(kEverySecond.told() == "rsrs: collected 0; called 0,1,2,3; errors 0; survivors 0,2; weak 0; collected 4; called 4");
}

TEST_CASE("members that save themselves, plain ones and those that cut themselves off may follow each other", "[rule-70]") {
  CHECK(kAllThree.told() ==
        "rsxrsx: collected 0; called 0,1,2,3,4,5; errors 0; survivors 0,3; weak 0; collected 6; called 6");
}

TEST_CASE("members that save themselves, plain ones and those that cut themselves off may stand in groups", "[rule-71]") {
  CHECK(kGroupedThree.told() ==
        "rrssxx: collected 0; called 0,1,2,3,4,5; errors 0; survivors 0,1; weak 0; collected 6; called 6");
}

}  // namespace ouro::test
