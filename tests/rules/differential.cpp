// Every scenario, told by the CPython that is installed and by us: there must be no difference.
#include <support/python.h>

#include <algorithm>
#include <map>

#include "stage.h"

namespace ouro::test {

namespace {

/// The stories CPython tells, by name.
std::map<std::string, std::string> stories_of_python(const std::string& version) {
  const std::string output = output_of(fmt::format("{} -B '{}'", python_command(version), OURO_SCENARIOS));
  std::map<std::string, std::string> stories;
  for (std::size_t at = 0; at < output.size();) {
    const std::size_t end = output.find('\n', at);
    const std::size_t tab = output.find('\t', at);
    REQUIRE((end != std::string::npos && tab < end));
    stories[output.substr(at, tab - at)] = output.substr(tab + 1, end - tab - 1);
    at = end + 1;
  }
  return stories;
}

/// Tells every scenario but `unlike` and compares.
void compare_all(const std::string& version, gc::Compat compat, const std::vector<std::string>& unlike = {}) {
  if (!have_python_or_skip(version)) return;
  const auto stories = stories_of_python(version);
  CHECK(stories.size() == Scenario::all().size());
  for (const Scenario* const scenario : Scenario::all()) {
    INFO(scenario->name());
    REQUIRE(stories.contains(scenario->name()));
    if (std::find(unlike.begin(), unlike.end(), scenario->name()) != unlike.end()) continue;
    Options options;
    options.compat = compat;
    options.collection_timing = gc::Timing::kAtAllocation;  // no scenario has safepoints
    if (stories.at(scenario->name()) != "skipped") CHECK(scenario->told(options) == stories.at(scenario->name()));
  }
}

}  // namespace

TEST_CASE("every scenario comes out as in CPython 3.11", "[differential]") { compare_all("3.11", gc::Compat::kPy311); }

TEST_CASE("every scenario comes out as in CPython 3.13", "[differential]") {
  // Clearing what finalizers made weak references to came in a later 3.13 than some that are in use.
  compare_all("3.13", gc::Compat::kPy313, {"18 function seen when cleared", "88 reference made while collecting"});
}

}  // namespace ouro::test
