// Prints at the end of a run how many of the rules hold: all tests with their tag were run and passed.
#include <cstdio>
#include <map>
#include <string>

#if __has_include(<catch2/reporters/catch_reporter_event_listener.hpp>)
#include <catch2/catch_test_case_info.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
#else
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <catch2/catch.hpp>
#endif

namespace ouro::test {

namespace {

constexpr int kRules = 122;

#if __has_include(<catch2/reporters/catch_reporter_event_listener.hpp>)
using Listener = Catch::EventListenerBase;
std::string tags_of(const Catch::TestCaseStats& stats) { return stats.testInfo->tagsAsString(); }
#else
using Listener = Catch::TestEventListenerBase;
std::string tags_of(const Catch::TestCaseStats& stats) { return stats.testInfo.tagsAsString(); }
#endif

class RuleCount : public Listener {
 public:
  using Listener::Listener;

  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    const std::string tags = tags_of(stats);
    constexpr std::string_view kTag = "[rule-";
    for (std::size_t at = tags.find(kTag); at != std::string::npos; at = tags.find(kTag, at + 1)) {
      bool& passed = passed_.try_emplace(std::stoi(tags.substr(at + kTag.size())), true).first->second;
      passed = passed && stats.totals.assertions.failed == 0;
    }
  }

  void testRunEnded(const Catch::TestRunStats&) override {
    int passed = 0;
    for (const auto& [rule, holds] : passed_) passed += holds;
    std::printf("rules passed %d / total %d\n", passed, kRules);
  }

 private:
  std::map<int, bool> passed_;
};

CATCH_REGISTER_LISTENER(RuleCount)

}  // namespace

}  // namespace ouro::test
