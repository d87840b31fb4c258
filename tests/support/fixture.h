// Fixture: a whole runtime for a test, which must leave nothing behind.
#pragma once

#include <ouro/ouro.h>
#include <support/catch.h>
#include <support/helpers.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace ouro::test {

/// Options of a test's runtime: the stress build collects at every allocation.
[[nodiscard]] inline Options test_options(Options options = {}) {
  options.collect_at_every_allocation = std::getenv("OURO_STRESS") != nullptr;
  return options;
}

/// A runtime that is verified and closed at the end of the test; leaks fail it, by name.
class Fixture {
 public:
  explicit Fixture(Options options = {}) : runtime(prepare(std::move(options))), rt(runtime) {}
  ~Fixture() {
    verify();
    const LeakReport leaks = runtime.close();
    INFO(leaks.summary());
    CHECK(leaks.empty());
  }
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;

  void verify() {
    alloc::Report findings;
    gc::verify(runtime.collector(), findings);
    gc::check_edges(runtime.heap(), findings);
    for (const alloc::Finding& finding : findings) UNSCOPED_INFO(finding.law << ": " << finding.detail.data());
    CHECK(findings.clean());
  }

 private:
  Options prepare(Options options) {
    options.leak_handler = [](const LeakReport&) {};
    if (!options.unraisable) {
      options.unraisable = [this](const Error& error, std::string_view where, const Object&) {
        unraisable.push_back(std::string(where) + ": " + error.what());
      };
    }
    return test_options(std::move(options));
  }

 public:
  std::vector<std::string> unraisable;

 private:
  Runtime runtime;

 public:
  Runtime& rt;
};

}  // namespace ouro::test
