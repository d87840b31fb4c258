// Hostile: does its worst when foreign code runs, for tests of the law held-across.
#pragma once

#include <ouro/objects/model/foreign_code.h>

#include <cstddef>
#include <functional>
#include <utility>

namespace ouro::test {

/// Attacks once, before the `at`-th entry into foreign code, 1 being the first. Nothing in a build that does not check.
class Hostile final : public ForeignCodeHook {
 public:
  static constexpr bool kAvailable = kChecks >= CheckLevel::kInternal;

  Hostile(Heap& heap, std::size_t at, std::function<void()> attack)
      : heap_(heap), before_(std::exchange(heap.foreign_code, this)), at_(at), attack_(std::move(attack)) {}
  ~Hostile() override { heap_.foreign_code = before_; }
  Hostile(const Hostile&) = delete;
  Hostile& operator=(const Hostile&) = delete;

  void foreign_code_runs(Heap& heap) noexcept override {
    if (before_ != nullptr) before_->foreign_code_runs(heap);
    if (++entries_ == at_) attack_();
  }
  [[nodiscard]] bool attacked() const noexcept { return entries_ >= at_; }

 private:
  Heap& heap_;
  ForeignCodeHook* before_;
  std::size_t at_;
  std::size_t entries_ = 0;
  std::function<void()> attack_;
};

}  // namespace ouro::test
