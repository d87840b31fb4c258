// Every scenario, told by the CPython that is installed and by us: there must be no difference.
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>

#include "stage.h"

namespace ouro::test {

namespace {

struct ClosePipe {
  void operator()(std::FILE* pipe) const { static_cast<void>(pclose(pipe)); }
};

/// The stories CPython tells, by name. Empty if there is no CPython of that version.
std::map<std::string, std::string> stories_of_python(const std::string& version) {
  const std::string command = fmt::format(
      "for python in python{0} python3 \"$HOME\"/.pyenv/versions/{0}*/bin/python3; do "
      "\"$python\" -c 'import sys; sys.exit(sys.implementation.name != \"cpython\" or \"%d.%d\" % sys.version_info[:2] != "
      "\"{0}\")' "
      "2>/dev/null && exec \"$python\" -B '{1}'; done",
      version, OURO_SCENARIOS);
  const std::unique_ptr<std::FILE, ClosePipe> pipe(popen(command.c_str(), "r"));
  REQUIRE(pipe != nullptr);
  std::string output;
  char buffer[4096];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe.get())) > 0;) output.append(buffer, got);
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
  const auto stories = stories_of_python(version);
  if (stories.empty()) {
    WARN("skipped: there is no CPython " << version << " here to compare with");
    return;
  }
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
