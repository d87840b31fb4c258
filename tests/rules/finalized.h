// What the finalizers of a scenario did.
#pragma once

#include "stage.h"

namespace ouro::test {

/// Calls of finalizers, and the objects that they saved.
struct Finalized {
  std::vector<int> calls;
  Ref<List> survivors;
  int errors = 0;

  explicit Finalized(Stage& stage) : survivors(stage.rt.list()) {}

  /// Notes the call and then does `act`.
  [[nodiscard]] Act noting(Act act = {}) {
    return [this, act](const Ref<>& self) {
      calls.push_back(self.attr("number").as<int>());
      if (act) act(self);
    };
  }
  [[nodiscard]] Ref<Class> simple(Stage& stage) { return stage.new_class("Simple", noting()); }
  [[nodiscard]] Ref<Class> resurrector(Stage& stage) {
    return stage.new_class("Resurrector", noting([this](const Ref<>& self) { survivors->append(self); }));
  }
};

}  // namespace ouro::test
