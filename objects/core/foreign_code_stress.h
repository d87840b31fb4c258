// ForeignCodeStress: what foreign code could do at its worst, done before it runs (law held-across).
//
// While the collector is stressed (Options::collect_at_every_allocation) each entry into foreign code is preceded by a
// collection, and by new addresses for the buffers of all lists and dicts. The old buffers are filled with 0xdd and freed,
// so that whoever goes on with a pointer into one crashes at once, or is reported by AddressSanitizer.
#pragma once

#include <ouro/gc/collector.h>
#include <ouro/objects/model/foreign_code.h>

#include <cstddef>
#include <cstdint>

namespace ouro {

/// One per runtime; does nothing while the collector is not stressed. Checking builds only.
class ForeignCodeStress final : public ForeignCodeHook {
 public:
  /// What old buffers are filled with, as the debug mode of the allocator does.
  static constexpr unsigned char kDead = 0xdd;

  /// The collector must have been installed in its heap.
  explicit ForeignCodeStress(const gc::Collector& collector) noexcept
      : collector_(collector), hook_(collector.heap().hook()) {}
  void foreign_code_runs(Heap& heap) noexcept override;

 private:
  const gc::Collector& collector_;
  const CollectorHook& hook_;  ///< the collector itself: in its place a plan (testing/) decides what happens when
  std::size_t entries_ = 0;
  std::size_t next_ = 1;  ///< the entry that moves tables
  std::size_t gap_ = 1;
  std::size_t pause_ = 0;  ///< entries to let pass: what one costs grows with the heap
};

}  // namespace ouro
