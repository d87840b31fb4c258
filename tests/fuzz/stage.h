// A runtime for one input, which must be whole and empty at the end.
#pragma once

#include <ouro/ouro.h>

#include <fuzz/input.h>

namespace ouro::fuzz {

/// The limit of recursion is low, for what contains the same twice at each level is shown 2^limit times. Ends in `finish()`,
/// which throws Mismatch: a destructor could not.
class Stage {
 public:
  explicit Stage(std::uint32_t recursion_limit = 20) : rt(options(recursion_limit)) {}

  /// Verifies the heap, then closes the runtime. Nothing of it may be held any more.
  void finish() {
    verify();
    const LeakReport leaks = rt.close();
    require(leaks.empty(), leaks.summary());
  }
  void verify() {
    alloc::Report findings;
    gc::verify(rt.collector(), findings);
    gc::check_edges(rt.heap(), findings);
    for (const alloc::Finding& finding : findings) throw Mismatch(std::string(finding.law) + ": " + finding.detail.data());
  }

  Runtime rt;

 private:
  static Options options(std::uint32_t recursion_limit) {
    Options options;
    options.hash_key = HashKey{1, 2};  // the same input does the same
    options.unraisable = [](const Error&, std::string_view, const Object&) {};
    options.leak_handler = [](const LeakReport&) {};
    options.recursion_limit = recursion_limit;
    options.memory_limit = std::size_t{4} << 20;  // ends what grows without end: a list and its own iterator
    return options;
  }
};

/// Does `act` and passes over Python's errors: true if there was none.
template <class F>
bool attempt(F&& act) {
  try {
    act();
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace ouro::fuzz
